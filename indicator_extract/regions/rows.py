"""The lines of the file of codes, by code or by name; a document needs few, so only these become Rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import PatternError

FILE = "regions.tsv"
_TABS = 5  # in a line


class Row(NamedTuple):
    """One line of the file: an unbroken run of years in which nothing about a region changed."""

    code: str
    name: str
    short: str
    first: int
    last: int
    parent: str  # code, empty where the region's own code implies it


def row_of(line: str) -> Row:
    """The row of a line of the file."""
    code, name, short, first, last, parent = line.split("\t")
    return Row(code, name, short, int(first), int(last), parent)


class Rows:
    """Rows by key, in the order of the file. They are made when a key is first asked for."""

    def __init__(self, lines: Mapping[str, Sequence[str]]) -> None:
        self._lines = lines
        self._made: dict[str, tuple[Row, ...]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __getitem__(self, key: str) -> tuple[Row, ...]:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = tuple(map(row_of, self._lines[key]))
        return made

    def get(self, key: str) -> tuple[Row, ...]:
        """The rows of a key, none where it is not there."""
        return self[key] if key in self._lines else ()


def read_lines(folder: Path) -> list[str]:
    """The lines of the file in `folder`. Raises PatternError where it is missing or damaged."""
    file = folder / FILE
    try:
        lines = file.read_text(encoding="utf-8").splitlines()[1:]
    except (OSError, ValueError) as error:
        raise _damaged(file, str(error)) from None
    if "\t".join(lines).count("\t") != len(lines) * (_TABS + 1) - 1:
        raise _damaged(file, f"a line has not {_TABS + 1} columns")
    return lines


def _damaged(file: Path, problem: str) -> PatternError:
    return PatternError(str(file), "", f"not a table of regions: {problem}", "restore it from the package")
