"""The page where two or three measures stand side by side.

The reader's browser fetches the pages of the measures that the address names and sets their
parts in rows, so that nothing here can differ from the measures' own pages.
Without scripts the page leads to the ready comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import wording
from .views import LinkView

if TYPE_CHECKING:
    from .site import Page, _Pages

PATH = "keinot/vertailu/"
# How many measures fit side by side on paper and can be kept in mind.
MOST = 3


@dataclass(frozen=True)
class ReadyView:
    """A comparison that somebody has already made: its page and the measures on it."""

    name: str
    href: str
    side_by_side: str
    measures: tuple[LinkView, ...]


def ready(site: _Pages) -> tuple[ReadyView, ...]:
    """The look-alikes: one word, several measures. `side_by_side` opens the first of them on this page."""
    views = []
    for x in site.c.lookalikes.values():
        ids = list(dict.fromkeys(row.measure for row in x.rows))
        opens = f"{PATH}?k={','.join(ids[:MOST])}" if len(ids) > 1 else ""
        views.append(ReadyView(x.name, f"samannimiset/{x.id}/", opens, site.maker.measure_links(ids)))
    return tuple(sorted(views, key=lambda view: wording.sort_key(view.name)))


def compare_page(site: _Pages, page: type[Page]) -> Page:
    """The page itself. Its choices are all measures, those in force first."""
    rows = sorted(site.c.measures.values(), key=lambda m: (m.status == "ended", wording.sort_key(m.name.fi)))
    choices = [(m.id, m.name.fi if m.status != "ended" else f"{m.name.fi} (lakannut)") for m in rows]
    html = site.draw("compare.html", PATH, {"choices": choices, "ready": ready(site), "most": MOST})
    description = "Kaksi tai kolme keinoa rinnakkain: kenelle, ehdot, raha, kesto, kuka päättää ja mitä ei voi yhdistää."
    crumbs = (LinkView("Keinot", "keinot/"),)
    return page(PATH, "Vertaile keinoja", description, "keinot", html, crumbs=crumbs, modified=site._latest())
