"""One fact, one wording: the same number, limit or condition is told the same way in every record of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

FILES = (
    "services", "combinations", "situations", "cases", "questions", "learning", "glossary", "payers", "appeals", "actors",
    "changes", "calculators", "disambiguation", "reverse-lookup", "figures",
)  # fmt: skip
NOT_TOLD = {"sources", "synonyms", "phrases", "review", "before"}
SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-ZÅÄÖ])")
CITED = re.compile(r"\[([^\]]*)\](?!\()")

# What a sentence is about (both expressions are found in it), and how it must tell it. The law or page is in the records' sources.
TOLD_ALIKE = {
    "a plan is due 9 months from a final preliminary decision": (r"9 kuukau", r"nnakkopäätö|\[tyel-27", r"lainvoima"),
    "sickness allowance is claimed in 2 months": (r"\[svl-15-4[\],]", r"kuukau", r"(2|kahden) kuukau"),
    "rehabilitation allowance is claimed in 6 months": (r"\[kkrl-41[\],]", r"kuukau", r"6 kuukau"),
    "rehabilitation allowance is claimed apart": (r"[Kk]untoutusraha\w* (?:\w+ )?(haetaan|voi hakea)", r"kuukau", r"6 kuukau"),
    "work trial of occupational health": (r"[Tt]yökokeilu", r"\d+ arkipäiv", r"45 arkipäiv"),
    "partial sickness allowance lasts 150 days": (r"[Oo]sasairauspäiväraha", r"enintään \d+ arkipäiv", r"150 arkipäiv|12 arkipäiv"),
    "partial sickness allowance takes 40–60 per cent": (r"\[svl-8-11[\],]", r"\d prosent", r"40–60 prosent"),
    "rehabilitation allowance of a pension institution": (r"\[tyel-(28|30)[\],]", r"prosent", r"33 prosent"),
    "medical certificate A": (r"A-todistus riittää", r"\d", r"60 päivärahapäiv|alle 2 kuukau"),
    "work accident is reported in 10 weekdays": (r"\[tytal-111\]", r"arkipäiv", r"10 arkipäiv"),
    "work accident is filed in 5 years": (r"\[tytal-111\]", r"vuoden", r"5 vuoden"),
    "traffic claim": (r"\[livl-61\]", r"vuoden", r"3 vuoden|10 vuo"),
    "patient claim": (r"\[potvl-31\]", r"vuoden", r"3 vuoden|10 vuo"),
    "change security": (r"\[jarjl-69\]", r"irtisanomisp", r"60 päiv|55 vuotta"),
    "workplace aid is claimed in a month": (r"\[vna-19", r"hankinna", r"kuukau"),
    "own wish to shorten the week": (r"[Ss]oviteltua ansiopäivärahaa", r"oma\w* aloit", r"[Kk]assojen ohjei"),
    "one-off handicap payment": (r"[Hh]aitta(luok|raha)|luokissa 1", r"kertakorvaus|kerralla", r"1–5|luokka 5|6–10"),
    "sanction for quitting": (r"45 päivän karenssi", r"[Ee]ro(aminen|nnut)|[Ii]rtisanout", r"\[(ttl-2a-1|ytk-karenssi)|pätevä"),
    "study grant of adults ended": (r"[Aa]ikuiskoulutustu|[Oo]pintojen ja tukikauden", r"31\.7\.2024", r"alkaa viimeistään"),
    "form EV 256 is for both": (r"EV 256", r"[Ll]omak", r"vammaistu|hoitotu"),
    "holiday compensation delays the daily allowance": (r"[Ll]omakorvau", r"\[ttl-3-6[\],]", r"[Kk]okoaikatyön lomakorvau"),
    "wage subsidy of the same employer": (r"\[jarjl-(83|95)[\],]", r"3 (viime )?vuo", r"[Ss]ama\w* työnantaja"),
    "rehabilitation decision of traffic insurance": (r"\[likuntl-16[\],]", r"\d+\.? päiv", r"30 päiv|7\. päivänä"),
    "illness lengthens the time counted": (r"[Ss]aira\w+\b.*pidentä", r"28|työssäoloeh|tätä aikaa", r"7 vuotta"),
    "urgent social assistance": (r"\[totul-14b[\],]", r"arkipäiv", r"samana tai seuraavana arkipäivänä"),
    "dismissal is contested in 3 months": (r"riitau", r"kuukau", r"3 kuukauden kuluessa työsuhteen päättymisestä"),
}

# Wordings that were wrong or vaguer than another record, and what says it now.
NOT_SAID = {
    r"300 \w*päiv\w* (tulisi|ylittyisi)": "300 päivää täyttyisi (SVL 8:8)",
    r"tulevan ajan ansio": "viiden viime kalenterivuoden työansiot (TyEL 25 §)",
    r"(käsittelyn|odotuksen) ajan ennakkoa": "Kela maksaa enintään erotuksen (SVL 12)",
    r"enimmäisaika\w* on noin 300|: noin 300 arkipäiv": "enintään 300 arkipäivää",
    r"alaikäraja on vanhan lain": "16 vuotta",
    r"yli 60-vuotiaalla on pitkä työura": "60 vuotta täyttäneellä",
}

# A number of these, told of a measure, stands on the measure's own page too.
NUMBER_AT = {
    "combinations": ("why",),
    "reverse-lookup": ("meaning",),
    "disambiguation": ("tell",),
    "calculators": ("rule",),
    "questions": ("explanation", "right"),
}
IN_WORDS = {"yhden": "1", "kahden": "2", "kolmen": "3", "neljän": "4", "viiden": "5", "kuuden": "6"}
COUNTED = re.compile(
    r"(\d+(?:(?:–|, | tai | ja )\d+)*) (?:(?:seuraavaa|täyttä|edeltävän|viime|ensimmäisen) )?(päiv|arkipäiv|kalenteripäiv|vuorokau|kuukau|viik|vuo(?:t|d|s|n)|prosent|tunt|tunn)"
)
SAME_UNIT = {"arkipäiv": "päiv", "kalenteripäiv": "päiv", "tunn": "tunt", "vuot": "vuo", "vuod": "vuo", "vuos": "vuo", "vuon": "vuo"}


def texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "options":
                yield from texts([option["text"] for option in value if option["right"]], f"{path}.right")
            elif name not in NOT_TOLD:
                yield from texts(value, f"{path}.{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from texts(value, f"{path}.{number}")
    elif isinstance(node, str):
        yield path, node


def counts(text: str) -> set[tuple[str, str]]:
    plain = CITED.sub("", text)
    for word, digit in IN_WORDS.items():
        plain = re.sub(rf"\b{word}\b", digit, plain, flags=re.IGNORECASE)
    plain = re.sub(r"\b[Vv]uoden (?=kulu|sisäl|ajan)", "1 vuoden ", plain)
    return {(number, SAME_UNIT.get(unit, unit)) for span, unit in COUNTED.findall(plain) for number in re.findall(r"\d+", span)}


@pytest.fixture(scope="module")
def records(project_root) -> dict[str, list[dict[str, Any]]]:
    def rows(name: str) -> list[dict[str, Any]]:
        read = yaml.load((project_root / "data" / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        return next(value for value in read.values() if isinstance(value, list))

    return {name: rows(name) for name in FILES}


@pytest.fixture(scope="module")
def sentences(records) -> list[tuple[str, str]]:
    return [
        (f"{name} {row.get('id') or row['a'] + ' × ' + row['b']}{path}", sentence)
        for name, rows in records.items()
        for row in rows
        for path, text in texts(row)
        if ".doubts." not in path
        for sentence in SENTENCE.split(text)
        if not sentence.endswith("?")
    ]


@pytest.mark.parametrize("subject", TOLD_ALIKE)
def test_a_subject_is_told_alike(sentences, subject):
    first, second, wanted = (re.compile(part) for part in TOLD_ALIKE[subject])
    about = [(where, sentence) for where, sentence in sentences if first.search(sentence) and second.search(sentence)]
    assert about, f"nothing tells of {subject}: mend the rule"
    assert [f"{where}: {sentence}" for where, sentence in about if not wanted.search(sentence)] == []


@pytest.mark.parametrize("wording", NOT_SAID)
def test_a_mended_wording_stays_away(sentences, wording):
    assert [f"{where}: {sentence} → {NOT_SAID[wording]}" for where, sentence in sentences if re.search(wording, sentence)] == []


def measures_of(node: Any, known: dict[str, Any]) -> set[str]:
    if isinstance(node, dict):
        return set().union(*(measures_of(value, known) for name, value in node.items() if name not in NOT_TOLD))
    if isinstance(node, list):
        return set().union(*(measures_of(value, known) for value in node))
    if not isinstance(node, str):
        return set()
    return {name for name in [node, *re.findall(r"\]\(([a-z0-9-]+)\)", node)] if name in known}


@pytest.mark.parametrize("name", NUMBER_AT)
def test_a_number_stands_on_the_page_of_its_measure(records, name):
    def numbers(row: dict[str, Any]) -> set[tuple[str, str]]:
        return set().union(*(counts(text) for _, text in texts(row)))

    appeals = {row["id"]: numbers(row) for row in records["appeals"]}
    pages = {row["id"]: numbers(row) | appeals.get(row.get("appeal"), set()) for row in records["services"]}
    wrong = []
    for row in records[name]:
        told = measures_of(row, pages)
        if not told:
            continue
        known = set().union(*(pages[measure] for measure in told))
        for path, text in texts(row):
            if set(path.split(".")) & set(NUMBER_AT[name]) and (missing := counts(text) - known):
                wrong.append(f"{row.get('id') or row['a'] + ' × ' + row['b']}: {sorted(missing)} ei ole keinon sivulla: {text}")
    assert wrong == []


def test_a_pair_that_asks_does_not_rule_out(records):
    """“Kysy, voiko yhdistää” is an open question: such a pair is conditional, not excluded."""
    assert [
        f"{row['a']} × {row['b']}"
        for row in records["combinations"]
        if row["relation"] == "excludes" and re.search(r"voiko \w+ ?\w* ?\w* yhdistää", row["why"])
    ] == []
