"""The toolkit pages: combinations, who pays first, reforms, look-ups, look-alikes, refusals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import wording
from ..views import LinkView, SectionView, Sources
from . import views

if TYPE_CHECKING:
    from ..catalogue import Catalogue
    from ..site import Page, _Pages
    from ..views import Maker


# What the home page and the footer lead to.
LINKS = (
    ("Kuka maksaa ensin?", "kuka-maksaa/"),
    ("Mitkä keinot sopivat yhteen?", "yhdistelmat/"),
    ("Miksi hakemus hylättiin?", "miksi-ei/"),
    ("Mikä tämän nimi on nyt?", "mika-nyt/"),
    ("Samannimiset palvelut ja etuudet", "samannimiset/"),
    ("Sanasto", "sanasto/"),
)


def links_of(maker: Maker, measure_id: str) -> dict[str, tuple[LinkView, ...]]:
    """What a measure's page leads to among these: its comparison pages and its reforms."""
    return {"lookalikes": views.lookalikes_of(maker, measure_id), "reforms": views.reforms_of(maker, measure_id)}


@dataclass(frozen=True)
class ToolkitPages:
    """Makes the pages with the tools of `site`; `page` is its class of pages."""

    site: _Pages
    page: type[Page]

    @property
    def c(self) -> Catalogue:
        return self.site.c

    @property
    def maker(self) -> Maker:
        return self.site.maker

    def all(self) -> Iterator[Page]:
        yield self.combinations()
        yield self.payers()
        for order in self.c.payers.values():
            yield self.payer_order(order)
        yield self.changes()
        for actor_id, _ in views.reforming_actors(self.maker):
            yield self.changes(actor_id)
        yield self.lookups()
        yield self.lookalikes()
        for lookalike in self.c.lookalikes.values():
            yield self.lookalike(lookalike)
        yield self.refusals()

    def _latest(self):
        return self.site._latest()

    def combinations(self) -> Page:
        rows = views.pairs(self.maker)
        chosen, table = views.grid(self.maker, rows)
        letters: dict[str, list[views.PairsView]] = defaultdict(list)
        for row in rows:
            letters[wording.initial(row.link.text)].append(row)
        used_needs = {need for row in rows for need in row.needs.split()}
        used_actors = {actor for row in rows for actor in row.actors.split()}
        known = sum(pair.anchor != "" for row in rows for _, _, found in row.groups for pair in found)
        view = {
            "count": wording.count(known, "pari", "paria"),
            "chosen": chosen,
            "table": table,
            "letters": list(letters.items()),
            "rows": rows,
            "needs": [(e.slug, e.label) for e in self.c.vocabulary.needs if e.slug in used_needs],
            "actors": sorted(((i, a.name.fi) for i, a in self.c.actors.items() if i in used_actors), key=lambda x: wording.sort_key(x[1])),
        }
        path = "yhdistelmat/"
        description = "Mitkä työkyvyn tuen keinot toimivat yhdessä, peräkkäin, vain ehdoin tai eivät yhtä aikaa, ja miksi."
        html = self.site.draw("combinations.html", path, view)
        return self.page(path, "Yhdistelmät", description, "yhdistelmat", html, modified=self._latest())

    def payers(self) -> Page:
        path = "kuka-maksaa/"
        orders = [views.payer_order(self.maker, order) for order in self.c.payers.values()]
        description = "Maksajien järjestys kuntoutuksessa ja toimeentulossa: kysymys kerrallaan, peruste ja lain kohta."
        html = self.site.draw("payers.html", path, {"orders": orders})
        return self.page(path, "Kuka maksaa ensin?", description, "kuka-maksaa", html, modified=self._latest())

    def payer_order(self, order) -> Page:
        path = f"kuka-maksaa/{order.id}/"
        place = self.site.place("payers", order.id)
        view = views.payer_order(self.maker, order)
        html = self.site.draw("payer-order.html", path, view, place=place)
        crumbs = (LinkView("Kuka maksaa ensin?", "kuka-maksaa/"),)
        title = f"Kuka maksaa ensin: {order.name[:1].lower()}{order.name[1:]}"
        return self.page(path, title, order.summary, "kuka-maksaa", html, (), crumbs, place, order.review.date, "payer-order")

    def changes(self, actor_id: str = "") -> Page:
        path = f"muutokset/toimija/{actor_id}/" if actor_id else "muutokset/"
        actor = self.c.actors[actor_id].name.fi if actor_id else ""
        reforms = [self.maker.reform(ch) for ch in self.c.changes.values() if not actor_id or actor_id in ch.actors]
        reforms.sort(key=lambda ch: (ch.iso, ch.id), reverse=True)
        future, past = views.by_year(reforms, future=True), views.by_year(reforms, future=False)
        sections = (
            *(SectionView(y.id, f"{y.year} (tulossa)") for y in future),
            *(SectionView(y.id, y.year) for y in past),
        )
        view = {
            "title": f"Muutokset: {actor}" if actor else "Mitä muuttui",
            "id": f"muutokset-{actor_id}" if actor_id else "muutokset",
            "count": wording.count(len(reforms), "muutos", "muutosta"),
            "future": future,
            "past": past,
            "today": wording.day(self.maker.today),
            "actors": [
                (LinkView(self.c.actors[i].name.fi, f"muutokset/toimija/{i}/", str(n)), i == actor_id)
                for i, n in views.reforming_actors(self.maker)
            ],
            "filtered": bool(actor),
        }
        html = self.site.draw("changes.html", path, view, sections=sections)
        description = "Mitä työkyvyn tuen palveluissa ja etuuksissa on muuttunut ja mitä on tulossa"
        return self.page(
            path,
            f"Muutokset: {actor}" if actor else "Muutokset",
            f"{description}: {actor}." if actor else f"{description}.",
            "muutokset",
            html,
            sections,
            (LinkView("Muutokset", "muutokset/"),) if actor else (),
            modified=self._latest(),
            indexed=not actor,
        )

    def lookups(self) -> Page:
        path = "mika-nyt/"
        sources = Sources(self.c)
        ordered = sorted(self.c.lookups.values(), key=lambda x: (wording.sort_key(x.name), x.id))
        letters: dict[str, list[views.LookupView]] = defaultdict(list)
        for x in ordered:
            letters[wording.initial(x.name)].append(views.lookup(self.maker, x, sources))
        view = {
            "count": wording.count(len(ordered), "hakusana", "hakusanaa"),
            "letters": sorted(letters.items(), key=lambda x: (x[0] != "0–9", wording.sort_key(x[0]))),
            "sources": tuple(sources.views),
        }
        description = "Vanhat nimet, lomakkeiden tunnukset, lyhenteet ja päätösten sanat: mitä ne ovat nyt ja minne ne vievät."
        html = self.site.draw("lookups.html", path, view)
        return self.page(path, "Mikä tämän nimi on nyt?", description, "mika-nyt", html, modified=self._latest())

    def lookalikes(self) -> Page:
        path = "samannimiset/"
        ordered = sorted(self.c.lookalikes.values(), key=lambda x: wording.sort_key(x.name))
        view = {"rows": [views.lookalike(self.maker, x) for x in ordered]}
        description = "Sama sana, monta eri asiaa: työkokeilut, kuntoutusrahat, suunnitelmat ja muut samannimiset rinnakkain."
        html = self.site.draw("lookalikes.html", path, view)
        return self.page(path, "Samannimiset", description, "samannimiset", html, modified=self._latest())

    def lookalike(self, x) -> Page:
        path = f"samannimiset/{x.id}/"
        place = self.site.place("lookalikes", x.id)
        view = views.lookalike(self.maker, x)
        html = self.site.draw("lookalike.html", path, view, place=place)
        crumbs = (LinkView("Samannimiset", "samannimiset/"),)
        description = f"{x.name}: {view.count} rinnakkain. {x.ask}"
        return self.page(path, f"{x.name} (samannimiset)", description, "samannimiset", html, (), crumbs, place, x.review.date, "lookalike")

    def refusals(self) -> Page:
        path = "miksi-ei/"
        groups = views.refusals(self.maker)
        count = sum(len(group.rows) for group in groups)
        view = {"groups": groups, "count": wording.count(count, "keino", "keinoa")}
        description = "Tavalliset hylkäyksen syyt, mitä voi kokeilla sitten, ja miten ja mihin mennessä haetaan muutosta."
        html = self.site.draw("refusals.html", path, view)
        return self.page(path, "Miksi ei?", description, "miksi-ei", html, modified=self._latest())
