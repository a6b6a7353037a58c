"""What to check next, in words for a terminal: the claims of a record with the source beside each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import text, wording
from ..catalogue import SORT, Catalogue
from . import ledger


def report(c: Catalogue, today: date, limit: int) -> str:
    """The `limit` records most worth a check, the most important first, and how many wait in all."""
    queue = ledger.next_to_check(c, today)
    lines = [line for number, entry in enumerate(queue[:limit], 1) for line in _record(c, entry, number, today)]
    late = sum(entry.overdue(today) for entry in queue)
    bare = sum(entry.unsourced for entry in queue)
    doubts = sum(entry.doubts for entry in queue)
    lines.append(f"{len(queue)} tietuetta, {late} myöhässä. Väitteitä ilman lähdettä {bare}, epävarmoja kohtia {doubts}.")
    lines.append("Lisää: make review n=50")
    return "\n".join(lines)


def why(entry: ledger.Entry, today: date) -> str:
    """Why a record is on the list, in words."""
    parts = []
    if entry.review is None:
        parts.append("ei merkitty tarkistetuksi")
    else:
        parts.append(f"{'myöhässä, piti tarkistaa' if entry.overdue(today) else 'tarkista viimeistään'} {wording.day(entry.review.next)}")
    if entry.unsourced:
        parts.append(wording.count(entry.unsourced, "väite", "väitettä") + " ilman lähdettä")
    if entry.doubts:
        parts.append(wording.count(entry.doubts, "epävarma kohta", "epävarmaa kohtaa"))
    parts.append(wording.count(entry.links, "viittaus tähän", "viittausta tähän"))
    return ", ".join(parts).replace(wording.NBSP, " ")


def _record(c: Catalogue, entry: ledger.Entry, number: int, today: date) -> Iterator[str]:
    origin = c.origin(entry.key, entry.id)
    record = getattr(c, entry.key)[entry.id]
    yield f"{number}. {entry.name} ({SORT[entry.key].label} {entry.id}), {origin.file}:{origin.line()}"
    yield f"   {why(entry, today)}"
    claims = list(ledger.claims_of(entry.key, record))
    for doubt in getattr(record, "doubts", ()):
        yield f"   Epävarma, kysy {doubt.ask}: {text.plain(doubt.text)}"
    bare = [(path, one) for path, one in claims if text.UNSOURCED in text.cited(one)]
    if bare:
        yield "   Ilman lähdettä:"
        yield from (f"     {origin.line(path)}: {_shown(c, one)}" for path, one in bare)
    for index, source in enumerate(ledger.sources_of(entry.key, record)):
        title, address = ledger.source_words(c, source)
        yield f"   Lähde {source.key or source.act or index + 1}: {title} ({wording.dated(source.dated)}) {address}".rstrip()
        cited = [(path, one) for path, one in claims if source.key and source.key in text.cited(one)]
        if entry.key == "figures":
            cited = claims[index : index + 1]
        yield from (f"     {origin.line(path)}: {_shown(c, one)}" for path, one in cited)
    yield f"   Kun olet verrannut: make reviewed id={entry.id} source=… by=…"
    yield ""


def _shown(c: Catalogue, one: str) -> str:
    figures = {i: f"{c.figures[i].values[0].value}" for i in text.figures_in(one) if i in c.figures}
    return text.plain(one, figures)
