"""What an input may cost: every limit with its name, unit, default and meaning. An error names the limit it means."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Literal, NamedTuple

from indicator_extract.errors import ChoiceError, ReadError

MEGABYTE = 1024 * 1024

LONG = 4 * MEGABYTE
"""Bytes beyond which a file of rows (CSV, TSV, JSON Lines) is read row by row: such a file may have any size."""

RATIO_FREE = MEGABYTE
"""Bytes up to which a member may pack as well as it likes: a small file of blanks is no attack."""

NONE = sys.maxsize
"""The value of a limit that is lifted."""

Unit = Literal["bytes", "count", "seconds"]


class Limits(NamedTuple):
    """What one input may cost. `LIMITS` says what each is."""

    file: int = 100 * MEGABYTE
    text: int = 32 * MEGABYTE
    unpacked: int = 256 * MEGABYTE
    members: int = 10_000
    ratio: int = 200
    pages: int = 5_000
    cells: int = 2_000_000
    memory: int = 2048 * MEGABYTE
    time: int = 120

    def error(self, source: str, name: str, problem: str, remedy: str = "") -> ReadError:
        """The error of an input that breaks the limit `name`; it tells how to allow more."""
        way_out = f"allow more with --limit {_setting(name, 2 * int(getattr(self, name)) or 1)}, if you trust it"
        return ReadError(source, problem, f"{remedy}, or {way_out}" if remedy else way_out)


class Limit(NamedTuple):
    """One limit, as help and documentation show it."""

    name: str
    unit: Unit
    meaning: str


LIMITS = (
    Limit("file", "bytes", "size of one file, of standard input, or of a member of an archive"),
    Limit("text", "bytes", "length of one text in UTF-8; a yearbook of a thousand pages has 5 MB"),
    Limit("unpacked", "bytes", "size of all members of an archive or Office file together, unpacked"),
    Limit("members", "count", "members of an archive or Office file"),
    Limit("ratio", "count", "how many times larger than its packed form a member of over 1 MB may be; text reaches 10"),
    Limit("pages", "count", "pages of a PDF file"),
    Limit("cells", "count", "cells of a worksheet or table, empty ones of merged ranges among them"),
    Limit("memory", "bytes", "memory of the process that parses HTML, Word, Excel and PDF files (not on Windows)"),
    Limit("time", "seconds", "processor time for parsing one such file; five times as much by the clock ends it too"),
)
UNITS: dict[str, Unit] = {limit.name: limit.unit for limit in LIMITS}

_FACTORS: dict[Unit, dict[str, int]] = {
    "bytes": {"": 1, "B": 1, "KB": 1024, "MB": MEGABYTE, "GB": 1024 * MEGABYTE},
    "count": {"": 1},
    "seconds": {"": 1, "S": 1, "MIN": 60, "H": 3600},
}
_VALUE = re.compile(r"(\d[\d,]{0,40})(?:\.(\d{1,3}))?\s*([A-Za-z]{0,3})")
_OPTION = "--limit"


def limits_of(asked: Iterable[str]) -> Limits:
    """The limits with these changed: `file=1GB`, `pages=20000`, `time=5min`; `none` lifts one.

    Raises:
        ChoiceError: there is no such limit, or its value cannot be read.
    """
    changed: dict[str, int] = {}
    for setting in asked:
        name, mark, value = (part.strip() for part in setting.partition("="))
        if name not in UNITS:
            from difflib import get_close_matches  # for mistakes only

            near = get_close_matches(name, UNITS, n=1)
            remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(UNITS)}"
            raise ChoiceError(_OPTION, f"there is no limit `{name}`", remedy)
        if not mark:
            raise ChoiceError(_OPTION, f"`{name}` without a value", f"give one, such as {example(name)}")
        changed[name] = _number(name, value)
    return Limits()._replace(**changed)


def _number(name: str, value: str) -> int:
    if value.lower() == "none":
        return NONE
    found = _VALUE.fullmatch(value)
    factor = _FACTORS[UNITS[name]].get(found[3].upper()) if found else None
    if found is None or factor is None or (found[2] and factor == 1):
        raise ChoiceError(_OPTION, f"`{value}` is no number of {UNITS[name]}", f"give one such as {example(name)}")
    whole: int = int(found[1].replace(",", "")) * factor
    part = int(found[2] or 0) * factor // int(10 ** len(found[2] or ""))
    return min(whole + part, NONE)


def example(name: str) -> str:
    """A limit at its default, as the command line takes it: `file=100MB`."""
    return _setting(name, getattr(Limits(), name))


def _setting(name: str, value: int) -> str:
    if UNITS[name] == "bytes":
        return f"{name}={size(value).replace(' ', '').replace(',', '').removesuffix('bytes')}"
    return f"{name}={value}{'s' if UNITS[name] == 'seconds' else ''}"


def size(count: int) -> str:
    """A number of bytes for a message: `100 MB`, `1.5 GB`, `200 bytes`."""
    for name in ("GB", "MB", "KB"):
        whole, rest = divmod(count * 10, _FACTORS["bytes"][name])
        if count >= _FACTORS["bytes"][name] and not rest:
            return f"{whole // 10}.{whole % 10} {name}".replace(".0 ", " ")
    return f"{count:,} bytes"
