"""An organisation's own copy: name, colours, contact and local notes, over the data and not in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY, mkdocs_build
from test_style import contrast, tokens

from toolbox import publish
from toolbox.__main__ import main
from toolbox.problems import DataError
from toolbox.share import overlay
from toolbox.site import Settings
from tools import browsing

DAY = date.fromisoformat(TODAY)
SITE = """name: Oma & nimi
organisation: Esimerkki oy
contact:
  text: Kysy meiltä.
  url: https://oma.example/a?b=1&c=2
  email: keinot@oma.example
colours:
  brand: "#24532f"
"""
NOTES = """notes:
- kind: measure
  id: kokeiluraha
  text: Soita ensin & varaa **aika** [sivulta](https://oma.example/).
  author: Koordinaattorit
  date: 2026-11-20
"""


@pytest.fixture
def own(tmp_path):
    """The folder of a copy, in order."""
    folder = tmp_path / "oma"
    folder.mkdir()
    (folder / "site.yaml").write_text(SITE, "utf-8")
    (folder / "notes.yaml").write_text(NOTES, "utf-8")
    return folder


def made(project: Path, folder: Path | None):
    return publish.site(project, DAY, Settings(overlay=folder))[0]


def test_a_note_stands_on_its_page_and_nowhere_else(shared_project, own):
    with_notes, without = made(shared_project, own), made(shared_project, None)
    different = [page.path for page in with_notes.pages if page.html != without.by_path[page.path].html]
    assert different == ["keinot/kokeiluraha/"]
    html = with_notes.by_path["keinot/kokeiluraha/"].html
    box = re.search(r'<aside class="kk-local".*?</aside>', html, re.DOTALL).group()
    assert "Paikallinen ohje – Esimerkki oy" in box
    assert 'Soita ensin &amp; varaa <strong>aika</strong> <a href="https://oma.example/">sivulta</a>.' in box
    assert "Koordinaattorit, 20.11.2026" in box
    assert html.index("<h1>") < html.index(box) < html.index('id="lyhyesti"')


def test_the_data_of_a_copy_is_the_data_of_the_site(shared_project, own):
    with_notes, without = (dict(publish.data_files(made(shared_project, folder))) for folder in (own, None))
    assert set(with_notes) - set(without) == {overlay.STYLE}
    assert all(with_notes[name] == content for name, content in without.items())


def test_the_copy_has_its_name_its_keeper_and_the_source_of_its_data(shared_project, own):
    site = made(shared_project, own)
    document = site.document(site.by_path["keinot/kokeiluraha/"])
    assert "<title>Kokeiluraha – Oma &amp; nimi</title>" in document
    assert "Tätä kopiota ylläpitää Esimerkki oy. Kysy meiltä." in document
    assert 'href="https://oma.example/a?b=1&amp;c=2"' in document
    assert 'href="mailto:keinot@oma.example"' in document
    assert "Tiedot: Kaikki keinot käyttöön, CC BY 4.0." in document
    assert '<link rel="stylesheet" href="../../assets/overlay.css">' in document
    plain = made(shared_project, None)
    assert "overlay.css" not in plain.document(plain.by_path["keinot/kokeiluraha/"])


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "message"),
    [
        ("notes.yaml", "id: kokeiluraha", "id: kokeiluraaha", 3, 'tuntematon tunnus "kokeiluraaha"; tarkoititko "kokeiluraha"?'),
        ("notes.yaml", "kind: measure", "kind: measures", 2, 'tuntematon arvo "measures"'),
        ("notes.yaml", "text: Soita", "text: <b>Soita", 4, "tekstissä on merkki < tai >"),
        ("notes.yaml", "(https://oma.example/)", "(javascript:alert)", 4, 'linkki "javascript:alert" ei ole osoite'),
        ("notes.yaml", "Soita ensin", "Raha on {kokeiluraha-taysi}", 4, "lähdeviite tai luvun tunnus"),
        ("notes.yaml", "notes:", "ohjeet:", 1, 'ylin kenttä "notes" puuttuu'),
        ("site.yaml", "#24532f", "#9fd6ab", 8, "#9fd6ab ei erotu: vaalea pinta, suhde 1,7"),
        ("site.yaml", "#24532f", "red", 8, "ei ole väri"),
        ("site.yaml", "url: https", "url: ftp", 5, "ei ole turvallinen osoite"),
        ("site.yaml", "organisation: Esimerkki oy\n", "", 1, 'kenttä "organisation" puuttuu'),
        ("site.yaml", "keinot@oma.example", "keinot", 6, "ei ole sähköpostiosoite"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(shared_project, own, file, before, after, line, message):
    path = own / file
    assert before in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(DataError) as error:
        made(shared_project, own)
    told = [p for p in error.value.problems if p.file == f"oma/{file}"]
    assert any(p.line == line and message in str(p) for p in told), error.value.problems


def test_a_missing_folder_stops_the_check(shared_project, monkeypatch, capsys):
    monkeypatch.setenv("KK_OVERLAY", "ei-ole")
    assert main(["check", "--root", str(shared_project), "--today", TODAY]) == 1
    assert "oman kopion kansiota ei ole" in capsys.readouterr().out


def test_colours_are_measured_against_the_colours_of_the_site(project_root):
    css = (project_root / "overrides/assets/kaikki-keinot.css").read_text("utf-8")
    light, dark = tokens(css, ":root"), tokens(css, ':root[data-kk-scheme="dark"]')
    assert set(overlay.GROUNDS["brand"].values()) == {light["surface"], light["bg"]}
    assert set(overlay.GROUNDS["band"].values()) == {light["on-brand"], "#d7e6ea"}
    assert set(overlay.GROUNDS["brand_dark"].values()) == {dark["surface"], dark["bg"], dark["on-brand"]}
    for colours in (("#0e4a5b", "#ffffff"), ("#777777", "#ffffff"), ("#000000", "#ffffff")):
        assert overlay.contrast(*colours) == contrast(*colours)


def test_the_example_is_in_order_and_looks_like_it_says(project_root, tmp_path, new_page):
    out = tmp_path / "site"
    result = mkdocs_build(project_root, out, KK_OVERLAY="examples/overlay")
    assert result.returncode == 0, result.stdout + result.stderr
    with browsing.serve(out) as address:
        for scheme, colour in (("light", "rgb(36, 83, 47)"), ("dark", "rgb(159, 214, 171)")):
            page = new_page(width=390, scheme=scheme)
            page.goto(f"{address}keinot/palkkatuki/")
            assert page.locator(".kk-local").get_by_text("Paikallinen ohje – Esimerkkilän työllisyysalue").is_visible()
            assert page.locator(".kk-header .kk-mark").evaluate("e => getComputedStyle(e).fill") == colour
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert browsing.axe(page) == []
        # What the staff tell each other is not on the sheet that the client takes home.
        page.goto(f"{address}keinot/palkkatuki/#asiakkaalle")
        page.emulate_media(media="print")
        assert page.locator(".kk-client").is_visible()
        assert not page.locator(".kk-local").is_visible()
