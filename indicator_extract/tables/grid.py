"""Cells → grid: merged cells spread out, and of each cell what it holds: words, a value, a year, a unit, nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.model import Quantity, Table, TimeExpr

FIRST_YEAR, LAST_YEAR = 1949, 2100
_DOWN = "↓▼⬇"
_MARKS = re.compile(rf"[\s+±*＊†‡()（）\[\]【】〔〕⁰¹²³⁴-⁹①-⑳↑▲△⬆{_DOWN}]*")
_NOTE = re.compile(r"\s*(?:[\[【〔]\d{1,2}[\]】〕]|[⁰¹²³⁴-⁹①-⑳*＊†‡]+)\s*$")
_HAN_GAP = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")


class Field(NamedTuple):
    """What a cell holds."""

    start: int
    end: int
    row: int
    col: int
    rows: int
    cols: int
    words: str  # without indentation, footnote marks and the blanks that spread a name (粮  食)
    indent: int
    kind: str  # "", words, value, year, same
    amount: Quantity | None  # of a value or a bare year
    bound: CueMatch | None  # of a value: 65以上
    exprs: tuple[TimeExpr, ...]


class Grid(NamedTuple):
    """The fields of a table by row and column; a merged one stands at every place that it covers."""

    height: int
    width: int
    fields: dict[tuple[int, int], Field]

    def at(self, row: int, col: int) -> Field | None:
        """The field that covers a place, None where it is empty."""
        return self.fields.get((row, col))

    def starting(self, row: int) -> list[Field]:
        """The fields whose upper left corner lies in a row, from left to right."""
        inside = (self.fields.get((row, col)) for col in range(self.width))
        return [field for col, field in enumerate(inside) if field and (field.row, field.col) == (row, col)]


class GridReader:
    """Makes grids with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._same = lexicon.cues("table_same").words
        self._before, self._after = lexicon.cues("bound_before"), lexicon.cues("bound_after")

    def read(self, view: str, table: Table, amounts: Sequence[Quantity], exprs: Sequence[TimeExpr]) -> Grid:
        """The grid of a table. `amounts` and `exprs` are those of all tables of the document, in order."""
        starts, times = [q.start for q in amounts], [e.start for e in exprs]
        places: dict[tuple[int, int], Field] = {}
        height = width = 0
        for cell in table.cells:
            height, width = max(height, cell.row + cell.rows), max(width, cell.col + cell.cols)
            inside = tuple(amounts[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)])
            said = tuple(exprs[bisect_left(times, cell.start) : bisect_left(times, cell.end)])
            field = self._field(view, cell.start, cell.end, inside, said)
            if field is None:
                continue
            field = field._replace(row=cell.row, col=cell.col, rows=cell.rows, cols=cell.cols)
            for down in range(cell.rows):
                places.update({(cell.row + down, cell.col + right): field for right in range(cell.cols)})
        return Grid(height, width, places)

    def _field(
        self, view: str, start: int, end: int, amounts: Sequence[Quantity], exprs: tuple[TimeExpr, ...]
    ) -> Field | None:
        text = view[start:end]
        words = text.strip()
        if not words:
            return None
        indent = len(text) - len(text.lstrip())
        bare = _NOTE.sub("", words) or words
        kind, amount, bound = "words", None, None
        inner = [q for q in amounts if q.end <= start + indent + len(bare)]
        if words in self._same:
            kind = "same"
        elif exprs and not _rest(view, start, end, [(e.start, e.end) for e in exprs]):
            kind = "year"
        elif len(inner) == 1 and "0" <= _first_digit(view, inner[0]) <= "9":
            left, right = start + indent, start + indent + len(bare)
            bound = self._before.match(view, left, inner[0].start) or self._after.match(view, inner[0].end, right)
            taken = sorted([(inner[0].start, inner[0].end), *([(bound.start, bound.end)] if bound else [])])
            if not _rest(view, start, right, taken):
                kind, amount = ("year" if is_year(view, inner[0]) else "value"), _signed(view, start, inner[0])
        name = _HAN_GAP.sub("", bare)
        return Field(start, end, 0, 0, 1, 1, name, indent, kind, amount, bound, exprs)


def is_year(view: str, quantity: Quantity) -> bool:
    """Whether a bare number could be a year."""
    if quantity.unit is not None or not view[quantity.start : quantity.end].isdecimal():
        return False
    return quantity.end - quantity.start == 4 and FIRST_YEAR <= quantity.low <= LAST_YEAR


def _rest(view: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a cell says anything beside what is taken."""
    at = start
    for left, right in taken:
        if not _MARKS.fullmatch(view, at, left):
            return True
        at = right
    return not _MARKS.fullmatch(view, at, end)


def _first_digit(view: str, quantity: Quantity) -> str:
    return next((c for c in view[quantity.start : quantity.end] if c.isalnum()), "")


def _signed(view: str, start: int, quantity: Quantity) -> Quantity:
    """An arrow downwards before a number is its minus."""
    if not any(mark in view[start : quantity.start] for mark in _DOWN) or quantity.low < 0:
        return quantity
    return quantity._replace(low=-quantity.low, rules=(*quantity.rules, "table.arrow"))
