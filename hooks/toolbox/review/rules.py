"""Rules of review: rhythms, roles and evidence, and of statutes as sources. See `rules` for their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

from .. import wording
from ..catalogue import Catalogue
from ..problems import Problem
from ..rulebook import RuleBook
from . import ledger
from .records import Covered

_book = RuleBook()
rule, check = _book.rule, _book.check


def _reviewed(c: Catalogue) -> Iterator[tuple[str, str, object]]:
    for key in ledger.REVIEWED:
        yield from ((key, record_id, record) for record_id, record in getattr(c, key).items())


@rule
def rhythms_cover_everything_once(c: Catalogue, today: date) -> Iterator[Problem]:
    """Jokaisella lajilla on täsmälleen yksi tarkistusväli."""
    seen: dict[str, str] = {}
    for record_id, rhythm in c.rhythms.items():
        for code in rhythm.covers:
            if code in seen:
                yield c.origin("rhythms", record_id).problem(f'laji "{code}" on jo välissä {seen[code]}', "poista toinen", "covers")
            seen.setdefault(code, record_id)
    for code in get_args(Covered):
        if c.rhythms and code not in seen:
            last = next(reversed(c.rhythms))
            yield c.origin("rhythms", last).problem(f'lajilla "{code}" ei ole tarkistusväliä', "lisää laji johonkin väliin", "covers")


@rule
def next_review_keeps_the_rhythm(c: Catalogue, today: date) -> Iterator[Problem]:
    """Seuraava tarkistus on viimeistään silloin, kun lajin tarkistusväli täyttyy."""
    for key, record_id, record in _reviewed(c):
        rhythm = ledger.rhythm_of(c, ledger.code_of(key, record))
        if record.review is None or rhythm is None:
            continue
        latest = ledger.latest_next(rhythm, record.review.date)
        if record.review.next > latest:
            yield c.origin(key, record_id).problem(
                f"seuraava tarkistus on liian myöhään (väli: {rhythm.name.lower()})", f"kirjoita viimeistään {latest}", "review.next"
            )


@rule
def figures_and_appeals_are_reviewed(c: Catalogue, today: date) -> Iterator[Problem]:
    """Luvulla ja muutoksenhaun reitillä on tarkistuksen tiedot (varoitus; ilman niitä se on myöhässä)."""
    for key in ("figures", "appeals"):
        for record_id, record in getattr(c, key).items():
            if record.review is None:
                yield c.origin(key, record_id).problem("tarkistuksen tiedot puuttuvat", "lisää review", warning=True)


@rule
def reviewer_is_a_role(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tarkistaja on rooli eikä henkilö."""
    labels = {entry.label for entry in c.vocabulary.reviewer_roles}
    for key, record_id, record in _reviewed(c):
        if record.review and record.review.by and record.review.by not in labels:
            yield c.origin(key, record_id).problem("tarkistaja ei ole rooli", "käytä näitä: " + wording.joined(sorted(labels)), "review.by")


@rule
def verified_has_evidence(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tarkistettu kertoo osoitteen, joka oli auki, ja mitä verrattiin."""
    for key, record_id, record in _reviewed(c):
        review = record.review
        if review and review.level == "verified" and not (review.url and review.what):
            yield c.origin(key, record_id).problem(
                "tarkistetulta puuttuu osoite tai se, mitä verrattiin", "lisää url ja what tai käytä tasoa compiled", "review.level"
            )


# --- statutes --------------------------------------------------------------------------


@rule
def acts_lead_to_their_statute(c: Catalogue, today: date) -> Iterator[Problem]:
    """Lain ja asetuksen osoite on sen oma sivu Finlexissä: vuosi ja numero ovat samat kuin säädösnumerossa."""
    for record_id, act in c.acts.items():
        number = re.fullmatch(r"(\d+)/(\d{4})", act.number or "")
        if act.type == "bill" or not number or not act.url:
            continue
        own = f"/{number[2]}/{number[1]}"
        if "finlex.fi/" in act.url and not act.url.endswith(own):
            yield c.origin("acts", record_id).problem(
                f'osoite ei vie säädökseen {act.number} ("{act.url}")', f"osoitteen loppu on {own}", "url"
            )


@rule
def statutes_name_the_section(c: Catalogue, today: date) -> Iterator[Problem]:
    """Keinon, muutoksenhaun ja luvun lakiviite kertoo pykälän (varoitus)."""
    for key in ("measures", "appeals", "figures"):
        for record_id, record in getattr(c, key).items():
            for index, source in enumerate(ledger.sources_of(key, record)):
                if source.act and not source.section:
                    path = f"values[{index}].source" if key == "figures" else f"sources[{index}]"
                    yield c.origin(key, record_id).problem("lakiviitteestä puuttuu pykälä", "lisää section", path, warning=True)
