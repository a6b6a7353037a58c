"""The learning pages: path, modules, self-tests, cases, cards, the map, the trainer's page, the booklet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from .. import guide, wording
from ..problems import DataError
from ..render import relative
from ..views import LinkView, SectionView
from . import deck as anki_deck
from . import map as learn_map
from . import rules as learn_rules
from . import views

if TYPE_CHECKING:
    from datetime import date

    from ..catalogue import Catalogue
    from ..site import Page, _Pages
    from ..views import Maker

HOME = "opi/"
MAP, MAP_OF_NEEDS, FLOWS = "opi/jarjestelma/", "opi/jarjestelma/tarpeet/", "opi/jarjestelma/tieto/"
STYLES = ("assets/learn.css",)
# Where `make booklet` puts the PDF.
BOOKLET = "opi/kaikki-keinot-vihko.pdf"
# Pages of this part that are not records, with their names: modules and questions may lead to them.
TITLES = {
    HOME: "Opi palvelujärjestelmä",
    MAP: "Palvelujärjestelmän kartta",
    MAP_OF_NEEDS: "Kartta tarpeittain",
    FLOWS: "Kuka tietää ja kuka ohjaa",
    "opi/testi/": "Itsetestit",
    "opi/itsearvio/": "Arvioi osaamisesi",
    "opi/tapaukset/": "Harjoitustapaukset",
    "opi/kortit/": "Muistikortit",
    "opi/kouluttajalle/": "Kouluttajalle",
    "opi/vihko/": "Oppimisvihko",
}
# What the first page leads to besides the modules.
TOOLS = (
    (MAP, "Yksi kuva: kuka tekee mitä asiakkaan hyväksi, vaiheittain ja tarpeittain."),
    ("opi/tapaukset/", "Valitse keinot ja järjestys, katso mikä sopii yhteen ja mitä unohtui."),
    ("opi/testi/", "Kysymyksiä, joiden vastaus on tällä sivustolla."),
    ("opi/kortit/", "Termit ja keinot kortteina, myös Ankiin."),
    ("opi/itsearvio/", "Osaaminen ennen ja jälkeen. Vastaukset pysyvät laitteellasi."),
    ("opi/kouluttajalle/", "Valmiit tehtävät, linkit oppimisalustalle ja tulostettava vihko."),
)
MODULE_SECTIONS = (
    ("tavoitteet", "Tavoitteet"),
    ("kasitteet", "Käsitteet"),
    ("lue", "Lue täältä"),
    ("kaytannossa", "Käytännössä"),
    ("testaa", "Testaa itsesi"),
    ("omaan-tyohon", "Vie omaan työhösi"),
    ("lahteet", "Lähteet"),
    ("viittaus", "Näin viittaat"),
)


@dataclass(frozen=True)
class LearnPages:
    """Makes the pages with the tools of `site`; `page` is its class of pages, `known` the pages made before these."""

    site: _Pages
    page: type[Page]
    docs: Path
    known: Mapping[str, Page]

    @property
    def c(self) -> Catalogue:
        return self.site.c

    @property
    def maker(self) -> Maker:
        return self.site.maker

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The name of every page that a module or a question may lead to."""
        records = {f"opi/{m.id}/": m.name for m in self.c.modules.values()} | {
            f"opi/tapaukset/{x.id}/": x.name for x in self.c.cases.values()
        }
        return {path: page.title for path, page in self.known.items()} | TITLES | records

    @cached_property
    def modules(self) -> tuple[views.ModuleView, ...]:
        """Modules in the order of the areas, numbered."""
        areas = [entry.code for entry in self.c.vocabulary.learning_areas]
        ordered = sorted(self.c.modules.values(), key=lambda m: areas.index(m.area))
        return tuple(views.module(self.maker, m, number, self.titles) for number, m in enumerate(ordered, 1))

    @cached_property
    def cases(self) -> tuple[views.CaseView, ...]:
        return tuple(views.case(self.maker, x) for x in self.c.cases.values())

    @cached_property
    def background(self) -> tuple[guide.Text, ...]:
        """The texts on where the model comes from."""
        return tuple(one for one in guide.read_texts(self.docs)[0] if one.path.startswith(HOME))

    def all(self) -> Iterator[Page]:
        problems = tuple(learn_rules.pages_exist(self.c, self.known, self.titles))
        if problems:
            raise DataError(problems)
        yield self.home()
        for m in self.modules:
            yield self.module(m)
        yield from self.maps()
        yield self.flows()
        yield self.tests()
        for m in self.modules:
            if m.questions:
                yield self.test(m)
        yield self.skills()
        yield self.case_list()
        for case in self.cases:
            yield self.case(case)
        yield self.decks()
        for deck in views.decks(self.maker):
            yield self.deck(deck)
        yield self.trainer()
        yield self.booklet()

    # --- helpers -----------------------------------------------------------------------

    def _page(self, path: str, description: str, template: str, view: dict, *, scripts: tuple[str, ...] = (), **more) -> Page:
        """A page of this part: its frame has the learning styles and the scripts named."""
        title = more.pop("title", TITLES.get(path, ""))
        crumbs = more.pop("crumbs", (LinkView("Opi", HOME),) if path != HOME else ())
        context = more.pop("context", {})
        return self.page(
            path,
            title,
            description,
            "opi",
            self.site.draw(template, path, view, **context),
            crumbs=crumbs,
            modified=more.pop("modified", self.site._latest()),
            styles=STYLES,
            scripts=tuple(f"assets/{name}.js" for name in scripts),
            **more,
        )

    def citation(self, name: str, path: str, day: date | None) -> str:
        """How to cite a page of this part."""
        when = f" Tarkistettu {wording.day(day)}." if day else ""
        return f"Kaikki keinot käyttöön. {name}.{when} CC BY 4.0. {self.site.settings.url}{path}"

    # --- pages -------------------------------------------------------------------------

    def home(self) -> Page:
        minutes = sum(m.minutes for m in self.c.modules.values())
        view = {
            "count": wording.count(len(self.modules), "moduuli", "moduulia"),
            "time": views.duration(minutes),
            "questions": wording.count(views.all_questions(self.modules), "kysymys", "kysymystä"),
            "areas": [(area, tuple(rows)) for area, rows in groupby(self.modules, key=lambda m: m.area)],
            "tools": [LinkView(TITLES[path], path, note) for path, note in TOOLS],
            "background": [LinkView(one.title, one.path, one.description) for one in self.background],
        }
        description = "Oppimispolku työkykykoordinaattorille: moduulit, kartta, itsetestit, tapaukset ja muistikortit."
        return self._page(HOME, description, "learn.html", view, scripts=("learn-progress",))

    def module(self, m: views.ModuleView) -> Page:
        path = f"opi/{m.id}/"
        record = self.c.modules[m.id]
        following = next((LinkView(x.name, f"opi/{x.id}/") for x in self.modules if x.number == m.number + 1), None)
        sections = tuple(SectionView(i, title) for i, title in MODULE_SECTIONS if i != "testaa" or m.questions)
        place = self.site.place("modules", m.id)
        context = {
            "place": place,
            "page": {"sections": sections},
            "following": following,
            "citation": self.citation(m.name, path, record.review.date),
        }
        return self._page(
            path, m.lead, "learn-module.html", m, scripts=("learn-progress",), title=f"{m.name} (oppimismoduuli)", context=context,
            sections=sections, place=place, modified=record.review.date, kind="module",
        )  # fmt: skip

    def maps(self) -> Iterator[Page]:
        for picture, path, others in zip(learn_map.pictures(self.maker), (MAP, MAP_OF_NEEDS), (MAP_OF_NEEDS, MAP), strict=True):
            ways = [LinkView(TITLES[other], other) for other in (others, FLOWS)]
            crumbs = (LinkView("Opi", HOME),) if path == MAP else (LinkView("Opi", HOME), LinkView(TITLES[MAP], MAP))
            view = {"picture": picture, "ways": ways}
            description = f"{picture.title}: asiakas keskellä, toimijat ja keinojen määrät kuvana ja luettelona."
            yield self._page(path, description, "learn-map.html", view, crumbs=crumbs)

    def flows(self) -> Page:
        path = FLOWS
        view = {"flows": learn_map.flows(self.maker), "rows": learn_map.FLOW_ROWS}
        crumbs = (LinkView("Opi", HOME), LinkView(TITLES[MAP], MAP))
        description = "Kuka ohjaa asiakkaan kenelle, mitä papereita päättäjä saa ja mikä kuuluu muualle."
        return self._page(path, description, "learn-flows.html", view, crumbs=crumbs)

    def tests(self) -> Page:
        count = wording.count(views.all_questions(self.modules), "kysymys", "kysymystä")
        view = {"modules": [m for m in self.modules if m.questions], "count": count}
        description = "Itsetestit moduuleittain: kysymys, vastaus, selitys ja sivu, jolla vastaus on."
        return self._page("opi/testi/", description, "learn-tests.html", view)

    def test(self, m: views.ModuleView) -> Page:
        count = wording.count(len(m.questions), "kysymys", "kysymystä")
        return self._page(
            f"opi/testi/{m.id}/",
            f"Itsetesti: {m.name.lower()}. {count}, selitykset ja linkit vastauksiin.",
            "learn-test.html",
            {"module": m, "count": count},
            scripts=("learn-test",),
            title=f"Itsetesti: {m.name}",
            crumbs=(LinkView("Opi", HOME), LinkView("Itsetestit", "opi/testi/")),
            place=self.site.place("questions", m.questions[0].id),
            kind="self-test",
        )

    def skills(self) -> Page:
        view = {"areas": [(area, tuple(rows)) for area, rows in groupby(self.modules, key=lambda m: m.area)]}
        description = "Arvioi osaamisesi ennen ja jälkeen. Vastaukset pysyvät omalla laitteellasi."
        return self._page("opi/itsearvio/", description, "learn-skills.html", view, scripts=("learn-skills",))

    def case_list(self) -> Page:
        view = {"cases": self.cases, "count": wording.count(len(self.cases), "tapaus", "tapausta")}
        description = "Keksittyjä asiakastilanteita: valitse keinot ja järjestys, vertaa malliratkaisuun."
        return self._page("opi/tapaukset/", description, "learn-cases.html", view)

    def case(self, x: views.CaseView) -> Page:
        place = self.site.place("cases", x.id)
        return self._page(
            f"opi/tapaukset/{x.id}/",
            f"Harjoitustapaus: {self.maker.plain(self.c.cases[x.id].task)}",
            "learn-case.html",
            x,
            scripts=("learn-case",),
            title=f"Tapaus: {x.name}",
            crumbs=(LinkView("Opi", HOME), LinkView(TITLES["opi/tapaukset/"], "opi/tapaukset/")),
            context={"place": place},
            place=place,
            modified=self.c.cases[x.id].review.date,
            kind="case",
        )

    def decks(self) -> Page:
        made = views.decks(self.maker)
        view = {
            "terms": [d for d in made if d.id.startswith("termit-")],
            "measures": [d for d in made if not d.id.startswith("termit-")],
            "count": wording.count(sum(len(d.cards) for d in made), "kortti", "korttia"),
            "anki": anki_deck.ADDRESS,
        }
        return self._page("opi/kortit/", "Muistikortit termeistä ja keinoista selaimessa ja Anki-pakkana.", "learn-decks.html", view)

    def deck(self, deck: views.CardDeck) -> Page:
        count = wording.count(len(deck.cards), "kortti", "korttia")
        return self._page(
            f"opi/kortit/{deck.id}/",
            f"Muistikortit: {deck.name.lower()}, {count}.",
            "learn-cards.html",
            {"deck": deck, "count": count, "measures": bool(deck.cards[0].who)},
            scripts=("learn-cards",),
            title=f"Muistikortit: {deck.name}",
            kind="deck",
            crumbs=(LinkView("Opi", HOME), LinkView("Muistikortit", "opi/kortit/")),
        )

    def trainer(self) -> Page:
        view = {
            "modules": self.modules,
            "cases": self.cases,
            "address": self.site.settings.url,
            "anki": anki_deck.ADDRESS,
            "pdf": BOOKLET if self.site.settings.booklet else "",
            "time": views.duration(sum(m.minutes for m in self.c.modules.values())),
        }
        return self._page("opi/kouluttajalle/", "Valmiit tehtävät, linkit oppimisalustalle, vihko ja lisenssi.", "learn-trainer.html", view)

    def booklet(self) -> Page:
        """All of this part as one page for paper, from the same views. Not for the screen of a phone: it has no limit of weight."""
        path = "opi/vihko/"
        as_html = lambda one: guide.to_html(one, lambda to: relative(path, to))  # noqa: E731
        texts = [(one.title, _lowered(as_html(one), f"t{n}")) for n, one in enumerate(self.background, 1)]
        view = {
            "modules": self.modules,
            "cases": self.cases,
            "texts": texts,
            "date": wording.day(self.site._latest()) if self.site._latest() else "",
            "address": self.site.settings.url,
        }
        return self._page(path, "Koko oppimateriaali yhtenä tulostettavana vihkona.", "learn-booklet.html", view, indexed=False)


def _lowered(html: str, prefix: str) -> Markup:
    """The HTML of a text as a chapter: its own name left out, headings one level lower, anchors with a prefix."""
    html = re.sub(r"\s*<h1[^>]*>.*?</h1>", "", html, count=1, flags=re.DOTALL)
    html = re.sub(r"(</?h)([2-5])", lambda m: f"{m[1]}{int(m[2]) + 1}", html)
    return Markup(re.sub(r'( id="| href="#)', rf"\g<1>{prefix}-", html))  # noqa: S704 - made by guide, which escapes
