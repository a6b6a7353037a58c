"""The yearly change as a whole: read the table, plan, and check the data as they would be."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import catalogue as reading
from .. import publish, rules
from ..problems import Problem
from . import table as municipal_table

FILE = "data/regions/municipalities.yaml"


@dataclass(frozen=True)
class Outcome:
    """What would change, the file as it would be, and every problem on the way."""

    changes: tuple[str, ...]
    text: str
    problems: tuple[Problem, ...]


def change(root: Path, today: date, table: Path, since: date, merged: tuple[str, ...] = ()) -> Outcome:
    """What a table that holds from a day on makes of the data of a project. Writes nothing into it.

    `merged` has pairs of codes such as `123=456`: the first municipality became part of the second.
    """
    known, problems = reading.load(root / "data")
    if known is None or rules.errors(problems):
        return Outcome((), "", problems)
    rows, problems = municipal_table.read(table)
    if problems:
        return Outcome((), "", problems)
    pairs = dict(pair.split("=", 1) for pair in merged if "=" in pair)
    plan = municipal_table.plan(known, rows, since, pairs, table.name)
    text = municipal_table.dump(plan.municipalities)
    if plan.problems:
        return Outcome(plan.changes, text, plan.problems)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        shutil.copytree(root / "data", copy / "data")
        (copy / FILE).write_text(text, "utf-8", newline="\n")
        # Both today and on the day of the change every rule has to hold.
        found = {p for day in (today, since) for p in publish.check(copy, day)[1] if not p.warning}
        before = {p for p in publish.check(root, today)[1] if not p.warning}
    return Outcome(plan.changes, text, tuple(sorted(p for p in found if p not in before or p.file == FILE)))
