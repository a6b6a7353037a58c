"""The learning pages: their rules, the map, the deck of cards, and that each answer stands where it is said to."""

from __future__ import annotations

from datetime import date

import pytest

from toolbox import publish, rules

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
