"""The toolkit pages: their rules, pairs, payers, marks in texts, and the two feeds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from toolbox import publish, rules
from toolbox.follow import feeds
from toolbox.marks import Marks, Words, explanations
from toolbox.toolkit import views as toolkit_views
from toolbox.views import Maker, Piece

TODAY = date(2026, 11, 22)
ATOM = "{http://www.w3.org/2005/Atom}"


def problems_of(project) -> list[str]:
    return [str(problem) for problem in rules.errors(publish.check(project, TODAY)[1])]


CASES = {
    "payer without source": ("payers.yaml", "omasta työstään [laki].", "omasta työstään.", "questions[0].why: väitteellä ei ole lähdettä"),
    "payer of an ended measure": ("payers.yaml", "measures: [tyon-tuumaus]", "measures: [vanha-raha]", "keino vanha-raha on lakannut"),
    "payer unknown": ("payers.yaml", "actors: [kela]", "actors: [kella]", 'questions[1].actors[0]: tuntematon toimija "kella"; tarkoititko "kela"?'),
    "question twice": ("payers.yaml", "- id: kela\n    question", "- id: tyossa\n    question", 'kysymys "tyossa" on kahdesti'),
    "payer source unknown": ("payers.yaml", "työstään [laki]", "työstään [lakki]", 'lähdettä "lakki" ei ole; tarkoititko "laki"?'),
    "one question only": ("payers.yaml", "  - id: kela\n    question: Onko oikeus kokeilurahaan?\n    payer: Kela\n    actors: [kela]\n    measures: [kokeiluraha]\n    why: Täysi raha on {kokeiluraha-taysi}.\n", "", "luettelossa on 1 kohtaa, vähintään 2"),
    "euros in a payer": ("payers.yaml", "Sopikaa ajasta.", "Maksu on 500 €.", "euromäärä tekstissä"),
    "look-up to nowhere": ("reverse-lookup.yaml", "  actors: [kela]\n", "", "hakusana ei vie mihinkään"),
    "look-up twice": ("reverse-lookup.yaml", "name: Kansaneläkelaitos", "name: Kokeilulomake", '"Kokeilulomake" on jo hakusanalla kr-1'),
    "look-up unknown measure": ("reverse-lookup.yaml", "measures: [kokeiluraha]", "measures: [kokeilurah]", 'tuntematon keino "kokeilurah"'),
    "look-up without source": ("reverse-lookup.yaml", "hakemus [sivu].", "hakemus.", "meaning: väitteellä ei ole lähdettä"),
    "look-up of unknown kind": ("reverse-lookup.yaml", "kind: form", "kind: from", 'tuntematon arvo "from"; tarkoititko "form"?'),
    "look-alike alone": ("disambiguation.yaml", "  - measure: tyon-tuumaus\n    name: Tuumaustunti\n    actors: [kela]\n    tell: Päätöstä ei tehdä [?].\n", "", "luettelossa on 1 kohtaa, vähintään 2"),
    "look-alike twice": ("disambiguation.yaml", "  - measure: tyon-tuumaus\n    name: Tuumaustunti\n", "  - measure: kokeiluraha\n", '"kokeiluraha" on taulukossa kahdesti'),
    "look-alike ended": ("disambiguation.yaml", "  - measure: kokeiluraha", "  - measure: vanha-raha", "keino vanha-raha on lakannut"),
    "look-alike without source": ("disambiguation.yaml", "tekee Kela [laki].", "tekee Kela.", "rows[0].tell: väitteellä ei ole lähdettä"),
    "refusal of nothing": ("refusals.yaml", "- id: kokeiluraha", "- id: tyon-tuumaus", "keinolla tyon-tuumaus ei ole kenttää refusal"),
    "refusal of the unknown": ("refusals.yaml", "- id: kokeiluraha", "- id: kokeilura", 'tuntematon keino "kokeilura"'),
    "marked by two": ("glossary.yaml", "    fi: Omavastuu\n", "    fi: Omavastuu\n  mark: [Arkipäivää]\n", '"Arkipäivää" on jo termillä arkipaiva'),
    "marked for nobody": ("glossary.yaml", "mark_for: [kela]", "mark_for: [kella]", 'mark_for[0]: tuntematon toimija "kella"'),
    "published order gone": ("payers.yaml", "- id: kokeilun-maksaja", "- id: maksaja", 'julkaistu tunnus "payer-order:kokeilun-maksaja" on kadonnut'),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_bad_data_is_told_with_place_and_remedy(fixture_project, case):
    file, old, new, words = CASES[case]
    path = fixture_project / "data" / file
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), "utf-8")
    found = problems_of(fixture_project)
    assert any(words in line for line in found), "\n".join(found) or "no problem at all"
    assert all(line.startswith("data/") and ";" in line for line in found)


@pytest.fixture(scope="module")
def maker(shared_project) -> Maker:
    return Maker(publish.check(shared_project, TODAY)[0], TODAY)


# --- pairs -----------------------------------------------------------------------------


def test_a_pair_stands_with_both_and_has_one_address(whole):
    rows = toolkit_views.pairs(whole)
    anchors = [pair.anchor for row in rows for _, _, found in row.groups for pair in found if pair.anchor]
    assert len(anchors) == len(set(anchors)) == len(whole.c.combinations)
    assert sum(row.count for row in rows) == 2 * len(anchors)


def test_a_sequence_is_seen_in_its_direction(whole):
    pair = next(p for p in whole.c.combinations.values() if p.relation == "sequence")
    seen = {
        row.id: found.direction
        for row in toolkit_views.pairs(whole)
        for _, _, rows in row.groups
        for found in rows
        if found.id == toolkit_views.pair_id(pair.a, pair.b)
    }
    assert seen == {pair.a: "after", pair.b: "before"}


def test_the_first_grid_agrees_with_itself(whole):
    chosen, table = toolkit_views.grid(whole, toolkit_views.pairs(whole))
    assert len(chosen) == toolkit_views.FIRST_GRID
    for i, (_, cells) in enumerate(table):
        assert cells[i].own
        for j, cell in enumerate(cells):
            mirror = table[j][1][i]
            assert cell.relation == mirror.relation
            assert cell.href == mirror.href
            assert {cell.direction, mirror.direction} in ({""}, {"before", "after"})


# --- payers ----------------------------------------------------------------------------


def test_every_no_leads_to_the_next_question_and_at_last_to_the_end(whole):
    for order in whole.c.payers.values():
        view = toolkit_views.payer_order(whole, order)
        assert [q.next for q in view.questions] == [*(f"kysymys-{q.id}" for q in order.questions[1:]), "ei-mikaan"]


def test_each_end_has_its_reason_with_a_source_and_somewhere_to_go(whole):
    for order in whole.c.payers.values():
        for question in toolkit_views.payer_order(whole, order).questions:
            assert any(piece.kind in ("cite", "unsourced", "figure") for piece in question.why), question.id
            assert question.measures, question.id


# --- marks -----------------------------------------------------------------------------


def test_a_term_is_marked_once_and_only_with_its_actors(maker):
    pieces = (Piece("text", "Arkipäivää ja arkipäivää."),)
    words = Words.of(maker.c.terms.values())
    marked = Marks(words, frozenset({"kela"})).text(pieces)
    assert [(p.kind, p.text) for p in marked] == [("term", "Arkipäivää"), ("text", " ja arkipäivää.")]
    assert marked[0].href == "sanasto/arkipaiva/"
    assert Marks(words, frozenset({"tyonantaja"})).text(pieces) == pieces


def test_a_part_of_a_word_is_not_a_term(maker):
    words = Words.of(maker.c.terms.values())
    pieces = (Piece("text", "Kokeiluarkipäivää, arkipäivääkin ja arkipäivää-sana."),)
    assert Marks(words, frozenset({"kela"})).text(pieces) == pieces


def test_every_marked_term_has_its_explanation(whole):
    found = json.loads(explanations(whole.c.terms.values(), whole.plain))
    linked = {p.href.split("/")[1] for m in whole.c.measures.values() for rows in whole.measure(m).lists.values() for one in rows for p in one if p.kind == "term"}
    assert linked
    assert linked <= set(found)
    assert all(name and words and "[" not in words for name, words in found.values())


def test_marked_terms_stand_once_on_each_page(whole):
    for m in whole.c.measures.values():
        view = whole.measure(m)
        texts = [*(one for rows in view.lists.values() for one in rows), *(what for _, what in view.steps)]
        links = [piece.href for one in texts for piece in one if piece.kind == "term"]
        assert len(links) == len(set(links)), m.id
        assert f"sanasto/{m.id}/" not in links


# --- look-alikes, refusals, reforms ----------------------------------------------------


def test_the_facts_of_look_alikes_are_those_of_the_measures(maker):
    one, other = toolkit_views.lookalike(maker, maker.c.lookalikes["raha"]).rows
    assert (one.income, one.duration, one.payer) == ("Ei työttömyysetuutta", "12–150 arkipäivää", "Kela")
    assert (other.link.text, other.payer, other.income) == ("Tuumaustunti", "Kela", "")


def test_a_route_of_appeal_is_told_once(whole):
    groups = toolkit_views.refusals(whole)
    assert len({group.id for group in groups}) == len(groups)
    assert sum(len(group.rows) for group in groups) == len(whole.c.refusals) >= 20
    assert all(row.refusal and row.after for group in groups for row in group.rows)


def test_each_measure_knows_its_reforms(maker):
    assert [link.href for link in toolkit_views.reforms_of(maker, "kokeiluraha")] == [
        "muutokset/#kokeiluraha-2027",
        "muutokset/#kokeiluraha-2025",
    ]


def test_years_keep_what_is_to_come_apart(maker):
    reforms = [maker.reform(ch) for ch in maker.c.changes.values()]
    assert [year.id for year in toolkit_views.by_year(reforms, future=True)] == ["tulossa-2027"]
    assert [year.id for year in toolkit_views.by_year(reforms, future=False)] == ["vuosi-2025"]


# --- feeds -----------------------------------------------------------------------------


def test_the_feed_is_whole_and_its_ids_are_the_same_everywhere(whole):
    near, far = (
        ET.fromstring(feeds.document(feeds.reforms(whole), url))  # noqa: S314
        for url in ("", "https://example.fi/kk/")
    )
    ids = [e.text for e in near.iter(f"{ATOM}id")]
    assert ids == [e.text for e in far.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == len(whole.c.changes) + 1
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", i) for i in ids)
    assert {e.get("href")[:13] for e in near.iter(f"{ATOM}link")} == {"../muutokset/"}
    assert all(e.get("href").startswith("https://example.fi/kk/muutokset/") for e in far.iter(f"{ATOM}link"))
    assert near.find(f"{ATOM}updated").text == max(e.text for e in near.iter(f"{ATOM}updated"))


def test_the_feeds_do_not_move_at_a_rebuild(shared_project):
    later = date(2026, 12, 30)
    now, then = (Maker(publish.check(shared_project, day)[0], day) for day in (TODAY, later))
    assert feeds.document(feeds.reforms(now), "") == feeds.document(feeds.reforms(then), "")
    assert feeds.calendar(now, "") == feeds.calendar(then, "")


def unfolded(calendar: str) -> list[str]:
    assert calendar.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    return calendar.replace("\r\n ", "").rstrip("\r\n").split("\r\n")


def test_the_calendar_has_every_reform_on_its_day(whole):
    lines = unfolded(feeds.calendar(whole, ""))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    days = sorted(line.partition(":")[2] for line in lines if line.startswith("DTSTART"))
    assert days == sorted(f"{ch.date:%Y%m%d}" for ch in whole.c.changes.values())
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == len(whole.c.changes)
    assert not any(line.startswith("URL:") for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")


def test_what_is_only_proposed_is_said_in_the_calendar(maker):
    words = "\n".join(unfolded(feeds.calendar(maker, "https://example.fi/")))
    assert "SUMMARY:Kokeilurahan aika pitenee (Ehdotettu)" in words
    assert "STATUS:TENTATIVE" in words
    assert "URL:https://example.fi/muutokset/#kokeiluraha-2027" in words


def test_signs_with_a_meaning_are_escaped_in_the_calendar():
    assert feeds._value("a, b; c\\d\ne") == "a\\, b\\; c\\\\d\\ne"
