"""How large a regular expression is with its repeats written out, as `regex` writes out their lower counts.

Reads the standard library's own parse tree. That is not a public interface, so where another version of Python has
changed it, an expression has no known extent, and one that is too large is found out when it is compiled.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def extent(source: str) -> int:
    """Steps of an expression, each repeat as often as it must be there at least; 0 where that is not known."""
    try:
        return _steps(importlib.import_module("re._parser").parse(source))
    except (ImportError, AttributeError, TypeError):
        return 0


def _steps(items: Iterable[Any]) -> int:
    return sum(_step(str(op), value) for op, value in items)


def _step(op: str, value: Any) -> int:
    if op in _REPEATS:
        return 1 + max(1, int(value[0])) * _steps(value[2])
    if op == "BRANCH":
        return 1 + sum(map(_steps, value[1]))
    if op == "SUBPATTERN":
        return 1 + _steps(value[3])
    if op in ("ASSERT", "ASSERT_NOT"):
        return 1 + _steps(value[1])
    return 1 + (_steps(value) if op == "ATOMIC_GROUP" else 0)
