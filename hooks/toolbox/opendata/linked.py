"""What a page is about, for machines: schema.org as JSON-LD in the head of the page.

Only what is true is said: a way of working is not a service of an authority, and a page that asks
nothing is no page of questions. A data block is not a script, so the content security policy holds.
Addresses are relative to the page when the address of the site is not known.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..licence import ATTRIBUTION, LICENCE_URL
from ..render import relative
from ..views import Maker
from .datasets import DOWNLOADS, FOLDER

if TYPE_CHECKING:
    from .. import records as r
    from ..site import Page, Site

# An authority or a statutory insurer serves the citizen; others (employer, association, network) do not do it as government.
GOVERNMENT = ("authority", "insurer")
# Rights and ways of working are things with a definition, not services.
CONCEPTS = ("right", "method")
ORGANIZATIONS = {"authority": "GovernmentOrganization", "ngo": "NGO", "education": "EducationalOrganization", "employer": ""}
DEVELOPERS = "tietoa/kehittajille/"


def document(site: Site, page: Page) -> str:
    """The JSON-LD of a page as text for a script element, or an empty string on pages without any."""
    if not page.indexed or not page.crumbs:
        return ""

    def url(to: str) -> str:
        if site.settings.url:
            return site.settings.url + to
        return "./" if to == page.path else relative(page.path, to)

    graph = [_crumbs(page, url)]
    if thing := _thing(site, page, url):
        graph.insert(0, thing)
    value = {"@context": "https://schema.org", "@graph": graph}
    # Nothing in the data may end the element or begin another.
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )


def _crumbs(page: Page, url: Callable[[str], str]) -> dict[str, Any]:
    rows = [*((crumb.text, crumb.href) for crumb in page.crumbs), (page.title, page.path)]
    items = [{"@type": "ListItem", "position": n, "name": name, "item": url(path)} for n, (name, path) in enumerate(rows, 1)]
    # The page itself is the last one and needs no address.
    items[-1].pop("item")
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _thing(site: Site, page: Page, url: Callable[[str], str]) -> dict[str, Any] | None:
    c = site.catalogue
    folder, _, record_id = page.path.strip("/").rpartition("/")
    if page.kind == "measure":
        return _measure(site, c.measures[record_id], url)
    if page.kind == "actor":
        return _actor(c.actors[record_id], url)
    if page.kind == "term":
        term = c.terms[record_id]
        definition = Maker(c, site.today).plain(term.definition)
        return _described("DefinedTerm", term.name.fi, definition, url(page.path)) | {"inDefinedTermSet": url("sanasto/")}
    if folder == "alueet/kunnat" and record_id in c.municipalities:
        m = c.municipalities[record_id]
        return {"@type": "AdministrativeArea", "name": m.name.fi, "identifier": m.code, "url": url(page.path)}
    if page.path == DEVELOPERS:
        parts = [
            {"@type": "DataDownload", "contentUrl": url(FOLDER + name), "encodingFormat": media}
            for name, media in (("index.json", "application/json"), *((d.name, d.media) for d in DOWNLOADS[:1]))
        ]
        named = _described("Dataset", ATTRIBUTION, page.description, url(page.path))
        return named | {"license": LICENCE_URL, "dateModified": site.data_date.isoformat(), "distribution": parts}
    return None


def _described(kind: str, name: str, description: str, address: str) -> dict[str, Any]:
    return {"@type": kind, "name": name, "description": description, "url": address}


def _measure(site: Site, m: r.Measure, url: Callable[[str], str]) -> dict[str, Any]:
    c = site.catalogue
    givers = [c.actors[i] for i in dict.fromkeys((*m.decided_by, *m.provided_by)) if i in c.actors]
    public = any(a.kind in GOVERNMENT for a in givers)
    kind = "DefinedTerm" if m.kind in CONCEPTS else "GovernmentService" if public else "Service"
    made = _described(kind, m.name.fi, m.summary, url(f"keinot/{m.id}/"))
    if kind == "DefinedTerm":
        return made | {"inDefinedTermSet": url("keinot/")}
    # One who gives it is enough here; all of them are in the open data. A class of employers is nobody's organisation.
    provider = next((a for a in givers if a.kind in GOVERNMENT), next((a for a in givers if a.kind != "employer"), None))
    made["serviceType"] = c.label("kinds", m.kind)
    if provider:
        made["provider"] = {"@type": _organization(provider), "name": provider.name.fi, "url": url(f"toimijat/{provider.id}/")}
    return made


def _organization(a: r.Actor) -> str:
    return ORGANIZATIONS.get(a.kind, "Organization")


def _actor(a: r.Actor, url: Callable[[str], str]) -> dict[str, Any] | None:
    if not _organization(a):
        return None
    made = _described(_organization(a), a.name.fi, a.summary, url(f"toimijat/{a.id}/"))
    return made | ({"sameAs": a.website} if a.website else {})
