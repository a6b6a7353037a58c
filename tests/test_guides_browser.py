"""Guides by situation in the browser and on paper."""

from __future__ import annotations

import pytest

from tools import browsing

# The guides with most to tell, and the one with alternatives.
LONGEST = ("enimmaisaika-300", "valiinputoaja", "tapaturma", "nuori-alle-30", "yrittaja-sairaana", "sairausloma-90")
LONG_MEASURES = ("sairauspaivaraha", "kuntoutusraha-kela", "palkkatuki")


def test_long_guides_fit_on_one_sheet_and_long_measures_on_two(site_server, new_page):
    page = new_page()
    for guide in LONGEST:
        page.goto(f"{site_server}tilanteet/{guide}/#arkki")
        assert browsing.sheets(page) == 1, guide
    page.emulate_media(media="print")
    assert page.locator(".kk-sheet table").is_visible()
    for shown in (".kk-rail h3", ".kk-rail dd", ".kk-role--check + ul span"):
        assert float(page.locator(shown).first.evaluate("e => getComputedStyle(e).fontSize.slice(0, -2)")) * 0.75 >= 8.49, shown
    for hidden in ("#sudenkuopat", "#lahteet", ".kk-header", ".kk-sheet__how"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for measure in LONG_MEASURES:
        page.goto(f"{site_server}keinot/{measure}/")
        assert browsing.sheets(page) <= 2, measure


def test_the_button_prints_the_sheet_and_the_page_stays_as_it_was(site_server, new_page):
    page = new_page()
    page.goto(site_server + "tilanteet/enimmaisaika-300/")
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.kkPrint; dispatchEvent(new Event('afterprint')); }")
    page.get_by_role("link", name="Tulosta yhdelle arkille").click()
    assert page.evaluate("window.printed") == "arkki"
    assert page.evaluate("document.documentElement.dataset.kkPrint") is None
    assert page.url.endswith("/enimmaisaika-300/")
    page.emulate_media(media="print")
    assert page.locator("#sudenkuopat").is_visible()
    assert not page.locator(".kk-sheet").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_from_home_to_the_sheet_in_two_clicks(site_server, new_page, width):
    """300 days fill, pension refused, no return to the old work: what, in what order, by when, what to live on and why."""
    page = new_page(width)
    page.goto(site_server)
    page.get_by_role("link", name="Sairauspäivärahan 300 päivää täyttyy").click()
    page.wait_for_url("**/tilanteet/enimmaisaika-300/")
    picture = page.locator(".kk-plate > .kk-route")
    told = picture.evaluate("e => e.textContent")
    for words in ("230 pv", "Ehdoton määräaika", "Kuka: ", "Tulot: Työttömyysetuus"):
        assert words in told
    path = page.locator("#polku")
    assert path.get_by_role("heading", level=3).count() == 6
    for words in ("Milloin", "Mistä asiakas elää", "30.12.2026", "Tarkista aina"):
        assert path.get_by_text(words).first.is_visible()
    assert page.get_by_role("link", name="Valitusaika postitetusta päätöksestä").is_visible()
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.kkPrint; }")
    page.get_by_role("link", name="Tulosta yhdelle arkille").click()
    assert page.evaluate("window.printed") == "arkki"


def test_the_phase_leads_to_its_guides_too(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + "keinot/vaiheet/sairauslomalla/")
    page.get_by_text("Polut tähän vaiheeseen").click()
    page.get_by_role("link", name="Sairauspäivärahan 300 päivää täyttyy").click()
    page.wait_for_url("**/tilanteet/enimmaisaika-300/")


def test_long_lists_begin_closed_on_a_phone_only(site_server, new_page):
    phone = new_page(390)
    phone.goto(site_server + "toimijat/kela/#provided-by")
    assert phone.locator("details[data-kk-group]").evaluate_all("all => all.map((e) => e.open)")[:2] == [False, True]
    phone.goto(site_server + "keinot/vaiheet/tyottomana/")
    assert phone.evaluate("document.documentElement.scrollHeight") < 3000
    assert not phone.locator(".kk-jump").is_visible()
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.locator("details[data-kk-group]:not([open])").count() == 0
    wide = new_page(1280)
    wide.goto(site_server + "toimijat/")
    assert wide.locator("details[data-kk-group]:not([open])").count() == 0
    assert wide.get_by_role("heading", level=2, name="Vakuutuslaitokset").is_visible()
    wide.keyboard.press("Tab")
    assert wide.locator("summary:focus").count() == 0
    bare = new_page(390, java_script_enabled=False)
    bare.goto(site_server + "toimijat/")
    assert bare.get_by_role("link", name="Kela", exact=True).first.is_visible()


def test_the_phone_menu_opens_in_its_place_and_a_short_page_fills_the_window(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + "404.html")
    summary = page.locator(".kk-phone-menu summary")
    before = summary.bounding_box()
    summary.click()
    assert summary.bounding_box() == before
    menu = page.get_by_role("navigation", name="Valikko")
    for name in ("Tilanteet", "Päivälaskurit", "Muutoksenhaku", "Miksi ei?", "Vertaile keinoja"):
        assert menu.get_by_role("link", name=name, exact=True).is_visible()
    menu.get_by_role("link", name="Muutoksenhaku").click()
    page.wait_for_url("**/muutoksenhaku/")
    assert page.locator(".kk-phone-menu [aria-current=page]").text_content() == "Muutoksenhaku"
    tall = new_page(1280, viewport={"width": 1280, "height": 2400})
    tall.goto(site_server + "404.html")
    assert tall.locator(".kk-footer").evaluate("e => e.getBoundingClientRect().bottom") == 2400


def test_without_script_the_sheet_has_an_address_and_tells_how(site_server, new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(site_server + "tilanteet/kipu/")
    assert not page.locator("#arkki").is_visible()
    page.get_by_role("link", name="Tulosta yhdelle arkille").click()
    assert page.locator(".kk-sheet__how").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1000, "light"), (1280, "dark")])
def test_the_picture_of_the_path_is_whole_on_every_width(site_server, new_page, width, scheme):
    page = new_page(width, scheme)
    page.goto(site_server + "tilanteet/enimmaisaika-300/")
    faults = page.evaluate(
        """() => {
          const faults = [];
          const plate = document.querySelector(".kk-plate").getBoundingClientRect();
          const key = document.querySelector(".kk-route-key").getBoundingClientRect();
          const boxes = [...document.querySelectorAll(".kk-route a > g")].map((g) => g.getBoundingClientRect());
          boxes.forEach((a, i) => {
            if (a.left < plate.left || a.right > plate.right || a.bottom > key.top) faults.push(`${i} outside`);
            boxes.slice(i + 1).forEach((b, j) => {
              if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) faults.push(`${i} on ${i + 1 + j}`);
            });
          });
          for (const g of document.querySelectorAll(".kk-route a > g")) {
            const room = g.querySelector("rect").getBoundingClientRect().width + 2;
            for (const line of g.querySelectorAll("text"))
              if (line.getBoundingClientRect().width > room) faults.push(line.textContent);
          }
          return faults;
        }"""
    )
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert browsing.axe(page) == []


def test_the_stages_of_the_picture_are_links_for_the_keyboard(site_server, new_page):
    page = new_page()
    page.goto(site_server + "tilanteet/enimmaisaika-300/")
    stop = page.locator(".kk-route a").nth(1)
    page.locator(".kk-route a").first.focus()
    page.keyboard.press("Tab")
    assert stop.evaluate("e => e === document.activeElement")
    ring = stop.locator(".f").evaluate("e => [getComputedStyle(e).strokeWidth, getComputedStyle(e).stroke]")
    assert ring == ["3px", "rgb(138, 36, 102)"]
    page.keyboard.press("Enter")
    assert page.url.endswith("#vaihe-2")
