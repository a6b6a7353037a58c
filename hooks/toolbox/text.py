"""The small language of editors' texts.

    Päivärahaa maksetaan enintään 300 arkipäivältä [svl-8-8]. Vähintään {sairauspaivaraha-vahintaan}.
    **Työnantaja** sopii ajasta. Katso [palkkatuki](palkkatuki) tai [Kelan sivu](https://www.kela.fi/).

`[key]` or `[a, b]` cites sources of the record, `[?]` says honestly that there is none,
`{id}` shows a figure valid on the day of the build, `[text](target)` links to an id of
ours or to a web address. Everything else is text and stays text: nothing here makes HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TOKEN = re.compile(
    rf"\[(?P<label>[^\[\]]+)\]\((?P<target>[^()\s]+)\)"
    rf"|\s*\[(?P<keys>\?|{KEY}(?:,\s*{KEY})*)\](?!\()"
    rf"|\{{(?P<figure>{KEY})\}}"
    rf"|\*\*(?P<strong>[^*]+)\*\*"
)
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"']+", re.IGNORECASE)
UNSOURCED = "?"


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Strong:
    value: str


@dataclass(frozen=True)
class Cite:
    """Source keys, or the single key `?`."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class FigureRef:
    figure: str


@dataclass(frozen=True)
class Link:
    label: str
    target: str


Span = Text | Strong | Cite | FigureRef | Link


@lru_cache(maxsize=65536)
def parse(source: str) -> tuple[Span, ...]:
    """Split a text into spans. Never fails: what is not a mark is text."""
    spans: list[Span] = []
    end = 0
    for match in _TOKEN.finditer(source):
        if match.start() > end:
            spans.append(Text(source[end : match.start()]))
        end = match.end()
        if match["target"]:
            spans.append(Link(match["label"], match["target"]))
        elif match["keys"]:
            spans.append(Cite(tuple(key.strip() for key in match["keys"].split(","))))
        elif match["figure"]:
            spans.append(FigureRef(match["figure"]))
        else:
            spans.append(Strong(match["strong"]))
    if end < len(source):
        spans.append(Text(source[end:]))
    return tuple(spans)


def cited(source: str) -> tuple[str, ...]:
    """Source keys that the text cites, in order, `?` included."""
    return tuple(key for span in parse(source) if isinstance(span, Cite) for key in span.keys)


def sourced(source: str) -> bool:
    """Whether the text cites, says that it has no source, or shows a figure (which has its own)."""
    return bool(cited(source) or figures_in(source))


def figures_in(source: str) -> tuple[str, ...]:
    """Figure ids that the text shows."""
    return tuple(span.figure for span in parse(source) if isinstance(span, FigureRef))


def links_in(source: str) -> tuple[str, ...]:
    """Link targets in the text: own ids and web addresses."""
    return tuple(span.target for span in parse(source) if isinstance(span, Link))


def plain(source: str, figures: dict[str, str] | None = None) -> str:
    """The text without marks. A figure becomes its wording from `figures`, or is left out."""
    words = []
    for span in parse(source):
        if isinstance(span, Text | Strong):
            words.append(span.value)
        elif isinstance(span, Link):
            words.append(span.label)
        elif isinstance(span, FigureRef):
            words.append((figures or {}).get(span.figure, ""))
    return re.sub(r"\s+", " ", "".join(words)).strip()


def safe_address(address: str) -> bool:
    """Whether an address may stand in a link: https, http, mailto or tel, nothing that runs."""
    return bool(_SAFE_ADDRESS.fullmatch(address))
