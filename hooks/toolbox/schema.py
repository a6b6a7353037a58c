"""JSON Schemas of the data files and the field guide, made from the records."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from . import records
from .catalogue import SORTS
from .problems import Problem

GUIDE = Path("docs") / "tietoa" / "kentat.md"


def schemas() -> Iterator[tuple[str, str]]:
    """(file name, JSON text) of the schema of each data file."""
    for sort in SORTS:
        definition = TypeAdapter(sort.record).json_schema(ref_template="#/$defs/{model}")
        nested = definition.pop("$defs", {})
        whole = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": sort.file,
            "type": "object",
            "additionalProperties": False,
            "required": [sort.key],
            "properties": {sort.key: {"type": "array", "items": definition}},
            "$defs": nested,
        }
        yield sort.schema, json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **TypeAdapter(records.Vocabulary).json_schema()}
    yield "vocabulary.schema.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def field_guide() -> str:
    """The guide to the fields as a page of the site, from the same records."""
    lines = [
        "---",
        "title: Kenttäopas",
        "description: Tietojen kentät, niiden merkitys ja sallitut arvot.",
        "---",
        "",
        "# Kenttäopas",
        "",
        "Tämä sivu syntyy tietueiden määrittelystä. Pakolliset kentät on merkitty. Muut saa jättää pois.",
        "",
    ]
    for sort in SORTS:
        for record in (sort.record, *_nested(sort.record)):
            anchor = f"{sort.label[0].upper()}{sort.label[1:]}" if record is sort.record else record.__name__
            where = f"Tiedosto `data/{sort.file}`." if record is sort.record else f"Osa tietuetta {sort.label}."
            lines += [
                f"## {anchor} ({record.__name__})" if record is sort.record else f"### {sort.label}: {record.__name__}",
                "",
                f"{(record.__doc__ or '').strip()} {where}",
                "",
                "| Kenttä | Nimi | Selitys | Pakollinen |",
                "|---|---|---|---|",
            ]
            for name, info in record.model_fields.items():
                options = _options(info.annotation)
                allowed = " Arvot: " + ", ".join(f"`{o}`" for o in options) + "." if options else ""
                lines.append(f"| `{name}` | {info.title} | {info.description}{allowed} | {'kyllä' if info.is_required() else ''} |")
            lines.append("")
    return "\n".join(lines)


def _nested(record: type[BaseModel]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    for info in record.model_fields.values():
        for inner in _records_in(info.annotation):
            if inner not in found:
                found += [inner, *[other for other in _nested(inner) if other not in found]]
    return list(dict.fromkeys(found))


def _records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)


def _options(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) in (tuple, Union, types.UnionType):
        return next((options for part in get_args(annotation) if (options := _options(part))), ())
    return ()


def _expected(root: Path) -> Iterator[tuple[Path, str]]:
    for name, content in schemas():
        yield root / "data" / "schema" / name, content
    yield root / GUIDE, field_guide()


def write(root: Path) -> None:
    """Write the schemas and the field guide into the project."""
    for path, content in _expected(root):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def out_of_date(root: Path) -> tuple[Problem, ...]:
    """A problem for each generated file that no longer agrees with the records."""
    return tuple(
        Problem(path.relative_to(root).as_posix(), 0, "tiedosto ei vastaa tietueita", "aja: make schema")
        for path, content in _expected(root)
        if not path.exists() or path.read_text("utf-8") != content
    )
