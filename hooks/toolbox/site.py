"""The whole site as a list of finished pages.

`build` is the one place that knows which pages there are. MkDocs and the tree writer both
publish exactly what it gives.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment

from . import correct, guide, wording
from . import records as r
from .calculator_pages import CalculatorPages
from .catalogue import ADDRESSED, Catalogue
from .compare_pages import compare_page
from .coverage import measure_coverage
from .follow import pages as follow
from .follow.feeds import Feed
from .learn.pages import LearnPages
from .opendata import linked
from .problems import DataError, Problem
from .regions.pages import RegionPages
from .regions.views import Regions
from .render import Drawings, drawn, environment, icon_style, relative, render, slug
from .review import turn_page
from .review.pages import ReviewPages
from .share import embeds, overlay
from .share.page import ShareMaker
from .toolkit.pages import LINKS as TOOLKIT_LINKS
from .toolkit.pages import ToolkitPages, links_of
from .views import (
    FINDER_ACTORS,
    FINDER_AGES,
    MEASURE_SECTIONS,
    SITUATION_SECTIONS,
    LinkView,
    Maker,
    SectionView,
    Sources,
    calculator_link,
    figure_note,
    figure_on,
)

NAME = "Kaikki keinot käyttöön"
ICON_STYLE = "assets/icons.css"
SHORT_NAME = "Kaikki keinot"
# The main menu: label, site path, section of the pages that belong to it.
MENU = (
    ("Keinot", "keinot/", "keinot"),
    ("Tilanteet", "tilanteet/", "tilanteet"),
    ("Alueet", "alueet/", "alueet"),
    ("Yhdistelmät", "yhdistelmat/", "yhdistelmat"),
    ("Muutokset", "muutokset/", "muutokset"),
    ("Toimijat", "toimijat/", "toimijat"),
    ("Opi", "opi/", "opi"),
    ("Tietoa", "tietoa/", "tietoa"),
)
# What the menu of the phone has besides: a wide screen has these in the footer and on the home page.
PHONE_MENU = (
    ("Päivälaskurit", "laskurit/", "laskurit"),
    ("Muutoksenhaku", "muutoksenhaku/", ""),
    ("Miksi ei?", "miksi-ei/", "miksi-ei"),
    ("Vertaile keinoja", "keinot/vertailu/", ""),
)
# Links of every page in groups: title, then label and site path.
FOOTER = (
    (
        "Työkalut",
        (
            *TOOLKIT_LINKS,
            ("Vertaile keinoja", "keinot/vertailu/"),
            ("Päivälaskurit", "laskurit/"),
            ("Muutoksenhaku", "muutoksenhaku/"),
            ("Rahamäärät ja rajat", "tietoa/luvut/"),
        ),
    ),
    (
        "Käytä omassa työssäsi",
        (
            ("Upota ja jaa", "upota/"),
            ("Seuraa muutoksia", "seuraa/"),
            ("Avoin data", "tietoa/kehittajille/"),
            ("Oma kopio organisaatiolle", "tietoa/oma-kopio/"),
        ),
    ),
    (
        "Sivusto",
        (
            ("Tietoa sivustosta", "tietoa/"),
            ("Miten tiedot tarkistetaan", "tietoa/tarkistus/"),
            ("Saavutettavuusseloste", "tietoa/saavutettavuus/"),
            ("Tietosuoja", "tietoa/tietosuoja/"),
            ("Lisenssit", "tietoa/lisenssit/"),
        ),
    ),
)
# Folders of texts written by hand, with the name of their first page.
TEXT_FOLDERS = {"tietoa": "Tietoa", "opi": "Opi"}
# Actors that the home page names; all others are one step further.
HOME_ACTORS = ("kela", "tyollisyysalue", "tyoelakelaitokset", "hyvinvointialue", "tyoterveyshuolto", "tyonantaja")
HOME_EXAMPLES = (
    ("osasaikku", "osasairauspaivaraha"),
    ("90 päivän sääntö", "30-60-90-saanto"),
    ("järjestelytuki", "tyoolosuhteiden-jarjestelytuki"),
)
# Guides that coordinators open most; all of them are one step further.
HOME_SITUATIONS = (
    "sairausloma-90",
    "enimmaisaika-300",
    "valiinputoaja",
    "tyoton-ilman-tyoterveytta",
    "nuori-alle-30",
    "mielenterveyskuntoutuja-paluu",
)
HOME_DIRECT = (
    ("Sairausloman tarkistuspisteet", "30-60-90-saanto"),
    ("Työttömyysetuus työkyvyttömälle", "tyottomyysetuus-tyokyvyttomalle"),
    ("Palkkatuki alentuneesti työkykyiselle", "palkkatuki-alentuneesti-tyokykyiselle"),
)


@dataclass(frozen=True)
class Settings:
    """What the place of publication decides, not the data.

    `url` is the address of the site with a closing slash, or empty when it is not known;
    `repository` is the address of the repository's front page, or empty; `contact` is a mail address
    for reports of errors, or empty. `problems` are shown
    on every page while an editor works and the data is broken; the pages are then the last good ones.
    `booklet` tells that the PDF of the learning material is published beside the pages.
    """

    url: str = ""
    repository: str = ""
    contact: str = ""
    branch: str = "main"
    policy: bool = True
    booklet: bool = False
    problems: tuple[str, ...] = ()
    # The folder of an organisation's own copy (`overlay`), if any.
    overlay: Path | None = None
    # The day on which a copy for use without the net was made, in words; empty on the site itself.
    copied: str = ""


@dataclass(frozen=True)
class Place:
    """Where the facts of a page stand in the repository, for corrections."""

    file: str
    line: int
    href: str = ""


@dataclass(frozen=True)
class Page:
    """One finished page. `path` is its address in the site (`keinot/palkkatuki/`), `html` its article."""

    path: str
    title: str
    description: str
    section: str
    html: str
    sections: tuple[SectionView, ...] = ()
    crumbs: tuple[LinkView, ...] = ()
    place: Place | None = None
    modified: date | None = None
    kind: str = "page"
    indexed: bool = True
    # Own files of a page kind, beside those of every page.
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """What surrounds the article of a page: head, menu, crumbs, footer."""

    path: str
    title: str
    description: str
    section: str
    crumbs: tuple[LinkView, ...]
    data_date: str
    canonical: str
    policy: str
    assets: Mapping[str, str]
    home: bool = False
    menu: tuple[tuple[str, str, str], ...] = MENU
    phone_menu: tuple[tuple[str, str, str], ...] = (*MENU, *PHONE_MENU)
    footer: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = FOOTER
    name: str = NAME
    short_name: str = SHORT_NAME
    indexed: bool = True
    problems: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    report: tuple[LinkView, ...] = ()
    # Where the card of the page is described for others (absolute).
    oembed: str = ""
    # JSON-LD, ready for a script element.
    linked: str = ""
    # The site path of the feed of the page, or empty.
    feed: str = ""
    # An organisation's own copy: who keeps it, and whether it has colours of its own.
    host: overlay.Host | None = None
    style: str = ""
    copied: str = ""

    @property
    def searches(self) -> bool:
        """Whether the header has the search field: two pages have a larger one of their own."""
        return not self.home and self.path != "keinot/"

    def url(self, to: str) -> str:
        return relative(self.path, to)

    def asset(self, path: str) -> str:
        """The address of a file of the theme, changed when its content changes."""
        return f"{self.url(path)}?v={self.assets[path]}"


# Folders of the theme that are published as they are: what our pages use, and what the cards on the pages of others use.
ASSET_FOLDERS = ("assets", "upota")
# No inline script, no inline style, nothing from other hosts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'"
)


@dataclass(frozen=True)
class Site:
    """Everything there is to publish on one day."""

    catalogue: Catalogue
    today: date
    settings: Settings
    pages: tuple[Page, ...]
    not_found: Page
    assets: Mapping[str, str]
    env: Environment = field(repr=False)
    overlay: overlay.Overlay | None = None

    @cached_property
    def by_path(self) -> Mapping[str, Page]:
        return {page.path: page for page in self.pages}

    @cached_property
    def regions(self) -> Regions:
        return Regions(Maker(self.catalogue, self.today))

    @cached_property
    def feeds(self) -> Mapping[str, Feed]:
        """The feeds of records by address."""
        return {feed.path: feed for feed in follow.feeds(Maker(self.catalogue, self.today))}

    @cached_property
    def data_date(self) -> date:
        """The day of the latest review: what the footer calls the date of the data."""
        return max(m.review.date for m in self.catalogue.measures.values()) if self.catalogue.measures else self.today

    def frame(self, page: Page) -> Frame:
        own = self.overlay.site if self.overlay else None
        name = own.name if own else NAME
        short_name = (own.short_name or own.name) if own else SHORT_NAME
        return Frame(
            path=page.path,
            title=name if page.path == "" else f"{page.title} – {short_name}",
            name=name,
            short_name=short_name,
            host=overlay.host(self.overlay),
            copied=self.settings.copied,
            style=overlay.STYLE if self.overlay and self.overlay.style else "",
            description=page.description,
            section=page.section,
            crumbs=page.crumbs,
            data_date=wording.day(self.data_date),
            canonical=self.settings.url + page.path if self.settings.url and page is not self.not_found else "",
            policy=POLICY if self.settings.policy else "",
            assets=self.assets,
            home=page.path == "",
            indexed=page.indexed,
            problems=self.settings.problems,
            report=correct.ways(self.settings, "" if page is self.not_found else page.path, self.data_date.isoformat()),
            oembed=f"{self.settings.url}{card}oembed.json" if self.settings.url and (card := embeds.address_of(page)) else "",
            linked=linked.document(self, page),
            feed=follow.feed_of(self, page),
            styles=page.styles,
            scripts=page.scripts,
        )

    def document(self, page: Page) -> str:
        """The whole HTML document of a page, without MkDocs."""
        values = {"frame": self.frame(page), "content": page.html}
        return drawn(self.env, "frame.html", page.path, values, lambda: self.frames.get_template("frame.html").render(**values))

    @cached_property
    def frames(self) -> Environment:
        """The frames are shared with MkDocs, whose environment keeps the line ends of blocks."""
        return self.env.overlay(trim_blocks=False, lstrip_blocks=False)


def asset_versions(overrides: Path) -> dict[str, str]:
    """A short hash of each file of the theme and of the style of the icons, by its address."""
    files = sorted(path for folder in ASSET_FOLDERS for path in (overrides / folder).rglob("*") if path.is_file())
    contents = {path.relative_to(overrides).as_posix(): path.read_bytes() for path in files} | {ICON_STYLE: icon_style().encode()}
    return {address: hashlib.sha256(content).hexdigest()[:8] for address, content in contents.items()}


def build(
    catalogue: Catalogue,
    today: date,
    settings: Settings,
    *,
    overrides: Path,
    docs: Path,
    compounds: Mapping[str, str],
    laid: overlay.Overlay | None = None,
    drawings: Drawings | None = None,
) -> Site:
    """Make every page. Raises DataError when two pages have one address or a text page is broken."""
    maker = _Pages(Maker(catalogue, today), settings, environment(overrides, compounds, drawings), overrides)
    pages = tuple(maker.all(docs))
    pages += tuple(LearnPages(maker, Page, docs, {page.path: page for page in pages}).all())
    first = {page.path: index for index, page in reversed(tuple(enumerate(pages)))}
    problems = [
        Problem(
            page.place.file if page.place else "docs",
            page.place.line if page.place else 0,
            f'osoite "{page.path}" on jo toisella sivulla',
            "anna toinen tunnus tai nimi",
        )
        for index, page in enumerate(pages)
        if first[page.path] != index
    ]
    if problems:
        raise DataError(problems)
    if laid:
        pages = overlay.laid_over(laid, pages, maker)
    return Site(catalogue, today, settings, pages, maker.not_found(), asset_versions(overrides), maker.env, laid)


def name_of(record: r.Measure | r.Actor | r.Term | r.Situation) -> str:
    """The Finnish name of a record with a page of its own."""
    return record.name if isinstance(record.name, str) else record.name.fi


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    rows: tuple[Any, ...]


@dataclass(frozen=True)
class _Pages:
    """Makes the pages, one method for each kind."""

    maker: Maker
    settings: Settings
    env: Environment
    overrides: Path

    @property
    def c(self) -> Catalogue:
        return self.maker.c

    def all(self, docs: Path) -> Iterator[Page]:
        yield self.home()
        yield self.measures()
        yield compare_page(self, Page)
        yield from self.facets()
        for measure in self.c.measures.values():
            yield self.measure(measure)
        yield self.situations()
        for situation in self.c.situations.values():
            yield self.situation(situation)
        yield self.actors()
        for actor in self.c.actors.values():
            yield self.actor(actor)
        yield self.terms()
        for term in self.c.terms.values():
            yield self.term(term)
        yield from RegionPages(self, self.regions, Page).all()
        yield from ToolkitPages(self, Page).all()
        yield from ReviewPages(self, Page).all()
        yield from follow.FollowPages(self, Page).all()
        yield turn_page.page(self, Page)
        yield self.figures()
        yield self.appeals()
        yield self.coverage()
        yield from CalculatorPages(self, Page).all()
        yield correct.instructions(self, Page, (self._latest() or self.maker.today).isoformat())
        yield ShareMaker(self, Page).page()
        for retired in self.c.retired.values():
            yield self.retired(retired)
        yield from self.texts(docs)

    @cached_property
    def regions(self) -> Regions:
        return Regions(self.maker)

    # --- helpers -----------------------------------------------------------------------

    def draw(self, template: str, path: str, view: Any, **context: Any) -> str:
        return render(self.env, template, path, view=view, **context)

    def place(self, key: str, record_id: str) -> Place:
        origin = self.c.origin(key, record_id)
        return self.place_at(origin.file, origin.line())

    def place_at(self, file: str, line: int) -> Place:
        href = f"{self.settings.repository}/blob/{self.settings.branch}/{quote(file)}#L{line}" if self.settings.repository else ""
        return Place(file, line, href)

    def counted(self, measures: Iterable[r.Measure]) -> str:
        return wording.count(sum(m.status != "ended" for m in measures), "keino", "keinoa")

    def having(self, name: str, code: str) -> list[r.Measure]:
        return [m for m in self.c.measures.values() if code in getattr(m, name)]

    # --- pages -------------------------------------------------------------------------

    def home(self) -> Page:
        c, maker = self.c, self.maker
        entries = lambda group, folder, name: tuple(  # noqa: E731
            LinkView(
                e.label,
                f"keinot/{folder}/{e.slug}/",
                e.hint or "",
                icon=self.counted(self.having(name, e.code)) if folder == "vaiheet" else e.icon or "",
            )
            for e in getattr(c.vocabulary, group)
            if self.having(name, e.code)
        )
        reforms = maker.reforms()
        future = [ch for ch in reforms if ch.future][-2:]
        past = [ch for ch in reforms if not ch.future][:3]
        view = {
            "count": wording.count(sum(m.status != "ended" for m in c.measures.values()), "työkyvyn tuen keino", "työkyvyn tuen keinoa"),
            "examples": [LinkView(label, maker.href(i)) for label, i in HOME_EXAMPLES if i in c.measures],
            "phases": entries("phases", "vaiheet", "phases"),
            "needs": entries("needs", "tarpeet", "needs"),
            "actors": [
                LinkView(
                    c.actors[i].name.fi,
                    maker.href(i),
                    self.counted(m for m in c.measures.values() if i in (*m.decided_by, *m.provided_by)),
                )
                for i in HOME_ACTORS
                if i in c.actors
            ],
            "situations": [
                LinkView(c.situations[i].name, f"tilanteet/{i}/", c.situations[i].summary) for i in HOME_SITUATIONS if i in c.situations
            ],
            "changes": [*future, *past],
            "direct": [
                LinkView("Laske päivät ja määräajat", "laskurit/"),
                LinkView("Miten päätöksestä valitetaan", "muutoksenhaku/"),
                *(LinkView(label, path) for label, path in TOOLKIT_LINKS),
                *(LinkView(label, maker.href(i)) for label, i in HOME_DIRECT if i in c.measures),
            ],
        }
        description = (
            "Työkyvyn tuen keinot osatyökykyiselle: kuka päättää, millä ehdoilla, mihin mennessä haetaan ja mitä tuloille tapahtuu."
        )
        return Page("", NAME, description, "", self.draw("home.html", "", view), modified=self._latest())

    def _latest(self) -> date | None:
        return max((m.review.date for m in self.c.measures.values()), default=None)

    def measures(self) -> Page:
        rows = self.maker.rows(self.c.measures.values())
        letters: dict[str, list] = defaultdict(list)
        for row in sorted(rows, key=lambda row: wording.sort_key(row.name)):
            letters[wording.initial(row.name)].append(row)
        links = lambda group, folder, name: [  # noqa: E731
            LinkView(e.plural or e.label, f"keinot/{folder}/{e.slug}/", str(sum(m.status != "ended" for m in found)))
            for e in getattr(self.c.vocabulary, group)
            if (found := [m for m in self.c.measures.values() if e.code in (getattr(m, name) if name != "kind" else (m.kind,))])
        ]
        view = {
            "count": self.counted(self.c.measures.values()),
            "letters": list(letters.items()),
            "ended": sum(m.status == "ended" for m in self.c.measures.values()),
            "facets": self.finder_facets(),
            "needs": links("needs", "tarpeet", "needs"),
            "phases": links("phases", "vaiheet", "phases"),
            "kinds": links("kinds", "lajit", "kind"),
            "repository": self.settings.repository,
        }
        return Page(
            "keinot/",
            "Keinot",
            "Kaikki työkyvyn tuen keinot aakkosittain, tarpeen, vaiheen ja lajin mukaan.",
            "keinot",
            self.draw("measures.html", "keinot/", view),
            modified=self._latest(),
        )

    def finder_facets(self) -> list[Group]:
        """The choices of the finder with how many measures each has."""
        counted: dict[str, int] = defaultdict(int)
        for m in self.c.measures.values():
            chosen = self.maker.choices(m)
            # No age limit fits every age.
            ages = [f"ika:{code}" for code, *_ in FINDER_AGES] if "ika:*" in chosen else []
            for choice in (*chosen, *ages):
                # What has ended is listed only when its state is chosen, as the finder does.
                counted[choice] += m.status != "ended" or choice.startswith("tila:")
        names = {
            "tarve": ("Tarve", [(e.slug, e.label) for e in self.c.vocabulary.needs]),
            "vaihe": ("Vaihe", [(e.slug, e.label) for e in self.c.vocabulary.phases]),
            "toimija": ("Kuka päättää tai järjestää", [(i, self.c.actors[i].name.fi) for i in FINDER_ACTORS if i in self.c.actors]),
            "laji": ("Laji", [(e.slug, e.plural or e.label) for e in self.c.vocabulary.kinds]),
            "rajoite": ("Toimintarajoite", [(e.code, e.label) for e in self.c.vocabulary.limitations]),
            "ika": ("Ikä", [(code, label) for code, label, *_ in FINDER_AGES]),
            "ehto": ("Edellyttää", [(e.code, e.label) for e in self.c.vocabulary.requirements]),
            "tila": ("Tila", [(e.code, e.label) for e in self.c.vocabulary.statuses]),
        }
        return [
            Group(
                part,
                title,
                tuple(LinkView(label, value, str(counted[f"{part}:{value}"])) for value, label in rows if counted[f"{part}:{value}"]),
            )
            for part, (title, rows) in names.items()
        ]

    def facets(self) -> Iterator[Page]:
        c = self.c
        for group, folder, name, lead in (
            ("needs", "tarpeet", "needs", "Keinot, jotka vastaavat tähän tarpeeseen, lajin mukaan."),
            ("phases", "vaiheet", "phases", "Keinot tähän vaiheeseen, tarpeen mukaan."),
            ("kinds", "lajit", "kind", ""),
        ):
            for entry in getattr(c.vocabulary, group):
                found = [m for m in c.measures.values() if entry.code in (getattr(m, name) if name != "kind" else (m.kind,))]
                if not found:
                    continue
                path = f"keinot/{folder}/{entry.slug}/"
                if group == "phases":
                    parts = [(e, [m for m in found if e.code in m.needs]) for e in c.vocabulary.needs]
                elif group == "needs":
                    parts = [(e, [m for m in found if m.kind == e.code]) for e in c.vocabulary.kinds]
                else:
                    parts = [(e, [m for m in found if m.needs[0] == e.code]) for e in c.vocabulary.needs]
                title = (entry.plural or entry.label) if group != "phases" else entry.label
                note = f"{entry.hint}. " if entry.hint else ""
                view = {
                    "id": f"{folder}-{entry.slug}",
                    "title": title,
                    "lead": f"{note}{lead or 'Tarpeen mukaan.'} {self.counted(found)}.",
                    "groups": [
                        Group(e.slug or e.code, e.plural or e.label, self.maker.rows(part)) for e, part in parts if part
                    ],
                    "guides": [LinkView(s.name, f"tilanteet/{s.id}/") for s in c.situations.values() if entry.code in s.phases],
                }
                group_name = {"needs": "Tarve", "phases": "Vaihe", "kinds": "Laji"}[group]
                yield Page(
                    path,
                    f"{group_name}: {title}",
                    f"{title}: {self.counted(found)}. {note}",
                    "keinot",
                    self.draw("facet.html", path, view),
                    crumbs=(LinkView("Keinot", "keinot/"),),
                    modified=max(m.review.date for m in found),
                )

    def measure(self, m: r.Measure) -> Page:
        path = f"keinot/{m.id}/"
        view = self.maker.measure(m)
        place = self.place("measures", m.id)
        present = self._present_sections(view)
        html = self.draw(
            "measure.html",
            path,
            view,
            place=place,
            page={"sections": present},
            region=self.regions.answer(m),
            toolkit=links_of(self.maker, m.id),
        )
        crumbs = (LinkView("Keinot", "keinot/"), view.kind)
        return Page(path, m.name.fi, m.summary, "keinot", html, present, crumbs, place, m.review.date, "measure")

    @staticmethod
    def _present_sections(view) -> tuple[SectionView, ...]:
        titles = dict(MEASURE_SECTIONS) | {"nain-haetaan": view.steps_title}
        if view.status == "ended":
            hidden = {"kenelle"} if not view.lists["for_whom"] else set()
            hidden |= {"edellytykset"} if not (view.lists["conditions"] or view.notes["conditions"]) else set()
            hidden |= {"nain-haetaan"} if not view.steps else set()
            hidden |= {"muutoksenhaku"} if not view.appeal else set()
        else:
            hidden = set()
        for name, section in (("amount", "maara"), ("duration", "kesto"), ("income", "vaikutus-tuloihin")):
            if not view.lists[name]:
                hidden.add(section)
        return tuple(SectionView(i, titles[i]) for i, _ in MEASURE_SECTIONS if i not in hidden)

    def situations(self) -> Page:
        groups = []
        for entry in self.c.vocabulary.phases:
            found = [s for s in self.c.situations.values() if s.phases[0] == entry.code]
            if found:
                rows = tuple(
                    LinkView(s.name, f"tilanteet/{s.id}/", s.summary, wording.count(len(s.measure_ids()), "keino", "keinoa")) for s in found
                )
                groups.append(Group(entry.slug or entry.code, entry.label, rows))
        count = wording.count(len(self.c.situations), "tilanne", "tilannetta")
        view = {
            "lead": f"Polku vaiheittain: kuka toimii, mihin mennessä, millä keinoilla ja mistä asiakas elää. {count}.",
            "groups": groups,
        }
        description = "Polut tilanteen mukaan: vaiheet, keinot, määräajat ja asiakkaan tulot."
        return Page(
            "tilanteet/", "Tilanteet", description, "tilanteet", self.draw("situations.html", "tilanteet/", view), modified=self._latest()
        )

    def situation(self, s: r.Situation) -> Page:
        path = f"tilanteet/{s.id}/"
        place = self.place("situations", s.id)
        view = self.maker.situation(s)
        sections = tuple(SectionView(i, title) for i, title in SITUATION_SECTIONS if i != "sudenkuopat" or view.pitfalls)
        html = self.draw("situation.html", path, view, place=place, page={"sections": sections})
        crumbs = (LinkView("Tilanteet", "tilanteet/"),)
        return Page(path, s.name, s.summary, "tilanteet", html, sections, crumbs, place, s.review.date, "situation")

    def actors(self) -> Page:
        groups = []
        for entry in self.c.vocabulary.actor_kinds:
            found = sorted((a for a in self.c.actors.values() if a.kind == entry.code), key=lambda a: wording.sort_key(a.name.fi))
            if found:
                rows = tuple(LinkView(a.name.fi, self.maker.href(a.id), a.summary, icon=self._actor_count(a.id)) for a in found)
                groups.append(Group(entry.code, entry.plural or entry.label, rows))
        view = {
            "lead": f"Kuka päättää, kuka järjestää ja kuka neuvoo. {wording.count(len(self.c.actors), 'toimija', 'toimijaa')}.",
            "groups": groups,
        }
        return Page(
            "toimijat/",
            "Toimijat",
            "Työkyvyn tuen toimijat: viranomaiset, vakuutuslaitokset, terveydenhuolto, työnantaja ja järjestöt.",
            "toimijat",
            self.draw("actors.html", "toimijat/", view),
            modified=self._latest(),
        )

    def _actor_count(self, actor_id: str) -> str:
        found = [m for m in self.c.measures.values() if actor_id in (*m.decided_by, *m.provided_by) and m.status != "ended"]
        return self.counted(found) if found else ""

    def actor(self, a: r.Actor) -> Page:
        path = f"toimijat/{a.id}/"
        view = self.maker.actor(a)
        place = self.place("actors", a.id)
        sections = [SectionView("lyhyesti", "Lyhyesti")]
        for present, i, title in (
            (view.tasks, "tehtavat", "Mistä vastaa"),
            (view.not_tasks, "ei-kuulu", "Tämä ei kuulu tänne"),
            (True, "yhteys", "Näin saat yhteyden"),
            (True, "keinot", "Keinot"),
            (True, "lahteet", "Lähteet"),
            (view.changes, "muutokset", "Muutokset"),
        ):
            if present:
                sections.append(SectionView(i, title))
        html = self.draw("actor.html", path, view, place=place, page={"sections": sections})
        return Page(
            path,
            a.name.fi,
            a.summary,
            "toimijat",
            html,
            tuple(sections),
            (LinkView("Toimijat", "toimijat/"),),
            place,
            a.review.date,
            "actor",
        )

    def terms(self) -> Page:
        letters: dict[str, list] = defaultdict(list)
        for term in sorted(self.c.terms.values(), key=lambda t: wording.sort_key(t.name.fi)):
            letters[wording.initial(term.name.fi)].append(
                {"name": term.name.fi, "href": f"sanasto/{term.id}/", "definition": self._bare(term.definition)}
            )
        view = {
            "lead": f"Työkyvyn tuen sanat selitettynä. {wording.count(len(self.c.terms), 'termi', 'termiä')}.",
            "letters": list(letters.items()),
        }
        return Page(
            "sanasto/",
            "Sanasto",
            "Työkyvyn tuen termit suomeksi, ruotsiksi ja englanniksi.",
            "sanasto",
            self.draw("terms.html", "sanasto/", view),
            modified=self._latest(),
        )

    def _bare(self, source: str):
        """A text without source markers, for lists where the sources do not follow."""
        return tuple(piece for piece in self.maker.rich(source) if piece.kind not in ("cite", "unsourced"))

    def term(self, t: r.Term) -> Page:
        path = f"sanasto/{t.id}/"
        sources = Sources(self.c)
        for source in t.sources:
            sources.add(source)
        names = (("sv", "Ruotsiksi", t.name.sv), ("en", "Englanniksi", t.name.en))
        view = {
            "id": t.id,
            "name": t.name.fi,
            "also": t.synonyms,
            "foreign": [row for row in names if row[2]],
            "definition": self.maker.rich(t.definition, sources),
            "badge": self.maker.badge(t.review),
            "measures": self.maker.measure_links(t.measures),
            "actors": self.maker.actor_links((t.id, *t.related)),
            "related": tuple(LinkView(self.c.terms[i].name.fi, f"sanasto/{i}/") for i in t.related if i in self.c.terms),
            "sources": tuple(sources.views),
        }
        place = self.place("terms", t.id)
        return Page(
            path,
            f"{t.name.fi} (sanasto)",
            self.maker.plain(t.definition),
            "sanasto",
            self.draw("term.html", path, view, place=place),
            crumbs=(LinkView("Sanasto", "sanasto/"),),
            place=place,
            modified=t.review.date,
            kind="term",
        )

    def figures(self) -> Page:
        basis = {"published": "Julkaistu luku", "statute": "Laissa", "computed": "Laskettu, tarkista"}
        rows = []
        for figure in sorted(self.c.figures.values(), key=lambda f: wording.sort_key(f.name)):
            value, state = figure_on(figure, self.maker.today)
            sources = Sources(self.c)
            sources.add(value.source)
            rows.append(
                {
                    "id": figure.id,
                    "name": figure.name,
                    "value": wording.amount(value.value, self.maker.unit(figure.unit)),
                    "state": state,
                    "note": figure_note(value, state, self.maker.today) if state != "valid" else "",
                    "valid": f"{wording.day(value.valid_from)}–{wording.day(value.valid_to) if value.valid_to else ''}",
                    "basis": basis[value.basis],
                    "source": sources.views[0],
                }
            )
        today = wording.day(self.maker.today)
        lead = f"Luvut, joita sivuilla käytetään, sellaisina kuin ne ovat {today}. Vanhentunut luku on yliviivattu."
        view = {"rows": rows, "lead": lead}
        crumbs = (LinkView("Tietoa", "tietoa/"),)
        return Page(
            "tietoa/luvut/",
            "Rahamäärät ja rajat",
            "Etuuksien euromäärät ja tulorajat lähteineen ja voimassaoloineen.",
            "tietoa",
            self.draw("figures.html", "tietoa/luvut/", view),
            crumbs=crumbs,
            modified=self._latest(),
        )

    def appeals(self) -> Page:
        calculators = [calculator_link(x) for x in self.c.calculators.values() if x.topic == "appeal"]
        view = {"appeals": [self.maker.appeal(a) for a in self.c.appeals.values()], "calculators": calculators}
        return Page(
            "muutoksenhaku/",
            "Muutoksenhaku",
            "Mistä päätöksestä valitetaan minne ja mihin mennessä: Kela, eläkelaitos, työvoimaviranomainen, hyvinvointialue ja muut.",
            "keinot",
            self.draw("appeals.html", "muutoksenhaku/", view),
            modified=self._latest(),
        )

    def coverage(self) -> Page:
        path = "tietoa/kattavuus/"
        html = self.draw("coverage.html", path, measure_coverage(self.c))
        description = "Montako keinoa tiedoissa on ja kuinka moni väite perustuu lähteeseen."
        crumbs = (LinkView("Tietoa", "tietoa/"),)
        return Page(path, "Mitä tiedot kattavat", description, "tietoa", html, crumbs=crumbs, modified=self._latest())

    def retired(self, x: r.Retired) -> Page:
        group, folder = ADDRESSED[x.kind]
        path = f"{folder}/{x.id}/"
        follow = [LinkView(name_of(getattr(self.c, group)[i]), f"{folder}/{i}/") for i in x.replaced_by]
        view = {"id": x.id, "name": x.name, "retired": wording.day(x.retired), "why": self.maker.rich(x.why), "replaced_by": follow}
        return Page(
            path,
            x.name,
            self.maker.plain(x.why),
            folder.partition("/")[0],
            self.draw("retired.html", path, view),
            crumbs=(LinkView(folder.rpartition("/")[2].title(), f"{folder}/"),),
            place=self.place("retired", x.id),
            modified=x.retired,
            kind="retired",
            indexed=False,
        )

    def texts(self, docs: Path) -> Iterator[Page]:
        texts, problems = guide.read_texts(docs)
        if problems:
            raise DataError(problems)
        for one in texts:
            place = self.place_at(one.file, 1)
            html = guide.to_html(one, lambda to, path=one.path: relative(path, to))
            folder = one.path.split("/")[0]
            crumbs = () if one.path.count("/") < 2 else (LinkView(TEXT_FOLDERS.get(folder, folder.title()), f"{folder}/"),)
            view = {"id": slug(one.path) or "etusivu", "html": html, "place": place}
            yield Page(
                one.path,
                one.title,
                one.description,
                one.path.split("/")[0],
                self.draw("text.html", one.path, view),
                crumbs=crumbs,
                place=place,
                modified=one.reviewed,
            )

    def not_found(self) -> Page:
        """The page of unknown addresses. It is served anywhere, so its addresses begin at the root of the site."""
        root = "/" + (self.settings.url.split("/", 3)[3] if self.settings.url.count("/") > 2 else "")
        ways = [
            LinkView("Etusivu", ""),
            LinkView("Keinot aakkosittain", "keinot/"),
            LinkView("Tilanteet", "tilanteet/"),
            LinkView("Toimijat", "toimijat/"),
            LinkView("Alueet ja kunnat", "alueet/"),
            LinkView("Sanasto", "sanasto/"),
        ]
        html = self.draw("notfound.html", root, {"ways": ways})
        return Page(root, "Sivua ei löytynyt", "Osoitetta ei ole.", "", html, indexed=False)
