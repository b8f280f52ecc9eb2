"""What can be said of a regular expression's matches beforehand: a scan that skips all else is many times as fast.

Reads the standard library's own parse tree. That is not a public interface, so whatever is not understood
(or is gone in another version of Python) only gives "unknown", and the scan is slow but right.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from indicator_extract.lexicon.compiling import kept

_Parts = frozenset[str] | None  # parts of a character class; None where not known
_RANGE = 100  # what a range or a category counts for where the smallest set of characters is looked for


class Outline(NamedTuple):
    """Insides of character classes, "" where they are unknown."""

    first: str = ""  # holds the first character of every match
    last: str = ""  # holds the last one
    needles: str = ""  # every match holds one of these: rare characters, as far as that can be told


class _Shape(NamedTuple):
    first: _Parts
    last: _Parts
    needles: _Parts
    empty: bool  # whether a match may be empty


_NOTHING = _Shape(frozenset(), frozenset(), None, True)
_ANYTHING = _Shape(None, None, None, False)


def outline(source: str) -> Outline:
    """What every match of an expression begins with, ends with and holds. Raises re.error for a bad expression."""
    return Outline(*kept().get("outline", source, _outline))


def _outline(source: str) -> Outline:
    try:
        shape = _sequence(importlib.import_module("re._parser").parse(source))
    except (ImportError, AttributeError, ValueError, TypeError):
        return Outline()
    if shape.empty:
        return Outline()
    return Outline(*("".join(sorted(parts or ())) for parts in shape[:3]))


def _sequence(items: Iterable[Any]) -> _Shape:
    shapes = [_KINDS.get(str(op), _unknown)(value) for op, value in items]
    needles = min((shape.needles for shape in shapes if shape.needles), key=_size, default=None)
    empty = all(shape.empty for shape in shapes)
    return _Shape(_edge(shapes, "first"), _edge(reversed(shapes), "last"), needles, empty)


def _edge(shapes: Iterable[_Shape], side: str) -> _Parts:
    """What a sequence can begin (or, from behind, end) with."""
    found: frozenset[str] = frozenset()
    for shape in shapes:
        parts = getattr(shape, side)
        if parts is None:
            return None
        found |= parts
        if not shape.empty:
            break
    return found


def _size(parts: frozenset[str]) -> int:
    """How many characters the parts of a class stand for, roughly."""
    wide = _CATEGORIES.values()
    return sum(1 if len(part.removeprefix("\\")) == 1 and part not in wide else _RANGE for part in parts)


def _literal(code: int) -> _Shape:
    parts = frozenset({re.escape(chr(code))})
    return _Shape(parts, parts, parts, False)


def _in_class(members: Iterable[Any]) -> _Shape:
    found: set[str] = set()
    for op, value in members:
        if str(op) == "LITERAL":
            found.add(re.escape(chr(value)))
        elif str(op) == "RANGE":
            found.add(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif str(value) in _CATEGORIES:
            found.add(_CATEGORIES[str(value)])
        else:
            return _ANYTHING
    parts = frozenset(found)
    return _Shape(parts, parts, parts, False)


def _branch(value: tuple[Any, Sequence[Any]]) -> _Shape:
    shapes = [_sequence(choice) for choice in value[1]]
    return _Shape(
        _union(shape.first for shape in shapes),
        _union(shape.last for shape in shapes),
        _union(shape.needles for shape in shapes),
        any(shape.empty for shape in shapes),
    )


def _union(sides: Iterable[_Parts]) -> _Parts:
    found: frozenset[str] = frozenset()
    for parts in sides:
        if parts is None:
            return None
        found |= parts
    return found


def _repeat(value: tuple[int, int, Any]) -> _Shape:
    shape = _sequence(value[2])
    return shape if value[0] else shape._replace(needles=None, empty=True)


def _group(value: tuple[Any, int, int, Any]) -> _Shape:
    return _ANYTHING if value[1] or value[2] else _sequence(value[3])  # flags such as (?i:…)


def _around(_: object) -> _Shape:
    return _NOTHING


def _unknown(_: object) -> _Shape:
    return _ANYTHING._replace(empty=True)


_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
_KINDS: dict[str, Callable[[Any], _Shape]] = {
    "LITERAL": _literal,
    "NOT_LITERAL": lambda _: _ANYTHING,
    "ANY": lambda _: _ANYTHING,
    "IN": _in_class,
    "BRANCH": _branch,
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "SUBPATTERN": _group,
    "ASSERT": _around,
    "ASSERT_NOT": _around,
    "AT": _around,
}
