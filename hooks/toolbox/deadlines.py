"""Counting of days as the acts count them: weekdays, calendar days, months, the maximum period.

The same rules run in the browser (`overrides/assets/deadlines.js`); the worked examples of
`data/calculators.yaml` are run through both.

- weekday (arkipäivä): Monday to Saturday without Sundays and public holidays (SVL 1:4 §).
- office day: Monday to Friday without public holidays.
- a limit for doing something moves to the next office day when it would end on a Saturday, a
  Sunday, a public holiday, Independence Day, May Day, Christmas Eve or Midsummer Eve (150/1930 5 §).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from .records import Calculation, Calculator

ONE = timedelta(days=1)


@lru_cache
def easter(year: int) -> date:
    """Easter Sunday of a year (Gregorian, the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache
def holidays(year: int) -> frozenset[date]:
    """Public holidays of a year in Finland. Midsummer Day and All Saints' Day are Saturdays."""
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    all_saints = _saturday_from(date(year, 10, 31))
    fixed = [(1, 1), (1, 6), (5, 1), (12, 6), (12, 25), (12, 26)]
    movable = [sunday - 2 * ONE, sunday, sunday + ONE, sunday + 39 * ONE, sunday + 49 * ONE, midsummer, all_saints]
    return frozenset([date(year, month, day) for month, day in fixed] + movable)


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def is_weekday(day: date) -> bool:
    """Monday to Saturday, not a public holiday."""
    return day.weekday() < 6 and day not in holidays(day.year)


def is_office_day(day: date) -> bool:
    """Monday to Friday, not a public holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def is_open(day: date) -> bool:
    """A day on which a time limit may end: an office day that is not Christmas Eve or Midsummer Eve."""
    midsummer_eve = _saturday_from(date(day.year, 6, 20)) - ONE
    return is_office_day(day) and (day.month, day.day) != (12, 24) and day != midsummer_eve


def nth(start: date, count: int, counts: Callable[[date], bool], *, first: bool) -> date:
    """The day on which `count` counted days are full; `first` counts the start day itself."""
    day = start if first else start + ONE
    left = count
    while True:
        left -= counts(day)
        if left == 0:
            return day
        day += ONE


def add_months(day: date, count: int) -> date:
    """The same day of a later (or earlier) month, or its last day when there is no such day."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), end_of_month(date(year, month + 1, 1)))


def end_of_month(day: date) -> date:
    """The last day of the month of a day."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - ONE


def compute(rule: Calculation, base: date) -> date:
    """The result of one rule from its base day. Units are those of the record."""
    match rule.unit:
        case "weekday":
            day = nth(base, rule.count, is_weekday, first=rule.first)
        case "office-day":
            day = nth(base, rule.count, is_office_day, first=rule.first)
        case "day":
            day = base + timedelta(days=rule.count - (1 if rule.first else 0))
        case "week":
            day = base + timedelta(weeks=rule.count) - (ONE if rule.first else timedelta())
        case "month":
            day = add_months(base, rule.count) - (ONE if rule.first else timedelta())
        case "maximum-period":
            # Full at the end of the month before the month in which the count would be reached (SVL 8:8 §).
            reached = nth(base, rule.count, is_weekday, first=True)
            day = date(reached.year, reached.month, 1) - ONE
    if rule.shift:
        while not is_open(day):
            day += ONE
    return day


def results(calculator: Calculator, start: date) -> dict[str, date]:
    """Every result of a calculator, in its order; a result may be counted from an earlier one."""
    found: dict[str, date] = {"start": start}
    for rule in calculator.results:
        found[rule.id] = compute(rule, found[rule.base])
    return {rule.id: found[rule.id] for rule in calculator.results}
