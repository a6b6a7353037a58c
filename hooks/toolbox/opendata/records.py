"""The records that serve other services: release notes, and the ids of our records in other registers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from ..records import Claim, Day, Id, Line, Record, _f

Version = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}\.(1[0-2]|[1-9])\.(3[01]|[12][0-9]|[1-9])$")]
# What a note may be about, in the order in which notes are told.
Told = Literal["measure", "actor", "figure", "appeal", "situation", "combination", "reform", "municipality", "area"]


class ReleaseNote(Record):
    """Yhden tietueen muutokset sanoina."""

    kind: Told = _f("Laji", "Mistä tietueesta on kyse.")
    id: Id = _f("Tunnus")
    name: Line = _f("Nimi", "Nimi julkaisun päivänä.")
    lines: tuple[Claim, ...] = _f("Muutokset", "Yksi muutos riviä kohden.", min_length=1)


class Release(Record):
    """Tietojen julkaisu ja sen muutokset edelliseen. Rivin kirjoittaa komento make release."""

    id: Version = _f("Versio", "Julkaisun päivä ja gitin merkintä: 2026.11.23.")
    date: Day = _f("Päivä", "Julkaisun päivä.")
    title: Line = _f("Otsikko", "Mistä julkaisussa on kyse.")
    about: Claim | None = _f("Kuvaus", "Yksi tai kaksi lausetta.", None)
    notes: tuple[ReleaseNote, ...] = _f("Muutokset", "Tietueittain.", ())


PtvId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
FintoUri = Annotated[str, StringConstraints(pattern=r"^http://www\.yso\.fi/onto/[a-z-]+/p[0-9]+$")]


class Crosswalk(Record):
    """Yhden tietueen tunnukset muissa rekistereissä."""

    id: Id = _f("Tunnus", "Keinon, toimijan tai termin tunnus.")
    kind: Literal["measure", "actor", "term"] = _f("Laji")
    ptv: tuple[PtvId, ...] = _f("PTV", "Palvelutietovarannon palvelun tai organisaation tunnus.", ())
    finto: tuple[FintoUri, ...] = _f("Finto", "Saman käsitteen osoite YSO- tai KOKO-sanastossa.", ())
    checked: Day = _f("Nähty", "Päivä, jona tunnus katsottiin rekisteristä.")
