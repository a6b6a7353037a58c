"""The learning pages: their rules, the map, the deck of cards, and that each answer stands where it is said to."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from toolbox import publish, rules
from toolbox.learn import deck as anki_deck
from toolbox.learn import map as learn_map
from toolbox.learn import views as learn_views
from toolbox.problems import DataError

TODAY = date(2026, 11, 23)


def problems_of(project, *, warnings: bool = False) -> list[str]:
    problems = publish.check(project, TODAY)[1]
    return [str(problem) for problem in (problems if warnings else rules.errors(problems))]


def edit(project, file: str, old: str, new: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    assert old in source, f"{old!r} is not in {file}"
    path.write_text(source.replace(old, new, 1), "utf-8")


BAD = {
    "unknown area": ("learning.yaml", "area: system", "area: sytem", 'tuntematon arvo "sytem"; tarkoititko "system"?'),
    "unknown concept": ("learning.yaml", "[arkipaiva, omavastuu]", "[arkipaivat, omavastuu]", 'concepts[0]: tuntematon termi "arkipaivat"; tarkoititko "arkipaiva"?'),
    "unknown situation": ("learning.yaml", "situations: [sairausloma]", "situations: [sairausloman]", 'reads.situations[0]: tuntematon tilanne "sairausloman"'),
    "ended measure to read": ("learning.yaml", "[kokeiluraha, tyon-tuumaus]", "[vanha-raha, tyon-tuumaus]", "keino vanha-raha on lakannut"),
    "measure to read twice": ("learning.yaml", "[kokeiluraha, tyon-tuumaus]", "[kokeiluraha, kokeiluraha]", '"kokeiluraha" on kahdesti'),
    "skill of two": ("learning.yaml", "id: verkosto", "id: kokeilun-paivat", 'väittämä "kokeilun-paivat" on jo moduulissa kokeilun-perusteet'),
    "unknown source of a module": ("learning.yaml", "suostumuksesta [laki]", "suostumuksesta [lakki]", 'lähdettä "lakki" ei ole; tarkoititko "laki"?'),
    "minutes in words": ("learning.yaml", "minutes: 45", "minutes: tunti", '"tunti" ei ole luku'),
    "euros in a module": ("learning.yaml", "Piirrä verkostosi.", "Maksa 5 € verkostosta.", "euromäärä tekstissä"),
    "review in the future": ("learning.yaml", "date: 2026-11-22", "date: 2026-12-22", "on tulevaisuudessa"),
    "question of no module": ("questions.yaml", "module: kokeilun-perusteet", "module: kokeilun-perustee", 'module: tuntematon moduuli "kokeilun-perustee"'),
    "no right option": ("questions.yaml", "- text: Kela\n    right: true", "- text: Kela\n    right: false", "yksikään vaihtoehto ei ole oikein"),
    "two right of one": ("questions.yaml", "- text: Lääkäri\n    right: false", "- text: Lääkäri\n    right: true", "oikeita vaihtoehtoja on 2"),
    "all right": ("questions.yaml", "- text: Työttömyysetuus samalta ajalta\n    right: false", "- text: Työttömyysetuus samalta ajalta\n    right: true", "kaikki vaihtoehdot ovat oikein"),
    "true or false in other words": ("questions.yaml", "- text: Oikein\n", "- text: Kyllä\n", "vaihtoehdot eivät ole Oikein ja Väärin"),
    "option twice": ("questions.yaml", "- text: Lääkäri", "- text: Työnantaja", 'vaihtoehto "Työnantaja" on kahdesti'),
    "question that cites": ("questions.yaml", "Työnantaja suostuu ensin.", "Työnantaja suostuu ensin [laki].", "kysymyksessä on lähdeviite"),
    "answer nowhere": ("questions.yaml", "id: kokeiluraha\n    section", "id: kokeilurah\n    section", 'answer_at.id: tuntematon keino "kokeilurah"; tarkoititko "kokeiluraha"?'),
    "answer at no section": ("questions.yaml", "section: nain-haetaan", "section: nain-hetaan", 'sivulla kokeiluraha ei ole kohtaa "nain-hetaan"; tarkoititko "nain-haetaan"?'),
    "answer of a wrong form": ("questions.yaml", "id: kokeiluraha\n    section", "id: Kokeiluraha!\n    section", "ei ole tunnus eikä sivun osoite"),
    "checked in the future": ("questions.yaml", "checked: 2026-11-22", "checked: 2026-12-22", "vertaamispäivä 2026-12-22 on tulevaisuudessa"),
    "choice twice": ("cases.yaml", "- measure: vanha-raha", "- measure: kokeiluraha", "keino kokeiluraha on valittavissa kahdesti"),
    "ended as a good choice": ("cases.yaml", "verdict: excluded", "verdict: support", "keino vanha-raha on lakannut"),
    "no core": ("cases.yaml", "verdict: core\n    why: Suunta", "verdict: kore\n    why: Suunta", 'tuntematon arvo "kore"; tarkoititko "core"?'),
    "no wrong choice": ("cases.yaml", "- measure: vanha-raha\n    verdict: excluded\n    why: Vanha raha on lakannut.", "- measure: omavastuu\n    verdict: support\n    why: Ei.", "väärä keino puuttuu"),
    "step with a wrong measure": ("cases.yaml", "measures: [kokeiluraha]", "measures: [kokeiluraha, vanha-raha]", "malliratkaisussa on keino vanha-raha, joka ei sovi"),
    "step that contradicts the pairs": ("cases.yaml", "measures: [kokeiluraha]", "measures: [kokeiluraha, vanha-raha]", "kokeiluraha ja vanha-raha eivät käy yhtä aikaa"),
    "core left out": ("cases.yaml", "measures: [tyon-tuumaus]", "measures: []", "ydinkeino tyon-tuumaus puuttuu malliratkaisusta"),
    "step by nobody known": ("cases.yaml", "who: [kela, tyonantaja]", "who: [kella, tyonantaja]", 'order[1].who[0]: tuntematon toimija "kella"; tarkoititko "kela"?'),
    "income without source": ("cases.yaml", "sitten kokeiluraha [laki]", "sitten kokeiluraha", "income: väitteellä ei ole lähdettä"),
    "deadline without source": ("cases.yaml", "kuluessa [laki]", "kuluessa", "deadlines[0]: väitteellä ei ole lähdettä"),
    "published module gone": ("learning.yaml", "- id: yhteistyo", "- id: yhteystyo", 'julkaistu tunnus "module:yhteistyo" on kadonnut'),
    "published case gone": ("cases.yaml", "- id: paluu-kokeillen", "- id: paluu", 'julkaistu tunnus "case:paluu-kokeillen" on kadonnut'),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD, ids=list(BAD))
def test_bad_data_is_told_with_place_and_remedy(fixture_project, case):
    file, old, new, words = BAD[case]
    edit(fixture_project, file, old, new)
    found = problems_of(fixture_project)
    assert any(words in line for line in found), "\n".join(found) or "no problem at all"
    assert all(line.startswith("data/") and ";" in line for line in found)


def test_a_question_older_than_its_answer_is_warned_of(fixture_project):
    edit(fixture_project, "questions.yaml", "checked: 2026-11-22", "checked: 2026-11-21")
    assert problems_of(fixture_project) == []
    assert any("tarkista kysymys: kokeiluraha on tarkistettu 2026-11-22" in line for line in problems_of(fixture_project, warnings=True))


def test_a_payer_page_that_answers_is_a_record_too(fixture_project):
    edit(fixture_project, "questions.yaml", "section: lahteet\n  checked: 2026-11-22", "section: lahteet\n  checked: 2026-11-01")
    assert any("tarkista kysymys: kuka-maksaa/kokeilun-maksaja/" in line for line in problems_of(fixture_project, warnings=True))


def test_a_module_with_few_questions_is_warned_of(fixture_project):
    assert any("kysymyksiä on vain 4" in line for line in problems_of(fixture_project, warnings=True))


def test_a_model_that_turns_a_known_order_round_is_warned_of(fixture_project):
    pair = "- a: kokeiluraha\n  b: tyon-tuumaus\n  relation: "
    edit(fixture_project, "combinations.yaml", f"{pair}together", f"{pair}sequence")
    found = problems_of(fixture_project, warnings=True)
    assert any("malliratkaisussa tyon-tuumaus on ennen keinoa kokeiluraha, parien luettelossa toisin päin" in line for line in found), found


def test_a_page_that_is_not_there_stops_the_build(fixture_project):
    edit(fixture_project, "learning.yaml", "pages: [kuka-maksaa/]", "pages: [kuka-maksa/]")
    edit(fixture_project, "questions.yaml", "section: lahteet", "section: lahtet")
    with pytest.raises(DataError) as error:
        publish.site(fixture_project, TODAY, publish.Settings())
    told = [str(problem) for problem in error.value.problems]
    assert any('reads.pages[0]: sivua "kuka-maksa/" ei ole; tarkoititko "kuka-maksaa/"?' in line for line in told), told
    assert any('sivulla kuka-maksaa/kokeilun-maksaja/ ei ole kohtaa "lahtet"' in line for line in told), told


def test_the_trainer_is_led_to_the_pdf_only_where_there_is_one(shared_project):
    page = lambda **more: publish.site(shared_project, TODAY, publish.Settings(**more))[0].by_path["opi/kouluttajalle/"].html  # noqa: E731
    assert ".pdf" not in page()
    assert 'opi/kaikki-keinot-vihko.pdf"' in page(booklet=True)
    assert "https://example.fi/opi/testi/kokeilun-perusteet/" in page(url="https://example.fi/")


def test_open_data_has_what_the_pages_have(shared_project):
    files = publish.data_files(publish.site(shared_project, TODAY, publish.Settings())[0])
    read = lambda name: json.loads(files[f"api/v1/{name}.json"])[name]  # noqa: E731
    assert [(m["id"], m["address"]) for m in read("learning")] == [(i, f"opi/{i}/") for i in ("kokeilun-perusteet", "yhteistyo")]
    assert read("questions")[0]["answer_at"] == {"kind": "measure", "id": "kokeiluraha", "section": "nain-haetaan"}
    assert read("cases")[0]["order"][1]["who"] == ["kela", "tyonantaja"]


# --- the whole content -------------------------------------------------------------------


def test_there_is_enough_to_practise(whole):
    # Plain values: pytest would write the whole catalogue out when a test fails.
    per_module = Counter(q.module for q in whole.c.questions.values())
    few = {i: per_module[i] for i in whole.c.modules if per_module[i] < 10}
    areas = {m.area for m in whole.c.modules.values()}, {entry.code for entry in whole.c.vocabulary.learning_areas}
    questions, cases = sum(per_module.values()), len(whole.c.cases)
    assert few == {}
    assert areas[0] == areas[1]
    assert questions >= 80
    assert cases >= 8


def test_the_pairs_of_a_case_are_those_of_the_list(whole):
    known = {(p.a, p.b): p.relation for p in whole.c.combinations.values()}
    for record in whole.c.cases.values():
        ids = {choice.measure for choice in record.choices}
        shown = {tuple(p.ids.split()): p.relation for p in learn_views.case(whole, record).pairs}
        expected = {pair: relation for pair, relation in known.items() if set(pair) <= ids}
        assert shown == expected


# --- the map -----------------------------------------------------------------------------


def test_the_picture_counts_what_the_records_say(whole):
    phases, needs = learn_map.pictures(whole)
    expected = [[entry.label for entry in group] for group in (whole.c.vocabulary.phases, whole.c.vocabulary.needs)]
    assert [[b.name for b in picture.branches] for picture in (phases, needs)] == expected
    kela = next(n for b in phases.branches if b.name == "Työttömänä" for n in b.nodes if n.name == "Kela")
    live = [m for m in whole.c.measures.values() if m.status == "in-force" and "unemployed" in m.phases]
    counted = sum("kela" in (*m.decided_by, *m.provided_by) for m in live)
    assert kela.count == counted
    assert kela.href == "keinot/?vaihe=tyottomana&toimija=kela"


def test_nothing_in_the_picture_overlaps_or_falls_out(whole):
    for picture in learn_map.pictures(whole):
        for left in (True, False):
            rows = [node.y for branch in picture.branches if branch.left == left for node in branch.nodes]
            assert all(later - earlier >= learn_map.ROW for earlier, later in pairwise(rows))
            assert min(rows) > learn_map.ROW / 2
            assert max(rows) < picture.height - learn_map.ROW / 2
        assert all(0 < branch.actor_x < picture.width for branch in picture.branches)


def test_flows_go_from_the_adviser_to_the_decider(whole):
    flows = {flow.id: flow for flow in learn_map.flows(whole)}
    inward = {link.href: link.note for link in flows["kela"].inward}
    expected = sum(
        "kela" in (m.decided_by or m.provided_by) and "tyollisyysalue" in m.advised_by
        for m in whole.c.measures.values()
        if m.status == "in-force"
    )
    assert inward["toimijat/tyollisyysalue/"] == f"{expected}\u00a0keinoa"
    assert all(flow.inward or flow.outward for flow in flows.values())


# --- the deck ----------------------------------------------------------------------------


def test_every_term_and_measure_in_force_is_on_one_card(whole):
    cards = [card for deck in learn_views.decks(whole) for card in deck.cards]
    assert len({card.id for card in cards}) == len(cards)
    expected = len(whole.c.terms) + sum(m.status == "in-force" for m in whole.c.measures.values())
    assert len(cards) == expected
    assert max(len(deck.cards) for deck in learn_views.decks(whole)) <= learn_views.CARDS_IN_A_DECK
    assert not [card.id for card in cards if any(mark in card.front + card.back + card.who for mark in "[]{}<>")]


def test_the_deck_is_the_same_at_each_build_and_anki_takes_it_in(whole, tmp_path):
    decks = learn_views.decks(whole)
    file = tmp_path / "kaikki-keinot.apkg"
    file.write_bytes(anki_deck.package(decks, TODAY, "https://example.fi/"))
    assert file.read_bytes() == anki_deck.package(learn_views.decks(whole), TODAY, "https://example.fi/")
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        first = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file)))
        cards = [card for deck in decks for card in deck.cards]
        assert len(first.log.new) == len(cards) == collection.note_count()
        # Two sides of a term; a measure is asked for its decider besides.
        assert collection.card_count() == sum(3 if card.who else 2 for card in cards)
        note = collection.get_note(collection.find_notes("Tunnus:keinot-osasairauspaivaraha")[0])
        assert note["Nimi"] == "Osasairauspäiväraha"
        assert "Kela" in note["Paattaa"]
        assert 'href="https://example.fi/keinot/osasairauspaivaraha/"' in note["Sivu"]
        # A later deck renews the cards that a reader has and makes no second ones.
        renewed = [replace(deck, cards=tuple(replace(card, back="Uusi selitys") for card in deck.cards)) for deck in decks]
        file.write_bytes(anki_deck.package(renewed, TODAY + timedelta(days=1)))
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file)))
        assert collection.note_count() == len(cards)
        assert collection.get_note(note.id)["Selitys"] == "Uusi selitys"
    finally:
        collection.close()
