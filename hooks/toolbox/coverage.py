"""What the catalogue covers and how much of it rests on sources: numbers for `make check` and a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from . import text
from .catalogue import Catalogue
from .rules import needs_a_source


@dataclass(frozen=True)
class Table:
    """Counts under one heading, largest first."""

    title: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Coverage:
    """Numbers of the whole catalogue.

    `claims` counts statements on condition, money, time limit, income, refusal and change;
    of them `sourced` cite a source or show a figure, `unsourced` say openly that they have none.
    `secondary` of the sourced rest on second-hand sources only.
    """

    tables: tuple[Table, ...]
    claims: int
    sourced: int
    unsourced: int
    secondary: int
    doubts: int
    sources: int
    pairs: int
    sourced_pairs: int

    @property
    def share(self) -> int:
        """Whole percent of claims with a source."""
        return round(100 * self.sourced / self.claims) if self.claims else 0


def measure_coverage(c: Catalogue) -> Coverage:
    """Count what there is. The same catalogue always gives the same numbers."""
    measures = c.measures.values()
    claims = sourced = unsourced = secondary = 0
    for m in measures:
        second_hand = {source.key for source in m.sources if c.is_secondary(source)}
        for path, texts in m.claims().items():
            if not needs_a_source(path):
                continue
            cited = {key for one in texts for key in text.cited(one)}
            figures = any(text.figures_in(one) for one in texts)
            claims += 1
            if cited - {text.UNSOURCED} or figures:
                sourced += 1
                secondary += not figures and cited - {text.UNSOURCED} <= second_hand
            else:
                unsourced += 1
    providers = Counter(a for m in measures for a in {*m.decided_by, *m.provided_by})
    tables = (
        Table("Keinot lajeittain", _counts(c, "kinds", (m.kind for m in measures))),
        Table("Keinot tarpeittain", _counts(c, "needs", (need for m in measures for need in m.needs))),
        Table("Keinot vaiheittain", _counts(c, "phases", (phase for m in measures for phase in m.phases))),
        Table("Keinot tiloittain", _counts(c, "statuses", (m.status for m in measures))),
        Table("Keinot tarkistuksen tason mukaan", _counts(c, "review_levels", (m.review.level for m in measures))),
        Table(
            "Toimijat, joilla on eniten keinoja",
            tuple((c.actors[i].name.fi if i in c.actors else i, n) for i, n in sorted(providers.items(), key=lambda x: (-x[1], x[0]))[:12]),
        ),
    )
    pairs = c.combinations.values()
    return Coverage(
        tables,
        claims,
        sourced,
        unsourced,
        secondary,
        sum(len(m.doubts) for m in measures),
        sum(len(m.sources) for m in measures),
        len(pairs),
        sum(bool(pair.sources) for pair in pairs),
    )


def _counts(c: Catalogue, group: str, codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found = Counter(codes)
    return tuple((entry.label, found[entry.code]) for entry in getattr(c.vocabulary, group) if found[entry.code])


def in_words(coverage: Coverage) -> str:
    """The report as lines for a terminal."""
    lines = [f"{table.title}: " + ", ".join(f"{label} {count}" for label, count in table.rows) for table in coverage.tables]
    lines.append(
        f"Väitteet ehdosta, rahasta, ajasta, tuloista ja muutoksista: {coverage.claims}, lähde {coverage.sourced} ({coverage.share} %), "
        f"ilman lähdettä {coverage.unsourced} (merkitty), vain toissijainen lähde {coverage.secondary}"
    )
    lines.append(
        f"Epävarmoja kohtia kerrottu lukijalle: {coverage.doubts}. Lähteitä: {coverage.sources}. "
        f"Keinopareja: {coverage.pairs}, lähde {coverage.sourced_pairs}."
    )
    return "\n".join(lines)
