"""Stamping a review into the data, in place: `make reviewed id=… source=… by=…`.

Only the lines of the record's `review` change; comments, quotes and order stay. The data
are checked as they would be before anything is written, and every refusal is told at once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import publish, rules, wording
from ..catalogue import SORT, Catalogue
from ..problems import did_you_mean
from ..text import safe_address
from . import ledger

LEVELS = ("unsourced", "compiled", "verified")
# What a stamp writes, in this order.
FIELDS = ("level", "date", "next", "by", "against", "url", "what")
# The least that tells what was compared.
WHAT = 15
_PLAIN = re.compile(r"[A-Za-zÅÄÖåäö0-9][\wåäöÅÄÖ §.,/()–-]*(?<!\s)")
_LOOKS_LIKE_VALUE = re.compile(r"(?:[\d.,/-]+|true|false|null|yes|no|on|off)", re.IGNORECASE)


@dataclass(frozen=True)
class Stamp:
    """What an editor asks for. Empty means not given; `day` is the day of the comparison."""

    id: str
    source: str
    by: str
    day: str = ""
    level: str = ""
    url: str = ""
    what: str = ""


@dataclass(frozen=True)
class Outcome:
    """The file and its text after the stamp, what is told, or why nothing is written."""

    file: str = ""
    text: str = ""
    told: str = ""
    refusals: tuple[str, ...] = ()


def plan(root: Path, stamp: Stamp, today: date) -> Outcome:
    """Work out a stamp without writing anything. All refusals come at once."""
    c, problems = publish.check(root, today)
    if c is None or rules.errors(problems):
        return Outcome(refusals=("tiedoissa on virheitä: aja ensin make check",))
    refusals: list[str] = []
    key, record_id = _find(c, stamp.id, refusals)
    role = ledger.role(c, stamp.by)
    if not stamp.by:
        refusals.append("by puuttuu: kerro, missä roolissa tarkistit")
    elif role is None:
        known = ", ".join(entry.label for entry in c.vocabulary.reviewer_roles)
        refusals.append(f'"{stamp.by}" ei ole rooli. Henkilön nimeä ei kirjoiteta. Roolit: {known}')
    day = _day(stamp.day, today, refusals)
    if stamp.level and stamp.level not in LEVELS:
        refusals.append(f'tasoa "{stamp.level}" ei ole: {", ".join(LEVELS)}')
    if stamp.url and not (safe_address(stamp.url) and stamp.url.startswith("http")):
        refusals.append(f'"{stamp.url}" ei ole osoite: se alkaa https://')
    if re.search(r"[<>\n]", stamp.what):
        refusals.append("what: tekstissä on rivinvaihto tai merkki < tai >")
    if not key:
        return Outcome(refusals=tuple(refusals))
    record = getattr(c, key)[record_id]
    against = _source(c, key, record, stamp.source, refusals)
    _evidence(key, record, stamp, refusals)
    origin = c.origin(key, record_id)
    if record.review and day and day < record.review.date:
        refusals.append(f"tietue on jo tarkistettu {wording.day(record.review.date)}, joka on myöhemmin kuin {wording.day(day)}")
    rhythm = ledger.rhythm_of(c, ledger.code_of(key, record))
    if rhythm is None:
        refusals.append("lajilla ei ole tarkistusväliä (review-rhythms.yaml)")
    if refusals:
        return Outcome(refusals=tuple(refusals))
    level = stamp.level or (record.review.level if record.review else "compiled")
    due = ledger.latest_next(rhythm, day)
    values = {
        "level": level,
        "date": day.isoformat(),
        "next": due.isoformat(),
        "by": role.label,
        "against": against,
        "url": stamp.url,
        "what": stamp.what.strip(),
    }
    path = root / "data" / SORT[key].file
    text = rewrite(path.read_text("utf-8"), origin.line("review") if record.review else 0, _last_line(origin, path), values)
    if found := _would_break(root, SORT[key].file, text, today):
        return Outcome(refusals=found)
    told = f"{SORT[key].label} {record_id}: {role.label} vertasi {wording.day(day)} lähteeseen {against}. "
    told += f"Taso {level}, seuraava {wording.day(due)}."
    return Outcome(SORT[key].file, text, told)


def write(root: Path, outcome: Outcome) -> None:
    """Put the new text in the place of the old in one step, so that nothing is ever half written."""
    path = root / "data" / outcome.file
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".stamp-")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(outcome.text)
        shutil.copymode(path, fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _find(c: Catalogue, wanted: str, refusals: list[str]) -> tuple[str, str]:
    """The sort and id of a record from `id` or `sort:id`."""
    sort, _, record_id = wanted.rpartition(":")
    keys = [key for key in ledger.REVIEWED if sort in ("", key, SORT[key].label) and record_id in getattr(c, key)]
    if len(keys) == 1:
        return keys[0], record_id
    if not wanted:
        refusals.append("id puuttuu: kerro tietueen tunnus")
    elif keys:
        refusals.append(f'tunnus "{record_id}" on monella: kirjoita ' + " tai ".join(f"id={key}:{record_id}" for key in keys))
    else:
        every = [i for key in ledger.REVIEWED for i in getattr(c, key)]
        refusals.append(f'tunnusta "{wanted}" ei ole. {did_you_mean(record_id, every)}'.strip())
    return "", ""


def _day(given: str, today: date, refusals: list[str]) -> date | None:
    if not given:
        return today
    try:
        day = date.fromisoformat(given) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given) else None
    except ValueError:
        day = None
    if day is None:
        refusals.append(f'"{given}" ei ole päivä: kirjoita muodossa 2026-11-22')
    elif day > today:
        refusals.append(f"päivä {wording.day(day)} on tulevaisuudessa")
    return day


def _source(c: Catalogue, key: str, record, wanted: str, refusals: list[str]) -> str:
    """The title of a source of the record by its key, its act or its number in the list."""
    sources = ledger.sources_of(key, record)
    for number, source in enumerate(sources, 1):
        if wanted and wanted in (source.key, source.act, str(number)):
            # A line of a record has at most 300 characters and no angle brackets.
            return ledger.source_words(c, source)[0][:300].strip()
    known = ", ".join(source.key or source.act or str(number) for number, source in enumerate(sources, 1)) or "lähteitä ei ole"
    refusals.append(f'lähdettä "{wanted}" ei ole tässä tietueessa: {known}' if wanted else f"source puuttuu: {known}")
    return ""


def _evidence(key: str, record, stamp: Stamp, refusals: list[str]) -> None:
    """Raising a level demands what it rests on."""
    if stamp.level == "verified":
        missing = [name for name, value in (("url", stamp.url), ("date", stamp.day)) if not value]
        missing += ["what"] if len(stamp.what.strip()) < WHAT else []
        if missing:
            refusals.append(
                f"taso verified vaatii näytön: {', '.join(missing)} (osoite, joka oli auki; päivä; mitkä kohdat verrattiin lähteeseen)"
            )
    if stamp.level == "compiled" and not ledger.sources_of(key, record):
        refusals.append("taso compiled vaatii, että tietueella on lähteitä")
    if not stamp.level and record.review and record.review.level == "verified":
        refusals.append("tietue on tasolla verified: anna level=verified ja näyttö, tai level=compiled")


def _last_line(origin, path: Path) -> int:
    """The last line of a record, where a review is added that it does not have."""
    lines = path.read_text("utf-8").replace("\r\n", "\n").split("\n")
    start = origin.line()
    last = start
    for number in range(start + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.startswith("- ") or (line and not line.startswith((" ", "#"))):
            break
        if line.strip() and not line.lstrip().startswith("#"):
            last = number
    return last


def rewrite(source: str, review_line: int, last_line: int, values: dict[str, str]) -> str:
    """The text of a file with the review of one record changed.

    `review_line` is the line of its `review:` or of the first field in it (0: there is none, and one is added after `last_line`).
    Only the fields named in `values` change; an empty value removes a field. A comment at the end of a line stays.
    """
    newline = "\r\n" if "\r\n" in source else "\n"
    lines = source.split(newline)
    if not review_line:
        block = ["  review:", *(f"    {name}: {scalar(values[name])}" for name in FIELDS if values[name])]
        return newline.join([*lines[:last_line], *block, *lines[last_line:]])
    at = review_line - 1
    if not re.match(r"\s*review:", lines[at]):
        at -= 1
    head = lines[at]
    indent = len(head) - len(head.lstrip())
    if re.match(r"\s*review:\s*\{", head):
        rows = [f"{' ' * (indent + 2)}{name}: {scalar(values[name])}" for name in FIELDS if values[name]]
        return newline.join([*lines[:at], " " * indent + "review:", *rows, *lines[at + 1 :]])
    end = at + 1
    while end < len(lines) and lines[end].strip() and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    kept: dict[str, tuple[str, str]] = {}
    others: list[str] = []
    inner = indent + 2
    for line in lines[at + 1 : end]:
        field = re.match(r"(\s+)([a-z]+):(?:\s|$)", line)
        if field and field[2] in FIELDS:
            inner = len(field[1])
            comment = re.search(r"\s+#[^'\"]*$", line)
            kept[field[2]] = (line, comment.group() if comment else "")
        else:
            others.append(line)
    written = [f"{' ' * inner}{name}: {scalar(values[name])}{kept.get(name, ('', ''))[1]}" for name in FIELDS if values[name]]
    lines[at + 1 : end] = [*others, *written]
    return newline.join(lines)


def scalar(value: str) -> str:
    """A text as a YAML scalar: plain when nothing in it can be misread, otherwise in double quotes."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return value
    if _PLAIN.fullmatch(value) and not _LOOKS_LIKE_VALUE.fullmatch(value):
        return value
    if re.fullmatch(r"https?://[^\s#'\"\[\]{},]+", value) and not value.endswith(":"):
        return value
    return json.dumps(value, ensure_ascii=False)


def _would_break(root: Path, file: str, text: str, today: date) -> tuple[str, ...]:
    """Errors that the data, which are in order, would have with the new text."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        shutil.copytree(root / "data", copy / "data")
        (copy / "data" / file).write_text(text, "utf-8", newline="")
        return tuple(str(problem) for problem in rules.errors(publish.check(copy, today)[1]))
