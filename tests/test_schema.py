"""The generated files agree with the records, and the schemas with the data."""

from __future__ import annotations

import json

import jsonschema
import pytest

from toolbox import schema
from toolbox.catalogue import SORTS
from toolbox.reader import read_file


def test_schemas_and_field_guide_are_up_to_date(project_root):
    assert schema.out_of_date(project_root) == ()


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.file)
def test_the_schema_accepts_what_the_records_accept(project_root, sort):
    """Editors see the same verdict while they type; numbers and flags are text in our reader."""
    whole = json.loads((project_root / "data/schema" / sort.schema).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(whole)
    document, problems = read_file(project_root / "data" / sort.file, sort.file)
    assert problems == ()
    assert [str(e.message)[:200] for e in jsonschema.Draft202012Validator(whole).iter_errors(_typed(document.value))] == []


def _typed(value):
    """The text values as YAML 1.2 would type them for an editor: plain numbers become numbers."""
    if isinstance(value, dict):
        return {key: _typed_field(key, one) for key, one in value.items() if one is not None}
    return [_typed(one) for one in value] if isinstance(value, list) else value


def _typed_field(key, value):
    if key in ("min", "max", "count", "months", "minutes") and isinstance(value, str):
        return int(value)
    if key == "population":
        return {**value, "value": int(value["value"])}
    if value in ("true", "false"):
        return value == "true"
    return _typed(value)


def test_every_field_has_a_finnish_title_and_description():
    for name, text in schema.schemas():
        whole = json.loads(text)
        for record in [whole, *whole["$defs"].values()]:
            for field, info in record.get("properties", {}).items():
                if name != "vocabulary.schema.json" and record is not whole:
                    assert info.get("title"), (name, field)
                    assert info.get("description"), (name, field)


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.file)
def test_each_file_begins_with_its_schema_line(project_root, sort):
    first = (project_root / "data" / sort.file).read_text("utf-8").splitlines()[0]
    folder = "../schema" if "/" in sort.file else "schema"
    assert first == f"# yaml-language-server: $schema={folder}/{sort.schema}"
