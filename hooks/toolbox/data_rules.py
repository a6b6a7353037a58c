"""Rules of the records that serve other services: release notes and links to other registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from .catalogue import Catalogue
from .problems import Problem
from .rulebook import RuleBook

BOOK = RuleBook()
check = BOOK.check
rule = BOOK.rule


def _version(value: str) -> tuple[int, ...]:
    return tuple(map(int, value.split(".")))


@rule
def releases_go_back_in_time(c: Catalogue, today: date) -> Iterator[Problem]:
    """The newest version is first, none is of the future, and the version tells the month of its day."""
    for release in c.releases.values():
        origin = c.origin("releases", release.id)
        if release.date > today:
            yield origin.problem("julkaisun päivä on tulevaisuudessa", "kirjoita päivä, jona julkaisit", "date")
        if _version(release.id)[:2] != (release.date.year, release.date.month):
            remedy = f"kirjoita {release.date.year}.{release.date.month}.{_version(release.id)[2]}"
            yield origin.problem("versio ei vastaa päivää", remedy, "id")
    for newer, older in pairwise(c.releases.values()):
        if _version(newer.id) <= _version(older.id):
            yield c.origin("releases", older.id).problem("julkaisut eivät ole järjestyksessä", "siirrä uusin ensimmäiseksi", "id")
