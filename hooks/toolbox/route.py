"""The picture of a guide's path: its stages as stops on a line, drawn at build time.

One drawing serves every width. Each stage is a block of its own with its lines already broken;
without a style sheet the blocks stand below each other, and on a wide screen and on paper the
style sheet (`assets/guide.css`) moves the same blocks beside each other. All lengths are CSS pixels.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from .hyphens import SOFT_HYPHEN

# Width of the text of a block, and the gap below the last line of a block.
WIDTH = 256
GAP = 20
# On a wide screen the height of a row is one of these steps, so that the style sheet can know it.
STEP = 24
# Advance widths of the site's typeface in thousandths of its size; what is not listed counts as wide.
_WIDTHS = {
    200: " ", 250: "ij',.:;l", 265: "I", 290: "!f", 311: "()-", 340: "t", 350: "r/", 425: "s*z?\"", 467: "xcvy", 480: "YJ–L",
    497: "Fkeé+0123456789=", 515: "agåäXV", 540: "ESTZoöA", 550: "huÅÄnbdpq", 575: "PRCK", 617: "BDG", 652: "UNH&", 664: "OQÖ",
    719: "w", 727: "M",
}  # fmt: skip
_WIDTH = {char: width for width, chars in _WIDTHS.items() for char in chars}
_WIDEST = 838
BOLD = 1.07
# The reader may have another typeface for a moment or for good: a few hundredths to spare.
_SPARE = 1.03


def width(value: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is about, in the pixels of its font size."""
    return sum(_WIDTH.get(char, _WIDEST) for char in value) / 1000 * size * (BOLD if bold else 1) * _SPARE


def wrap(value: str, size: float, *, bold: bool = False, room: float = WIDTH) -> tuple[str, ...]:
    """A text as lines that fit the room. A word longer than a line is cut with a hyphen."""
    lines: list[str] = []
    for word in value.replace(SOFT_HYPHEN, "").split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size, bold=bold) <= room:
            lines[-1] = joined
            continue
        # Any word of more letters than this is too long; the rest of it need not be measured to know that.
        most = int(room / width("i", size, bold=bold)) + 1
        start = 0
        while width(word[start : start + most], size, bold=bold) > room:
            piece = word[start : start + most]
            ends = list(accumulate(width(char, size, bold=bold) for char in piece))
            fits = max(1, bisect_right(ends, room - width("-", size, bold=bold)))
            lines.append(piece[:fits] + "-")
            start += fits
        lines.append(word[start:])
    return tuple(lines)


def opening(value: str, room: int) -> str:
    """The first sentence of a text and those after it that fit `room` characters: never cut in the middle."""
    first, *rest = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", value.strip())
    for sentence in rest:
        if len(first) + len(sentence) >= room:
            break
        first += f" {sentence}"
    return first


@dataclass(frozen=True)
class Line:
    """A line of text: its place below the top of the text, its style in the style sheet, its words."""

    y: int
    style: str
    text: str


@dataclass(frozen=True)
class Stop:
    """One stage in the picture. `top` is its place in the picture of one column, `height` that of its text."""

    anchor: str
    top: int
    height: int
    limit: bool
    then: str
    lines: tuple[Line, ...]
    # The ground of the income lines: its top and height.
    ground: tuple[int, int]

    @property
    def pitch(self) -> int:
        """From this stop to the next one below it."""
        return self.height + GAP


@dataclass(frozen=True)
class Route:
    """The whole picture. `row` is the class of the height of a row on a wide screen."""

    stops: tuple[Stop, ...]
    height: int
    row: int

    @property
    def rails(self) -> tuple[tuple[int, int], ...]:
        """The whole lines between stops in the picture of one column: top and length. Alternatives have lines of their own."""
        pairs = [(stop.top + 13, stop.pitch) for stop in self.stops if stop.then == "next"]
        joined: list[tuple[int, int]] = []
        for top, length in pairs:
            if joined and sum(joined[-1]) == top:
                joined[-1] = (joined[-1][0], joined[-1][1] + length)
            else:
                joined.append((top, length))
        return tuple(joined)

    @property
    def count(self) -> int:
        """How many stages there are."""
        return len(self.stops)


@dataclass(frozen=True)
class StageText:
    """What the picture tells of a stage, in plain words."""

    anchor: str
    name: str
    day: str
    when: str
    who: str
    income: str
    limit: bool
    then: str


# Style: size of the font, height of a line, bold. The same sizes stand in the style sheet.
_STYLES = {"d": (22, 26, True), "n": (17, 21, True), "l": (15, 19, True), "": (15, 19, False), "i": (15, 19, False)}
LIMIT_WORDS = "Ehdoton määräaika"


def route(stages: tuple[StageText, ...]) -> Route:
    """The picture of the stages in their order."""
    blocks = [_block(stage) for stage in stages]
    tops = [0, *accumulate(height + GAP for _, height, _ in blocks)]
    stops = tuple(
        Stop(stage.anchor, top, height, stage.limit, stage.then, lines, ground)
        for stage, (lines, height, ground), top in zip(stages, blocks, tops, strict=False)
    )
    tallest = max((height for _, height, _ in blocks), default=0)
    return Route(stops, tops[-1], -(-tallest // STEP))


def _block(stage: StageText) -> tuple[tuple[Line, ...], int, tuple[int, int]]:
    """The lines of a stage, the height of them all, and the ground of its income."""
    lines: list[Line] = []
    y = 0
    ground = (0, 0)
    for style, value in _parts(stage):
        size, leading, bold = _STYLES[style]
        if style == "i":
            y += 6
        top, inset = y, 8 if style == "i" else 0
        for words in wrap(value, size, bold=bold, room=WIDTH - 2 * inset):
            y += leading
            lines.append(Line(y - leading // 4, style, words))
        if style == "i":
            ground = (top, y - top + 6)
            y += 6
        elif style in ("d", "n"):
            y += 2
    return tuple(lines), y, ground


def _parts(stage: StageText) -> Iterator[tuple[str, str]]:
    if stage.day:
        yield "d", stage.day
    yield "n", stage.name
    if stage.limit:
        yield "l", LIMIT_WORDS
    yield "", stage.when
    if stage.who:
        yield "", f"Kuka: {stage.who}"
    yield "i", f"Tulot: {stage.income}"
