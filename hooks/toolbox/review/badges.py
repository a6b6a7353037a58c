"""Small pictures of the state of a measure, for pages of others: level, day and next review.

One SVG a measure. It is drawn from the data of the build: whoever shows it sees the day,
so an old copy tells that it is old.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .. import wording

if TYPE_CHECKING:
    from datetime import date

    from ..catalogue import Catalogue
    from ..records import Measure

NAME = "Kaikki keinot"
# Ground of the right half by state: white text on each has a contrast of at least 4.5.
COLOURS = {"verified": "#1d6b3f", "compiled": "#31464f", "unsourced": "#8a4b00", "overdue": "#a3262e"}
# The mean width of a letter at this size in the plain sans-serif fonts; textLength makes the text fit exactly.
LETTER = 6.4


def files(c: Catalogue, today: date) -> Iterator[tuple[str, str]]:
    """(address, SVG text) of every measure's badge."""
    for measure in c.measures.values():
        yield f"api/v1/badges/{measure.id}.svg", svg(c, measure, today)


def words(c: Catalogue, measure: Measure, today: date) -> tuple[str, str]:
    """What the badge says, and the whole of it for those who do not see it."""
    review = measure.review
    level = c.label("review_levels", review.level)
    said = f"{level} {wording.day(review.date)}"
    late = review.next < today
    if late:
        said += ", tarkistus myöhässä"
    due = f"{'Tarkistus on myöhässä: se oli määrä tehdä' if late else 'Tarkistetaan'} viimeistään {wording.day(review.next)}."
    return said, f"{NAME}: {measure.name.fi}. {level} {wording.day(review.date)}. {due}"


def svg(c: Catalogue, measure: Measure, today: date) -> str:
    """The badge as SVG: plain shapes and text, nothing that runs or is fetched."""
    said, whole = words(c, measure, today)
    left, right = round(len(NAME) * LETTER), round(len(said) * LETTER)
    middle, width = left + 16, left + right + 32
    colour = COLOURS["overdue" if measure.review.next < today else measure.review.level]
    label = escape(whole, {'"': "&quot;"})
    name = f"M3 0h{middle - 3}v24H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="24" role="img" aria-label="{label}">'
        f"<title>{escape(whole)}</title>"
        f'<rect width="{width}" height="24" rx="3" fill="{colour}"/><path d="{name}" fill="#12343f"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="8" y="16" textLength="{left}">{NAME}</text>'
        f'<text x="{middle + 8}" y="16" textLength="{right}">{escape(said)}</text></g></svg>\n'
    )
