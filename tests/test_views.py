"""Figures of the day, states of review and reverse links, as a page shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from toolbox import publish
from toolbox.records import Figure
from toolbox.site import Settings
from toolbox.views import Maker, figure_note, figure_on

SOURCE = {"publisher": "Kela", "title": "Luvut", "dated": "2026"}


def figure(*values: tuple[str, str, str | None, str]) -> Figure:
    rows = [{"value": v, "valid_from": a, "valid_to": b, "basis": basis, "source": SOURCE} for v, a, b, basis in values]
    return Figure.model_validate({"id": "luku", "name": "Luku", "unit": "eur-month", "values": rows})


YEARLY = figure(("10", "2026-01-01", "2026-12-31", "published"), ("9", "2025-01-01", "2025-12-31", "published"))
OPEN = figure(("7", "2020-01-01", None, "statute"))


@pytest.mark.parametrize(
    ("record", "day", "value", "state", "note"),
    [
        (YEARLY, date(2025, 12, 31), "9", "valid", "vuonna 2025"),
        (YEARLY, date(2026, 1, 1), "10", "valid", "vuonna 2026"),
        (YEARLY, date(2026, 12, 31), "10", "valid", "vuonna 2026"),
        (YEARLY, date(2027, 1, 1), "10", "lapsed", "vuoden 2026 luku, tarkista"),
        (YEARLY, date(2024, 12, 31), "9", "future", "1.1.2025 alkaen"),
        (OPEN, date(2026, 11, 22), "7", "valid", ""),
    ],
)
def test_a_figure_on_a_day(record, day, value, state, note):
    found, found_state = figure_on(record, day)
    assert (found.value, found_state) == (Decimal(value), state)
    assert figure_note(found, found_state, day) == note


def test_a_computed_figure_says_so():
    computed = figure(("10", "2026-01-01", "2026-12-31", "computed"))
    value, state = figure_on(computed, date(2026, 5, 1))
    assert figure_note(value, state, date(2026, 5, 1)) == "vuonna 2026, laskettu indeksistä, tarkista"


@pytest.fixture
def maker(fixture_project):
    catalogue, _ = publish.check(fixture_project, date(2026, 11, 22))
    return Maker(catalogue, date(2026, 11, 22))


def text_of(pieces) -> str:
    return "".join(piece.text for piece in pieces)


def test_a_pair_is_seen_from_both_sides(maker):
    one = maker.measure(maker.c.measures["kokeiluraha"])
    other = maker.measure(maker.c.measures["tyon-tuumaus"])
    assert [(group.relation, row.name) for group in one.relations for row in group.rows] == [
        ("together", "Työn tuumaus"),
        ("excludes", "Vanha raha"),
    ]
    assert [(group.relation, row.name) for group in other.relations for row in group.rows] == [("together", "Kokeiluraha")]


def test_an_actor_has_all_its_measures_once_in_its_strongest_role(maker):
    kela = maker.actor(maker.c.actors["kela"])
    assert [(title, [row.id for row in rows]) for _, title, rows in kela.roles] == [("Päättää", ["kokeiluraha"])]
    employer = maker.actor(maker.c.actors["tyonantaja"])
    assert [(title, [row.id for row in rows]) for _, title, rows in employer.roles] == [
        ("Järjestää tai maksaa", ["kokeiluraha", "tyon-tuumaus"])
    ]


def test_the_six_facts_keep_their_order_and_an_unknown_one_says_so(maker):
    facts = maker.measure(maker.c.measures["tyon-tuumaus"]).facts
    assert [fact.label for fact in facts] == ["Päättää", "Milloin", "Kesto", "Määrä", "Vaikutus tuloihin", "Tarvitaan"]
    assert facts[-1].unknown
    assert not any(fact.unknown for fact in facts[:-1])


def test_a_citation_stands_after_the_full_stop(maker):
    condition = maker.measure(maker.c.measures["kokeiluraha"]).lists["conditions"][0]
    assert [piece.kind for piece in condition] == ["text", "text", "cite"]
    assert text_of(condition) == "Työaika vähenee 40–60 prosenttia."


def test_every_number_in_the_text_is_in_the_list_of_sources(maker):
    view = maker.measure(maker.c.measures["kokeiluraha"])
    numbers = {n for texts in view.lists.values() for rich in texts for piece in rich for n, _ in piece.numbers}
    assert numbers <= {source.number for source in view.sources}
    assert [source.number for source in view.sources] == list(range(1, len(view.sources) + 1))


def test_an_overdue_review_is_said(fixture_project):
    catalogue, _ = publish.check(fixture_project, date(2028, 1, 1))
    view = Maker(catalogue, date(2028, 1, 1)).measure(catalogue.measures["kokeiluraha"])
    assert view.badge.overdue
    assert view.badge.label == "Koottu lähteistä"


def test_an_actor_that_has_ended_says_so_also_when_the_day_is_not_known(fixture_project):
    actors = fixture_project / "data" / "actors.yaml"
    ended = "  kind: employer\n  status: ended\n  replaced_by: [kela]\n"
    actors.write_text(actors.read_text("utf-8").replace("  kind: employer\n", ended, 1), "utf-8")
    made, _ = publish.site(fixture_project, date(2026, 11, 23), Settings())
    page = made.by_path["toimijat/tyonantaja/"].html
    assert "<strong>Lakannut.</strong> Nyt: " in page
    assert '<a href="../../toimijat/kela/">Kela</a>' in page


def test_common_nouns_begin_small_after_the_first_name(fixture_project):
    actors = fixture_project / "data" / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").replace("  kind: employer\n", "  kind: employer\n  common: true\n", 1), "utf-8")
    catalogue, _ = publish.check(fixture_project, date(2026, 11, 23))
    maker = Maker(catalogue, date(2026, 11, 23))
    assert maker.c.actor_names(["kela", "tyonantaja", "tyollisyysalue"]) == ["Kela", "työnantaja", "Työllisyysalue"]
    assert maker.c.actor_names(["tyonantaja", "kela", "tuntematon"]) == ["Työnantaja", "Kela"]
