"""Views of the toolkit pages: pairs of measures, payers, look-ups, look-alikes, refusals, reforms by year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import text, wording
from ..records import Reform
from ..views import BadgeView, LinkView, Maker, NoteView, Piece, ReformView, Rich, Sources, SourceView
from .records import Lookalike, Lookup, PayerOrder

# How many measures the grid shows when nothing is chosen. The script allows twelve.
FIRST_GRID = 8


# --- pairs -----------------------------------------------------------------------------


@dataclass(frozen=True)
class PairView:
    """One known pair as seen from one of its measures. `anchor` stands once on the page, on the side of `a`."""

    id: str
    anchor: str
    relation: str
    direction: str
    other: LinkView
    other_id: str
    why: Rich
    ground: tuple[LinkView, ...]


@dataclass(frozen=True)
class PairsView:
    """A measure and all its known pairs."""

    id: str
    link: LinkView
    needs: str
    actors: str
    groups: tuple[tuple[str, str, tuple[PairView, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(rows) for _, _, rows in self.groups)


@dataclass(frozen=True)
class CellView:
    href: str = ""
    relation: str = ""
    direction: str = ""
    words: str = ""
    own: bool = False


def pair_id(a: str, b: str) -> str:
    """The address of a pair on the page of pairs; no id has an underscore."""
    return f"{a}_{b}"


def pairs(maker: Maker) -> tuple[PairsView, ...]:
    """Every measure that has a known pair, in alphabetical order."""
    c = maker.c
    found: dict[str, dict[str, list[PairView]]] = defaultdict(lambda: defaultdict(list))
    for pair in c.combinations.values():
        if pair.a not in c.measures or pair.b not in c.measures:
            continue
        sources = Sources(c)
        for source in pair.sources:
            sources.add(source)
        ground = tuple(
            LinkView(f"{s.label}{', ' + s.section if s.section else ''}" if s.is_act else s.title, "" if s.is_act else s.href)
            for s in sources.views
        )
        for own, other in ((pair.a, pair.b), (pair.b, pair.a)):
            name = pair_id(pair.a, pair.b)
            direction = "" if pair.relation != "sequence" else "after" if own == pair.a else "before"
            found[own][pair.relation].append(
                PairView(
                    name,
                    name if own == pair.a else "",
                    pair.relation,
                    direction,
                    LinkView(c.measures[other].name.fi, maker.href(other)),
                    other,
                    maker.rich(pair.why) if ground else (*maker.rich(pair.why), Piece("unsourced")),
                    ground,
                )
            )
    ordered = sorted(found, key=lambda i: wording.sort_key(c.measures[i].name.fi))
    codes = [entry.code for entry in c.vocabulary.relations]
    return tuple(
        PairsView(
            i,
            LinkView(c.measures[i].name.fi, maker.href(i)),
            " ".join(c.entry("needs", need).slug or need for need in c.measures[i].needs),
            " ".join(dict.fromkeys((*c.measures[i].decided_by, *c.measures[i].provided_by))),
            tuple(
                (
                    code,
                    c.label("relations", code),
                    tuple(sorted(found[i][code], key=lambda row: (row.direction == "after", wording.sort_key(row.other.text)))),
                )
                for code in codes
                if found[i][code]
            ),
        )
        for i in ordered
    )


def grid(maker: Maker, rows: tuple[PairsView, ...]) -> tuple[tuple[PairsView, ...], tuple[tuple[PairsView, tuple[CellView, ...]], ...]]:
    """The first table: the measures with most known pairs, and a row of cells for each."""
    chosen = sorted(rows, key=lambda row: (-row.count, wording.sort_key(row.link.text)))[:FIRST_GRID]
    known = {(row.id, pair.other_id): pair for row in chosen for _, _, found in row.groups for pair in found}
    return tuple(chosen), tuple((row, tuple(_cell(maker, row, other, known) for other in chosen)) for row in chosen)


def _cell(maker: Maker, row: PairsView, other: PairsView, known: Mapping[tuple[str, str], PairView]) -> CellView:
    if row.id == other.id:
        return CellView(own=True)
    pair = known.get((row.id, other.id))
    if pair is None:
        return CellView()
    words = relation_words(maker, pair.relation, pair.direction)
    return CellView(f"#{pair.id}", pair.relation, pair.direction, f"{row.link.text} ja {other.link.text}: {words}")


def relation_words(maker: Maker, relation: str, direction: str) -> str:
    """The relation as the legend says it of the measure of the row."""
    if direction:
        return "rivin keino ensin" if direction == "after" else "rivin keino sitten"
    label = maker.c.label("relations", relation)
    return wording.lower_first(label)


# --- payers ----------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionView:
    number: int
    id: str
    question: str
    hint: Rich
    payer: str
    actors: tuple[LinkView, ...]
    measures: tuple[tuple[LinkView, str], ...]
    why: Rich
    then: Rich
    next: str


@dataclass(frozen=True)
class PayerOrderView:
    id: str
    name: str
    summary: str
    questions: tuple[QuestionView, ...]
    otherwise: Rich
    disagree: tuple[Rich, ...]
    beside: tuple[Rich, ...]
    notes: tuple[NoteView, ...]
    badge: BadgeView
    sources: tuple[SourceView, ...]


def payer_order(maker: Maker, order: PayerOrder) -> PayerOrderView:
    """An order of payers: each no leads to the next question, the last one to the end of all."""
    c = maker.c
    sources = Sources(c)
    for source in order.sources:
        sources.add(source)
    following = [*(f"kysymys-{q.id}" for q in order.questions[1:]), "ei-mikaan"]
    questions = tuple(
        QuestionView(
            number,
            q.id,
            q.question,
            maker.rich(q.hint, sources),
            q.payer,
            maker.actor_links(q.actors),
            tuple((LinkView(c.measures[i].name.fi, maker.href(i)), c.measures[i].summary) for i in q.measures if i in c.measures),
            maker.rich(q.why, sources),
            maker.rich(q.then, sources),
            following[number - 1],
        )
        for number, q in enumerate(order.questions, 1)
    )
    return PayerOrderView(
        order.id,
        order.name,
        order.summary,
        questions,
        maker.rich(order.otherwise, sources),
        tuple(maker.rich(one, sources) for one in order.disagree),
        tuple(maker.rich(one, sources) for one in order.beside),
        tuple(NoteView("check", f"Tarkista {d.ask}:", maker.rich(d.text, sources)) for d in order.doubts),
        maker.badge(order.review),
        tuple(sources.views),
    )


# --- look-ups and look-alikes ----------------------------------------------------------


@dataclass(frozen=True)
class LookupView:
    id: str
    name: str
    also: tuple[str, ...]
    kind: str
    meaning: Rich
    links: tuple[LinkView, ...]


def lookup(maker: Maker, x: Lookup, sources: Sources) -> LookupView:
    """One look-up; the numbers of its sources run through the whole page."""
    for source in x.sources:
        sources.add(source, f"{x.id}:")
    meaning = maker.rich(x.meaning, sources, f"{x.id}:")
    return LookupView(
        x.id,
        x.name,
        x.also,
        maker.c.label("lookup_kinds", x.kind),
        meaning,
        (*maker.measure_links(x.measures), *maker.actor_links(x.actors)),
    )


@dataclass(frozen=True)
class LookalikeRowView:
    link: LinkView
    summary: str
    payer: str
    income: str
    duration: str
    for_whom: str
    tell: Rich


@dataclass(frozen=True)
class LookalikeView:
    id: str
    name: str
    ask: str
    rows: tuple[LookalikeRowView, ...]
    columns: tuple[tuple[str, str], ...]
    count: str
    badge: BadgeView
    sources: tuple[SourceView, ...]


COLUMNS = (("payer", "Kuka päättää tai maksaa"), ("income", "Tulot"), ("duration", "Kesto"), ("for_whom", "Kenelle"))


def lookalike(maker: Maker, x: Lookalike) -> LookalikeView:
    """The facts of the measures side by side: they come from the measures' own records."""
    c = maker.c
    sources = Sources(c)
    for source in x.sources:
        sources.add(source)
    rows = []
    for row in x.rows:
        m = c.measures[row.measure]
        own = row.name is None
        payers = row.actors or m.decided_by or m.provided_by
        rows.append(
            LookalikeRowView(
                LinkView(row.name or m.name.fi, maker.href(m.id)),
                m.summary if own else "",
                wording.joined(maker.c.actor_names(payers)),
                maker.plain(m.facts.income.value) if m.facts and own else "",
                maker.plain(m.facts.duration.value) if m.facts and own else "",
                maker.plain(m.for_whom[0]) if m.for_whom and own else "",
                maker.rich(row.tell, sources),
            )
        )
    columns = tuple(column for column in COLUMNS if any(getattr(row, column[0]) for row in rows))
    count = wording.count(len(rows), "merkitys", "merkitystä")
    return LookalikeView(x.id, x.name, x.ask, tuple(rows), columns, count, maker.badge(x.review), tuple(sources.views))


def lookalikes_of(maker: Maker, measure_id: str) -> tuple[LinkView, ...]:
    """The comparison pages that a measure stands on."""
    return tuple(
        LinkView(x.name, f"samannimiset/{x.id}/") for x in maker.c.lookalikes.values() if measure_id in {row.measure for row in x.rows}
    )


# --- refusals --------------------------------------------------------------------------


@dataclass(frozen=True)
class RefusalView:
    id: str
    link: LinkView
    refusal: tuple[Rich, ...]
    after: tuple[Rich, ...]
    more: tuple[Rich, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class RefusalsView:
    """The refusals of one route of appeal."""

    id: str
    name: str
    deadline: str
    link: LinkView
    rows: tuple[RefusalView, ...]


def refusals(maker: Maker) -> tuple[RefusalsView, ...]:
    """Refused measures by their route of appeal, so that the way and the time limit are told once."""
    c = maker.c
    groups: dict[str, list[RefusalView]] = defaultdict(list)
    for record_id in c.refusals:
        m = c.measures[record_id]
        sources = Sources(c)
        rich = lambda texts, sources=sources: tuple(maker.rich(one, sources) for one in texts)  # noqa: E731
        numbered = [source for source in m.sources if _cites(source.key, (*m.refusal, *m.after_refusal, *m.appeal_note))]
        for source in numbered:
            sources.add(source)
        groups[m.appeal or ""].append(
            RefusalView(
                m.id,
                LinkView(m.name.fi, maker.href(m.id)),
                rich(m.refusal),
                rich(m.after_refusal),
                rich(m.appeal_note),
                tuple(sources.views),
            )
        )
    return tuple(
        RefusalsView(
            route.id,
            route.name,
            route.deadline or "",
            LinkView(f"Koko ohje: {route.name}", f"muutoksenhaku/#{route.id}"),
            tuple(groups[route.id]),
        )
        for route in c.appeals.values()
        if groups.get(route.id)
    )


def _cites(key: str | None, texts: Iterable[str]) -> bool:
    return any(key in text.cited(one) for one in texts)


# --- reforms ---------------------------------------------------------------------------


@dataclass(frozen=True)
class YearView:
    id: str
    year: str
    rows: tuple[ReformView, ...]


def by_year(reforms: Iterable[ReformView], *, future: bool) -> tuple[YearView, ...]:
    """Reforms still to come, or those that are, by year and the latest first."""
    years: dict[str, list[ReformView]] = defaultdict(list)
    for ch in reforms:
        if ch.future == future:
            years[ch.iso[:4]].append(ch)
    return tuple(YearView(f"{'tulossa' if future else 'vuosi'}-{year}", year, tuple(rows)) for year, rows in years.items())


def reforming_actors(maker: Maker) -> tuple[tuple[str, int], ...]:
    """Actors that reforms concern, those with most first."""
    counts = Counter(i for ch in maker.c.changes.values() for i in ch.actors if i in maker.c.actors)
    return tuple(sorted(counts.items(), key=lambda x: (-x[1], wording.sort_key(maker.c.actors[x[0]].name.fi))))


def reforms_of(maker: Maker, measure_id: str) -> tuple[LinkView, ...]:
    """The reforms of a measure, the latest first, each with its day and how certain it is."""
    found = [ch for ch in maker.c.changes.values() if measure_id in ch.measures]
    found.sort(key=lambda ch: (ch.date, ch.id), reverse=True)
    return tuple(LinkView(ch.title, f"muutokset/#{ch.id}", _when(maker, ch)) for ch in found)


def _when(maker: Maker, ch: Reform) -> str:
    words = maker.c.label("certainties", ch.certainty).lower() if ch.certainty != "in-force" else "tulossa" if ch.date > maker.today else ""
    return f"{wording.day(ch.date)} ({words}):" if words else f"{wording.day(ch.date)}:"
