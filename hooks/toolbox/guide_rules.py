"""Rules of the guides by situation as a whole. See `rules` for their form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .catalogue import Catalogue
from .problems import Problem
from .rulebook import RuleBook

_book = RuleBook()
rule, check = _book.rule, _book.check


@rule
def measures_are_in_a_guide(c: Catalogue, today: date) -> Iterator[Problem]:
    """Voimassa oleva keino on ainakin yhden tilanteen polussa tai kertoo, miksi ei."""
    if c.broken.get("situations"):
        return
    guided = {i for situation in c.situations.values() for i in situation.measure_ids()}
    for record_id, m in c.measures.items():
        origin = c.origin("measures", record_id)
        if m.no_guide:
            if record_id in guided or m.status != "in-force":
                why = "keino on jo polussa" if record_id in guided else "keino ei ole voimassa"
                yield origin.problem(f"syy on turha: {why}", "poista kenttä no_guide", "no_guide")
        elif m.status == "in-force" and record_id not in guided:
            yield origin.problem(
                "keino ei ole yhdenkään tilanteen polussa",
                "lisää se tiedostoon situations.yaml tai kerro syy kentässä no_guide",
                "id",
            )
