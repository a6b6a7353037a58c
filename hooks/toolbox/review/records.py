"""How often what is reviewed: the rhythms, and what each kind of record is called in them."""

from __future__ import annotations

from typing import Literal

from ..records import Flag, Id, Line, Record, Whole, _f

Covered = Literal[
    "ended",
    "benefit",
    "rehabilitation",
    "service",
    "assessment",
    "workplace",
    "education",
    "advice",
    "right",
    "method",
    "actor",
    "term",
    "situation",
    "calculator",
    "payer-order",
    "lookalike",
    "figure",
    "appeal",
]


class Rhythm(Record):
    """Tarkistusväli: kuinka usein minkäkin lajin tieto verrataan lähteeseen."""

    id: Id = _f("Tunnus")
    name: Line = _f("Nimi", "Mitä väli koskee, näkyy sivulla.")
    covers: tuple[Covered, ...] = _f("Koskee", "Keinojen lajit ja muut tietueet. ended: lakanneet. Kukin on yhdessä välissä.", min_length=1)
    months: Whole = _f("Kuukausia", "Enintään näin monta kuukautta tarkistuksesta seuraavaan.", ge=1, le=24)
    before_january: Flag = _f("Ennen tammikuuta", "true, jos tarkistetaan viimeistään saman vuoden viimeisenä päivänä.", False)
