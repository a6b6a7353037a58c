"""Short links and QR codes: an address of a few letters for each measure, actor, guide and municipality.

A code is given once, stands in `data/short-links.txt` and never changes or goes to another record,
because it may be printed on paper. `/k/<code>/` is a small page that leads on, without a server.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from ..problems import Problem
from ..render import relative
from ..rulebook import RuleBook

if TYPE_CHECKING:
    from ..catalogue import Catalogue
    from ..site import Site

FILE = "short-links.txt"
SHOWN = f"data/{FILE}"
# The kinds that have a short link, and the folder of their pages.
FOLDERS = {"measure": "keinot", "actor": "toimijat", "situation": "tilanteet", "municipality": "alueet/kunnat"}
# Codes by the address of the page, for the button Jaa: in the pages themselves they would cost bytes on every reading.
CODES = "k/codes.json"
CODE = re.compile(r"[a-z0-9]{2,16}")
# An id as short as this is its own code.
WHOLE = 9
HEAD = 6
# The mask of a QR code only balances its squares. Trying all eight takes four times the time; readers read each alike.
MASK = 3

_book = RuleBook()
rule, check = _book.rule, _book.check


def read(path: Path) -> tuple[Mapping[str, str], list[Problem]]:
    """The codes of a file, `code → kind:id`, in the order of the file, and its broken or repeated lines as problems."""
    if not path.exists():
        return {}, [Problem(SHOWN, 0, "lyhyiden linkkien luettelo puuttuu", "palauta tiedosto")]
    codes: dict[str, str] = {}
    problems = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        code, _, name = line.partition(" ")
        if not CODE.fullmatch(code) or name.count(":") != 1:
            problems.append(Problem(SHOWN, number, f'rivi "{line}" ei ole muotoa "koodi laji:tunnus"', "korjaa rivi"))
        elif code in codes:
            problems.append(Problem(SHOWN, number, f'koodi "{code}" on kahdesti', "palauta tiedosto: julkaistua koodia ei anneta toiselle"))
        else:
            codes[code] = name
    return codes, problems


def propose(record_id: str, taken: Iterable[str]) -> str:
    """A free code for an id: the id itself when it is short, else its beginning and the initials of its other words."""
    taken = set(taken)
    first, *others = record_id.split("-")
    whole = record_id.replace("-", "")
    initials = "".join(word[0] for word in others)[:4]
    options = [whole] if len(whole) <= WHOLE else [f"{first[:size]}{initials}" for size in range(HEAD, max(HEAD, min(len(first), 10)) + 1)]
    for code in (*options, *(f"{options[0]}{n}" for n in range(2, 1000))):
        if code not in taken and CODE.fullmatch(code):
            return code
    raise ValueError(record_id)


def extended(codes: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The codes and new ones for the names (`kind:id`) that have none. Nothing that is there changes."""
    every = dict(codes)
    known = set(codes.values())
    for name in sorted(names):
        kind, _, record_id = name.partition(":")
        if kind in FOLDERS and name not in known:
            every[propose(record_id, every)] = name
    return every


def write(path: Path, codes: Mapping[str, str]) -> None:
    """Write the codes in the order of what they lead to."""
    rows = sorted(codes.items(), key=lambda row: (row[1], row[0]))
    path.write_text("".join(f"{code} {name}\n" for code, name in rows), "utf-8", newline="\n")


def folder_of(name: str) -> str:
    """measure:kela-x → keinot/kela-x/"""
    kind, _, record_id = name.partition(":")
    return f"{FOLDERS[kind]}/{record_id}/"


@rule
def short_links_lead_to_published_ids(c: Catalogue, today: date) -> Iterator[Problem]:
    """Lyhyt linkki vie julkaistuun tunnukseen, ja tunnuksella on yksi lyhyt linkki."""
    seen: dict[str, str] = {}
    published = set(c.published)
    for line, (code, name) in enumerate(c.short_links.items(), 1):
        if name.split(":")[0] not in FOLDERS or name not in published:
            message = f'koodi "{code}" vie tunnukseen "{name}", jota ei ole julkaistu'
            yield Problem(SHOWN, line, message, "palauta tunnus luetteloon published-ids.txt")
        elif name in seen:
            yield Problem(SHOWN, line, f'tunnuksella "{name}" on jo koodi "{seen[name]}"', "poista uudempi rivi")
        seen[name] = code


@rule
def published_ids_have_short_links(c: Catalogue, today: date) -> Iterator[Problem]:
    """Julkaistulla keinolla, toimijalla, tilanteella ja kunnalla on lyhyt linkki."""
    known = set(c.short_links.values())
    for name in c.published:
        if name.split(":")[0] in FOLDERS and name not in known:
            yield Problem(SHOWN, 0, f'tunnukselta "{name}" puuttuu lyhyt linkki', "aja: make ids", warning=True)


# --- what is published ---------------------------------------------------------------------


def files(site: Site) -> Iterator[tuple[str, str]]:
    """The short addresses, and the QR codes when the address of the site is known: a QR code has to be absolute."""
    codes = {}
    for code, name in site.catalogue.short_links.items():
        target = folder_of(name)
        page = site.by_path.get(target)
        if page is None:
            continue
        codes[target] = code
        yield f"k/{code}/index.html", leading_page(code, page.title, target, site.settings.url)
        if site.settings.url:
            yield qr_path(name), qr_svg(f"{site.settings.url}k/{code}/")
    yield CODES, json.dumps(codes, separators=(",", ":"), sort_keys=True) + "\n"


def leading_page(code: str, title: str, target: str, url: str) -> str:
    """A page that leads on by itself; a link stands on it for those whose browser does not."""
    to = escape(relative(f"k/{code}/", target))
    canonical = f'<link rel="canonical" href="{escape(url + target)}">' if url else ""
    return (
        f'<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>Lyhyt linkki {code}: {escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">{canonical}'
        f'<link rel="icon" href="../../assets/mark.svg"><meta http-equiv="refresh" content="0; url={to}"></head>'
        f'<body><main><h1>{escape(title)}</h1><p><a href="{to}">Siirry sivulle</a></p></main></body></html>\n'
    )


def qr_path(name: str) -> str:
    """measure:x → qr/keinot/x.svg"""
    kind, _, record_id = name.partition(":")
    return f"qr/{FOLDERS[kind].split('/')[-1]}/{record_id}.svg"


@cache
def qr_svg(address: str) -> str:
    """A QR code as an SVG image with its quiet zone, black on white in every scheme."""
    made = io.BytesIO()
    code = segno.make(address, error="m", boost_error=False, micro=False, mask=MASK)
    code.save(made, kind="svg", xmldecl=False, border=4, light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return made.getvalue().decode()
