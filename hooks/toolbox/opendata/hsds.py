"""The measures as an Open Referral HSDS 3.0 data package: tables in a zip, described by a Frictionless descriptor.

HSDS is for services that an organisation delivers. A measure that nobody provides or decides has no
organisation and stays out; a right or a way of working is no service. Nothing is made up for fields
that we do not know: they are left out, and no areas, locations, phones or schedules are invented.
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..follow.feeds import NAMESPACE
from ..licence import ATTRIBUTION, LICENCE, LICENCE_URL
from ..views import Maker
from . import sheets

if TYPE_CHECKING:
    from .. import records as r
    from ..site import Site

PACKAGE = "hsds.zip"
VERSION = "3.0.0"
NO_SERVICES = ("right", "method")
STATUS = {"in-force": "active", "ended": "defunct", "upcoming": "inactive"}
TAXONOMIES = {"kinds": "Keinon laji", "needs": "Tarve", "phases": "Vaihe"}
# Table: file and columns. A column of the second list is always filled in.
TABLES: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "organization": (
        "organizations.csv",
        ("id", "name", "alternate_name", "description", "website"),
        ("id", "name", "description"),
    ),
    "service": (
        "services.csv",
        (
            "id", "organization_id", "name", "alternate_name", "description", "url", "status", "application_process",
            "eligibility_description", "minimum_age", "maximum_age", "assured_date", "last_modified",
        ),
        ("id", "organization_id", "name", "status"),
    ),
    "taxonomy": ("taxonomies.csv", ("id", "name", "description", "version"), ("id", "name", "description")),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        ("id", "code", "name", "description", "taxonomy", "language", "taxonomy_id"),
        ("id", "name", "description"),
    ),
    "attribute": (
        "attributes.csv",
        ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
        ("id", "link_id", "taxonomy_term_id", "link_entity"),
    ),
}  # fmt: skip
NUMBERS = ("minimum_age", "maximum_age")
Row = dict[str, str]


def identifier(*parts: str) -> str:
    """The same UUID for a thing in every build."""
    return str(uuid.uuid5(NAMESPACE, "/".join(("hsds", *parts))))


def package(site: Site) -> bytes:
    """The zip: descriptor, licence and tables. The same records give the same bytes."""
    tables = dict(rows(site))
    parts: dict[str, str | bytes] = {"datapackage.json": json.dumps(descriptor(site), ensure_ascii=False, indent=1) + "\n"}
    parts["LICENCE.txt"] = f"{LICENCE}: {LICENCE_URL}\n{ATTRIBUTION}, {site.data_date.isoformat()}\n"
    for name, (file, columns, _) in TABLES.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: sheets.guarded(value) for key, value in row.items()} for row in tables[name])
        parts[file] = out.getvalue()
    return sheets.packed(parts)


def giver(site: Site, m: r.Measure) -> r.Actor | None:
    """The organisation that a service belongs to: the first who provides it, else the first who decides on it."""
    actors = site.catalogue.actors
    return next((actors[i] for i in (*m.provided_by, *m.decided_by) if i in actors), None)


def rows(site: Site) -> Iterator[tuple[str, Sequence[Row]]]:
    """(table, rows) in the order of `TABLES`. A value that is not known is an empty cell."""
    c, maker, url = site.catalogue, Maker(site.catalogue, site.today), site.settings.url
    services = [m for m in c.measures.values() if m.kind not in NO_SERVICES and giver(site, m)]
    givers = {a.id: a for m in services if (a := giver(site, m))}
    yield (
        "organization",
        [
            {
                "id": identifier("organization", a.id),
                "name": a.name.fi,
                "alternate_name": "; ".join(a.synonyms),
                "description": a.summary,
                "website": a.website or "",
            }
            for a in sorted(givers.values(), key=lambda a: a.id)
        ],
    )
    yield (
        "service",
        [
            {
                "id": identifier("service", m.id),
                "organization_id": identifier("organization", giver(site, m).id),
                "name": m.name.fi,
                "alternate_name": "; ".join(m.synonyms),
                "description": m.summary,
                "url": f"{url}keinot/{m.id}/" if url else "",
                "status": STATUS[m.status],
                "application_process": " ".join(f"{step.who} {maker.plain(step.text)}" for step in m.steps),
                "eligibility_description": " ".join(maker.plain(text) for text in (*m.for_whom, *m.conditions)),
                "minimum_age": str(m.ages.min) if m.ages and m.ages.min is not None else "",
                "maximum_age": str(m.ages.max) if m.ages and m.ages.max is not None else "",
                # Assured is only what a named role has compared with the official source.
                "assured_date": m.review.date.isoformat() if m.review.level == "verified" else "",
                "last_modified": f"{m.review.date.isoformat()}T00:00:00Z",
            }
            for m in services
        ],
    )
    yield (
        "taxonomy",
        [
            {"id": identifier("taxonomy", group), "name": name, "description": f"{name}: {ATTRIBUTION}", "version": "1"}
            for group, name in TAXONOMIES.items()
        ],
    )
    yield (
        "taxonomy_term",
        [
            {
                "id": identifier("term", group, entry.code),
                "code": entry.code,
                "name": entry.label,
                "description": entry.hint or entry.label,
                "taxonomy": TAXONOMIES[group],
                "language": "fi",
                "taxonomy_id": identifier("taxonomy", group),
            }
            for group in TAXONOMIES
            for entry in getattr(c.vocabulary, group)
        ],
    )
    yield (
        "attribute",
        [
            {
                "id": identifier("attribute", m.id, group, code),
                "link_id": identifier("service", m.id),
                "taxonomy_term_id": identifier("term", group, code),
                "link_type": TAXONOMIES[group],
                "link_entity": "service",
                "value": c.label(group, code),
            }
            for m in services
            for group, codes in (("kinds", (m.kind,)), ("needs", m.needs), ("phases", m.phases))
            for code in codes
        ],
    )


def descriptor(site: Site) -> dict:
    """The description of the tables (Frictionless tabular data package) with keys between them."""
    keys = {
        "service": [("organization_id", "organization")],
        "taxonomy_term": [("taxonomy_id", "taxonomy")],
        "attribute": [("taxonomy_term_id", "taxonomy_term"), ("link_id", "service")],
    }
    resources = []
    for name, (file, columns, filled) in TABLES.items():
        fields = [_field(column, column in filled) for column in columns]
        foreign = [{"fields": field, "reference": {"resource": to, "fields": "id"}} for field, to in keys.get(name, ())]
        schema = {"primaryKey": "id", "fields": fields, **({"foreignKeys": foreign} if foreign else {})}
        form = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        resources.append({"name": name, "path": file, **form, "schema": schema})
    return {
        "name": "human_services_data",
        "title": f"{ATTRIBUTION}: palvelut ja etuudet (HSDS {VERSION})",
        "profile": "tabular-data-package",
        "version": VERSION,
        "homepage": site.settings.url or "https://docs.openreferral.org/",
        "licenses": [{"name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_URL}],
        "sources": [{"title": ATTRIBUTION}],
        "created": f"{site.data_date.isoformat()}T00:00:00Z",
        "resources": resources,
    }


def _field(name: str, filled: bool) -> dict:
    kind = "number" if name in NUMBERS else "date" if name == "assured_date" else "datetime" if name == "last_modified" else "string"
    form = {"format": "uuid"} if name == "id" or name.endswith("_id") else {"format": "uri"} if name in ("url", "website") else {}
    limits = {"required": True} if filled else {}
    if name == "id":
        limits["unique"] = True
    if name == "status":
        limits["enum"] = ["active", "inactive", "defunct", "temporarily closed"]
    return {"name": name, "type": kind, **form, **({"constraints": limits} if limits else {})}
