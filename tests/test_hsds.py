"""The HSDS package through its own descriptor: types, required columns, keys between the tables."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
import zipfile

import pytest


@pytest.fixture(scope="module")
def package(built_site):
    with zipfile.ZipFile(built_site / "api/v1/hsds.zip") as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def tables(package):
    descriptor = json.loads(package["datapackage.json"])
    return {r["name"]: (r, list(csv.DictReader(io.StringIO(package[r["path"]])))) for r in descriptor["resources"]}


# What HSDS 3.0 asks of each table that we have.
REQUIRED = {
    "organization": {"id", "name", "description"},
    "service": {"id", "organization_id", "name", "status"},
    "taxonomy": {"id", "name", "description"},
    "taxonomy_term": {"id", "name", "description"},
    "attribute": {"id", "link_id", "taxonomy_term_id", "link_entity"},
}
FORMS = {
    ("string", "uuid"): lambda v: str(uuid.UUID(v)) == v,
    ("string", "uri"): lambda v: v.startswith("https://"),
    ("date", None): lambda v: bool(re.fullmatch(r"\d{4}-\d\d-\d\d", v)),
    ("datetime", None): lambda v: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", v)),
    ("number", None): str.isdigit,
}


def test_every_cell_is_what_the_descriptor_says(tables):
    assert set(tables) == set(REQUIRED)
    wrong = []
    for name, (resource, rows) in tables.items():
        fields = {f["name"]: f for f in resource["schema"]["fields"]}
        assert list(rows[0]) == list(fields)
        assert {n for n, f in fields.items() if f.get("constraints", {}).get("required")} == REQUIRED[name]
        assert len({row["id"] for row in rows}) == len(rows) > 0
        for row in rows:
            for column, value in row.items():
                field, limits = fields[column], fields[column].get("constraints", {})
                form = FORMS.get((field["type"], field.get("format")), lambda _: True)
                if (not value and limits.get("required")) or (value and not form(value)) or value not in limits.get("enum", [value]):
                    wrong.append((name, column, value))
    assert wrong == []


def test_every_key_leads_to_a_row(tables):
    ids = {name: {row["id"] for row in rows} for name, (_, rows) in tables.items()}
    for resource, rows in tables.values():
        for key in resource["schema"].get("foreignKeys", ()):
            assert {row[key["fields"]] for row in rows} <= ids[key["reference"]["resource"]], key


def test_the_package_has_the_measures_and_says_its_licence(package, tables, built_site):
    measures = json.loads((built_site / "api/v1/measures.json").read_text("utf-8"))["measures"]
    names = {row["name"] for row in tables["service"][1]}
    expected = {m["name"]["fi"] for m in measures if m["kind"] not in ("right", "method") and (m.get("provided_by") or m.get("decided_by"))}
    assert names == expected
    descriptor = json.loads(package["datapackage.json"])
    assert descriptor["profile"] == "tabular-data-package"
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert "CC BY 4.0" in package["LICENCE.txt"]
    # Nobody is told that a fact was assured when no one has compared it with the official source.
    assert {bool(row["assured_date"]) for row in tables["service"][1]} == {m["review"]["level"] == "verified" for m in measures}
