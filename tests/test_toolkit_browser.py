"""The toolkit pages in a real browser: grid, navigator, filter; keyboard, without script, on paper."""

from __future__ import annotations

import re

import pytest

from tools import browsing

GRID = "yhdistelmat/"
ORDER = "kuka-maksaa/kuntoutus/"


def test_a_cell_tells_its_reason_and_has_an_address(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + GRID)
    cell = page.get_by_role("link", name="Sairauspäiväraha ja Osasairauspäiväraha: rivin keino ensin")
    cell.focus()
    page.keyboard.press("Enter")
    reason = page.locator("[data-kk-why]")
    assert "ensin Sairauspäiväraha" in reason.inner_text()
    assert "Sairausvakuutuslaki" in reason.inner_text()
    assert cell.get_attribute("aria-current") == "true"
    assert page.locator(".kk-grid td a[aria-current]").count() == 1
    assert page.url.endswith("#sairauspaivaraha_osasairauspaivaraha")
    assert browsing.axe(page, "[data-kk-matrix]") == []
    page.reload()
    assert "ensin Sairauspäiväraha" in reason.inner_text()


def test_the_grid_follows_need_and_actor_and_keeps_them_in_the_address(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + GRID)
    page.get_by_label("Tarve").select_option("tyon-muokkaus")
    page.get_by_label("Kuka päättää tai järjestää").select_option("tyonantaja")
    assert "tarve=tyon-muokkaus&toimija=tyonantaja" in page.url
    names = page.locator(".kk-grid tbody th").all_inner_texts()
    assert 2 <= len(names) <= 12
    assert page.locator("section[data-kk-measure]:visible").count() >= len(names)
    page.reload()
    assert page.locator(".kk-grid tbody th").all_inner_texts() == names
    assert page.get_by_label("Tarve").input_value() == "tyon-muokkaus"


def test_at_most_twelve_measures_are_chosen(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + GRID)
    page.get_by_text("Valitse taulukon keinot").click()
    assert browsing.axe(page, "[data-kk-pick]") == []
    while page.locator("[data-kk-pick] input:not(:checked):not(:disabled)").count():
        page.locator("[data-kk-pick] input:not(:checked):not(:disabled)").first.check()
    assert page.locator(".kk-grid tbody tr").count() == 12
    page.locator("[data-kk-pick] input:checked").first.uncheck()
    assert page.locator(".kk-grid tbody tr").count() == 11
    assert page.locator("[data-kk-pick] input:disabled").count() == 0


def test_the_grid_does_not_move_the_page_while_it_loads(site_server, new_page):
    page = new_page(1280)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((l) => l.getEntries().forEach((e) => (window.shift += e.value))).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(site_server + GRID)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") <= 0.1


def test_a_phone_shows_one_measure_with_its_reasons(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + GRID)
    assert not page.locator(".kk-grid").is_visible()
    assert page.locator("section[data-kk-measure]:visible").count() == 1
    page.get_by_label("Keino luettelossa").select_option("osasairauspaivaraha")
    section = page.locator("section[data-kk-measure]:visible")
    assert section.locator("h3").inner_text().replace("\u00ad", "") == "Osasairauspäiväraha"
    for row in section.locator("li").all():
        assert row.locator("p").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert browsing.axe(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_is_whole_without_script(site_server, new_page, width):
    page = new_page(width, java_script_enabled=False)
    page.goto(site_server + GRID)
    assert not page.locator("[data-kk-matrix-form]").is_visible()
    sections = page.locator("section[data-kk-measure]")
    assert all(section.is_visible() for section in sections.all()[::20])
    page.goto(site_server + GRID + "#sairauspaivaraha_osasairauspaivaraha")
    row = page.locator("#sairauspaivaraha_osasairauspaivaraha")
    assert row.is_visible()
    assert "Sairausvakuutuslaki" in row.inner_text()


@pytest.mark.parametrize("address", ["?keinot=xyz,,<script>&tarve=zz&toimija=%00#a_b", "?keinot=" + "a," * 900, "#%3Cimg%20src=x%3E"])
def test_a_hostile_address_is_only_ignored(site_server, new_page, address):
    page = new_page(1280)
    page.goto(site_server + GRID + address)
    assert page.locator(".kk-grid tbody tr").count() == 8


def test_the_logic_of_the_grid_without_a_page(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server)
    result = page.evaluate(
        """async () => {
          const g = await import("./assets/matrix.js");
          const pair = (id, relation = "together") => ({ id, relation });
          const m = (id, needs, pairs) => ({ id, name: id, needs, actors: ["kela"], pairs: new Map(pairs.map((o) => [o, pair([id, o].sort().join("_"))])) });
          const all = [m("a", ["x"], ["b"]), m("b", ["x", "y"], ["a", "c"]), m("c", ["y"], ["b"])];
          const state = g.read("?tarve=y&keinot=c,zz,c", "#a_b", all);
          return [state, g.write(state), g.shown(all, { ...state, pair: "", chosen: [] }), g.shown(all, state), g.mostConnected(all, 2), g.read("?tarve=nope", "#c_d", all)];
        }"""
    )
    empty = {"need": "", "actor": "", "measure": "", "chosen": [], "pair": ""}
    assert result[0] == {**empty, "need": "y", "chosen": ["c"], "pair": "a_b"}
    assert result[1] == "?tarve=y&keinot=c#a_b"
    assert result[2:] == [["b", "c"], ["c", "a", "b"], ["b", "a"], empty]


@pytest.mark.parametrize("script", [True, False])
def test_the_payers_are_found_question_by_question(site_server, new_page, script):
    page = new_page(390, java_script_enabled=script)
    page.goto(site_server + ORDER)
    page.get_by_role("link", name="Kysymys kerrallaan").click()
    for _ in range(3):
        page.locator(".kk-question:visible").get_by_role("link", name=re.compile("^Ei")).click()
    assert page.locator(".kk-question:visible").count() == 1
    assert page.locator(".kk-end:visible").count() == 0
    page.locator(".kk-question:visible").get_by_role("link", name=re.compile("^Kyllä")).click()
    end = page.locator(".kk-end:visible")
    assert end.count() == 1
    assert "Työeläkelaitos" in end.inner_text()
    assert "tarkista" in end.inner_text()
    assert page.locator("#eri-mielta").is_visible()
    page.go_back()
    assert page.locator(".kk-question:visible").count() == 1
    page.goto(site_server + ORDER)
    assert page.locator(".kk-question:visible").count() == 9


def test_the_question_gets_the_focus(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + ORDER)
    page.get_by_role("link", name="Kysymys kerrallaan").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "kk-question"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=group]').id") == "kysymys-tapaturma-tai-ammattitauti"


def test_paper_has_the_whole_order_or_the_end_that_was_reached(site_server, new_page):
    page = new_page(1280, "dark")
    page.emulate_media(media="print")
    page.goto(site_server + ORDER)
    assert page.locator(".kk-question:visible").count() == 9
    assert page.locator(".kk-end:visible").count() == 10
    assert not page.locator(".kk-answers").first.is_visible()
    page.goto(site_server + ORDER + "#tyoelakekuntoutus")
    assert page.locator(".kk-question:visible").count() == 0
    assert page.locator(".kk-end:visible").count() == 1
    assert page.locator("#eri-mielta").is_visible()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("s", "SAMU"),
        ("SV 8", "SV 8"),
        ("ku10", "KU 101"),
        ("kuntoutusraha", "KU 112"),
        ("te-toimisto", "TE-toimisto"),
        ("kokeilukelpoinen", None),
    ],
)
def test_old_names_are_found_from_the_first_letter(site_server, new_page, query, expected):
    page = new_page(390)
    page.goto(site_server + "mika-nyt/")
    page.get_by_role("searchbox", name="Lomake, lyhenne, vanha nimi tai päätöksen sana").fill(query)
    names = [name.replace("\u00ad", "") for name in page.locator(".kk-line:visible h3").all_inner_texts()]
    if expected:
        assert expected in names
        assert "hakusana" in page.locator("[data-kk-found]").inner_text()
        assert len(names) < 40
    else:
        assert page.locator("[data-kk-none]").is_visible()
    assert browsing.axe(page) == []


def test_old_names_are_a_plain_list_without_script(site_server, new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(site_server + "mika-nyt/")
    assert not page.locator("[data-kk-filter]").is_visible()
    assert page.locator("#sv-8").is_visible()


def test_a_marked_term_is_a_plain_link_without_script(site_server, new_page):
    page = new_page(1280, java_script_enabled=False)
    page.goto(site_server + "keinot/sairauspaivaraha/")
    page.locator("a.kk-term").first.click()
    page.wait_for_url("**/sanasto/*/")


def test_a_marked_term_explains_itself_where_it_stands(site_server, new_page):
    """By keyboard: opens, is announced, Escape closes and the focus stays; by touch on a narrow screen as well."""
    page = new_page(390, has_touch=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.goto(site_server + "keinot/sairauspaivaraha/")
    term = page.get_by_role("button", name="Omavastuuaika")
    other = page.locator("a.kk-term").nth(1)
    assert term.get_attribute("aria-expanded") == "false"
    assert "selitteet.json" not in asked
    term.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        box = page.locator("#selitys")
        box.get_by_role("link", name="Lue lisää sanastosta").wait_for()
        assert term.get_attribute("aria-expanded") == "true"
        assert term.get_attribute("aria-controls") == "selitys"
        assert box.get_attribute("aria-live") == "polite"
        assert "Omavastuuaika" in box.inner_text()
        assert term.evaluate("e => e === document.activeElement")
        line = term.evaluate("e => e.getBoundingClientRect().bottom")
        assert box.bounding_box()["y"] >= line - 1
        page.keyboard.press("Escape")
        assert box.count() == 0
        assert term.evaluate("e => e === document.activeElement")
    term.tap()
    other.tap()
    assert page.locator(".kk-definition").count() == 1
    assert (term.get_attribute("aria-expanded"), other.get_attribute("aria-expanded")) == ("false", "true")
    page.get_by_role("button", name="Sulje selitys").wait_for()
    assert browsing.axe(page, ".kk-definition") == []
    page.get_by_role("button", name="Sulje selitys").tap()
    assert other.evaluate("e => e === document.activeElement")
    assert page.locator(".kk-definition").count() == 0
    assert asked.count("selitteet.json") == 1


def test_a_term_without_its_explanation_leads_to_the_glossary(site_server, new_page, trouble):
    page = new_page()
    page.route("**/selitteet.json", lambda route: route.fulfill(status=404, body=""))
    page.goto(site_server + "keinot/sairauspaivaraha/")
    page.locator("a.kk-term").first.click()
    page.wait_for_url("**/sanasto/*/")
    trouble.clear()


def test_the_menu_with_one_more_item_fits_on_the_narrowest_wide_screen(site_server, new_page):
    """The regions add a seventh item; at 1181 px it still stands on one line."""
    page = new_page(1181)
    page.goto(site_server + GRID)
    page.evaluate(
        """() => {
          const list = document.querySelector(".kk-menu ul");
          if (list.children.length < 7) list.children[1].insertAdjacentHTML("afterend", '<li><a href="./">Alueet</a></li>');
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 1181
    tops = page.evaluate("[...document.querySelectorAll('.kk-menu li')].map((e) => Math.round(e.getBoundingClientRect().top))")
    assert len(tops) >= 7
    assert len(set(tops)) == 1
    assert page.evaluate("document.querySelector('.kk-header').getBoundingClientRect().height") <= 66


def test_the_feeds_are_served_and_offered(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + "muutokset/")
    assert page.locator('link[rel="alternate"]').get_attribute("href") == "../muutokset/atom.xml"
    assert page.request.get(site_server + "muutokset/atom.xml").ok
    assert page.request.get(site_server + "muutokset/kalenteri.ics").text().startswith("BEGIN:VCALENDAR\r\n")
    page.get_by_role("navigation", name="Rajaa toimijan mukaan").get_by_role("link", name="Kela", exact=True).click()
    page.wait_for_url("**/muutokset/toimija/kela/")
    assert page.locator(".kk-reform").count() >= 20
