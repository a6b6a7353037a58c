"""Open data under /api/v1/: the records as JSON, with their schemas, licence and date.

Within v1 fields are added, never renamed or removed. A data set is named once, in `DATASETS`;
its file, its schema, its row in the index and its path in the OpenAPI description follow from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter

from .. import records as r
from .. import search
from ..learn import records as lr
from ..licence import ATTRIBUTION, LICENCE, LICENCE_URL, REGION_ATTRIBUTION, json_text
from ..regions import records as rr
from ..regions import table as municipal_table
from ..toolkit import records as tr
from . import graph, hsds, sheets
from . import records as rel

if TYPE_CHECKING:
    from ..site import Site

FOLDER = "api/v1/"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TEXT = {"type": "string"}
_ADDRESS = {"address": {"type": "string", "description": "Sivun osoite sivuston juuresta."}}
_IDS = {"type": "array", "items": {"type": "string", "pattern": r.ID_PATTERN}}


def _record(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_none=True)


def _at(folder: str) -> Callable[[Site, Any], dict[str, Any]]:
    return lambda _site, record: {"address": f"{folder}{record.id}/"}


def _municipality(site: Site, m: rr.Municipality) -> dict[str, Any]:
    areas = site.regions.areas_of.get(m.id, {})
    return {"address": f"alueet/kunnat/{m.id}/", "areas": {kind: area.id for kind, area in areas.items()}}


def _area(site: Site, a: rr.Area) -> dict[str, Any]:
    regions = site.regions
    return {"address": regions.area_link(a).href, "municipalities": [m.id for m in regions.members.get(a.id, ())]}


@dataclass(frozen=True)
class Dataset:
    """One published list of records.

    `name` is its file and the key of the list, `key` its group in the catalogue. `more` gives the
    fields that are not in the record itself; `added` is their schema.
    """

    name: str
    key: str
    title: str
    record: type[BaseModel]
    more: Callable[[Site, Any], dict[str, Any]] = lambda _site, _record: {}
    added: Mapping[str, Any] | None = None
    regional: bool = False

    def rows(self, site: Site) -> list[dict[str, Any]]:
        """The records as plain values, in the order of their file."""
        return [_record(record) | self.more(site, record) for record in getattr(site.catalogue, self.key).values()]


DATASETS = (
    Dataset("measures", "measures", "Keinot", r.Measure, _at("keinot/"), _ADDRESS),
    Dataset("actors", "actors", "Toimijat", r.Actor, _at("toimijat/"), _ADDRESS),
    Dataset("situations", "situations", "Tilanteet polkuineen", r.Situation, _at("tilanteet/"), _ADDRESS),
    Dataset("figures", "figures", "Rahamäärät ja rajat voimassaoloineen", r.Figure),
    Dataset("glossary", "terms", "Sanasto", r.Term, _at("sanasto/"), _ADDRESS),
    Dataset("combinations", "combinations", "Kahden keinon suhteet", r.Combination),
    Dataset("changes", "changes", "Muutokset palvelujärjestelmässä", r.Reform),
    Dataset(
        "municipalities", "municipalities", "Kunnat ja niiden alueet", rr.Municipality, _municipality,
        _ADDRESS | {"areas": {"type": "object", "additionalProperties": _TEXT, "description": "Alue lajeittain tietojen päivänä."}},
        regional=True,
    ),
    Dataset(
        "areas", "areas", "Alueet ja niiden kunnat", rr.Area, _area,
        _ADDRESS | {"municipalities": _IDS | {"description": "Kunnat tietojen päivänä."}},
        regional=True,
    ),
    Dataset("payers", "payers", "Maksajien järjestys", tr.PayerOrder, _at("kuka-maksaa/"), _ADDRESS),
    Dataset(
        "lookups", "lookups", "Vanhat nimet, lomakkeet ja lyhenteet", tr.Lookup,
        lambda _site, x: {"address": f"mika-nyt/#{x.id}"}, _ADDRESS,
    ),
    Dataset("lookalikes", "lookalikes", "Samannimiset", tr.Lookalike, _at("samannimiset/"), _ADDRESS),
    Dataset("learning", "modules", "Oppimispolun moduulit", lr.Module, _at("opi/"), _ADDRESS),
    Dataset(
        "questions", "questions", "Itsetestin kysymykset", lr.Question,
        lambda _site, q: {"address": f"opi/testi/{q.module}/#{q.id}"}, _ADDRESS,
    ),
    Dataset("cases", "cases", "Harjoitustapaukset", lr.Case, _at("opi/tapaukset/"), _ADDRESS),
    Dataset("acts", "acts", "Säädökset", r.Act),
    Dataset("appeals", "appeals", "Muutoksenhaun reitit", r.Appeal),
    Dataset("releases", "releases", "Tietojen versiot ja niiden muutokset", rel.Release),
    Dataset("crosswalk", "crosswalk", "Tunnukset muissa rekistereissä (PTV, Finto)", rel.Crosswalk),
    Dataset("calculators", "calculators", "Päivälaskurien säännöt", r.Calculator),
)  # fmt: skip


@dataclass(frozen=True)
class Download:
    """A file in another form than a JSON list of records."""

    name: str
    media: str
    title: str


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNLOADS = (
    Download(sheets.WORKBOOK, XLSX, "Taulukkotiedosto: keinot, toimijat, luvut, yhdistelmät ja kunnat"),
    *(Download(f"{name}.csv", "text/csv", f"{title}, CSV") for name, title, _ in sheets.TABLES),
    Download("csv-metadata.json", "application/json", "CSV-tiedostojen sarakkeet ja lisenssi (CSV on the Web)"),
    Download(graph.TURTLE, "text/turtle", "Julkiset palvelut graafina (CPSV-AP 3.2, Turtle)"),
    Download(graph.JSON_LD, "application/ld+json", "Julkiset palvelut graafina (CPSV-AP 3.2, JSON-LD)"),
    Download(hsds.PACKAGE, "application/zip", "Palvelut ja etuudet tietopakettina (Open Referral HSDS 3.0)"),
    Download("vocabulary.json", "application/json", "Koodien suomenkieliset nimet"),
    Download("openapi.json", "application/json", "Rajapinnan kuvaus (OpenAPI 3.1)"),
)


def files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """(address, content) of every data file. The same records give the same bytes."""
    c = site.catalogue
    sources = [_record(s) for s in c.region_sources.values()]
    index = []
    for one in DATASETS:
        rows = one.rows(site)
        own = {"attribution": REGION_ATTRIBUTION, "sources": sources} if one.regional else {}
        yield f"{FOLDER}{one.name}.json", json_text(head(site, one.name) | own | {one.name: rows})
        yield f"{FOLDER}schema/{one.name}.schema.json", json_text(list_schema(one))
        index.append(
            {
                "name": one.name,
                "title": one.title,
                "address": f"{FOLDER}{one.name}.json",
                "schema": f"{FOLDER}schema/{one.name}.schema.json",
                "count": len(rows),
            }
        )
        if one.name == "measures":
            for row in rows:
                yield f"{FOLDER}measures/{row['id']}.json", json_text(head(site, "measure", "../") | {"measure": row})
    yield f"{FOLDER}schema/measure.schema.json", json_text(one_schema(DATASETS[0]))
    yield f"{FOLDER}vocabulary.json", json_text(head(site, "vocabulary") | {"vocabulary": _record(c.vocabulary)})
    yield f"{FOLDER}schema/vocabulary.schema.json", json_text(_envelope("vocabulary", _shape(r.Vocabulary)))
    for name, content in sheets.files(site):
        yield f"{FOLDER}{name}", content
    yield f"{FOLDER}municipalities.csv", municipal_table.table(c, site.today)
    yield f"{FOLDER}municipality-names.json", json_text(site.regions.names())
    yield f"{FOLDER}search.json", json_text(search.packed(search.index(c, site, site.regions.search_entries())))
    for name, content in graph.files(site):
        yield f"{FOLDER}{name}", content
    yield FOLDER + hsds.PACKAGE, hsds.package(site)
    yield f"{FOLDER}openapi.json", json_text(openapi(site))
    downloads = [{"name": d.name, "title": d.title, "address": FOLDER + d.name, "type": d.media} for d in DOWNLOADS]
    yield f"{FOLDER}index.json", json_text(head(site, "index") | {"files": index, "downloads": downloads})
    yield f"{FOLDER}schema/index.schema.json", json_text(_index_schema())


def head(site: Site, name: str, up: str = "") -> dict[str, Any]:
    """What every file begins with: its schema (relative to the file), the licence and the date of the data."""
    return {
        "schema": f"{up}schema/{name}.schema.json",
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "attribution": ATTRIBUTION,
        "data_date": site.data_date.isoformat(),
    }


# --- schemas -----------------------------------------------------------------------------


def _shape(record: type[BaseModel], added: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The schema of a published record. Open to new fields: within v1 they may come."""
    shape = TypeAdapter(record).json_schema(mode="serialization", ref_template="#/$defs/{model}")
    if added:
        shape["properties"] = {**shape["properties"], **added}
        shape["required"] = [*shape.get("required", ()), *added]
    return _opened(shape)


def _opened(shape: Any) -> Any:
    """Without the editors' own terms: unknown fields are allowed, and what is missing is left out, never null."""
    if isinstance(shape, list):
        return [_opened(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if "anyOf" in shape and {"type": "null"} in shape["anyOf"]:
        kept = [part for part in shape["anyOf"] if part != {"type": "null"}]
        rest = {key: value for key, value in shape.items() if key not in ("anyOf", "default")}
        shape = rest | (kept[0] if len(kept) == 1 else {"anyOf": kept})
    left_out = shape.get("additionalProperties") is False
    return {key: _opened(value) for key, value in shape.items() if not (left_out and key == "additionalProperties")}


def _envelope(key: str, value: Mapping[str, Any], title: str = "", more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The schema of a whole file whose content is under `key`."""
    value = dict(value)
    definitions = value.pop("$defs", None) or value.get("items", {}).pop("$defs", None)
    fields = {
        "schema": _TEXT | {"description": "Tämän tiedoston skeema, osoite tiedostosta katsoen."},
        "licence": {"const": LICENCE},
        "licence_url": {"const": LICENCE_URL},
        "attribution": _TEXT | {"description": "Mainitse tämä lähteenä."},
        "data_date": {"type": "string", "format": "date", "description": "Viimeisimmän tarkistuksen päivä."},
    }
    return {
        "$schema": DRAFT,
        "title": title or key,
        "type": "object",
        "required": [*fields, key],
        "properties": {**fields, **(more or {}), key: value},
        **({"$defs": definitions} if definitions else {}),
    }


def list_schema(one: Dataset) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a data set's file."""
    sources = _shape(rr.RegionSource)
    more = {"sources": {"type": "array", "items": sources}} if one.regional else None
    return _envelope(one.name, {"type": "array", "items": _shape(one.record, one.added)}, one.title, more)


def one_schema(one: Dataset) -> dict[str, Any]:
    """The JSON Schema of the file of one record."""
    return _envelope("measure", _shape(one.record, one.added), "Yksi keino")


def _index_schema() -> dict[str, Any]:
    row = lambda **fields: {"type": "object", "required": list(fields), "properties": fields}  # noqa: E731
    file = row(name=_TEXT, title=_TEXT, address=_TEXT, schema=_TEXT, count={"type": "integer", "minimum": 0})
    download = row(name=_TEXT, title=_TEXT, address=_TEXT, type=_TEXT)
    more = {"downloads": {"type": "array", "items": download}}
    return _envelope("files", {"type": "array", "items": file}, "Mitä rajapinnassa on", more)


# --- the description of the whole --------------------------------------------------------


def openapi(site: Site) -> dict[str, Any]:
    """An OpenAPI 3.1 description. Plain files, so every operation is a GET without parameters but one."""
    answer = lambda media, schema: {  # noqa: E731
        "200": {"description": "Tiedosto", "content": {media: {"schema": schema}}},
        "404": {"description": "Tiedostoa ei ole"},
    }
    schema = lambda name: {"$ref": f"schema/{name}.schema.json"}  # noqa: E731
    # The examples of the description are true: the first measure there is.
    example = next(iter(site.catalogue.measures), "palkkatuki")
    paths: dict[str, Any] = {
        "/index.json": {"get": {"operationId": "index", "summary": "Mitä on", "responses": answer("application/json", schema("index"))}}
    }
    for one in DATASETS:
        operation = {"operationId": one.name, "summary": one.title, "responses": answer("application/json", schema(one.name))}
        paths[f"/{one.name}.json"] = {"get": operation}
    identifier = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "Keinon tunnus, sama kuin sivun osoitteessa. Ei muutu koskaan.",
        "schema": {"type": "string", "pattern": r.ID_PATTERN},
        "example": example,
    }
    paths["/measures/{id}.json"] = {
        "get": {
            "operationId": "measure",
            "summary": "Yksi keino",
            "parameters": [identifier],
            "responses": answer("application/json", schema("measure")),
        }
    }
    for d in DOWNLOADS:
        if d.name == "openapi.json":
            continue
        shape = schema("vocabulary") if d.name == "vocabulary.json" else {} if d.media == "application/json" else _TEXT
        operation = {"operationId": d.name.replace(".", "-"), "summary": d.title, "responses": answer(d.media, shape)}
        paths[f"/{d.name}"] = {"get": operation}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kaikki keinot käyttöön: avoin data",
            "summary": "Työkyvyn tuen keinot, toimijat, alueet ja muutokset.",
            "description": "Tiedostoja, ei palvelinta: ei tunnuksia, ei rajoja, ei evästeitä. "
            "Version v1 aikana kenttiä lisätään mutta ei nimetä uudelleen eikä poisteta.",
            "version": f"1.{site.data_date:%Y%m%d}.0",
            "license": {"name": LICENCE, "url": LICENCE_URL},
        },
        "servers": [{"url": f"{site.settings.url}api/v1" if site.settings.url else "."}],
        "paths": paths,
    }
