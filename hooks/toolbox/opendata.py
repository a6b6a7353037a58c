"""Open data under /api/v1/: the records as JSON, with licence and date inside.

Within v1 fields are added, never renamed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import municipal_table, search

if TYPE_CHECKING:
    from .site import Site

LICENCE = "CC BY 4.0"
ATTRIBUTION = "Kaikki keinot käyttöön"


def files(site: Site) -> Iterator[tuple[str, str]]:
    """(address, JSON text) of every data file."""
    c, data_date = site.catalogue, site.data_date.isoformat()
    head = {"licence": LICENCE, "attribution": ATTRIBUTION, "data_date": data_date}
    groups: Mapping[str, list[Any]] = {
        "measures": [_record(m) | {"address": f"keinot/{m.id}/"} for m in c.measures.values()],
        "actors": [_record(a) | {"address": f"toimijat/{a.id}/"} for a in c.actors.values()],
        "figures": [_record(f) for f in c.figures.values()],
        "glossary": [_record(t) | {"address": f"sanasto/{t.id}/"} for t in c.terms.values()],
        "combinations": [_record(p) for p in c.combinations.values()],
        "changes": [_record(ch) for ch in c.changes.values()],
        **_regions(site),
        "payers": [_record(p) | {"address": f"kuka-maksaa/{p.id}/"} for p in c.payers.values()],
        "lookups": [_record(x) | {"address": f"mika-nyt/#{x.id}"} for x in c.lookups.values()],
        "lookalikes": [_record(x) | {"address": f"samannimiset/{x.id}/"} for x in c.lookalikes.values()],
        "learning": [_record(m) | {"address": f"opi/{m.id}/"} for m in c.modules.values()],
        "questions": [_record(q) | {"address": f"opi/testi/{q.module}/#{q.id}"} for q in c.questions.values()],
        "cases": [_record(x) | {"address": f"opi/tapaukset/{x.id}/"} for x in c.cases.values()],
    }
    sources = [_record(s) for s in c.region_sources.values()]
    for name, rows in groups.items():
        own = {"attribution": REGION_ATTRIBUTION, "sources": sources} if name in ("municipalities", "areas") else {}
        yield f"api/v1/{name}.json", _json(head | own | {name: rows})
    for row in groups["measures"]:
        yield f"api/v1/measures/{row['id']}.json", _json(head | {"measure": row})
    yield "api/v1/municipalities.csv", municipal_table.table(c, site.today)
    yield "api/v1/municipality-names.json", _json(site.regions.names())
    yield "api/v1/search.json", _json(search.index(c, site, site.regions.search_entries()))
    index = {"files": [{"name": name, "address": f"api/v1/{name}.json", "count": len(rows)} for name, rows in groups.items()]}
    yield "api/v1/index.json", _json(head | index)


REGION_ATTRIBUTION = (
    f"{ATTRIBUTION}. Aluejaot ja väestö: Tilastokeskus, CC BY 4.0. "
    "Vesirajanaapurit: Maanmittauslaitos, CC BY 4.0. Verkkosivut: Wikidata, CC0."
)


def _regions(site: Site) -> Mapping[str, list[Any]]:
    """Municipalities and areas as of the day of the build, each with the other."""
    regions, c = site.regions, site.catalogue
    return {
        "municipalities": [
            _record(m)
            | {
                "address": f"alueet/kunnat/{m.id}/",
                "areas": {kind: area.id for kind, area in regions.areas_of.get(m.id, {}).items()},
            }
            for m in c.municipalities.values()
        ],
        "areas": [
            _record(a) | {"address": regions.area_link(a).href, "municipalities": [m.id for m in regions.members.get(a.id, ())]}
            for a in c.areas.values()
        ],
    }


def _record(record: Any) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_none=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
