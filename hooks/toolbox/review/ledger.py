"""The ledger of freshness: what has been reviewed when, what is due, and what matters most.

A record's `review` says who (a role) compared what with which source and on which day. How
often that has to happen is data (`review-rhythms.yaml`). Everything here is counted from the
catalogue and a day; nothing is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .. import rules, text
from ..catalogue import Catalogue
from ..deadlines import add_months
from ..records import Review, Source, VocabularyEntry
from .records import Rhythm

# Sorts of record that are reviewed: the code of its rhythm, the kind in an address `kind:id`, heading, and the folder of its page.
# A measure's rhythm goes by its kind, and what has ended has a rhythm of its own.
REVIEWED: dict[str, tuple[str, str, str]] = {
    "measures": ("", "Keinot", "keinot/{}/"),
    "actors": ("actor", "Toimijat", "toimijat/{}/"),
    "figures": ("figure", "Rahamäärät ja rajat", "tietoa/luvut/#{}"),
    "appeals": ("appeal", "Muutoksenhaku", "muutoksenhaku/#{}"),
    "calculators": ("calculator", "Päivälaskurit", "laskurit/#{}"),
    "situations": ("situation", "Tilanteet", "tilanteet/{}/"),
    "payers": ("payer-order", "Maksajien järjestys", "kuka-maksaa/{}/"),
    "lookalikes": ("lookalike", "Samannimiset", "samannimiset/{}/"),
    "terms": ("term", "Sanasto", "sanasto/{}/"),
}
# How near a coming review counts as one to do next.
SOON_MONTHS = 2


@dataclass(frozen=True)
class Entry:
    """The state of one record.

    `unsourced` counts its claims marked `[?]`, `doubts` the doubts told to the reader and
    `links` how many times other records lead to it. `review` is None when nobody has stamped it.
    """

    key: str
    id: str
    name: str
    href: str
    code: str
    review: Review | None
    unsourced: int
    doubts: int
    links: int

    def overdue(self, today: date) -> bool:
        """Whether the day of the next review has passed, or there has been none."""
        return self.review is None or self.review.next < today

    def weight(self, today: date) -> int:
        """How much a check of this record is worth now: the larger, the sooner.

        Overdue 40 (and one more for each month late, up to 24), due within two months 20; a record
        without sources 15; each doubt 3 (up to 15) and each claim without a source 2 (up to 20);
        each link from another record 1 (up to 40). What has ended hurts nobody: a quarter.
        """
        late = 0
        if self.overdue(today):
            late = 40 + (min(24, max(0, (today - self.review.next).days // 30)) if self.review else 24)
        elif self.review and self.review.next <= add_months(today, SOON_MONTHS):
            late = 20
        bare = 15 if self.review and self.review.level == "unsourced" else 0
        total = late + bare + min(15, 3 * self.doubts) + min(20, 2 * self.unsourced) + min(40, self.links)
        return total // 4 if self.code == "ended" else total


def code_of(key: str, record) -> str:
    """The code by which the rhythm of a record is found: its kind, or that it has ended."""
    if getattr(record, "status", "") == "ended":
        return "ended"
    return REVIEWED[key][0] or record.kind


def rhythm_of(c: Catalogue, code: str) -> Rhythm | None:
    """The rhythm that covers a code, or None when the data has none."""
    return next((rhythm for rhythm in c.rhythms.values() if code in rhythm.covers), None)


def latest_next(rhythm: Rhythm, reviewed: date) -> date:
    """The last allowed day of the next review of what was reviewed on a day.

    What is checked before January is due on the last day of the year; in December it is checked for the year to come.
    """
    due = add_months(reviewed, rhythm.months)
    return min(due, date(reviewed.year + (reviewed.month == 12), 12, 31)) if rhythm.before_january else due


def entries(c: Catalogue) -> tuple[Entry, ...]:
    """Every reviewed record in the order of the files."""
    links: Counter[tuple[str, str]] = Counter()
    for key, record_id, _, target, value in rules.references(c):
        if (key, record_id) != (target, value):
            links[(target, value)] += 1
    found = []
    for key, (_, _, address) in REVIEWED.items():
        for record_id, record in getattr(c, key).items():
            name = record.name if isinstance(record.name, str) else record.name.fi
            unsourced = sum(text.UNSOURCED in text.cited(one) for _, one in rules.texts_of(record))
            doubts = len(getattr(record, "doubts", ()))
            href = address.format(record_id)
            code = code_of(key, record)
            found.append(Entry(key, record_id, name, href, code, record.review, unsourced, doubts, links[(key, record_id)]))
    return tuple(found)


def next_to_check(c: Catalogue, today: date) -> tuple[Entry, ...]:
    """All records, the one most worth a check first; equals in the order of the next review and then by id."""
    order = lambda e: (-e.weight(today), e.review.next if e.review else date.min, e.key, e.id)  # noqa: E731
    return tuple(sorted(entries(c), key=order))


def sources_of(key: str, record) -> tuple[Source, ...]:
    """The sources of a record. A figure has one for each value, the newest first."""
    return tuple(value.source for value in record.values) if key == "figures" else record.sources


def source_words(c: Catalogue, source: Source) -> tuple[str, str]:
    """A source as its title (with section) and its address, or an empty address."""
    if source.act:
        act = c.acts[source.act]
        title = (act.short or act.name) + (f" {act.number}" if act.number and act.number not in act.name else "")
        return title + (f", {source.section}" if source.section else ""), act.url or ""
    return f"{source.publisher}: {source.title}", source.url or ""


def claims_of(key: str, record) -> Iterator[tuple[str, str]]:
    """Field path and text of each statement that a reviewer compares with a source."""
    if key == "figures":
        for i, value in enumerate(record.values):
            until = f"–{value.valid_to}" if value.valid_to else " alkaen"
            yield f"values[{i}]", f"{record.name}: {value.value}, {value.valid_from}{until}"
        return
    yield from rules.texts_of(record)


def role(c: Catalogue, name: str) -> VocabularyEntry | None:
    """The role of a reviewer by its code or its Finnish name."""
    folded = name.strip().casefold()
    return next((e for e in c.vocabulary.reviewer_roles if folded in (e.code, e.label.casefold())), None)
