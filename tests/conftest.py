"""The fixtures of all tests. The built site is made once for the whole run, the other dear ones once for each process."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from toolbox import publish
from toolbox.catalogue import Catalogue
from toolbox.site import Settings, Site
from toolbox.views import Maker
from tools import browsing
from tools.browser import find

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "fixtures" / "small"
# The day of every test site. Reviews may not be in the future: move it when the data gets newer.
TODAY = "2026-11-23"
DAY = date.fromisoformat(TODAY)
# The address that the site has where one is needed.
URL = "https://keinot.example.org/"

# The same examples on each run: a test that fails at random tells nothing of the change at hand.
hypothesis.settings.register_profile("project", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("project")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A skipped test is a failed test: everything that `make test` promises is run."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"{item.nodeid} ohitettiin: testejä ei ohiteta"
    return report


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the project."""
    return ROOT


def mkdocs_build(project: Path, out: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Build a project with the real MkDocs, on the day of the tests. `environ` adds to the environment."""
    settings = {"KK_TODAY": TODAY, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=project,
        env={**os.environ, **settings, **environ},
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )


def tree_build(project: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """The same site by the tree writer alone: what is left when MkDocs is gone (LEAVING-MKDOCS.md)."""
    command = [sys.executable, "-m", "toolbox", "tree", "--today", TODAY, "--out", str(out)]
    environ = {**os.environ, "PYTHONPATH": str(project / "hooks")}
    return subprocess.run(command, cwd=project, env=environ, text=True, capture_output=True, check=False, timeout=300)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole site, built by the real MkDocs, or without it. Read it, do not change it.

    The first process that needs it builds it; the others wait for that.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    out, building = shared / "built-site", shared / "building-site"
    with (shared / "built-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            result = tree_build(ROOT, building) if os.environ.get("KK_ENGINE") == "tree" else mkdocs_build(ROOT, building)
            assert result.returncode == 0, result.stdout + result.stderr
            building.rename(out)
    return out


@pytest.fixture(scope="session")
def whole_catalogue() -> Catalogue:
    """The real data, read and checked."""
    catalogue, _ = publish.check(ROOT, DAY)
    assert catalogue
    return catalogue


@pytest.fixture(scope="session")
def whole(whole_catalogue: Catalogue) -> Maker:
    """The maker of the views of the real data."""
    return Maker(whole_catalogue, DAY)


@pytest.fixture(scope="session")
def whole_site() -> Site:
    """The pages of the real data as if their address were known. Read it, do not change it."""
    return publish.site(ROOT, DAY, Settings(url=URL))[0]


@pytest.fixture(scope="session")
def site_server(built_site: Path) -> Iterator[str]:
    """The address (with a closing slash) where the built site is served; unknown addresses get 404.html."""
    with browsing.serve(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of the run. Tests take pages with `new_page`."""
    with sync_playwright() as playwright:
        path = find(playwright)
        assert path, "Selainta ei löytynyt. Aja: make browser"
        with playwright.chromium.launch(executable_path=path, args=browsing.LAUNCH) as running:
            yield running


@pytest.fixture
def trouble() -> list[str]:
    """What the pages of this test have done wrong so far. A test that expects something clears it."""
    return []


@pytest.fixture
def new_page(browser: Browser, trouble: list[str]) -> Iterator[Callable[..., Page]]:
    """`new_page(width=1280, scheme="light", **context_options)` opens a page as a Finnish reader has it.

    At the end of the test no page may have asked anything of another host, written an error
    on the console, broken the content security policy or left an exception uncaught.
    """
    pages: list[Page] = []

    def open_one(width: int = 1280, scheme: str = "light", **options: Any) -> Page:
        pages.append(browsing.open_page(browser, trouble, width=width, scheme=scheme, **options))
        return pages[-1]

    yield open_one
    for page in pages:
        page.context.close()
    assert trouble == []


def copy_project(project: Path) -> Path:
    """A whole project in `project`: the small data and texts of the fixtures, our own hooks and theme."""
    shutil.copytree(SMALL, project)
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("hooks", "overrides"):
        shutil.copytree(ROOT / folder, project / folder, ignore=ignore)
    shutil.copy(ROOT / "mkdocs.yml", project)
    return project


@pytest.fixture
def fixture_project(tmp_path: Path) -> Path:
    """A small project of its own, to be changed and built."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project once for the whole run. Read it, do not change it."""
    return copy_project(tmp_path_factory.mktemp("shared") / "project")
