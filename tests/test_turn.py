"""The turn of the year and the days around it: figures, reforms, states, and the site as of a day."""

from __future__ import annotations

import re
import subprocess
from datetime import date

import pytest

from toolbox import publish, rules
from toolbox.__main__ import main
from toolbox.review import turn, turn_page

SPAN = {
    "figures.yaml": "- id: kokeiluraha-taysi\n  name: Kokeilurahan täysi määrä\n  unit: eur-workday\n  values:\n",
    "changes.yaml": "changes:\n",
}


def site_on(project, day: date):
    return publish.site(project, day, publish.Settings())[0]


def edit(project, file: str, old: str, new: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    assert old in source, f"{old!r} is not in {file}"
    path.write_text(source.replace(old, new, 1), "utf-8")


@pytest.fixture
def coming(fixture_project):
    """The small project with a new value, a reform on a leap day, and measures that begin and end on known days."""
    value = "  - value: 1040\n    valid_from: 2027-01-01\n    valid_to: 2027-12-31\n    basis: published\n    source:\n      act: kokeilulaki\n      section: 5 §\n      dated: 2025-02-21\n"
    edit(fixture_project, "figures.yaml", SPAN["figures.yaml"], SPAN["figures.yaml"] + value)
    reform = "- id: karkauspaivan-muutos\n  date: 2028-02-29\n  certainty: adopted\n  title: Karkauspäivän muutos\n  now: Raja muuttuu [?].\n  measures: [kokeiluraha]\n"
    edit(fixture_project, "changes.yaml", SPAN["changes.yaml"], SPAN["changes.yaml"] + reform)
    edit(fixture_project, "services.yaml", "- id: tyon-tuumaus\n", "- id: tyon-tuumaus\n  status: upcoming\n  starts: 2028-02-29\n")
    edit(fixture_project, "services.yaml", "- id: kokeiluraha\n", "- id: kokeiluraha\n  ended: 2029-01-01\n")
    return fixture_project


@pytest.mark.parametrize(
    ("day", "shown", "state"),
    [
        (date(2026, 11, 23), "1\u00a0031,99", "tulossa"),
        (date(2026, 12, 31), "1\u00a0031,99", "tulossa"),
        (date(2027, 1, 1), "1\u00a0040", "tulossa"),
        (date(2027, 12, 31), "1\u00a0040", "tulossa"),
        (date(2028, 1, 1), "vuoden 2027 luku, tarkista", "tulossa"),
        (date(2028, 2, 28), "vuoden 2027 luku, tarkista", "tulossa"),
        (date(2028, 2, 29), "vuoden 2027 luku, tarkista", "voimassa"),
        (date(2028, 3, 1), "vuoden 2027 luku, tarkista", "voimassa"),
    ],
)
def test_the_site_of_a_day_has_the_figures_reforms_and_states_of_that_day(coming, day, shown, state):
    site = site_on(coming, day)
    row = re.search(r'<tr id="kokeiluraha-taysi">.*?</tr>', site.by_path["tietoa/luvut/"].html, re.DOTALL).group()
    assert shown in row
    upcoming = "ei vielä voimassa" in site.by_path["keinot/tyon-tuumaus/"].html
    assert upcoming == (state == "tulossa")
    assert site.catalogue.measures["tyon-tuumaus"].status == ("upcoming" if state == "tulossa" else "in-force")
    reform = site.by_path["muutokset/"].html.partition('id="karkauspaivan-muutos"')[0].rpartition("<article")[2]
    assert ("kk-reform--future" in reform) == (day < date(2028, 2, 29))
    assert "Lakkaa 1.1.2029." in site.by_path["keinot/kokeiluraha/"].html


def test_a_measure_that_ends_on_a_day_is_ended_from_that_day(coming):
    """The day before it is in force; on the day the rules tell what still offers it."""
    before, _ = publish.check(coming, date(2028, 12, 31))
    after, problems = publish.check(coming, date(2029, 1, 1))
    assert before.measures["kokeiluraha"].status == "in-force"
    assert after.measures["kokeiluraha"].status == "ended"
    assert any("on lakannut" in problem.message for problem in rules.errors(problems))


def test_what_lapses_is_known_until_the_last_day_and_missing_after_it(fixture_project):
    c, _ = publish.check(fixture_project, date(2026, 12, 31))
    last = turn.turn(c, date(2026, 12, 31))
    assert last.day == date(2027, 1, 1)
    assert [(figure.id, value.valid_to, after) for figure, value, after in last.lapsing] == [("kokeiluraha-taysi", date(2026, 12, 31), None)]
    assert [figure.id for figure in last.missing] == ["vanha-raja"]
    first = turn.turn(c, date(2027, 1, 1))
    assert first.day == date(2028, 1, 1)
    assert first.lapsing == ()
    assert [figure.id for figure in first.missing] == ["kokeiluraha-taysi", "vanha-raja"]


def test_the_turn_knows_new_values_reforms_states_and_calculators(coming):
    edit(coming, "changes.yaml", "date: 2028-02-29", "date: 2027-01-01")
    edit(coming, "services.yaml", "starts: 2028-02-29", "starts: 2027-01-01")
    c, _ = publish.check(coming, date(2026, 11, 23))
    found = turn.turn(c, date(2026, 11, 23))
    assert [str(after.value) for _, _, after in found.lapsing] == ["1040"]
    assert "karkauspaivan-muutos" in [ch.id for ch in found.reforms]
    assert [(record.id, state) for record, state in found.states] == [("tyon-tuumaus", "in-force")]
    assert [x.id for x in found.calculators] == ["kokeilu"]
    html = site_on(coming, date(2026, 11, 23)).by_path[turn_page.PATH].html
    for words in ("Vuodenvaihde 2026–2027", "1\u00a0040", "Karkauspäivän muutos", "Hyväksytty", "voimassa", "Kokeilun päivät"):
        assert words in html, words


def test_the_command_tells_what_lapses_and_what_breaks(coming, capsys):
    assert main(["year", f"--root={coming}", "--today=2026-12-31"]) == 0
    told = capsys.readouterr().out
    assert "Kokeilurahan täysi määrä: 1\u00a0031,99 → 1\u00a0040" in told
    assert "make build today=2027-01-02" in told
    assert "Tiedoissa on silloin virhe" not in told
    assert main(["year", f"--root={coming}", "--today=2028-12-31"]) == 0
    assert "Tiedoissa on silloin virhe" in capsys.readouterr().out


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)])
def test_the_real_data_has_no_errors_on_the_days_to_come(project_root, day):
    """The site is built every night: the turn of the year must not stop it."""
    assert rules.errors(publish.check(project_root, day)[1]) == ()


def test_make_hands_the_day_on(project_root):
    command = ["make", "--no-print-directory", "-C", str(project_root), "-f", "-", "shown", "today=2027-01-02"]
    makefile = (project_root / "Makefile").read_text("utf-8") + '\nshown:\n\t@echo "$$KK_TODAY"\n'
    assert subprocess.run(command, input=makefile, text=True, capture_output=True, check=True).stdout == "2027-01-02\n"
