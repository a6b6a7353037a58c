"""Views: all that one page shows, ready. Dates worded, figures chosen for the day, links made.

Addresses are site paths such as `keinot/palkkatuki/`; the renderer makes them relative.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from . import deadlines, text, wording
from . import records as r
from .catalogue import Catalogue
from .marks import Marks, Words
from .route import Route, StageText, opening, route


@dataclass(frozen=True)
class Piece:
    """A piece of running text, ready to be drawn.

    `kind` is text, strong, link, term, figure, cite or unsourced.
    """

    kind: str
    text: str = ""
    href: str = ""
    note: str = ""
    state: str = ""
    numbers: tuple[tuple[int, str], ...] = ()


Rich = tuple[Piece, ...]


@dataclass(frozen=True)
class LinkView:
    text: str
    href: str
    note: str = ""
    icon: str = ""


@dataclass(frozen=True)
class FactView:
    name: str
    label: str
    value: Rich
    note: Rich
    links: tuple[LinkView, ...] = ()
    unknown: bool = False


SECONDARY = "toissijainen lähde"


@dataclass(frozen=True)
class SourceView:
    number: int
    title: str
    href: str
    dated: str
    is_act: bool
    section: str = ""
    note: str = ""
    label: str = ""
    # A statute is linked once in a list; its other sections stand as text.
    linked: bool = True
    # The title without its publisher, and its language, when that is not Finnish.
    foreign: str = ""
    language: str = ""


@dataclass(frozen=True)
class NoteView:
    kind: str  # check, limit or tip
    lead: str
    text: Rich


@dataclass(frozen=True)
class BadgeView:
    level: str
    label: str
    icon: str
    date: str
    iso: str
    next_iso: str
    detail: str
    overdue: bool


@dataclass(frozen=True)
class RelationView:
    relation: str
    label: str
    rows: tuple[RelationRow, ...]


@dataclass(frozen=True)
class RelationRow:
    name: str
    href: str
    direction: str  # "", "before": the other first, "after": this first
    why: Rich


@dataclass(frozen=True)
class ReformView:
    id: str
    date: str
    iso: str
    title: str
    before: Rich
    now: Rich
    certainty: str
    certain: bool
    future: bool
    measures: tuple[LinkView, ...]
    actors: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class AppealView:
    id: str
    name: str
    deadline: str
    calculators: tuple[LinkView, ...]
    paragraphs: tuple[Rich, ...]
    notes: tuple[NoteView, ...]
    measures: tuple[RowView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class StageView:
    number: int
    anchor: str
    name: str
    when: str
    day: str
    limit: bool
    actors: tuple[LinkView, ...]
    who: str
    income: Rich
    papers: tuple[Rich, ...]
    measures: tuple[tuple[str, str, tuple[tuple[LinkView, Rich], ...]], ...]
    agree: tuple[Rich, ...]
    then: str


@dataclass(frozen=True)
class SituationView:
    id: str
    name: str
    summary: str
    who: Rich
    badge: BadgeView
    questions: tuple[Rich, ...]
    stages: tuple[StageView, ...]
    pitfalls: tuple[Rich, ...]
    talk: tuple[str, ...]
    meeting: tuple[str, ...]
    client: tuple[str, ...]
    notes: tuple[NoteView, ...]
    count: str
    sources: tuple[SourceView, ...]
    route: Route
    # What the short names of days mean on this page: pv, kk and so on.
    units: str
    # The classes of how closely the one sheet is printed.
    sheet: str
    calculators: tuple[LinkView, ...]


@dataclass(frozen=True)
class CalculationView:
    id: str
    label: str
    who: str
    what: Rich
    limit: bool
    example: str
    example_iso: str


@dataclass(frozen=True)
class CalculatorView:
    id: str
    name: str
    start: str
    rule: Rich
    unknown: Rich
    example_start: str
    rows: tuple[CalculationView, ...]
    rules: str
    measures: tuple[LinkView, ...]
    badge: BadgeView
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class RowView:
    """A measure in a list."""

    id: str
    name: str
    href: str
    kind: str
    summary: str
    decides: str
    apply_by: str
    duration: str
    has: str
    status: str = ""
    ended: bool = False


@dataclass(frozen=True)
class SectionView:
    id: str
    title: str


MEASURE_SECTIONS = (
    ("lyhyesti", "Lyhyesti"),
    ("kenelle", "Kenelle"),
    ("edellytykset", "Edellytykset"),
    ("nain-haetaan", "Näin haetaan"),
    ("maara", "Määrä"),
    ("kesto", "Kesto"),
    ("vaikutus-tuloihin", "Vaikutus tuloihin"),
    ("yhdistelmat", "Mitä tähän voi yhdistää"),
    ("muutoksenhaku", "Jos tulee hylkäys"),
    ("lakiperuste", "Lakiperuste"),
    ("lahteet", "Lähteet"),
    ("muutokset", "Muutokset"),
)
SITUATION_SECTIONS = (
    ("lyhyesti", "Lyhyesti"),
    ("kysy", "Kysy ensin"),
    ("polku", "Polku"),
    ("sudenkuopat", "Sudenkuopat"),
    ("puheeksi", "Puheeksi"),
    ("kokous", "Verkostokokous"),
    ("lahteet", "Lähteet"),
)
# What "Näin haetaan" is called where nothing is applied for.
STEPS_TITLE = {
    "workplace": "Näin se alkaa",
    "right": "Näin toimitaan",
    "method": "Näin käytetään",
    "advice": "Näin pääsee alkuun",
    "assessment": "Näin edetään",
}
FACT_LABELS = {
    "decides": "Päättää",
    "apply_by": "Hae viimeistään",
    "duration": "Kesto",
    "amount": "Määrä",
    "income": "Vaikutus tuloihin",
    "needed": "Tarvitaan",
}
BADGE_ICONS = {"verified": "check-decagram-outline", "compiled": "file-document-outline", "unsourced": "alert-outline"}
NO_LIMIT = "Ei määräaikaa"
# How many of the actors of a stage the picture of the path names.
SHOWN_ACTORS = 2
# How many calculators a guide leads to.
SHOWN_CALCULATORS = 5
# The one sheet of a guide with more characters than these is printed smaller (dense) and with lists as running text (packed).
SHEETS = {"dense": 2900, "packed": 5500}
# The same of the client's sheet of a measure.
CLIENT_SHEETS = {"dense": 950, "packed": 1600}
# How many characters of a stage's income the picture tells when there is more than a sentence.
IN_PICTURE = 110
# Short names of units in the days of a path.
DAY_UNITS = {"pv": "päivää", "vrk": "vuorokautta", "vk": "viikkoa", "kk": "kuukautta", "v": "vuotta"}
# Actors that the finder can choose by.
FINDER_ACTORS = (
    "kela", "tyollisyysalue", "hyvinvointialue", "tyoelakelaitokset", "tyonantaja", "tyoterveyshuolto", "oppilaitokset",
    "tyottomyyskassat", "tapaturmavakuutusyhtiot", "kunta", "jarjestot",
)  # fmt: skip
# Ages that the finder can choose by: id, label, first and last year. A measure fits when its own limits overlap.
FINDER_AGES = (("alle-18", "Alle 18", 0, 17), ("18-29", "18–29", 18, 29), ("30-59", "30–59", 30, 59), ("60", "60 tai yli", 60, 120))
# How many paragraphs of an appeal route a measure's page shows; the rest is on the page of routes.
APPEAL_IN_SHORT = 3


@dataclass
class Sources:
    """The numbered sources of one page. Numbers follow the record's own order."""

    c: Catalogue
    keys: dict[str, int] = field(default_factory=dict)
    views: list[SourceView] = field(default_factory=list)

    def add(self, source: r.Source, prefix: str = "") -> int:
        """Number a source; the same statute section or page gets the number it already has."""
        view = _source(self.c, source, len(self.views) + 1)
        if any(view.href == earlier.href for earlier in self.views):
            view = replace(view, linked=False)
        same = next((v for v in self.views if (v.title, v.section, v.href) == (view.title, view.section, view.href)), None)
        if same is None:
            self.views.append(view)
        number = (same or view).number
        if source.key:
            self.keys[prefix + source.key] = number
        return number

    def cite(self, numbers: Iterable[int]) -> Piece:
        ordered = tuple(dict.fromkeys(numbers))
        return Piece("cite", numbers=tuple((n, self.views[n - 1].label) for n in ordered))


def _source(c: Catalogue, source: r.Source, number: int) -> SourceView:
    if source.act:
        act = c.acts[source.act]
        title = (act.short or act.name) + (f" {act.number}" if act.number and act.number not in act.name else "")
        note = act.note or ""
        return SourceView(
            number,
            title,
            act.url or "",
            f"teksti {wording.dated(source.dated)}",
            True,
            source.section or "",
            note,
            act.short or act.name,
        )
    return SourceView(
        number,
        f"{source.publisher}: {source.title}",
        source.url or "",
        wording.dated(source.dated) + (f", {SECONDARY}" if c.is_secondary(source) else ""),
        False,
        source.section or "",
        "",
        f"{source.publisher}",
        foreign=(source.title or "") if source.language else "",
        language=source.language or "",
    )


@dataclass(frozen=True)
class Maker:
    """Makes the views of one catalogue on one day."""

    c: Catalogue
    today: date

    # --- small parts -------------------------------------------------------------------

    def href(self, target: str) -> str:
        """The site path of an id of ours; a web address stays as it is."""
        if ":" in target:
            return target
        if "/" in target:
            return f"{target}/"
        return f"keinot/{target}/" if target in self.c.measures else f"toimijat/{target}/"

    def rich(self, source: str | None, sources: Sources | None = None, prefix: str = "") -> Rich:
        """A text of the editors as pieces: figures of the day, numbered sources, links."""
        pieces: list[Piece] = []
        for span in text.parse(source or ""):
            match span:
                case text.Text(value):
                    pieces.append(Piece("text", value))
                case text.Strong(value):
                    pieces.append(Piece("strong", value))
                case text.Link(label, target):
                    # The rules refuse such an address already; a page never has it even so.
                    safe = not (":" in target or target.startswith("/")) or text.safe_address(target)
                    pieces.append(Piece("link", label, self.href(target)) if safe else Piece("text", label))
                case text.FigureRef(figure):
                    pieces += self.figure(figure, sources)
                case text.Cite(keys):
                    if sources:
                        known = [sources.keys[prefix + key] for key in keys if key != text.UNSOURCED]
                        if known:
                            pieces.append(sources.cite(known))
                    if text.UNSOURCED in keys:
                        pieces.append(Piece("unsourced"))
        return _punctuation_first(pieces)

    def figure(self, figure_id: str, sources: Sources | None = None) -> list[Piece]:
        """A figure of the day with its year, and the source of its value."""
        figure = self.c.figures[figure_id]
        value, state = figure_on(figure, self.today)
        worded = wording.amount(value.value, self.unit(figure.unit))
        pieces = [Piece("figure", worded, note=figure_note(value, state, self.today), state=state)]
        if sources:
            pieces.append(sources.cite([sources.add(value.source)]))
        return pieces

    def unit(self, code: str) -> str:
        return "" if code == "factor" else self.c.label("units", code)

    def plain(self, source: str | None) -> str:
        """A text as plain words for lists, descriptions and data: figures in, marks out."""
        worded = {}
        for figure_id in text.figures_in(source or ""):
            figure = self.c.figures[figure_id]
            worded[figure_id] = wording.amount(figure_on(figure, self.today)[0].value, self.unit(figure.unit))
        return text.plain(source or "", worded)

    def actor_links(self, ids: Iterable[str]) -> tuple[LinkView, ...]:
        return tuple(LinkView(self.c.actors[i].name.fi, self.href(i)) for i in ids if i in self.c.actors)

    def measure_links(self, ids: Iterable[str]) -> tuple[LinkView, ...]:
        return tuple(LinkView(self.c.measures[i].name.fi, self.href(i)) for i in ids if i in self.c.measures)

    def notes(self, doubts: Iterable[r.Doubt], place: str, sources: Sources) -> tuple[NoteView, ...]:
        return tuple(
            NoteView("check", f"Tarkista {doubt.ask}:", self.rich(doubt.text, sources)) for doubt in doubts if doubt.place == place
        )

    def badge(self, review: r.Review, who: str = "") -> BadgeView:
        """The state of the information in words; `who` is whose page it was not compared with."""
        overdue = review.next < self.today
        label = self.c.label("review_levels", review.level)
        detail = {
            "verified": f"{review.by}, {review.against}" if review.by else "",
            "compiled": f"Ei vielä verrattu {who} nykyiseen sivuun" if who else "Ei vielä verrattu nykyisiin sivuihin",
            "unsourced": "Perustuu yleiseen tietoon",
        }[review.level]
        return BadgeView(
            review.level,
            label,
            BADGE_ICONS[review.level],
            wording.day(review.date),
            review.date.isoformat(),
            review.next.isoformat(),
            detail,
            overdue,
        )

    def row(self, m: r.Measure) -> RowView:
        facts = m.facts
        decides = (
            facts.decides.value
            if facts and facts.decides.value
            else wording.joined(self.c.actor_names(m.decided_by))
        )
        return RowView(
            m.id,
            m.name.fi,
            self.href(m.id),
            self.c.label("kinds", m.kind),
            m.summary,
            self.plain(decides) if decides else "Ei erillistä päätöstä",
            self.plain(facts.apply_by.value) if facts else "",
            self.plain(facts.duration.value) if facts else "",
            " ".join(self.choices(m)),
            "" if m.status == "in-force" else self.c.label("statuses", m.status),
            m.status == "ended",
        )

    def choices(self, m: r.Measure) -> list[str]:
        """What the finder can choose a measure by, as `part:value`."""
        actors = dict.fromkeys((*m.decided_by, *m.provided_by))
        return [
            *(f"tarve:{self.c.entry('needs', code).slug}" for code in m.needs),
            *(f"vaihe:{self.c.entry('phases', code).slug}" for code in m.phases),
            f"laji:{self.c.entry('kinds', m.kind).slug}",
            *(f"toimija:{actor}" for actor in actors if actor in FINDER_ACTORS),
            *(f"rajoite:{code}" for code in m.limitations),
            *_ages(m.ages),
            *(f"ehto:{code}" for code in m.requires),
            f"tila:{m.status}",
        ]

    def rows(self, measures: Iterable[r.Measure]) -> tuple[RowView, ...]:
        """List rows in alphabetical order, those in force first."""
        ordered = sorted(measures, key=lambda m: (m.status == "ended", wording.sort_key(m.name.fi)))
        return tuple(self._every_row[m.id] for m in ordered)

    @cached_property
    def _every_row(self) -> Mapping[str, RowView]:
        """A measure stands in some fifteen lists."""
        return {m.id: self.row(m) for m in self.c.measures.values()}

    # --- a measure ---------------------------------------------------------------------

    @cached_property
    def words(self) -> Words:
        """The words that the texts of measures link to the glossary."""
        return Words.of(self.c.terms.values())

    def measure(self, m: r.Measure) -> MeasureView:
        sources = Sources(self.c)
        for source in m.sources:
            sources.add(source)
        own_acts = [view for view in sources.views if view.is_act]
        appeal = self.c.appeals.get(m.appeal) if m.appeal else None
        if appeal:
            shown = {key for one in appeal.paragraphs[:APPEAL_IN_SHORT] for key in text.cited(one)}
            for source in appeal.sources:
                if source.key in shown:
                    sources.add(source, "appeal:")
        facts = self.facts(m, sources)
        by_name = {fact.name: fact for fact in facts}
        lists = {
            name: tuple(self.rich(one, sources) for one in getattr(m, name))
            for name in ("for_whom", "conditions", "amount", "duration", "income", "refusal", "after_refusal", "tips", "appeal_note")
        }
        for name in ("amount", "duration", "income"):
            if not lists[name] and (fact := by_name.get(name)):
                lists[name] = (_sentence(fact),)
        # A term is marked where it stands first on the page, never on the page of the measure it names.
        marks = Marks(self.words, frozenset((*m.decided_by, *m.provided_by)), {m.id})
        for name in ("for_whom", "conditions"):
            lists[name] = marks.texts(lists[name])
        steps = tuple((step.who, marks.text(self.rich(step.text, sources))) for step in m.steps)
        for name in ("amount", "duration", "income", "appeal_note", "refusal", "after_refusal"):
            lists[name] = marks.texts(lists[name])
        relations = self.relations(m.id, sources)
        appeal_text = tuple(self.rich(one, sources, "appeal:") for one in appeal.paragraphs[:APPEAL_IN_SHORT]) if appeal else ()
        appeal_notes = self.notes(appeal.doubts, "appeal", sources) if appeal else ()
        changes = tuple((wording.day(ch.date), ch.date > self.today, self.rich(ch.text, sources)) for ch in m.changes)
        notes = {
            place: self.notes(m.doubts, place, sources)
            for place in ("for_whom", "conditions", "steps", "amount", "duration", "income", "combinations", "appeal", "legal", "changes")
        }
        names = dict.fromkeys((*m.synonyms, *m.ambiguous))
        who = self.c.actors[m.decided_by[0]] if m.decided_by and m.decided_by[0] in self.c.actors else None
        return MeasureView(
            id=m.id,
            name=m.name.fi,
            also=tuple(names),
            foreign=tuple(
                (lang, value)
                for lang, value in (("sv", m.name.sv), ("en", m.name.en))
                if value and value.casefold() != m.name.fi.casefold()
            ),
            kind=LinkView(self.c.entry("kinds", m.kind).plural or "", f"keinot/lajit/{self.c.entry('kinds', m.kind).slug}/"),
            status=m.status,
            starts=wording.day(m.starts) if m.starts else "",
            ended=wording.day(m.ended) if m.ended else "",
            replaced_by=self.measure_links(m.replaced_by),
            summary=m.summary,
            unsourced=sum(text.UNSOURCED in text.cited(one) for texts in m.claims().values() for one in texts)
            + sum(piece.kind == "unsourced" for group in relations for row in group.rows for piece in row.why),
            facts=facts,
            badge=self.badge(m.review, GENITIVES.get(who.id, "") if who else ""),
            phases=self.facet_links("phases", "vaiheet", m.phases),
            needs=self.facet_links("needs", "tarpeet", m.needs),
            limitations=tuple(self.c.label("limitations", code) for code in m.limitations),
            steps=steps,
            steps_title=STEPS_TITLE.get(m.kind, "Näin haetaan"),
            lists=lists,
            notes=notes,
            relations=relations,
            confusions=tuple(
                (LinkView(self.c.measures[x.measure].name.fi, self.href(x.measure)), x.difference)
                for x in m.confusions
                if x.measure in self.c.measures
            ),
            appeal_link=LinkView(appeal.name, f"muutoksenhaku/#{appeal.id}") if appeal else None,
            appeal_deadline=(appeal.deadline or "") if appeal else "",
            appeal_calculators=self.appeal_calculators(m.appeal),
            appeal=appeal_text,
            appeal_notes=appeal_notes,
            changes=changes,
            client=m.client,
            sheet=sheet_classes(client_sheet_length(m), CLIENT_SHEETS),
            siblings=() if relations or m.confusions else self.siblings(m),
            situations=self.situations_of(m.id),
            no_guide=self.rich(m.no_guide, sources),
            calculators=tuple(calculator_link(x) for x in self.c.calculators.values() if m.id in x.measures),
            advisers=self.actor_links(m.advised_by),
            providers=self.actor_links(dict.fromkeys((*m.decided_by, *m.provided_by))),
            sources=tuple(sources.views),
            acts=_by_act(own_acts),
        )

    def facts(self, m: r.Measure, sources: Sources | None) -> tuple[FactView, ...]:
        if m.facts is None:
            return ()
        views = []
        for name, label in FACT_LABELS.items():
            fact: r.Fact = getattr(m.facts, name)
            links = self.actor_links(m.decided_by) if name == "decides" and not fact.value else ()
            value = fact.value
            if name == "decides" and not value and not links:
                value = "Ei erillistä päätöstä"
            if name == "apply_by" and value == NO_LIMIT:
                label, value = "Milloin", "Ei määräaikaa"
            views.append(FactView(name, label, self.rich(value, sources), self.rich(fact.note, sources), links, not value and not links))
        return tuple(views)

    def facet_links(self, group: str, folder: str, codes: Iterable[str]) -> tuple[LinkView, ...]:
        entries = [self.c.entry(group, code) for code in codes]
        return tuple(LinkView(entry.label, f"keinot/{folder}/{entry.slug}/", icon=entry.icon or "") for entry in entries)

    def relations(self, measure_id: str, sources: Sources) -> tuple[RelationView, ...]:
        groups: dict[str, list[RelationRow]] = defaultdict(list)
        for pair in self.c.combinations.values():
            if measure_id not in (pair.a, pair.b):
                continue
            other = pair.b if pair.a == measure_id else pair.a
            if other not in self.c.measures:
                continue
            direction = ("after" if pair.a == measure_id else "before") if pair.relation == "sequence" else ""
            numbers = [sources.add(source) for source in pair.sources]
            # A pair without a source is an observation of practice: it says so, as any other statement does.
            why = (*self.rich(pair.why), sources.cite(numbers) if numbers else Piece("unsourced", href="#lahteet"))
            groups[pair.relation].append(RelationRow(self.c.measures[other].name.fi, self.href(other), direction, why))
        order = [entry.code for entry in self.c.vocabulary.relations]
        return tuple(
            RelationView(
                code,
                self.c.label("relations", code),
                tuple(sorted(groups[code], key=lambda x: (x.direction == "after", wording.sort_key(x.name)))),
            )
            for code in order
            if groups[code]
        )

    # --- an actor, a term, the changes --------------------------------------------------

    def actor(self, a: r.Actor) -> ActorView:
        sources = Sources(self.c)
        for source in a.sources:
            sources.add(source)
        rich = lambda texts: tuple(self.rich(one, sources) for one in texts)  # noqa: E731
        contacts = lambda rows: tuple((self.rich(x.text, sources), x.url or "") for x in rows)  # noqa: E731
        roles = []
        for name, title in (("decided_by", "Päättää"), ("provided_by", "Järjestää tai maksaa"), ("advised_by", "Neuvoo ja ohjaa")):
            found = [m for m in self.c.measures.values() if a.id in getattr(m, name)]
            if name == "provided_by":
                found = [m for m in found if a.id not in m.decided_by]
            if name == "advised_by":
                found = [m for m in found if a.id not in (*m.decided_by, *m.provided_by)]
            if found:
                roles.append((name.replace("_", "-"), title, self.rows(found)))
        return ActorView(
            id=a.id,
            name=a.name.fi,
            also=tuple(n for n in a.synonyms if n.casefold() != a.name.fi.casefold()),
            foreign=tuple(
                (lang, value)
                for lang, value in (("sv", a.name.sv), ("en", a.name.en))
                if value and value.casefold() != a.name.fi.casefold()
            ),
            kind=self.c.entry("actor_kinds", a.kind).label,
            status=a.status,
            ended=wording.day(a.ended) if a.ended else "",
            replaced_by=self.actor_links(a.replaced_by),
            summary=a.summary,
            badge=self.badge(a.review),
            tasks=rich(a.tasks),
            not_tasks=rich(a.not_tasks),
            for_coordinator=contacts(a.for_coordinator),
            for_client=contacts(a.for_client),
            website=a.website or "",
            changes=tuple((wording.day(ch.date), ch.date > self.today, self.rich(ch.text, sources)) for ch in a.changes),
            notes=tuple(NoteView("check", f"Tarkista {d.ask}:", self.rich(d.text, sources)) for d in a.doubts),
            tips=rich(a.tips),
            group=self.actor_links([a.group] if a.group else []),
            all_in_finder=f"keinot/?toimija={a.id}" if a.id in FINDER_ACTORS and roles else "",
            roles=tuple(roles),
            sources=tuple(sources.views),
        )

    def appeal_calculators(self, route: str | None) -> tuple[LinkView, ...]:
        """The calculators that count the last day of a route of appeal."""
        return tuple(calculator_link(x) for x in self.c.calculators.values() if route and route in x.appeals)

    def appeal(self, a: r.Appeal) -> AppealView:
        sources = Sources(self.c)
        for source in a.sources:
            sources.add(source)
        return AppealView(
            a.id,
            a.name,
            a.deadline or "",
            self.appeal_calculators(a.id),
            tuple(self.rich(one, sources) for one in a.paragraphs),
            tuple(NoteView("check", f"Tarkista {d.ask}:", self.rich(d.text, sources)) for d in a.doubts),
            self.rows(m for m in self.c.measures.values() if m.appeal == a.id),
            tuple(sources.views),
        )

    def situation(self, s: r.Situation) -> SituationView:
        sources = Sources(self.c)
        for source in s.sources:
            sources.add(source)
        # Only words that mean the same with every actor: many act on one path.
        marks = Marks(self.words, frozenset())
        one = lambda value: marks.text(self.rich(value, sources))  # noqa: E731
        rich = lambda texts: tuple(map(one, texts))  # noqa: E731
        questions = rich(s.questions)
        stages = tuple(
            StageView(
                number,
                f"vaihe-{number}",
                stage.name,
                stage.when,
                stage.day or "",
                stage.limit,
                self.actor_links(stage.actors),
                stage.who or "",
                one(stage.income),
                rich(stage.papers),
                tuple(
                    (
                        self.c.label("roles", code),
                        code,
                        tuple(
                            (LinkView(self.c.measures[x.id].name.fi, self.href(x.id)), one(x.why))
                            for x in stage.measures
                            if x.role == code and x.id in self.c.measures
                        ),
                    )
                    for code in dict.fromkeys(x.role for x in stage.measures)
                ),
                rich(stage.agree),
                stage.then if number < len(s.stages) else "",
            )
            for number, stage in enumerate(s.stages, 1)
        )
        return SituationView(
            s.id,
            s.name,
            s.summary,
            self.rich(s.who, sources),
            self.badge(s.review),
            questions,
            stages,
            rich(s.pitfalls),
            s.talk,
            s.meeting,
            s.client,
            tuple(NoteView("check", f"Tarkista {d.ask}:", self.rich(d.text, sources)) for d in s.doubts),
            wording.count(len(s.measure_ids()), "keino", "keinoa"),
            tuple(sources.views),
            route(tuple(self.stage_text(stage, view) for stage, view in zip(s.stages, stages, strict=True))),
            ", ".join(f"{short} = {words}" for short, words in DAY_UNITS.items() if any(short in v.day.split() for v in stages)),
            sheet_classes(sheet_length(s), SHEETS),
            self.calculators_of(s),
        )

    def calculators_of(self, s: r.Situation) -> tuple[LinkView, ...]:
        """The calculators of what is always checked on a path, those of most such measures first."""
        checked = [x.id for stage in s.stages for x in stage.measures if x.role == "must-check"]
        counted = [(sum(i in x.measures for i in checked), x) for x in self.c.calculators.values()]
        found = sorted((row for row in counted if row[0]), key=lambda row: -row[0])[:SHOWN_CALCULATORS]
        return tuple(calculator_link(x) for _, x in found)

    def stage_text(self, stage: r.Stage, view: StageView) -> StageText:
        """What the picture of the path tells of a stage."""
        actors = self.c.actor_names(stage.actors)
        who = ", ".join(actors[:SHOWN_ACTORS]) + (" ja muita" if len(actors) > SHOWN_ACTORS else "") or view.who
        income = opening(stage.income, IN_PICTURE)
        doubt = any(figure_on(self.c.figures[i], self.today)[1] != "valid" for i in text.figures_in(income))
        income = self.plain(income) + (" Tarkista luku." if doubt else "")
        return StageText(view.anchor, view.name, view.day, opening(view.when, 0), who, income, view.limit, view.then)

    def calculator(self, x: r.Calculator) -> CalculatorView:
        sources = Sources(self.c)
        for source in x.sources:
            sources.add(source)
        example = x.examples[0]
        worked = deadlines.results(x, example.start)
        rows = tuple(
            CalculationView(
                row.id,
                row.label,
                row.who,
                self.rich(row.what, sources),
                row.limit,
                wording.day(worked[row.id]),
                worked[row.id].isoformat(),
            )
            for row in sorted(x.results, key=lambda row: worked[row.id])
        )
        rules = [{"id": y.id, "base": y.base, "count": y.count, "unit": y.unit, "first": y.first, "shift": y.shift} for y in x.results]
        return CalculatorView(
            x.id,
            x.name,
            x.start,
            self.rich(x.rule, sources),
            self.rich(x.unknown, sources),
            wording.day(example.start),
            rows,
            json.dumps(rules, ensure_ascii=False, separators=(",", ":")),
            self.measure_links(x.measures),
            self.badge(x.review),
            tuple(sources.views),
        )

    def siblings(self, m: r.Measure) -> tuple[LinkView, ...]:
        """Up to three measures of the same kind for the same need: a way on where no pair is known."""
        alike = [
            x for x in self.c.measures.values() if x.id != m.id and x.kind == m.kind and x.needs[0] == m.needs[0] and x.status == "in-force"
        ]
        return self.measure_links(x.id for x in sorted(alike, key=lambda x: wording.sort_key(x.name.fi))[:3])

    def situations_of(self, measure_id: str) -> tuple[LinkView, ...]:
        """The guides that a measure belongs to."""
        return tuple(LinkView(s.name, f"tilanteet/{s.id}/") for s in self.c.situations.values() if measure_id in s.measure_ids())

    def reform(self, ch: r.Reform) -> ReformView:
        sources = Sources(self.c)
        for source in ch.sources:
            sources.add(source)
        return ReformView(
            ch.id,
            wording.day(ch.date),
            ch.date.isoformat(),
            ch.title,
            self.rich(ch.before, sources),
            self.rich(ch.now, sources),
            self.c.label("certainties", ch.certainty),
            ch.certainty == "in-force",
            ch.date > self.today,
            self.measure_links(ch.measures),
            self.actor_links(ch.actors),
            tuple(sources.views),
        )

    def reforms(self) -> tuple[ReformView, ...]:
        """All reforms, the latest first."""
        return tuple(self.reform(ch) for ch in sorted(self.c.changes.values(), key=lambda ch: (ch.date, ch.id), reverse=True))


def _ages(ages: r.Ages | None) -> list[str]:
    """The choices of age that a measure fits; `ika:*` fits them all."""
    if ages is None:
        return ["ika:*"]
    low, high = ages.min or 0, ages.max if ages.max is not None else 120
    return [f"ika:{code}" for code, _, first, last in FINDER_AGES if low <= last and high >= first]


def sheet_length(s: r.Situation) -> int:
    """How many characters the one sheet of a guide tells."""
    texts = [x for stage in s.stages for x in (stage.name, stage.when, stage.who or "", stage.income, *stage.papers, *stage.agree)]
    return sum(map(len, texts)) + sum(len(x.why) for stage in s.stages for x in stage.measures if x.role == "must-check")


def calculator_link(x: r.Calculator) -> LinkView:
    """The link to the page of a calculator."""
    return LinkView(x.name, f"laskurit/{x.id}/")


def sheet_classes(characters: int, rooms: Mapping[str, int]) -> str:
    """The classes of how closely a sheet with so many characters is printed, each with a space before it."""
    return "".join(f" kk-entry--{name}" for name, room in rooms.items() if characters > room)


def client_sheet_length(m: r.Measure) -> int:
    """How many characters of its own the client's sheet of a measure tells. What all sheets have is not counted."""
    doubts = [x.text for x in m.doubts if x.place != "changes"]
    # A doubt is a box of its own and takes the room of half a line more.
    return sum(map(len, (*(x.text for x in m.steps), *m.income, *m.appeal_note, *doubts))) + 60 * len(doubts)


# Whose page a record was not yet compared with, in the genitive.
GENITIVES: Mapping[str, str] = {
    "kela": "Kelan",
    "tyoelakelaitokset": "eläkelaitosten",
    "tyollisyysalue": "työllisyysalueiden",
    "hyvinvointialue": "hyvinvointialueiden",
}


def figure_on(figure: r.Figure, day: date) -> tuple[r.FigureValue, str]:
    """The value to show on a day and its state: `valid`, `lapsed` or `future`.

    When none is in force, the latest that has been is shown as lapsed; before the first
    one, the first is shown as future.
    """
    for value in figure.values:
        if r.holds(value.valid_from, value.valid_to, day):
            return value, "valid"
    past = [value for value in figure.values if value.valid_to and value.valid_to < day]
    if past:
        return max(past, key=lambda value: value.valid_from), "lapsed"
    return min(figure.values, key=lambda value: value.valid_from), "future"


def figure_note(value: r.FigureValue, state: str, day: date) -> str:
    """The small words after a figure: its year, or why it has to be checked."""
    if state == "lapsed":
        return f"vuoden {value.valid_to.year} luku, tarkista"
    if state == "future":
        return f"{wording.day(value.valid_from)} alkaen"
    year = f"vuonna {day.year}" if value.valid_to else ""
    if value.basis == "computed":
        return (year + ", " if year else "") + "laskettu indeksistä, tarkista"
    return year


def _by_act(views: Iterable[SourceView]) -> tuple[tuple[SourceView, tuple[str, ...]], ...]:
    """Statutes with all their sections, each statute once."""
    groups: dict[str, tuple[SourceView, list[str]]] = {}
    for view in views:
        sections = groups.setdefault(view.title, (view, []))[1]
        if view.section and view.section not in sections:
            sections.append(view.section)
    return tuple((view, tuple(sections)) for view, sections in groups.values())


def _punctuation_first(pieces: list[Piece]) -> Rich:
    """Markers after the full stop, not before it: "… 150 päivää. [2]" reads better aloud and on screen."""
    ordered: list[Piece] = []
    for piece in pieces:
        if piece.kind == "text" and piece.text[:1] in tuple(".,;:") and ordered and ordered[-1].kind in ("cite", "unsourced"):
            at = len(ordered)
            while at and ordered[at - 1].kind in ("cite", "unsourced"):
                at -= 1
            ordered.insert(at, Piece("text", piece.text[0]))
            piece = Piece("text", piece.text[1:])
        if piece.kind != "text" or piece.text:
            ordered.append(piece)
    return tuple(ordered)


def _sentence(fact: FactView) -> Rich:
    """A fact of the answer plate as a paragraph, for a section that has no text of its own."""
    if fact.unknown:
        return (Piece("text", "Ei tiedossa. "), *fact.note)
    value = fact.value
    if fact.note:
        return (*value, Piece("text", ". "), *fact.note)
    return value


@dataclass(frozen=True)
class MeasureView:
    id: str
    name: str
    also: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]
    kind: LinkView
    status: str
    starts: str
    ended: str
    replaced_by: tuple[LinkView, ...]
    summary: str
    unsourced: int
    facts: tuple[FactView, ...]
    badge: BadgeView
    phases: tuple[LinkView, ...]
    needs: tuple[LinkView, ...]
    limitations: tuple[str, ...]
    steps: tuple[tuple[str, Rich], ...]
    steps_title: str
    lists: Mapping[str, tuple[Rich, ...]]
    notes: Mapping[str, tuple[NoteView, ...]]
    relations: tuple[RelationView, ...]
    confusions: tuple[tuple[LinkView, str], ...]
    appeal_link: LinkView | None
    appeal_deadline: str
    appeal_calculators: tuple[LinkView, ...]
    appeal: tuple[Rich, ...]
    appeal_notes: tuple[NoteView, ...]
    changes: tuple[tuple[str, bool, Rich], ...]
    client: tuple[str, ...]
    # The class of how closely the client's sheet is printed.
    sheet: str
    siblings: tuple[LinkView, ...]
    situations: tuple[LinkView, ...]
    no_guide: Rich
    calculators: tuple[LinkView, ...]
    advisers: tuple[LinkView, ...]
    providers: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    acts: tuple[tuple[SourceView, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ActorView:
    id: str
    name: str
    also: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]
    kind: str
    status: str
    ended: str
    replaced_by: tuple[LinkView, ...]
    summary: str
    badge: BadgeView
    tasks: tuple[Rich, ...]
    not_tasks: tuple[Rich, ...]
    for_coordinator: tuple[tuple[Rich, str], ...]
    for_client: tuple[tuple[Rich, str], ...]
    website: str
    changes: tuple[tuple[str, bool, Rich], ...]
    notes: tuple[NoteView, ...]
    tips: tuple[Rich, ...]
    group: tuple[LinkView, ...]
    all_in_finder: str
    roles: tuple[tuple[str, str, tuple[RowView, ...]], ...]
    sources: tuple[SourceView, ...]
