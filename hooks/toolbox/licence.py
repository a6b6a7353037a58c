"""The terms on which everything here may be used, as every published file says them."""

from __future__ import annotations

import json
from typing import Any

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.fi"
ATTRIBUTION = "Kaikki keinot käyttöön"
REGION_ATTRIBUTION = (
    f"{ATTRIBUTION}. Aluejaot ja väestö: Tilastokeskus, CC BY 4.0. "
    "Vesirajanaapurit: Maanmittauslaitos, CC BY 4.0. Verkkosivut: Wikidata, CC0."
)


def line(data_date: str) -> str:
    """Licence, source and date in one cell, for forms that have no envelope."""
    return f"{LICENCE}; {ATTRIBUTION}; tiedot {data_date}"


def json_text(value: Any) -> str:
    """A value as compact JSON and a line end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
