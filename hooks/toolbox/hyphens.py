"""Soft hyphens at the joints of long Finnish compounds.

Browsers do not hyphenate Finnish reliably, and a word of thirty letters breaks a narrow
column. The joints come from `data/compounds.txt`, a list of words with `|` at each joint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from .reader import read_lines

SOFT_HYPHEN = "\u00ad"
LONG = 14
_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")


def read_compounds(path: Path) -> dict[str, str]:
    """The list as a mapping from the plain word in lower case to the word with its joints."""
    return {line.replace("|", ""): line for line in read_lines(path)}


def soften(value: str, compounds: Mapping[str, str]) -> str:
    """Put soft hyphens into the words of fourteen letters or more that the list knows."""

    def joints(match: re.Match[str]) -> str:
        word = match.group()
        known = compounds.get(word.lower())
        if known is None:
            return word
        letters = iter(word)
        return "".join(SOFT_HYPHEN if mark == "|" else next(letters) for mark in known)

    return _WORD.sub(joints, value)
