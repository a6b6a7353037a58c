"""A book of rules: small functions that yield problems, registered by a decorator and run together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .problems import Problem

Rule = Callable[["Catalogue", date], Iterator["Problem"]]


class RuleBook:
    """The rules of one field, in the order in which they were written."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def rule(self, function: Rule) -> Rule:
        """Put a function among the rules."""
        self._rules.append(function)
        return function

    def check(self, catalogue: Catalogue, today: date) -> tuple[Problem, ...]:
        """All problems of all rules on a day, errors and warnings, each once and sorted."""
        return tuple(sorted({problem for one in self._rules for problem in one(catalogue, today)}))
