"""The learning pages in a real browser: each widget by keyboard, without script, without network, on paper."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from pypdf import PdfReader

from toolbox import publish
from tools import booklet, browsing

TEST = "opi/testi/kokeilun-perusteet/"
CASE = "opi/tapaukset/paluu-kokeillen/"
STORED = "localStorage.getItem('kk-opi')"


@pytest.fixture(scope="module")
def small_server(shared_project, tmp_path_factory):
    """The address of the small project as a site: its content is known to the tests."""
    out = tmp_path_factory.mktemp("learn") / "site"
    site, _ = publish.site(shared_project, date(2026, 11, 23), publish.Settings())
    publish.write_tree(site, out, shared_project / "overrides")
    with browsing.serve(out) as address:
        yield address


def focused(page) -> str:
    return page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()")


# --- every kind of page --------------------------------------------------------------------

KINDS = (
    "opi/",
    "opi/palvelujarjestelma/",
    "opi/jarjestelma/",
    "opi/jarjestelma/tieto/",
    "opi/testi/rooli/",
    "opi/itsearvio/",
    "opi/kortit/",
    "opi/kortit/neuvonta/",
    "opi/kouluttajalle/",
    "opi/tausta/",
)
# Those that are laid out in another way on a wide screen.
WIDE = ("opi/", "opi/jarjestelma/", "opi/jarjestelma/tieto/", "opi/itsearvio/")


@pytest.mark.parametrize(("width", "scheme", "kinds"), [(390, "dark", KINDS), (1280, "light", WIDE)], ids=["phone", "wide"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(site_server, new_page, width, scheme, kinds):
    page = new_page(width, scheme)
    found = {}
    for path in kinds:
        page.goto(site_server + path)
        if problems := browsing.axe(page):
            found[path] = problems
        if width == 390:
            page.set_viewport_size({"width": 320, "height": 800})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
                found[f"{path} at 320"] = [wide]
            page.set_viewport_size({"width": 390, "height": 800})
    assert found == {}


def test_every_part_of_the_map_is_a_link_that_the_keyboard_reaches(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + "opi/jarjestelma/")
    links = page.locator(".kk-system a")
    listed = page.locator(".kk-branches a")
    assert links.count() == listed.count() > 30
    assert sorted(link.get_attribute("href") for link in links.all()) == sorted(link.get_attribute("href") for link in listed.all())
    links.nth(1).focus()
    assert "keinoa" in focused(page)
    box = page.evaluate("(({width, height}) => [width, height])(document.activeElement.querySelector('rect').getBoundingClientRect())")
    assert min(box) >= 24
    page.keyboard.press("Enter")
    page.wait_for_url("**/keinot/?vaihe=*&toimija=*")


# --- self-test -----------------------------------------------------------------------------


def test_a_self_test_by_keyboard_and_without_network(small_server, new_page):
    """Wrong first, then only the wrong ones again; nothing is fetched after the page has come, nothing is stored unasked."""
    page = new_page(390, "dark")
    page.goto(small_server + TEST, wait_until="networkidle")
    page.context.set_offline(True)
    answers = {"kuka-paattaa": [1], "mita-kokeilussa": [0, 1], "lauantai": [0], "kuka-maksaa": [1]}
    first = page.locator("#kuka-paattaa")
    first.get_by_role("button", name="Tarkista kysymys 1").press("Enter")
    assert first.locator(".kk-verdict").inner_text() == "Valitse ensin vastaus."
    assert page.locator(".kk-item details:visible").count() == 0
    for name, chosen in answers.items():
        item = page.locator(f"#{name}")
        for index in chosen:
            item.locator("input").nth(index).press("Space")
        item.get_by_role("button").press("Enter")
        # The focus tells the result; from it the next stop is the answer's own link.
        assert focused(page) == ("Oikein." if name in ("mita-kokeilussa", "lauantai") else "Ei aivan.")
    assert first.locator("details").get_attribute("open") is not None
    assert "Oikea vastaus: Kela" in first.locator("details").inner_text()
    assert first.locator("details a").get_attribute("href") == "../../../keinot/kokeiluraha/#nain-haetaan"
    assert page.locator("[data-kk-score-text]").inner_text() == "2/4 oikein"
    assert "2/4 oikein" in page.locator("[data-kk-status]").inner_text()
    assert browsing.axe(page) == []
    page.get_by_role("button", name="Vain väärin menneet uudelleen").press("Enter")
    assert page.locator(".kk-item:visible").count() == 2
    assert page.evaluate("document.activeElement.name") == "kuka-paattaa"
    for name in ("kuka-paattaa", "kuka-maksaa"):
        page.locator(f"#{name} input").first.press("Space")
        # Enter in an answer checks it too.
        page.locator(f"#{name} input").first.press("Enter")
    assert page.locator("[data-kk-score-text]").inner_text() == "2/2 oikein"
    assert not page.get_by_role("button", name="Vain väärin menneet uudelleen").is_visible()
    page.get_by_role("button", name="Aloita alusta").press("Enter")
    assert page.locator(".kk-item:visible").count() == 4
    assert page.locator("input:checked").count() == 0
    assert page.evaluate(STORED) is None


def test_without_script_the_answers_of_test_case_and_cards_are_behind_a_summary(small_server, new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(small_server + TEST)
    assert page.locator("fieldset").count() == 4
    page.locator("#lauantai summary").press("Enter")
    assert "Oikea vastaus: Oikein" in page.locator("#lauantai details").inner_text()
    page.goto(small_server + CASE)
    assert not page.locator("#malli h3").first.is_visible()
    page.get_by_text("Näytä malliratkaisu").press("Enter")
    assert "Ei yhtä aikaa: Vanha raha ja Kokeiluraha" in page.locator("#malli").inner_text()
    assert not page.locator("[data-kk-order-box]").is_visible()
    page.goto(small_server + "opi/kortit/termit-1/")
    assert not page.locator("[data-kk-cards]").is_visible()
    page.get_by_text("Arkipäivä", exact=True).press("Enter")
    assert "maanantaista lauantaihin" in page.locator("[data-kk-card]").first.inner_text()
    page.goto(small_server + "opi/")
    assert page.locator(".kk-modules li").count() == 2
    assert not page.locator("[data-kk-progress]").is_visible()


# --- a case --------------------------------------------------------------------------------


def test_a_case_by_keyboard(small_server, new_page):
    page = new_page(390)
    page.goto(small_server + CASE, wait_until="networkidle")
    page.context.set_offline(True)
    pick = lambda name: page.locator(f"input[value={name}]").press("Space")  # noqa: E731
    pick("kokeiluraha")
    pick("vanha-raha")
    assert page.locator("[data-kk-order] li").count() == 2
    page.get_by_role("button", name="Ylemmäs: Vanha raha").press("Enter")
    assert page.locator("[data-kk-status]").inner_text() == "Vanha raha on nyt 1/2."
    assert focused(page) == "Ylemmäs: Vanha raha"
    assert page.locator("[data-kk-order] li span").all_inner_texts() == ["Vanha raha", "Kokeiluraha"]
    page.keyboard.press("Enter")  # already the first: nothing moves
    assert page.locator("[data-kk-order] li span").first.inner_text() == "Vanha raha"
    page.get_by_role("button", name="Katso palaute").press("Enter")
    box = page.locator("[data-kk-feedback-box]")
    assert page.evaluate("document.activeElement.id") == "palaute"
    said = box.inner_text()
    assert "Ei yhtä aikaa" in said
    assert "Kokeilulaki" in (box.locator("[data-kk-part=excludes] a[href^='#lahde']").first.get_attribute("aria-label") or "")
    assert "Suunta selviää ensin puhumalla" in box.locator("[data-kk-part=missed]").inner_text()
    assert not box.locator("[data-kk-part=order]").is_visible()
    assert browsing.axe(page) == []
    pick("tyon-tuumaus")
    assert not box.is_visible()  # what was said no longer holds
    pick("vanha-raha")
    page.get_by_role("button", name="Katso palaute").press("Enter")
    assert "Toimii yhdessä" in box.locator("[data-kk-part=pairs]").inner_text()
    assert "Työn tuumaus on ennen: Kokeiluraha" in box.locator("[data-kk-part=order]").inner_text()


def test_a_case_prints_for_the_student_and_for_the_teacher(small_server, new_page):
    page = new_page(1280)
    page.add_init_script("window.print = () => {}")
    page.goto(small_server + CASE)
    page.emulate_media(media="print")
    answer, hint = page.locator("#malli h3").first, page.get_by_text("Kysy, miksi vanha raha ei sovi.")
    page.locator("[data-kk-print-as=opettaja]").evaluate("e => e.click()")
    assert answer.is_visible()
    assert hint.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.locator("[data-kk-print-as=opiskelija]").evaluate("e => e.click()")
    assert not answer.is_visible()
    assert not hint.is_visible()
    assert page.get_by_text("K on ollut poissa 70 arkipäivää").is_visible()
    assert page.locator("input[name=keino]").first.is_visible()
    page.goto(small_server + CASE + "?tuloste=opettaja")
    assert answer.is_visible()
    assert hint.is_visible()


# --- cards -----------------------------------------------------------------------------------


def test_cards_by_keyboard(small_server, new_page):
    page = new_page(390)
    page.goto(small_server + "opi/kortit/termit-1/")
    assert page.locator("[data-kk-front]").inner_text() == "Arkipäivä"
    page.locator("[data-kk-turn]").press("Enter")
    assert "maanantaista lauantaihin" in page.locator("[data-kk-back]").inner_text()
    assert focused(page) == "Osasin"
    assert browsing.axe(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Uudestaan
    assert page.locator("[data-kk-front]").inner_text() == "Omavastuu"
    assert focused(page) == "Näytä vastaus"
    for _ in range(2):
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    assert page.locator("[data-kk-front]").inner_text() == "Kaikki kortit osattu."
    page.keyboard.press("Enter")
    assert page.locator("[data-kk-place]").inner_text() == "Osattu 0/2"
    page.get_by_label("Kysy").select_option("back")
    assert page.locator("[data-kk-front]").inner_text().startswith("Päivät maanantaista")
    page.goto(small_server + "opi/kortit/etuudet/")
    page.get_by_label("Kysy").select_option("who")
    page.locator("[data-kk-turn]").press("Enter")
    assert page.locator("[data-kk-back] p").first.inner_text() == "Kela"


# --- what stays on the device ------------------------------------------------------------------


def test_progress_is_kept_only_when_asked_and_goes_when_asked(small_server, new_page, tmp_path):
    page = new_page(390)
    page.goto(small_server + "opi/kokeilun-perusteet/")
    assert not page.locator("[data-kk-read]").is_visible()
    page.goto(small_server + "opi/")
    assert page.evaluate(STORED) is None
    page.get_by_role("button", name="Muista eteneminen tällä laitteella").press("Enter")
    assert focused(page) == "Vie tiedostoon"
    page.goto(small_server + "opi/kokeilun-perusteet/")
    page.locator("[data-kk-read]").press("Enter")
    assert page.locator("[data-kk-read]").get_attribute("aria-pressed") == "true"
    page.goto(small_server + TEST)
    for name, chosen in {"kuka-paattaa": [0], "mita-kokeilussa": [0], "lauantai": [0], "kuka-maksaa": [0]}.items():
        for index in chosen:
            page.locator(f"#{name} input").nth(index).check()
        page.locator(f"#{name}").get_by_role("button").click()
    page.goto(small_server + "opi/")
    assert page.locator("[data-kk-done=kokeilun-perusteet]").is_visible()
    assert "testi 3/4 oikein" in page.locator("[data-kk-result=kokeilun-perusteet]").inner_text()
    assert browsing.axe(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Vie tiedostoon").press("Enter")
    saved = tmp_path / "eteneminen.json"
    waiting.value.save_as(saved)
    assert list(json.loads(saved.read_text("utf-8"))["read"]) == ["kokeilun-perusteet"]
    delete = page.locator("[data-kk-progress-delete]")
    delete.press("Enter")
    assert delete.inner_text() == "Poistetaanko varmasti?"
    assert page.evaluate(STORED) is not None
    delete.press("Enter")
    assert page.evaluate(STORED) is None
    assert not page.locator("[data-kk-done=kokeilun-perusteet]").is_visible()
    hostile = tmp_path / "muu.json"
    hostile.write_text('{"v": 2, "read": {"<img src=x onerror=alert(1)>": "2026-01-01"}}', "utf-8")
    page.locator("[data-kk-progress-file]").set_input_files(hostile)
    page.get_by_text("Mitään ei muutettu").wait_for()
    page.locator("[data-kk-progress-file]").set_input_files(saved)
    page.get_by_text("Eteneminen tuotu").wait_for()
    assert page.locator("[data-kk-done=kokeilun-perusteet]").is_visible()


def test_self_assessment_compares_and_is_kept_only_when_asked(small_server, new_page):
    page = new_page(1280)
    page.goto(small_server + "opi/itsearvio/")
    field = lambda name, when: page.locator(f"[name={name}-{when}]")  # noqa: E731
    for name, before, after in (("kokeilun-paattaja", "1", "3"), ("kokeilun-paivat", "2", "4")):
        field(name, "before").select_option(before)
        field(name, "after").select_option(after)
    row = page.locator("[data-kk-comparison] tbody tr")
    assert [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] == ["Palvelujärjestelmä", "1,5", "3,5", "+2,0"]
    assert browsing.axe(page) == []
    assert page.evaluate(STORED) is None
    page.get_by_role("button", name="Tallenna tälle laitteelle").press("Enter")
    page.reload()
    assert field("kokeilun-paivat", "after").input_value() == "4"
    assert row.count() == 1
    page.get_by_role("button", name="Poista tallennetut vastaukset").press("Enter")
    assert page.evaluate(STORED) is None
    assert field("kokeilun-paivat", "after").input_value() == ""


def test_the_logic_without_a_page(small_server, new_page):
    page = new_page(390)
    page.goto(small_server)
    found = page.evaluate(
        """async () => {
          const [store, test, kase, cards, skills] = await Promise.all(["store", "test", "case", "cards", "skills"].map((n) => import(`./assets/learn-${n}.js`)));
          const bad = JSON.stringify({ v: 1, on: "yes", read: { "a": "2026-01-01", "B!": "2026-01-01", "c": "eilen" }, tests: { a: { right: 3, of: 2, day: "2026-01-01" }, b: { right: 1, of: 2, day: "2026-01-01" } }, skills: { before: { a: 9, b: 2 }, after: [] } });
          const refuses = { setItem: () => { throw new Error("full"); }, getItem: () => { throw new Error("no"); }, removeItem: () => {} };
          const judged = [{ id: "a", verdict: "core", step: 1 }, { id: "b", verdict: "core", step: 2 }, { id: "c", verdict: "support", step: 0 }, { id: "d", verdict: "not-now", step: 0 }];
          const pairs = [{ a: "a", b: "b", relation: "sequence" }, { a: "b", b: "d", relation: "excludes" }, { a: "a", b: "c", relation: "together" }];
          return {
            junk: ["", "{", "[]", "null", '{"v":2}', null].map((text) => store.parse(text)),
            kept: store.parse(bad),
            full: [store.save({ ...store.empty(), on: true }, refuses), store.load(refuses)],
            right: [test.isRight(["1"], ["1"]), test.isRight(["1"], ["1", "2"]), test.isRight(["2", "1"], ["1", "2"]), test.isRight([], [])],
            said: kase.review(["b", "d", "a"], judged, pairs),
            fine: kase.review(["a", "b"], judged, pairs),
            own: kase.review(["b", "a"], [{ id: "a", verdict: "core", step: 2 }, { id: "b", verdict: "core", step: 1 }], pairs).order,
            moved: [kase.moved([1, 2, 3], 2, -1), kase.moved([1, 2], 0, -1)],
            queue: [cards.answered([1, 2, 3, 4, 5], false), cards.answered([1, 2], true), cards.answered([1], false)],
            shuffled: cards.shuffled([1, 2, 3, 4], () => 0),
            compared: skills.compared([{ name: "x", ids: ["a", "b"] }, { name: "y", ids: ["c"] }], { before: { a: 1, b: 2 }, after: { a: 4 } }),
          };
        }"""
    )
    assert found["junk"] == [None] * 6
    assert found["kept"] == {
        "v": 1,
        "on": False,
        "read": {"a": "2026-01-01"},
        "tests": {"b": {"right": 1, "of": 2, "day": "2026-01-01"}},
        "skills": {"before": {"b": 2}, "after": {}},
    }
    assert found["full"][0] is False
    assert found["full"][1]["on"] is False
    assert found["right"] == [True, False, True, True]
    assert found["said"] == {"picked": ["b", "d", "a"], "missed": ["c"], "order": [["a", "b"]], "excludes": [1], "pairs": [0]}
    assert found["fine"] == {"picked": ["a", "b"], "missed": ["c"], "order": [], "excludes": [], "pairs": [0]}
    assert found["own"] == []
    assert found["moved"] == [[1, 3, 2], [1, 2]]
    assert found["queue"] == [[2, 3, 4, 1, 5], [2], [1]]
    assert found["shuffled"] == [2, 3, 4, 1]
    assert found["compared"] == [{"name": "x", "before": 1.5, "after": 4}]


# --- the booklet -------------------------------------------------------------------------------


def test_the_booklet_is_a_tagged_pdf_with_contents(built_site, browser, tmp_path):
    out = tmp_path / "vihko.pdf"
    booklet.make(browser, built_site, out)
    pdf = PdfReader(out)
    root = pdf.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "fi"
    assert pdf.metadata.title.startswith("Oppimisvihko")
    names = [" ".join(entry.title.split()) for entry in _flat(pdf.outline)]
    page = (built_site / booklet.PAGE / "index.html").read_text("utf-8")
    headings = re.findall(r"<h[1-4][^>]*>(.*?)</h[1-4]>", page[page.index("<main") : page.index("</main>")])
    assert names == [" ".join(html.unescape(re.sub("<[^>]+>", "", heading)).split()) for heading in headings]
    assert len(names) > 100
    pages = [pdf.get_destination_page_number(entry) for entry in _flat(pdf.outline)]
    assert pages == sorted(pages)
    links = {link["/A"]["/URI"] for page in pdf.pages for link in page.get("/Annots", []) if "/URI" in (link.get_object().get("/A") or {})}
    assert not [address for address in links if "127.0.0.1" in address]


def _flat(outline):
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one
