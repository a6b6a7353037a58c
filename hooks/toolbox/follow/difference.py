"""What changed for the coordinator between two states of the data, in words.

`compare` gives the differences grouped by record: amounts, conditions, who decides, time limits,
what is new and what has ended. Changes that touch nobody's work (order, sources, dates of review)
are not told.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from .. import wording
from ..catalogue import Catalogue
from ..regions import table as municipal_table
from ..text import figures_in
from ..views import Maker, figure_on

# Heading of each kind of record, and the folder of its pages; the order is that of the telling.
KINDS: Mapping[str, tuple[str, str]] = {
    "measure": ("Keinot", "keinot"),
    "actor": ("Toimijat", "toimijat"),
    "figure": ("Rahamäärät ja rajat", ""),
    "appeal": ("Muutoksenhaku", ""),
    "situation": ("Tilanteet", "tilanteet"),
    "combination": ("Yhdistelmät", ""),
    "reform": ("Muutokset palvelujärjestelmässä", ""),
    "municipality": ("Kunnat", "alueet/kunnat"),
    "area": ("Alueet", ""),
}
FACTS = {
    "apply_by": "Hae viimeistään",
    "duration": "Kesto",
    "amount": "Määrä",
    "income": "Vaikutus tuloihin",
    "needed": "Tarvitaan",
    "decides": "Päättää",
}
ROLES = {"decided_by": "Päättää", "provided_by": "Järjestää tai maksaa", "advised_by": "Auttaa"}
# Lists of a measure, an actor and a situation that a coordinator works by.
LISTS = {
    "for_whom": "Kenelle",
    "conditions": "Edellytykset",
    "steps": "Näin haetaan",
    "amount": "Määrä",
    "duration": "Kesto",
    "income": "Vaikutus tuloihin",
    "refusal": "Miksi ei",
    "after_refusal": "Mitä sitten",
    "appeal_note": "Muutoksenhaku",
    "tasks": "Tehtävät",
    "not_tasks": "Ei kuulu tälle",
    "for_coordinator": "Koordinaattorille",
    "for_client": "Asiakkaalle",
    "changes": "Muutokset",
    "doubts": "Tarkista",
    "questions": "Kysy ensin",
    "pitfalls": "Sudenkuopat",
    "paragraphs": "Ohje",
}
# How alike two lines must be to be told as one line that changed.
ALIKE = 0.6
# Longest line of a note.
LONGEST = 600
# Width of mail.
WIDTH = 72


@dataclass(frozen=True)
class Difference:
    """The changes of one record. `name` is its present name, or the last one it had."""

    kind: str
    id: str
    name: str
    lines: tuple[str, ...]


def compare(old: Catalogue, new: Catalogue, day: date) -> tuple[Difference, ...]:
    """All differences, by kind in the order of `KINDS` and then by name. `day` decides which figures are valid."""
    before, after = Maker(old, day), Maker(new, day)
    found: list[Difference] = []
    for kind, key, name, lines in (
        ("measure", "measures", lambda m: m.name.fi, _measure),
        ("actor", "actors", lambda a: a.name.fi, _actor),
        ("figure", "figures", lambda f: f.name, _figure),
        ("appeal", "appeals", lambda a: a.name, _appeal),
        ("situation", "situations", lambda s: s.name, _situation),
        ("combination", "combinations", None, _combination),
        ("reform", "changes", lambda ch: ch.title, _reform),
        ("municipality", "municipalities", lambda m: m.name.fi, _municipality),
        ("area", "areas", lambda a: a.name.fi, _area),
    ):
        was, now = getattr(old, key), getattr(new, key)
        # A record that either side can not read is not compared: that is no change of the facts.
        unread = old.broken.get(key, frozenset()) | new.broken.get(key, frozenset())
        rows = []
        # Older data may lack a whole file: then the sort is new, not each of its records.
        for record_id in dict.fromkeys((*was, *now)) if was else ():
            one, other = was.get(record_id), now.get(record_id)
            if one == other or record_id in unread:
                continue
            told = tuple(_short(line) for line in lines(before, after, one, other))
            if told:
                record = other or one
                title = name(record) if name else _pair(after if other else before, record)
                rows.append(Difference(kind, _id(record_id), title, told))
        found += sorted(rows, key=lambda row: (wording.sort_key(row.name), row.id))
    return tuple(found)


def _id(record_id: str) -> str:
    """A pair has no id of its own; its two ids together name it."""
    return record_id.replace("+", "-ja-")


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


# --- one record of each kind: what changed, in words --------------------------------------


def _existence(new: str, gone: str, one: Any, other: Any) -> Iterator[str]:
    if one is None:
        yield new
    elif other is None:
        yield gone


def _from_to(label: str, one: str, other: str) -> Iterator[str]:
    if one != other:
        yield f"{label}: {one or 'ei tietoa'} → {other or 'ei tietoa'}"


def _state(after: Maker, one: Any, other: Any, group: str) -> Iterator[str]:
    """A change of the state of a measure or an actor."""
    if one.status == other.status:
        return
    if other.status == "ended":
        names = [getattr(after.c, group)[i].name.fi for i in other.replaced_by if i in getattr(after.c, group)]
        yield f"Lakannut{' ' + wording.day(other.ended) if other.ended else ''}." + (f" Tilalle: {wording.joined(names)}." if names else "")
    else:
        yield from _from_to("Tila", after.c.label("statuses", one.status), after.c.label("statuses", other.status))


def _texts(maker: Maker, record: Any, name: str) -> list[str]:
    rows = []
    for value in getattr(record, name, ()):
        if isinstance(value, str):
            rows.append(maker.plain(value))
        elif name == "steps":
            rows.append(f"{value.who} {maker.plain(value.text)}")
        elif name == "doubts":
            rows.append(f"Tarkista {value.ask}: {maker.plain(value.text)}")
        elif name == "changes":
            rows.append(f"{wording.day(value.date)}: {maker.plain(value.text)}")
        else:
            rows.append(maker.plain(value.text))
    return rows


def _list(label: str, was: list[str], now: list[str]) -> Iterator[str]:
    """Lines that came, went or changed. A line that only moved is not told."""
    gone, come = [x for x in was if x not in now], [x for x in now if x not in was]
    for line in come:
        nearest = difflib.get_close_matches(line, gone, n=1, cutoff=ALIKE)
        if nearest:
            gone.remove(nearest[0])
            yield f"{label}, muuttui: {nearest[0]} → {line}"
        else:
            yield f"{label}, uusi: {line}"
    yield from (f"{label}, poistui: {line}" for line in gone)


def _lists(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    for name, label in LISTS.items():
        if hasattr(other, name):
            yield from _list(label, _texts(before, one, name), _texts(after, other, name))


def _measure(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        retired = after.c.retired.get(one.id) if one else None
        gone = f"Poistettu. {after.plain(retired.why)}" if retired else "Poistettu."
        yield from _existence(f"Uusi keino. {other.summary if other else ''}", gone, one, other)
        return
    yield from _from_to("Nimi", one.name.fi, other.name.fi)
    yield from _state(after, one, other, "measures")
    yield from _from_to("Yksi lause", one.summary, other.summary)
    for name, label in ROLES.items():
        if set(getattr(one, name)) != set(getattr(other, name)):
            names = [m.c.actor_names(getattr(record, name)) for m, record in ((before, one), (after, other))]
            yield from _from_to(label, *(", ".join(row) for row in names))
    for name, label in FACTS.items():
        yield from _from_to(label, _fact(before, one, name), _fact(after, other, name))
    requires = [{after.c.label("requirements", x) for x in record.requires} for record in (one, other)]
    yield from _from_to("Edellyttää", *(", ".join(sorted(x)) or "ei erikseen mitään" for x in requires))
    yield from _from_to("Ikä", *(_ages(record.ages) for record in (one, other)))
    route = [m.c.appeals[r.appeal].name if r.appeal in m.c.appeals else "" for m, r in ((before, one), (after, other))]
    yield from _from_to("Muutoksenhaun reitti", *route)
    yield from _lists(before, after, one, other)


def _fact(maker: Maker, measure: Any, name: str) -> str:
    fact = getattr(measure.facts, name) if measure.facts else None
    return " – ".join(maker.plain(part) for part in (fact.value, fact.note) if part) if fact else ""


def _ages(ages: Any) -> str:
    if ages is None:
        return "ei rajaa"
    return f"{'' if ages.min is None else ages.min}–{'' if ages.max is None else ages.max} vuotta"


def _actor(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        yield from _existence(f"Uusi toimija. {other.summary if other else ''}", "Poistettu.", one, other)
        return
    yield from _from_to("Nimi", one.name.fi, other.name.fi)
    yield from _state(after, one, other, "actors")
    yield from _from_to("Yksi lause", one.summary, other.summary)
    yield from _from_to("Verkkosivu", one.website or "", other.website or "")
    yield from _lists(before, after, one, other)


def _figure(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    words = [_figure_words(maker, record) if record else "" for maker, record in ((before, one), (after, other))]
    if one is None or other is None:
        yield from _existence(f"Uusi luku: {words[1]}", "Poistettu.", one, other)
        return
    yield from _from_to("Luku", *words)
    known = {(v.valid_from, v.value) for v in one.values}
    for value in other.values:
        if (value.valid_from, value.value) not in known and value.valid_from > after.today:
            yield f"Tulossa {wording.day(value.valid_from)}: {wording.amount(value.value, after.unit(other.unit))}"
    used = [m.name.fi for m in after.c.measures.values() if _shows(m, other.id)]
    if words[0] != words[1] and used:
        yield f"Koskee: {', '.join(used)}"


def _shows(measure: Any, figure_id: str) -> bool:
    """Whether a measure's texts show a figure."""
    return any(figure_id in figures_in(words) for claim in measure.claims().values() for words in claim)


def _figure_words(maker: Maker, figure: Any) -> str:
    value, state = figure_on(figure, maker.today)
    lapsed = " (vanhentunut)" if state == "lapsed" else ""
    return wording.amount(value.value, maker.unit(figure.unit)) + lapsed


def _appeal(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        yield from _existence("Uusi reitti.", "Poistettu.", one, other)
        return
    yield from _from_to("Määräaika", one.deadline or "", other.deadline or "")
    yield from _lists(before, after, one, other)


def _situation(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        yield from _existence(f"Uusi polku. {other.summary if other else ''}", "Poistettu.", one, other)
        return
    yield from _from_to("Nimi", one.name, other.name)
    yield from _from_to("Yksi lause", one.summary, other.summary)
    yield from _list("Vaihe", *([f"{stage.name} ({stage.when})" for stage in record.stages] for record in (one, other)))
    income = [{stage.name: maker.plain(stage.income) for stage in record.stages} for maker, record in ((before, one), (after, other))]
    for name in income[1]:
        if name in income[0]:
            yield from _from_to(f"Mistä asiakas elää ({name})", income[0][name], income[1][name])
    names = lambda maker, path: [maker.c.measures[i].name.fi for i in path.measure_ids() if i in maker.c.measures]  # noqa: E731
    yield from _list("Keino", names(before, one), names(after, other))
    yield from _lists(before, after, one, other)


def _pair(maker: Maker, pair: Any) -> str:
    return " ja ".join(maker.c.measures[i].name.fi if i in maker.c.measures else i for i in (pair.a, pair.b))


def _combination(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        label = after.c.label("relations", other.relation) if other else ""
        yield from _existence(f"Uusi pari: {label}. {after.plain(other.why) if other else ''}", "Poistettu.", one, other)
        return
    yield from _from_to("Suhde", *(after.c.label("relations", record.relation) for record in (one, other)))
    yield from _from_to("Perustelu", before.plain(one.why), after.plain(other.why))


def _reform(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        words = f"Uusi, voimaan {wording.day(other.date)}. {after.plain(other.now)}" if other else ""
        yield from _existence(words, "Poistettu.", one, other)
        return
    yield from _from_to("Voimaan", wording.day(one.date), wording.day(other.date))
    yield from _from_to("Varmuus", *(after.c.label("certainties", record.certainty) for record in (one, other)))
    yield from _from_to("Nyt", before.plain(one.now), after.plain(other.now))


def _municipality(before: Maker, after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        yield from _existence("Uusi kunta.", "Poistettu.", one, other)
        return
    yield from _from_to("Nimi", one.name.fi, other.name.fi)
    yield from _from_to("Verkkosivu", one.website or "", other.website or "")
    if other.merged_into and not one.merged_into:
        into = after.c.municipalities.get(other.merged_into)
        yield f"Liittyi kuntaan {into.name.fi if into else other.merged_into}."
    was, now = (municipal_table.areas_on(r, m.c.areas, after.today) for m, r in ((before, one), (after, other)))
    for kind in dict.fromkeys((*was, *now)):
        names = [areas[kind].name.fi if kind in areas else "" for areas in (was, now)]
        yield from _from_to(after.c.label("area_kinds", kind), *names)


def _area(_before: Maker, _after: Maker, one: Any, other: Any) -> Iterator[str]:
    if one is None or other is None:
        yield from _existence("Uusi alue.", "Poistettu.", one, other)
        return
    yield from _from_to("Nimi", one.name.fi, other.name.fi)
    yield from _from_to("Verkkosivu", *(r.website.url if r.website else "" for r in (one, other)))
    yield from _from_to("Vastuukunta", *(r.host.municipality if r.host else "" for r in (one, other)))
    yield from _from_to("Päätoimipaikka", *(r.seat.value if r.seat else "" for r in (one, other)))


# --- the forms ---------------------------------------------------------------------------


def by_kind(differences: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """(heading, differences) in the order of telling."""
    differences = list(differences)
    groups = [(heading, [d for d in differences if d.kind == kind]) for kind, (heading, _) in KINDS.items()]
    return [(heading, rows) for heading, rows in groups if rows]


def in_short(differences: Iterable[Difference]) -> str:
    """Muutoksia: 3 keinossa, 1 luvussa – as counts by kind."""
    counts = [f"{heading.lower()} {len(rows)}" for heading, rows in by_kind(differences)]
    return f"Muuttuneita tietoja: {', '.join(counts)}." if counts else "Tiedoissa ei ole muutoksia, jotka koskevat koordinaattorin työtä."


def address(difference: Difference) -> str:
    """The site path of the record's page, or an empty string when it has none of its own."""
    folder = KINDS[difference.kind][1]
    return f"{folder}/{difference.id}/" if folder else ""


def as_text(differences: tuple[Difference, ...]) -> str:
    """Plain text for the terminal, grouped by kind and record."""
    lines = [in_short(differences)]
    for heading, rows in by_kind(differences):
        lines += ["", f"{heading}", "=" * len(heading)]
        for row in rows:
            lines += ["", row.name, *(f"  - {line}" for line in row.lines)]
    return "\n".join(lines) + "\n"


def as_mail(differences: tuple[Difference, ...], day: date, url: str = "") -> str:
    """A mail ready to be sent: subject, greeting, lines of at most 72 signs, addresses when the site's own is known."""
    wrap = lambda line, indent, first: textwrap.fill(  # noqa: E731
        line, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    lines = [
        f"Aihe: Mitä muuttui koordinaattorin työssä {wording.day(day)}",
        "",
        "Hei,",
        "",
        wrap(f"Kaikki keinot käyttöön -sivuston tiedot ovat muuttuneet. {in_short(differences)}", "", ""),
    ]
    for heading, rows in by_kind(differences):
        lines += ["", heading.upper()]
        for row in rows:
            lines += ["", row.name, *(wrap(line, "  ", "- ") for line in row.lines)]
            if url and address(row) and not row.lines[0].startswith("Poistettu"):
                lines.append(f"  {url}{address(row)}")
    return "\n".join([*lines, "", wrap("Tarkista tärkeä asia siltä, joka päättää.", "", ""), ""])


def as_html(differences: tuple[Difference, ...], url: str = "") -> str:
    """A piece of HTML for a page or an intranet, every text escaped."""
    parts = [f"<p>{escape(in_short(differences))}</p>"]
    for heading, rows in by_kind(differences):
        parts.append(f"<h2>{escape(heading)}</h2>")
        for row in rows:
            name = escape(row.name)
            if url and address(row) and not row.lines[0].startswith("Poistettu"):
                name = f'<a href="{escape(url + address(row))}">{name}</a>'
            parts.append(f"<h3>{name}</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in row.lines)}</ul>")
    return "\n".join(parts) + "\n"


def version_of(day: date) -> str:
    """The calendar version of a day: 23.11.2026 → 2026.11.23."""
    return f"{day.year}.{day.month}.{day.day}"


def as_release(differences: tuple[Difference, ...], version: str, day: date, title: str) -> str:
    """An entry for data/releases.yaml."""
    quote = lambda value: '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'  # noqa: E731
    lines = [f"- id: {quote(version)}", f"  date: {day.isoformat()}", f"  title: {quote(title)}"]
    if differences:
        lines.append("  notes:")
    for row in differences:
        lines += [f"  - kind: {row.kind}", f"    id: {row.id}", f"    name: {quote(row.name)}", "    lines:"]
        lines += [f"    - {quote(line)}" for line in row.lines]
    return "\n".join(lines) + "\n"
