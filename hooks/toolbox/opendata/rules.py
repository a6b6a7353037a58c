"""Rules of the records that serve other services: release notes and links to other registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ..catalogue import ADDRESSED, Catalogue
from ..follow.difference import version_of
from ..problems import Problem, did_you_mean
from ..rulebook import RuleBook

BOOK = RuleBook()
check = BOOK.check
rule = BOOK.rule


def _version(value: str) -> tuple[int, ...]:
    return tuple(map(int, value.split(".")))


@rule
def releases_go_back_in_time(c: Catalogue, today: date) -> Iterator[Problem]:
    """The newest version is first, none is of the future, and the version is its day."""
    for release in c.releases.values():
        origin = c.origin("releases", release.id)
        if release.date > today:
            yield origin.problem("julkaisun päivä on tulevaisuudessa", "kirjoita päivä, jona julkaisit", "date")
        if release.id != version_of(release.date):
            yield origin.problem("versio ei vastaa päivää", f"kirjoita {version_of(release.date)}", "id")
    for newer, older in pairwise(c.releases.values()):
        if _version(newer.id) <= _version(older.id):
            yield c.origin("releases", older.id).problem("julkaisut eivät ole järjestyksessä", "siirrä uusin ensimmäiseksi", "id")


@rule
def crosswalk_knows_its_records(c: Catalogue, today: date) -> Iterator[Problem]:
    """Every row has a record and an id, and no foreign id belongs to two of ours."""
    owners: dict[str, str] = {}
    for row in c.crosswalk.values():
        origin = c.origin("crosswalk", row.id)
        group, _ = ADDRESSED[row.kind]
        if not c.knows(group, row.id):
            yield origin.problem(f'tuntematon tunnus "{row.id}"', did_you_mean(row.id, getattr(c, group)) or "poista rivi", "id")
        if not (row.ptv or row.finto):
            yield origin.problem("rivillä ei ole yhtään tunnusta", "lisää ptv tai finto tai poista rivi")
        if row.checked > today:
            yield origin.problem("päivä on tulevaisuudessa", "kirjoita päivä, jona katsoit rekisteriä", "checked")
        for foreign in (*row.ptv, *row.finto):
            if owners.setdefault(foreign, row.id) != row.id:
                yield origin.problem(f"{foreign} on jo tunnuksella {owners[foreign]}", "jätä se vain oikealle")
