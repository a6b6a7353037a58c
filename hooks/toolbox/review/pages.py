"""The public pages of the ledger: what is overdue, without a source, doubted or not yet compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from .. import wording
from ..views import LinkView
from . import ledger

if TYPE_CHECKING:
    from ..site import Page, _Pages

PATH = "tietoa/tarkistukset/"
# So many rows keep a page of a list under 40 KB.
ROWS = 200


@dataclass(frozen=True)
class ListKind:
    """One list: its address, names, which entries belong to it and what is said of each."""

    slug: str
    title: str
    lead: str
    none: str
    belongs: Callable[[ledger.Entry, date], bool]
    says: Callable[[ledger.Entry], str]


def _due(entry: ledger.Entry) -> str:
    return f"piti tarkistaa {wording.day(entry.review.next)}" if entry.review else "ei merkitty tarkistetuksi"


def _unsourced(entry: ledger.Entry) -> str:
    whole = "ei lähteitä" if entry.review and entry.review.level == "unsourced" else ""
    claims = wording.count(entry.unsourced, "väite", "väitettä") if entry.unsourced else ""
    return ", ".join(filter(None, (whole, claims)))


LISTS = (
    ListKind(
        "myohassa",
        "Tarkistus on myöhässä",
        "Näiden tarkistuksen päivä on ohi. Tieto voi olla yhä oikein, mutta kukaan ei ole katsonut sitä ajoissa.",
        "Yhdenkään tarkistus ei ole myöhässä.",
        lambda e, today: e.overdue(today),
        _due,
    ),
    ListKind(
        "ilman-lahdetta",
        "Ilman lähdettä",
        "Näissä on väitteitä, joille ei ole löytynyt lähdettä. Sivulla ne on merkitty kysymysmerkillä.",
        "Jokaisella väitteellä on lähde.",
        lambda e, _: bool(e.unsourced or (e.review and e.review.level == "unsourced")),
        _unsourced,
    ),
    ListKind(
        "epavarmat",
        "Epävarmoja kohtia",
        "Näissä on kohtia, joista emme ole varmoja. Sivu kertoo ne keltaisessa laatikossa ja sanoo, keneltä asian voi tarkistaa.",
        "Epävarmoja kohtia ei ole.",
        lambda e, _: e.doubts > 0,
        lambda e: wording.count(e.doubts, "kohta", "kohtaa"),
    ),
    ListKind(
        "vertaamatta",
        "Ei vielä verrattu nykyiseen sivuun",
        "Näitä kukaan ei ole vielä verrannut toimijan nykyiseen sivuun tai voimassa olevaan lakiin.",
        "Kaikki on verrattu nykyiseen lähteeseen.",
        lambda e, _: e.review is None or e.review.level != "verified",
        lambda e: f"viimeistään {wording.day(e.review.next)}" if e.review else "ei merkitty tarkistetuksi",
    ),
)


@dataclass(frozen=True)
class ReviewPages:
    """Makes the pages with the tools of `site`; `page` is its class of pages."""

    site: _Pages
    page: type[Page]

    def all(self) -> Iterator[Page]:
        entries = ledger.entries(self.site.c)
        today = self.site.maker.today
        found = {kind.slug: [e for e in entries if kind.belongs(e, today)] for kind in LISTS}
        yield self.overview(entries, found)
        for kind in LISTS:
            yield from self.pages_of(kind, found[kind.slug])

    def overview(self, entries: tuple[ledger.Entry, ...], found: dict[str, list[ledger.Entry]]) -> Page:
        c, today = self.site.c, self.site.maker.today
        levels = [(e.code, e.label) for e in c.vocabulary.review_levels]
        kinds = []
        for key, (_, title, _) in ledger.REVIEWED.items():
            rows = [e for e in entries if e.key == key]
            if rows:
                counted = Counter(e.review.level if e.review else "" for e in rows)
                kinds.append((title, len(rows), [counted[code] for code, _ in levels], sum(e.overdue(today) for e in rows)))
        rhythms = []
        for rhythm in c.rhythms.values():
            rows = [e for e in entries if e.code in rhythm.covers]
            due = min((e.review.next for e in rows if e.review), default=None)
            often = "joka vuosi ennen tammikuuta" if rhythm.before_january else f"{rhythm.months} kuukauden välein"
            rhythms.append((rhythm.name, often, len(rows), wording.day(due) if due else ""))
        months = Counter(e.review.next.isoformat()[:7] for e in entries if e.review and not e.overdue(today))
        stamped = sorted((e for e in entries if e.review and e.review.by), key=lambda e: (e.review.date, e.id), reverse=True)
        view = {
            "today": wording.day(today),
            "count": wording.count(len(entries), "tietue", "tietuetta"),
            "lists": [
                (LinkView(kind.title, f"{PATH}{kind.slug}/"), len(found[kind.slug]), kind.lead) for kind in LISTS if found[kind.slug]
            ],
            "none": [kind.none for kind in LISTS if not found[kind.slug]],
            "levels": [label for _, label in levels],
            "kinds": kinds,
            "rhythms": rhythms,
            "months": [(f"{int(month[5:])}/{month[:4]}", n) for month, n in sorted(months.items())[:12]],
            "stamped": [(LinkView(e.name, e.href), wording.day(e.review.date), e.review) for e in stamped[:50]],
            "stamped_count": len(stamped),
        }
        html = self.site.draw("reviews.html", PATH, view)
        description = "Mitä tietoja on tarkistettu, kuka ne tarkisti, mikä on myöhässä ja mille ei ole lähdettä."
        return self.page(PATH, "Tarkistusten tilanne", description, "tietoa", html, crumbs=(LinkView("Tietoa", "tietoa/"),))

    def pages_of(self, kind: ListKind, entries: list[ledger.Entry]) -> Iterator[Page]:
        """One list on as many pages as it needs, in the order of the sorts and the alphabet."""
        order = list(ledger.REVIEWED)
        rows = sorted(entries, key=lambda e: (order.index(e.key), wording.sort_key(e.name), e.id))
        parts = [rows[i : i + ROWS] for i in range(0, len(rows), ROWS)]
        address = lambda number: f"{PATH}{kind.slug}/" + (f"{number}/" if number > 1 else "")  # noqa: E731
        total = Counter(e.key for e in rows)
        for number, part in enumerate(parts, 1):
            path = address(number)
            groups = [
                (key, ledger.REVIEWED[key][1], total[key], [(LinkView(e.name, e.href), kind.says(e)) for e in group])
                for key, group in groupby(part, key=lambda e: e.key)
            ]
            view = {
                "id": f"tarkistukset-{kind.slug}-{number}" if number > 1 else f"tarkistukset-{kind.slug}",
                "title": kind.title + (f", sivu {number}" if number > 1 else ""),
                "lead": kind.lead,
                "count": wording.count(len(rows), "tietue", "tietuetta"),
                "groups": groups,
                "pages": [(LinkView(str(n), address(n)), n == number) for n in range(1, len(parts) + 1)] if len(parts) > 1 else [],
            }
            html = self.site.draw("review-list.html", path, view)
            crumbs = (LinkView("Tietoa", "tietoa/"), LinkView("Tarkistusten tilanne", PATH))
            title = f"Tarkistukset: {view['title'][0].lower()}{view['title'][1:]}"
            yield self.page(path, title, kind.lead, "tietoa", html, crumbs=crumbs, indexed=False)
