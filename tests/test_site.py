"""The whole built site: links, anchors, contracts, weight."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from toolbox.catalogue import ADDRESSED, PUBLISHED

SECTIONS = (
    "lyhyesti", "kenelle", "edellytykset", "nain-haetaan", "maara", "kesto", "vaikutus-tuloihin", "yhdistelmat",
    "muutoksenhaku", "lakiperuste", "lahteet", "muutokset",
)  # fmt: skip


@dataclass
class Document(HTMLParser):
    """What the checks need of a page: ids, links, article attributes."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    article: dict[str, str] = field(default_factory=dict)
    inline: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    title: str = ""
    inside_title: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"])
        for name in ("href", "src", "action"):
            if values.get(name) is not None:
                self.links.append(values[name])
        if tag == "article" and not self.article and "data-kind" in values:
            self.article = values
        if (
            "style" in values
            or any(name.startswith("on") for name in values)
            or (tag == "script" and "src" not in values and values.get("type") != "application/ld+json")
            or tag == "style"
        ):
            self.inline.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.inside_title = tag == "title"

    def handle_endtag(self, _tag):
        self.inside_title = False

    def handle_data(self, data):
        if self.inside_title:
            self.title += data


@pytest.fixture(scope="module")
def documents(built_site) -> dict[str, Document]:
    found = {}
    for path in sorted(built_site.rglob("*.html")):
        document = Document()
        document.feed(path.read_text("utf-8"))
        address = path.relative_to(built_site).as_posix()
        found[address.removesuffix("index.html")] = document
    return found


def test_every_link_and_anchor_leads_somewhere(built_site, documents):
    broken = []
    for address, document in documents.items():
        for link in document.links:
            target = urlsplit(urljoin(f"https://site/{address}", link))
            if target.netloc != "site":
                continue
            path = unquote(target.path[1:])
            if path in documents:
                if target.fragment and target.fragment not in documents[path].ids:
                    broken.append(f"{address}: {link}: no such anchor")
            elif not (built_site / path).is_file():
                broken.append(f"{address}: {link}: no such page")
    assert broken == []


def test_ids_are_unique_on_each_page(documents):
    assert {a: [i for i, n in Counter(d.ids).items() if n > 1] for a, d in documents.items() if len(d.ids) != len(set(d.ids))} == {}


def test_one_main_heading_and_no_level_is_skipped(documents):
    for address, document in documents.items():
        levels = document.headings
        assert levels.count(1) == 1, address
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), (address, levels)


def test_titles_are_unique_and_plain(documents):
    titles = Counter(document.title for document in documents.values())
    assert [title for title, n in titles.items() if n > 1] == []
    assert not any("\u00ad" in title or not title for title in titles)


def test_nothing_inline_that_the_policy_would_stop(documents):
    assert {address: document.inline for address, document in documents.items() if document.inline} == {}


def test_the_contract_of_a_measure_page(built_site, documents):
    measures = json.loads((built_site / "api/v1/measures.json").read_text("utf-8"))["measures"]
    assert len(measures) >= 60
    for measure in measures:
        document = documents[f"keinot/{measure['id']}/"]
        assert document.article["data-kind"] == "measure"
        assert document.article["data-id"] == measure["id"]
        assert document.article["data-reviewed"] == measure["review"]["date"]
        assert document.article["data-review-level"] == measure["review"]["level"]
        expected = [s for s in SECTIONS if measure["status"] == "in-force" or s in document.ids]
        assert [i for i in document.ids if i in SECTIONS] == expected, measure["id"]


def test_no_measure_is_a_dead_end(documents):
    for address, document in documents.items():
        if document.article.get("data-kind") != "measure":
            continue
        inside = [urlsplit(urljoin(f"https://site/{address}", link)).path for link in document.links]
        own = [path for path in inside if path != f"/{address}"]
        assert any(path.startswith("/toimijat/") and path != "/toimijat/" for path in own), address
        assert any(path.startswith("/keinot/tarpeet/") for path in own), address
        assert any(re.fullmatch(r"/(keinot|tilanteet)/[^/]+/", path) for path in own), address


def test_every_published_id_has_its_page(project_root, documents):
    folder = {kind: place for kind, (_, place) in ADDRESSED.items()} | {"municipality": "alueet/kunnat", "calculator": "laskurit"}
    areas = {document.article["data-id"] for document in documents.values() if document.article.get("data-kind") == "area"}
    for name in (project_root / "data" / "published-ids.txt").read_text("utf-8").split():
        kind, record_id = name.split(":")
        assert record_id in areas if kind == "area" else f"{folder[kind]}/{record_id}/" in documents, name


def test_every_id_with_a_page_is_on_the_list_of_published_ids(project_root, documents):
    published = set((project_root / "data" / "published-ids.txt").read_text("utf-8").split())
    for document in documents.values():
        kind = document.article.get("data-kind")
        if kind in PUBLISHED:
            assert f"{kind}:{document.article['data-id']}" in published, "run: make ids"


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_pages_keep_their_weight(built_site, documents):
    """Raw HTML of a measure at most 40 KB; first load of a measure page at most 100 KB gzip."""
    assets = built_site / "assets"
    shared = sum(compressed(assets / name) for name in ("kaikki-keinot.css", "scheme.js", "page.js", "finder.js", "search-field.js"))
    shared += (assets / "fonts/source-sans-3.woff2").stat().st_size
    for address, document in documents.items():
        if document.article.get("data-kind") == "measure":
            page = built_site / address / "index.html"
            assert page.stat().st_size <= 40_000, address
            assert compressed(page) + shared <= 100_000, address


def test_no_file_of_the_theme_is_shipped_unused(built_site):
    shipped = {path.relative_to(built_site / "assets").parts[0] for path in (built_site / "assets").rglob("*") if path.is_file()}
    assert "javascripts" not in shipped
    assert "stylesheets" not in shipped
