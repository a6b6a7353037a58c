"""Views of the learning pages: modules, self-tests, cases, flash cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .. import wording
from ..views import MEASURE_SECTIONS, SITUATION_SECTIONS, BadgeView, LinkView, Maker, Rich, Sources, SourceView
from .records import Case, Module, Question
from .rules import as_page

# The deck of terms is cut into parts of at most this many cards, so that a page stays light.
CARDS_IN_A_DECK = 90
SECTION_TITLES = {
    **dict(MEASURE_SECTIONS),
    **dict(SITUATION_SECTIONS),
    "ala-sekoita": "Älä sekoita näihin",
    "tehtavat": "Mistä vastaa",
    "ei-kuulu": "Tämä ei kuulu tänne",
    "yhteys": "Näin saat yhteyden",
    "keinot": "Keinot",
}


@dataclass(frozen=True)
class OptionView:
    number: int
    text: Rich
    right: bool


@dataclass(frozen=True)
class QuestionView:
    id: str
    number: int
    multiple: bool
    question: Rich
    options: tuple[OptionView, ...]
    right: tuple[Rich, ...]
    explanation: Rich
    answer: LinkView


@dataclass(frozen=True)
class ModuleView:
    id: str
    number: int
    name: str
    area: str
    time: str
    lead: str
    badge: BadgeView
    goals: tuple[Rich, ...]
    concepts: tuple[tuple[LinkView, Rich], ...]
    reads: tuple[tuple[str, tuple[LinkView, ...]], ...]
    practice: tuple[Rich, ...]
    own_work: tuple[Rich, ...]
    skills: tuple[tuple[str, str], ...]
    assignment_name: str
    assignment: Rich
    assignment_time: str
    assignment_returns: str
    questions: tuple[QuestionView, ...]
    cases: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class ChoiceView:
    id: str
    link: LinkView
    verdict: str
    label: str
    why: Rich
    step: int  # the step of the model, from 1; 0 when the model does not use it


@dataclass(frozen=True)
class CasePairView:
    a: LinkView
    b: LinkView
    ids: str
    relation: str
    label: str
    why: Rich


@dataclass(frozen=True)
class StepView:
    number: int
    step: str
    measures: tuple[LinkView, ...]
    who: tuple[LinkView, ...]
    when: str
    income: Rich
    why: Rich


@dataclass(frozen=True)
class CaseView:
    id: str
    name: str
    badge: BadgeView
    module: LinkView
    story: tuple[Rich, ...]
    task: Rich
    choices: tuple[ChoiceView, ...]
    verdicts: tuple[tuple[str, str, tuple[ChoiceView, ...]], ...]
    pairs: tuple[CasePairView, ...]
    order: tuple[StepView, ...]
    income: Rich
    deadlines: tuple[Rich, ...]
    missed: tuple[Rich, ...]
    alternatives: tuple[Rich, ...]
    responsibility: tuple[Rich, ...]
    teacher: tuple[Rich, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class Card:
    """One flash card. `who` is who decides, empty for terms."""

    id: str
    front: str
    back: str
    who: str
    href: str


@dataclass(frozen=True)
class CardDeck:
    id: str
    name: str
    cards: tuple[Card, ...]


def duration(minutes: int) -> str:
    """45 → 45 min, 90 → 1 h 30 min, 120 → 2 h."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours}{wording.NBSP}h"] if hours else []) + ([f"{rest}{wording.NBSP}min"] if rest or not hours else [])
    return " ".join(parts)


def question(maker: Maker, q: Question, number: int, titles: Mapping[str, str]) -> QuestionView:
    """A question with its right answers in words and the link to where they stand. `titles` are those of pages."""
    options = tuple(OptionView(i, maker.rich(option.text), option.right) for i, option in enumerate(q.options))
    return QuestionView(
        q.id,
        number,
        q.kind == "multiple",
        maker.rich(q.question),
        options,
        tuple(option.text for option in options if option.right),
        maker.rich(q.explanation),
        answer_link(maker, q, titles),
    )


def answer_link(maker: Maker, q: Question, titles: Mapping[str, str]) -> LinkView:
    """Where the answer stands: the page and its section by name."""
    at, c = q.answer_at, maker.c
    if at.kind == "page":
        path = as_page(at.id)
        name = titles[path]
    else:
        folder, group = {
            "measure": ("keinot", c.measures),
            "term": ("sanasto", c.terms),
            "situation": ("tilanteet", c.situations),
            "actor": ("toimijat", c.actors),
        }[at.kind]
        record = group[at.id]
        path, name = f"{folder}/{at.id}/", record.name if isinstance(record.name, str) else record.name.fi
    section = at.section or ""
    title = f"Vaihe {section[6:]}" if section.startswith("vaihe-") else SECTION_TITLES.get(section, "")
    return LinkView(f"{name}: {title.lower()}" if title and section != "lyhyesti" else name, path + (f"#{section}" if section else ""))


def module(maker: Maker, m: Module, number: int, titles: Mapping[str, str]) -> ModuleView:
    """A module with its concepts, readings and questions. `titles` are those of pages by address."""
    c = maker.c
    sources = Sources(c)
    for source in m.sources:
        sources.add(source)
    rich = lambda texts: tuple(maker.rich(one, sources) for one in texts)  # noqa: E731
    bare = lambda source: tuple(p for p in maker.rich(source) if p.kind not in ("cite", "unsourced"))  # noqa: E731
    reads = (
        ("Keinot", tuple(LinkView(c.measures[i].name.fi, maker.href(i), c.measures[i].summary) for i in m.reads.measures)),
        ("Tilanteet", tuple(LinkView(c.situations[i].name, f"tilanteet/{i}/", c.situations[i].summary) for i in m.reads.situations)),
        ("Toimijat", tuple(LinkView(c.actors[i].name.fi, maker.href(i), c.actors[i].summary) for i in m.reads.actors)),
        ("Muut sivut", tuple(LinkView(titles[as_page(path)], as_page(path)) for path in m.reads.pages)),
    )
    questions = (q for q in c.questions.values() if q.module == m.id)
    return ModuleView(
        m.id,
        number,
        m.name,
        c.label("learning_areas", m.area),
        duration(m.minutes),
        m.lead,
        maker.badge(m.review),
        rich(m.goals),
        tuple((LinkView(c.terms[i].name.fi, f"sanasto/{i}/"), bare(c.terms[i].definition)) for i in m.concepts),
        tuple((title, rows) for title, rows in reads if rows),
        rich(m.practice),
        rich(m.own_work),
        tuple((skill.id, maker.plain(skill.text)) for skill in m.skills),
        m.assignment.name,
        maker.rich(m.assignment.text, sources),
        duration(m.assignment.minutes),
        m.assignment.returns,
        tuple(question(maker, q, i, titles) for i, q in enumerate(questions, 1)),
        tuple(LinkView(x.name, f"opi/tapaukset/{x.id}/") for x in c.cases.values() if x.module == m.id),
        tuple(sources.views),
    )


def case(maker: Maker, x: Case) -> CaseView:
    """A case. What its measures do to each other comes from the list of pairs, with its sources."""
    c = maker.c
    sources = Sources(c)
    for source in x.sources:
        sources.add(source)
    rich = lambda texts: tuple(maker.rich(one, sources) for one in texts)  # noqa: E731
    # A measure may come again in a later step: the first one tells its turn.
    steps = {measure: n for n, step in reversed(list(enumerate(x.order, 1))) for measure in step.measures}
    link = lambda i: LinkView(c.measures[i].name.fi, maker.href(i), c.measures[i].summary)  # noqa: E731
    choices = tuple(
        ChoiceView(
            choice.measure,
            link(choice.measure),
            choice.verdict,
            c.label("verdicts", choice.verdict),
            maker.rich(choice.why, sources),
            steps.get(choice.measure, 0),
        )
        for choice in x.choices
    )
    chosen = {choice.id for choice in choices}
    pairs = []
    order = [entry.code for entry in c.vocabulary.relations]
    for pair in sorted(c.combinations.values(), key=lambda pair: order.index(pair.relation)):
        if {pair.a, pair.b} <= chosen:
            numbers = [sources.add(source) for source in pair.sources]
            why = maker.rich(pair.why)
            why = (*why, sources.cite(numbers)) if numbers else why
            label = c.label("relations", pair.relation)
            pairs.append(CasePairView(link(pair.a), link(pair.b), f"{pair.a} {pair.b}", pair.relation, label, why))
    return CaseView(
        x.id,
        x.name,
        maker.badge(x.review),
        LinkView(c.modules[x.module].name, f"opi/{x.module}/"),
        rich(x.story),
        maker.rich(x.task, sources),
        # Out of the order of the answer: the alphabet tells nothing.
        tuple(sorted(choices, key=lambda choice: wording.sort_key(choice.link.text))),
        tuple(
            (entry.code, entry.label, found)
            for entry in c.vocabulary.verdicts
            if (found := tuple(choice for choice in choices if choice.verdict == entry.code))
        ),
        tuple(pairs),
        tuple(
            StepView(
                number,
                step.step,
                maker.measure_links(step.measures),
                maker.actor_links(step.who),
                step.when,
                maker.rich(step.income, sources),
                maker.rich(step.why, sources),
            )
            for number, step in enumerate(x.order, 1)
        ),
        maker.rich(x.income, sources),
        rich(x.deadlines),
        rich(x.missed),
        rich(x.alternatives),
        rich(x.responsibility),
        rich(x.teacher),
        tuple(sources.views),
    )


def decks(maker: Maker) -> tuple[CardDeck, ...]:
    """All flash cards: the terms in parts of the alphabet, the measures in force by kind."""
    c = maker.c
    terms = sorted(
        (Card(f"sanasto-{t.id}", t.name.fi, maker.plain(t.definition), "", f"sanasto/{t.id}/") for t in c.terms.values()),
        key=lambda card: wording.sort_key(card.front),
    )
    made = []
    parts = _evenly(terms)
    for number, cards in enumerate(parts, 1):
        letters = f" {wording.initial(cards[0].front)}–{wording.initial(cards[-1].front)}" if len(parts) > 1 else ""
        made.append(CardDeck(f"termit-{number}", f"Termit{letters}", tuple(cards)))
    for entry in c.vocabulary.kinds:
        rows = maker.rows(m for m in c.measures.values() if m.kind == entry.code and m.status == "in-force")
        cards = tuple(Card(f"keinot-{row.id}", row.name, row.summary, row.decides, row.href) for row in rows)
        if cards:
            made.append(CardDeck(entry.slug or entry.code, entry.plural or entry.label, cards))
    return tuple(made)


def _evenly(cards: Sequence[Card]) -> list[Sequence[Card]]:
    """The cards in as few parts of even size as the limit allows."""
    parts = -(-len(cards) // CARDS_IN_A_DECK)
    size = -(-len(cards) // parts) if parts else 1
    return [cards[i : i + size] for i in range(0, len(cards), size)]


def all_questions(modules: Iterable[ModuleView]) -> int:
    """How many questions the self-tests have."""
    return sum(len(m.questions) for m in modules)
