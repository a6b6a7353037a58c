"""Rules of the toolkit pages: payers, look-ups, look-alikes, refusals, marked terms. See `rules` for their form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from .. import text
from ..catalogue import Catalogue
from ..problems import Problem
from ..rulebook import RuleBook

_book = RuleBook()
rule, check = _book.rule, _book.check


def _fold(name: str) -> str:
    return re.sub(r"\s+", " ", name.casefold()).strip()


@rule
def toolkit_claims_have_a_source(c: Catalogue, today: date) -> Iterator[Problem]:
    """Maksajan peruste, hakusanan selitys ja samannimisten tunnusmerkki perustuvat lähteeseen tai sanovat, ettei lähdettä ole."""
    rows = [
        *(("payers", i, f"questions[{n}].why", q.why) for i, order in c.payers.items() for n, q in enumerate(order.questions)),
        *(("payers", i, "otherwise", order.otherwise) for i, order in c.payers.items()),
        *(("payers", i, f"disagree[{n}]", one) for i, order in c.payers.items() for n, one in enumerate(order.disagree)),
        *(("lookups", i, "meaning", lookup.meaning) for i, lookup in c.lookups.items()),
        *(("lookalikes", i, f"rows[{n}].tell", row.tell) for i, one in c.lookalikes.items() for n, row in enumerate(one.rows)),
    ]
    for key, record_id, path, value in rows:
        if not text.sourced(value):
            yield c.origin(key, record_id).problem("väitteellä ei ole lähdettä", "lisää [avain], tai [?] jos lähdettä ei ole", path)


@rule
def payers_are_in_force(c: Catalogue, today: date) -> Iterator[Problem]:
    """Maksajien järjestys ei vie lakanneeseen keinoon, ja kysymys on siinä kerran."""
    for record_id, order in c.payers.items():
        seen: set[str] = set()
        for n, question in enumerate(order.questions):
            if question.id in seen:
                yield c.origin("payers", record_id).problem(
                    f'kysymys "{question.id}" on kahdesti', "anna toiselle oma tunnus", f"questions[{n}].id"
                )
            seen.add(question.id)
            for i, measure in enumerate(question.measures):
                if measure in c.measures and c.measures[measure].status == "ended":
                    yield c.origin("payers", record_id).problem(
                        f"keino {measure} on lakannut", "vaihda nykyiseen keinoon", f"questions[{n}].measures[{i}]"
                    )


@rule
def lookups_lead_somewhere_once(c: Catalogue, today: date) -> Iterator[Problem]:
    """Hakusana on luettelossa kerran ja vie keinoon tai toimijaan."""
    owners: dict[str, str] = {}
    for record_id, lookup in c.lookups.items():
        origin = c.origin("lookups", record_id)
        if not lookup.measures and not lookup.actors:
            yield origin.problem("hakusana ei vie mihinkään", "lisää measures tai actors", "measures")
        for name in (lookup.name, *lookup.also):
            other = owners.setdefault(_fold(name), record_id)
            if other != record_id:
                yield origin.problem(f'"{name}" on jo hakusanalla {other}', "yhdistä rivit tai poista toinen", "name")


@rule
def lookalikes_are_told_apart(c: Catalogue, today: date) -> Iterator[Problem]:
    """Samannimisten rivit ovat eri keinoja tai eri nimisiä, eikä mikään niistä ole lakannut."""
    for record_id, lookalike in c.lookalikes.items():
        origin = c.origin("lookalikes", record_id)
        seen: set[str] = set()
        for n, row in enumerate(lookalike.rows):
            name = row.name or row.measure
            if name in seen:
                yield origin.problem(f'"{name}" on taulukossa kahdesti', "anna riville oma name tai poista toinen", f"rows[{n}].measure")
            seen.add(name)
            if row.measure in c.measures and c.measures[row.measure].status == "ended":
                yield origin.problem(f"keino {row.measure} on lakannut", "poista rivi", f"rows[{n}].measure")


@rule
def refusals_have_something_to_tell(c: Catalogue, today: date) -> Iterator[Problem]:
    """Hylkäyssivun keinolla on tavalliset syyt, seuraavat keinot ja muutoksenhaun reitti."""
    for record_id in c.refusals:
        m = c.measures.get(record_id)
        if m is None:
            continue
        for name in ("refusal", "after_refusal", "appeal"):
            if not getattr(m, name):
                yield c.origin("refusals", record_id).problem(
                    f"keinolla {record_id} ei ole kenttää {name}", "täydennä keino tai poista rivi", "id"
                )


@rule
def marked_words_belong_to_one_term(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tekstiin merkittävä sanamuoto kuuluu yhdelle termille."""
    owners: dict[str, list[str]] = defaultdict(list)
    for record_id, term in c.terms.items():
        for index, word in enumerate(term.mark):
            if owners[_fold(word)]:
                first = owners[_fold(word)][0]
                yield c.origin("terms", record_id).problem(f'"{word}" on jo termillä {first}', "poista toinen", f"mark[{index}]")
            owners[_fold(word)].append(record_id)
