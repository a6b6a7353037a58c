"""What a reader can follow: feeds by measure, actor and need, the calendar of reviews, OPML, and their pages.

Entries come from the data (`changes.yaml`, the histories of measures and actors, `releases.yaml`).
Their ids and days come from there too, so a rebuild moves nothing.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from .. import wording
from ..licence import ATTRIBUTION
from ..render import relative
from ..views import LinkView, Maker, SectionView
from . import difference
from .feeds import ATOM, CALENDAR, NAMESPACE, Entry, Event, Feed, calendar, calendar_of, document, reform_entry, reforms

if TYPE_CHECKING:
    from ..opendata.records import Release
    from ..records import Change
    from ..site import Page, Site, _Pages

EVERYTHING = "seuraa/atom.xml"
REVIEWS = "seuraa/tarkistukset.ics"
OPML = "seuraa/syotteet.opml"
RELEASES = "muutokset/tietojen-muutokset/"
PAGE = "seuraa/"
# A reader's program asks a feed again and again: the newest are enough, older ones are on the page.
NEWEST = 40


def _id(*parts: object) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(map(str, parts)))


def _history(maker: Maker, folder: str, record_id: str, name: str, changes: Iterable[Change]) -> Iterator[Entry]:
    """The history of a measure or an actor. New changes come first in the data, so one of many on a day is numbered from the end."""
    seen: dict[date, int] = defaultdict(int)
    for ch in reversed(tuple(changes)):
        seen[ch.date] += 1
        words = maker.plain(ch.text)
        title = f"{wording.day(ch.date)}: {name}"
        yield Entry(_id(folder, record_id, ch.date, seen[ch.date]), ch.date, ch.noted, title, f"{folder}/{record_id}/#muutokset", words)


def _release(release: Release) -> Entry:
    words = " ".join(filter(None, (release.about, *(f"{note.name}: {' '.join(note.lines)}" for note in release.notes[:10]))))
    href = f"{RELEASES}#{anchor(release)}"
    return Entry(_id("releases", release.id), release.date, release.date, f"Tiedot {release.id}: {release.title}", href, words)


def anchor(release: Release) -> str:
    """2026.11.23 → versio-2026-11-23"""
    return f"versio-{release.id.replace('.', '-')}"


def feeds(maker: Maker) -> tuple[Feed, ...]:
    """All feeds but the one of the reforms. A record without any change has none."""
    c = maker.c
    reform = {ch.id: reform_entry(maker, ch) for ch in c.changes.values()}
    own = {
        **{("keinot", m.id): tuple(_history(maker, "keinot", m.id, m.name.fi, m.changes)) for m in c.measures.values()},
        **{("toimijat", a.id): tuple(_history(maker, "toimijat", a.id, a.name.fi, a.changes)) for a in c.actors.values()},
    }
    made = [_feed(EVERYTHING, "Kaikki muutokset", PAGE, (*reform.values(), *sum(own.values(), ()), *map(_release, c.releases.values())))]
    for entry in c.vocabulary.needs:
        measures = {m.id for m in c.measures.values() if entry.code in m.needs}
        touching = [reform[ch.id] for ch in c.changes.values() if measures & set(ch.measures)]
        page = f"keinot/tarpeet/{entry.slug}/"
        if measures:
            made.append(_feed(f"{page}atom.xml", entry.label, page, (*touching, *sum((own["keinot", i] for i in sorted(measures)), ()))))
    for a in c.actors.values():
        touching = [reform[ch.id] for ch in c.changes.values() if a.id in ch.actors]
        decided = sum((own["keinot", m.id] for m in c.measures.values() if a.id in m.decided_by), ())
        page = f"toimijat/{a.id}/"
        made.append(_feed(f"{page}atom.xml", a.name.fi, page, (*touching, *own["toimijat", a.id], *decided)))
    for m in c.measures.values():
        touching = [reform[ch.id] for ch in c.changes.values() if m.id in ch.measures]
        page = f"keinot/{m.id}/"
        made.append(_feed(f"{page}atom.xml", m.name.fi, page, (*touching, *own["keinot", m.id])))
    return tuple(feed for feed in made if feed.entries)


def _feed(path: str, name: str, page: str, entries: Iterable[Entry]) -> Feed:
    newest = sorted(entries, key=lambda e: (e.date, e.id), reverse=True)[:NEWEST]
    return Feed(path, _id("feeds", path), f"{name} – {ATTRIBUTION}", page, tuple(newest))


def feed_of(site: Site, page: Page) -> str:
    """The site path of the feed that a page offers, or an empty string."""
    if page.section == "muutokset":
        return ATOM
    path = f"{page.path}atom.xml"
    return path if path in site.feeds else ""


def files(site: Site) -> Mapping[str, str]:
    """Feeds, calendars and OPML by address."""
    maker, url = Maker(site.catalogue, site.today), site.settings.url
    every = [reforms(maker), *site.feeds.values()]
    return {
        **{feed.path: document(feed, url) for feed in every},
        CALENDAR: calendar(maker, url),
        REVIEWS: reviews(maker, url),
        OPML: opml(every, url),
    }


def reviews(maker: Maker, url: str) -> str:
    """The days by which records have to be reviewed, as a calendar: one event for each day."""
    c = maker.c
    due: dict[date, list[tuple[str, date]]] = defaultdict(list)
    for record in (*c.measures.values(), *c.actors.values(), *c.situations.values(), *c.calculators.values()):
        name = record.name if isinstance(record.name, str) else record.name.fi
        due[record.review.next].append((name, record.review.date))
    events = []
    for day, rows in sorted(due.items()):
        names = ", ".join(sorted((name for name, _ in rows), key=wording.sort_key))
        title = f"Tarkista tiedot: {wording.count(len(rows), 'sivu', 'sivua')}"
        events.append(Event(_id("reviews", day), day, max(noted for _, noted in rows), title, names, "tietoa/tarkistus/"))
    return calendar_of("Tarkistukset", f"Tietojen tarkistuspäivät – {ATTRIBUTION}", events, url)


def opml(every: Iterable[Feed], url: str) -> str:
    """All feeds as one subscription list (OPML 2.0). Without the address of the site its addresses are relative to the list."""
    groups = {"": [], "keinot/tarpeet/": [], "toimijat/": [], "keinot/": []}
    for feed in every:
        groups[next((folder for folder in groups if folder and feed.path.startswith(folder)), "")].append(feed)
    titles = {"": "Kaikki muutokset", "keinot/tarpeet/": "Tarpeittain", "toimijat/": "Toimijoittain", "keinot/": "Keinoittain"}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines.append(f"<head><title>{ATTRIBUTION}: syötteet</title></head>\n<body>")
    for folder, feeds_ in groups.items():
        if not feeds_:
            continue
        lines.append(f"<outline text={quoteattr(titles[folder])}>")
        for feed in feeds_:
            at = [url + to if url else relative(OPML, to) for to in (feed.path, feed.page)]
            lines.append(f'<outline type="rss" text={quoteattr(feed.title)} xmlUrl={quoteattr(at[0])} htmlUrl={quoteattr(at[1])}/>')
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


# --- the pages ---------------------------------------------------------------------------


@dataclass(frozen=True)
class FollowPages:
    """Makes the pages with the tools of `site`; `page` is its class of pages."""

    site: _Pages
    page: type[Page]

    def all(self) -> Iterator[Page]:
        """The page on what can be followed, and that of the changes in the data."""
        yield self.follow()
        yield self.releases()

    def follow(self) -> Page:
        """Every feed and calendar, the general ones first."""
        c = self.site.c
        found = {feed.path: feed for feed in feeds(self.site.maker)}
        link = lambda name, page: LinkView(name, f"{page}atom.xml")  # noqa: E731
        by_name = lambda rows: tuple(sorted(rows, key=lambda l: wording.sort_key(l.text)))  # noqa: E731, E741
        groups = (
            ("tarpeittain", "Tarpeittain", tuple(link(e.label, f"keinot/tarpeet/{e.slug}/") for e in c.vocabulary.needs)),
            ("toimijoittain", "Toimijoittain", by_name(link(a.name.fi, f"toimijat/{a.id}/") for a in c.actors.values())),
            ("keinoittain", "Keinoittain", by_name(link(m.name.fi, f"keinot/{m.id}/") for m in c.measures.values())),
        )
        view = {
            "everything": EVERYTHING,
            "reforms": ATOM,
            "calendar": CALENDAR,
            "reviews": REVIEWS,
            "opml": OPML,
            "releases": RELEASES,
            "groups": [(i, title, tuple(x for x in rows if x.href in found)) for i, title, rows in groups],
        }
        view["groups"] = [group for group in view["groups"] if group[2]]
        description = "Syötteet ja kalenterit: uudistukset, keinot, toimijat, tarpeet ja tietojen tarkistuspäivät."
        sections = (SectionView("kaikki", "Kaikki muutokset"), *(SectionView(i, title) for i, title, _ in view["groups"]))
        html = self.site.draw("follow.html", PAGE, view)
        return self.page(PAGE, "Seuraa muutoksia", description, "seuraa", html, sections, modified=self.site._latest())

    def releases(self) -> Page:
        """What changed in the data from version to version."""
        rows = []
        for release in self.site.c.releases.values():
            notes = tuple(difference.Difference(note.kind, note.id, note.name, note.lines) for note in release.notes)
            groups = [(title, [(self._link(d), d.lines) for d in found]) for title, found in difference.by_kind(notes)]
            rows.append({"id": anchor(release), "release": release, "date": wording.day(release.date), "groups": groups})
        sections = tuple(SectionView(row["id"], row["release"].id) for row in rows)
        html = self.site.draw("releases.html", RELEASES, {"rows": rows})
        description = "Mitä sivuston tiedoissa on muuttunut versiosta toiseen: määrät, ehdot, päättäjät ja määräajat."
        crumbs = (LinkView("Muutokset", "muutokset/"),)
        latest = max((release.date for release in self.site.c.releases.values()), default=None)
        return self.page(RELEASES, "Tietojen muutokset", description, "muutokset", html, sections, crumbs, modified=latest)

    def _link(self, d: difference.Difference) -> LinkView:
        """The record's page, as long as there is one."""
        group = {"measure": "measures", "actor": "actors", "situation": "situations", "municipality": "municipalities"}.get(d.kind, "")
        known = group and d.id in getattr(self.site.c, group)
        return LinkView(d.name, difference.address(d) if known else "")
