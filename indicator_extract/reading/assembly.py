"""Lines and tables → one text with spans: what every format that is not plain text is put together with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from indicator_extract.model import Cell, Document, Table
from indicator_extract.reading.limits import Limits, size

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_RETURNS = re.compile(r"\r\n?")
_SUPERSCRIPTS = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


def superscript(text: str) -> str:
    """Raised text in raised characters (m², GDP¹): footnote marks and powers are not digits of a number."""
    return text.translate(_SUPERSCRIPTS)


class Piece(NamedTuple):
    """A cell before it has its place in the text."""

    words: str  # leading blanks are indentation
    row: int
    col: int
    rows: int = 1
    cols: int = 1


class Assembly:
    """Collects the lines of one document. Each row of a table is a line, its cells joined by tabs."""

    def __init__(self, source: str, limits: Limits) -> None:
        """`source` names the document."""
        self._source, self._limits = source, limits
        self._lines: list[str] = []
        self._length = self._bytes = 0
        self._tables: list[Table] = []

    def line(self, words: str) -> None:
        """Adds running text; line breaks in it stay, as `\\n`. A blank one is dropped."""
        if words.strip():
            self._add(_RETURNS.sub("\n", words) if "\r" in words else words)

    def blank(self) -> None:
        """Adds an empty line, where the report has one."""
        self._add("")

    def table(self, pieces: Sequence[Piece], name: str = "") -> None:
        """Adds a table; `pieces` are its cells in order of row and column. Rows without words are left out.

        Raises ReadError where it is too large.
        """
        width = max((piece.col + piece.cols for piece in pieces), default=0)
        rows: dict[int, list[Piece]] = {}
        for piece in pieces:
            rows.setdefault(piece.row, []).append(piece)
        self.check_cells(width * len(rows))
        start, cells = self._length, []
        for row in sorted(rows):
            fields = [""] * width
            for piece in rows[row]:
                fields[piece.col] = _BREAKS.sub(" ", piece.words.rstrip())
            if not any(field.strip() for field in fields):
                continue
            starts = list(accumulate((len(field) + 1 for field in fields), initial=self._length))
            for piece in rows[row]:
                left = starts[piece.col]
                cells.append(Cell(left, left + len(fields[piece.col]), piece.row, piece.col, piece.rows, piece.cols))
            self._add("\t".join(fields))
        if cells:
            self._tables.append(Table(start, self._length - 1, tuple(cells), name))

    def check_cells(self, count: int) -> None:
        """Raises ReadError where a table has more cells than it may, those of gaps and merged ranges among them."""
        if count > self._limits.cells:
            problem = f"a table of more than {self._limits.cells:,} cells"
            raise self._limits.error(self._source, "cells", problem, "split it")

    def document(self, *, title: str = "", notes: tuple[str, ...] = (), how: str = "") -> Document:
        """The document as far as it has been put together."""
        text = "\n".join(self._lines) + "\n" if self._lines else ""
        return Document(self._source, text, title, notes=notes, how=how, tables=tuple(self._tables))

    @property
    def empty(self) -> bool:
        """Whether nothing has been added but empty lines."""
        return not any(self._lines)

    def _add(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line) + 1
        self._bytes += len(line.encode("utf-8", "surrogatepass")) + 1
        if self._bytes > self._limits.text:
            problem = f"a text of more than {size(self._limits.text)}"
            raise self._limits.error(self._source, "text", problem, "split it")
