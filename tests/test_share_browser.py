"""The cards on the pages of others, the page that makes their snippets, and the button Jaa, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from toolbox import publish
from toolbox.share import embeds
from tools import browsing

# One card of every kind.
CARDS = {
    "measure": "keinot/osasairauspaivaraha",
    "ended measure": "keinot/tyomarkkinatuki",
    "actor": "toimijat/kela",
    "guide": "tilanteet/sairausloma-90",
    "municipality": "kunnat/iitti",
    "municipality apart": "kunnat/kokar",
    "need": "tarpeet/toimeentulo",
    "phase": "vaiheet/tyottomana",
    "calculator": "laskurit/sairausloma",
    "search": "haku",
    "changes": "muutokset",
}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(21, 35, 42)"


class Host(NamedTuple):
    """The site of somebody else: another origin."""

    address: str
    folder: Path

    def page(self, name: str, body: str) -> str:
        """Put a bare page there and give its address."""
        (self.folder / name).write_text(f'<!doctype html><html lang="fi"><meta charset="utf-8"><title>Intra</title>{body}', "utf-8")
        return self.address + name


@pytest.fixture
def host(tmp_path) -> Iterator[Host]:
    folder = tmp_path / "host"
    folder.mkdir()
    (folder / "favicon.ico").write_bytes(b"")
    with browsing.serve(folder) as address:
        yield Host(address, folder)


def card_frame(page):
    """The frame of the card once it has answered and its height has settled."""
    expect(page.locator("iframe")).to_be_visible()
    frame = page.locator("iframe").element_handle().content_frame()
    page.wait_for_timeout(150)
    return frame


def snippet(page, site_server: str, what: str, kind: str) -> str:
    """What the button of the generator puts on the clipboard."""
    page.goto(f"{site_server}upota/?kohde={what}")
    page.locator(f"[data-kk-snippet={kind}]", has_text=what).wait_for()
    page.locator(f"[data-kk-copy-snippet={kind}]").click()
    page.locator("[data-kk-maker-status]", has_text="Koodi kopioitu").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_pass_axe_and_fit_a_narrow_frame(site_server, new_page, scheme):
    page = new_page(320, scheme)
    found = {}
    for kind, what in CARDS.items():
        page.goto(f"{site_server}upota/{what}/")
        if violations := browsing.axe(page):
            found[kind] = violations
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind
        assert page.evaluate(BACKGROUND) == (LIGHT if scheme == "light" else DARK)
    assert found == {}


def test_every_snippet_works_as_it_was_copied(site_server, new_page, host):
    """From the generator to a bare page of another origin: a card of the right height in both schemes, and the plain links."""
    maker = new_page(**CLIPBOARD)
    for what in ("keinot/osasairauspaivaraha", "laskurit/sairausloma"):
        copied = snippet(maker, site_server, what, "linkki")
        assert "style=" not in copied
        address = host.page("linkki.html", f"<p>Meidän intra.</p>{copied}")
        for scheme, colour in (("light", LIGHT), ("dark", DARK)):
            page = new_page(700, scheme)
            page.goto(address)
            inside = card_frame(page)
            assert page.locator("a").is_hidden()
            # No scroll bar inside, and no empty space below.
            shown, needed = page.locator("iframe").bounding_box()["height"], inside.evaluate("document.body.getBoundingClientRect().height")
            assert needed <= shown < needed + 1, what
            assert inside.evaluate(BACKGROUND) == colour
            assert page.evaluate("Object.keys(window).filter(k => /kaikki|kortti/i.test(k))") == []
            # Narrower: the card grows, at most to 1,200 px.
            page.set_viewport_size({"width": 340, "height": 800})
            page.wait_for_timeout(200)
            needed = inside.evaluate("document.body.getBoundingClientRect().height")
            assert page.locator("iframe").bounding_box()["height"] >= min(1200, needed)
    # A system that moves the script to the head, and two cards with two scripts on a page.
    link, script = copied.split("\n")
    page = new_page(700)
    page.goto(host.page("head.html", f"{script}<p>{link}</p><p>{link}</p>{script}"))
    expect(page.locator("iframe >> visible=true")).to_have_count(2)
    what = "keinot/osasairauspaivaraha"
    kinds = ("kehys", "pelkka", "markdown")
    frame, plain, markdown = (snippet(maker, site_server, what, kind) for kind in kinds)
    page = new_page(700)
    page.goto(host.page("kehys.html", f"{frame}{plain}"))
    inside = page.locator("iframe").element_handle().content_frame()
    inside.wait_for_selector("h1")
    assert inside.evaluate("window.origin") == "null", "the frame is in a sandbox without storage"
    assert inside.evaluate("document.body.getBoundingClientRect().height") <= embeds.HEIGHTS["keinot"]
    with page.context.expect_page() as opened:
        inside.click("h1 a")
    assert opened.value.url == f"{site_server}keinot/osasairauspaivaraha/"
    assert page.locator("body > a").get_attribute("href") == f"{site_server}keinot/osasairauspaivaraha/"
    assert markdown == f"[Osasairauspäiväraha]({site_server}keinot/osasairauspaivaraha/)"


def test_the_link_stays_when_the_card_can_not_come(site_server, new_page, host, trouble, built_site):
    """A changed script, a place without scripts, a card that does not exist, an address that is no card."""
    maker = new_page(**CLIPBOARD)
    copied = snippet(maker, site_server, "keinot/osasairauspaivaraha", "linkki")
    broken = copied.replace('integrity="sha384-', 'integrity="sha384-AAAA')
    unknown = copied.replace('data-kaikki-keinot="keinot/osasairauspaivaraha"', 'data-kaikki-keinot="keinot/ei-ole-olemassa"')
    sideways = copied.replace('data-kaikki-keinot="keinot/osasairauspaivaraha"', 'data-kaikki-keinot="../../evil"')
    pages = {name: host.page(f"{name}.html", body) for name, body in (("broken", broken), ("unknown", unknown), ("sideways", sideways))}
    closed = '<meta http-equiv="Content-Security-Policy" content="script-src *; frame-src \'none\'">'
    pages["closed"] = host.page("closed.html", closed + copied)
    for name, address in pages.items():
        page = new_page(700)
        page.clock.install()
        page.goto(address)
        page.wait_for_timeout(400)
        page.clock.fast_forward(11_000)
        assert page.locator("a").is_visible(), name
        assert page.locator("iframe").count() == 0, name
        assert page.locator("a").get_attribute("href") == f"{site_server}keinot/osasairauspaivaraha/"
    page = new_page(700, java_script_enabled=False)
    page.goto(host.page("plain.html", copied))
    assert page.locator("a").is_visible()
    assert {part for line in trouble for part in ("integrity", "404", "Content Security Policy") if part in line} >= {"404"}
    trouble.clear()


def test_forged_messages_move_nothing(site_server, new_page, host):
    maker = new_page(**CLIPBOARD)
    address = host.page("kortti.html", snippet(maker, site_server, "keinot/osasairauspaivaraha", "linkki"))
    forge = "{tyyppi: 'kaikki-keinot-korkeus', versio: 1, korkeus: 777}"
    host.page("forge.html", f"<script>parent.postMessage({forge}, '*')</script>")
    page = new_page(700)
    page.goto(address)
    inside = card_frame(page)
    height = lambda: page.locator("iframe").first.evaluate("e => e.style.height")  # noqa: E731
    right = height()

    def tell(value: str) -> str:
        inside.evaluate(f"parent.postMessage({{tyyppi: 'kaikki-keinot-korkeus', versio: 1, korkeus: {value}}}, '*')")
        page.wait_for_timeout(50)
        return height()

    # From the page itself and from another frame: the wrong source.
    page.evaluate(f"postMessage({forge}, '*')")
    page.evaluate(
        "new Promise(done => { const f = document.createElement('iframe'); f.onload = done; f.src = 'forge.html'; document.body.append(f); })"
    )
    page.wait_for_timeout(50)
    assert height() == right
    # From the card itself: not a number, or out of bounds.
    for value in ("NaN", "Infinity", "'900'", "null", "{}", "undefined"):
        assert tell(value) == right, value
    for value in ("'x'", "null", "7"):
        inside.evaluate(f"parent.postMessage({value}, '*')")
    assert tell("1e9") == "1200px"
    assert tell("-5") == "120px"
    assert tell("400.2") == "401px"
    # The frame has gone to another origin: the right source, the wrong origin.
    page.locator("iframe").first.evaluate("e => new Promise(done => { e.onload = done; e.src = 'forge.html'; })")
    page.wait_for_timeout(100)
    assert height() == "401px"


def test_cards_live_in_the_tightest_sandbox_and_without_storage(site_server, new_page, host, trouble):
    """With no rights at all a card is readable; with scripts only it also tells its theme and counts days."""
    frames = "".join(
        f'<iframe id="{name}" sandbox="{rights}" src="{site_server}upota/{what}" width="600" height="500"></iframe>'
        for name, rights, what in (
            ("none", "", "keinot/osasairauspaivaraha/?teema=tumma"),
            ("scripts", "allow-scripts", "keinot/osasairauspaivaraha/?teema=tumma&kieli=sv"),
            ("days", "allow-scripts allow-forms", "laskurit/sairausloma/"),
            ("ended", "allow-scripts", "keinot/tyomarkkinatuki/"),
        )
    )
    page = new_page(700)
    page.goto(host.page("tiukka.html", frames))
    bare, scripted, days, ended = (page.frame_locator(f"#{name}") for name in ("none", "scripts", "days", "ended"))
    assert bare.locator("h1").inner_text() == "Osasairauspäiväraha"
    assert bare.locator("dt").first.inner_text() == "Päättää"
    assert scripted.locator("dt").first.inner_text() == "Beslutar"
    assert scripted.locator("dt span").first.get_attribute("lang") == "sv"
    assert "Innehållet är på finska." in scripted.locator("footer").inner_text()
    assert scripted.locator("html").get_attribute("lang") == "fi"
    assert scripted.locator("body").evaluate(f"() => {BACKGROUND}") == DARK
    assert bare.locator("body").evaluate(f"() => {BACKGROUND}") == LIGHT
    days.locator("input").fill("2027-02-01")
    days.get_by_role("button", name="Laske päivät").click()
    assert "1.2.2027" in days.locator("[data-kk-for]").inner_text()
    assert "Lakannut" in ended.locator(".w").first.inner_text()
    assert ended.locator(".w a").count() >= 1
    assert [line for line in trouble if "sandboxed" not in line] == []
    trouble.clear()


def test_a_card_is_whole_without_script_and_says_when_it_is_late(site_server, new_page):
    page = new_page(390, "dark", java_script_enabled=False)
    page.goto(f"{site_server}upota/laskurit/sairausloma/")
    assert page.locator("noscript a").is_visible()
    assert page.locator("form").is_hidden()
    page.goto(f"{site_server}upota/haku/")
    page.locator("#q").fill("osasaikku")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Hae").click()
    assert opened.value.url == f"{site_server}keinot/?q=osasaikku"
    page = new_page(390)
    page.clock.set_fixed_time("2035-01-01")
    page.goto(f"{site_server}upota/keinot/osasairauspaivaraha/")
    assert page.get_by_text("Tarkistus myöhässä").is_visible()


HOSTILE = ("<img src=x onerror=window.hacked=1>", "__proto__", "constructor", "tumma;x", "../../keinot", "a" * 5000)


def test_hostile_addresses_change_nothing(site_server, new_page):
    page = new_page(700)
    for value in map(quote, HOSTILE):
        page.goto(f"{site_server}upota/keinot/osasairauspaivaraha/?teema={value}&kieli={value}")
        assert page.evaluate("document.documentElement.dataset.teema") is None
        assert page.locator("dt").first.inner_text() == "Päättää"
        assert page.evaluate("window.hacked") is None
    for value in HOSTILE[:2]:
        page.goto(f"{site_server}upota/?kohde={quote('keinot/' + value)}")
        page.locator(".kk-maker__preview iframe").wait_for()
        assert page.locator("[data-kk-kind]").input_value() == "keinot"
        assert page.evaluate("window.hacked") is None
        assert value not in page.locator("[data-kk-snippet=linkki]").inner_text()


def test_a_hostile_name_is_only_a_name_in_every_snippet(site_server, new_page, host):
    name = "\"'><script>window.hacked=1</script><img src=x onerror=window.hacked=1> [a](javascript:1) & co"
    page = new_page(700)
    page.goto(f"{site_server}upota/")
    made = page.evaluate(
        """async ([root, name]) => (await import(root + "assets/snippets.js")).snippets({root, folder: "keinot", id: "osasairauspaivaraha",
        name, theme: "\\"><b>", language: "<i>", width: 700, height: 300, script: "upota/kortti-1.js", integrity: "\\"><u>"})""",
        [site_server, name],
    )
    page.goto(host.page("nimi.html", made["pelkka"] + made["kehys"]))
    assert page.locator("a").inner_text() == name
    assert page.locator("iframe").get_attribute("title").startswith(name)
    assert page.locator("body script, body img, b, i, u").count() == 0
    assert page.evaluate("window.hacked") is None
    assert "\\<script\\>" in made["markdown"]
    assert "data-teema" not in made["linkki"]


def test_a_site_that_knows_its_address_gives_codes_and_absolute_links(shared_project, tmp_path, new_page):
    url = "https://example.fi/kk/"
    site, _ = publish.site(shared_project, date(2026, 11, 22), publish.Settings(url=url))
    publish.write_tree(site, tmp_path / "site", shared_project / "overrides")
    (tmp_path / "site" / "favicon.ico").write_bytes(b"")  # a browser asks for it when it shows a bare image
    with browsing.serve(tmp_path / "site") as address:
        page = new_page(390, **CLIPBOARD)
        page.goto(f"{address}toimijat/kela/")
        share = page.locator(".kk-share")
        share.locator("summary").click()
        share.get_by_role("button", name="Kopioi lyhyt linkki").click()
        share.get_by_role("status").filter(has_text="kopioitu").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{url}k/kela/"
        with page.expect_navigation():
            share.get_by_role("link", name="Avaa QR-koodi").click()
        assert page.url == f"{address}qr/toimijat/kela.svg"
        page.goto(f"{address}upota/?kohde=toimijat/kela")
        expect(page.locator("[data-kk-snippet=pelkka]")).to_have_text(f'<a href="{url}toimijat/kela/">Kela</a>')
        assert page.frame_locator(".kk-maker__preview iframe").locator("h1").inner_text() == "Kela"


def test_the_generator_finds_with_everyday_words(site_server, new_page):
    page = new_page(1280)
    page.goto(f"{site_server}upota/")
    page.get_by_text("vaihtoehtoa").wait_for()
    page.get_by_label("Etsi nimellä").fill("osasaikku")
    code = page.locator("[data-kk-snippet=linkki]")
    expect(page.locator("[data-kk-which]")).to_have_value("osasairauspaivaraha")
    assert 'data-kaikki-keinot="keinot/osasairauspaivaraha"' in code.inner_text()
    page.get_by_label("Väri").select_option("tumma")
    page.get_by_label("Otsikoiden kieli").select_option("en")
    page.get_by_label("Leveys enintään").select_option("400")
    assert 'data-teema="tumma" data-kieli="en" data-leveys="400"' in code.inner_text()
    inside = page.frame_locator(".kk-maker__preview iframe")
    expect(inside.locator("dt").first).to_have_text("Decided by")
    page.get_by_label("Mitä upotat?").select_option("muutokset")
    expect(inside.locator("h1")).to_have_text("Mitä muuttui työkyvyn tuessa")
    assert page.locator("[data-kk-one]").is_hidden()
    assert browsing.axe(page) == []


def test_the_page_shows_the_same_snippets_without_script(site_server, new_page):
    page = new_page(700, java_script_enabled=False)
    page.goto(f"{site_server}upota/")
    assert page.locator("form[data-kk-maker]").is_hidden()
    names = ("linkki", "kehys", "pelkka", "markdown")
    plain = {name: page.locator(f"[data-kk-snippet={name}]").text_content() for name in names}
    shown = plain["linkki"].split('data-kaikki-keinot="')[1].split('"')[0]
    page = new_page(700)
    page.goto(f"{site_server}upota/?kohde={shown}")
    page.locator("[data-kk-snippet=linkki]", has_text=site_server).wait_for()
    expect(page.locator("[data-kk-which]")).to_have_value(shown.split("/")[1])
    for name in names:
        assert page.locator(f"[data-kk-snippet={name}]").text_content() == plain[name].replace("https://esimerkki.fi/", site_server), name


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_is_shared_from_the_keyboard(site_server, new_page, width):
    page = new_page(width, **CLIPBOARD)
    page.clock.set_fixed_time("2026-12-24T12:00:00")
    page.goto(f"{site_server}keinot/osasairauspaivaraha/")
    address = f"{site_server}keinot/osasairauspaivaraha/"
    assert not [r for r in page.evaluate("performance.getEntriesByType('resource').map(r => r.name)") if "share.js" in r]
    share = page.locator(".kk-share")
    share.locator("summary").focus()
    page.keyboard.press("Enter")
    share.get_by_role("button", name="Kopioi HTML").wait_for()
    assert browsing.axe(page) == []
    for expected in (
        f"{site_server}k/osasai/",
        f'<a href="{address}">Osasairauspäiväraha</a>',
        f"[Osasairauspäiväraha]({address})",
        f"Kaikki keinot käyttöön: Osasairauspäiväraha. Tiedot 22.11.2026 (koottu lähteistä). Luettu 24.12.2026. {address} CC BY 4.0.",
    ):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        share.get_by_role("status").filter(has_text="kopioitu").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == expected
    assert share.get_by_role("status").inner_text() == "Viite kopioitu"
    page.keyboard.press("Escape")
    assert share.get_attribute("open") is None
    assert page.evaluate("document.activeElement.textContent") == "Jaa"
    page.keyboard.press("Enter")
    share.get_by_role("link", name="Upota korttina").click()
    expect(page.locator("[data-kk-which]")).to_have_value("osasairauspaivaraha")
    # The short link leads back by itself.
    page.goto(f"{site_server}k/osasai/")
    page.wait_for_url(address)
    page.goto(f"{address}?kunta=iitti")
    page.locator(".kk-share summary").click()
    page.get_by_role("button", name="Kopioi Markdown").click()
    page.locator(".kk-share").get_by_role("status").filter(has_text="kopioitu").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"[Osasairauspäiväraha]({address}?kunta=iitti)"
    # A page without a row of actions has the button at its end.
    page.goto(f"{site_server}tietoa/")
    share = page.locator("main > .kk-share")
    share.locator("summary").click()
    share.get_by_role("button", name="Kopioi linkki").click()
    share.get_by_role("status").filter(has_text="Linkki kopioitu").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site_server}tietoa/"
