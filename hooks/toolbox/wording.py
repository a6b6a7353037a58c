"""Finnish wording of dates, numbers and counts. Nothing here asks the clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

NBSP = "\u00a0"


def day(value: date) -> str:
    """22.11.2026"""
    return f"{value.day}.{value.month}.{value.year}"


def dated(value: str) -> str:
    """The date of a source: 2026-04-27 → 27.4.2026, 2026-04 → 4/2026, undated → päiväämätön."""
    parts = value.split("-")
    if value == "undated":
        return "päiväämätön"
    return (
        ".".join(part.lstrip("0") for part in reversed(parts))
        if len(parts) == 3
        else "/".join(part.lstrip("0") for part in reversed(parts))
    )


def number(value: Decimal) -> str:
    """1234.5 → 1 234,50 (two decimals when there are any), with no-break spaces."""
    if value == value.to_integral_value():
        whole, decimals = str(int(value)), ""
    else:
        whole, _, decimals = str(value).partition(".")
        decimals = "," + (decimals.ljust(2, "0") if len(decimals) < 2 else decimals)
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return sign + NBSP.join(groups) + decimals


def amount(value: Decimal, unit: str) -> str:
    """31.99, "€/arkipäivä" → 31,99 €/arkipäivä, never broken across lines."""
    return f"{number(value)}{NBSP}{unit}" if unit else number(value)


def count(number_of: int, one: str, many: str) -> str:
    """1 keino, 61 keinoa"""
    return f"{number_of}{NBSP}{one if number_of == 1 else many}"


def joined(words: list[str] | tuple[str, ...]) -> str:
    """a, b ja c"""
    words = list(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " ja " + words[-1] if words else ""


def lower_first(name: str) -> str:
    """Työnantaja → työnantaja"""
    return name[:1].lower() + name[1:]


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
_ORDER = {letter: 100 + index for index, letter in enumerate(ALPHABET.lower())}


@cache
def sort_key(name: str) -> tuple[int, ...]:
    """The Finnish alphabet: å, ä and ö after z, digits first, v and w apart."""
    return tuple(_ORDER.get(char, 1 if not char.isalnum() else 50 + ord(char) % 10) for char in name.casefold())


def initial(name: str) -> str:
    """The letter under which a name stands in an A–Ö list; digits stand under 0–9."""
    letter = name[0].upper()
    return letter if letter in ALPHABET else "0–9"
