"""From files to a catalogue: records that have the right shape, each with its place.

`load` reads everything and gives all problems of shape at once; whether the records fit
together is the business of `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from . import records as r
from . import wording
from .learn import records as lr
from .opendata import records as rel
from .problems import Problem, did_you_mean
from .reader import Document, read_file, read_lines
from .regions import records as rr
from .regions.shapes import Shapes, read_shapes
from .review import records as vr
from .share import short_links
from .toolkit import records as tr

PUBLISHED_IDS = "published-ids.txt"
SECONDARY_HOSTS = "secondary-hosts.txt"
SHAPES = "regions/shapes.json"


@dataclass(frozen=True)
class Sort:
    """One sort of record: its file, the key at the top of the file and what it is called."""

    file: str
    key: str
    record: type[BaseModel]
    label: str

    @property
    def schema(self) -> str:
        """The name of its schema. The key tells apart files of one name in different folders."""
        return f"{self.key if '/' in self.file else Path(self.file).stem}.schema.json"


SORTS: tuple[Sort, ...] = (
    Sort("services.yaml", "measures", r.Measure, "keino"),
    Sort("actors.yaml", "actors", r.Actor, "toimija"),
    Sort("acts.yaml", "acts", r.Act, "säädös"),
    Sort("figures.yaml", "figures", r.Figure, "luku"),
    Sort("glossary.yaml", "terms", r.Term, "termi"),
    Sort("combinations.yaml", "combinations", r.Combination, "pari"),
    Sort("appeals.yaml", "appeals", r.Appeal, "muutoksenhaku"),
    Sort("changes.yaml", "changes", r.Reform, "muutos"),
    Sort("situations.yaml", "situations", r.Situation, "tilanne"),
    Sort("calculators.yaml", "calculators", r.Calculator, "laskuri"),
    Sort("everyday-words.yaml", "everyday", r.EverydayWord, "arjen sana"),
    Sort("payers.yaml", "payers", tr.PayerOrder, "maksajien järjestys"),
    Sort("reverse-lookup.yaml", "lookups", tr.Lookup, "hakusana"),
    Sort("disambiguation.yaml", "lookalikes", tr.Lookalike, "samannimiset"),
    Sort("refusals.yaml", "refusals", tr.Refusal, "hylkäykset"),
    Sort("releases.yaml", "releases", rel.Release, "julkaisu"),
    Sort("crosswalk.yaml", "crosswalk", rel.Crosswalk, "vastaavuus"),
    Sort("learning.yaml", "modules", lr.Module, "moduuli"),
    Sort("questions.yaml", "questions", lr.Question, "kysymys"),
    Sort("cases.yaml", "cases", lr.Case, "tapaus"),
    Sort("retired.yaml", "retired", r.Retired, "poistettu tunnus"),
    Sort("review-rhythms.yaml", "rhythms", vr.Rhythm, "tarkistusväli"),
    Sort("regions/municipalities.yaml", "municipalities", rr.Municipality, "kunta"),
    Sort("regions/areas.yaml", "areas", rr.Area, "alue"),
    Sort("regions/places.yaml", "places", rr.Place, "paikka"),
    Sort("regions/sources.yaml", "region_sources", rr.RegionSource, "aluelähde"),
)
SORT = {sort.key: sort for sort in SORTS}
# Kinds of record with a page of their own: the group in the catalogue and the folder of the address.
ADDRESSED = {
    "measure": ("measures", "keinot"),
    "actor": ("actors", "toimijat"),
    "term": ("terms", "sanasto"),
    "situation": ("situations", "tilanteet"),
    "payer-order": ("payers", "kuka-maksaa"),
    "lookalike": ("lookalikes", "samannimiset"),
    "module": ("modules", "opi"),
    "case": ("cases", "opi/tapaukset"),
}
# Every kind whose ids are published for good, with its group: those above, the regions, which are never retired but end, and calculators.
PUBLISHED = {kind: key for kind, (key, _) in ADDRESSED.items()} | {
    "municipality": "municipalities",
    "area": "areas",
    "calculator": "calculators",
}


@dataclass(frozen=True)
class Origin:
    """Where a record stands, to tell the line of any of its fields."""

    document: Document
    base: tuple[str | int, ...]
    label: str

    @property
    def file(self) -> str:
        return self.document.file

    def line(self, field_path: str = "") -> int:
        """The line of a field written as `conditions[2]` or `facts.amount.note`."""
        parts = tuple(int(part[1:-1]) if part.startswith("[") else part for part in re.findall(r"\[\d+\]|[^.\[\]]+", field_path))
        return self.document.line((*self.base, *parts))

    def problem(self, message: str, remedy: str = "", field_path: str = "", *, warning: bool = False) -> Problem:
        """A problem in this record, with its name and field in front."""
        place = f"{self.label}: {field_path}" if field_path else self.label
        return Problem(self.file, self.line(field_path), f"{place}: {message}", remedy, warning)


@dataclass(frozen=True)
class Catalogue:
    """All records that could be read. Mappings keep the order of the files."""

    measures: Mapping[str, r.Measure]
    actors: Mapping[str, r.Actor]
    acts: Mapping[str, r.Act]
    figures: Mapping[str, r.Figure]
    terms: Mapping[str, r.Term]
    combinations: Mapping[str, r.Combination]
    appeals: Mapping[str, r.Appeal]
    changes: Mapping[str, r.Reform]
    situations: Mapping[str, r.Situation]
    calculators: Mapping[str, r.Calculator]
    everyday: Mapping[str, r.EverydayWord]
    payers: Mapping[str, tr.PayerOrder]
    lookups: Mapping[str, tr.Lookup]
    lookalikes: Mapping[str, tr.Lookalike]
    refusals: Mapping[str, tr.Refusal]
    releases: Mapping[str, rel.Release]
    crosswalk: Mapping[str, rel.Crosswalk]
    modules: Mapping[str, lr.Module]
    questions: Mapping[str, lr.Question]
    cases: Mapping[str, lr.Case]
    retired: Mapping[str, r.Retired]
    rhythms: Mapping[str, vr.Rhythm]
    municipalities: Mapping[str, rr.Municipality]
    areas: Mapping[str, rr.Area]
    places: Mapping[str, rr.Place]
    region_sources: Mapping[str, rr.RegionSource]
    shapes: Shapes
    vocabulary: r.Vocabulary
    published: tuple[str, ...]
    origins: Mapping[tuple[str, str], Origin]
    # Ids of records whose shape is wrong: they exist, so nobody is told that they do not.
    broken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # Codes of the short addresses and what each leads to, `kind:id`.
    short_links: Mapping[str, str] = field(default_factory=dict)
    # Hosts whose pages are second-hand: news, unions, firms, copies. Their subdomains too.
    secondary_hosts: frozenset[str] = frozenset()

    def is_secondary(self, source: r.Source) -> bool:
        """Whether a source is second-hand: neither a statute, an authority, a payer nor the provider itself."""
        return not self.secondary_hosts.isdisjoint(hosts(source))

    def origin(self, key: str, record_id: str) -> Origin:
        return self.origins[(key, record_id)]

    def knows(self, key: str, record_id: str) -> bool:
        return record_id in getattr(self, key) or record_id in self.broken.get(key, ())

    def actor_names(self, ids: Iterable[str]) -> list[str]:
        """Names of actors to stand in one row of words: common nouns with a small letter, save the first."""
        actors = [self.actors[i] for i in ids if i in self.actors]
        return [wording.lower_first(a.name.fi) if a.common and place else a.name.fi for place, a in enumerate(actors)]

    def label(self, group: str, code: str) -> str:
        """The Finnish name of a code."""
        return self.entry(group, code).label

    def entry(self, group: str, code: str) -> r.VocabularyEntry:
        return next(entry for entry in getattr(self.vocabulary, group) if entry.code == code)


def hosts(source: r.Source) -> tuple[str, ...]:
    """The host of a source's address and those above it: a.b.fi, b.fi, fi. Nothing for a statute."""
    parts = (urlsplit(source.url or "").hostname or "").split(".")
    return tuple(".".join(parts[start:]) for start in range(len(parts)))


def load(data: Path, shown_as: str = "data", words: r.Vocabulary | None = None) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read all files of the folder `data`. `words` stands in for a vocabulary that can not be read (that of older data).

    Gives the catalogue of the records in order (None when even the vocabulary is missing)
    and every problem of reading and shape.
    """
    problems: list[Problem] = []
    groups: dict[str, dict[str, BaseModel]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    broken: dict[str, frozenset[str]] = {}
    for sort in SORTS:
        document, found = read_file(data / sort.file, f"{shown_as}/{sort.file}")
        problems += found
        groups[sort.key], bad, found = _records(document, sort, origins, readable=not found)
        broken[sort.key] = frozenset(bad)
        problems += found
    document, found = read_file(data / "vocabulary.yaml", f"{shown_as}/vocabulary.yaml")
    problems += found
    vocabulary = None
    if not found:
        vocabulary, shape = shaped(r.Vocabulary, document.value, Origin(document, (), "sanasto"))
        problems += shape
    vocabulary = vocabulary or words
    shapes, found = read_shapes(data / SHAPES, f"{shown_as}/{SHAPES}")
    problems += found
    published, found = _published(data / PUBLISHED_IDS, f"{shown_as}/{PUBLISHED_IDS}")
    problems += found
    codes, found = short_links.read(data / short_links.FILE)
    problems += found
    if vocabulary is None:
        return None, tuple(problems)
    made = Catalogue(
        **groups, shapes=shapes, vocabulary=vocabulary, published=published, origins=origins, broken=broken, short_links=codes,
        secondary_hosts=frozenset(read_lines(data / SECONDARY_HOSTS)),
    )  # fmt: skip
    return made, tuple(problems)


def _published(path: Path, shown_as: str) -> tuple[tuple[str, ...], list[Problem]]:
    if not path.exists():
        return (), [Problem(shown_as, 0, "julkaistujen tunnusten luettelo puuttuu", "palauta tiedosto")]
    return tuple(path.read_text("utf-8").split()), []


def _records(document: Document, sort: Sort, origins: dict, *, readable: bool):
    found: dict[str, BaseModel] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    if not readable:
        return found, broken, problems
    rows = document.value.get(sort.key) if isinstance(document.value, dict) else None
    if rows is None and not (isinstance(document.value, dict) and sort.key in document.value):
        problems.append(Problem(document.file, 1, f'ylin kenttä "{sort.key}" puuttuu', f"aloita luettelo rivillä {sort.key}:"))
        return found, broken, problems
    problems += [
        Problem(document.file, document.line((other,)), f'tuntematon ylin kenttä "{other}"', "poista se")
        for other in set(document.value) - {sort.key}
    ]
    if rows is not None and not isinstance(rows, list):
        problems.append(Problem(document.file, document.line((sort.key,)), f'"{sort.key}" ei ole luettelo', "aloita rivit merkillä -"))
        return found, broken, problems
    for index, row in enumerate(rows or ()):
        name = _name(row, index, sort)
        origin = Origin(document, (sort.key, index), f"{sort.label} {name}")
        record, shape = shaped(sort.record, row, origin)
        problems += shape
        if name in found or name in broken:
            first = origins[(sort.key, name)].line() if name in found else "?"
            problems.append(origin.problem(f'tunnus "{name}" on kahdesti (myös rivillä {first})', "anna toiselle oma tunnus", "id"))
            continue
        origins[(sort.key, name)] = origin
        if record is None:
            broken.add(name)
        else:
            found[name] = record
    return found, broken, problems


def _name(row: Any, index: int, sort: Sort) -> str:
    if not isinstance(row, dict):
        return f"nro {index + 1}"
    if sort.key == "combinations":
        return f"{row.get('a')}+{row.get('b')}"
    return str(row.get("id") or f"nro {index + 1}")


def shaped(record: type[BaseModel], row: Any, origin: Origin) -> tuple[Any, list[Problem]]:
    """A value as a record (None when its shape is wrong) and what is wrong, in words."""
    try:
        return record.model_validate(row), []
    except ValidationError as error:
        return None, [_in_words(one, record, origin) for one in error.errors(include_url=False)]


_PATTERNS = {
    r.ID_PATTERN: ("kelpaa vain pienet kirjaimet a–z, numerot ja yhdysviivat", "kirjoita esim. osasairauspaivaraha"),
    "https": ("ei ole turvallinen osoite", "kirjoita osoite, joka alkaa https://"),
    "[0-9]{4}|undated": ("ei ole vuosi", "kirjoita 2026 tai undated"),
    "undated": ("ei ole päiväys", "kirjoita 2026, 2026-04, 2026-04-27 tai undated"),
    "[0-9]{2,6}": ("ei ole koodi", "kirjoita numerot, etunollat mukaan"),
    "(/[a-z0-9-]+)*": ("ei ole tunnus eikä sivun osoite", "kirjoita esim. kuka-maksaa/kuntoutus/"),
    "[0-9]{3}": ("ei ole kuntanumero", "kirjoita kolme numeroa, etunollat mukaan"),
    "20[0-9]{2}": ("ei ole versio", "kirjoita julkaisun päivä: 2026.11.23"),
    "[0-9a-f]{8}": ("ei ole PTV-tunnus", "kopioi tunnus Palvelutietovarannosta, 36 merkkiä"),
    "yso": ("ei ole Finto-käsitteen osoite", "kirjoita muodossa http://www.yso.fi/onto/yso/p1234"),
    "#[0-9a-f]{6}": ("ei ole väri", "kirjoita risuaita ja kuusi merkkiä: #24532f"),
    "@": ("ei ole sähköpostiosoite", "kirjoita muodossa keinot@esimerkki.fi"),
    "<>": ("tekstissä on merkki < tai > tai rivinvaihto", "kirjoita pelkkää tekstiä yhdelle riville ilman HTML:ää"),
}


def _in_words(error: Mapping[str, Any], record: type[BaseModel], origin: Origin) -> Problem:
    loc, kind, context, value = error["loc"], error["type"], error.get("ctx", {}), error.get("input")
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    last = str(loc[-1]) if loc else ""
    if kind == "missing":
        return origin.problem(f'kenttä "{last}" puuttuu', "lisää kenttä", path)
    if kind == "extra_forbidden":
        known = _fields_at(record, loc[:-1])
        return origin.problem("tuntematon kenttä", did_you_mean(last, known) or "poista kenttä", path)
    if value is None:
        return origin.problem("arvo puuttuu", "kirjoita arvo tai poista kenttä", path)
    if kind == "string_too_long":
        return origin.problem(f"teksti on liian pitkä: {len(value)} merkkiä, enintään {context['max_length']}", "lyhennä", path)
    if kind == "string_too_short":
        return origin.problem(f"teksti on liian lyhyt, vähintään {context['min_length']} merkkiä", "täydennä", path)
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        message, remedy = next((text for part, text in _PATTERNS.items() if part in pattern), ("väärä muoto", "korjaa"))
        return origin.problem(f'"{_short(value)}" {message}' if "<>" not in pattern else message, remedy, path)
    if kind == "literal_error":
        options = re.findall(r"'([^']+)'", context["expected"])
        hint = did_you_mean(str(value), options) or "käytä jotakin näistä: " + ", ".join(options)
        return origin.problem(f'tuntematon arvo "{_short(value)}"', hint, path)
    text = str(error.get("msg", ""))
    if "date_form" in text:
        return origin.problem(f'"{_short(value)}" ei ole päivämäärä', "kirjoita muodossa 2026-11-22", path)
    if kind == "value_error" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        return origin.problem(f'päivää "{value}" ei ole kalenterissa', "tarkista kuukausi ja päivä", path)
    if "number_form" in text or kind.startswith(("decimal", "int")):
        return origin.problem(f'"{_short(value)}" ei ole luku', "kirjoita numeroin ilman etunollaa, desimaalit pisteellä", path)
    if "bool_form" in text:
        return origin.problem(f'"{_short(value)}" ei ole true eikä false', "kirjoita true tai false", path)
    if kind in ("too_short", "too_long"):
        limit = context.get("min_length", context.get("max_length"))
        word = "vähintään" if kind == "too_short" else "enintään"
        return origin.problem(f"luettelossa on {context['actual_length']} kohtaa, {word} {limit}", "korjaa määrä", path)
    if kind == "tuple_type":
        return origin.problem("tähän kuuluu luettelo", "aloita jokainen kohta merkillä -", path)
    if kind in ("model_type", "model_attributes_type"):
        return origin.problem("tähän kuuluu kenttiä", "kirjoita kentät omille riveilleen", path)
    if kind == "string_type":
        return origin.problem("tähän kuuluu teksti", "kirjoita teksti samalle riville, tarvittaessa lainausmerkkeihin", path)
    return origin.problem(f"arvo ei kelpaa ({text})", "katso kentän ohje", path)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _fields_at(record: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The field names of the (nested) record at `loc`."""
    current: Any = record
    for part in loc:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = current.model_fields[part].annotation if part in current.model_fields else None
        current = _inner(current)
    return set(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else set()


def _inner(annotation: Any) -> Any:
    """The record type inside `tuple[X, ...]` or `X | None`."""
    for candidate in _flat(annotation):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return annotation


def _flat(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _flat(part)
