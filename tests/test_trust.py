"""What is promised of the whole: licences named, nothing foreign shipped, the same bytes anywhere, and commands that stay."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import TODAY
from toolbox import catalogue
from toolbox.site import ICON_STYLE
from tools import modules

# Made for this site, without a licence of others.
OWN = {".css", ".js"}


def test_everything_of_others_that_is_shipped_is_on_the_page_of_licences(project_root, built_site):
    page = (project_root / "docs" / "tietoa" / "lisenssit.md").read_text("utf-8")
    shipped = {path.relative_to(built_site).as_posix() for path in (built_site / "assets").rglob("*") if path.is_file()}
    ours = {path.relative_to(project_root / "overrides").as_posix() for path in (project_root / "overrides" / "assets").rglob("*") if path.is_file()}
    assert shipped <= ours | {ICON_STYLE}, "the theme has slipped a file in"
    foreign = {address for address in shipped if Path(address).suffix not in OWN and address != "assets/mark.svg"} | {ICON_STYLE}
    assert {address for address in foreign if Path(address).name not in page} == set()
    for script in (path for path in shipped if Path(path).suffix in OWN):
        source = (built_site / script).read_text("utf-8")
        assert "copyright" not in source.lower(), f"{script}: name its maker on the page of licences"
    icons = project_root / "hooks" / "toolbox" / "templates" / "icons"
    assert (icons / "LICENSE").exists()
    assert "Pictogrammers (Material Design Icons) | Apache License 2.0" in page


def test_every_source_of_regions_is_on_the_page_of_licences(project_root):
    page = (project_root / "docs" / "tietoa" / "lisenssit.md").read_text("utf-8")
    c, _ = catalogue.load(project_root / "data")
    for source in c.region_sources.values():
        if (source.licence or "").startswith("CC"):
            assert any(source.publisher in row and source.licence in row for row in page.splitlines()), source.id


def fingerprint(folder: Path) -> dict[str, str]:
    # MkDocs stamps its compressed site map with the time of the build; no page uses it.
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "sitemap.xml.gz")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_site_comes_of_any_folder_time_zone_locale_and_hash_seed(fixture_project, tmp_path):
    """Two builds of the same on different machines are the same to the byte, by MkDocs and by the tree writer."""
    other = tmp_path / "toinen kansio" / "ä"
    shutil.copytree(fixture_project, other)
    made = []
    for project, zone, locale, seed in ((fixture_project, "Pacific/Kiritimati", "C", "1"), (other, "America/Adak", "C.UTF-8", "2")):
        environ = os.environ | {
            "KK_TODAY": TODAY, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "0",
            "PYTHONPATH": str(project / "hooks"), "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true",
            "KK_SITE_URL": "https://esimerkki.fi/kk/", "KK_REPOSITORY": "https://esimerkki.fi/t", "KK_CONTACT": "a@esimerkki.fi",
        }  # fmt: skip
        for name, command in (("mkdocs", ["mkdocs", "build", "--strict", "--site-dir"]), ("tree", ["toolbox", "tree", "--out"])):
            out = project.parent / f"{project.name}-{name}"
            subprocess.run([sys.executable, "-m", *command, str(out)], cwd=project, env=environ, check=True, capture_output=True)
            made.append(fingerprint(out))
    assert made[0] == made[2]
    assert made[1] == made[3]
    assert len(made[0]) > 100
    pages = {address for address in made[0] if address.endswith((".json", ".svg", ".js", ".css", ".csv", ".ics"))}
    assert {address for address in pages if made[0][address] != made[1].get(address)} == set()


def test_the_picture_of_the_modules_is_that_of_the_code(project_root):
    source = (project_root / modules.FILE).read_text("utf-8")
    assert source == modules.drawn(source, project_root), "run: make modules"
    toolbox = project_root / "hooks" / "toolbox"
    rows = [row for folder in modules.packages(toolbox) for row in modules.python_rows(folder, toolbox)]
    for name, words, _ in (*rows, *modules.script_rows(project_root / "overrides" / "assets")):
        assert words, f"{name} has no description"


def test_the_package_knows_neither_mkdocs_nor_the_clock_nor_the_network(project_root):
    """What decision 1 and 9 promise. Commands may ask for the day of the machine, nothing else may."""
    for path in (project_root / "hooks" / "toolbox").rglob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(r"(?m)^\s*(?:from|import) (?:mkdocs|material|socket|urllib\.request|http)\b", source), path.name
        if path.name != "__main__.py":
            assert not re.search(r"date\.today\(|datetime\.now\(|time\.time\(", source), path.name


def test_decisions_are_numbered_short_and_linked(project_root):
    records = sorted((project_root / "decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text("utf-8")
        assert [word for word in ("**Tila:**", "**Tilanne.**", "**Päätös.**", "**Seuraus.**") if word not in text] == [], path.name
        assert len(text) < 1500, path.name
    pages = [project_root / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LEAVING-MKDOCS.md", "CONTRIBUTING.md")]
    for page in (*pages, *records):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", page.read_text("utf-8")):
            if not target.startswith(("avain", "palkkatuki", "kohde", "tunnus")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_that_the_documents_name_exists(project_root):
    targets = set(re.findall(r"(?m)^([a-z]+):", (project_root / "Makefile").read_text("utf-8")))
    pages = [*project_root.glob("*.md"), *(project_root / "decisions").glob("*.md"), *(project_root / "docs").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))}
    assert named - targets == set()
