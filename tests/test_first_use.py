"""What a new reader stumbled on: each test holds one fault that was met when the site was used for a task."""

from __future__ import annotations

import itertools
import re
import zipfile

import pytest

from tools import browsing
from tools import search as terminal

# Rows of the list whose text runs under the button at their corner.
COVERED = """() => [...document.querySelectorAll("[data-kk-row]")].filter((row) => {
  const button = row.querySelector(".kk-versus-pick")?.getBoundingClientRect();
  if (!button || !button.width) return false;
  const range = document.createRange();
  return [...row.children].filter((one) => !one.matches(".kk-versus-pick")).some((one) => {
    range.selectNodeContents(one);
    return [...range.getClientRects()].some((r) => r.right > button.left && r.left < button.right && r.top < button.bottom && r.bottom > button.top);
  });
}).map((row) => row.dataset.kkRow)"""

# Words of the suggestions that stand on two lines.
BROKEN = """() => [...document.querySelectorAll(".kk-suggestion__who, .kk-suggestion__name")].flatMap((part) => {
  const range = document.createRange();
  return [...part.textContent.matchAll(/[^\\s-]+/g)].filter(({ 0: word, index }) => {
    let tops = new Set(), at = 0;
    for (const text of [...part.childNodes].map((one) => one.firstChild ?? one)) {
      const from = Math.max(index - at, 0), to = Math.min(index + word.length - at, text.data.length);
      if (from < to) {
        range.setStart(text, from);
        range.setEnd(text, to);
        for (const r of range.getClientRects()) tops.add(Math.round(r.top));
      }
      at += text.data.length;
    }
    return tops.size > 1;
  }).map(([word]) => word);
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_controls_stand_clear_of_text_and_in_the_column(site_server, new_page, width):
    page = new_page(width)
    page.goto(f"{site_server}keinot/?q=sairausp%C3%A4iv%C3%A4raha%20loppuu")
    page.locator("[data-kk-results] .kk-versus-pick").first.wait_for()
    assert page.evaluate(COVERED) == []
    if width == 390:
        facets, found = page.locator("[data-kk-facets]").bounding_box(), page.locator("[data-kk-found]").bounding_box()
        assert found["y"] - facets["y"] - facets["height"] >= 12
    page.goto(site_server)
    share = page.locator("main > .kk-share")
    share.wait_for()
    assert share.locator("summary").bounding_box()["x"] == page.locator("h1").bounding_box()["x"]


@pytest.mark.parametrize("width", [320, 1280])
def test_names_are_not_cut_in_the_suggestions(site_server, new_page, width):
    page = new_page(width)
    page.goto(site_server)
    field = page.get_by_role("combobox", name="Hae keinoa")
    for query in ("uusyrityskeskuksen neuvonta", "muutoksenhaku", "työkyvyn arviointi"):
        field.fill(query)
        page.locator(".kk-suggestion__who:not(:empty)").first.wait_for()
        assert page.evaluate(BROKEN) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_plain_tasks_find_their_page(project_root, built_site):
    """Words with which a task was begun and nothing, or only other matters, came first."""
    expected = {
        "sairauspäiväraha loppuu kolmen viikon päästä, kevyempää työtä ei ole": "enimmaisaika-300",
        "sairausraha loppuu": "sairauspaivaraha", "yrittäjä sairaana": "yrittaja-sairaana", "yrittäjä selkä": "yrittaja-sairaana",
        "58-vuotias työtön": "tyottomyysturvan-lisapaivat", "ikääntynyt työtön": "tyoton-ilman-tyoterveytta",
        "excel": "tietoa/kehittajille", "lataa taulukko": "tietoa/kehittajille", "csv": "tietoa/kehittajille", "rajapinta": "tietoa/kehittajille",
        "intranet": "upota", "miten ajantasainen tieto on": "tietoa/tarkistus",
        "palkka pienenee kevyemmässä työssä": "osasairauspaivaraha", "työ kevenee ja palkka laskee": "osatyokyvyttomyyselake",
        "testi": "opi/testi", "itsearviointi": "opi/itsearvio", "oppimisvihko": "opi/kouluttajalle", "case": "opi/tapaukset",
        "rss": "seuraa", "tilaa muutokset": "seuraa", "kalenteri": "seuraa", "qr-koodi": "upota", "alueen yhteystiedot": "alueet",
    }  # fmt: skip
    answers = terminal.ask(built_site / "assets/search/engine.js", built_site / "api/v1/search.json", list(expected), 5)
    found = {query: [hit["id"] for hit in answer["hits"]] for query, answer in zip(expected, answers, strict=True)}
    assert {query: ids for query, ids in found.items() if expected[query] not in ids} == {}


def test_a_guide_leads_to_who_is_responsible_in_the_municipality(site_server, new_page):
    page = new_page(390)
    page.goto(f"{site_server}tilanteet/enimmaisaika-300/")
    field = page.get_by_label("Kuka vastaa asiakkaan kotikunnassa?")
    field.fill("Iitti")
    field.press("Enter")
    page.wait_for_url("**/alueet/kunnat/iitti/")


def test_the_page_of_appeals_tells_of_every_route_and_leads_to_the_calculators(site_server, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{site_server}muutoksenhaku/")
    routes = page.locator("article > ul").first.locator("li")
    assert [route for route in routes.all() if not route.locator(".kk-count").inner_text().strip()] == []
    assert "Ei yleensä valitusoikeutta" in routes.filter(has_text="harkinnanvaraisesta").inner_text()
    page.get_by_role("link", name="valitusaika postitetusta päätöksestä").click()
    page.wait_for_url("**/laskurit/valitus/")


def test_the_spreadsheet_comes_before_what_developers_need(project_root):
    body = (project_root / "docs/tietoa/kehittajille.md").read_text("utf-8")
    assert body.index("kaikki-keinot.xlsx") < body.index(".json")


@pytest.mark.parametrize("path", ["keinot/tarpeet/toimeentulo", "keinot/vaiheet/opiskelija", "keinot/lajit/etuudet", "toimijat/kela"])
def test_a_heading_counts_what_is_in_force_as_other_pages_do(built_site, path):
    html = (built_site / path / "index.html").read_text("utf-8")
    told = []
    for count, rows in re.findall(r'<details class="kk-group".*?<span class="kk-count">(.*?)</span>(.*?)</details>', html, re.DOTALL):
        if 'class="kk-row"' not in rows:
            continue
        ended = rows.count("<strong>Lakannut</strong>")
        parts = [str(rows.count('class="kk-row"') - ended), f"{ended} lakannut{'ta' if ended > 1 else ''}"]
        told.append((count, " ja ".join(part for part in parts if part[:2] not in ("0", "0 "))))
    assert told
    assert [count for count, _ in told] == [expected for _, expected in told]


def test_the_focus_comes_along_to_the_results_on_a_phone(site_server, new_page):
    page = new_page(390)
    page.goto(f"{site_server}keinot/?tarve=toimeentulo")
    page.locator("[data-kk-found]", has_text="keinoa").wait_for()
    page.locator("summary", has_text="Rajaa").press("Enter")
    page.locator("[data-kk-show]").press("Enter")
    seen = "e => { const r = e.getBoundingClientRect(); return document.activeElement === e && r.top >= 0 && r.bottom <= innerHeight; }"
    assert page.locator("[data-kk-found]").evaluate(seen)


def test_a_measure_is_handed_to_the_client_on_one_sheet(built_site, site_server, new_page):
    """The print of the whole measure was two sheets of small print with the coordinator's notes in it."""
    page = new_page(java_script_enabled=False)
    # The longest, one with a decision of the employer, and one of which no decision is made.
    for measure in ("kelan-ammatillinen-kuntoutus", "tyottomyysetuus-tyokyvyttomalle", "opintovapaa", "korvaava-tyo", "vertaistuki"):
        page.goto(f"{site_server}keinot/{measure}/#asiakkaalle")
        assert browsing.sheets(page) == 1, measure
    assert page.locator(".kk-sheet__how").is_visible()
    assert page.locator("#muutoksenhaku > p").first.is_visible()
    page.goto(f"{site_server}keinot/kelan-ammatillinen-kuntoutus/#asiakkaalle")
    page.emulate_media(media="print")
    shown = (".kk-client > p", "h1", ".kk-plate__answer", ".kk-facts", ".kk-badge", "#nain-haetaan", "#vaikutus-tuloihin", "#muutoksenhaku .kk-note--limit", "[data-kk-who]", "[data-kk-here]")
    heights = {}
    for part in shown:
        assert page.locator(part).first.is_visible(), part
        heights[part] = page.locator(part).first.bounding_box()["y"]
        assert float(page.locator(part).first.evaluate("e => getComputedStyle(e).fontSize.slice(0, -2)")) * 0.75 >= 8.49, part
    in_order = ("h1", ".kk-client > p", ".kk-facts", "#nain-haetaan", "#muutoksenhaku .kk-note--limit", "[data-kk-who]", "[data-kk-here]")
    assert sorted(heights[part] for part in in_order) == [heights[part] for part in in_order]
    for part in (".kk-note--tip", "#lahteet", "#lakiperuste", "#edellytykset", "#yhdistelmat", "#muutoksenhaku h3", ".kk-sheet__how", ".kk-sheet-link", "a[href*=lahde-]"):
        assert not any(one.is_visible() for one in page.locator(f".kk-entry {part}, .kk-entry{part}").all()), part
    assert 'id="asiakkaalle"' not in (built_site / "keinot/tyomarkkinatuki/index.html").read_text("utf-8")
    # What is not sure is told on paper too, wherever it stands on the page.
    for anchor, note in (("#asiakkaalle", "#asiakkaalle .kk-note--check"), ("", "#lakiperuste .kk-note--check")):
        page.goto(f"{site_server}keinot/yleistuki/{anchor}")
        assert "lopullinen sanamuoto" in " ".join(one.inner_text() for one in page.locator(note).all() if one.is_visible())


@pytest.mark.parametrize("width", [390, 1280])
def test_the_client_s_sheet_is_printed_from_the_row_of_buttons(site_server, new_page, width):
    page = new_page(width)
    page.goto(site_server + "keinot/sairauspaivaraha/")
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.kkPrint; dispatchEvent(new Event('afterprint')); }")
    page.locator("[data-kk-actions]").get_by_role("link", name="Tulosta asiakkaalle").click()
    assert page.evaluate("window.printed") == "asiakkaalle"
    assert page.evaluate("document.documentElement.dataset.kkPrint") is None
    assert page.locator("[data-kk-here]").text_content() == site_server + "keinot/sairauspaivaraha/"
    assert not page.locator("#asiakkaalle").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refusal_leads_to_its_last_day_and_to_a_link_of_the_place(site_server, new_page):
    """The time limit stood on the page of the measure, but the way to count the day went round by the page of appeals."""
    page = new_page(390)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site_server + "keinot/kuntoutusraha-kela/")
    before = page.locator("#muutoksenhaku h2").bounding_box()["height"]
    place = page.get_by_role("link", name="Kopioi linkki kohtaan Jos tulee hylkäys")
    place.click()
    assert place.evaluate("e => getComputedStyle(e, '::before').content") == '"Linkki kopioitu"'
    assert page.evaluate("navigator.clipboard.readText()") == site_server + "keinot/kuntoutusraha-kela/#muutoksenhaku"
    assert page.locator("#muutoksenhaku h2").bounding_box()["height"] == before
    assert page.get_by_role("heading", name="Jos tulee hylkäys", exact=True).count() == 1
    page.locator("#muutoksenhaku").get_by_role("link", name="Laske viimeinen päivä").click()
    page.wait_for_url("**/laskurit/valitus/")


def test_only_routes_that_the_calculator_counts_lead_to_it(built_site):
    """The one of thirty days may not stand where the time can be fourteen days."""
    html = (built_site / "muutoksenhaku/index.html").read_text("utf-8")
    parts = {part.partition('"')[0]: part for part in html.split('<section id="')[1:]}
    leads = {route: re.findall(r'laskurit/([a-z-]+)/">Laske viimeinen', part) for route, part in parts.items()}
    assert {route: ids for route, ids in leads.items() if ids} == {
        "kela": ["valitus"], "tyoelake": ["valitus"], "tapaturma": ["valitus"], "tyottomyysetuus": ["valitus"],
        "tyovoima": ["oikaisu"], "kela-perustoimeentulotuki": ["oikaisu"],
    }  # fmt: skip


def test_the_code_of_a_frame_obeys_a_strict_policy_of_the_page(site_server, new_page, trouble):
    """The style attribute of the code broke the policy of an intranet (style-src 'self') and left a border round the card."""
    maker = new_page()
    maker.goto(site_server + "upota/?kohde=keinot/sairauspaivaraha")
    code = maker.locator("pre", has_text=f'<iframe src="{site_server}').inner_text()
    policy = f"default-src 'self'; style-src 'self'; frame-src {site_server}"
    page = new_page()
    page.route("**/intranet", lambda route: route.fulfill(body=code, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy}))
    page.goto(site_server + "intranet")
    card = page.frame_locator("iframe")
    card.get_by_role("heading", name="Sairauspäiväraha").wait_for()
    assert page.locator("iframe").evaluate("e => getComputedStyle(e).borderTopWidth") == "0px"
    assert trouble == []


def test_every_sheet_of_the_workbook_can_be_filtered(built_site):
    with zipfile.ZipFile(built_site / "api/v1/kaikki-keinot.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    rows = [(re.search(r'<autoFilter ref="A1:[A-Z]+(\d+)"/></worksheet>', sheet), sheet.count("<row ")) for sheet in sheets]
    assert rows
    assert [(found and int(found[1]), count) for found, count in rows] == [(count, count) for _, count in rows]


@pytest.mark.parametrize("width", [320, 360, 390])
def test_the_head_takes_two_rows_on_every_phone_also_before_the_font_has_come(site_server, new_page, trouble, width):
    """At 360 pixels the menu fell to a row of its own, and elsewhere when the font was late: the whole page then jumped."""
    page = new_page(width)
    heights = []
    for late in (False, True):
        if late:
            page.route("**/*.woff2", lambda route: route.abort())
        page.goto(site_server + "muutoksenhaku/")
        heights.append(page.locator(".kk-header").bounding_box()["height"])
        boxes = [page.locator(f".kk-header {part}").bounding_box() for part in (".kk-brand", ".kk-scheme", ".kk-phone-menu summary")]
        assert len({round(box["y"] + box["height"] / 2) for box in boxes}) == 1
        assert all(one["x"] + one["width"] <= other["x"] for one, other in itertools.pairwise(boxes))
    assert heights[0] == heights[1] <= 120
    page.locator(".kk-phone-menu summary").click()
    assert page.locator(".kk-phone-menu summary").bounding_box() == boxes[-1]
    trouble[:] = [one for one in trouble if "ERR_FAILED" not in one]
