"""The regions: rules on the full data, the tricky municipalities, maps, the yearly change and the reader's journeys."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from toolbox import __main__ as commands
from toolbox import publish, rules
from toolbox.regions import rules as region_rules
from toolbox.regions import shapes
from toolbox.regions import table as municipal_table
from toolbox.regions.views import Regions
from toolbox.views import Maker
from tools import browsing

TODAY = date(2026, 11, 22)
KINDS = ("employment-area", "wellbeing-county", "vitality-centre", "collaborative-area", "region")
# code, Swedish name, language, then the area of each kind: seen in the classification of 1.1.2026 and checked against the sources.
TRICKY = {
    "iitti": ("142", "Itis", "fi", "paijat-hameen-tyollisyysalue", "paijat-hameen-hyvinvointialue", "kaakkois-suomen-elinvoimakeskus", "etela-suomen-yhteistyoalue", "paijat-hame"),
    "heinavesi": ("090", "Heinävesi", "fi", "pohjois-karjalan-tyollisyysalue", "pohjois-karjalan-hyvinvointialue", "ita-suomen-elinvoimakeskus", "ita-suomen-yhteistyoalue", "pohjois-karjala"),
    "joroinen": ("171", "Jorois", "fi", "keski-savon-tyollisyysalue", "pohjois-savon-hyvinvointialue", "ita-suomen-elinvoimakeskus", "ita-suomen-yhteistyoalue", "pohjois-savo"),
    "kuhmoinen": ("291", "Kuhmois", "fi", "tampereen-seudun-tyollisyysalue", "pirkanmaan-hyvinvointialue", "sisa-suomen-elinvoimakeskus", "sisa-suomen-yhteistyoalue", "pirkanmaa"),
    "isokyro": ("152", "Storkyro", "fi", "tyolakeus", "etela-pohjanmaan-hyvinvointialue", "etela-pohjanmaan-elinvoimakeskus", "sisa-suomen-yhteistyoalue", "etela-pohjanmaa"),
    "kristiinankaupunki": ("287", "Kristinestad", "bilingual-sv", "suupohjan-tyollisyysalue", "pohjanmaan-hyvinvointialue", "pohjanmaan-elinvoimakeskus", "lansi-suomen-yhteistyoalue", "pohjanmaa"),
    "kauniainen": ("235", "Grankulla", "bilingual-fi", "espoon-ja-kauniaisten-tyollisyysalue", "lansi-uudenmaan-hyvinvointialue", "uudenmaan-elinvoimakeskus", "etela-suomen-yhteistyoalue", "uusimaa"),
    "sipoo": ("753", "Sibbo", "bilingual-fi", "keravan-ja-sipoon-tyollisyysalue", "ita-uudenmaan-hyvinvointialue", "uudenmaan-elinvoimakeskus", "etela-suomen-yhteistyoalue", "uusimaa"),
    "vantaa": ("092", "Vanda", "bilingual-fi", "vantaan-tyollisyyspalvelut", "vantaan-ja-keravan-hyvinvointialue", "uudenmaan-elinvoimakeskus", "etela-suomen-yhteistyoalue", "uusimaa"),
    "kerava": ("245", "Kervo", "fi", "keravan-ja-sipoon-tyollisyysalue", "vantaan-ja-keravan-hyvinvointialue", "uudenmaan-elinvoimakeskus", "etela-suomen-yhteistyoalue", "uusimaa"),
    "helsinki": ("091", "Helsingfors", "bilingual-fi", "helsingin-tyollisyyspalvelut", "helsingin-kaupunki", "uudenmaan-elinvoimakeskus", "etela-suomen-yhteistyoalue", "uusimaa"),
    "kuusamo": ("305", "Kuusamo", "fi", "kainuu-koillismaan-tyollisyysalue", "pohjois-pohjanmaan-hyvinvointialue", "pohjois-suomen-elinvoimakeskus", "pohjois-suomen-yhteistyoalue", "pohjois-pohjanmaa"),
    "utsjoki": ("890", "Utsjoki", "fi", "pohjois-ja-ita-lapin-tyollisyysalue", "lapin-hyvinvointialue", "lapin-elinvoimakeskus", "pohjois-suomen-yhteistyoalue", "lappi"),
}  # fmt: skip
ALAND = {
    "brando", "eckero", "finstrom", "foglo", "geta", "hammarland", "jomala", "kumlinge", "kokar", "lemland", "lumparland", "maarianhamina",
    "saltvik", "sottunga", "sund", "vardo",
}  # fmt: skip


@pytest.fixture(scope="module")
def regions(whole):
    return Regions(whole)


# --- the full data -----------------------------------------------------------------------


def test_the_rules_hold_on_the_full_data_today_and_later(whole_catalogue):
    for day in (TODAY, date(2026, 1, 1), date(2027, 1, 1)):
        assert region_rules.check(whole_catalogue, day) == ()


def test_everybody_is_there(whole_catalogue, regions):
    assert len(regions.municipalities) == 308
    assert [len(regions.present(kind)) for kind in KINDS] == [45, 22, 10, 5, 19]
    assert sum(m.population.value for m in regions.municipalities) == 5_652_881
    models = [a.model for a in regions.present("employment-area")]
    assert [models.count(one) for one in ("host", "alone", "joint-authority")] == [39, 4, 2]


@pytest.mark.parametrize("name", TRICKY)
def test_a_tricky_municipality_is_right(whole_catalogue, regions, name):
    code, swedish, language, *areas = TRICKY[name]
    m = whole_catalogue.municipalities[name]
    assert (m.code, m.name.sv, m.language) == (code, swedish, language)
    assert [regions.areas_of[name][kind].id for kind in KINDS] == areas


def test_aland_stands_apart(whole_catalogue, regions):
    assert {m.id for m in regions.members["ahvenanmaa"]} == ALAND
    for name in ALAND:
        assert set(regions.areas_of[name]) == {"region"}
        assert whole_catalogue.municipalities[name].language == "sv"


def test_what_is_only_remembered_is_not_there(whole_catalogue):
    """The host is told for those areas alone where a source names it, and a draft is not a confirmation."""
    told = {a.id: a.host.confirmed for a in whole_catalogue.areas.values() if a.host}
    assert sum(told.values()) == 19
    assert sorted(name for name, confirmed in told.items() if not confirmed) == [
        "etela-hameen-tyollisyysalue", "keravan-ja-sipoon-tyollisyysalue", "lantisen-pirkanmaan-tyollisyysalue",
        "mikkelin-seudun-tyollisyysalue", "satakunnan-tyollisyysalue", "tyohame",
    ]  # fmt: skip
    assert whole_catalogue.areas["pohjois-ja-ita-lapin-tyollisyysalue"].host.municipality == "sodankyla"
    assert all("muistinvarai" not in p.source for p in whole_catalogue.places.values())


CASES = {
    "two areas of a kind": ("municipalities.yaml", "  - {area: jarvien-hyvinvointialue, valid_from: 2026-01-01}\n", "  - {area: jarvien-hyvinvointialue, valid_from: 2026-01-01}\n  - {area: jarvien-hyvinvointialue, valid_from: 2027-01-01}\n", "hyvinvointialue on kahdesti päivänä 2027-01-01"),
    "no area of a kind": ("municipalities.yaml", "  - {area: jarvien-hyvinvointialue, valid_from: 2026-01-01}\n", "", "hyvinvointialue puuttuu päivältä 2026-11-22"),
    "a gap next year": ("municipalities.yaml", "  - {area: jarvien-hyvinvointialue, valid_from: 2026-01-01}\n", "  - {area: jarvien-hyvinvointialue, valid_from: 2026-01-01, valid_to: 2026-12-31}\n", "hyvinvointialue puuttuu päivältä 2027-01-01"),
    "outside, yet inside": ("municipalities.yaml", "  - {area: saaristo, valid_from: 2026-01-01}\n", "  - {area: saaristo, valid_from: 2026-01-01}\n  - {area: jarvien-elinvoimakeskus, valid_from: 2026-01-01}\n", "vaikka maakunta ei kuulu lajiin"),
    "unknown area": ("municipalities.yaml", "area: jarvimaa", "area: jarvima", 'tuntematon alue "jarvima"; tarkoititko "jarvimaa"?'),
    "code as a number": ("municipalities.yaml", 'code: "001"', "code: 1", '"1" ei ole kuntanumero; kirjoita kolme numeroa, etunollat mukaan'),
    "code twice": ("municipalities.yaml", 'code: "002"', 'code: "001"', "koodi 001 on myös tunnuksella alavesi"),
    "one-sided neighbour": ("municipalities.yaml", "  neighbours: [ylavesi]\n", "", "alavesi ei mainitse tätä kuntaa"),
    "no Swedish name": ("municipalities.yaml", "sv: Nedervatten, ", "", "ruotsinkielinen nimi puuttuu"),
    "merged into nothing": ("municipalities.yaml", "  merged_into: alavesi\n", "", "merged_into puuttuu"),
    "merged into itself": ("municipalities.yaml", "merged_into: alavesi", "merged_into: vanhala", "liitosten ketju palaa alkuun"),
    "membership of an ended area": ("municipalities.yaml", "  - {area: alaveden-tyollisyysalue, valid_from: 2025-01-01}", "  - {area: vanhalan-tyollisyysalue, valid_from: 2025-01-01}", "alue lakkaa 2025-12-31"),
    "area without municipalities": ("areas.yaml", "- id: jarvimaa", "- id: jarvima", "alueella ei ole kuntia"),
    "host from elsewhere": ("areas.yaml", "municipality: alavesi", "municipality: saari", "vastuukunta ei kuulu alueeseen"),
    "host of a wrong kind": ("areas.yaml", "  offices: [Alavesi, Ylävesi]\n", "  model: host\n", "model: kenttä ei kuulu tähän lajiin"),
    "place nowhere": ("places.yaml", "municipality: alavesi", "municipality: alavessi", 'tuntematon kunta "alavessi"; tarkoititko "alavesi"?'),
    "no shape": ("shapes.json", '"saari"', '"saarii"', "kunnalta puuttuu muoto kartalta"),
    "shape of nobody": ("shapes.json", '"saari"', '"saarii"', 'muodolla "saarii" ei ole kuntaa'),
    "broken shapes": ("shapes.json", '"outlines"', '"outline"', "karttamuotojen tiedosto on rikki"),
    "note without a source": ("../services.yaml", "verkossa [sivu]", "verkossa [?]", "alueellisella erolla ei ole lähdettä"),
    "note on an unknown area": ("../services.yaml", "  - area: alaveden-tyollisyysalue", "  - area: alavden-tyollisyysalue", 'tuntematon alue "alavden-tyollisyysalue"'),
    "published area gone": ("areas.yaml", "- id: jarvien-yhteistyoalue", "- id: jarven-yhteistyoalue", 'julkaistu tunnus "area:jarvien-yhteistyoalue" on kadonnut'),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_regions_are_told_with_place_and_remedy(fixture_project, case):
    file, old, new, words = CASES[case]
    path = fixture_project / "data" / "regions" / file
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), "utf-8")
    found = [str(p) for p in rules.errors(publish.check(fixture_project, TODAY)[1])]
    assert any(words in line for line in found), "\n".join(found) or "no problem at all"
    assert all(line.startswith("data/") and ";" in line for line in found)


# --- the yearly change -------------------------------------------------------------------


def change(project: Path, table: Path, *more: str) -> int:
    return commands.main(
        ["municipalities", "--root", str(project), "--today", "2026-11-22", "--table", str(table), "--since", "2027-01-01", *more]
    )


@pytest.fixture
def small_table(fixture_project, tmp_path) -> Path:
    path = tmp_path / "kunnat.csv"
    path.write_text(municipal_table.table(publish.check(fixture_project, TODAY)[0], TODAY), "utf-8")
    return path


def edited(path: Path, edit) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, municipal_table.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(edit({row["koodi"]: row for row in rows}).values())
    path.write_text(out.getvalue(), "utf-8")


def test_our_own_table_changes_nothing(project_root, built_site, whole_catalogue, capsys):
    """What we publish as a table is what the command reads: lists and table agree to the last field."""
    published = built_site / "api/v1/municipalities.csv"
    before = (project_root / "data/regions/municipalities.yaml").read_text("utf-8")
    assert change(project_root, published) == 0
    assert "Ei muutoksia." in capsys.readouterr().out
    assert municipal_table.dump(whole_catalogue.municipalities.values()) == before


def test_a_merger_and_a_new_area_are_shown_then_written(fixture_project, small_table, capsys):
    def edit(rows):
        del rows["002"]
        rows["001"] |= {"vaesto": "19134", "vaesto_pvm": "2026-12-31", "naapurit_maa": "", "naapurit_vesi": "003"}
        rows["003"] |= {"naapurit_vesi": "001", "kielisuhde_koodi": "3"}
        return rows

    edited(small_table, edit)
    file = fixture_project / "data/regions/municipalities.yaml"
    before = file.read_text("utf-8")
    assert change(fixture_project, small_table) == 1
    assert "Ylävesi (002) puuttuu; kerro, mihin se liittyi: --merged 002=koodi" in capsys.readouterr().err
    assert change(fixture_project, small_table, "--merged", "002=001") == 0
    told = capsys.readouterr().out
    assert "Ylävesi: lakkaa 31.12.2026, liittyy kuntaan Alavesi" in told
    assert "Saari: kieli sv → bilingual-sv" in told
    assert "väkiluku muuttuu 1" in told
    assert file.read_text("utf-8") == before
    assert change(fixture_project, small_table, "--merged", "002=001", "--write") == 0
    catalogue = publish.check(fixture_project, TODAY)[0]
    assert catalogue.municipalities["ylavesi"].merged_into == "alavesi"
    # Until the day the municipality stands; from the day on its address points to the new one.
    for day, present in ((TODAY, True), (date(2027, 1, 1), False)):
        site = publish.site(fixture_project, day, publish.Settings())[0]
        page = site.by_path["alueet/kunnat/ylavesi/"].html
        assert ("Kuka vastaa mistäkin" in page) == present
        assert ("Kunta lakkasi 31.12.2026." in page) != present
        assert "../../../alueet/kunnat/alavesi/" in page
    box = shapes.box(Regions(Maker(catalogue, date(2027, 1, 1))).outline(["alavesi"]))
    assert (box.width, box.height) == (2000, 2000)


def test_a_change_of_area_keeps_what_was(fixture_project, small_table, capsys):
    areas = fixture_project / "data/regions/areas.yaml"
    text = areas.read_text("utf-8").replace("areas:\n", "areas:\n\n- id: uusi-tyollisyysalue\n  kind: employment-area\n  code: \"03\"\n  name: {fi: Uusi työllisyysalue, sv: Nytt}\n  valid_from: 2027-01-01\n  model: alone\n", 1)  # fmt: skip
    areas.write_text(text, "utf-8")
    edited(small_table, lambda rows: rows | {"002": rows["002"] | {"tyollisyysalue_koodi": "03"}})
    assert change(fixture_project, small_table, "--write") == 0
    assert "Ylävesi: Alaveden työllisyysalue → Uusi työllisyysalue 1.1.2027 alkaen" in capsys.readouterr().out
    m = publish.check(fixture_project, TODAY)[0].municipalities["ylavesi"]
    work = [(one.area, str(one.valid_from), str(one.valid_to)) for one in m.memberships if "tyollisyys" in one.area]
    assert work == [("alaveden-tyollisyysalue", "2025-01-01", "2026-12-31"), ("uusi-tyollisyysalue", "2027-01-01", "None")]
    page = publish.site(fixture_project, TODAY, publish.Settings())[0].by_path["alueet/kunnat/ylavesi/"].html
    assert "1.1.2027 alkaen: Uusi työllisyysalue" in page


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda rows: rows | {"001": rows["001"] | {"tyollisyysalue_koodi": "09"}}, 'tyollisyysalue_koodi "09" on tuntematon'),
        (lambda rows: rows | {"001": rows["001"] | {"naapurit_maa": ""}}, "alavesi ei mainitse tätä kuntaa"),
        (lambda rows: rows | {"001": rows["001"] | {"naapurit_maa": "002 777"}}, 'naapuria "777" ei ole'),
        (lambda rows: rows | {"001": rows["001"] | {"koodi": "1"}}, '"1" ei ole kuntanumero'),
        (lambda rows: rows | {"001": rows["001"] | {"kielisuhde_koodi": "8"}}, 'kielisuhde "8" on tuntematon'),
        (lambda rows: rows | {"001": rows["001"] | {"vaesto": "paljon"}}, "väkiluku tai sen päivä puuttuu"),
        (lambda rows: rows | {"009": rows["001"] | {"koodi": "009", "nimi_fi": "Uusila", "naapurit_maa": ""}}, "kunnalta puuttuu muoto kartalta"),
    ],
)  # fmt: skip
def test_a_bad_table_is_not_written(fixture_project, small_table, capsys, edit, words):
    edited(small_table, edit)
    file = fixture_project / "data/regions/municipalities.yaml"
    before = file.read_text("utf-8")
    assert change(fixture_project, small_table, "--write") == 1
    assert words in capsys.readouterr().err
    assert file.read_text("utf-8") == before


def test_a_table_without_columns_is_told(fixture_project, tmp_path, capsys):
    table = tmp_path / "x.csv"
    table.write_text("koodi,nimi_fi\n001,Alavesi\n", "utf-8")
    assert change(fixture_project, table) == 1
    assert "sarakkeita puuttuu" in capsys.readouterr().err


# --- maps --------------------------------------------------------------------------------


def surface(rings) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for ring in rings for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))) / 2


def test_the_outline_of_an_area_is_the_sum_of_its_municipalities(regions):
    for name, members in regions.members.items():
        parts = sum(surface(regions.drawn[m.id][0]) for m in members)
        assert surface(regions.area_outlines[name]) == pytest.approx(parts, rel=1e-9), name


def test_a_ring_goes_into_the_file_and_back():
    ring = ((5, 7), (15, 7), (15, 0), (2, 3))
    assert shapes._ring(shapes.packed(ring)) == ring
    assert shapes.path([ring]) == "M5,7l10,0 0-7-13,3z"


def region_pages(built_site: Path) -> dict[str, str]:
    return {
        p.parent.relative_to(built_site).as_posix() + "/": p.read_text("utf-8") for p in sorted((built_site / "alueet").rglob("index.html"))
    }


def test_every_map_names_its_shapes_and_its_source(built_site):
    """A shape that leads somewhere is a link with a name, and the same link stands in a list of the page."""
    maps = 0
    for address, html in region_pages(built_site).items():
        for figure in re.findall(r"<figure class=\"kk-map.*?</figure>", html, re.DOTALL):
            maps += 1
            assert re.search(r'<svg [^>]*role="(img|group)" aria-label="[^"]+"', figure), address
            assert "Tilastokeskus, kuntarajat 1:4 500 000 (2025), CC BY 4.0" in figure, address
            outside = html.replace(figure, "")
            for href, title in re.findall(r'<a href="([^"]+)"><title>([^<]+)</title>', figure):
                assert title.strip()
                assert f'href="{href}"' in outside, (address, href)
            assert figure.count("<a ") == figure.count("<title>"), address
            assert not re.search(r' style="| on\w+="', figure), address
    assert maps >= 308 + 101 + 6


def test_every_area_of_a_kind_is_on_its_map(built_site, regions):
    for kind in KINDS:
        html = (built_site / regions.folder(kind) / "index.html").read_text("utf-8")
        linked = set(re.findall(r'<a href="[^"]*/([^/"]+)/"><title>', html))
        assert linked >= {a.id for a in regions.present(kind)}


def test_region_pages_keep_their_weight(built_site):
    """A first load is at most 100 KB, compressed, also with the largest map: a page has its own shapes only."""
    size = lambda path: len(gzip.compress(path.read_bytes(), 9))  # noqa: E731
    assets = built_site / "assets"
    names = ("kaikki-keinot.css", "scheme.js", "page.js", "finder.js", "search-field.js", "regions.js", "region-names.js")
    shared = sum(size(assets / name) for name in names) + (assets / "fonts/source-sans-3.woff2").stat().st_size
    pages = sorted((built_site / "alueet").rglob("index.html"))
    assert len(pages) == 308 + 101 + 8
    heaviest = max(pages, key=size)
    assert size(heaviest) + shared <= 100_000, heaviest
    for page in pages:
        if page.parent.parent.name == "kunnat":
            assert page.stat().st_size <= 50_000, page
    assert size(built_site / "api/v1/municipality-names.json") <= 15_000


# --- open data ---------------------------------------------------------------------------


def test_open_data_of_the_regions(built_site):
    read = lambda name: json.loads((built_site / f"api/v1/{name}.json").read_text("utf-8"))  # noqa: E731
    municipalities, areas = read("municipalities"), read("areas")
    for data in (municipalities, areas):
        assert data["licence"] == "CC BY 4.0"
        assert "Tilastokeskus, CC BY 4.0" in data["attribution"]
        assert {"population", "shapes", "division"} <= {one for source in data["sources"] for one in source["covers"]}
    members = {area["id"]: set(area["municipalities"]) for area in areas["areas"]}
    for m in municipalities["municipalities"]:
        assert re.fullmatch(r"\d{3}", m["code"])
        for area in m["areas"].values():
            members[area].remove(m["id"])
        assert (built_site / m["address"] / "index.html").is_file()
    assert not any(members.values())
    assert {one["name"] for one in read("index")["files"]} >= {"municipalities", "areas"}
    table = list(csv.DictReader(io.StringIO((built_site / "api/v1/municipalities.csv").read_text("utf-8"))))
    assert [row["koodi"] for row in table] == sorted(m["code"] for m in municipalities["municipalities"])


def test_a_regional_note_stands_on_both_pages(shared_project):
    site = publish.site(shared_project, TODAY, publish.Settings())[0]
    measure = site.by_path["keinot/kokeiluraha/"].html
    area = site.by_path["alueet/tyollisyysalueet/alaveden-tyollisyysalue/"].html
    for page in (measure, area):
        assert "Kokeilun voi aloittaa myös verkossa" in page
    assert 'href="../../alueet/tyollisyysalueet/alaveden-tyollisyysalue/"' in measure
    assert 'href="../../../keinot/kokeiluraha/"' in area


# --- in the browser ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "municipality", "area"),
    [
        ("Iitti", "iitti", "Päijät-Hämeen työllisyysalue"),
        ("kuhmoisissa", "kuhmoinen", "Tampereen seudun työllisyysalue"),
        ("Kristinestad", "kristiinankaupunki", "Suupohjan työllisyysalue"),
        ("753", "sipoo", "Keravan ja Sipoon työllisyysalue"),
        ("joronen", "joroinen", "Keski-Savon työllisyysalue"),
    ],
)
def test_from_home_to_the_right_employment_area(site_server, new_page, typed, municipality, area):
    """Finnish, an inflected form, Swedish, a code and a slip; then one click to the area."""
    page = new_page(390)
    page.goto(site_server)
    page.get_by_label("Asiakkaan kotikunta").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/alueet/kunnat/{municipality}/")
    page.get_by_role("link", name=area).first.click()
    page.wait_for_url("**/alueet/tyollisyysalueet/*/")
    assert page.locator("h1").inner_text().replace("\u00ad", "") == area


def test_names_are_fetched_on_first_use_only(site_server, new_page):
    page = new_page(1280)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_server)
    page.wait_for_load_state("networkidle")
    assert not any("municipality-names" in url for url in asked)
    page.get_by_label("Asiakkaan kotikunta").press_sequentially("ut")
    page.get_by_role("link", name="Utsjoki").wait_for()
    assert sum("municipality-names" in url for url in asked) == 1
    page.get_by_label("Asiakkaan kotikunta").fill("xyzzy")
    page.get_by_text("Ei kuntaa nimellä ”xyzzy”.").wait_for()
    assert browsing.axe(page) == []


def test_the_way_to_a_municipality_without_script(site_server, new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(site_server)
    page.get_by_label("Asiakkaan kotikunta").fill("Utsjoki")
    page.get_by_role("button", name="Näytä").click()
    page.wait_for_url("**/alueet/kunnat/?kunta=Utsjoki")
    page.get_by_role("link", name="Utsjoki", exact=True).click()
    page.get_by_role("link", name="Pohjois- ja Itä-Lapin työllisyysalue").click()
    assert "Sodankylä" in page.locator("#lyhyesti").inner_text()


def test_a_measure_knows_the_municipality_from_its_address(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + "keinot/palkkatuki/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Kuka päättää tästä asiakkaan kotikunnassa?").fill("kuusamo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/keinot/palkkatuki/?kunta=kuusamo")
    answer = page.locator(".kk-answer")
    assert answer.inner_text().split("\n") == ["Päättää", "Kainuu-Koillismaan työllisyysalue"]
    assert browsing.axe(page) == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    answer.get_by_role("link", name="Kainuu-Koillismaan työllisyysalue").click()
    page.wait_for_url("**/alueet/tyollisyysalueet/kainuu-koillismaan-tyollisyysalue/")


def test_a_municipality_gives_its_measures_the_municipality(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server + "alueet/kunnat/heinavesi/")
    page.locator("#keinot").get_by_role("link", name="Sosiaalinen luototus").click()
    page.wait_for_url("**/keinot/sosiaalinen-luototus/?kunta=heinavesi")
    page.locator(".kk-answer").get_by_role("link", name="Pohjois-Karjalan hyvinvointialue").wait_for()


@pytest.mark.parametrize("value", ["<img src=x onerror=window.hacked=1>", "a" * 5000, "__proto__", "🙂", "%00", "../../../"])
def test_hostile_municipalities_are_only_words(site_server, new_page, value):
    from urllib.parse import quote

    page = new_page(390)
    for address in ("keinot/palkkatuki/", "alueet/kunnat/"):
        page.goto(f"{site_server}{address}?kunta={quote(value)}")
        page.get_by_text("Ei kuntaa nimellä").or_(page.locator("h1")).first.wait_for()
        assert page.evaluate("window.hacked") is None
        assert page.url.startswith(site_server + address)


def test_the_map_works_from_the_keyboard_and_by_touch(site_server, new_page):
    page = new_page(390, has_touch=True)
    page.goto(site_server + "alueet/tyollisyysalueet/")
    link = page.locator('.kk-map a[href$="utsjoki/"], .kk-map a[href*="pohjois-ja-ita-lapin"]').first
    link.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    assert page.evaluate("document.activeElement.querySelector('title').textContent") == "Pohjois-Karjalan työllisyysalue"
    link.tap()
    page.wait_for_url("**/pohjois-ja-ita-lapin-tyollisyysalue/")


def test_small_areas_of_the_capital_region_are_large_enough_to_touch(site_server, new_page):
    page = new_page(390)
    page.goto(site_server + "alueet/tyollisyysalueet/")
    for name in ("Helsingin", "Vantaan", "Espoon"):
        box = page.locator(".kk-map a", has_text=name).bounding_box()
        assert min(box["width"], box["height"]) >= 24, name


def test_paper_shows_the_duties_and_the_map_in_light(site_server, new_page):
    page = new_page(1280, "dark")
    page.goto(site_server + "alueet/kunnat/iitti/")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".kk-duties").is_visible()
    assert page.locator(".kk-map svg").is_visible()
    assert not page.locator(".kk-region-tools").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.kk-map__chosen')).fill") == "rgb(14, 74, 91)"
