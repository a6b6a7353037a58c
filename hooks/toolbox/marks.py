"""Terms of the glossary marked in the running text of a measure: each at its first place only.

Which words are marked is data (`mark` of a term): nothing is guessed from the name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from .records import Term


@dataclass(frozen=True)
class Words:
    """The word forms of all terms, ready to be looked for."""

    terms: Mapping[str, Term]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Words:
        forms = {form.casefold(): term for term in terms for form in term.mark}
        if not forms:
            return cls({}, None)
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        return cls(forms, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE))


def explanations(terms: Iterable[Term], plain: Callable[[str], str]) -> str:
    """Names and definitions of the terms that texts may mark, by id, as the JSON for the browser; `plain` takes the marks out."""
    found = {term.id: (term.name.fi, plain(term.definition)) for term in terms if term.mark}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


@dataclass
class Marks:
    """Marks the texts of one page in the order in which they are given.

    `actors` are those of the measure: some words mean what the glossary says only with some actors.
    """

    words: Words
    actors: frozenset[str]
    done: set[str] = field(default_factory=set)

    def texts(self, texts: Iterable[tuple]) -> tuple[tuple, ...]:
        return tuple(self.text(one) for one in texts)

    def text(self, pieces: tuple) -> tuple:
        """The pieces of a text, with the first occurrence of each term as a piece of kind `term`."""
        if self.words.pattern is None:
            return pieces
        found = []
        for piece in pieces:
            found += self._split(piece) if piece.kind == "text" else [piece]
        return tuple(found)

    def _split(self, piece):
        end = 0
        for match in self.words.pattern.finditer(piece.text):
            term = self.words.terms[match.group().casefold()]
            if term.id in self.done or (term.mark_for and not self.actors & set(term.mark_for)):
                continue
            self.done.add(term.id)
            if match.start() > end:
                yield replace(piece, text=piece.text[end : match.start()])
            yield replace(piece, kind="term", text=match.group(), href=f"sanasto/{term.id}/")
            end = match.end()
        if end < len(piece.text):
            yield replace(piece, text=piece.text[end:])
