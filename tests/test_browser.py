"""The built site in a real browser: accessibility, keyboard, reflow, print, no script, hostile data."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pydantic import BaseModel

from toolbox import publish
from tools import browsing

# One page of every kind.
KINDS = {
    "home": "",
    "measures": "keinot/",
    "compare": "keinot/vertailu/",
    "measure": "keinot/osasairauspaivaraha/",
    "measure with most": "keinot/sairauspaivaraha/",
    "ended measure": "keinot/tyomarkkinatuki/",
    "need": "keinot/tarpeet/toimeentulo/",
    "phase": "keinot/vaiheet/sairauslomalla/",
    "kind": "keinot/lajit/etuudet/",
    "actors": "toimijat/",
    "actor": "toimijat/kela/",
    "changes": "muutokset/",
    "changes of an actor": "muutokset/toimija/kela/",
    "combinations": "yhdistelmat/",
    "payers": "kuka-maksaa/",
    "payer order": "kuka-maksaa/toimeentulo/",
    "a question": "kuka-maksaa/toimeentulo/#kysymys-elake",
    "an end": "kuka-maksaa/toimeentulo/#elake",
    "lookups": "mika-nyt/",
    "lookalikes": "samannimiset/",
    "lookalike": "samannimiset/tyokokeilu/",
    "refusals": "miksi-ei/",
    "glossary": "sanasto/",
    "term": "sanasto/osatyokykyinen/",
    "appeals": "muutoksenhaku/",
    "calculators": "laskurit/",
    "calculator": "laskurit/sairausloma/",
    "reviews": "tietoa/tarkistukset/",
    "review list": "tietoa/tarkistukset/epavarmat/",
    "turn of the year": "tietoa/vuodenvaihde/",
    "correct": "tietoa/korjaa/",
    "coverage": "tietoa/kattavuus/",
    "situations": "tilanteet/",
    "figures": "tietoa/luvut/",
    "share": "upota/",
    "text": "tietoa/saavutettavuus/",
    "field guide": "tietoa/kentat/",
    "regions": "alueet/",
    "municipalities": "alueet/kunnat/",
    "municipality": "alueet/kunnat/iitti/",
    "municipality apart": "alueet/kunnat/kokar/",
    "employment areas": "alueet/tyollisyysalueet/",
    "employment area": "alueet/tyollisyysalueet/tampereen-seudun-tyollisyysalue/",
    "wellbeing county": "alueet/hyvinvointialueet/helsingin-kaupunki/",
    "vitality centre": "alueet/elinvoimakeskukset/sisa-suomen-elinvoimakeskus/",
    "region-coverage": "alueet/kattavuus/",
    "unknown address": "ei/ole/",
}


# In parts, so that several processes share the work.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(site_server, new_page, trouble, width, part):
    """Each kind in both widths and both schemes, one scheme for a width; the next kind the other way round.

    Only colours hang on the scheme, and what the kinds share is so seen in all four. `make audit` sees every page in all four.
    """
    page = new_page(width)
    found = {}
    for place, (kind, path) in list(enumerate(KINDS.items()))[part::PARTS]:
        page.emulate_media(color_scheme=("light", "dark")[(place // PARTS + (width == 390)) % 2])
        page.goto(site_server + path)
        if violations := browsing.axe(page):
            found[kind] = violations
        if kind == "unknown address":
            trouble[:] = [line for line in trouble if "404" not in line]
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_things_are_open(site_server, new_page, scheme):
    page = new_page(390, scheme)
    page.goto(site_server + KINDS["measure"])
    for details in page.locator("details").all():
        details.locator("summary").click()
    page.get_by_role("button", name="Kopioi linkki").click()
    assert browsing.axe(page) == []
    page.goto(site_server + "keinot/?q=kuntoutus&tarve=toimeentulo")
    page.locator("[data-kk-found]", has_text="keino").wait_for()
    page.locator("summary", has_text="Rajaa").click()
    # The button that floats over the choices has come to its own place.
    page.locator("[data-kk-show]").evaluate("button => button.previousElementSibling.scrollIntoView()")
    assert browsing.axe(page, ".kk-finder__side") == []
    page.goto(site_server + "keinot/?q=xyzzyxyzzy")
    assert browsing.axe(page) == []


@pytest.mark.parametrize("width", [320, 256])
def test_nothing_scrolls_sideways_on_a_narrow_screen(site_server, new_page, trouble, width):
    page = new_page(width)
    wide = []
    for kind, path in KINDS.items():
        page.goto(site_server + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(kind)
    trouble.clear()  # the page of unknown addresses answers 404, as it should
    assert wide == []


def focus_walk(page, steps: int) -> list[str]:
    """Press Tab and tell what has the focus each time: its name, or why it can not be seen."""
    seen = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const e = document.activeElement;
                  const box = e.getBoundingClientRect();
                  const style = getComputedStyle(e);
                  const ring = style.outlineStyle !== "none" || getComputedStyle(e.parentElement).outlineStyle !== "none";
                  const name = (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || e.name).trim();
                  if (box.width === 0 || box.bottom < 0 || box.right < 0) return "hidden: " + name;
                  return ring ? name : "no ring: " + name;
                }"""
            )
        )
    return seen


def test_keyboard_walk_of_the_header_at_640(site_server, new_page):
    """At 640 px (a desktop at 200 %): skip link, name, search, scheme, menu, then the page; nothing closed in between."""
    page = new_page(640)
    page.goto(site_server + KINDS["measure"])
    assert focus_walk(page, 7) == [
        "Hyppää sisältöön", "Kaikki keinot", "Hae keinoa, tilannetta tai toimijaa", "Hae", "Vaihda tummaan", "Valikko", "Keinot",
    ]  # fmt: skip
    # The last one is the first crumb: the closed menu has no stops.
    assert page.evaluate("document.activeElement.closest('nav').getAttribute('aria-label')") == "Murupolku"


def test_the_phone_menu_opens_and_closes_from_the_keyboard(site_server, new_page):
    page = new_page(640)
    page.goto(site_server + KINDS["measure"])
    menu = page.locator("details.kk-phone-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Keinot"
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.textContent.trim()") == "Valikko"


def test_keyboard_walk_of_a_measure_on_a_wide_screen(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + KINDS["measure"])
    walk = focus_walk(page, 40)
    assert not [name for name in walk if name.startswith(("hidden", "no ring"))]
    assert walk[4:12] == ["Keinot", "Tilanteet", "Alueet", "Yhdistelmät", "Muutokset", "Toimijat", "Opi", "Tietoa"]


def test_the_skip_link_leads_into_the_page(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + KINDS["measure"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sisalto"


def test_the_scheme_is_switched_and_stays(site_server, new_page):
    page = new_page(1280, "light")
    page.goto(site_server)
    page.get_by_role("button", name="Vaihda tummaan").click()
    page.goto(site_server + KINDS["measure"])
    assert page.evaluate("document.documentElement.dataset.kkScheme") == "dark"
    assert page.get_by_role("button", name="Vaihda vaaleaan").is_visible()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("osasaikku", "Osasairauspäiväraha"),
        ("osasairauspäivärahan", "Osasairauspäiväraha"),
        ("paivaraha", "Sairauspäiväraha"),
        ("järjestelytuki", "Työolosuhteiden järjestelytuki"),
        ("työkokeilu", "Työkokeilu työeläkekuntoutuksena"),
    ],
)
def test_the_search_field_of_any_page_finds_measures(site_server, new_page, query, expected):
    page = new_page(1280)
    page.goto(site_server + "toimijat/kela/")
    page.locator("#haku").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/keinot/?q=*")
    page.locator("[data-kk-results] .kk-line").first.wait_for()
    visible = page.locator("[data-kk-results] h3").all_inner_texts()
    assert expected in [name.replace("\u00ad", "") for name in visible]


def test_the_combobox_by_keyboard(site_server, new_page):
    """Letters open the list, arrows choose, Escape closes, Enter opens the chosen page."""
    page = new_page(1280)
    page.goto(site_server + "toimijat/kela/")
    assert not [r for r in page.evaluate("performance.getEntriesByType('resource').map(r => r.name)") if "search.json" in r]
    page.keyboard.press("/")
    field = page.locator("#haku")
    assert field.evaluate("e => e === document.activeElement")
    field.press_sequentially("osasaik")
    page.locator("#haku-ehdotukset [role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert chosen.locator(".kk-suggestion__name").inner_text() == "Osasairauspäiväraha"
    assert browsing.axe(page) == []
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "osasaik"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/keinot/osasairauspaivaraha/")


def test_the_combobox_takes_a_paste_and_a_click(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + KINDS["measure"])
    field = page.locator("#haku")
    field.evaluate(
        "e => { e.focus(); e.value = 'palkkatuki'; e.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'})); }"
    )
    option = page.locator("#haku-ehdotukset [role=option]").first
    option.click()
    page.wait_for_url("**/keinot/palkkatuki/")


def test_the_combobox_says_when_nothing_is_found(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server)
    page.locator("#haku-etusivu").fill("xqzwxqzw")
    note = page.locator(".kk-suggestions__note")
    note.wait_for()
    assert "Ei osumia" in note.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_finder_narrows_and_keeps_its_state_in_the_address(site_server, new_page, width):
    page = new_page(width)
    page.goto(site_server + "keinot/?vaihe=sairauslomalla")
    found = page.locator("[data-kk-found]")
    first = int(found.inner_text().split()[0])
    if width < 821:
        page.locator("summary", has_text="Rajaa").click()
    page.get_by_label("Toimeentulo").check()
    second = int(found.inner_text().split()[0])
    assert 0 < second < first
    assert page.url.endswith("?tarve=toimeentulo&vaihe=sairauslomalla")
    assert page.locator(".kk-line:visible").count() == second
    # The count beside a choice is what choosing it gives.
    label = page.locator("label", has_text="Etuudet")
    promised = int(label.locator(".kk-count").inner_text())
    label.locator("input").check()
    assert int(found.inner_text().split()[0]) == promised
    # No dead ends: what would give nothing cannot be chosen.
    for box in page.locator("[data-kk-facets] label:has(input:disabled)").all():
        assert box.locator(".kk-count").inner_text() == "0"
    page.get_by_role("button", name="Poista rajaus Toimeentulo").click()
    assert "tarve" not in page.url
    page.get_by_role("button", name="Tyhjennä rajaukset").click()
    assert page.locator("#aakkosittain").is_visible()


def test_the_finder_tells_what_to_do_when_nothing_is_left(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + "keinot/?q=xqzwxqzw")
    page.get_by_text("Ei keinoja haulla ”xqzwxqzw”.").wait_for()
    assert not page.get_by_text("Poista jokin rajaus").is_visible()
    page.goto(site_server + "keinot/?q=xqzwxqzw&tarve=toimeentulo")
    page.get_by_text("Poista jokin rajaus").wait_for()
    assert page.get_by_role("link", name="Kerro meille").is_visible()


def test_from_home_to_the_answer(site_server, new_page):
    """What happens to income on osasairauspäiväraha: two clicks from the home page."""
    page = new_page(1280)
    page.goto(site_server)
    page.get_by_role("link", name="Sairauslomalla").click()
    page.get_by_role("link", name="Osasairauspäiväraha", exact=True).first.click()
    fact = page.locator(".kk-facts div", has_text="Vaikutus tuloihin")
    assert fact.is_visible()
    assert fact.bounding_box()["y"] < 800


@pytest.mark.parametrize("path", [KINDS["home"], KINDS["measure"], KINDS["measures"]])
def test_pages_are_whole_without_script(site_server, new_page, path):
    page = new_page(390, "dark", java_script_enabled=False)
    page.goto(site_server + path)
    assert page.locator("h1").is_visible()
    for useless in ("[data-kk-actions]", "[data-kk-scheme-switch]", "[data-kk-finder]", "[data-kk-facets]"):
        assert not any(element.is_visible() for element in page.locator(useless).all())
    page.locator("summary", has_text="Valikko").click()
    assert page.get_by_role("link", name="Yhdistelmät").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 24, 28)"


def test_paper_is_light_and_a4_from_the_dark_scheme(site_server, new_page, tmp_path):
    page = new_page(1280, "dark")
    page.goto(site_server + KINDS["measure"])
    pdf = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    assert b"/MarkInfo" in pdf
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", pdf)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(18, 36, 44)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_an_old_page_says_that_its_review_is_overdue(site_server, new_page):
    page = new_page(1280)
    page.clock.set_fixed_time(date(2031, 1, 1).isoformat())
    page.goto(site_server + KINDS["measure"])
    assert page.locator(".kk-overdue").is_visible()


def test_nothing_jumps_while_the_page_loads(site_server, new_page):
    page = new_page(390)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((l) => l.getEntries().forEach((e) => (window.shift += e.value))).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(site_server + KINDS["measure"])
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") <= 0.02


# Pages on which the scripts show something that is hidden without them, one of each kind.
SHOWN_BY_SCRIPT = (
    "keinot/", "keinot/vertailu/", "keinot/vaiheet/tyossa/", "alueet/kunnat/kouvola/", "toimijat/", "yhdistelmat/", "mika-nyt/",
    "laskurit/osasairauspaivaraha/", "upota/laskurit/osasairauspaivaraha/", "muutokset/tietojen-muutokset/", "kuka-maksaa/kuntoutus/",
    "samannimiset/kuntoutusraha/", "opi/rooli/", "opi/tapaukset/selka-110-paivaa/", "opi/kortit/etuudet/", "upota/",
)  # fmt: skip
# Every style sheet and font is there.
DRAWN = """() => document.readyState !== "loading" && document.fonts.status === "loaded"
  && [...document.querySelectorAll("link[rel=stylesheet]")].every((one) => one.sheet)"""
# Where the parts of the page that can be seen are, from the top of the page.
PLACES = """() => [...document.querySelectorAll("main :is(h1, h2, h3, form, dl, button), footer")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().top < 800)
  .map((one) => [`${one.tagName} ${one.id || one.textContent.trim().slice(0, 30)}`, Math.round(one.getBoundingClientRect().top)])"""


def test_what_the_scripts_show_has_its_room_from_the_first_paint(site_server, new_page):
    page = new_page(390)
    held, waiting, jumps = True, [], []

    def scripts_wait(route):
        """What runs before the first paint is let through, the rest waits until the page is drawn."""
        if held and not re.search("scheme|kehys", route.request.url):
            waiting.append(route)
        else:
            route.continue_()

    def places(width):
        page.set_viewport_size({"width": width, "height": 800})
        return dict(page.evaluate(PLACES))

    page.route(re.compile(r"\.js(\?|$)"), scripts_wait)
    for address in SHOWN_BY_SCRIPT:
        held = True
        page.goto(site_server + address, wait_until="commit")
        page.wait_for_function(DRAWN)
        before = {width: places(width) for width in (1280, 390)}
        held = False
        while waiting:
            waiting.pop().continue_()
        page.wait_for_load_state("networkidle")
        for width in (390, 1280):
            after = places(width)
            jumps += [
                f"{address}, {width}: {name} {top} -> {after[name]}"
                for name, top in before[width].items()
                if name in after and abs(after[name] - top) > 4
            ]
    assert jumps == []


HOSTILE = [
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    '" onmouseover="window.hacked=1',
    "'; window.hacked=1; '",
    "{{ 7*7 }} {% raw %}",
    "`${window.hacked=1}`",
    "javascript:window.hacked=1",
    "--8<-- &amp; &#x3C;img src=x onerror=window.hacked=1&#x3E;",
]  # fmt: skip
BARE = [
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "</title><svg onload=window.hacked=1>",
    "<details open ontoggle=window.hacked=1>",
]


@pytest.mark.parametrize("form", ["accepted by the schema", "past the schema"])
def test_hostile_strings_in_every_text_field_stay_text(fixture_project, new_page, tmp_path, form):
    """Every text of the small catalogue is replaced; nothing runs, and every string is read as itself."""
    catalogue, _ = publish.load(fixture_project / "data")
    strings = HOSTILE if form.startswith("accepted") else BARE
    strings = [s.replace("{", "(").replace("}", ")") for s in strings]
    hostile = hostile_copy(catalogue, strings)
    site = publish.build(
        hostile,
        date(2026, 11, 22),
        publish.Settings(),
        overrides=fixture_project / "overrides",
        docs=fixture_project / "docs",
        compounds={},
    )
    publish.write_tree(site, tmp_path / "out", fixture_project / "overrides")
    with browsing.serve(tmp_path / "out") as address:
        page = new_page(1280)
        page.on("dialog", lambda dialog: pytest.fail(f"dialog: {dialog.message}"))
        for path in (*(made.path for made in site.pages), "upota/keinot/kokeiluraha/", "upota/tarpeet/toimeentulo/"):
            page.goto(address + path)
            assert page.evaluate("window.hacked") is None, path
        page.goto(address + "keinot/kokeiluraha/")
        words = page.locator("main").inner_text()
        for string in strings:
            assert " ".join(string.split()) in " ".join(words.split()), string


def hostile_copy(catalogue, strings: list[str]):
    """The catalogue with hostile strings in every free text, made past the schema on purpose."""
    import dataclasses
    from itertools import cycle

    source = cycle(strings)
    free = {
        "fi",
        "summary",
        "definition",
        "why",
        "title",
        "text",
        "who",
        "value",
        "note",
        "difference",
        "ask",
        "label",
        "hint",
        "deadline",
        "name",
        "section",
        "before",
        "now",
        "short",
        "sv",
        "source",
        "publisher",
        "licence",
        "serves",
        "checked",
        "question",
        "payer",
        "then",
        "otherwise",
        "meaning",
        "tell",
    }
    lists = {
        "synonyms",
        "for_whom",
        "conditions",
        "amount",
        "duration",
        "income",
        "refusal",
        "after_refusal",
        "tips",
        "client",
        "tasks",
        "not_tasks",
        "paragraphs",
        "appeal_note",
        "also",
        "offices",
        "disagree",
        "beside",
    }

    def spoil(record):
        changed = {}
        for field in type(record).model_fields:
            value = getattr(record, field)
            if isinstance(value, str) and field in free:
                changed[field] = next(source)
            elif isinstance(value, tuple) and field in lists:
                changed[field] = tuple(next(source) for _ in value)
            elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
                changed[field] = tuple(spoil(one) for one in value)
            elif isinstance(value, BaseModel):
                changed[field] = spoil(value)
        return record.model_copy(update=changed)

    groups = (
        "measures",
        "actors",
        "acts",
        "figures",
        "terms",
        "combinations",
        "appeals",
        "changes",
        "payers",
        "lookups",
        "lookalikes",
        "retired",
        "municipalities",
        "areas",
        "places",
        "region_sources",
    )
    replaced = {name: {key: spoil(record) for key, record in getattr(catalogue, name).items()} for name in groups}
    return dataclasses.replace(catalogue, **replaced, vocabulary=spoil(catalogue.vocabulary))


@pytest.mark.parametrize("query", ["<img src=x onerror=window.hacked=1>", "a" * 10_000, ".*+?^${}()|[]\\", "🙂", "   ", "%00"])
def test_hostile_queries_are_only_words(site_server, new_page, query):
    from urllib.parse import quote

    page = new_page(390)
    page.goto(f"{site_server}keinot/?q={quote(query[:3000])}")
    assert page.evaluate("window.hacked") is None
    assert page.locator("h1").inner_text() == "Keinot"
