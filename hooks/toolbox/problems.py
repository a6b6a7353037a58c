"""Problems are values: where, what is wrong, how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

# How many warnings of one kind are printed.
SHOWN_WARNINGS = 3


@dataclass(frozen=True, order=True)
class Problem:
    """One thing an editor has to mend (or, as a warning, to think about).

    `file` is relative to the project, `line` counts from 1 (0: the whole file),
    `message` names the record and the field, `remedy` says what to do.
    """

    file: str
    line: int
    message: str
    remedy: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")


class DataError(Exception):
    """The data can not be published. `problems` holds all of them, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} virhettä tiedoissa")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word as a question, or an empty string when nothing is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'tarkoititko "{near[0]}"?' if near else ""


def report(problems: Iterable[Problem]) -> str:
    """All problems as lines, errors first, and a closing line with the counts."""
    ordered = sorted(set(problems), key=lambda p: (p.warning, p))
    errors = sum(not p.warning for p in ordered)
    lines = [str(p) for p in ordered if not p.warning]
    alike: dict[str, list[Problem]] = {}
    for p in (p for p in ordered if p.warning):
        alike.setdefault(p.message.rpartition(": ")[2], []).append(p)
    for group in alike.values():
        # Many warnings of one kind hide the others: the first ones and how many more there are.
        lines += [f"varoitus: {p}" for p in group[:SHOWN_WARNINGS]]
        if len(group) > SHOWN_WARNINGS:
            lines.append(f"varoitus: … ja {len(group) - SHOWN_WARNINGS} muuta samanlaista")
    lines.append(f"{errors} virhettä, {len(ordered) - errors} varoitusta")
    return "\n".join(lines)
