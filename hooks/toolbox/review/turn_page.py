"""The page of the coming turn of the year: what changes, as far as it is known, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import wording
from ..views import LinkView
from . import turn

if TYPE_CHECKING:
    from ..site import Page, _Pages

PATH = "tietoa/vuodenvaihde/"


def page(site: _Pages, kind: type[Page]) -> Page:
    """The page, made with the tools of `site`; `kind` is its class of pages."""
    c, maker = site.c, site.maker
    found, users = turn.turn(c, maker.today), turn.users_of(c)
    amount = lambda figure, value: wording.amount(value.value, maker.unit(figure.unit))  # noqa: E731
    rows = [
        {
            "name": figure.name,
            "href": f"tietoa/luvut/#{figure.id}",
            "now": amount(figure, value),
            "until": wording.day(value.valid_to),
            "then": amount(figure, after) if after else "",
            "measures": maker.measure_links(users.get(figure.id, ())[:3]),
            "more": max(0, len(users.get(figure.id, ())) - 3),
        }
        for figure, value, after in sorted(found.lapsing, key=lambda row: (row[2] is not None, wording.sort_key(row[0].name)))
    ]
    view = {
        "years": f"{found.day.year - 1}–{found.day.year}",
        "day": wording.day(found.day),
        "today": wording.day(maker.today),
        "rows": rows,
        "unknown": sum(not row["then"] for row in rows),
        "missing": [LinkView(figure.name, f"tietoa/luvut/#{figure.id}") for figure in found.missing],
        "reforms": [
            (LinkView(ch.title, f"muutokset/#{ch.id}"), wording.day(ch.date), c.label("certainties", ch.certainty)) for ch in found.reforms
        ],
        "states": [(LinkView(x.name.fi, maker.href(x.id)), c.label("statuses", state)) for x, state in found.states],
        "notices": [LinkView(m.name.fi, f"keinot/{m.id}/#muutokset") for m in dict.fromkeys(m for m, _ in found.notices)],
        "calculators": [LinkView(x.name, f"laskurit/#{x.id}") for x in found.calculators],
    }
    html = site.draw("turn.html", PATH, view)
    description = "Mitkä luvut vanhenevat vuoden lopussa, mitkä muutokset tulevat voimaan ja mitä ei vielä tiedetä."
    return kind(PATH, "Vuodenvaihde", description, "tietoa", html, crumbs=(LinkView("Tietoa", "tietoa/"),))
