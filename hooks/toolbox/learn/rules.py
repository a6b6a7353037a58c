"""Rules of the learning pages: modules, questions, cases. See `rules` for their form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from .. import text
from ..catalogue import ADDRESSED, Catalogue
from ..problems import Problem, did_you_mean
from ..rulebook import RuleBook
from .records import ANSWER_GROUPS, Question

if TYPE_CHECKING:
    from ..site import Page

# A self-test has at least this many questions; fewer is a warning while a module is being written.
QUESTIONS_OF_A_MODULE = 10
TRUE_FALSE = ["Oikein", "Väärin"]
# Choices of a case that a good plan does not hold.
WRONG = frozenset({"not-now", "excluded"})

_book = RuleBook()
rule, check = _book.rule, _book.check


@rule
def questions_can_be_answered(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kysymyksellä on oikea vastaus lajinsa mukaan, ja vaihtoehdot ovat eri tekstejä."""
    for record_id, q in c.questions.items():
        origin = c.origin("questions", record_id)
        right = sum(option.right for option in q.options)
        if right == 0:
            yield origin.problem("yksikään vaihtoehto ei ole oikein", "merkitse oikea vaihtoehto right: true", "options")
        elif q.kind != "multiple" and right > 1:
            yield origin.problem(f"oikeita vaihtoehtoja on {right}", "jätä yksi oikea tai vaihda lajiksi multiple", "options")
        if q.kind == "multiple" and right == len(q.options):
            yield origin.problem("kaikki vaihtoehdot ovat oikein", "lisää väärä vaihtoehto", "options")
        if q.kind == "true-false" and [option.text for option in q.options] != TRUE_FALSE:
            yield origin.problem("vaihtoehdot eivät ole Oikein ja Väärin", "kirjoita Oikein ja Väärin tässä järjestyksessä", "options")
        texts = [option.text.casefold() for option in q.options]
        for i, one in enumerate(texts):
            if one in texts[:i]:
                yield origin.problem(f'vaihtoehto "{q.options[i].text}" on kahdesti', "poista toinen", f"options[{i}].text")


@rule
def questions_cite_by_their_answer(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kysymyksen lähteet ovat sen vastauksen sivulla, eivät kysymyksessä."""
    for record_id, q in c.questions.items():
        for path, value in q.texts():
            if text.cited(value):
                yield c.origin("questions", record_id).problem("kysymyksessä on lähdeviite", "poista: lähde on vastauksen sivulla", path)


@rule
def answers_have_their_place(c: Catalogue, today: date) -> Iterator[Problem]:
    """Vastauksen kohta on sillä sivulla, johon kysymys viittaa."""
    for record_id, q in c.questions.items():
        at = q.answer_at
        group = ANSWER_GROUPS.get(at.kind, "")
        if not at.section or not group or at.id not in getattr(c, group):
            continue
        known = sections_of(c, at.kind, at.id)
        if at.section not in known:
            yield c.origin("questions", record_id).problem(
                f'sivulla {at.id} ei ole kohtaa "{at.section}"',
                did_you_mean(at.section, known) or "käytä jotakin näistä: " + ", ".join(known),
                "answer_at.section",
            )


def sections_of(c: Catalogue, kind: str, record_id: str) -> list[str]:
    """The anchors of a record's page that its own fields give, in the order of the page."""
    if kind == "measure":
        m = c.measures[record_id]
        doubted = {doubt.place for doubt in m.doubts}
        facts = {name for name in ("amount", "duration", "income") if m.facts is not None or getattr(m, name)}
        present = {
            "kenelle": bool(m.for_whom),
            "edellytykset": bool(m.conditions or "conditions" in doubted or m.status != "ended"),
            "nain-haetaan": bool(m.steps),
            "maara": "amount" in facts,
            "kesto": "duration" in facts,
            "vaikutus-tuloihin": "income" in facts,
            "ala-sekoita": bool(m.confusions),
            "muutoksenhaku": bool(m.appeal or m.status != "ended"),
        }
        order = (
            "lyhyesti", "kenelle", "edellytykset", "nain-haetaan", "maara", "kesto", "vaikutus-tuloihin", "yhdistelmat",
            "ala-sekoita", "muutoksenhaku", "lakiperuste", "lahteet", "muutokset",
        )  # fmt: skip
        return [name for name in order if present.get(name, True)]
    if kind == "situation":
        s = c.situations[record_id]
        stages = [f"vaihe-{n}" for n in range(1, len(s.stages) + 1)]
        return ["lyhyesti", "kysy", "polku", *stages, *(["sudenkuopat"] if s.pitfalls else []), "puheeksi", "kokous", "lahteet"]
    if kind == "actor":
        a = c.actors[record_id]
        return ["lyhyesti", *(["tehtavat"] if a.tasks else []), *(["ei-kuulu"] if a.not_tasks else []), "yhteys", "keinot", "lahteet"]
    return ["lyhyesti", "lahteet"]


@rule
def answers_are_no_newer_than_questions(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kun tietue on tarkistettu kysymyksen jälkeen, kysymys verrataan siihen uudelleen (varoitus)."""
    for record_id, q in c.questions.items():
        origin = c.origin("questions", record_id)
        if q.checked > today:
            yield origin.problem(f"vertaamispäivä {q.checked} on tulevaisuudessa", "korjaa päivä", "checked")
        target = answer_record(c, q)
        if target is not None and target.review.date > q.checked:
            newer = f"tarkista kysymys: {q.answer_at.id} on tarkistettu {target.review.date}"
            yield origin.problem(newer, "vertaa ja päivitä checked", "checked", warning=True)


def answer_record(c: Catalogue, q: Question):
    """The record where the answer of a question stands, or None when it is no record with a review."""
    group, record_id = ANSWER_GROUPS.get(q.answer_at.kind, ""), q.answer_at.id
    if not group:
        folder, _, record_id = q.answer_at.id.rstrip("/").rpartition("/")
        group = next((key for key, place in ADDRESSED.values() if place == folder), "")
    found = getattr(c, group).get(record_id) if group else None
    return found if hasattr(found, "review") else None


@rule
def modules_have_a_test(c: Catalogue, today: date) -> Iterator[Problem]:
    """Moduulilla on vähintään kymmenen kysymystä (varoitus), ja itsearvioinnin väittämät ovat eri tunnuksin."""
    owners: dict[str, str] = {}
    for record_id, module in c.modules.items():
        origin = c.origin("modules", record_id)
        count = sum(q.module == record_id for q in c.questions.values())
        if count < QUESTIONS_OF_A_MODULE:
            yield origin.problem(f"kysymyksiä on vain {count}", f"kirjoita vähintään {QUESTIONS_OF_A_MODULE}", warning=True)
        for i, skill in enumerate(module.skills):
            if skill.id in owners:
                yield origin.problem(f'väittämä "{skill.id}" on jo moduulissa {owners[skill.id]}', "anna oma tunnus", f"skills[{i}].id")
            owners.setdefault(skill.id, record_id)
        for name in ("concepts", "reads.measures", "reads.situations", "reads.actors", "reads.pages"):
            values = module.concepts if name == "concepts" else getattr(module.reads, name.partition(".")[2])
            for i, value in enumerate(values):
                if value in values[:i]:
                    yield origin.problem(f'"{value}" on kahdesti', "poista toinen", f"{name}[{i}]")
        for i, value in enumerate(module.reads.measures):
            if value in c.measures and c.measures[value].status == "ended":
                yield origin.problem(f"keino {value} on lakannut", "vaihda nykyiseen keinoon", f"reads.measures[{i}]")


@rule
def claims_of_cases_have_a_source(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tapauksen toimeentulo ja määräajat perustuvat lähteeseen tai sanovat, ettei lähdettä ole."""
    for record_id, case in c.cases.items():
        rows = [
            ("income", case.income),
            *((f"deadlines[{i}]", value) for i, value in enumerate(case.deadlines)),
            *((f"order[{i}].income", step.income) for i, step in enumerate(case.order)),
        ]
        for path, value in rows:
            if not text.sourced(value):
                yield c.origin("cases", record_id).problem("väitteellä ei ole lähdettä", "lisää [avain], tai [?] jos lähdettä ei ole", path)


@rule
def cases_can_be_solved(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tapauksessa on ydinkeino ja väärä keino, ja malliratkaisu käyttää valittavia keinoja oikein."""
    for record_id, case in c.cases.items():
        origin = c.origin("cases", record_id)
        verdicts: dict[str, str] = {}
        for i, choice in enumerate(case.choices):
            if choice.measure in verdicts:
                yield origin.problem(f"keino {choice.measure} on valittavissa kahdesti", "poista toinen", f"choices[{i}].measure")
            verdicts[choice.measure] = choice.verdict
            ended = choice.measure in c.measures and c.measures[choice.measure].status == "ended"
            if ended and choice.verdict not in WRONG:
                yield origin.problem(f"keino {choice.measure} on lakannut", "vaihda keino tai verdict: excluded", f"choices[{i}].verdict")
        if "core" not in verdicts.values():
            yield origin.problem("ydinkeino puuttuu", "merkitse ainakin yksi verdict: core", "choices")
        if not WRONG & set(verdicts.values()):
            yield origin.problem("väärä keino puuttuu", "lisää keino, jonka verdict on not-now tai excluded", "choices")
        used: set[str] = set()
        for i, step in enumerate(case.order):
            for j, measure_id in enumerate(step.measures):
                used.add(measure_id)
                path = f"order[{i}].measures[{j}]"
                if measure_id not in verdicts:
                    yield origin.problem(f"keino {measure_id} ei ole valittavissa", "lisää se kohtaan choices", path)
                elif verdicts[measure_id] in WRONG:
                    yield origin.problem(f"malliratkaisussa on keino {measure_id}, joka ei sovi", "poista tai muuta verdict", path)
        for measure_id, verdict in verdicts.items():
            if verdict == "core" and measure_id not in used:
                yield origin.problem(f"ydinkeino {measure_id} puuttuu malliratkaisusta", "lisää se askeleeseen", "order")


@rule
def a_step_does_not_contradict_the_pairs(c: Catalogue, today: date) -> Iterator[Problem]:
    """Malliratkaisun askeleessa ei ole kahta keinoa, jotka eivät käy yhtä aikaa."""
    excluded = {frozenset((pair.a, pair.b)) for pair in c.combinations.values() if pair.relation == "excludes"}
    for record_id, case in c.cases.items():
        for i, step in enumerate(case.order):
            for one, other in combinations(step.measures, 2):
                if frozenset((one, other)) in excluded:
                    yield c.origin("cases", record_id).problem(
                        f"{one} ja {other} eivät käy yhtä aikaa", "siirrä toinen eri askeleeseen", f"order[{i}].measures"
                    )


@rule
def the_order_agrees_with_the_pairs(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kun parien luettelo sanoo ensin a, sitten b, malliratkaisu ei tee kokonaan toisin päin (varoitus)."""
    for record_id, case in c.cases.items():
        steps: dict[str, list[int]] = defaultdict(list)
        for n, step in enumerate(case.order):
            for measure in step.measures:
                steps[measure].append(n)
        for pair in c.combinations.values():
            if pair.relation == "sequence" and steps[pair.a] and steps[pair.b] and max(steps[pair.b]) < min(steps[pair.a]):
                yield c.origin("cases", record_id).problem(
                    f"malliratkaisussa {pair.b} on ennen keinoa {pair.a}, parien luettelossa toisin päin",
                    "vaihda askelten järjestys tai kerro perustelussa, miksi näin",
                    f"order[{steps[pair.b][0]}].measures",
                    warning=True,
                )


def pages_exist(c: Catalogue, pages: Mapping[str, Page], titles: Mapping[str, str]) -> Iterator[Problem]:
    """Sivu, jota moduuli pyytää lukemaan tai jolla kysymyksen vastaus on, on olemassa kohtineen.

    Run when the pages are made: only then are the addresses of all pages known. `pages` are those made so far,
    `titles` the names of these and of the learning pages to come, by address.
    """
    for record_id, module in c.modules.items():
        for i, path in enumerate(module.reads.pages):
            if as_page(path) not in titles:
                hint = did_you_mean(as_page(path), titles) or "tarkista osoite"
                yield c.origin("modules", record_id).problem(f'sivua "{path}" ei ole', hint, f"reads.pages[{i}]")
    for record_id, q in c.questions.items():
        if q.answer_at.kind != "page":
            continue
        page = pages.get(as_page(q.answer_at.id))
        if as_page(q.answer_at.id) not in titles:
            hint = did_you_mean(as_page(q.answer_at.id), titles) or "tarkista osoite"
            yield c.origin("questions", record_id).problem(f'sivua "{q.answer_at.id}" ei ole', hint, "answer_at.id")
        elif page and q.answer_at.section and f'id="{q.answer_at.section}"' not in page.html:
            yield c.origin("questions", record_id).problem(
                f'sivulla {q.answer_at.id} ei ole kohtaa "{q.answer_at.section}"', "tarkista ankkuri", "answer_at.section"
            )


def as_page(path: str) -> str:
    """A site path with its closing slash."""
    return path.rstrip("/") + "/"
