"""Cards for the pages of others, under /upota/: bare documents that are shown in a frame.

Each is whole without script, asks for nothing, stores nothing and weighs at most 10 KB. It says when its
facts were reviewed and leads to the page itself. They are files beside the pages, so that both ways of
publishing give the same and the pages of the site stay as quick to build as they were.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .. import records as r
from .. import wording
from ..catalogue import ADDRESSED
from ..render import render
from ..views import BadgeView, LinkView, Maker, Piece, Rich

if TYPE_CHECKING:
    from ..site import Page, Site

ROOT = "upota/"
# The script of the link that becomes a card. Snippets on the pages of others carry its hash: a published version
# is never edited, a new one gets the next number and the old one stays.
SCRIPT = "upota/kortti-1.js"
STYLE = "upota/kortti.css"
FRAME_SCRIPT = "upota/kehys.js"
# What a frame of a card may do: no storage and no way up. A calculator's modules and its calendar file need two more.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-forms"
SANDBOX_CALCULATOR = f"{SANDBOX} allow-same-origin allow-downloads"
EXAMPLE_URL = "https://esimerkki.fi/"
# Heights of a plain frame 600 px wide, by folder: most cards fit, a longer one scrolls inside.
HEIGHTS = {
    "keinot": 700, "toimijat": 480, "tilanteet": 620, "kunnat": 720, "tarpeet": 700, "vaiheet": 840, "laskurit": 700, "muutokset": 700,
    "haku": 220,
}  # fmt: skip
# A list longer than this ends in a link to all.
LONGEST = 90
NEWEST = 8
COMING = 3
# How sure the review levels are, from the least.
LEVELS = ("unsourced", "compiled", "verified")


@dataclass(frozen=True)
class Line:
    """A label and what stands beside it. `fixed` labels have other languages too."""

    label: str
    value: Rich = ()
    note: Rich = ()
    links: tuple[LinkView, ...] = ()
    unknown: str = ""
    fixed: bool = True


@dataclass(frozen=True)
class Embed:
    """One card: its address, the page it leads to, and what it shows."""

    path: str
    target: str
    kind: str
    title: str
    summary: str = ""
    state: str = ""
    day: str = ""
    follow: tuple[LinkView, ...] = ()
    lines: tuple[Line, ...] = ()
    groups: tuple[tuple[str, bool, tuple[LinkView, ...]], ...] = ()
    badge: BadgeView | None = None
    more: str = "Avaa koko sivu"
    calculator: Any = None
    search: bool = False

    @property
    def folder(self) -> str:
        return self.path.split("/")[1]


def files(site: Site) -> Iterator[tuple[str, str]]:
    """(address, content) of every card, and of its oEmbed answer when the address of the site is known."""
    maker = _Embeds(site)
    for embed in maker.all():
        yield f"{embed.path}index.html", maker.document(embed)
        if site.settings.url and oembed_path(embed.target):
            yield f"{embed.path}oembed.json", oembed(embed, site.settings.url)


def address_of(page: Page) -> str:
    """The card of a page (`keinot/x/` → `upota/keinot/x/`), or nothing when it has none."""
    if page.kind not in ("measure", "actor", "situation", "municipality", "retired"):
        return ""
    folder, record_id = page.path.rstrip("/").split("/")[-2:]
    return f"{ROOT}{folder}/{record_id}/" if folder in ("keinot", "toimijat", "tilanteet", "kunnat") else ""


def oembed_path(target: str) -> bool:
    """Whether a page of its own announces its card."""
    return target.startswith(("keinot/", "toimijat/", "tilanteet/", "alueet/kunnat/")) and target.count("/") >= 2


def integrity(script: str) -> str:
    """The hash that lets a page of others use the script only as it was when they took it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script.encode()).digest()).decode()


def frame_html(url: str, path: str, title: str) -> str:
    """The plain frame for those places that take no scripts. The same words as in snippets.js; a test holds them together."""
    folder = path.split("/")[1]
    sandbox = SANDBOX_CALCULATOR if folder == "laskurit" else SANDBOX
    return (
        f'<iframe src="{escape(url + path)}" title="{escape(title)} – Kaikki keinot käyttöön" width="100%" '
        f'height="{HEIGHTS[folder]}" frameborder="0" loading="lazy" sandbox="{sandbox}"></iframe>'
    )


def oembed(embed: Embed, url: str) -> str:
    """A static answer for those who find it from the page (oEmbed 1.0, discovery). Nothing can be asked of it."""
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Kaikki keinot käyttöön",
        "provider_url": url,
        "title": embed.title,
        "html": frame_html(url, embed.path, embed.title),
        "width": 600,
        "height": HEIGHTS[embed.folder],
        "cache_age": 86400,
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n"


def policy(url: str) -> str:
    """The policy of a card. In a sandbox 'self' may mean nothing, so the address of the site is named when it is known."""
    parts = urlsplit(url)
    own = f"'self' {parts.scheme}://{parts.netloc}" if url else "'self'"
    return f"default-src 'none'; script-src {own}; style-src {own}; form-action {own}; base-uri 'none'"


@dataclass(frozen=True)
class _Embeds:
    """Makes the cards of a site, one method for each kind."""

    site: Site

    @cached_property
    def maker(self) -> Maker:
        return Maker(self.site.catalogue, self.site.today)

    @property
    def c(self):
        return self.site.catalogue

    def document(self, embed: Embed) -> str:
        settings = self.site.settings
        return render(
            self.site.env,
            "share/embed.html",
            embed.path,
            view=embed,
            policy=policy(settings.url) if settings.policy else "",
            canonical=settings.url + embed.target if settings.url else "",
            assets=self.site.assets,
        )

    def all(self) -> Iterator[Embed]:
        for measure in self.c.measures.values():
            yield self.measure(measure)
        for actor in self.c.actors.values():
            yield self.actor(actor)
        for situation in self.c.situations.values():
            yield self.situation(situation)
        for municipality in self.c.municipalities.values():
            yield self.municipality(municipality)
        for retired in self.c.retired.values():
            if retired.kind in ("measure", "actor", "situation"):
                yield self.retired(retired)
        for entry in self.c.vocabulary.needs:
            if found := [m for m in self.c.measures.values() if entry.code in m.needs and m.status != "ended"]:
                yield self.need(entry, found)
        for entry in self.c.vocabulary.phases:
            if found := [m for m in self.c.measures.values() if entry.code in m.phases and m.status != "ended"]:
                yield self.phase(entry, found)
        for calculator in self.c.calculators.values():
            yield self.calculator(calculator)
        yield self.changes()
        yield Embed(f"{ROOT}haku/", "keinot/", "Haku", "Hae työkyvyn tuen keinoa", search=True, more="Kaikki keinot")

    # --- records -------------------------------------------------------------------------------

    def measure(self, m: r.Measure) -> Embed:
        state, day = "", ""
        if m.status == "ended":
            state, day = "Lakannut", wording.day(m.ended) if m.ended else ""
        elif m.status == "upcoming":
            state = "Tulossa, ei vielä voimassa"
        lines = tuple(Line(f.label, f.value, f.note, f.links, "Ei tiedossa" if f.unknown else "") for f in self.maker.facts(m, None))
        target = f"keinot/{m.id}/"
        return Embed(
            ROOT + target, target, self.c.label("kinds", m.kind), m.name.fi, m.summary, state, day,
            self.maker.measure_links(m.replaced_by), lines, badge=self.maker.badge(m.review),
        )  # fmt: skip

    def actor(self, a: r.Actor) -> Embed:
        maker = self.maker
        lines = []
        for label, rows in (("Asiakas aloittaa", a.for_client), ("Koordinaattori", a.for_coordinator)):
            if rows:
                links = (LinkView(_host(rows[0].url), rows[0].url),) if rows[0].url else ()
                lines.append(Line(label, maker.rich(rows[0].text), links=links))
        website = (LinkView(_host(a.website), a.website),) if a.website else ()
        lines.append(Line("Verkkosivu", links=website, unknown="" if website else "Ei tiedossa"))
        target = f"toimijat/{a.id}/"
        return Embed(
            ROOT + target, target, self.c.label("actor_kinds", a.kind), a.name.fi, a.summary, "Lakannut" if a.ended else "",
            wording.day(a.ended) if a.ended else "", maker.actor_links(a.replaced_by), tuple(lines), badge=maker.badge(a.review),
        )  # fmt: skip

    def situation(self, s: r.Situation) -> Embed:
        target = f"tilanteet/{s.id}/"
        stages = tuple(
            LinkView(f"{stage.day}: {stage.name}" if stage.day else stage.name, f"{target}#vaihe-{n}", stage.when)
            for n, stage in enumerate(s.stages, 1)
        )
        return Embed(
            ROOT + target, target, "Tilanne", s.name, s.summary, groups=(("Polun vaiheet", True, stages),), badge=self.maker.badge(s.review)
        )

    def municipality(self, m: Any) -> Embed:
        regions, target = self.site.regions, f"alueet/kunnat/{m.id}/"
        path = f"{ROOT}kunnat/{m.id}/"
        if m.id not in regions.areas_of:
            into = self.c.municipalities.get(m.merged_into) if m.merged_into else None
            follow = (regions.link(into),) if into else ()
            state, day = ("Lakannut", m.valid_to) if m.valid_to else ("Tulossa, ei vielä voimassa", None)
            return Embed(path, target, "Kunta", m.name.fi, "", state, wording.day(day) if day else "", follow)
        lines = []
        for duty in regions.duties(m):
            if duty.unknown and not duty.who:
                continue
            words = " ".join(one if one.endswith((".", "?")) else f"{one}." for one in (duty.line, duty.unsure) if one)
            links = (LinkView(duty.who.text, duty.who.href),) if duty.who and duty.who.href else ()
            value = (Piece("text", duty.who.text),) if duty.who and not duty.who.href else ()
            if duty.site:
                links = (*links, LinkView(_host(duty.site.href), duty.site.href))
            lines.append(Line(duty.title, value, (Piece("text", words),) if words else (), links, fixed=False))
        dated = max((s.dated for s in self.c.region_sources.values() if "division" in s.covers), default=self.site.today)
        apart = regions.exempt.get(m.id)
        return Embed(
            path, target, "Kunta", f"{m.name.fi}: kuka vastaa", apart.note or "" if apart else "", lines=tuple(lines),
            badge=self.summed("Aluejako", "Yhteystietoja ei ole vielä verrattu nykyisiin sivuihin", "compiled", dated),
        )  # fmt: skip

    def retired(self, x: r.Retired) -> Embed:
        group, folder = ADDRESSED[x.kind]
        names = {i: getattr(self.c, group)[i] for i in x.replaced_by}
        follow = tuple(LinkView(n.name if isinstance(n.name, str) else n.name.fi, f"{folder}/{i}/") for i, n in names.items())
        target = f"{folder}/{x.id}/"
        return Embed(
            ROOT + target, target, "Poistettu", x.name, self.maker.plain(x.why), "Tätä ei enää pidetä yllä", wording.day(x.retired), follow
        )

    # --- lists -----------------------------------------------------------------------------------

    def summed(self, label: str, detail: str, level: str, day: date, following: date | None = None) -> BadgeView:
        """The state of many facts in words of its own: the least sure level, the latest day, the next review that comes first."""
        return replace(self.maker.badge(r.Review(level=level, date=day, next=following or date.max)), label=label, detail=detail)

    def of_measures(self, found: list[r.Measure]) -> BadgeView:
        level = min((m.review.level for m in found), key=LEVELS.index)
        day, following = max(m.review.date for m in found), min(m.review.next for m in found)
        return self.summed("Tiedot koottu", "Keinon sivu kertoo, miten sen tiedot on tarkistettu", level, day, following)

    def need(self, entry: r.VocabularyEntry, found: list[r.Measure]) -> Embed:
        target = f"keinot/tarpeet/{entry.slug}/"
        groups, left = [], LONGEST
        for kind in self.c.vocabulary.kinds:
            rows = sorted((m for m in found if m.kind == kind.code), key=lambda m: wording.sort_key(m.name.fi))[:left]
            left -= len(rows)
            if rows:
                groups.append((kind.plural or kind.label, False, self.maker.measure_links(m.id for m in rows)))
        count = wording.count(len(found), "keino", "keinoa")
        return Embed(
            f"{ROOT}tarpeet/{entry.slug}/", target, "Tarve", entry.label, f"{entry.hint + '. ' if entry.hint else ''}{count}.",
            groups=tuple(groups), badge=self.of_measures(found), more="Kaikki keinot tähän tarpeeseen",
        )  # fmt: skip

    def phase(self, entry: r.VocabularyEntry, found: list[r.Measure]) -> Embed:
        """A phase has too many measures for a card: its guides, and the needs with how many measures each has."""
        guides = tuple(LinkView(s.name, f"tilanteet/{s.id}/") for s in self.c.situations.values() if entry.code in s.phases)
        needs = tuple(
            LinkView(need.label, f"keinot/?tarve={need.slug}&vaihe={entry.slug}", wording.count(number, "keino", "keinoa"))
            for need in self.c.vocabulary.needs
            if (number := sum(need.code in m.needs for m in found))
        )
        groups = tuple(group for group in (("Tilanteet", True, guides), ("Keinot tarpeen mukaan", True, needs)) if group[2])
        count = wording.count(len(found), "keino", "keinoa")
        return Embed(
            f"{ROOT}vaiheet/{entry.slug}/", f"keinot/vaiheet/{entry.slug}/", "Vaihe", entry.label,
            f"{entry.hint + '. ' if entry.hint else ''}{count}.", groups=groups, badge=self.of_measures(found),
            more="Kaikki keinot tähän vaiheeseen",
        )  # fmt: skip

    def calculator(self, x: r.Calculator) -> Embed:
        view = self.maker.calculator(x)
        return Embed(
            f"{ROOT}laskurit/{x.id}/", f"laskurit/#{x.id}", "Päivälaskuri", x.name, badge=view.badge, calculator=view, more="Avaa laskuri"
        )

    def changes(self) -> Embed:
        ordered = sorted(self.c.changes.values(), key=lambda ch: (ch.date, ch.id), reverse=True)
        coming = [ch for ch in ordered if ch.date > self.site.today][-COMING:]
        # A proposal whose day has passed may have come true or not: only the page itself has room to say so.
        past = [ch for ch in ordered if ch.date <= self.site.today and ch.certainty != "proposed"][:NEWEST]
        groups = tuple(
            (title, True, tuple(LinkView(ch.title, f"muutokset/#{ch.id}", self._when(ch)) for ch in rows))
            for title, rows in (("Tulossa", coming), ("Muuttunut", past))
            if rows
        )
        noted = max((ch.noted for ch in ordered), default=self.site.data_date)
        return Embed(
            f"{ROOT}muutokset/", "muutokset/", "Muutokset", "Mitä muuttui työkyvyn tuessa", groups=groups,
            badge=self.summed("Muutokset kirjattu", "Tarkista lähde, ennen kuin neuvot", "compiled", noted), more="Kaikki muutokset",
        )  # fmt: skip

    def _when(self, ch: r.Reform) -> str:
        sure = "" if ch.certainty == "in-force" else f" ({self.c.label('certainties', ch.certainty).lower()})"
        return f"{wording.day(ch.date)}{sure}"


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")
