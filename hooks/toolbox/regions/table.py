"""The yearly change: a table of municipalities in, the file of municipalities out.

The table has a row for each municipality in force on a day, codes as text. `plan` compares it
with the records and words what would change; `write` puts the records into their file, which
is always written the same way, so that a difference shows only what changed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .. import wording
from ..catalogue import Catalogue
from ..problems import Problem, did_you_mean
from ..records import Names, holds
from ..render import slug
from .records import Area, Membership, Municipality, Population

# Column of the table for each kind of area.
AREA_COLUMNS = {
    "region": "maakunta_koodi",
    "wellbeing-county": "hyvinvointialue_koodi",
    "employment-area": "tyollisyysalue_koodi",
    "vitality-centre": "elinvoimakeskus_koodi",
    "collaborative-area": "yhteistyoalue_koodi",
}
COLUMNS = (
    "koodi", "nimi_fi", "nimi_sv", "nimi_en", *AREA_COLUMNS.values(), "kielisuhde_koodi", "vaesto", "vaesto_pvm", "www",
    "naapurit_maa", "naapurit_vesi",
)  # fmt: skip
LANGUAGES = {"0": "fi", "1": "bilingual-fi", "2": "sv", "3": "bilingual-sv"}


def in_force(catalogue: Catalogue, day: date) -> tuple[Municipality, ...]:
    """Municipalities of a day in alphabetical order."""
    found = (m for m in catalogue.municipalities.values() if holds(m.valid_from, m.valid_to, day))
    return tuple(sorted(found, key=lambda m: wording.sort_key(m.name.fi)))


def areas_on(m: Municipality, areas: Mapping[str, Area], day: date) -> dict[str, Area]:
    """The area of each kind to which a municipality belongs on a day."""
    return {
        areas[one.area].kind: areas[one.area] for one in m.memberships if one.area in areas and holds(one.valid_from, one.valid_to, day)
    }


# --- the table ---------------------------------------------------------------------------


def read(path: Path) -> tuple[list[dict[str, str]], tuple[Problem, ...]]:
    """The rows of a table, and what is wrong with its form."""
    shown = path.name
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], (Problem(shown, 0, f"taulukkoa ei voi lukea ({error})", "anna UTF-8-tiedosto, jossa erotin on pilkku"),)
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        return [], (Problem(shown, 1, f"sarakkeita puuttuu: {', '.join(missing)}", "käytä samoja sarakkeita kuin edellisenä vuonna"),)
    rows, problems, seen = [], [], set()
    for line, row in enumerate(reader, 2):
        rows.append({name: (row[name] or "").strip() for name in COLUMNS})
        one = rows[-1]
        if not re.fullmatch(r"\d{3}", one["koodi"]):
            problems.append(Problem(shown, line, f'"{one["koodi"]}" ei ole kuntanumero', "kirjoita kolme numeroa, etunollat mukaan"))
        elif one["koodi"] in seen:
            problems.append(Problem(shown, line, f"kuntanumero {one['koodi']} on kahdesti", "poista toinen rivi"))
        if not re.fullmatch(r"\d+", one["vaesto"]) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", one["vaesto_pvm"]):
            problems.append(Problem(shown, line, "väkiluku tai sen päivä puuttuu", "kirjoita 6329 ja 2025-12-31"))
        if one["kielisuhde_koodi"] not in LANGUAGES:
            problems.append(Problem(shown, line, f'kielisuhde "{one["kielisuhde_koodi"]}" on tuntematon', "käytä koodia 0, 1, 2 tai 3"))
        if not one["nimi_fi"] or not one["nimi_sv"]:
            problems.append(Problem(shown, line, "nimi puuttuu", "kirjoita nimi suomeksi ja ruotsiksi"))
        seen.add(one["koodi"])
    return rows, tuple(problems)


def table(catalogue: Catalogue, day: date) -> str:
    """The records of a day as such a table: what is published, and what next year's table is compared with."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    present = in_force(catalogue, day)
    code = {m.id: m.code for m in present}
    language = {name: number for number, name in LANGUAGES.items()}
    for m in sorted(present, key=lambda m: m.code):
        areas = areas_on(m, catalogue.areas, day)
        writer.writerow(
            {
                "koodi": m.code,
                "nimi_fi": m.name.fi,
                "nimi_sv": m.name.sv,
                "nimi_en": m.name.en,
                **{column: areas[kind].code if kind in areas else "" for kind, column in AREA_COLUMNS.items()},
                "kielisuhde_koodi": language[m.language],
                "vaesto": m.population.value,
                "vaesto_pvm": m.population.date.isoformat(),
                "www": m.website or "",
                "naapurit_maa": " ".join(sorted(code[i] for i in m.neighbours if i in code)),
                "naapurit_vesi": " ".join(sorted(code[i] for i in m.neighbours_by_water if i in code)),
            }
        )
    return out.getvalue()


# --- the comparison ----------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What a table would make of the records: the new records, the changes in words, what stands in the way."""

    municipalities: tuple[Municipality, ...]
    changes: tuple[str, ...]
    problems: tuple[Problem, ...]


def plan(catalogue: Catalogue, rows: Iterable[Mapping[str, str]], day: date, merged: Mapping[str, str], shown: str = "taulukko") -> Plan:
    """Compare a table that holds from `day` on with the records. `merged` tells by code where a missing municipality went."""
    rows = list(rows)
    changes: list[str] = []
    problems: list[Problem] = []
    last = day - timedelta(days=1)
    records = dict(catalogue.municipalities)
    present = {m.code: m for m in records.values() if holds(m.valid_from, m.valid_to, day)}
    new_ids = {row["koodi"]: slug(row["nimi_fi"]) for row in rows if row["koodi"] not in present}
    by_code = {code: m.id for code, m in present.items()} | new_ids
    there = {row["koodi"]: by_code[row["koodi"]] for row in rows if row["koodi"] in by_code}
    counted: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        problem = lambda message, remedy, line=line: problems.append(Problem(shown, line, message, remedy))  # noqa: E731
        old = present.get(row["koodi"])
        if old is None and by_code[row["koodi"]] in records:
            problem(f"tunnus {by_code[row['koodi']]} on jo toisella kunnalla", "lisää kunta itse tiedostoon municipalities.yaml")
            continue
        areas = _areas(row, catalogue, day, problem)
        ids = _neighbours(row, there, problem)
        new = Municipality(
            id=old.id if old else by_code[row["koodi"]],
            code=row["koodi"],
            name=Names(fi=row["nimi_fi"], sv=row["nimi_sv"] or None, en=row["nimi_en"] or None),
            also=old.also if old else (),
            language=LANGUAGES[row["kielisuhde_koodi"]],
            population=Population(value=row["vaesto"], date=row["vaesto_pvm"]),
            website=row["www"] or None,
            valid_from=old.valid_from if old else day,
            memberships=_memberships(old, areas, catalogue.areas, day),
            neighbours=ids["naapurit_maa"],
            neighbours_by_water=ids["naapurit_vesi"],
        )
        changes += _differences(old, new, catalogue.areas, day, counted)
        records[new.id] = new
    for code, m in sorted(present.items()):
        if any(row["koodi"] == code for row in rows):
            continue
        target = by_code.get(merged.get(code, ""))
        if target is None or target == m.id:
            problems.append(Problem(shown, 0, f"{m.name.fi} ({code}) puuttuu", f"kerro, mihin se liittyi: --merged {code}=koodi"))
            continue
        changes.append(f"{m.name.fi}: lakkaa {wording.day(last)}, liittyy kuntaan {records[target].name.fi}")
        records[m.id] = m.model_copy(update={"valid_to": last, "merged_into": target})
    for name, number in counted.items():
        changes.append(f"{name} muuttuu {wording.count(number, 'kunnassa', 'kunnassa')}")
    ordered = tuple(sorted(records.values(), key=lambda m: wording.sort_key(m.name.fi)))
    return Plan(ordered, tuple(changes), tuple(problems))


def _areas(row: Mapping[str, str], catalogue: Catalogue, day: date, problem: Callable[[str, str], None]) -> dict[str, Area]:
    known = {(a.kind, a.code): a for a in catalogue.areas.values() if holds(a.valid_from, a.valid_to, day)}
    region = known.get(("region", row[AREA_COLUMNS["region"]]))
    found = {}
    for kind, column in AREA_COLUMNS.items():
        code = row[column]
        if region and kind in region.exempt:
            continue
        if (kind, code) in known:
            found[kind] = known[kind, code]
        else:
            hint = did_you_mean(code, [number for one, number in known if one == kind])
            problem(f'{row["nimi_fi"]}: {column} "{code}" on tuntematon', hint or "lisää alue ensin tiedostoon areas.yaml")
    return found


def _neighbours(row: Mapping[str, str], by_code: Mapping[str, str], problem: Callable[[str, str], None]) -> dict[str, tuple[str, ...]]:
    found = {}
    for column in ("naapurit_maa", "naapurit_vesi"):
        codes = row[column].split()
        for code in codes:
            if code not in by_code:
                problem(f'{row["nimi_fi"]}: naapuria "{code}" ei ole', "korjaa naapurin kuntanumero")
        found[column] = tuple(sorted(by_code[code] for code in codes if code in by_code))
    return found


def _memberships(old: Municipality | None, areas: Mapping[str, Area], known: Mapping[str, Area], day: date) -> tuple[Membership, ...]:
    """The memberships of a municipality when it belongs to these areas from a day on; what was stays."""
    kept: list[Membership] = []
    open_now = set()
    for one in old.memberships if old else ():
        area = areas.get(known[one.area].kind)
        if not holds(None, one.valid_to, day) or (area and area.id == one.area):
            open_now |= {one.area} if holds(None, one.valid_to, day) else set()
            kept.append(one)
        elif one.valid_from < day:
            kept.append(one.model_copy(update={"valid_to": day - timedelta(days=1)}))
    kept += [Membership(area=area.id, valid_from=day) for area in areas.values() if area.id not in open_now]
    order = list(AREA_COLUMNS)
    return tuple(sorted(kept, key=lambda one: (order.index(known[one.area].kind), one.valid_from)))


def _differences(old: Municipality | None, new: Municipality, known: Mapping[str, Area], day: date, counted: dict[str, int]) -> list[str]:
    if old is None:
        return [f"{new.name.fi} ({new.code}): uusi kunta {wording.day(day)} alkaen"]
    found = []
    before, after = areas_on(old, known, day), areas_on(new, known, day)
    for kind in AREA_COLUMNS:
        one, other = before.get(kind), after.get(kind)
        if one != other:
            found.append(f"{new.name.fi}: {one.name.fi if one else '–'} → {other.name.fi if other else '–'} {wording.day(day)} alkaen")
    if old.name != new.name:
        found.append(f"{old.name.fi} / {old.name.sv}: uusi nimi {new.name.fi} / {new.name.sv}")
    if old.language != new.language:
        found.append(f"{new.name.fi}: kieli {old.language} → {new.language}")
    if set(old.neighbours) != set(new.neighbours) or set(old.neighbours_by_water) != set(new.neighbours_by_water):
        found.append(f"{new.name.fi}: naapurikunnat muuttuvat")
    if old.website != new.website:
        found.append(f"{new.name.fi}: verkkosivu {old.website or '–'} → {new.website or '–'}")
    if old.population != new.population:
        counted["väkiluku"] = counted.get("väkiluku", 0) + 1
    return found


# --- the file ----------------------------------------------------------------------------

HEAD = """# yaml-language-server: $schema=../schema/municipalities.schema.json
# Kunnat. Tiedoston kirjoittaa komento make municipalities, jotta se on aina samassa muodossa.
# Lähteet ja lisenssit: sources.yaml.
municipalities:
"""


def scalar(value: object) -> str:
    """A value as YAML, quoted when it could be read as anything else."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if re.fullmatch(r"[^\W\d_][\w .()/–-]*|\d{4}-\d{2}-\d{2}|[1-9]\d*|https?://[\w./~%-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def dump(municipalities: Iterable[Municipality]) -> str:
    """The whole file. The order of records, fields and lists is fixed."""
    out = [HEAD]
    for m in municipalities:
        names = ", ".join(f"{lang}: {scalar(value)}" for lang, value in m.name.model_dump(exclude_none=True).items())
        out.append(f'\n- id: {m.id}\n  code: "{m.code}"\n  name: {{{names}}}\n')
        if m.also:
            out.append(f"  also: [{', '.join(map(scalar, m.also))}]\n")
        out.append(f"  language: {m.language}\n  population: {{value: {m.population.value}, date: {m.population.date}}}\n")
        told = {name: getattr(m, name) for name in ("website", "valid_from", "valid_to", "merged_into")}
        out += [f"  {name}: {scalar(value)}\n" for name, value in told.items() if value is not None]
        out.append("  memberships:\n")
        for one in m.memberships:
            until = f", valid_to: {one.valid_to}" if one.valid_to else ""
            out.append(f"  - {{area: {one.area}, valid_from: {one.valid_from}{until}}}\n")
        lists = {name: getattr(m, name) for name in ("neighbours", "neighbours_by_water")}
        out += [f"  {name}: [{', '.join(ids)}]\n" for name, ids in lists.items() if ids]
    return "".join(out)
