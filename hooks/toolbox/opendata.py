"""Open data under /api/v1/: the records as JSON, with licence and date inside.

Within v1 fields are added, never renamed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

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
        "payers": [_record(p) | {"address": f"kuka-maksaa/{p.id}/"} for p in c.payers.values()],
        "lookups": [_record(x) | {"address": f"mika-nyt/#{x.id}"} for x in c.lookups.values()],
        "lookalikes": [_record(x) | {"address": f"samannimiset/{x.id}/"} for x in c.lookalikes.values()],
    }
    for name, rows in groups.items():
        yield f"api/v1/{name}.json", _json(head | {name: rows})
    for row in groups["measures"]:
        yield f"api/v1/measures/{row['id']}.json", _json(head | {"measure": row})
    index = {"files": [{"name": name, "address": f"api/v1/{name}.json", "count": len(rows)} for name, rows in groups.items()]}
    yield "api/v1/index.json", _json(head | index)


def _record(record: Any) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_none=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
