"""The only file that knows MkDocs: it hands the pages of the toolbox to it, and nothing more.

MkDocs keeps its own part: reading `docs/`, serving with live reload, copying files.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc

from toolbox.correct import SettingError, mail_address
from toolbox.problems import DataError
from toolbox.publish import data_files, site, sitemap, write
from toolbox.render import Drawings
from toolbox.site import Settings

log = logging.getLogger("mkdocs.hooks.toolbox")
_serving = False
_site = None
# While an editor works: what was drawn last, the addresses that MkDocs writes itself and the folder it writes to, the
# folder that is served, the digest of each file in it, and what is still being written.
_drawings = Drawings()
_of_mkdocs = frozenset()
_scratch = None
_served = None
_there = {}
_later = None


def on_startup(*, command, dirty):
    """Live reload puts a script of its own on the page, which the strict policy would stop."""
    global _serving, _scratch
    _serving = command == "serve"
    _scratch = tempfile.mkdtemp(prefix="kk-") if _serving else None


def on_config(config):
    """Everything is read and checked before MkDocs touches the site folder."""
    global _site
    _finish()
    root = Path(config.config_file_path).parent
    today = date.fromisoformat(os.environ["KK_TODAY"]) if os.environ.get("KK_TODAY") else date.today()
    overlay = root / os.environ["KK_OVERLAY"] if os.environ.get("KK_OVERLAY") else None
    try:
        contact = mail_address(config.extra.get("contact") or "")
    except SettingError as error:
        raise PluginError(str(error)) from None
    settings = Settings(
        url=config.site_url or "",
        repository=config.extra.get("repository") or "",
        contact=contact,
        policy=not _serving,
        overlay=overlay,
        booklet=bool(os.environ.get("KK_BOOKLET")),
    )
    try:
        _site, problems = site(root, today, settings, _drawings if _serving else None)
    except DataError as error:
        for problem in error.problems:
            log.log(logging.INFO if _serving and _site else logging.ERROR, "%s", problem)
        if not (_serving and _site):
            raise PluginError(f"{error}. Sivusto jäi ennalleen.") from None
        # While an editor works, the last good site stays in view and says what is wrong.
        shown = replace(_site.settings, problems=tuple(str(problem) for problem in error.problems))
        _site, problems = replace(_site, settings=shown), ()
    if warnings := [p for p in problems if p.warning]:
        log.info("%d varoitusta tiedoissa; make check näyttää ne", len(warnings))
    config.extra["kk_site"] = _site
    return config


def on_pre_build(*, config):
    """While an editor works MkDocs empties and fills a folder of its own: emptying thousands of files takes longer than drawing them."""
    global _served
    if _serving:
        _served = Path(config.site_dir)
        config.site_dir = _scratch


def on_files(files, *, config):
    """Pages of the toolbox in; files of the theme that no page uses out.

    While an editor works MkDocs is not given the pages: drawing each of them anew would take longer than an editor waits.
    """
    global _of_mkdocs
    for file in list(files):
        if not file.is_documentation_page() and file.src_uri.startswith("assets/") and file.src_uri not in _site.assets:
            files.remove(file)
        elif file.is_documentation_page() and _address(file) not in _site.by_path:
            raise PluginError(f"{file.src_uri}: sivua ei tunneta")
    _of_mkdocs = frozenset(_address(file) for file in files if file.is_documentation_page())
    for page in _site.pages:
        if page.path not in _of_mkdocs and not _serving:
            files.append(File.generated(config, f"{page.path}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_page_markdown(markdown, *, page, config, files):
    """Nothing is left for MkDocs to convert: the page is finished."""
    made = _site.by_path[_address(page.file)]
    page.title = made.title
    page.meta = {"title": made.title, "description": made.description}
    if made.modified:
        page.update_date = made.modified.isoformat()
    return ""


def on_page_content(html, *, page, config, files):
    """The finished article, and its contents for the theme."""
    made = _site.by_path[_address(page.file)]
    page.toc = get_toc([{"level": 2, "id": s.id, "name": s.title, "children": []} for s in made.sections])
    return made.html


def on_env(env, *, config, files):
    """The frames ask for what surrounds a page; icons come from the toolbox."""
    env.globals["kk_frame"] = lambda page: _site.frame(_site.by_path[_address(page.file)] if page else _site.not_found)
    env.globals["kk_not_found"] = _site.not_found.html
    env.globals["kk_sitemap"] = lambda: sitemap(_site)
    return env


def on_post_build(*, config):
    """Data files and cards stand beside the pages. MkDocs would take longer to carry thousands of them than to make them."""
    global _later
    folder, made = Path(config.site_dir), _site
    if not _serving:
        for address, content in data_files(made).items():
            write(folder / address, content)
        return
    own = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    pages = {f"{page.path}index.html": made.document(page) for page in made.pages if page.path not in _of_mkdocs}
    _renew({**own, **pages})

    def follow():
        files = data_files(made)
        _renew(files)
        for address in _there.keys() - own.keys() - pages.keys() - files.keys():
            del _there[address]
            (_served / address).unlink(missing_ok=True)

    # The editor sees the page at once; data files follow in a moment.
    _later = Thread(target=follow)
    _later.start()


def _renew(files):
    """Write into the served folder what is not there as it is."""
    for address, content in files.items():
        content = content if isinstance(content, bytes) else content.encode()
        digest = hashlib.sha256(content).digest()
        if _there.get(address) != digest:
            write(_served / address, content)
            _there[address] = digest


def on_shutdown():
    """The server ends."""
    _finish()
    if _scratch:
        shutil.rmtree(_scratch, ignore_errors=True)


def _finish():
    """Nothing is left half written when the next build begins or the server ends."""
    global _later
    if _later:
        _later.join()
    _later = None


def _address(file) -> str:
    return "" if file.url in (".", "./", "") else file.url
