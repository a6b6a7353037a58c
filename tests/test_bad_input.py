"""What an editor gets for bad data: place and remedy in Finnish, everything at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from toolbox import publish, rules

TODAY = date(2026, 11, 22)


def problems_of(project: Path) -> list[str]:
    return [str(problem) for problem in rules.errors(publish.check(project, TODAY)[1])]


def edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    assert old in source, f"{old!r} is not in {file}"
    path.write_text(source.replace(old, new, 1), "utf-8")


def test_the_fixture_project_is_in_order(fixture_project):
    assert problems_of(fixture_project) == []


CASES = {
    "unknown field": ("services.yaml", "  summary: Kela maksaa", "  sumary: Kela maksaa", 'keino kokeiluraha: sumary: tuntematon kenttä; tarkoititko "summary"?'),
    "misspelt id": ("services.yaml", "decided_by: [kela]", "decided_by: [kella]", 'keino kokeiluraha: decided_by[0]: tuntematon toimija "kella"; tarkoititko "kela"?'),
    "repeated id": ("services.yaml", "- id: tyon-tuumaus", "- id: kokeiluraha", 'tunnus "kokeiluraha" on kahdesti (myös rivillä 3)'),
    "tab": ("services.yaml", "  kind: benefit", "\tkind: benefit", "data/services.yaml:8: sarkain sarakkeessa 1; sisennä välilyönneillä"),
    "unclosed quote": ("actors.yaml", "    fi: Kela", '    fi: "Kela', "lainausmerkki jää sulkematta"),
    "html in a text": ("services.yaml", "Palkka maksetaan tehdystä", "<b>Palkka</b> maksetaan", "income[0]: tekstissä on merkki < tai >"),
    "unquoted code as a number": ("figures.yaml", "value: 1030", "value: 020", '"020" ei ole luku; kirjoita numeroin ilman etunollaa'),
    "cycle": ("services.yaml", "  kind: method\n", "  kind: method\n  status: ended\n  ended: 2025-01-01\n  replaced_by: [tyon-tuumaus]\n", "korvaavien ketju palaa tähän samaan"),
    "impossible day": ("services.yaml", "    date: 2026-11-22\n    next: 2027-05-22", "    date: 2026-02-31\n    next: 2027-05-22", 'päivää "2026-02-31" ei ole kalenterissa'),
    "finnish date": ("services.yaml", "    next: 2027-05-22", "    next: 22.5.2027", '"22.5.2027" ei ole päivämäärä; kirjoita muodossa 2026-11-22'),
    "javascript link": ("services.yaml", "[Kelan sivu](https://www.kela.fi/)", "[Kelan sivu](javascript:alert)", 'linkki "javascript:alert" ei ole turvallinen'),
    "link to nowhere": ("services.yaml", "[työn tuumaus](tyon-tuumaus)", "[työn tuumaus](tyon-tumaus)", 'linkin kohdetta "tyon-tumaus" ei ole; tarkoititko "tyon-tuumaus"?'),
    "unknown code": ("services.yaml", "phases: [unemployed]", "phases: [unemploed]", 'phases[0]: tuntematon arvo "unemploed"; tarkoititko "unemployed"?'),
    "unknown source key": ("services.yaml", "ei vähene riittävästi [laki]", "ei vähene riittävästi [lakki]", 'refusal[0]: lähdettä "lakki" ei ole; tarkoititko "laki"?'),
    "claim without source": ("services.yaml", "Enimmäisaika pitenee [sivu].", "Enimmäisaika pitenee.", "changes[0].text: väitteellä ei ole lähdettä"),
    "broken mark": ("services.yaml", "Sovi tehtävistä", "Sovi [tehtävistä", 'rikkinäinen merkintä "["'),
    "euros in a text": ("services.yaml", "Palkka maksetaan", "Palkka 500 € maksetaan", "euromäärä tekstissä"),
    "no appeal": ("services.yaml", "  appeal: kela\n", "", "päätöksellä ei ole muutoksenhakua"),
    "unknown figure": ("services.yaml", "Vanha raja oli {vanha-raja}.", "Vanha raja oli {vanha-rja}.", 'tuntematon luku "vanha-rja"; tarkoititko "vanha-raja"?'),
    "unknown act": ("services.yaml", "act: kokeilulaki", "act: kokeiluaki", 'tuntematon säädös "kokeiluaki"'),
    "review in the future": ("services.yaml", "    date: 2026-11-22\n    next: 2027-05-22", "    date: 2026-12-22\n    next: 2027-05-22", "on tulevaisuudessa"),
    "verified without evidence": ("services.yaml", "level: compiled", "level: verified", "tarkistetulta puuttuu tarkistaja tai lähde"),
    "synonym of another": ("services.yaml", "synonyms: [kokkeli, KR 1]", "synonyms: [kokkeli, Vanha raha]", '"Vanha raha" on myös keinolla vanha-raha'),
    "published id gone": ("services.yaml", "- id: vanha-raha", "- id: vanharaha", 'julkaistu tunnus "measure:vanha-raha" on kadonnut'),
    "retired id in use": ("retired.yaml", "- id: poistunut-keino", "- id: kokeiluraha", "tunnus on yhä käytössä"),
    "pair twice": ("combinations.yaml", "- a: vanha-raha\n  b: kokeiluraha", "- a: tyon-tuumaus\n  b: kokeiluraha", 'on ristiriidassa: toisaalla "together"'),
    "pair with an ended measure": ("combinations.yaml", "Vanha raha on lakannut, joten", "Samalta ajalta", "keino vanha-raha on lakannut"),
    "overlapping figure": ("figures.yaml", "valid_to: 2025-12-31", "valid_to: 2026-01-31", "arvot menevät päällekkäin"),
    "too few phrases": ("services.yaml", "  - haluan kokeilla töitä\n", "", "arjen lauseita on 5"),
    "ages upside down": ("services.yaml", "    min: 18", "    min: 80", "alaikäraja on suurempi"),
    "unsafe source address": ("services.yaml", "url: https://www.kela.fi/kokeiluraha", "url: javascript:1", "ei ole turvallinen osoite"),
    "a list where a text belongs": ("services.yaml", "  summary: Kela maksaa kokeilurahaa, kun asiakas kokeilee omaa työtään lyhyemmällä ajalla.", "  summary: [a, b]", "tähän kuuluu teksti"),
    "an empty value": ("actors.yaml", "  summary: Kela maksaa sairausajan etuuksia ja järjestää kuntoutusta.", "  summary:", "arvo puuttuu; kirjoita arvo tai poista kenttä"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_bad_data_is_told_with_place_and_remedy(fixture_project, case):
    file, old, new, words = CASES[case]
    edit(fixture_project, file, old, new)
    found = problems_of(fixture_project)
    assert any(words in line for line in found), "\n".join(found) or "no problem at all"
    assert all(line.startswith("data/") and ";" in line for line in found)


def test_a_summary_of_ten_thousand_characters_is_too_long(fixture_project):
    edit(fixture_project, "services.yaml", "Kela maksaa kokeilurahaa", "x" * 10_000 + " Kela maksaa kokeilurahaa")
    assert any("teksti on liian pitkä: 100" in line and "enintään 200" in line for line in problems_of(fixture_project))


@pytest.mark.parametrize("file", ["services.yaml", "actors.yaml", "vocabulary.yaml", "published-ids.txt"])
def test_a_missing_file_is_told(fixture_project, file):
    (fixture_project / "data" / file).unlink()
    assert any(line.startswith(f"data/{file}") and "puuttuu" in line for line in problems_of(fixture_project))


def test_an_empty_file_is_told(fixture_project):
    (fixture_project / "data" / "services.yaml").write_text("", "utf-8")
    assert any("data/services.yaml:1: tiedosto on tyhjä" in line for line in problems_of(fixture_project))


def test_windows_line_ends_and_byte_order_mark_change_nothing(fixture_project):
    path = fixture_project / "data" / "services.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems_of(fixture_project) == []


def test_several_problems_are_told_at_once(fixture_project):
    edit(fixture_project, "services.yaml", "decided_by: [kela]", "decided_by: [kella]")
    edit(fixture_project, "actors.yaml", "kind: employer", "kind: boss")
    edit(fixture_project, "figures.yaml", "value: 1030", "value: tuhat")
    files = {line.split(":")[0] for line in problems_of(fixture_project)}
    assert files == {"data/services.yaml", "data/actors.yaml", "data/figures.yaml"}


def test_a_record_with_a_wrong_shape_is_not_reported_as_missing(fixture_project):
    edit(fixture_project, "actors.yaml", "kind: employer", "kind: boss")
    assert not any("tuntematon toimija" in line for line in problems_of(fixture_project))


def build(project: Path, site: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"KK_TODAY": "2026-11-22", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_failing_build_is_one_clean_summary_and_leaves_the_site_alone(fixture_project, tmp_path):
    site = tmp_path / "site"
    assert build(fixture_project, site).returncode == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    edit(fixture_project, "services.yaml", "decided_by: [kela]", "decided_by: [kella]")
    failed = build(fixture_project, site)
    assert failed.returncode == 1
    assert 'tuntematon toimija "kella"; tarkoititko "kela"?' in failed.stderr
    assert "Traceback" not in failed.stderr + failed.stdout
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_page_written_by_hand_needs_a_head_and_an_address_of_its_own(fixture_project):
    (fixture_project / "docs" / "tietoa" / "luvut.md").write_text("---\ntitle: Luvut\ndescription: Toinen sivu.\n---\n# Luvut\n", "utf-8")
    (fixture_project / "docs" / "ilman.md").write_text("# Ilman otsikkotietoja\n", "utf-8")
    with pytest.raises(publish.DataError) as error:
        publish.site(fixture_project, TODAY, publish.Settings())
    assert "sivun alusta puuttuu title tai description" in str(error.value.problems[0])
    (fixture_project / "docs" / "ilman.md").unlink()
    with pytest.raises(publish.DataError) as error:
        publish.site(fixture_project, TODAY, publish.Settings())
    assert 'osoite "tietoa/luvut/" on jo toisella sivulla' in str(error.value.problems[0])


def test_a_failing_tree_leaves_the_previous_tree_alone(fixture_project, tmp_path):
    out = tmp_path / "out"
    site, _ = publish.site(fixture_project, TODAY, publish.Settings())
    publish.write_tree(site, out, fixture_project / "overrides")
    shutil.rmtree(fixture_project / "overrides" / "assets")
    with pytest.raises(OSError, match="assets"):
        publish.write_tree(site, out, fixture_project / "overrides")
    assert (out / "keinot" / "kokeiluraha" / "index.html").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []
