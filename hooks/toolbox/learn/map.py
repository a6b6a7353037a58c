"""The map of the service system: who does what for whom, and who leads to whom. All of it is counted from the records."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .. import wording
from ..records import Measure
from ..views import FINDER_ACTORS, LinkView, Maker, Rich

# How many actors a branch of the picture shows; the rest are one link away.
SHOWN = 5
# Sizes of the picture in its own units: about pixels on a wide screen.
WIDTH, ROW, GAP, TOP = 1240, 30, 22, 16
BOX, BRANCH_X, ACTOR_X = 196, 192, 146
CENTRE = 84


@dataclass(frozen=True)
class Node:
    """An actor on a branch: how many measures it decides or provides there."""

    name: str
    href: str
    count: int
    label: str
    y: int
    radius: float


@dataclass(frozen=True)
class Branch:
    """A phase or a need and the actors that do most in it. `x`, `y` are the middle of its box."""

    name: str
    href: str
    count: str
    nodes: tuple[Node, ...]
    rest: str
    left: bool
    x: int
    y: int

    @property
    def actor_x(self) -> int:
        """The middle of the actors' circles."""
        return self.x - ACTOR_X if self.left else self.x + ACTOR_X


@dataclass(frozen=True)
class Picture:
    id: str
    title: str
    branches: tuple[Branch, ...]
    width: int
    height: int
    box: int


@dataclass(frozen=True)
class Flow:
    """One actor: who leads clients to it, to whom it leads them, what papers its decisions need, what is not its task."""

    name: str
    href: str
    id: str
    inward: tuple[LinkView, ...]
    outward: tuple[LinkView, ...]
    papers: tuple[LinkView, ...]
    elsewhere: tuple[Rich, ...]


def _folded(maker: Maker, ids: Iterable[str]) -> tuple[str, ...]:
    """Actors, a member of a group as its group: the shared measures are told there."""
    actors = maker.c.actors
    return tuple(dict.fromkeys(actors[i].group or i for i in ids if i in actors))


def _live(maker: Maker) -> list[Measure]:
    return [m for m in maker.c.measures.values() if m.status == "in-force"]


def pictures(maker: Maker) -> tuple[Picture, Picture]:
    """The two pictures: by phase of working life, and by need. Their ids are the last parts of their addresses."""
    return (
        _picture(maker, "vaiheet", "Kuka tekee mitä työuran vaiheissa", "phases", "vaihe"),
        _picture(maker, "tarpeet", "Kuka vastaa mihinkin tarpeeseen", "needs", "tarve"),
    )


def _picture(maker: Maker, folder: str, title: str, group: str, part: str) -> Picture:
    found = []
    for entry in getattr(maker.c.vocabulary, group):
        measures = [m for m in _live(maker) if entry.code in getattr(m, group)]
        counted = Counter(actor for m in measures for actor in _folded(maker, (*m.decided_by, *m.provided_by)))
        ranked = sorted(counted.items(), key=lambda row: (-row[1], wording.sort_key(maker.c.actors[row[0]].name.fi)))
        if measures:
            found.append((entry, len(measures), ranked))
    half = math.ceil(len(found) / 2)
    sides = (found[:half], found[half:])
    heights = [sum(max(len(ranked[:SHOWN]), 2) * ROW + GAP for _, _, ranked in side) for side in sides]
    height = max(*heights, 3 * CENTRE) + 2 * TOP
    branches = []
    for side, total, left in zip(sides, heights, (True, False), strict=True):
        y = (height - total) // 2
        for entry, count, ranked in side:
            shown = ranked[:SHOWN]
            rows = max(len(shown), 2)
            first = y + GAP // 2 + ROW // 2 + (rows - len(shown)) * ROW // 2
            nodes = tuple(
                Node(
                    maker.c.actors[actor].name.fi,
                    f"keinot/?{part}={entry.slug}&toimija={actor}" if actor in FINDER_ACTORS else maker.href(actor),
                    n,
                    f"{maker.c.actors[actor].name.fi}, {entry.label.lower()}: {wording.count(n, 'keino', 'keinoa')}",
                    first + i * ROW,
                    round(5 + math.sqrt(n) * 1.1, 1),
                )
                for i, (actor, n) in enumerate(shown)
            )
            more = len(ranked) - len(shown)
            branches.append(
                Branch(
                    entry.label,
                    f"keinot/{folder}/{entry.slug}/",
                    wording.count(count, "keino", "keinoa"),
                    nodes,
                    f"ja {wording.count(more, 'muu toimija', 'muuta toimijaa')}" if more else "",
                    left,
                    WIDTH // 2 + (-BRANCH_X if left else BRANCH_X),
                    y + (rows * ROW + GAP) // 2,
                )
            )
            y += rows * ROW + GAP
    return Picture(folder, title, tuple(branches), WIDTH, height, BOX)


# How many actors and how many rows of each kind the page of flows tells.
FLOW_ACTORS, FLOW_ROWS = 12, 6


def flows(maker: Maker) -> tuple[Flow, ...]:
    """Who leads to whom, counted from the fields advised_by and decided_by, and what the deciders ask to see."""
    c = maker.c
    led: Counter[tuple[str, str]] = Counter()
    for m in _live(maker):
        for guide in _folded(maker, m.advised_by):
            for decider in _folded(maker, m.decided_by or m.provided_by):
                if guide != decider:
                    led[guide, decider] += 1
    weight: Counter[str] = Counter()
    for (guide, decider), n in led.items():
        weight[guide] += n
        weight[decider] += n
    name = lambda i: c.actors[i].name.fi  # noqa: E731
    chosen = sorted(sorted(weight, key=lambda i: (-weight[i], i))[:FLOW_ACTORS], key=lambda i: wording.sort_key(name(i)))

    def top(rows: dict[str, int]) -> tuple[LinkView, ...]:
        ordered = sorted(rows.items(), key=lambda row: (-row[1], wording.sort_key(name(row[0]))))[:FLOW_ROWS]
        return tuple(LinkView(name(i), maker.href(i), wording.count(n, "keino", "keinoa")) for i, n in ordered)

    made = []
    for i in chosen:
        papers: dict[str, list[Measure]] = {}
        for m in _live(maker):
            if i in _folded(maker, m.decided_by) and m.facts and m.facts.needed.value:
                papers.setdefault(maker.plain(m.facts.needed.value), []).append(m)
        common = sorted(papers.items(), key=lambda row: (-len(row[1]), row[0]))[:FLOW_ROWS]
        made.append(
            Flow(
                name(i),
                maker.href(i),
                i,
                top({guide: n for (guide, decider), n in led.items() if decider == i}),
                top({decider: n for (guide, decider), n in led.items() if guide == i}),
                tuple(
                    LinkView(measures[0].name.fi, maker.href(measures[0].id), paper, str(len(measures) - 1) if len(measures) > 1 else "")
                    for paper, measures in common
                ),
                tuple(maker.rich(one) for one in c.actors[i].not_tasks[:FLOW_ROWS]),
            )
        )
    return tuple(made)
