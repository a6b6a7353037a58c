"""Map shapes: outlines of municipalities in, outlines of any group of them and SVG paths out.

The shapes share their border points exactly, so the outline of an area is what is left when
the borders inside it cancel out. Areas need no shapes of their own, and a municipality that
changes its area changes the map without a new drawing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from ..problems import Problem

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Shapes:
    """Outlines by municipality id, north up, whole numbers from the top left corner."""

    width: int = 0
    height: int = 0
    attribution: str = ""
    outlines: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def grown(self, share: float) -> Box:
        """With a margin on each side, as a share of the longer side."""
        margin = round(max(self.width, self.height) * share)
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def inside(self, other: Box) -> bool:
        return self.left >= other.left and self.top >= other.top and self.right <= other.right and self.bottom <= other.bottom

    def __str__(self) -> str:
        return f"{self.left} {self.top} {self.width} {self.height}"


def read_shapes(path: Path, shown_as: str) -> tuple[Shapes, tuple[Problem, ...]]:
    """The file of shapes. A ring is its first point and steps from point to point."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        outlines = {name: tuple(_ring(ring) for ring in rings) for name, rings in raw["outlines"].items()}
        return Shapes(raw["width"], raw["height"], raw["attribution"], outlines), ()
    except FileNotFoundError:
        return Shapes(), (Problem(shown_as, 0, "tiedosto puuttuu", "palauta tiedosto"),)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Shapes(), (Problem(shown_as, 0, "karttamuotojen tiedosto on rikki", "palauta aiempi versio"),)


def _ring(steps: list[int]) -> Ring:
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return tuple(points)


def packed(ring: Ring) -> list[int]:
    """A ring as it stands in the file."""
    steps, last = [], (0, 0)
    for point in ring:
        steps += [point[0] - last[0], point[1] - last[1]]
        last = point
    return steps


def outline(shapes: Shapes, ids: Iterable[str]) -> tuple[Ring, ...]:
    """The outer borders of municipalities together. An id without a shape is left out."""
    edges: dict[tuple[Point, Point], None] = {}
    for name in ids:
        for ring in shapes.outlines.get(name, ()):
            for a, b in pairwise((*ring, ring[0])):
                if a == b:
                    continue
                if (b, a) in edges:
                    del edges[(b, a)]
                else:
                    edges[(a, b)] = None
    following: dict[Point, list[Point]] = {}
    for a, b in edges:
        following.setdefault(a, []).append(b)
    rings = []
    while following:
        start = here = next(iter(following))
        ring = [start]
        while here in following:
            there = following[here].pop()
            if not following[here]:
                del following[here]
            if there == start:
                break
            ring.append(there)
            here = there
        rings.append(tuple(ring))
    return tuple(rings)


def path(rings: Iterable[Ring]) -> str:
    """The `d` of an SVG path, with short relative steps."""
    parts = []
    for ring in rings:
        (x, y), *rest = ring
        steps, last = [], (x, y)
        for point in rest:
            steps.append(f"{point[0] - last[0]},{point[1] - last[1]}")
            last = point
        parts.append(f"M{x},{y}l{' '.join(steps)}z".replace(",-", "-").replace(" -", "-"))
    return "".join(parts)


def box(rings: Iterable[Ring]) -> Box:
    """The smallest upright box around rings."""
    points = [point for ring in rings for point in ring] or [(0, 0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
