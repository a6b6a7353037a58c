"""The turn of the year: which figures lapse, which reforms, statuses and calculators change, and what is still missing.

`as_of` gives the catalogue of a day: a measure or an actor that ends or begins on a known day has
the state of that day in every list and on every page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from .. import rules, text, wording
from ..catalogue import Catalogue
from ..records import Act, Actor, Calculator, Figure, FigureValue, Measure, Reform, holds


def as_of(c: Catalogue, day: date) -> Catalogue:
    """The catalogue with the states of a day. What has been marked as ended stays so on earlier days as well."""
    measures = {i: m.model_copy(update={"status": state}) if (state := _state(m, day)) != m.status else m for i, m in c.measures.items()}
    actors = {i: a.model_copy(update={"status": state}) if (state := _state(a, day)) != a.status else a for i, a in c.actors.items()}
    return replace(c, measures=measures, actors=actors)


def _state(record: Measure | Actor, day: date) -> str:
    """`ended` is the first day without it, `starts` the first day with it."""
    if record.ended and record.ended <= day:
        return "ended"
    if record.status == "upcoming" and isinstance(record, Measure) and record.starts and record.starts <= day:
        return "in-force"
    return record.status


@dataclass(frozen=True)
class Turn:
    """What changes on the first day of the coming year, as far as the data knows on a day.

    `lapsing` has each figure whose value ends by the turn, with that value and the one that follows (None: not known yet).
    `missing` are figures without a value already on the day itself. `calculators` are those that lean on something that changes.
    """

    day: date
    lapsing: tuple[tuple[Figure, FigureValue, FigureValue | None], ...]
    missing: tuple[Figure, ...]
    reforms: tuple[Reform, ...]
    notices: tuple[tuple[Measure, str], ...]
    states: tuple[tuple[Measure | Actor, str], ...]
    calculators: tuple[Calculator, ...]
    acts: tuple[Act, ...]


def _surest_first(ch: Reform) -> tuple[int, date, str]:
    return ("in-force", "adopted", "inferred", "proposed").index(ch.certainty), ch.date, ch.id


def turn(c: Catalogue, today: date) -> Turn:
    """The coming turn of the year as seen on a day. On the first of January the next one is a year away."""
    day = date(today.year + 1, 1, 1)
    lapsing, missing = [], []
    for figure in c.figures.values():
        now = next((value for value in figure.values if holds(value.valid_from, value.valid_to, today)), None)
        if now is None:
            missing.append(figure)
        elif not holds(now.valid_from, now.valid_to, day):
            after = next((value for value in figure.values if holds(value.valid_from, value.valid_to, day)), None)
            lapsing.append((figure, now, after))
    reforms = tuple(sorted((ch for ch in c.changes.values() if today < ch.date <= day), key=_surest_first))
    notices = tuple((m, ch.text) for m in c.measures.values() for ch in m.changes if today < ch.date <= day)
    then = as_of(c, day)
    states = tuple(
        (record, getattr(then, key)[i].status)
        for key in ("measures", "actors")
        for i, record in getattr(c, key).items()
        if getattr(then, key)[i].status != record.status
    )
    figures = {figure.id for figure, _, _ in lapsing}
    touched = {i for ch in reforms for i in ch.measures} | {m.id for m, _ in notices}
    calculators = tuple(
        x
        for x in c.calculators.values()
        if touched & set(x.measures) or figures & {i for _, one in rules.texts_of(x) for i in text.figures_in(one)}
    )
    acts = tuple(
        act
        for act in c.acts.values()
        if act.status == "upcoming" or (act.repealed and today < act.repealed <= day)
    )
    return Turn(day, tuple(lapsing), tuple(missing), reforms, notices, states, calculators, acts)


def users_of(c: Catalogue) -> dict[str, tuple[str, ...]]:
    """The ids of the measures whose texts show each figure."""
    found: dict[str, list[str]] = {}
    for measure in c.measures.values():
        for figure in dict.fromkeys(i for _, one in rules.texts_of(measure) for i in text.figures_in(one)):
            found.setdefault(figure, []).append(measure.id)
    return {figure: tuple(ids) for figure, ids in found.items()}


def in_words(c: Catalogue, today: date) -> str:
    """The turn as lines for a terminal: what has to be done before it."""
    found, users = turn(c, today), users_of(c)
    lines = [f"Vuodenvaihde {found.day.year - 1}–{found.day.year}, tilanne {wording.day(today)}"]

    def part(title: str, rows: list[str]) -> None:
        lines.extend(["", f"{title} ({len(rows)})", *(f"  {row}" for row in rows)])

    def figure_row(figure: Figure, rest: str) -> str:
        origin = c.origin("figures", figure.id)
        return f"{origin.file}:{origin.line()} {figure.name}: {rest}, {len(users.get(figure.id, ()))} keinoa"

    part(
        "Luvut, jotka vanhenevat eikä uutta ole",
        [figure_row(f, f"{wording.number(v.value)}, {wording.day(v.valid_to)} asti") for f, v, after in found.lapsing if not after],
    )
    part(
        "Luvut, joille on jo uusi arvo",
        [figure_row(f, f"{wording.number(v.value)} → {wording.number(after.value)}") for f, v, after in found.lapsing if after],
    )
    part("Luvut, joilla ei ole arvoa nytkään", [figure_row(f, "vanhentunut") for f in found.missing])
    part("Muutokset", [f"{wording.day(ch.date)} {ch.title} ({c.label('certainties', ch.certainty)})" for ch in found.reforms])
    part("Keinojen muutosmerkinnät", [f"{m.name.fi}: {text.plain(one)}" for m, one in found.notices])
    part("Tila vaihtuu", [f"{x.name.fi}: {c.label('statuses', state)}" for x, state in found.states])
    part("Laskurit, jotka on katsottava uudelleen", [x.name for x in found.calculators])
    part("Säädökset, jotka tulevat tai päättyvät", [f"{act.name}{' ' + act.number if act.number else ''}" for act in found.acts])
    lines += ["", f"Sivusto sellaisena kuin se silloin on: make build today={found.day + timedelta(days=1)}"]
    return "\n".join(lines)
