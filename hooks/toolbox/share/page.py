"""The page Upota ja jaa: makes the snippets with a preview, and explains them to those without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..views import LinkView
from . import embeds

if TYPE_CHECKING:
    from ..site import Page, _Pages

# What can be shown: the folder of the card, its name, and whether one of many has to be chosen.
KINDS = (
    ("keinot", "Keino", True),
    ("toimijat", "Toimija", True),
    ("tilanteet", "Tilanne", True),
    ("kunnat", "Kunta: kuka vastaa", True),
    ("tarpeet", "Keinot tarpeen mukaan", True),
    ("vaiheet", "Vaihe: tilanteet ja keinot", True),
    ("laskurit", "Päivälaskuri", True),
    ("haku", "Hakukenttä", False),
    ("muutokset", "Uusimmat muutokset", False),
)


@dataclass(frozen=True)
class ShareMaker:
    """Makes the page with the tools of `site`; `make` is its class of pages."""

    site: _Pages
    make: type[Page]

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What the search data does not have: (id, name) of needs, phases and calculators."""
        c = self.site.c
        return {
            "tarpeet": [(e.slug, e.label) for e in c.vocabulary.needs if self.site.having("needs", e.code)],
            "vaiheet": [(e.slug, e.label) for e in c.vocabulary.phases if self.site.having("phases", e.code)],
            "laskurit": [(i, x.name) for i, x in c.calculators.items()],
        }

    def page(self) -> Page:
        """The page. Its snippets are of an example; the script makes them of what is chosen."""
        path, settings, c = embeds.ROOT, self.site.settings, self.site.c
        url = settings.url or embeds.EXAMPLE_URL
        script = (self.site.overrides / embeds.SCRIPT).read_text("utf-8")
        example = next((m for m in c.measures.values() if m.status == "in-force"), None)
        shown = f"keinot/{example.id}" if example else "haku"
        name = example.name.fi if example else "Hae työkyvyn tuen keinoa"
        page = f"{shown}/" if example else "keinot/"
        integrity = embeds.integrity(script)
        view = {
            "known": bool(settings.url),
            "url": url,
            "kinds": KINDS,
            "choices": self.choices(),
            "heights": embeds.HEIGHTS,
            "integrity": integrity,
            "script": embeds.SCRIPT,
            "example": LinkView(name, page),
            "shown": shown,
            "snippets": (
                ("linkki", "Linkki, josta tulee kortti", link_first(url, page, shown, name, integrity)),
                ("kehys", "Kehys (iframe)", embeds.frame_html(url, f"{embeds.ROOT}{shown}/", name)),
                ("pelkka", "Pelkkä linkki", f'<a href="{url}{page}">{_text(name)}</a>'),
                ("markdown", "Markdown", f"[{name}]({url}{page})"),
            ),
        }
        html = self.site.draw("share/maker.html", path, view)
        description = "Linkitä keino, toimija, tilanne tai kunta omille sivuillesi tai intranetiin, tai upota kortti: valmiit koodit."
        return self.make(path, "Upota ja jaa", description, "upota", html, modified=self.site._latest())


def link_first(url: str, page: str, shown: str, name: str, integrity: str) -> str:
    """The link that a script turns into a card."""
    return (
        f'<a href="{url}{page}" data-kaikki-keinot="{shown}">{_text(name)}</a>\n'
        f'<script src="{url}{embeds.SCRIPT}" integrity="{integrity}" crossorigin="anonymous" async></script>'
    )


def _text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
