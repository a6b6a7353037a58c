"""Measures side by side, picking them in the finder, what the finder says when nothing is found, and OpenSearch."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from tests.conftest import TODAY
from toolbox import publish
from toolbox.site import Settings
from tools import browsing

PAIR = "keinot/vertailu/?k=osasairauspaivaraha,osatyokyvyttomyyselake"


def told(page) -> str:
    return page.locator("[data-kk-told]").inner_text()


def columns(page) -> list[str]:
    return [name.replace("\u00ad", "") for name in page.locator("[data-kk-versus] thead a").all_inner_texts()]


def test_measures_stand_side_by_side_as_on_their_own_pages(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + PAIR)
    page.locator("[data-kk-versus] tbody tr").first.wait_for()
    assert columns(page) == ["Osasairauspäiväraha", "Osatyökyvyttömyyseläke"]
    rows = page.locator("[data-kk-versus] tbody th").all_inner_texts()
    assert {"Kuka päättää", "Milloin haetaan", "Raha", "Kesto", "Vaikutus tuloihin", "Ehdot", "Yhdistäminen", "Tiedon varmuus"} <= set(rows)
    money = page.locator("tbody tr", has=page.locator("th", has_text=re.compile("^Raha$"))).locator("td").first.inner_text()
    # The pair itself comes first: what the data says of the two.
    assert "ensin Osasairauspäiväraha, sitten Osatyökyvyttömyyseläke" in page.locator(".kk-versus__pairs").inner_text()
    # Links lead where they lead on the page they came from, and no id stands twice.
    assert page.evaluate("[...document.querySelectorAll('[data-kk-versus] a')].every(a => !a.href.includes('/vertailu/'))")
    assert page.evaluate("(ids => ids.length === new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))")
    assert browsing.axe(page) == []
    page.goto(site_server + "keinot/osasairauspaivaraha/")
    own = page.locator(".kk-facts div", has=page.locator("dt", has_text=re.compile("^Määrä$"))).locator("dd").inner_text()
    assert re.sub(r"\s+", " ", own) in re.sub(r"\s+", " ", money)
    # The way here from a measure's page.
    page.get_by_role("link", name="Vertaa", exact=True).click()
    page.wait_for_url("**/keinot/vertailu/?k=osasairauspaivaraha")
    page.get_by_text("Lisää ainakin toinen keino.").wait_for()


def test_measures_are_added_and_removed_and_the_address_remembers(site_server, new_page):
    page = new_page(390, "dark")
    page.goto(site_server + PAIR)
    page.locator("[data-kk-versus] tbody tr").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#lisaa").select_option("palkkatuki")
    page.locator("#lisaa").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-kk-versus] thead a", has_text="Palkkatuki").wait_for()
    assert page.url.endswith("?k=osasairauspaivaraha,osatyokyvyttomyyselake,palkkatuki")
    assert "Vertailussa on kolme keinoa" in told(page)
    assert page.locator("#lisaa").is_disabled()
    assert browsing.axe(page) == []
    page.get_by_role("button", name="Poista Osatyökyvyttömyyseläke vertailusta").press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-kk-versus] thead a').length === 2")
    assert columns(page) == ["Osasairauspäiväraha", "Palkkatuki"]
    assert page.locator("#lisaa").evaluate("e => e === document.activeElement")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('[data-kk-versus] thead a').length === 3")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.emulate_media(media="print")
    assert not page.locator(".kk-versus__pick").is_visible()
    assert page.locator("[data-kk-versus] table").is_visible()


@pytest.mark.parametrize(
    ("search", "names", "says"),
    [
        ("?k=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E,palkkatuki", ["Palkkatuki"], "Tätä keinoa ei ole: <img src=x onerror=alert(1)>"),
        ("?k=palkkatuki,palkkatuki,takuuelake", ["Palkkatuki", "Takuueläke"], ""),
        ("?k=palkkatuki&k=takuuelake", ["Palkkatuki", "Takuueläke"], ""),
        ("?k=" + ",".join(["palkkatuki", "takuuelake", "starttiraha", "yleistuki"] + [f"olematon-{n}" for n in range(46)]),
         ["Palkkatuki", "Takuueläke", "Starttiraha"], "Pois jäi 1."),
        ("?k=../../toimijat/kela,//example.org/", [], "Tätä keinoa ei ole"),
        ("?k=" + "a" * 9000, [], "Tätä keinoa ei ole"),
        ("?k=__proto__,constructor", [], "Tätä keinoa ei ole"),
        ("?k=", [], "Lisää kaksi keinoa."),
        ("", [], "Lisää kaksi keinoa."),
    ],
)  # fmt: skip
def test_any_address_is_only_words(site_server, new_page, search, names, says):
    page = new_page(1280)
    page.goto(site_server + "keinot/vertailu/" + search)
    page.wait_for_function("n => document.querySelectorAll('[data-kk-versus] thead a').length === n", arg=len(names))
    page.wait_for_function("says => document.querySelector('[data-kk-told]').textContent.includes(says)", arg=says)
    assert columns(page) == names
    assert page.locator("article img").count() == 0


def test_without_scripts_the_page_leads_to_ready_comparisons(site_server, new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(site_server + PAIR)
    assert "Vertailu tarvitsee JavaScriptin" in page.content()
    assert not page.locator("#lisaa").is_visible()
    page.get_by_role("link", name="Työkokeilu", exact=True).click()
    page.wait_for_url("**/samannimiset/tyokokeilu/")


def test_rows_of_the_finder_are_picked_and_opened_side_by_side(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + "keinot/?q=palkkatuki")
    results = page.locator("[data-kk-results]")
    results.get_by_role("button", name="Vertaa Palkkatuki", exact=True).click()
    page.get_by_text("Palkkatuki. Valitse toinen.").wait_for()
    page.get_by_label("Hae keinoja").fill("starttiraha")
    results.get_by_role("button", name="Vertaa Starttiraha", exact=True).press("Enter")
    assert page.url.endswith("?q=starttiraha&k=palkkatuki,starttiraha")
    page.reload()
    assert results.get_by_role("button", name="Vertaa Starttiraha", exact=True).get_attribute("aria-pressed") == "true"
    assert browsing.axe(page) == []
    page.get_by_role("link", name="Vertaa 2").click()
    page.wait_for_url("**/keinot/vertailu/?k=palkkatuki,starttiraha")


def test_one_list_of_everything_and_back_to_it(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + "keinot/")
    assert page.locator("input[name=q]:visible").count() == 1
    field = page.get_by_label("Hae keinoja")
    field.fill("palkkatuki Kouvola")
    field.press("Enter")
    lines = page.locator("[data-kk-results] h3")
    lines.first.wait_for()
    assert lines.all_inner_texts()[:2] == ["Palkkatuki", "Kouvola"]
    assert "muuta sivua" in page.locator("[data-kk-found]").inner_text()
    # The settled search is a step in the history; so is the page that was opened from it.
    field.fill("työkokeilu")
    page.wait_for_url("**/keinot/?q=ty%C3%B6kokeilu")
    page.locator("[data-kk-results] a", has_text="Työkokeilu").first.click()
    page.wait_for_url("**/keinot/tyo*/")
    page.go_back()
    lines.first.wait_for()
    assert field.input_value() == "työkokeilu"
    page.go_back()
    page.wait_for_function("document.querySelector('#rajaa').value === 'palkkatuki Kouvola'")
    # Choices are for measures: with one made only measures are left.
    page.get_by_label("Uusi työ").check()
    assert page.locator("[data-kk-results] .kk-line--other").count() == 0
    assert page.locator("[data-kk-results] .kk-line").count() > 0


def test_what_is_not_found_is_helped_on(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + "keinot/?q=lentokone")
    help_ = page.locator("[data-kk-none]")
    help_.wait_for()
    assert page.locator("[data-kk-results] .kk-line").count() == 0
    assert "Ei osumaa sanalle: lentokone" in page.locator("[data-kk-found]").inner_text()
    assert help_.locator("[data-kk-near] a").count() > 0
    for name in ("sanastossa", "mikä sen nimi on nyt", "työllisyysalue", "hyvinvointialue", "Kerro meille"):
        assert help_.get_by_role("link", name=name).is_visible()
    note = page.get_by_label("Valmis viesti kopioitavaksi").input_value()
    assert "”lentokone”" in note
    assert "@" not in note
    assert browsing.axe(page) == []
    # Near hits that do not answer the whole query are not sold as an answer.
    page.get_by_label("Hae keinoja").fill("auto rikki")
    page.get_by_text("Emme ole varmoja, mitä haulla ”auto rikki” etsit.").wait_for()
    assert page.locator("[data-kk-results] .kk-line").count() > 0


def test_the_note_opens_an_issue_when_the_repository_is_known(shared_project):
    made, _ = publish.site(shared_project, date.fromisoformat(TODAY), Settings(repository="https://example.org/kk"))
    assert 'data-kk-repository="https://example.org/kk"' in made.by_path["keinot/"].html


def test_typing_on_a_slow_processor_loses_nothing(site_server, new_page):
    """Four times slower: every letter stays, the focus stays, and the list is that of the last letters."""
    page = new_page(390)
    page.goto(site_server + "toimijat/kela/")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    field = page.locator("#haku")
    field.press_sequentially("osasairauspäivärahaa", delay=15)
    page.wait_for_function("document.querySelector('#haku-ehdotukset .kk-suggestion__name')?.textContent === 'Osasairauspäiväraha'")
    assert field.input_value() == "osasairauspäivärahaa"
    assert field.evaluate("e => e === document.activeElement")
    field.fill("palkkatuki")
    field.press("ArrowDown")
    page.wait_for_function("document.querySelector('#haku-ehdotukset .kk-suggestion__name')?.textContent === 'Palkkatuki'")
    page.goto(site_server + "keinot/")
    finder = page.get_by_label("Hae keinoja")
    finder.press_sequentially("kuntoutusraha", delay=15)
    page.wait_for_function("document.querySelector('[data-kk-results] h3')?.textContent.startsWith('Kuntoutusraha')")
    assert finder.input_value() == "kuntoutusraha"
    assert page.url.endswith("?q=kuntoutusraha")


def test_opensearch_when_the_address_is_known(shared_project):
    made, _ = publish.site(shared_project, date.fromisoformat(TODAY), Settings(url="https://example.org/a&b/"))
    root = ET.fromstring(publish.data_files(made)["opensearch.xml"])  # noqa: S314  our own file
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{name}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{name}ShortName")) <= 16
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{name}Url")}
    assert templates["text/html"] == "https://example.org/a&b/keinot/?q={searchTerms}"
    link = '<link rel="search" type="application/opensearchdescription+xml"'
    assert link in made.document(made.by_path["keinot/"])
    unknown, _ = publish.site(shared_project, date.fromisoformat(TODAY), Settings())
    assert "opensearch.xml" not in publish.data_files(unknown)
    assert link not in unknown.document(unknown.by_path["keinot/"])
