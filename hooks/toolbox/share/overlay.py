"""An organisation's own copy: its name, colours, contact and local notes, laid over the data without changing it.

The folder has `site.yaml` and `notes.yaml`; either may be missing. Notes stand on the pages in a box
that says whose they are, and nowhere else: not in the open data, the search or the feeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints

from .. import text, wording
from ..catalogue import ADDRESSED, PUBLISHED, Catalogue, Origin, shaped
from ..problems import Problem, did_you_mean
from ..reader import Document, read_file
from ..records import Address, Claim, Day, Id, Line, Record, _f
from ..render import render

if TYPE_CHECKING:
    from ..site import Page, _Pages

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Mail = Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", max_length=200)]
SITE, NOTES = "site.yaml", "notes.yaml"
STYLE = "assets/overlay.css"
# WCAG 2.2, 1.4.3: the least contrast of text.
LEAST = 4.5
# What each colour stands with, in words and as the tokens of the style sheet (a test keeps them in step).
GROUNDS: Mapping[str, Mapping[str, str]] = {
    "brand": {"vaalea pinta": "#ffffff", "vaalea tausta": "#f5f8f8"},
    "band": {"valkoinen teksti": "#ffffff", "alaosan teksti": "#d7e6ea"},
    "brand_dark": {"tumma pinta": "#15232a", "tumma tausta": "#0e181c", "painikkeen teksti": "#08222b"},
}


class Contact(Record):
    """Mistä kopion ylläpitäjän tavoittaa."""

    text: Line = _f("Ohje", "Mihin otetaan yhteyttä ja missä asiassa.")
    url: Address | None = _f("Osoite", "Oma sivu.", None)
    email: Mail | None = _f("Sähköposti", "Yhteinen laatikko, ei henkilön.", None)


class Colours(Record):
    """Oman kopion värit. Jokaisen on erotuttava taustastaan."""

    brand: Colour | None = _f("Pääväri", "Merkki, painikkeet ja viivat vaaleassa näkymässä: #24532f.", None)
    band: Colour | None = _f("Palkit", "Etusivun ja alaosan tausta vaaleassa näkymässä.", None)
    brand_dark: Colour | None = _f("Pääväri tummassa", "Merkki, painikkeet ja viivat tummassa näkymässä.", None)


class OverlaySite(Record):
    """Oman kopion nimi, värit ja yhteystieto."""

    name: Line = _f("Nimi", "Sivuston nimi.")
    short_name: Line | None = _f("Lyhyt nimi", "Yläpalkin nimi.", None)
    organisation: Line = _f("Organisaatio", "Kuka kopiota ylläpitää. Näkyy paikallisissa ohjeissa.")
    contact: Contact | None = _f("Yhteys", "", None)
    colours: Colours = _f("Värit", "", Colours())


class LocalNote(Record):
    """Paikallinen ohje yhdelle sivulle."""

    kind: Literal["measure", "actor", "situation", "term", "municipality", "area", "payer-order", "lookalike"] = _f("Laji")
    id: Id = _f("Tunnus", "Sama kuin sivun osoitteessa.")
    text: Claim = _f("Ohje", "Teksti. **Lihavointi** ja [linkki](https://…) käyvät.")
    author: Line = _f("Tekijä", "Rooli, ei henkilön nimeä.")
    date: Day = _f("Päivä", "Milloin ohje on kirjoitettu tai tarkistettu.")


@dataclass(frozen=True)
class Overlay:
    """What a folder lays over the site. `notes` are by (kind, id); `origins` tell where each note stands."""

    site: OverlaySite | None
    notes: Mapping[tuple[str, str], tuple[LocalNote, ...]]
    origins: tuple[tuple[LocalNote, Origin], ...]

    @property
    def style(self) -> str:
        """The style sheet of the colours, or an empty string."""
        colours = self.site.colours if self.site else Colours()
        light = _tokens({"brand": colours.brand, "hero": colours.band, "brand-deep": colours.band})
        dark = _tokens({"brand": colours.brand_dark})
        rules = [f"@media screen {{ :root {{ {light} }} }}"] if light else []
        if dark:
            rules.append(f'@media screen {{ :root[data-kk-scheme="dark"] {{ {dark} }} }}')
            rules.append(f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-kk-scheme]) {{ {dark} }} }}")
        return "".join(f"{rule}\n" for rule in rules)


def _tokens(values: Mapping[str, str | None]) -> str:
    return " ".join(f"--kk-{name}: {value};" for name, value in values.items() if value)


def read(folder: Path) -> tuple[Overlay | None, tuple[Problem, ...]]:
    """The overlay of a folder, and what is wrong with the form of its files."""
    shown = folder.name
    if not folder.is_dir():
        return None, (Problem(str(folder), 0, "oman kopion kansiota ei ole", "korjaa KK_OVERLAY tai tee kansio"),)
    problems: list[Problem] = []
    site = None
    if (folder / SITE).exists():
        document, found = read_file(folder / SITE, f"{shown}/{SITE}")
        problems += found
        if not found:
            site, bad = shaped(OverlaySite, document.value, Origin(document, (), "oma kopio"))
            problems += bad
            problems += _weak_colours(site, document) if site else ()
    rows: list[tuple[LocalNote, Origin]] = []
    if (folder / NOTES).exists():
        document, found = read_file(folder / NOTES, f"{shown}/{NOTES}")
        problems += found
        listed = document.value.get("notes") if isinstance(document.value, dict) else None
        if not found and not isinstance(listed, list):
            problems.append(Problem(document.file, 1, 'ylin kenttä "notes" puuttuu', "aloita luettelo rivillä notes:"))
        for index, row in enumerate(listed if isinstance(listed, list) else ()):
            origin = Origin(document, ("notes", index), f"paikallinen ohje nro {index + 1}")
            note, bad = shaped(LocalNote, row, origin)
            problems += bad
            if note:
                rows.append((note, origin))
        if rows and site is None and not any(p.file.endswith(SITE) for p in problems):
            problems.append(Problem(f"{shown}/{SITE}", 0, "ohjeilla ei ole organisaatiota", "kirjoita site.yaml: name ja organisation"))
    notes: dict[tuple[str, str], tuple[LocalNote, ...]] = {}
    for note, _ in rows:
        notes[note.kind, note.id] = (*notes.get((note.kind, note.id), ()), note)
    return Overlay(site, notes, tuple(rows)), tuple(problems)


def check(overlay: Overlay, c: Catalogue) -> Iterator[Problem]:
    """Notes for records that do not exist, and marks that would lead nowhere."""
    for note, origin in overlay.origins:
        known = getattr(c, PUBLISHED[note.kind])
        if note.id not in known:
            yield origin.problem(f'tuntematon tunnus "{note.id}"', did_you_mean(note.id, known) or "katso tunnus sivun osoitteesta", "id")
        if text.cited(note.text) or text.figures_in(note.text):
            yield origin.problem("ohjeessa on lähdeviite tai luvun tunnus", "kirjoita lähde linkkinä ja luku sanoin", "text")
        for target in text.links_in(note.text):
            if not text.safe_address(target):
                yield origin.problem(f'linkki "{target}" ei ole osoite', "kirjoita osoite, joka alkaa https://", "text")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1–21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _weak_colours(site: OverlaySite, document: Document) -> Iterator[Problem]:
    origin = Origin(document, (), "oma kopio")
    for name, grounds in GROUNDS.items():
        colour = getattr(site.colours, name)
        if colour is None:
            continue
        for words, ground in grounds.items():
            if (ratio := contrast(colour, ground)) < LEAST:
                told = f"{ratio:.1f}".replace(".", ",")
                direction = "vaaleampi" if name == "brand_dark" else "tummempi"
                yield origin.problem(
                    f"{colour} ei erotu: {words}, suhde {told}", f"valitse {direction} väri: suhde vähintään 4,5", f"colours.{name}"
                )
                break


# --- on the pages ------------------------------------------------------------------------


def laid_over(overlay: Overlay, pages: tuple[Page, ...], maker: _Pages) -> tuple[Page, ...]:
    """The pages with the local notes after their heading."""
    where = {_address(maker, kind, record_id): (kind, record_id) for kind, record_id in overlay.notes}
    return tuple(_with_notes(overlay, page, where[page.path], maker) if page.path in where else page for page in pages)


def _address(maker: _Pages, kind: str, record_id: str) -> str:
    c = maker.c
    if kind == "municipality":
        return maker.regions.link(c.municipalities[record_id]).href
    if kind == "area":
        return maker.regions.area_link(c.areas[record_id]).href
    return f"{ADDRESSED[kind][1]}/{record_id}/"


def _with_notes(overlay: Overlay, page: Page, key: tuple[str, str], maker: _Pages) -> Page:
    rows = [(maker.maker.rich(note.text), note.author, wording.day(note.date)) for note in overlay.notes[key]]
    view = {"organisation": overlay.site.organisation, "rows": rows}
    box = render(maker.env, "overlay-notes.html", page.path, view=view).strip()
    head, mark, rest = page.html.partition("</header>")
    return replace(page, html=f"{head}{mark}\n{box}{rest}" if mark else page.html.replace("</h1>", f"</h1>\n{box}", 1))


@dataclass(frozen=True)
class Host:
    """Who keeps a copy, as the footer tells it."""

    organisation: str
    text: str = ""
    url: str = ""
    email: str = ""


def host(overlay: Overlay | None) -> Host | None:
    """The keeper of the copy, or None on the site itself."""
    if overlay is None or overlay.site is None:
        return None
    contact = overlay.site.contact
    return (
        Host(overlay.site.organisation, contact.text, contact.url or "", contact.email or "")
        if contact
        else Host(overlay.site.organisation)
    )
