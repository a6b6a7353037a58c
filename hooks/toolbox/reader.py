"""The strict reader: YAML in, plain text values and their line numbers out.

YAML 1.1 turns `020` into 16 and `no` into false, keeps the last of two equal keys and
knows anchors and tags. Here every scalar stays text; what a value means is decided by
the record it belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem

Path_ = tuple[str | int, ...]

# Characters that a reader does not see but that change the text or its order.
_FORBIDDEN = re.compile("[\t\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff]")
_NAMES = {"\t": "sarkain", "\u200b": "näkymätön väli", "\ufeff": "tavujärjestysmerkki keskellä tekstiä"}


@dataclass(frozen=True)
class Document:
    """One YAML file: its value and the line (from 1) of every value in it."""

    file: str
    value: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Refused(Exception):
    def __init__(self, mark: yaml.Mark, message: str, remedy: str) -> None:
        self.line, self.message, self.remedy = mark.line + 1, message, remedy


def read_file(path: Path, shown_as: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read one file. A missing or broken file gives an empty document and the problem."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Document(shown_as), (Problem(shown_as, 0, "tiedosto puuttuu", "palauta tiedosto tai luo se uudelleen"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Document(shown_as), (Problem(shown_as, line, "tiedosto ei ole UTF-8-muodossa", "tallenna tiedosto UTF-8-merkistöllä"),)
    return read_text(text, shown_as)


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a plain list that may be missing, without empty lines and remarks (#)."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines()) if path.exists() else ()
    return tuple(line for line in lines if line and not line.startswith("#"))


def read_text(text: str, file: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read YAML text. Windows line ends are accepted."""
    text = text.replace("\r\n", "\n")
    hidden = tuple(_hidden_characters(text, file))
    if hidden:
        return Document(file), hidden
    if not text.strip():
        return Document(file), (Problem(file, 1, "tiedosto on tyhjä", "kirjoita tiedot tai palauta aiempi versio"),)
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        next(events), next(events)  # stream start, document start (or stream end)
        value = _build(next(events), events, (), lines, problems, file)
        next(events)
        if isinstance(extra := next(events), yaml.DocumentStartEvent):
            raise _Refused(extra.start_mark, "tiedostossa on toinen YAML-dokumentti", "poista rivi ---")
    except StopIteration:
        return Document(file), (Problem(file, 1, "tiedosto on tyhjä", "kirjoita tiedot tai palauta aiempi versio"),)
    except _Refused as refused:
        return Document(file), (*problems, Problem(file, refused.line, refused.message, refused.remedy))
    except yaml.YAMLError as error:
        return Document(file), (*problems, _syntax_problem(error, file))
    return Document(file, value, lines), tuple(problems)


def _hidden_characters(text: str, file: str):
    for number, line in enumerate(text.split("\n"), 1):
        if found := _FORBIDDEN.search(line):
            char = found.group()
            name = _NAMES.get(char, f"näkymätön merkki U+{ord(char):04X}")
            remedy = "sisennä välilyönneillä" if char == "\t" else "poista merkki"
            yield Problem(file, number, f"{name} sarakkeessa {found.start() + 1}", remedy)


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    text = str(getattr(error, "problem", error))
    if "quoted scalar" in str(getattr(error, "context", "")):
        start = context.line + 1 if context else line
        return Problem(file, start, "lainausmerkki jää sulkematta", "lisää lainausmerkki arvon loppuun")
    if "mapping values are not allowed" in text:
        return Problem(file, line, "kaksoispiste keskellä tekstiä", "ympäröi koko arvo lainausmerkeillä")
    return Problem(file, line, f"YAML-rakenne on rikki ({text})", "tarkista sisennys, kaksoispisteet ja lainausmerkit")


def _build(event, events, path: Path_, lines: dict[Path_, int], problems: list[Problem], file: str) -> Any:
    _refuse_machinery(event)
    lines.setdefault(path, event.start_mark.line + 1)
    if isinstance(event, yaml.ScalarEvent):
        plain_nothing = not event.style and event.value in ("", "~", "null")
        return None if plain_nothing else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_build(event, events, (*path, len(items)), lines, problems, file))
        return items
    mapping: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        _refuse_machinery(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(event.start_mark, "kentän nimi ei ole tekstiä", "kirjoita kentän nimi yhdelle riville")
        key, line = event.value, event.start_mark.line + 1
        first = lines.get((*path, key))
        value = _build(next(events), events, (*path, key), {} if first else lines, problems, file)
        if first:
            problems.append(Problem(file, line, f'kenttä "{key}" on kahdesti (myös rivillä {first})', "poista toinen"))
            continue
        lines[(*path, key)] = line
        mapping[key] = value
    return mapping


def _refuse_machinery(event) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _Refused(event.start_mark, f"viittaus *{event.anchor} ei ole käytössä", "kirjoita arvo auki")
    if getattr(event, "anchor", None):
        raise _Refused(event.start_mark, f"ankkuri &{event.anchor} ei ole käytössä", "kirjoita arvo auki")
    if getattr(event, "tag", None):
        raise _Refused(event.start_mark, f"tyyppimerkintä {event.tag} ei ole käytössä", "poista merkintä")
