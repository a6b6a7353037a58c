"""The site to a folder, without MkDocs, and the files that both ways of publishing share."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from . import badges, feeds, hyphens, opendata, region_rules, review_rules, rules, toolkit_rules
from .catalogue import Catalogue, load
from .problems import DataError, Problem
from .render import icon_style
from .site import ICON_STYLE, Settings, Site, build
from .turn import as_of


def check(root: Path, today: date) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read the data of a project and run every rule: the catalogue as it is on the day, and all problems."""
    catalogue, problems = load(root / "data")
    if catalogue is not None:
        catalogue = as_of(catalogue, today)
        problems = (
            *problems,
            *rules.check(catalogue, today),
            *region_rules.check(catalogue, today),
            *toolkit_rules.check(catalogue, today),
            *review_rules.check(catalogue, today),
        )
    return catalogue, problems


def site(root: Path, today: date, settings: Settings) -> tuple[Site, tuple[Problem, ...]]:
    """The checked site of a project folder and its warnings. Raises DataError when an error stands."""
    catalogue, problems = check(root, today)
    if found := rules.errors(problems):
        raise DataError(found)
    compounds = hyphens.read_compounds(root / "data" / "compounds.txt")
    made = build(catalogue, today, settings, overrides=root / "overrides", docs=root / "docs", compounds=compounds)
    return made, problems


def data_files(made: Site) -> Mapping[str, str]:
    """Files beside the pages, by address: open data and the site map."""
    files = {**dict(opendata.files(made)), **feeds.files(made), **dict(badges.files(made.catalogue, made.today)), ICON_STYLE: icon_style()}
    if made.settings.url:
        files["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {made.settings.url}sitemap.xml\n"
    return files


def sitemap(made: Site) -> str:
    """The addresses for search engines, each with the day its facts were last reviewed."""
    rows = []
    for page in made.pages:
        if page.indexed:
            modified = f"<lastmod>{page.modified.isoformat()}</lastmod>" if page.modified else ""
            rows.append(f"<url><loc>{made.settings.url}{page.path}</loc>{modified}</url>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )


def write_tree(made: Site, folder: Path, overrides: Path) -> int:
    """Write the whole site to `folder` and return the number of pages.

    The tree is made beside the folder and put in its place only when it is whole, so a
    failing build leaves the previous site as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for page in made.pages:
            _write(fresh / page.path / "index.html", made.document(page))
        _write(fresh / "404.html", made.document(made.not_found))
        for address, content in data_files(made).items():
            _write(fresh / address, content)
        _write(fresh / "sitemap.xml", sitemap(made))
        shutil.copytree(overrides / "assets", fresh / "assets", dirs_exist_ok=True)
        fresh.chmod(0o755)
        replace(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(made.pages)


def replace(fresh: Path, folder: Path) -> None:
    """Put a finished folder in the place of another in two renames."""
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8", newline="\n")
