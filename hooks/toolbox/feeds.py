"""The reforms as an Atom feed and as a calendar.

Ids and dates come from the data, so a rebuild moves nothing. Addresses are absolute only when
the address of the site is known; otherwise they are relative to the feed, and the calendar has none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from . import wording
from .records import Reform
from .views import Maker

if TYPE_CHECKING:
    from .site import Site

ATOM = "muutokset/atom.xml"
CALENDAR = "muutokset/kalenteri.ics"
TITLE = "Työkyvyn tuen muutokset – Kaikki keinot käyttöön"
# The root of the ids. It never changes: a reader's program knows an entry by it.
NAMESPACE = uuid.UUID("6f7c1a52-5f0b-5d7e-9a3e-2b8c4d1e0f96")
# RFC 5545: a line has at most 75 octets.
LINE = 75


def files(made: Site) -> Mapping[str, str]:
    """Both feeds by address."""
    maker = Maker(made.catalogue, made.today)
    return {ATOM: atom(maker, made.settings.url), CALENDAR: calendar(maker, made.settings.url)}


def stable_id(reform_id: str) -> uuid.UUID:
    """The same id for a reform in every build and at every address."""
    return uuid.uuid5(NAMESPACE, reform_id)


def _ordered(maker: Maker) -> list[Reform]:
    return sorted(maker.c.changes.values(), key=lambda ch: (ch.date, ch.id), reverse=True)


def _words(maker: Maker, ch: Reform) -> str:
    certainty = "" if ch.certainty == "in-force" else f" ({maker.c.label('certainties', ch.certainty)})"
    before = f"Ennen: {maker.plain(ch.before)} " if ch.before else ""
    return f"Voimaan {wording.day(ch.date)}{certainty}. {before}Nyt tai tulossa: {maker.plain(ch.now)}"


def atom(maker: Maker, url: str) -> str:
    """The Atom feed (RFC 4287)."""
    reforms = _ordered(maker)
    base = f"{url}muutokset/" if url else "./"
    updated = max((ch.noted for ch in reforms), default=date(2026, 11, 22))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fi">',
        f"<title>{escape(TITLE)}</title>",
        f"<id>{NAMESPACE.urn}</id>",
        f"<updated>{updated.isoformat()}T00:00:00Z</updated>",
        "<author><name>Kaikki keinot käyttöön</name></author>",
        f'<link rel="alternate" type="text/html" href="{escape(base)}"/>',
        *([f'<link rel="self" type="application/atom+xml" href="{escape(url)}{ATOM}"/>'] if url else []),
    ]
    for ch in reforms:
        lines += [
            "<entry>",
            f"<title>{wording.day(ch.date)}: {escape(ch.title)}</title>",
            f"<id>{stable_id(ch.id).urn}</id>",
            f"<updated>{ch.noted.isoformat()}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href="{escape(base)}#{ch.id}"/>',
            f"<summary>{escape(_words(maker, ch))}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def calendar(maker: Maker, url: str) -> str:
    """The calendar file (RFC 5545): a whole-day event for each reform."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kaikki keinot//Muutokset//FI", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_value(TITLE)}")
    for ch in _ordered(maker):
        firm = ch.certainty in ("in-force", "adopted")
        title = ch.title if firm else f"{ch.title} ({maker.c.label('certainties', ch.certainty)})"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{stable_id(ch.id)}",
            f"DTSTAMP:{ch.noted:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{ch.date:%Y%m%d}",
            f"SUMMARY:{_value(title)}",
            f"DESCRIPTION:{_value(_words(maker, ch))}",
            *([f"URL:{url}muutokset/#{ch.id}"] if url else []),
            f"STATUS:{'CONFIRMED' if firm else 'TENTATIVE'}",
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
