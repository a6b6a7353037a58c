"""The site to a folder, without MkDocs, and the files that both ways of publishing share."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path

from . import guide_rules, hyphens, rules
from .catalogue import Catalogue, load
from .follow import pages as follow
from .learn import deck as anki_deck
from .learn import rules as learn_rules
from .learn import views as learn_views
from .marks import explanations
from .opendata import datasets as opendata
from .opendata import rules as data_rules
from .problems import DataError, Problem
from .regions import rules as region_rules
from .render import Drawings, icon_style
from .review import badges
from .review import rules as review_rules
from .review.turn import as_of
from .share import embeds, overlay, short_links
from .site import ASSET_FOLDERS, ICON_STYLE, NAME, SHORT_NAME, Settings, Site, build
from .toolkit import rules as toolkit_rules
from .views import Maker

# What marked terms mean, fetched by the browser when the first one is asked for.
EXPLANATIONS = "sanasto/selitteet.json"


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
            *guide_rules.check(catalogue, today),
            *review_rules.check(catalogue, today),
            *short_links.check(catalogue, today),
            *data_rules.check(catalogue, today),
            *learn_rules.check(catalogue, today),
        )
    return catalogue, problems


def site(root: Path, today: date, settings: Settings, drawings: Drawings | None = None) -> tuple[Site, tuple[Problem, ...]]:
    """The checked site of a project folder and its warnings. Raises DataError when an error stands.

    `drawings` keeps what was drawn from one build to the next, for a server that builds often.
    """
    catalogue, problems = check(root, today)
    laid, found = check_overlay(settings.overlay, catalogue)
    problems = (*problems, *found)
    if found := rules.errors(problems):
        raise DataError(found)
    compounds = hyphens.read_compounds(root / "data" / "compounds.txt")
    overrides, docs = root / "overrides", root / "docs"
    made = build(catalogue, today, settings, overrides=overrides, docs=docs, compounds=compounds, laid=laid, drawings=drawings)
    return made, problems


def check_overlay(folder: Path | None, catalogue: Catalogue | None) -> tuple[overlay.Overlay | None, tuple[Problem, ...]]:
    """The overlay of a folder, if any, and everything that is wrong with it."""
    if folder is None:
        return None, ()
    laid, problems = overlay.read(folder)
    return laid, (*problems, *(overlay.check(laid, catalogue) if laid and catalogue else ()))


def data_files(made: Site) -> Mapping[str, str | bytes]:
    """Files beside the pages, by address: open data, feeds, cards for others, the deck of flash cards."""
    maker = Maker(made.catalogue, made.today)
    files = {
        **dict(opendata.files(made)),
        **follow.files(made),
        **dict(badges.files(made.catalogue, made.today)),
        **dict(short_links.files(made)),
        **dict(embeds.files(made)),
        anki_deck.ADDRESS: anki_deck.package(learn_views.decks(maker), made.data_date, made.settings.url),
        EXPLANATIONS: explanations(made.catalogue.terms.values(), maker.plain),
        ICON_STYLE: icon_style(),
    }
    if made.overlay and made.overlay.style:
        files[overlay.STYLE] = made.overlay.style
    if made.settings.url:
        files["opensearch.xml"] = opensearch(made.settings.url)
        files["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {made.settings.url}sitemap.xml\n"
    return files


def opensearch(url: str) -> str:
    """The search of the site for browsers and intranets (OpenSearch 1.1): needs the whole address, so only when it is known."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(SHORT_NAME)}</ShortName>
<Description>{escape(f"{NAME}: työkyvyn tuen keinot, tilanteet ja toimijat")}</Description>
<Language>fi</Language>
<InputEncoding>UTF-8</InputEncoding>
<Image type="image/svg+xml">{escape(url)}assets/mark.svg</Image>
<Url type="text/html" method="get" template="{escape(url, quote=True)}keinot/?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{escape(url, quote=True)}opensearch.xml"/>
</OpenSearchDescription>
"""


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
            write(fresh / page.path / "index.html", made.document(page))
        write(fresh / "404.html", made.document(made.not_found))
        for address, content in data_files(made).items():
            write(fresh / address, content)
        write(fresh / "sitemap.xml", sitemap(made))
        for folder_of_theme in ASSET_FOLDERS:
            shutil.copytree(overrides / folder_of_theme, fresh / folder_of_theme, dirs_exist_ok=True)
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


def write(path: Path, content: str | bytes) -> None:
    """Write a file of the site, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
