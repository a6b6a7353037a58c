"""Addresses that stay, short links, QR codes and the cards for the pages of others, without a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from toolbox import publish, rules
from toolbox.__main__ import main
from toolbox.share import embeds, short_links

TODAY = date(2026, 11, 22)
URL = "https://example.fi/kk/"
# The hashes of the published versions of the script. Snippets on the pages of others carry them: a line is never
# changed or removed, a new version of the script is a new file and a new line.
PUBLISHED_SCRIPTS = {
    "upota/kortti-1.js": "sha384-ucmaKoFXksHbaoq1WzvhEV/uap703m4eC5nPLQmOrs8uyVpbe5SKpgyo2v/FUtwB",
}


@pytest.fixture(scope="module")
def site(shared_project):
    return publish.site(shared_project, TODAY, publish.Settings(url=URL))[0]


@pytest.fixture(scope="module")
def files(site) -> dict[str, str]:
    return dict(publish.data_files(site))


@pytest.fixture(scope="module")
def cards(built_site) -> dict[str, str]:
    """Every card of the real site by its address."""
    found = {
        path.parent.relative_to(built_site).as_posix(): path.read_text("utf-8") for path in (built_site / "upota").rglob("*/index.html")
    }
    return {address: html for address, html in found.items() if address != "upota"}


def problems_of(project: Path) -> list[str]:
    return [str(problem) for problem in rules.errors(publish.check(project, TODAY)[1])]


def without(project: Path, file: str, pattern: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    changed = re.sub(pattern, "", source, flags=re.DOTALL)
    assert changed != source
    path.write_text(changed, "utf-8")


def test_a_measure_goes_only_when_it_is_retired_properly(fixture_project):
    without(fixture_project, "services.yaml", r"\n- id: vanha-raha\n.*?(?=\n- id:|\Z)")
    without(fixture_project, "combinations.yaml", r"- a: vanha-raha\n.*?(?=\n- a:|\Z)")
    # A case offers it as the measure that does not fit: another takes that part.
    without(fixture_project, "cases.yaml", r"  - measure: vanha-raha\n.*?(?=  order:)")
    cases = fixture_project / "data" / "cases.yaml"
    told = cases.read_text("utf-8").replace("verdict: core\n    why: Paluu", "verdict: not-now\n    why: Paluu")
    cases.write_text(told.replace("measures: [kokeiluraha]", "measures: [tyon-tuumaus]"), "utf-8")
    assert any('julkaistu tunnus "measure:vanha-raha" on kadonnut' in one for one in problems_of(fixture_project))
    # Taking it off the list as well does not help: its short link may be on paper.
    listed = fixture_project / "data" / "published-ids.txt"
    ids = listed.read_text("utf-8")
    listed.write_text(ids.replace("measure:vanha-raha\n", ""), "utf-8")
    assert any(
        'koodi "vanharaha" vie tunnukseen "measure:vanha-raha", jota ei ole julkaistu' in one for one in problems_of(fixture_project)
    )
    listed.write_text(ids, "utf-8")
    retired = fixture_project / "data" / "retired.yaml"
    with retired.open("a", encoding="utf-8") as file:
        file.write(
            "- id: vanha-raha\n  kind: measure\n  name: Vanha raha\n  retired: 2026-11-01\n"
            "  replaced_by: [kokeiluraha]\n  why: Raha lakkasi.\n"
        )
    assert problems_of(fixture_project) == []
    site, _ = publish.site(fixture_project, TODAY, publish.Settings())
    files = publish.data_files(site)
    assert "kokeiluraha" in site.by_path["keinot/vanha-raha/"].html
    assert "../../keinot/vanha-raha/" in files["k/vanharaha/index.html"]
    card = files["upota/keinot/vanha-raha/index.html"]
    assert "Tätä ei enää pidetä yllä" in card
    assert 'href="../../../keinot/kokeiluraha/"' in card


# --- short links -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record_id", "taken", "code"),
    [
        ("kela", (), "kela"),
        ("cp-liitto", (), "cpliitto"),
        ("osasairauspaivaraha", (), "osasai"),
        ("osasairauspaivaraha", ("osasai",), "osasair"),
        ("ammatillinen-kuntoutus-tyoelake", (), "ammatikt"),
        ("ii", ("ii",), "ii2"),
        ("a-b", (), "ab"),
    ],
)
def test_codes_are_short_and_free(record_id, taken, code):
    assert short_links.propose(record_id, taken) == code


def test_new_ids_get_codes_and_the_old_ones_stay():
    before = {"osasai": "measure:toinen", "vanha": "actor:vanha"}
    after = short_links.extended(before, ["measure:toinen", "measure:osasairauspaivaraha", "term:sana", "area:alue"])
    assert after == {**before, "osasair": "measure:osasairauspaivaraha"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kela actor:toinen", 'koodi "kela" on kahdesti'),
        ("KELA actor:kela", 'ei ole muotoa "koodi laji:tunnus"'),
        ("../x actor:kela", 'ei ole muotoa "koodi laji:tunnus"'),
        ("uusi actor:kela", 'tunnuksella "actor:kela" on jo koodi "kela"'),
        ("uusi actor:tuntematon", "jota ei ole julkaistu"),
    ],
)
def test_a_broken_list_of_codes_is_told(fixture_project, line, expected):
    with (fixture_project / "data" / short_links.FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert any(expected in one for one in problems_of(fixture_project))


def test_the_command_adds_what_is_missing_and_nothing_else(fixture_project, capsys):
    path = fixture_project / "data" / short_links.FILE
    before = path.read_text("utf-8")
    path.write_text(before.replace("kela actor:kela\n", "").replace("tyont measure", "tt measure"), "utf-8")
    assert main(["ids", "--root", str(fixture_project), "--today", TODAY.isoformat()]) == 0
    assert path.read_text("utf-8") == before.replace("tyont measure", "tt measure")
    assert "julkaistua tunnusta" in capsys.readouterr().out


def test_every_record_of_the_real_site_has_its_short_link(project_root, built_site):
    codes, problems = short_links.read(project_root / "data" / short_links.FILE)
    assert problems == []
    names = (project_root / "data" / "published-ids.txt").read_text("utf-8").split()
    missing = [name for name in names if name.split(":")[0] in short_links.FOLDERS and name not in codes.values()]
    assert missing == [], "aja: make ids"
    by_page = json.loads((built_site / short_links.CODES).read_text("utf-8"))
    for code, name in codes.items():
        page = (built_site / "k" / code / "index.html").read_text("utf-8")
        assert f'content="0; url=../../{short_links.folder_of(name)}"' in page
        assert by_page[short_links.folder_of(name)] == code
        assert len(code) <= 16


def test_qr_codes_only_when_the_address_is_known(site, files, shared_project):
    svg = files["qr/keinot/kokeiluraha.svg"]
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(svg) < 3000
    assert svg == short_links.qr_svg(f"{URL}k/kokeil/")
    assert {f"qr/{folder}" for folder in ("keinot", "toimijat", "tilanteet", "kunnat")} == {
        address.rsplit("/", 1)[0] for address in files if address.startswith("qr/")
    }
    unknown = publish.data_files(replace(site, settings=publish.Settings()))
    assert not [address for address in unknown if address.startswith("qr/") or address.endswith("oembed.json")]


# --- cards -----------------------------------------------------------------------------------


def test_published_scripts_of_the_cards_are_never_edited(project_root):
    overrides = project_root / "overrides"
    found = {f"upota/{path.name}": embeds.integrity(path.read_text("utf-8")) for path in (overrides / "upota").glob("kortti-*.js")}
    assert found == PUBLISHED_SCRIPTS
    assert embeds.SCRIPT in PUBLISHED_SCRIPTS


def test_cards_are_light_and_bare(cards, built_site):
    assert len(cards) > 700
    heavy = {address: len(html.encode()) for address, html in cards.items() if len(html.encode()) > 10_000}
    assert heavy == {}
    assert (built_site / embeds.STYLE).stat().st_size <= 4096
    for address, html in cards.items():
        assert '<meta name="robots" content="noindex">' in html, address
        assert "<header" not in html, address
        assert "<nav" not in html, address
        assert "default-src &#39;none&#39;" in html, address
    for name in ("kehys.js", "kortti-1.js"):
        code = (built_site / "upota" / name).read_text("utf-8")
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|fetch\(|innerHTML", code), name


def test_every_card_tells_how_old_it_is(cards):
    for address, html in cards.items():
        if address != "upota/haku" and "Lakannut" not in html:
            assert re.search(r'data-reviewed="\d{4}-\d\d-\d\d" data-review-level="(verified|compiled|unsourced)"', html), address


def test_every_fixed_label_has_its_other_languages(cards, project_root):
    words = (project_root / "overrides" / embeds.FRAME_SCRIPT).read_text("utf-8")
    labels = {label for html in cards.values() for label in re.findall(r"data-t>([^<]+)<", html)}
    assert len(labels) > 20
    assert [label for label in sorted(labels) if f'"{label}": [' not in words] == []


def test_a_card_past_its_review_says_so(shared_project):
    html = dict(publish.data_files(publish.site(shared_project, TODAY, publish.Settings())[0]))["upota/keinot/kokeiluraha/index.html"]
    late, _ = publish.site(shared_project, date(2027, 6, 1), publish.Settings())
    old = dict(publish.data_files(late))["upota/keinot/kokeiluraha/index.html"]
    assert re.search(r'data-next="2027-05-22" hidden>', html)
    assert re.search(r'data-next="2027-05-22"><span data-t>Tarkistus myöhässä', old)


def test_the_card_of_changes_claims_no_proposal_as_changed(cards):
    assert "(ehdotettu)" not in cards["upota/muutokset"].partition("Muuttunut")[2]


def test_an_ended_measure_leads_to_the_one_in_use(files):
    card = files["upota/keinot/vanha-raha/index.html"]
    assert re.search(r"<span data-t>Lakannut</span> [\d.]+", card)
    assert 'href="../../../keinot/kokeiluraha/"' in card


def test_a_card_answers_oembed_and_its_page_tells_where(site, files):
    page = site.document(site.by_path["keinot/kokeiluraha/"])
    address = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)">', page)[1]
    assert address == f"{URL}upota/keinot/kokeiluraha/oembed.json"
    answer = json.loads(files[address.removeprefix(URL)])
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    frame = ElementTree.fromstring(answer["html"])  # noqa: S314
    assert frame.attrib["src"] == f"{URL}upota/keinot/kokeiluraha/"
    assert frame.attrib["title"].startswith("Kokeiluraha")
    assert int(frame.attrib["height"]) == answer["height"]
    for name in ("toimijat/kela", "tilanteet/sairausloma", "kunnat/ylavesi", "keinot/poistunut-keino"):
        assert f"upota/{name}/oembed.json" in files
    assert "oembed" not in site.document(site.by_path["muutokset/"])


def test_the_policy_of_a_card_names_the_site_when_it_is_known(files, cards):
    assert "script-src &#39;self&#39; https://example.fi;" in files["upota/haku/index.html"]
    assert "script-src &#39;self&#39;;" in cards["upota/haku"]


def test_the_example_host_lets_only_the_cards_be_framed(project_root):
    conf = (project_root / "hosting" / "nginx.conf").read_text("utf-8")
    frames = re.search(r"map \$uri \$kk_frames \{(.*?)\}", conf, re.DOTALL)[1]
    assert re.findall(r'(\S+)\s+"([^"]+)";', frames) == [("default", "'self'"), ("~^/upota/", "*")]
    assert re.search(r'~\^/upota/\s+"\*";', re.search(r"map \$uri \$kk_origin \{(.*?)\}", conf, re.DOTALL)[1])
