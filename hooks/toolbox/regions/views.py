"""Views of the regions: who is responsible in a municipality, what an area is, and the maps.

Pure functions of the catalogue and the day. Addresses are site paths, as in `views`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from .. import records as r
from .. import search, wording
from ..views import LinkView, Maker, Rich, Sources
from . import records as rr
from . import shapes
from .table import AREA_COLUMNS, areas_on, in_force

INDEX = "alueet/"
MUNICIPALITIES = "alueet/kunnat/"
COVERAGE = "alueet/kattavuus/"
TELL = "tietoa/korjaa/"
# What `regional` of an actor says: the directory of its areas.
KIND_OF_DIRECTORY = {
    "tyollisyysalueet": "employment-area",
    "hyvinvointialueet": "wellbeing-county",
    "elinvoimakeskukset": "vitality-centre",
    "kunnat": "municipality",
}
# In the addresses of measures a municipality is named so; the browser code reads it.
PARAMETER = "kunta"
# Shapes smaller than this on either side are too small to touch on a map of the whole country (of 10 000 units).
TOUCHABLE = 400
# Not a wellbeing services county: the city has the duty itself, so it is counted apart.
HELSINKI = "helsingin-kaupunki"
CAPITAL = ("helsinki", "espoo", "vantaa", "kerava", "kauniainen")


# The term that tells in which language a client may be served.
LANGUAGE_TERM = "palvelu-ruotsiksi"


@dataclass(frozen=True)
class ShapeView:
    """One shape of a map: its name, where it leads (empty: nowhere) and how it is drawn."""

    name: str
    href: str
    path: str
    state: str = ""


@dataclass(frozen=True)
class MapView:
    """A map: what it shows in words, its part of the plane and its shapes. `linked` tells whether shapes are links."""

    label: str
    box: str
    shapes: tuple[ShapeView, ...]
    caption: str
    attribution: str
    linked: bool = False
    wide: bool = False


@dataclass(frozen=True)
class DutyView:
    """One duty in a municipality: who has it, how it begins, where its pages are, or that it is not known."""

    id: str
    icon: str
    title: str
    who: LinkView | None = None
    line: str = ""
    unsure: str = ""
    start: str = ""
    site: LinkView | None = None
    unknown: str = ""
    ask: LinkView | None = None


@dataclass(frozen=True)
class DecidesView:
    """What an actor of the area decides on, by need."""

    title: str
    count: str
    groups: tuple[tuple[str, tuple[LinkView, ...]], ...]
    more: LinkView


@dataclass(frozen=True)
class AnswerView:
    """The form on a measure's page: which areas decide on the measure or provide it, and the local differences."""

    decides: str
    provides: str
    notes: tuple[tuple[LinkView, Rich], ...]


@dataclass(frozen=True)
class FactView:
    label: str
    value: str = ""
    links: tuple[LinkView, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Regions:
    """The regions of one catalogue on one day."""

    maker: Maker

    @property
    def c(self):
        return self.maker.c

    # --- who belongs where -----------------------------------------------------------------

    @cached_property
    def municipalities(self) -> tuple[rr.Municipality, ...]:
        return in_force(self.c, self.maker.today)

    @cached_property
    def areas_of(self) -> Mapping[str, Mapping[str, rr.Area]]:
        """The area of each kind, by municipality."""
        return {m.id: areas_on(m, self.c.areas, self.maker.today) for m in self.municipalities}

    @cached_property
    def members(self) -> Mapping[str, tuple[rr.Municipality, ...]]:
        """The municipalities of each area in alphabetical order."""
        found: dict[str, list[rr.Municipality]] = defaultdict(list)
        for m in self.municipalities:
            for area in self.areas_of[m.id].values():
                found[area.id].append(m)
        return {name: tuple(members) for name, members in found.items()}

    @cached_property
    def merged(self) -> Mapping[str, tuple[str, ...]]:
        """Former municipalities by the one that they now belong to, however many steps it took."""
        found: dict[str, list[str]] = defaultdict(list)
        present = {m.id for m in self.municipalities}
        for m in self.c.municipalities.values():
            target = m.id
            while target not in present and (following := self.c.municipalities[target].merged_into):
                target = following
            if target != m.id:
                found[target].append(m.id)
        return {name: tuple(ids) for name, ids in found.items()}

    def present(self, kind: str) -> tuple[rr.Area, ...]:
        """Areas of a kind that have municipalities today, in alphabetical order."""
        found = (a for a in self.c.areas.values() if a.kind == kind and a.id in self.members)
        return tuple(sorted(found, key=lambda a: wording.sort_key(a.name.fi)))

    def size(self, area: rr.Area) -> str:
        """How many municipalities an area has, in words."""
        return _count(self.members[area.id])

    def counted(self, kind: str) -> str:
        """How many areas of a kind there are, in words."""
        found = self.present(kind)
        apart = sum(a.id == HELSINKI for a in found)
        number = wording.count(len(found) - apart, "alue", "aluetta")
        return f"{number} ja Helsingin kaupunki" if apart else number

    @cached_property
    def exempt(self) -> Mapping[str, rr.Area]:
        """Regions whose municipalities stand outside other kinds, by municipality."""
        return {m.id: region for m in self.municipalities if (region := self.areas_of[m.id].get("region")) and region.exempt}

    def folder(self, kind: str) -> str:
        return f"alueet/{self.c.entry('area_kinds', kind).slug}/"

    def area_link(self, area: rr.Area, note: str = "") -> LinkView:
        return LinkView(area.name.fi, f"{self.folder(area.kind)}{area.id}/", note)

    def link(self, m: rr.Municipality, note: str = "") -> LinkView:
        return LinkView(m.name.fi, f"{MUNICIPALITIES}{m.id}/", note)

    def links(self, ids: Iterable[str]) -> tuple[LinkView, ...]:
        wanted = set(ids)
        return tuple(self.link(m) for m in self.municipalities if m.id in wanted)

    def actor(self, kind: str) -> r.Actor | None:
        """The actor whose duty areas of a kind have."""
        return next((a for a in self.c.actors.values() if KIND_OF_DIRECTORY.get(a.regional or "") == kind and a.status != "ended"), None)

    # --- maps ------------------------------------------------------------------------------

    def outline(self, ids: Iterable[str]) -> tuple[shapes.Ring, ...]:
        """The outline of municipalities together, with those that have been merged into them."""
        return shapes.outline(self.c.shapes, [part for name in ids for part in (name, *self.merged.get(name, ()))])

    @cached_property
    def area_outlines(self) -> Mapping[str, tuple[shapes.Ring, ...]]:
        return {name: self.outline(m.id for m in members) for name, members in self.members.items()}

    @cached_property
    def drawn(self) -> Mapping[str, tuple[tuple[shapes.Ring, ...], str]]:
        """The outline and the path of each municipality."""
        return {m.id: (rings, shapes.path(rings)) for m in self.municipalities for rings in [self.outline([m.id])]}

    def country(self, kind: str, states: Mapping[str, str] | None = None, caption: str = "") -> tuple[MapView, MapView | None]:
        """The map of all areas of a kind, and a larger one of the capital region when shapes there are too small to touch."""
        plural = self.c.entry("area_kinds", kind).plural
        near = self.outline(CAPITAL)
        frame = shapes.box(near).grown(0.25)
        views, small = [], []
        for area in self.present(kind):
            rings = self.area_outlines[area.id]
            link = self.area_link(area)
            view = ShapeView(area.name.fi, link.href, shapes.path(rings), (states or {}).get(area.id, ""))
            size = shapes.box(rings)
            if near and min(size.width, size.height) < TOUCHABLE and size.inside(frame):
                small.append(view)
                view = replace(view, href="")
            views.append(view)
        for region in {area.id: area for area in self.exempt.values() if kind in area.exempt}.values():
            path = shapes.path(self.area_outlines[region.id])
            views.append(ShapeView(f"{region.name.fi} (ei kuulu tähän jakoon)", self.area_link(region).href, path, "apart"))
        whole = shapes.box([ring for rings in self.area_outlines.values() for ring in rings]).grown(0.01)
        told = caption or f"{plural}. Jokainen alue on linkki. Sama luettelona sivulla."
        main = MapView(f"{plural} kartalla", str(whole), tuple(views), told, self.c.shapes.attribution, linked=True)
        if not small:
            return main, None
        inside = {view.name for view in small}
        around = tuple(replace(view, href="", state=f"{view.state} out".strip()) for view in views if view.name not in inside)
        inset = MapView(
            f"{plural} kartalla: pääkaupunkiseutu suurennettuna", str(frame), (*around, *small), "Pääkaupunkiseutu suurennettuna.",
            self.c.shapes.attribution, linked=True, wide=True,
        )  # fmt: skip
        return main, inset

    def area_map(self, area: rr.Area) -> MapView | None:
        """An area with its municipalities as links."""
        members = self.members[area.id]
        views = tuple(ShapeView(m.name.fi, self.link(m).href, self.drawn[m.id][1]) for m in members)
        size = shapes.box(self.area_outlines[area.id])
        if not size.width:
            return None
        caption = f"{area.name.fi}: {_count(members)}. Jokainen kunta on linkki. Sama luettelona sivulla."
        attribution = self.c.shapes.attribution
        wide = size.width > size.height
        return MapView(f"{area.name.fi} kartalla", str(size.grown(0.03)), views, caption, attribution, linked=True, wide=wide)

    def municipality_map(self, m: rr.Municipality) -> MapView | None:
        """A picture of a municipality, its neighbours and the area around it."""
        areas = self.areas_of[m.id]
        around = areas.get("wellbeing-county") or areas.get("region")
        inside = [one.id for one in self.members[around.id]] if around else [m.id]
        outside = [i for i in (*m.neighbours, *m.neighbours_by_water) if i in self.drawn and i not in inside]
        views = [ShapeView("", "", self.drawn[i][1], "out") for i in outside]
        views += [ShapeView("", "", self.drawn[i][1]) for i in inside if i != m.id]
        views.append(ShapeView("", "", self.drawn[m.id][1], "chosen"))
        size = shapes.box([ring for i in (*inside, *outside) for ring in self.drawn[i][0]])
        if not size.width:
            return None
        county = f", ympärillä {around.name.fi}" if len(inside) > 1 else ""
        caption = f"Väritettynä {m.name.fi}{county}{', naapurikunnat katkoviivalla' if outside else ''}."
        label = f"Kartta: {m.name.fi} ja {around.name.fi}"
        return MapView(label, str(size.grown(0.03)), tuple(views), caption, self.c.shapes.attribution, wide=size.width > size.height)

    # --- a municipality ----------------------------------------------------------------------

    def municipality_facts(self, m: rr.Municipality) -> tuple[FactView, ...]:
        region = self.areas_of[m.id].get("region")
        return (
            FactView("Ruotsiksi", m.name.sv or ""),
            FactView("Englanniksi", m.name.en or ""),
            FactView("Kuntanumero", m.code),
            FactView("Asukkaita", wording.number(Decimal(m.population.value)), note=f"väkiluku {wording.day(m.population.date)}"),
            FactView("Kieli", self.c.label("languages", m.language)),
            *self._service_language(m),
            FactView("Maakunta", links=(self.area_link(region),) if region else ()),
        )

    def _service_language(self, m: rr.Municipality) -> Iterator[FactView]:
        """That a client may choose the language in a bilingual municipality. Source: the term's (Language Act, section 10)."""
        if m.language.startswith("bilingual") and m.id not in self.exempt and LANGUAGE_TERM in self.c.terms:
            link = LinkView("Suomi tai ruotsi", f"sanasto/{LANGUAGE_TERM}/")
            yield FactView("Asiointi", links=(link,), note="Asiakas valitsee kielen kunnan asioissa.")

    def duties(self, m: rr.Municipality) -> tuple[DutyView, ...]:
        """Who is responsible for what when a client lives in the municipality."""
        areas = self.areas_of[m.id]
        apart = self.exempt.get(m.id)
        rows = [
            self._regional("employment-area", "Työvoimapalvelut, palkkatuki, työkokeilu", m),
            self._regional("wellbeing-county", "Terveys- ja sosiaalipalvelut, työkyvyn arvio", m),
            self._regional("collaborative-area", "Yliopistosairaala", m),
            self._everywhere("kela", "currency-eur", "Etuudet ja Kelan kuntoutus", "Sama koko maassa, ei riipu kunnasta."),
            self._everywhere(
                "tyoelakelaitokset", "bank-outline", "Työeläke ja työeläkekuntoutus", "Selviää asiakkaan työeläkeotteesta, ei kotikunnasta."
            ),
            self._regional("vitality-centre", "Valtion aluehallinto", m),
            self._own(m),
        ]
        if not apart:
            rows.append(
                self._everywhere(
                    "oikeuspalveluvirasto",
                    "scale-balance",
                    "Talous- ja velkaneuvonta",
                    "Valtion palvelu. Lähin toimipaikka ei ole tiedossa.",
                )
            )
        rows += [
            self._places(m, "ohjaamo", "Ohjaamo, alle 30-vuotiaat", "ohjaamot", areas),
            self._places(m, "clubhouse", "Klubitalo ja vertaistuki", "suomen-klubitalot", areas),
            self._unknown("erityisoppilaitos", "school-outline", "Ammatillinen erityisoppilaitos", "erityisoppilaitokset"),
        ]
        return tuple(row for row in rows if row)

    def _regional(self, kind: str, title: str, m: rr.Municipality) -> DutyView:
        entry = self.c.entry("area_kinds", kind)
        area, actor = self.areas_of[m.id].get(kind), self.actor(kind)
        if area is None:
            region = self.exempt.get(m.id)
            who = self.area_link(region) if region else None
            return DutyView(entry.slug, entry.icon, title, who, unknown="Ei kuulu tähän aluejakoon. Yhteystietoja emme ole vahvistaneet.")
        line, unsure = self.organised(area)
        site = LinkView(area.name.fi, area.website.url) if area.website else None
        if area.website and not area.website.confirmed:
            unsure = " ".join(filter(None, (unsure, "Verkkosivu vahvistamatta.")))
        if kind == "employment-area" and not site and area.host and area.host.confirmed:
            host = self.c.municipalities.get(area.host.municipality)
            if host and host.website:
                site = LinkView(f"Vastuukunta {host.name.fi}", host.website)
        if kind == "employment-area" and not site and area.model == "alone" and m.website:
            site = LinkView(m.name.fi, m.website)
        start = self.start(kind)
        ask = LinkView(actor.name.fi, actor.website) if actor and actor.website and not site and kind == "employment-area" else None
        return DutyView(entry.slug, entry.icon, title, self.area_link(area), line, unsure, start, site, ask=ask)

    def _own(self, m: rr.Municipality) -> DutyView:
        actor = self.actor("municipality")
        who = self.maker.actor_links([actor.id])[0] if actor else None
        site = LinkView(m.name.fi, m.website) if m.website else None
        unknown = "" if site else "Kunnan verkkosivua emme tiedä."
        return DutyView("kunta", "map-marker-outline", "Kunnan omat palvelut", who, site=site, unknown=unknown)

    def start(self, kind: str) -> str:
        """Where a client begins with areas of a kind."""
        actor = self.actor(kind)
        return self.maker.plain(actor.for_client[0].text) if actor and actor.for_client else ""

    def organised(self, area: rr.Area) -> tuple[str, str]:
        """How an area is organised in one line, and what of it is not certain."""
        members = self.members[area.id]
        if area.kind == "collaborative-area":
            hospital = area.hospital
            return (hospital.value if hospital else "", "Sairaalan nimi vahvistamatta." if hospital and not hospital.confirmed else "")
        if area.kind == "vitality-centre":
            return ("Hoitaa ELY-keskuksen tehtävät 1.1.2026 alkaen.", "")
        if area.kind == "wellbeing-county" and area.note:
            return (area.note if len(members) == 1 else f"{_count(members)}. {area.note}", "")
        if area.kind != "employment-area":
            return (f"{_count(members)}.", "")
        if area.model == "alone":
            return (f"{members[0].name.fi} järjestää palvelut yksin.", "")
        if area.model == "joint-authority":
            told = area.joint_authority
            known = f"Järjestää {told.value}." if told else "Järjestää kuntayhtymä."
            return (f"{_count(members)}. {known}", "" if told else "Kuntayhtymän nimi ei ole tiedossa.")
        host = self.c.municipalities.get(area.host.municipality) if area.host else None
        if host is None:
            return (f"{_count(members)}.", "Vastuukuntaa ei ole vahvistettu.")
        return (f"{_count(members)}. Vastuukunta {host.name.fi}.", "" if area.host.confirmed else "Vastuukunta vahvistamatta, tarkista.")

    def _everywhere(self, actor_id: str, icon: str, title: str, line: str) -> DutyView | None:
        actor = self.c.actors.get(actor_id)
        if actor is None:
            return None
        start = self.maker.plain(actor.for_client[0].text) if actor.for_client else ""
        site = LinkView(actor.name.fi, actor.website) if actor.website else None
        return DutyView(actor_id, icon, title, self.maker.actor_links([actor_id])[0], line, start=start, site=site)

    def _unknown(self, row: str, icon: str, title: str, actor_id: str) -> DutyView | None:
        actor = self.c.actors.get(actor_id)
        if actor is None:
            return None
        ask = LinkView(actor.name.fi, actor.website or self.maker.href(actor_id))
        return DutyView(row, icon, title, unknown="Ei tiedossa kunnittain.", ask=ask)

    def _places(self, m: rr.Municipality, kind: str, title: str, actor_id: str, areas: Mapping[str, rr.Area]) -> DutyView:
        entry = self.c.entry("place_kinds", kind)
        actor = self.c.actors.get(actor_id)
        ask = LinkView(actor.name.fi, actor.website or self.maker.href(actor_id)) if actor else None
        own = [p for p in self.c.places.values() if p.kind == kind and p.municipality in (m.id, *self.merged.get(m.id, ()))]
        if own:
            names = wording.joined([p.name for p in own])
            line = " ".join(f"{p.serves}." for p in own if p.serves)
            unsure = " ".join(dict.fromkeys(_seen(p) for p in own))
            site = next((LinkView(p.name, p.url) for p in own if p.url), None)
            return DutyView(entry.code, entry.icon, title, LinkView(names, ""), line, unsure, site=site, ask=ask)
        county = areas.get("wellbeing-county")
        near = [
            p
            for p in self.c.places.values()
            if county and p.kind == kind and any(p.municipality == one.id for one in self.members[county.id])
        ]
        told = [f"{p.name}, {self.c.municipalities[p.municipality].name.fi} ({_year(p)})" for p in near]
        line = f"Samalla hyvinvointialueella: {'; '.join(told)}." if told else ""
        return DutyView(entry.code, entry.icon, title, line=line, unknown="Tässä kunnassa ei tiedossa.", ask=ask)

    # --- measures --------------------------------------------------------------------------

    @cached_property
    def decided(self) -> Mapping[str, DecidesView]:
        """What areas of each kind (and `municipality`) decide on, by need. The same everywhere, so made once."""
        return {kind: view for kind in (*AREA_COLUMNS, "municipality") if (view := self._decided(kind))}

    def _decided(self, kind: str) -> DecidesView | None:
        actor = self.actor(kind)
        if actor is None:
            return None
        current = [m for m in self.c.measures.values() if m.status == "in-force"]
        found = [m for m in current if actor.id in m.decided_by]
        told = f"Päättää {wording.count(len(found), 'keinosta', 'keinosta')}"
        if not found:
            found = [m for m in current if actor.id in m.provided_by]
            told = f"Järjestää {wording.count(len(found), 'keinon', 'keinoa')}"
        if not found:
            return None
        found.sort(key=lambda m: wording.sort_key(m.name.fi))
        groups = tuple(
            (entry.label, tuple(LinkView(m.name.fi, self.maker.href(m.id)) for m in found if m.needs[0] == entry.code))
            for entry in self.c.vocabulary.needs
            if any(m.needs[0] == entry.code for m in found)
        )
        every = sum(actor.id in (*m.decided_by, *m.provided_by, *m.advised_by) for m in current)
        more = f"{actor.name.fi}: kaikki {wording.count(every, 'keino', 'keinoa')}, neuvonta mukana"
        return DecidesView(actor.name.fi, told, groups, LinkView(more, f"{self.maker.href(actor.id)}#keinot"))

    def answer(self, m: r.Measure) -> AnswerView | None:
        """The form of a measure whose decider or provider depends on the municipality."""
        kinds = lambda ids: [  # noqa: E731
            KIND_OF_DIRECTORY[a.regional] for i in ids if (a := self.c.actors.get(i)) and a.regional and a.status != "ended"
        ]
        decides = kinds(m.decided_by)
        provides = [kind for kind in kinds(m.provided_by) if kind not in decides]
        sources = Sources(self.c)
        for source in m.sources:
            sources.add(source)
        notes = tuple(
            (self.area_link(self.c.areas[n.area]), self.maker.rich(n.text, sources)) for n in m.regional if n.area in self.c.areas
        )
        if m.status == "ended" or not (decides or provides or notes) or not self.municipalities:
            return None
        return AnswerView(" ".join(dict.fromkeys(decides)), " ".join(dict.fromkeys(provides)), notes)

    def notes(self, area: rr.Area) -> tuple[tuple[LinkView, str], ...]:
        """What measures have told of this area."""
        return tuple(
            (LinkView(m.name.fi, self.maker.href(m.id)), self.maker.plain(n.text))
            for m in self.c.measures.values()
            for n in m.regional
            if n.area == area.id
        )

    # --- an area -----------------------------------------------------------------------------

    def area_facts(self, area: rr.Area) -> tuple[FactView, ...]:
        """What is known of an area; what is not is said, with where to find out."""
        members = self.members[area.id]
        people = sum(m.population.value for m in members)
        when = wording.day(max(m.population.date for m in members))
        facts = [FactView("Kuntia", str(len(members))), FactView("Asukkaita", wording.number(Decimal(people)), note=f"väkiluku {when}")]
        if area.kind == "employment-area":
            facts.append(FactView("Järjestää", **self._organiser(area)))
        if area.kind == "collaborative-area":
            facts.append(FactView("Yliopistosairaala", **_told(area.hospital)))
        if area.kind in ("employment-area", "wellbeing-county", "vitality-centre"):
            site = area.website
            facts.append(
                FactView(
                    "Verkkosivu",
                    links=(LinkView("", site.url),) if site else (),
                    note=(f"Vahvistamatta, tarkista. Lähde: {site.source}" if not site.confirmed else f"Lähde: {site.source}")
                    if site
                    else "",
                )
            )
        if area.kind == "vitality-centre" or area.seat:
            facts.append(
                FactView("Toimipaikat", wording.joined(area.offices)) if area.offices else FactView("Toimipaikka", **_told(area.seat))
            )
        return tuple(facts)

    def _organiser(self, area: rr.Area) -> dict:
        model = self.c.entry("organising_models", area.model)
        if area.model == "alone":
            return {"value": f"{self.members[area.id][0].name.fi} yksin"}
        if area.model == "joint-authority":
            return (
                _told(area.joint_authority)
                if area.joint_authority
                else {"value": "Kuntayhtymä", "note": "Kuntayhtymän nimi ei ole tiedossa."}
            )
        host = self.c.municipalities.get(area.host.municipality) if area.host else None
        if host is None:
            return {"value": "", "note": f"{model.label}: {model.hint.lower()}. Emme tiedä, mikä kunta se on."}
        unsure = "" if area.host.confirmed else "Vahvistamatta, tarkista. "
        return {"links": (self.link(host),), "note": f"Vastuukunta. {unsure}Lähde: {area.host.source}"}

    def overlaps(self, area: rr.Area) -> tuple[tuple[str, tuple[LinkView, ...]], ...]:
        """Areas of the other kinds to which municipalities of an area belong."""
        found = []
        for kind in AREA_COLUMNS:
            if kind == area.kind:
                continue
            others = {self.areas_of[m.id][kind].id for m in self.members[area.id] if kind in self.areas_of[m.id]}
            if others:
                entry = self.c.entry("area_kinds", kind)
                names = tuple(self.area_link(a) for a in self.present(kind) if a.id in others)
                found.append((entry.plural if len(names) > 1 else entry.label, names))
        return tuple(found)

    # --- what we know ------------------------------------------------------------------------

    def coverage(self) -> Mapping[str, tuple[dict, ...]]:
        """What is known of each employment area and wellbeing services county: rows of yes, unsure and no."""
        tables: dict[str, tuple[dict, ...]] = {}
        for kind in ("employment-area", "wellbeing-county", "vitality-centre"):
            rows = []
            for area in self.present(kind):
                members = self.members[area.id]
                ids = {m.id for m in members}
                cells = []
                if kind == "employment-area":
                    if area.model == "alone":
                        cells.append(("Järjestäjä", "known"))
                    elif area.model == "joint-authority":
                        cells.append(("Järjestäjä", _state(area.joint_authority)))
                    else:
                        cells.append(("Järjestäjä", _state(area.host)))
                cells.append(("Oma verkkosivu", _state(area.website)))
                if kind == "vitality-centre":
                    cells.append(("Toimipaikat", "known" if area.offices else _state(area.seat)))
                else:
                    for place in ("ohjaamo", "clubhouse"):
                        label = self.c.label("place_kinds", place)
                        found = sum(p.kind == place and p.municipality in ids for p in self.c.places.values())
                        cells.append((label, "unsure" if found else "unknown"))
                cells.append(("Kuntien verkkosivut", "known" if all(m.website for m in members) else "unsure"))
                rows.append({"area": area, "link": self.area_link(area), "cells": tuple(cells)})
            tables[kind] = tuple(rows)
        return tables

    def search_entries(self) -> Iterator[dict]:
        """Municipalities and areas for the search of the site."""
        for m in self.municipalities:
            former = [self.c.municipalities[i].name.fi for i in self.merged.get(m.id, ())]
            yield search.entry(
                "municipality", m.id, m.name.fi, "Kuka vastaa mistäkin", path=self.link(m).href, also=(*m.also, *former),
                official=(m.name.sv, m.code),
            )  # fmt: skip
        for kind in AREA_COLUMNS:
            label = self.c.label("area_kinds", kind)
            for area in self.present(kind):
                yield search.entry(
                    "area", area.id, area.name.fi, self.size(area), label=label, path=self.area_link(area).href,
                    also=filter(None, (area.short,)), official=(area.name.sv,),
                )  # fmt: skip

    def names(self) -> dict:
        """What the browser needs to find a municipality by its name and to tell its areas."""
        kinds = ("employment-area", "wellbeing-county", "vitality-centre", "collaborative-area")
        areas = [a for kind in kinds for a in self.present(kind)]
        at = {a.id: number for number, a in enumerate(areas)}
        rows = [
            [
                m.id, m.name.fi, m.name.sv, m.code, [at[a.id] for kind in kinds if (a := self.areas_of[m.id].get(kind))],
                [*m.also, *(self.c.municipalities[i].name.fi for i in self.merged.get(m.id, ()))],
            ]
            for m in self.municipalities
        ]  # fmt: skip
        return {"areas": [[a.kind, a.name.fi, self.area_link(a).href] for a in areas], "municipalities": rows}


def _count(members: tuple) -> str:
    return wording.count(len(members), "kunta", "kuntaa")


def _told(told: rr.Told | None) -> dict:
    if told is None:
        return {}
    return {"value": told.value, "note": f"{'' if told.confirmed else 'Vahvistamatta, tarkista. '}Lähde: {told.source}"}


def _state(known) -> str:
    return "unknown" if known is None else "known" if known.confirmed else "unsure"


def _year(place: rr.Place) -> str:
    return "lähteen vuosi ei tiedossa" if place.seen == "undated" else f"lähde vuodelta {place.seen}"


def _seen(place: rr.Place) -> str:
    note = f" {place.note}." if place.note else ""
    return f"{_year(place).capitalize()}: tarkista, että toiminta jatkuu.{note}"
