"""The pages of the day calculators: a list of them by topic, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import wording
from .views import LinkView

if TYPE_CHECKING:
    from .records import Calculator
    from .site import Page, _Pages


@dataclass(frozen=True)
class CalculatorPages:
    """Makes the pages with the tools of `site`; `page` is its class of pages."""

    site: _Pages
    page: type[Page]

    def all(self) -> Iterator[Page]:
        """The list first, then every calculator in the order of its file."""
        calculators = self.site.c.calculators
        yield self.listed()
        for one in calculators.values():
            yield self.calculator(one)

    def listed(self) -> Page:
        """Calculators by topic, each with the day it asks for."""
        c = self.site.c
        topics = [
            (entry.slug or entry.code, entry.label, [x for x in c.calculators.values() if x.topic == entry.code])
            for entry in c.vocabulary.calculator_topics
        ]
        view = {
            "count": wording.count(len(c.calculators), "laskuri", "laskuria"),
            "topics": [(i, label, rows) for i, label, rows in topics if rows],
        }
        description = "Sairausloman tarkistuspisteet, hakuajat, karenssit ja valitusajat päivämäärinä."
        html = self.site.draw("calculators.html", "laskurit/", view)
        modified = max((x.review.date for x in c.calculators.values()), default=None)
        return self.page("laskurit/", "Päivälaskurit", description, "laskurit", html, modified=modified)

    def calculator(self, x: Calculator) -> Page:
        """One calculator: what it does not know, the rule, the form and a worked example."""
        path = f"laskurit/{x.id}/"
        place = self.site.place("calculators", x.id)
        html = self.site.draw("calculator.html", path, self.site.maker.calculator(x), place=place)
        description = self.site.maker.plain(x.rule)
        crumbs = (LinkView("Päivälaskurit", "laskurit/"),)
        return self.page(path, f"{x.name} (laskuri)", description, "laskurit", html, (), crumbs, place, x.review.date, "calculator")
