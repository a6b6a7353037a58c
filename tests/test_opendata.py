"""The open data as others read it: through schema validators, table readers and a JSON-LD parser."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from urllib.request import urlopen

import openpyxl
import pytest
from conftest import TODAY
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from rdflib import Graph, URIRef

from toolbox import publish
from toolbox.opendata import datasets as opendata
from toolbox.opendata import sheets
from toolbox.site import Settings

DAY = date.fromisoformat(TODAY)
# Bytes of the whole of /api/v1/, and of its largest file.
ALL, LARGEST = 8_000_000, 2_500_000


@pytest.fixture(scope="module")
def api(built_site):
    return built_site / "api/v1"


def read(path):
    return json.loads(path.read_text("utf-8"))


def closed(schema):
    """The same schema with every object closed, so that a field it does not know is found."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made


def test_every_file_fits_its_published_schema(api):
    index = read(api / "index.json")
    assert [row["name"] for row in index["files"]] == [one.name for one in opendata.DATASETS]
    for row in index["files"]:
        content = read(api / f"{row['name']}.json")
        schema = read(api.parent.parent / row["schema"])
        Draft202012Validator.check_schema(schema)
        errors = [f"{row['name']} {e.json_path}: {e.message[:120]}" for e in Draft202012Validator(closed(schema)).iter_errors(content)]
        assert errors == []
        assert content["schema"] == f"schema/{row['name']}.schema.json"
        assert len(content[row["name"]]) == row["count"]
        # The ids of other registers are filled in only when somebody has seen them there.
        assert row["count"] > 0 or row["name"] == "crosswalk"
    for path in (api / "index.json", api / "vocabulary.json", *sorted((api / "measures").glob("*.json"))[:5]):
        content = read(path)
        Draft202012Validator(closed(read((path.parent / content["schema"]).resolve()))).validate(content)


def test_a_schema_refuses_what_is_not_so(api):
    content, schema = read(api / "figures.json"), read(api / "schema/figures.schema.json")
    for broken in ({"figures": [{"id": "x"}]}, {"figures": None}, {"licence": "oma"}):
        assert not Draft202012Validator(schema).is_valid(content | broken), broken


def test_every_file_says_its_licence_its_source_and_its_day(api):
    heads = {"licence", "licence_url", "attribution", "data_date", "schema"}
    plain = {"search.json", "municipality-names.json", "openapi.json", "csv-metadata.json"}
    for path in api.glob("*.json"):
        assert path.name in plain or heads <= set(read(path)), path.name
    for name in ("measures", "actors", "figures", "combinations"):
        rows = list(csv.DictReader(io.StringIO((api / f"{name}.csv").read_text("utf-8"))))
        assert all(row["lisenssi"].startswith("CC BY 4.0; Kaikki keinot") for row in rows), name
    assert read(api / "openapi.json")["info"]["license"]["name"] == "CC BY 4.0"
    assert "licenses/by/4.0" in json.dumps(read(api / "csv-metadata.json"))


def test_everything_in_the_index_is_there_and_everything_there_is_described(api):
    index = read(api / "index.json")
    named = {row["address"] for row in (*index["files"], *index["downloads"])}
    assert [address for address in named if not (api.parent.parent / address).is_file()] == []
    own = {"api/v1/index.json", "api/v1/search.json", "api/v1/municipality-names.json"}
    assert {f"api/v1/{path.name}" for path in api.iterdir() if path.is_file()} == named | own


def test_the_description_of_the_whole_is_valid_openapi(api):
    description = read(api / "openapi.json")
    assert [str(e) for e in OpenAPIV31SpecValidator(description, base_uri=(api / "openapi.json").as_uri()).iter_errors()] == []
    for path, operations in description["paths"].items():
        example = operations["get"].get("parameters", [{}])[0].get("example", "")
        assert (api / path[1:].replace("{id}", example)).is_file(), path


def test_the_size_is_bounded(api):
    sizes = {path: path.stat().st_size for path in api.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= ALL
    assert max(sizes.values()) <= LARGEST


def test_two_builds_give_the_same_bytes(project_root, built_site):
    """The built site comes of a process of its own: nothing may hang on the order of a set."""
    made = publish.data_files(publish.site(project_root, DAY, Settings())[0])
    assert [path for path, content in made.items() if (built_site / path).read_bytes() != (content if isinstance(content, bytes) else content.encode())] == []


@pytest.mark.parametrize("cell", ["=1+1", "+358", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(cell):
    assert next(csv.reader(io.StringIO(sheets.as_csv([[cell]])))) == [f"'{cell}"]
    book = openpyxl.load_workbook(io.BytesIO(sheets.workbook([("Taulu", [["otsikko"], [cell]])])))
    made = book["Taulu"]["A2"]
    assert (made.value, made.data_type, made.quotePrefix) == (cell, "s", True)


def test_the_spreadsheet_opens_and_has_what_the_data_has(api):
    book = openpyxl.load_workbook(api / "kaikki-keinot.xlsx")
    assert book.sheetnames == ["Tietoja", "Keinot", "Toimijat", "Luvut", "Yhdistelmät", "Kunnat"]
    about = " ".join(str(row[0]) for row in book["Tietoja"].values if row[0])
    assert "CC BY 4.0" in about
    assert "Tilastokeskus" in about
    rows = list(book["Keinot"].values)
    measures = read(api / "measures.json")["measures"]
    assert [row[:2] for row in rows[1:]] == [(m["id"], m["name"]["fi"]) for m in measures]
    table = list(csv.reader(io.StringIO((api / "measures.csv").read_text("utf-8"))))
    assert [len(row) for row in table] == [len(rows[0]) + 1] * len(rows)
    assert next(row for row in book["Kunnat"].values if row[0] == "salo")[5] == "Varsinais-Suomen hyvinvointialue"


# --- the pages ---------------------------------------------------------------------------


class Blocks(HTMLParser):
    """The JSON-LD blocks of a page."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data):
        if self.inside:
            self.found.append(data)

    def handle_endtag(self, _tag):
        self.inside = False


def linked(built_site, address):
    parser = Blocks()
    parser.feed((built_site / address / "index.html").read_text("utf-8"))
    return parser.found


SCHEMA = "https://schema.org/"
PAGES = (
    ("keinot/sairauspaivaraha/", "GovernmentService", "Sairauspäiväraha"),
    ("toimijat/kela/", "GovernmentOrganization", "Kela"),
    ("sanasto/tyokyky/", "DefinedTerm", "työkyky"),
    ("alueet/kunnat/salo/", "AdministrativeArea", "Salo"),
    ("tietoa/kehittajille/", "Dataset", "Kaikki keinot käyttöön"),
)


# The parser itself still uses what its next version leaves out.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("address", "kind", "name"), PAGES)
def test_an_independent_parser_reads_the_page_as_its_kind_of_thing(built_site, address, kind, name):
    (block,) = linked(built_site, address)
    value = json.loads(block)
    assert value.pop("@context") == "https://schema.org"
    # The vocabulary of the context as such: a test asks nothing of the net.
    graph = Graph().parse(data=json.dumps(value | {"@context": {"@vocab": SCHEMA}}), format="json-ld", publicID=f"https://site/{address}")
    things = list(graph.subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(SCHEMA + kind)))
    assert len(things) >= 1
    assert name.casefold() in {str(v).casefold() for thing in things for v in graph.objects(thing, URIRef(SCHEMA + "name"))}
    assert graph.query(f"ASK {{ ?x a <{SCHEMA}BreadcrumbList> }}").askAnswer


def test_the_blocks_are_small_and_end_nothing(built_site):
    blocks = {path.parent.name: linked(built_site, path.parent) for path in sorted((built_site / "keinot").glob("*/index.html"))}
    assert all(len(block.encode()) <= 1_000 for found in blocks.values() for block in found)
    assert not any(re.search("[<>&]", block) for found in blocks.values() for block in found)
    assert sum(bool(found) for found in blocks.values()) > 250


def test_a_data_block_does_not_break_the_policy(site_server, new_page):
    """`new_page` fails the test when the policy stops something or the console has an error."""
    page = new_page()
    for address, *_ in PAGES:
        page.goto(site_server + address)
        assert page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)['@graph'].length") >= 1


# --- the examples ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def examples(project_root):
    """The code blocks of the page for developers by heading, and the text after each."""
    body = (project_root / "docs/tietoa/kehittajille.md").read_text("utf-8")
    parts = re.split(r"^### (.+)\n", body, flags=re.MULTILINE)[1:]
    found = {}
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        code = re.search(r"(?:^(?:    .*)?\n)+", part, re.MULTILINE)
        lines = [line.removeprefix("    ") for line in part.splitlines() if line.startswith("    ") or not line]
        assert code, name
        told = re.search(r"^(?:Vastaus alkaa|Tulos): `(.+)`$", part, re.MULTILINE)
        found[name] = "\n".join(lines).strip(), told.group(1) if told else ""
    return found


def test_the_curl_example_gives_what_the_page_says(site_server, examples):
    command, told = examples["Komentorivi"]
    words = command.replace("https://sivusto.example/", site_server).split()
    if shutil.which("curl"):
        answer = subprocess.run(words, capture_output=True, text=True, check=True, timeout=30).stdout
    else:
        answer = urlopen(words[-1]).read().decode()  # noqa: S310 - our own server
    assert told
    assert answer.startswith(told)


def test_the_python_example_gives_what_the_page_says(site_server, examples):
    program, told = examples["Python"]
    program = program.replace("https://sivusto.example/", site_server)
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert answer.stdout.strip() == told


def test_the_javascript_example_runs_in_a_browser(site_server, examples, new_page):
    program, _ = examples["JavaScript"]
    page = new_page()
    page.goto(site_server + "tietoa/lisenssit/")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate(f"(async () => {{ {program.replace('https://sivusto.example/', site_server)} }})()")
    assert re.fullmatch(r"\d+ keinoa, joista Kela päättää\. Kaikki keinot käyttöön, \d{4}-\d\d-\d\d\.", said[0])


def test_the_page_for_developers_names_every_data_set(project_root):
    body = (project_root / "docs/tietoa/kehittajille.md").read_text("utf-8")
    assert [one.name for one in opendata.DATASETS if f"(/api/v1/{one.name}.json)" not in body] == []
    assert [d.name for d in opendata.DOWNLOADS if f"(/api/v1/{d.name})" not in body] == []
