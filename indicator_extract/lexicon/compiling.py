"""Compiled regular expressions, kept from one start to the next: compiling them takes longer than a short text does.

What `re` makes of a source is a list of numbers, which it builds in Python and then hands to its matcher. The list is
kept. That is not a public interface, so where another version of Python has changed it, expressions are compiled as
usual. The matcher runs these numbers and can crash on wrong ones, so they are as much code as what is in `__pycache__`:
only numbers made here, from a private folder and with their digest, are used.
"""

from __future__ import annotations

import atexit
import re
import sys
from array import array
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from indicator_extract.lexicon import cache as private_cache

_MOST = 5_000
"""Entries beyond which those of earlier starts are forgotten: a user's folder makes new ones with each change."""


class _Parts(NamedTuple):
    """What `re` knows of a compiled expression, as JSON can hold it."""

    flags: int
    groups: int
    names: dict[str, int]
    code: str  # 32-bit numbers in hexadecimal, which is read faster than base64


class Kept:
    """Results of slow functions of a text, by function and text; those of earlier starts are read when first asked."""

    def __init__(self) -> None:
        self._key = private_cache.key_of({"python": sys.version.encode(), "bytes": sys.byteorder.encode()})
        stored = private_cache.load(NAME, self._key)
        self._old: dict[str, Any] = stored if isinstance(stored, dict) else {}
        self._new: dict[str, Any] = {}

    def get(self, name: str, text: str, make: Callable[[str], Any]) -> Any:
        """What `make` gives for the text (as JSON can hold it), made or remembered."""
        key = f"{name} {text}"
        if key in self._old:
            return self._old[key]
        if not self._new:
            atexit.register(self.store)
        self._new[key] = made = make(text)
        return made

    def store(self) -> None:
        """Writes what is new beside what was there."""
        old = self._old if len(self._old) + len(self._new) < _MOST else {}
        private_cache.store(NAME, self._key, old | self._new)


NAME = "expressions"
kept = cache(Kept)


def compiled(source: str) -> re.Pattern[str]:
    """As `re.compile`. Raises re.error."""
    try:
        parts = _Parts(*kept().get("re", source, _parts))
        return _pattern(source, parts)
    except (ImportError, AttributeError, LookupError, TypeError, ValueError, RuntimeError):
        return re.compile(source)


def _parts(source: str) -> _Parts:
    """What the steps of `re.compile` before its last one make."""
    compiler, parser = import_module("re._compiler"), import_module("re._parser")
    tree = parser.parse(source)
    code = array("I", compiler._code(tree, 0))  # noqa: SLF001
    state = tree.state
    return _Parts(int(state.flags), state.groups - 1, dict(state.groupdict), code.tobytes().hex())


def _pattern(source: str, parts: _Parts) -> re.Pattern[str]:
    """The last step."""
    code = array("I", bytes.fromhex(parts.code))
    index: list[str | None] = [None] * (parts.groups + 1)
    for name, number in parts.names.items():
        index[number] = name
    make: Callable[..., re.Pattern[str]] = import_module("_sre").compile
    return make(source, parts.flags, code.tolist(), parts.groups, parts.names, tuple(index))
