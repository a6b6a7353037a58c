"""The pages of the regions: the index, municipalities, areas of each kind and the coverage of contacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import wording
from ..views import LinkView, SectionView
from . import records as rr
from .table import AREA_COLUMNS
from .views import COVERAGE, INDEX, MUNICIPALITIES, PARAMETER, Regions

if TYPE_CHECKING:
    from ..site import Page, _Pages

HERE = "KUNTA-TASSA"
STATES = {"known": "Tiedossa", "unsure": "Vahvistamatta", "unknown": "Ei tiedossa"}


@dataclass(frozen=True)
class RegionPages:
    """Makes the pages of the regions with the tools of `site`; `make` is its Page."""

    site: _Pages
    regions: Regions
    make: Callable[..., Page]

    @property
    def c(self):
        return self.site.c

    def all(self) -> Iterator[Page]:
        if not self.regions.municipalities:
            return
        yield self.index()
        yield self.list()
        yield self.coverage()
        for kind in AREA_COLUMNS:
            if self.regions.present(kind):
                yield self.kind(kind)
        for area in self.c.areas.values():
            yield self.area(area) if area.id in self.regions.members else self.ended_area(area)
        for m in self.c.municipalities.values():
            yield self.municipality(m) if m.id in self.regions.areas_of else self.other_municipality(m)

    # --- helpers -----------------------------------------------------------------------------

    def page(self, path: str, title: str, description: str, template: str, view: Mapping[str, Any], **more: Any) -> Page:
        html = self.site.draw(template, path, view, **({"place": more["place"]} if "place" in more else {}))
        return self.make(path, title, description, "alueet", html, modified=self.dated, **more)

    @cached_property
    def dated(self):
        return max(s.dated for s in self.c.region_sources.values()) if self.c.region_sources else None

    def sources(self, *covers: str) -> list[dict]:
        """The shared sources of some sorts of facts."""
        return [
            {
                "title": f"{s.publisher}: {s.title}",
                "href": s.url or "",
                "licence": s.licence,
                "dated": wording.day(s.dated),
                "note": s.note or "",
            }
            for s in self.c.region_sources.values()
            if set(covers) & set(s.covers)
        ]

    def apart(self, kind: str) -> list[LinkView]:
        """Regions that stand outside a kind."""
        found = {region.id: region for region in self.regions.exempt.values() if kind in region.exempt}
        return [self.regions.area_link(region, region.note or "") for region in found.values()]

    @cached_property
    def kinds(self) -> list[dict]:
        rows = []
        for entry in self.c.vocabulary.area_kinds:
            number = len(self.regions.present(entry.code))
            if number:
                rows.append({"link": LinkView(entry.plural, f"alueet/{entry.slug}/", entry.hint, entry.icon), "count": str(number)})
        return rows

    # --- indexes -----------------------------------------------------------------------------

    def index(self) -> Page:
        regions = self.regions
        number = wording.count(len(regions.municipalities), "kunta", "kuntaa")
        main, inset = regions.country("wellbeing-county")
        view = {
            "count": number,
            "kinds": self.kinds,
            "areas": [regions.area_link(a, regions.size(a)) for a in regions.present("wellbeing-county")],
            "apart": self.apart("wellbeing-county"),
            "maps": [one for one in (main, inset) if one],
        }  # fmt: skip
        description = (
            f"Kuka vastaa työkyvyn tuesta asiakkaan kotikunnassa: {number}, työllisyysalueet, hyvinvointialueet ja elinvoimakeskukset."
        )
        return self.page(INDEX, "Alueet", description, "regions.html", view)

    def list(self) -> Page:
        letters: dict[str, list] = defaultdict(list)
        for m in self.regions.municipalities:
            other = m.name.sv if m.name.sv != m.name.fi else ""
            letters[wording.initial(m.name.fi)].append(self.regions.link(m, other or ""))
        view = {"count": wording.count(len(self.regions.municipalities), "kunta", "kuntaa"), "letters": list(letters.items())}
        description = "Kaikki Suomen kunnat aakkosittain. Kunnan sivu kertoo, kuka vastaa mistäkin."
        return self.page(
            MUNICIPALITIES, "Kunnat aakkosittain", description, "municipalities.html", view, crumbs=(LinkView("Alueet", INDEX),)
        )

    def kind(self, kind: str) -> Page:
        regions, entry = self.regions, self.c.entry("area_kinds", kind)
        main, inset = regions.country(kind)
        rows = []
        for area in regions.present(kind):
            line, unsure = regions.organised(area)
            rows.append({"link": regions.area_link(area), "line": line, "unsure": unsure})
        actor = regions.actor(kind)
        view = {
            "id": f"alueet-{entry.slug}",
            "title": entry.plural,
            "lead": f"{entry.hint}. {regions.counted(kind)}.",
            "actor": self.site.maker.actor_links([actor.id])[0] if actor else None,
            "rows": rows,
            "apart": self.apart(kind),
            "maps": [one for one in (main, inset) if one],
            "sources": self.sources("division", "shapes"),
        }
        description = f"{entry.plural} luettelona ja kartalla: {entry.hint.lower()}."
        return self.page(f"alueet/{entry.slug}/", entry.plural, description, "area-kind.html", view, crumbs=(LinkView("Alueet", INDEX),))

    # --- an area -----------------------------------------------------------------------------

    def area(self, area: rr.Area) -> Page:
        regions, entry = self.regions, self.c.entry("area_kinds", area.kind)
        link = regions.area_link(area)
        view = {
            "id": area.id,
            "title": area.name.fi,
            "name": area.name,
            "short": area.short or "",
            "kind": entry.label,
            "hint": entry.hint,
            "name_confirmed": area.name_confirmed,
            "note": area.note or "",
            "start": regions.start(area.kind),
            "facts": regions.area_facts(area),
            "map": regions.area_map(area),
            "members": [regions.link(m) for m in regions.members[area.id]],
            "overlaps": regions.overlaps(area),
            "decides": regions.decided.get(area.kind),
            "notes": regions.notes(area),
            "sources": self.sources("division", "population", "shapes"),
            "checked": area.checked or "",
            "valid": wording.day(area.valid_from),
        }
        number = regions.size(area)
        crumbs = (LinkView("Alueet", INDEX), LinkView(entry.plural, regions.folder(area.kind)))
        sections = [SectionView("lyhyesti", "Lyhyesti"), SectionView("kunnat", "Kunnat"), SectionView("lahteet", "Lähteet")]
        return self.page(
            link.href, area.name.fi, f"{area.name.fi}: {number}, kuka järjestää ja mistä päättää.", "area.html", view,
            sections=tuple(sections), crumbs=crumbs, place=self.site.place("areas", area.id), kind="area",
        )  # fmt: skip

    def ended_area(self, area: rr.Area) -> Page:
        """An area without municipalities today: it has ended, or it has not begun."""
        entry = self.c.entry("area_kinds", area.kind)
        follow = [self.regions.area_link(self.c.areas[i]) for i in area.replaced_by if i in self.c.areas]
        why = f"Alue lakkasi {wording.day(area.valid_to)}." if area.valid_to else f"Alue aloittaa {wording.day(area.valid_from)}."
        view = {"id": area.id, "kind": "area", "name": area.name.fi, "why": why, "follow": follow}
        crumbs = (LinkView("Alueet", INDEX), LinkView(entry.plural, self.regions.folder(area.kind)))
        path = f"{self.regions.folder(area.kind)}{area.id}/"
        return self.page(
            path, area.name.fi, why, "region-ended.html", view, crumbs=crumbs, place=self.site.place("areas", area.id), kind="area"
        )

    # --- a municipality ------------------------------------------------------------------------

    @cached_property
    def decides(self) -> list[tuple[str, Any]]:
        """What areas decide on, with a place for the municipality in each address. Drawn once for all 308 pages."""
        found = self.regions.decided
        order = ("employment-area", "wellbeing-county", "municipality", "vitality-centre")
        return [(kind, found[kind]) for kind in order if kind in found]

    @cached_property
    def decides_html(self) -> str:
        template = self.site.env.get_template("region-decides.html").module
        return str(template.decides(self.decides, "../../../", f"?{PARAMETER}={HERE}"))

    def municipality(self, m: rr.Municipality) -> Page:
        regions = self.regions
        link = regions.link(m)
        apart = regions.exempt.get(m.id)
        region = regions.areas_of[m.id].get("region")
        former = [LinkView(self.c.municipalities[i].name.fi, f"{MUNICIPALITIES}{i}/") for i in regions.merged.get(m.id, ())]
        view = {
            "id": m.id,
            "name": m.name,
            "facts": regions.municipality_facts(m),
            "duties": regions.duties(m),
            "apart": apart.note if apart else "",
            "map": regions.municipality_map(m),
            "neighbours": regions.links(m.neighbours),
            "neighbours_by_water": regions.links(m.neighbours_by_water),
            "former": former,
            "coming": self.coming(m),
            "decides": "" if apart else self.decides_html.replace(HERE, m.id),
            "sources": self.sources("division", "population", "website", "neighbours", "water-neighbours", "places"),
            "dated": wording.day(self.division),
        }
        crumbs = [LinkView("Alueet", INDEX), *([regions.area_link(region)] if region else [LinkView("Kunnat", MUNICIPALITIES)])]
        return self.page(
            link.href, f"{m.name.fi}: kuka vastaa", f"Kuka vastaa mistäkin, kun asiakkaan kotikunta on {m.name.fi}.",
            "municipality.html", view,
            sections=(SectionView("vastuut", "Kuka vastaa"), SectionView("lahteet", "Lähteet")), crumbs=tuple(crumbs),
            place=self.site.place("municipalities", m.id), kind="municipality",
        )  # fmt: skip

    @cached_property
    def division(self):
        return max((s.dated for s in self.c.region_sources.values() if "division" in s.covers), default=self.regions.maker.today)

    def coming(self, m: rr.Municipality) -> list[str]:
        """Changes that are known to come: a new area, or the end of the municipality."""
        today = self.regions.maker.today
        rows = [
            f"{wording.day(one.valid_from)} alkaen: {self.c.areas[one.area].name.fi}"
            for one in m.memberships
            if one.valid_from > today and one.area in self.c.areas
        ]
        if m.valid_to and m.merged_into in self.c.municipalities:
            rows.append(f"Kunta lakkaa {wording.day(m.valid_to)} ja liittyy kuntaan {self.c.municipalities[m.merged_into].name.fi}.")
        return rows

    def other_municipality(self, m: rr.Municipality) -> Page:
        """A municipality that has been merged, or one that begins later."""
        target = next((i for i, ids in self.regions.merged.items() if m.id in ids), "")
        follow = [self.regions.link(self.c.municipalities[target])] if target else []
        if m.valid_to:
            why = f"Kunta lakkasi {wording.day(m.valid_to)}." + (
                f" Se on nyt osa kuntaa {self.c.municipalities[target].name.fi}." if target else ""
            )
        else:
            why = f"Kunta aloittaa {wording.day(m.valid_from)}."
        view = {"id": m.id, "kind": "municipality", "name": m.name.fi, "why": why, "follow": follow}
        crumbs = (LinkView("Alueet", INDEX), LinkView("Kunnat", MUNICIPALITIES))
        place = self.site.place("municipalities", m.id)
        return self.page(
            f"{MUNICIPALITIES}{m.id}/",
            f"{m.name.fi}: liitetty kunta",
            why,
            "region-ended.html",
            view,
            crumbs=crumbs,
            place=place,
            kind="municipality",
        )

    # --- what we know --------------------------------------------------------------------------

    def coverage(self) -> Page:
        regions = self.regions
        tables = []
        for kind, rows in regions.coverage().items():
            if not rows:
                continue
            entry = self.c.entry("area_kinds", kind)
            heads = [label for label, _ in rows[0]["cells"]]
            totals = [sum(row["cells"][i][1] == "known" for row in rows) for i in range(len(heads))]
            place = lambda row: self.site.place("areas", row["area"].id)  # noqa: E731
            tables.append(
                {
                    "id": entry.slug,
                    "title": entry.plural,
                    "heads": heads,
                    "totals": [f"{total}/{len(rows)}" for total in totals],
                    "rows": [
                        {"link": row["link"], "cells": [(state, STATES[state]) for _, state in row["cells"]], "place": place(row)}
                        for row in rows
                    ],
                }
            )
        employment = regions.coverage()["employment-area"]
        states = {row["area"].id: row["cells"][0][1] for row in employment}
        caption = "Tiedämmekö, kuka järjestää työllisyysalueen palvelut? Kuvio ja väri kertovat saman kuin taulukko."
        main, inset = regions.country("employment-area", states, caption)
        view = {"tables": tables, "maps": [one for one in (main, inset) if one], "states": STATES, "apart": self.apart("employment-area")}
        return self.page(
            COVERAGE, "Mitä alueista tiedetään", "Mitä alueiden yhteystiedoista tiedetään ja mitä puuttuu, taulukkona ja kartalla.",
            "region-coverage.html", view, crumbs=(LinkView("Alueet", INDEX),),
        )  # fmt: skip
