"""Day counting: hand-counted examples, public holidays, and the same answers from Python and the browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from toolbox import deadlines
from toolbox.records import Calculation

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def calculators(whole_catalogue):
    return whole_catalogue.calculators


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2038, date(2038, 4, 25))],
)
def test_easter(year, sunday):
    assert deadlines.easter(year) == sunday


def test_public_holidays_of_2026():
    assert sorted(deadlines.holidays(2026)) == [
        date(2026, 1, 1), date(2026, 1, 6), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14),
        date(2026, 5, 24), date(2026, 6, 20), date(2026, 10, 31), date(2026, 12, 6), date(2026, 12, 25), date(2026, 12, 26),
    ]  # fmt: skip


def rule(count: int, unit: str, **more: bool) -> Calculation:
    return Calculation.model_validate({"id": "x", "label": "x", "count": str(count), "unit": unit, "who": "x", "what": "x", **more})


HAND_COUNTED = [
    # Twelve weekdays over Christmas, the Eve counted: 21 22 23 24 | 28 29 30 31 | 2 | 4 5 | 7 January.
    (rule(12, "weekday", first=True), date(2026, 12, 21), date(2027, 1, 7)),
    # Nine weekdays after 18 June 2026: 19 | 22 23 24 25 26 27 | 29 30. Midsummer Day, Saturday 20 June, is not counted.
    (rule(9, "weekday"), date(2026, 6, 18), date(2026, 6, 30)),
    # Ten office days after 21 December: 22 23 24 | 28 29 30 31 | 4 5 | 7 January.
    (rule(10, "office-day"), date(2026, 12, 21), date(2027, 1, 7)),
    # Thirty days from Wednesday 25 November end on Christmas Day; then Saturday and Sunday: Monday 28 December.
    (rule(30, "day", shift=True), date(2026, 11, 25), date(2026, 12, 28)),
    # A month from 19 May ends on Friday 19 June 2026, Midsummer Eve; the limit moves to Monday 22 June.
    (rule(1, "month", shift=True), date(2026, 5, 19), date(2026, 6, 22)),
    # There is no 31 February: the last day of the month.
    (rule(1, "month"), date(2027, 1, 31), date(2027, 2, 28)),
    # Six months from 24 June end on Christmas Eve 2026; then the holidays and Sunday: Monday 28 December.
    (rule(6, "month", shift=True), date(2026, 6, 24), date(2026, 12, 28)),
    (rule(26, "week", first=True), date(2027, 3, 1), date(2027, 8, 29)),
    (rule(-3, "month"), date(2027, 12, 31), date(2027, 9, 30)),
    # Ten months that begin on 1 March end on the last day of December, not on 1 January.
    (rule(10, "month", first=True), date(2027, 3, 1), date(2027, 12, 31)),
    # Six months that begin on 24 June end on 23 December, the day before Christmas Eve.
    (rule(6, "month", first=True), date(2026, 6, 24), date(2026, 12, 23)),
    # The day before the start.
    (rule(-1, "day"), date(2027, 3, 1), date(2027, 2, 28)),
    # 7 + 30 days of an appeal posted on 13 May 2026 end on Friday 19 June, Midsummer Eve; it moves over Midsummer to Monday 22 June.
    (rule(37, "day", shift=True), date(2026, 5, 13), date(2026, 6, 22)),
]


@pytest.mark.parametrize(("one", "start", "end"), HAND_COUNTED)
def test_hand_counted_examples(one, start, end):
    assert deadlines.compute(one, start) == end


def test_every_calculator_gives_its_worked_examples(calculators):
    assert len(calculators) >= 28
    for calculator in calculators.values():
        for example in calculator.examples:
            found = deadlines.results(calculator, example.start)
            assert {key: found[key] for key in example.results} == example.results, calculator.id


def rules_of(calculator) -> list[dict]:
    return [row.model_dump(include={"id", "base", "count", "unit", "first", "shift"}) for row in calculator.results]


def test_the_browser_counts_the_same_days(site_server, new_page, calculators):
    """All calculators on 200 starting days over eight years, Christmas and Midsummer weeks among them."""
    starts = [date(2024, 1, 1) + timedelta(days=13 * n) for n in range(180)]
    starts += [date(2026, 12, 18) + timedelta(days=n) for n in range(12)] + [date(2027, 6, 18) + timedelta(days=n) for n in range(12)]
    rules = {key: rules_of(calculator) for key, calculator in calculators.items()}
    expected = {
        key: [[day.isoformat() for day in deadlines.results(calculator, start).values()] for start in starts]
        for key, calculator in calculators.items()
    }
    page = new_page()
    page.goto(site_server + "laskurit/")
    found = page.evaluate(
        """async ([rules, starts]) => {
          const m = await import("../assets/deadlines.js");
          const all = {};
          for (const [key, list] of Object.entries(rules))
            all[key] = starts.map((s) => Object.values(m.results(list, m.parse(s))).map(m.iso));
          return all;
        }""",
        [rules, [start.isoformat() for start in starts]],
    )
    assert found == expected


def test_a_calculator_from_the_address_to_the_calendar_file(site_server, new_page):
    page = new_page(390, accept_downloads=True)
    page.goto(site_server + "laskurit/?laskuri=valitus&alku=2026-11-18")
    page.wait_for_url("**/laskurit/valitus/?alku=2026-11-18")
    section = page.locator("#laskuri")
    assert section.locator("[data-kk-row=maaraaika] time").inner_text() == "ma 28.12.2026"
    with page.expect_download() as download:
        section.get_by_role("button", name="Lataa kalenteriin").click()
    lines = download.value.path().read_bytes().decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261228" in lines
    assert all(len(line.encode()) <= 75 for line in lines)


def test_a_calculator_by_keyboard_keeps_its_day_in_the_address(site_server, new_page):
    page = new_page()
    page.goto(site_server + "laskurit/osasairauspaivaraha/")
    form = page.locator("form[data-kk-calculator=osasairauspaivaraha]")
    form.locator("input").fill("2026-12-21")
    form.locator("input").press("Enter")
    assert page.url.endswith("/laskurit/osasairauspaivaraha/?alku=2026-12-21")
    assert page.locator("[data-kk-row=vahintaan] time").inner_text() == "to 7.1.2027"
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_wrong_day_is_told_beside_the_field(site_server, new_page):
    page = new_page()
    page.goto(site_server + "laskurit/valitus/?alku=<img src=x>")
    form = page.locator("form[data-kk-calculator=valitus]")
    assert form.get_by_role("alert").inner_text().startswith("Anna päivä")
    form.get_by_role("button").click()
    assert page.evaluate("document.activeElement.name") == "alku"


def test_without_script_the_rules_and_an_example_are_there(site_server, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(site_server + "laskurit/#valitus")
    page.locator("#valitus a").click()
    page.get_by_text("30.12.2026").wait_for()
    assert not page.locator("form[data-kk-calculator]").first.is_visible()
