"""Golden pages of the small project, and the same pages from MkDocs and from the tree writer.

Refresh the golden files with UPDATE_GOLDEN=1 and read the difference before committing.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from toolbox import publish

TODAY = date(2026, 11, 22)
GOLDEN = Path(__file__).parent / "golden"
PAGES = {
    "rich-measure": "keinot/kokeiluraha/",
    "minimal-measure": "keinot/tyon-tuumaus/",
    "ended-measure": "keinot/vanha-raha/",
    "rich-actor": "toimijat/kela/",
    "minimal-actor": "toimijat/tyonantaja/",
    "rich-term": "sanasto/arkipaiva/",
    "minimal-term": "sanasto/omavastuu/",
    "changes": "muutokset/",
    "changes-of-an-actor": "muutokset/toimija/kela/",
    "combinations": "yhdistelmat/",
    "payers": "kuka-maksaa/",
    "payer-order": "kuka-maksaa/kokeilun-maksaja/",
    "lookups": "mika-nyt/",
    "lookalikes": "samannimiset/",
    "lookalike": "samannimiset/raha/",
    "refusals": "miksi-ei/",
    "appeals": "muutoksenhaku/",
    "calculators": "laskurit/",
    "calculator": "laskurit/kokeilu/",
    "figures": "tietoa/luvut/",
    "reviews": "tietoa/tarkistukset/",
    "review-list": "tietoa/tarkistukset/ilman-lahdetta/",
    "turn": "tietoa/vuodenvaihde/",
    "correct": "tietoa/korjaa/",
    "retired": "keinot/poistunut-keino/",
    "text": "tietoa/",
    "learn": "opi/",
    "learn-module": "opi/kokeilun-perusteet/",
    "learn-map": "opi/jarjestelma/",
    "learn-flows": "opi/jarjestelma/tieto/",
    "learn-test": "opi/testi/kokeilun-perusteet/",
    "learn-skills": "opi/itsearvio/",
    "learn-case": "opi/tapaukset/paluu-kokeillen/",
    "learn-cards": "opi/kortit/etuudet/",
    "learn-trainer": "opi/kouluttajalle/",
    "learn-booklet": "opi/vihko/",
    "situation": "tilanteet/sairausloma/",
    "situations": "tilanteet/",
    "home": "",
    "regions": "alueet/",
    "municipality": "alueet/kunnat/ylavesi/",
    "municipality-apart": "alueet/kunnat/saari/",
    "municipality-merged": "alueet/kunnat/vanhala/",
    "area": "alueet/tyollisyysalueet/alaveden-tyollisyysalue/",
    "area-ended": "alueet/tyollisyysalueet/vanhalan-tyollisyysalue/",
    "area-kind": "alueet/tyollisyysalueet/",
    "region-coverage": "alueet/kattavuus/",
}


@pytest.fixture(scope="module")
def site(shared_project):
    return publish.site(shared_project, TODAY, publish.Settings())[0]


@pytest.mark.parametrize("name", PAGES)
def test_golden_page(site, name):
    html = site.by_path[PAGES[name]].html
    file = GOLDEN / f"{name}.html"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(html, "utf-8")
    assert html == file.read_text("utf-8")


def article(document: str) -> str:
    return re.search(r"<article.*</article>", document, re.DOTALL).group()


def test_mkdocs_and_the_tree_give_the_same_site(shared_project, tmp_path, monkeypatch):
    """A strict build in this process, and the tree: the same addresses, articles, frames and data."""
    monkeypatch.chdir(shared_project)
    monkeypatch.setenv("KK_TODAY", TODAY.isoformat())
    config = load_config(str(shared_project / "mkdocs.yml"), site_dir=str(tmp_path / "mkdocs"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    site, _ = publish.site(shared_project, TODAY, publish.Settings())
    publish.write_tree(site, tmp_path / "tree", shared_project / "overrides")

    def files(folder: Path) -> dict[str, Path]:
        return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}

    ours, theirs = files(tmp_path / "tree"), files(tmp_path / "mkdocs")
    assert sorted(ours) == sorted(set(theirs) - {"sitemap.xml.gz"})
    for address, path in ours.items():
        if address.endswith(".html"):
            assert path.read_text("utf-8").strip() == theirs[address].read_text("utf-8").strip(), address
        elif address != "sitemap.xml":
            assert path.read_bytes() == theirs[address].read_bytes(), address
    assert article(ours["keinot/kokeiluraha/index.html"].read_text("utf-8"))


def test_two_builds_are_byte_identical(shared_project, tmp_path):
    for name in ("a", "b"):
        site, _ = publish.site(shared_project, TODAY, publish.Settings(url="https://example.fi/kk/"))
        publish.write_tree(site, tmp_path / name, shared_project / "overrides")
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    second = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert first == second


def test_the_page_of_unknown_addresses_works_at_any_depth(site):
    html = site.document(site.not_found)
    assert 'href="/keinot/"' in html
    assert 'href="keinot/"' not in html
