"""The copy for a folder or a memory stick: its bytes, its links, and a browser that opens it from a file."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from urllib.parse import unquote, urlsplit

import pytest
from conftest import TODAY

from toolbox import publish
from toolbox.problems import DataError
from toolbox.share import offline
from toolbox.site import Settings

DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def packed(whole_site, project_root) -> bytes:
    return offline.archive(whole_site, project_root / "overrides")


@pytest.fixture(scope="module")
def copy(packed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("offline") / "muistitikku ä"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert all(name.startswith(offline.FOLDER) and ".." not in name for name in archive.namelist())
        archive.extractall(folder)
    return folder / "kaikki-keinot"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("./", "./index.html"),
        ("../../", "../../index.html"),
        ("../..", "../../index.html"),
        ("../keinot/#a", "../keinot/index.html#a"),
        ("../keinot/?q=a/b#c", "../keinot/index.html?q=a/b#c"),
        ("#lahteet", "#lahteet"),
        ("?kunta=salo", "?kunta=salo"),
        ("", ""),
        ("../api/v1/index.json", "../api/v1/index.json"),
        ("https://www.kela.fi/", "https://www.kela.fi/"),
        ("mailto:a@b.fi", "mailto:a@b.fi"),
    ],
)
def test_an_address_names_its_file(address, expected):
    assert offline.explicit(address) == expected


def test_modules_become_functions_of_one_script():
    made = offline.bundle(
        {
            "a.js": 'import { one as two, other } from "./b/c.js";\nexport const x = two;\nif (x) import("./d.js").then((m) => m.go());\n',
            "b/c.js": 'import * as all from "../d.js";\nexport async function one() {}\nexport function other() {}\nnew URL("../", import.meta.url);\n',
        }
    )
    assert 'const { one: two, other } = kkOffline.use("b/c.js");' in made
    assert 'new URL("../", kkOffline.at("b/c.js"))' in made
    assert 'const all = kkOffline.use("d.js");' in made
    assert 'Promise.resolve().then(() => kkOffline.use("d.js")).then((m) => m.go());' in made
    assert "Object.assign(exports, { one, other });" in made
    assert not re.search(r"^(import|export)\b", made, re.MULTILINE)


@pytest.mark.parametrize("line", ['export { a } from "./b.js";', "export default 1;", 'import a from "./b.js";'])
def test_a_form_that_can_not_be_joined_stops_the_copy(line):
    with pytest.raises(DataError) as error:
        offline.bundle({"a.js": f"{line}\n"})
    assert error.value.problems[0].file == "assets/a.js"


def test_two_copies_of_one_day_are_the_same_bytes(shared_project):
    first, second = (offline.archive(publish.site(shared_project, DAY, Settings())[0], shared_project / "overrides") for _ in range(2))
    assert first == second


def test_every_link_leads_to_a_file_of_the_copy_and_every_page_says_its_day(copy):
    missing = []
    for page in copy.rglob("index.html"):
        html = page.read_text("utf-8")
        if "/upota/" not in page.as_posix():
            assert "Kopio tehty 23.11.2026" in html, page
        assert 'type="module"' not in html, page
        for link in re.findall(r'<(?:a|link|script|img|form|iframe) [^>]*?(?:href|src|action)="([^"#?]*)', html):
            parts = urlsplit(link)
            if not parts.scheme and parts.path and not (page.parent / unquote(parts.path)).is_file():
                missing.append((page.relative_to(copy).as_posix(), link))
    assert missing == []


def test_the_joined_script_is_a_script(copy):
    node = shutil.which("node")
    if node:
        subprocess.run([node, "--check", str(copy / offline.BUNDLE)], check=True, timeout=30)
    assert "\nexport " not in (copy / offline.BUNDLE).read_text("utf-8")


def test_the_copy_works_from_a_file(copy, new_page):
    """Home, search, a measure, a municipality, the finder: without a server and without an error on the console."""
    page = new_page()
    page.goto((copy / "index.html").as_uri())
    assert page.get_by_text("Kopio tehty 23.11.2026").is_visible()
    page.fill("#haku-etusivu", "osasairauspäiväraha")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/keinot/osasairauspaivaraha/index.html")
    assert page.locator("h1").inner_text().replace("\u00ad", "") == "Osasairauspäiväraha"
    page.get_by_role("navigation", name="Murupolku").get_by_role("link", name="Keinot").click()
    page.wait_for_url("**/keinot/index.html")
    page.goto((copy / "keinot/palkkatuki/index.html").as_uri())
    page.fill("#kotikunta", "Salo")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Salon työllisyysalue").first.wait_for()
    page.goto((copy / "keinot/index.html").as_uri() + "?q=ammatillinen")
    found = page.locator("main a[href*='ammatillinen']").first
    found.wait_for()
    found.click()
    page.wait_for_url("**/index.html")
    for path in ("laskurit", "yhdistelmat", "alueet", "sanasto"):
        page.goto((copy / path / "index.html").as_uri())
        assert page.locator("h1").count() == 1
