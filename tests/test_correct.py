"""Telling of an error: prefilled links on every page, the page of instructions, forms and templates of the host."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import expect

from toolbox import correct, publish
from toolbox.__main__ import main
from toolbox.site import Settings

TODAY = date(2026, 11, 23)
REPOSITORY = "https://esimerkki.fi/tekija/keinot"
CONTACT = "palaute@esimerkki.fi"
SETTINGS = {
    "neither": Settings(),
    "form": Settings(repository=REPOSITORY),
    "mail": Settings(contact=CONTACT),
    "both": Settings(repository=REPOSITORY, contact=CONTACT),
}


def made(project, settings):
    return publish.site(project, TODAY, settings)[0]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_page_has_a_prefilled_way_that_costs_little(shared_project, name):
    site = made(shared_project, SETTINGS[name])
    for page in site.pages:
        html = site.document(page)
        footer = html[html.index("<footer") :]
        links = [unescape(href) for href in re.findall(r'<li><a href="([^"]*)">(?:Ilmoita|Ehdota)', footer)]
        assert len(links) == 1 + ("form" in name or name == "both") + ("mail" in name or name == "both"), page.path
        # The link to the instructions is in any footer; what it says of the page and the links beside it are the cost.
        cost = sum(len(piece) for piece in re.findall(r'<li><a href="[^"]*">Ilmoita[^<]*</a></li>|\?sivu=[^"]*', footer))
        assert cost <= 300 + max(0, 2 * (len(page.path) - 24)), (page.path, cost)
        for href in links:
            parts = urlsplit(href)
            asked = parse_qs(parts.query)
            if parts.scheme == "mailto":
                assert parts.path == CONTACT
                assert asked["subject"] == [f"Virhe {page.path or 'etusivu'} {site.data_date}"]
            elif parts.netloc:
                assert href.startswith(f"{REPOSITORY}/issues/new?template=virhe.yml")
                assert asked["versio"] == [site.data_date.isoformat()]
                assert asked.get("sivu", [""]) == [page.path]
            elif name == "neither" and page.path not in ("", correct.PATH):
                assert asked["sivu"] == [page.path]


@pytest.mark.parametrize(
    ("name", "there", "missing"),
    [
        ("neither", ["ei ole vielä lomaketta eikä sähköpostiosoitetta"], ["issues/new", "mailto:"]),
        ("form", ["template=virhe.yml", "template=puuttuva-sana.yml", "template=puuttuva-keino.yml"], ["mailto:", "ei ole vielä"]),
        ("mail", [f"mailto:{CONTACT}"], ["issues/new", "ei ole vielä"]),
        ("both", ["template=virhe.yml", f"mailto:{CONTACT}"], ["ei ole vielä"]),
    ],
)
def test_the_page_of_instructions_promises_only_what_there_is(shared_project, name, there, missing):
    html = unescape(made(shared_project, SETTINGS[name]).by_path[correct.PATH].html)
    assert [word for word in there if word not in html] == []
    assert [word for word in missing if word in html] == []
    assert "Älä kerro asiakkaan nimeä" in html
    assert "Tietojen päivä: 22.11.2026" in html


@pytest.mark.parametrize("value", ["a@b", "a b@c.fi", "a@b.fi?cc=x@y.fi", 'a"@b.fi', "javascript:alert(1)", "a@b.fi\n"])
def test_a_contact_that_is_not_an_address_is_refused(value):
    with pytest.raises(correct.SettingError, match="ei ole sähköpostiosoite"):
        correct.mail_address(value)


@pytest.mark.parametrize("command", ["tree", "offline"])
def test_commands_tell_of_a_bad_contact_and_write_nothing(shared_project, tmp_path, monkeypatch, capsys, command):
    monkeypatch.setenv("KK_CONTACT", "ei osoite")
    out = tmp_path / "out"
    assert main([command, f"--root={shared_project}", f"--today={TODAY}", f"--out={out}"]) == 1
    assert 'KK_CONTACT: "ei osoite" ei ole sähköpostiosoite' in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("value", ["", "palaute@esimerkki.fi", "kk+virhe@a-b.example.org"])
def test_a_contact_is_an_address_or_empty(value):
    assert correct.mail_address(value) == value


def test_the_forms_exist_and_know_the_prefilled_fields(project_root):
    folder = project_root / ".github" / "ISSUE_TEMPLATE"
    assert {path.name for path in folder.iterdir()} == {"config.yml", *(file for file, _, _ in correct.FORMS)}
    for file, name, when in correct.FORMS:
        form = yaml.safe_load((folder / file).read_text("utf-8"))
        fields = {row["id"]: row for row in form["body"] if "id" in row}
        assert (form["name"], form["description"]) == (name, when)
        assert "versio" in fields
        assert "sivu" in fields or file != "virhe.yml"
        assert all(row["attributes"]["label"] for row in fields.values())
        assert any("henkilötieto" in json.dumps(row, ensure_ascii=False) for row in form["body"]) or file == "puuttuva-keino.yml"


def test_the_template_of_a_change_has_the_rules_of_content(project_root):
    template = (project_root / ".github" / "pull_request_template.md").read_text("utf-8")
    for word in ("[avain]", "[?]", "figures.yaml", "doubts", "voi saada", "make reviewed", "tunnus", "make check"):
        assert word in template, word


def test_a_change_is_told_in_words_in_ci(project_root):
    workflow = yaml.safe_load((project_root / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    steps = workflow["jobs"]["facts"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0, "without history there is nothing to compare with"
    assert steps[-1]["run"] == "make diff old=origin/main"


HOSTILE = ["", "?sivu=", "?sivu=<script>", "?sivu=../../etc/", "?sivu=//evil.example/", "?sivu=keinot/a", "?sivu=javascript:alert(1)/", "?sivu=" + "a/" * 300, "?sivu=%00/", "?x=1"]  # fmt: skip


PURE = """async (hostile) => {
  const { pageOf, filled } = await import(new URL("../../assets/report.js", location.href).href);
  const note = "Virhe\\nSivu: \\nPäivä";
  return { hostile: hostile.map(pageOf), good: pageOf("?sivu=keinot/palkkatuki/"),
    filled: filled(note, "keinot/$&/", "https://x.fi/"), empty: filled(note, "", "https://x.fi/") };
}"""


def test_the_note_names_the_page_that_the_reader_came_from(site_server, new_page):
    page = new_page(width=390)
    page.goto(f"{site_server}keinot/osasairauspaivaraha/")
    page.locator("footer").get_by_role("link", name="Ehdota korjausta").click()
    filled = re.compile(f"Sivu: {re.escape(site_server)}keinot/osasairauspaivaraha/\n")
    expect(page.get_by_label("Täydennä ja kopioi")).to_have_value(filled)
    # The other links to the note know their page too, also the row of a table that is about another page.
    for address, place, about in (
        ("keinot/osasairauspaivaraha/", ".kk-correct a", "keinot/osasairauspaivaraha/"),
        ("alueet/kattavuus/", "td a", "alueet/tyollisyysalueet/espoon-ja-kauniaisten-tyollisyysalue/"),
    ):
        page.goto(site_server + address)
        page.locator(place).first.click()
        expect(page.get_by_label("Täydennä ja kopioi")).to_have_value(re.compile(f"Sivu: {re.escape(site_server + about)}\n"))
    found = page.evaluate(PURE, HOSTILE)
    assert found["hostile"] == [""] * len(HOSTILE)
    assert found["good"] == "keinot/palkkatuki/"
    assert found["filled"] == "Virhe\nSivu: https://x.fi/keinot/$&/\nPäivä"
    assert found["empty"] == "Virhe\nSivu: \nPäivä"
    page.get_by_role("button", name="Kopioi viesti").focus()
    page.keyboard.press("Enter")
    page.get_by_text(re.compile("Viesti kopioitu|Kopioi valittu teksti")).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    without = new_page(java_script_enabled=False)
    without.goto(f"{site_server}tietoa/korjaa/?sivu=keinot/palkkatuki/")
    assert without.get_by_label("Täydennä ja kopioi").is_visible()
    assert without.get_by_role("button", name="Kopioi viesti").count() == 0
