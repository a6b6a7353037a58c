"""The records of the learning pages: modules, questions of self-tests, written cases.

They hold what is only for learning. Facts of measures, terms and actors are not told again:
the pages draw them from their own records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import StringConstraints

from ..records import Claim, Day, Flag, Id, Line, Record, Review, Source, Summary, Whole, _f

LearningArea = Literal["role", "system", "tools", "client-work", "resources", "development"]
QuestionKind = Literal["single", "multiple", "true-false"]
AnswerKind = Literal["measure", "term", "situation", "actor", "page"]
Verdict = Literal["core", "support", "later", "not-now", "excluded"]
SitePath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*/?$", max_length=120)]

# Where the records stand that a question may point to, by the kind of its answer.
ANSWER_GROUPS = {"measure": "measures", "term": "terms", "situation": "situations", "actor": "actors"}

# (field path, group of the record meant, its id)
References = Iterator[tuple[str, str, str]]
# (field path, text with marks)
Texts = Iterator[tuple[str, str]]


def _each(record: Record, *names: str) -> Texts:
    for name in names:
        yield from ((f"{name}[{i}]", value) for i, value in enumerate(getattr(record, name)))


class Reads(Record):
    """Mitä moduulissa luetaan tältä sivustolta."""

    measures: tuple[Id, ...] = _f("Keinot", "Keinojen tunnukset.", ())
    situations: tuple[Id, ...] = _f("Tilanteet", "Tilanteiden tunnukset.", ())
    actors: tuple[Id, ...] = _f("Toimijat", "Toimijoiden tunnukset.", ())
    pages: tuple[SitePath, ...] = _f("Muut sivut", "Sivujen osoitteet, esim. kuka-maksaa/.", ())


class Skill(Record):
    """Itsearvioinnin väittämä."""

    id: Id = _f("Tunnus", "Muoto aina-sama. Vastaus tallentuu tällä nimellä lukijan laitteelle.")
    text: Line = _f("Väittämä", "Alkaa sanalla Osaan tai Tunnen.")


class Assignment(Record):
    """Valmis tehtävä kouluttajalle."""

    name: Line = _f("Nimi", "Mitä tehdään, muutama sana.")
    text: Claim = _f("Tehtävänanto", "Ohje opiskelijalle.")
    minutes: Whole = _f("Aika", "Minuutteina.", ge=5, le=2000)
    returns: Line = _f("Palautus", "Mitä opiskelija palauttaa.")


class Module(Record):
    """Oppimispolun moduuli."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Line = _f("Nimi", "Enintään 60 merkkiä.")
    area: LearningArea = _f("Sisältöalue", "Koulutuksen alue, johon moduuli kuuluu.")
    minutes: Whole = _f("Aika", "Arvio minuutteina.", ge=5, le=2000)
    lead: Summary = _f("Yksi lause", "Mistä moduulissa on kyse.")
    goals: tuple[Line, ...] = _f("Tavoitteet", "Mitä moduulin jälkeen osaa.", min_length=1, max_length=8)
    concepts: tuple[Id, ...] = _f("Käsitteet", "Termien tunnukset tiedostosta glossary.yaml.", min_length=1)
    reads: Reads = _f("Lue täältä", "Keinot, tilanteet, toimijat ja sivut.")
    practice: tuple[Claim, ...] = _f("Käytännössä", "Mitä tämä tarkoittaa työssä, kappale kerrallaan.", min_length=1)
    own_work: tuple[Line, ...] = _f("Omaan työhön", "Mitä omassa työssä kokeillaan tai selvitetään.", min_length=1)
    skills: tuple[Skill, ...] = _f("Itsearviointi", "Väittämät.", min_length=1)
    assignment: Assignment = _f("Tehtävä", "Valmis tehtävä kouluttajalle.")
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review = _f("Tarkistus")

    def texts(self) -> Texts:
        """Every text that may hold marks, by field path."""
        yield from _each(self, "goals", "practice", "own_work")
        yield from ((f"skills[{i}].text", skill.text) for i, skill in enumerate(self.skills))
        yield "assignment.text", self.assignment.text

    def references(self) -> References:
        """Every record that the module leads to."""
        yield from ((f"concepts[{i}]", "terms", value) for i, value in enumerate(self.concepts))
        for name in ("measures", "situations", "actors"):
            yield from ((f"reads.{name}[{i}]", name, value) for i, value in enumerate(getattr(self.reads, name)))


class Option(Record):
    """Vastausvaihtoehto."""

    text: Line = _f("Vaihtoehto")
    right: Flag = _f("Oikein", "true, jos vaihtoehto on oikein.")


class AnswerAt(Record):
    """Missä vastaus on tällä sivustolla."""

    kind: AnswerKind = _f("Laji", "measure: keino, term: termi, situation: tilanne, actor: toimija, page: muu sivu.")
    id: SitePath = _f("Tunnus", "Tietueen tunnus, tai sivun osoite, esim. kuka-maksaa/kuntoutus/.")
    section: Id | None = _f("Kohta", "Sivun kohdan ankkuri, esim. edellytykset.", None)


class Question(Record):
    """Itsetestin kysymys."""

    id: Id = _f("Tunnus", "Ankkuri testin sivulla. Muoto aina-sama.")
    module: Id = _f("Moduuli", "Moduulin tunnus.")
    kind: QuestionKind = _f("Laji", "single: yksi oikea, multiple: yksi tai useampi oikea, true-false: Oikein vai Väärin.")
    question: Claim = _f("Kysymys")
    options: tuple[Option, ...] = _f("Vaihtoehdot", "2–6 vaihtoehtoa.", min_length=2, max_length=6)
    explanation: Claim = _f("Selitys", "Miksi vastaus on oikein. Ei lähdeviitteitä: lähteet ovat vastauksen sivulla.")
    answer_at: AnswerAt = _f("Vastaus on täällä", "Sivu ja kohta, joka sanoo saman.")
    checked: Day = _f("Verrattu", "Päivä, jona vastausta verrattiin siihen sivuun, johon se viittaa.")

    def texts(self) -> Texts:
        """Every text that may hold marks, by field path."""
        yield from (("question", self.question), ("explanation", self.explanation))
        yield from ((f"options[{i}].text", option.text) for i, option in enumerate(self.options))

    def references(self) -> References:
        """The module of the question and the record where its answer stands."""
        yield "module", "modules", self.module
        if self.answer_at.kind != "page":
            yield "answer_at.id", ANSWER_GROUPS[self.answer_at.kind], self.answer_at.id


class CaseChoice(Record):
    """Keino, jonka opiskelija voi valita tapaukseen."""

    measure: Id = _f("Keino", "Keinon tunnus.")
    verdict: Verdict = _f("Arvio", "core: ydinkeino, support: tukee, later: myöhemmin, not-now: ei nyt, excluded: ei sovi.")
    why: Claim = _f("Miksi", "Yksi tai kaksi lausetta juuri tästä tapauksesta.")


class CaseStep(Record):
    """Malliratkaisun askel."""

    step: Line = _f("Askel", "Mitä tehdään.")
    measures: tuple[Id, ...] = _f("Keinot", "Askeleen keinot.", ())
    who: tuple[Id, ...] = _f("Kuka", "Toimijat, joiden vastuulla askel on.", ())
    when: Line = _f("Milloin", "Mihin mennessä tai missä järjestyksessä.")
    income: Claim = _f("Mistä asiakas elää", "Tulot askeleen ajan, lähde tai [?].")
    why: Claim = _f("Miksi nyt", "Miksi askel on tässä kohdassa.")


class Case(Record):
    """Harjoitustapaus. Ei oikeita ihmisiä, ei nimiä."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Line = _f("Nimi", "Tilanne muutamalla sanalla.")
    module: Id = _f("Moduuli", "Moduuli, johon tapaus kuuluu.")
    story: tuple[Claim, ...] = _f("Kertomus", "Kappale kerrallaan, ei nimiä.", min_length=1)
    task: Claim = _f("Tehtävä", "Mitä opiskelija tekee.")
    choices: tuple[CaseChoice, ...] = _f("Valittavat keinot", "Myös sellaisia, jotka eivät sovi.", min_length=2, max_length=16)
    order: tuple[CaseStep, ...] = _f("Malliratkaisu", "Askeleet järjestyksessä.", min_length=2, max_length=10)
    income: Claim = _f("Toimeentulo", "Mistä asiakas elää koko matkan, lähde tai [?].")
    deadlines: tuple[Claim, ...] = _f("Määräajat", "Lähde tai [?] joka kohtaan.", ())
    missed: tuple[Claim, ...] = _f("Mikä usein unohtuu", "Tavalliset virheet.", min_length=1)
    alternatives: tuple[Claim, ...] = _f("Vaihtoehdot", "Toinen perusteltu tapa edetä.", ())
    responsibility: tuple[Claim, ...] = _f("Kenen vastuulla", "Kuka vastaa mistäkin.", min_length=1)
    teacher: tuple[Claim, ...] = _f("Kouluttajalle", "Vinkit käsittelyyn.", ())
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review = _f("Tarkistus")

    def texts(self) -> Texts:
        """Every text that may hold marks, by field path."""
        yield from _each(self, "story", "deadlines", "missed", "alternatives", "responsibility", "teacher")
        yield from (("task", self.task), ("income", self.income))
        yield from ((f"choices[{i}].why", choice.why) for i, choice in enumerate(self.choices))
        for i, step in enumerate(self.order):
            yield from ((f"order[{i}].income", step.income), (f"order[{i}].why", step.why))

    def references(self) -> References:
        """Every record that the case leads to."""
        yield "module", "modules", self.module
        yield from ((f"choices[{i}].measure", "measures", choice.measure) for i, choice in enumerate(self.choices))
        for i, step in enumerate(self.order):
            yield from ((f"order[{i}].measures[{j}]", "measures", value) for j, value in enumerate(step.measures))
            yield from ((f"order[{i}].who[{j}]", "actors", value) for j, value in enumerate(step.who))
