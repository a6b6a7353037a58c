"""Feeds (Atom) and calendars (iCalendar): their forms, and those of the reforms.

Ids and dates come from the data, so a rebuild moves nothing. Addresses are absolute only when
the address of the site is known; otherwise they are relative to the feed, and the calendar has none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from .. import wording
from ..licence import ATTRIBUTION, LICENCE
from ..records import FIRST_NOTED, Reform
from ..render import relative
from ..views import Maker

ATOM = "muutokset/atom.xml"
CALENDAR = "muutokset/kalenteri.ics"
TITLE = "Työkyvyn tuen muutokset – Kaikki keinot käyttöön"
# The root of the ids. It never changes: a reader's program knows an entry by it.
NAMESPACE = uuid.UUID("6f7c1a52-5f0b-5d7e-9a3e-2b8c4d1e0f96")
# RFC 5545: a line has at most 75 octets.
LINE = 75


def stable_id(reform_id: str) -> uuid.UUID:
    """The same id for a reform in every build and at every address."""
    return uuid.uuid5(NAMESPACE, reform_id)


def _ordered(maker: Maker) -> list[Reform]:
    return sorted(maker.c.changes.values(), key=lambda ch: (ch.date, ch.id), reverse=True)


def _words(maker: Maker, ch: Reform) -> str:
    certainty = "" if ch.certainty == "in-force" else f" ({maker.c.label('certainties', ch.certainty)})"
    before = f"Ennen: {maker.plain(ch.before)} " if ch.before else ""
    return f"Voimaan {wording.day(ch.date)}{certainty}. {before}Nyt tai tulossa: {maker.plain(ch.now)}"


@dataclass(frozen=True)
class Entry:
    """One change in a feed. `noted` is the day it was written down here, `date` the day it takes effect."""

    id: uuid.UUID
    date: date
    noted: date
    title: str
    href: str
    words: str


@dataclass(frozen=True)
class Feed:
    """A feed at `path`, about the page at `page`. Its entries are in the order in which they are shown."""

    path: str
    id: uuid.UUID
    title: str
    page: str
    entries: tuple[Entry, ...]


def reform_entry(maker: Maker, ch: Reform) -> Entry:
    """A reform as an entry: the same entry in every feed that has it."""
    return Entry(stable_id(ch.id), ch.date, ch.noted, f"{wording.day(ch.date)}: {ch.title}", f"muutokset/#{ch.id}", _words(maker, ch))


def reforms(maker: Maker) -> Feed:
    """The feed of the reforms, the latest first."""
    return Feed(ATOM, NAMESPACE, TITLE, "muutokset/", tuple(reform_entry(maker, ch) for ch in _ordered(maker)))


def document(feed: Feed, url: str) -> str:
    """A feed as Atom (RFC 4287). Addresses are absolute when `url`, the address of the site, is known."""

    def address(to: str) -> str:
        return escape(url + to if url else relative(feed.path, to))

    updated = max((entry.noted for entry in feed.entries), default=FIRST_NOTED)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fi">',
        f"<title>{escape(feed.title)}</title>",
        f"<id>{feed.id.urn}</id>",
        f"<updated>{updated.isoformat()}T00:00:00Z</updated>",
        f"<author><name>{ATTRIBUTION}</name></author>",
        f"<rights>{LICENCE}, {ATTRIBUTION}</rights>",
        f'<link rel="alternate" type="text/html" href="{address(feed.page)}"/>',
        *([f'<link rel="self" type="application/atom+xml" href="{address(feed.path)}"/>'] if url else []),
    ]
    for entry in feed.entries:
        lines += [
            "<entry>",
            f"<title>{escape(entry.title)}</title>",
            f"<id>{entry.id.urn}</id>",
            f"<updated>{entry.noted.isoformat()}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href="{address(entry.href)}"/>',
            f"<summary>{escape(entry.words)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


@dataclass(frozen=True)
class Event:
    """A whole day in a calendar. `noted` is the day it was written down here."""

    id: uuid.UUID
    date: date
    noted: date
    title: str
    words: str
    href: str
    firm: bool = True


def calendar(maker: Maker, url: str) -> str:
    """The calendar of the reforms: a whole-day event for each."""
    events = []
    for ch in _ordered(maker):
        firm = ch.certainty in ("in-force", "adopted")
        title = ch.title if firm else f"{ch.title} ({maker.c.label('certainties', ch.certainty)})"
        events.append(Event(stable_id(ch.id), ch.date, ch.noted, title, _words(maker, ch), f"muutokset/#{ch.id}", firm))
    return calendar_of("Muutokset", TITLE, events, url)


def calendar_of(product: str, title: str, events: Iterable[Event], url: str) -> str:
    """Events as a calendar file (RFC 5545). An event has an address only when that of the site is known."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Kaikki keinot//{product}//FI", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_value(title)}")
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.id}",
            f"DTSTAMP:{event.noted:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.date:%Y%m%d}",
            f"SUMMARY:{_value(event.title)}",
            f"DESCRIPTION:{_value(event.words)}",
            *([f"URL:{url}{event.href}"] if url else []),
            f"STATUS:{'CONFIRMED' if event.firm else 'TENTATIVE'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _value(words: str) -> str:
    """A text value: the signs that have a meaning in the file are escaped."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A long line in parts of 75 octets, never in the middle of a letter."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
