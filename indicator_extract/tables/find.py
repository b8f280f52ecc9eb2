"""Where tables are: as the format says, or rows of fields between tabs or bars in plain text; and their captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Cell, Document, Span, Table

_RULE = re.compile(r"[\s|:+\-=]*[-=][\s|:+\-=]*")  # the line below a head in Markdown
_DIGIT = re.compile("[0-9０-９]")
_NUMBER = re.compile(r"\s*[0-9０-９.．,，]+\s*")
_CAPTION_LINES = 3
_CAPTION_LENGTH = 42  # a longer line above a table is running text
_PROSE_LENGTH = 60  # a cell alone in its row with more characters is running text
_FIELD_LENGTH = 120  # a field of more characters is no cell
BAR = "|"


class Caption(NamedTuple):
    """A line right above a table: its title, or the unit of all its cells."""

    start: int
    end: int


class Found(NamedTuple):
    """A table with the lines above it that belong to it, from top to bottom."""

    table: Table
    captions: tuple[Caption, ...]
    prose: tuple[Span, ...]  # rows that are running text
    name: str  # table1, or the worksheet


class TableFinder:
    """Finds tables with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._characters = lexicon.characters
        self._units, self._headings = lexicon.cues("table_unit"), lexicon.cues("heading")
        self._stops = lexicon.cues("sentence_end").words | lexicon.cues("clause_end").words

    def find(self, document: Document) -> list[Found]:
        """The tables of a document in order: those that its format names, and those in its text."""
        text = document.text
        declared = set(document.tables)
        found: list[Found] = []
        above = 0
        for number, table in enumerate(sorted([*declared, *_in_text(_without(text, document.tables))]), 1):
            captions = self._captions(text, above, table.start)
            above = table.end
            headed = any(self._units.search(text, *caption) for caption in captions) or not _is_counted(text, table)
            if _has_values(text, table) and (table in declared or headed):
                found.append(Found(table, captions, _prose(text, table), table.name or f"table{number}"))
        return found

    def running(self, document: Document, tables: Sequence[Found]) -> Document:
        """The document with its tables blanked, equal in length: what running text is read from.

        The first line of a document stays, since it is its title whatever follows.
        """
        first = len(document.text) - len(document.text.lstrip())
        titles = {Span(*caption) for found in tables for caption in found.captions if caption.start <= first}
        return document._replace(text=_blanked(document.text, [s for s in _regions(tables) if s not in titles]))

    def view(self, document: Document, tables: Sequence[Found]) -> str:
        """The tables alone, equal in length to the text, a bar between any two cells."""
        text = document.text.translate(self._characters)
        parts, at = [], 0
        for start, end in _regions(tables):
            parts += [" " * (start - at), re.sub(r"[\t\n]", BAR, text[start:end])]
            at = end
        return "".join([*parts, " " * (len(text) - at)])

    def _captions(self, text: str, above: int, start: int) -> tuple[Caption, ...]:
        """The short lines right above a table, up to three, that end no sentence and are no numbered heading."""
        found: list[Caption] = []
        end = start
        while len(found) < _CAPTION_LINES and end > above:
            line_start = text.rfind("\n", above, end - 1) + 1 or above
            line = text[line_start:end].strip()
            if line and not self._is_caption(line, found):
                break
            if line:
                found.append(Caption(line_start, line_start + len(text[line_start:end].rstrip())))
            end = line_start
        return tuple(reversed(found))

    def _is_caption(self, line: str, below: Sequence[Caption]) -> bool:
        if self._units.search(line) and len(line) <= _CAPTION_LENGTH:
            return True
        titled = len(below) >= 2 or len(line) > _CAPTION_LENGTH or line[-1] in self._stops
        return not titled and self._headings.match(line) is None


def _regions(tables: Sequence[Found]) -> Iterator[Span]:
    """What tables and their captions cover, without rows of running text."""
    for table, captions, prose, _ in tables:
        for caption in captions:
            yield Span(*caption)
        at = table.start
        for start, end in prose:
            if start > at:
                yield Span(at, start)
            at = end
        if table.end > at:
            yield Span(at, table.end)


def _prose(text: str, table: Table) -> tuple[Span, ...]:
    """The rows that hold one long text and nothing else."""
    rows = []
    for _, cells in groupby(table.cells, key=lambda cell: cell.row):
        said = [cell for cell in cells if text[cell.start : cell.end].strip()]
        if len(said) == 1 and said[0].end - said[0].start > _PROSE_LENGTH:
            end = text.find("\n", said[0].end)
            rows.append(Span(said[0].start, end if end >= 0 else len(text)))
    return tuple(rows)


def _without(text: str, tables: Sequence[Table]) -> str:
    return _blanked(text, [Span(table.start, table.end) for table in tables]) if tables else text


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with blanks for the spans, which are in order; line breaks too, so that a table is one blank line."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _has_values(text: str, table: Table) -> bool:
    """Whether a cell beside the first of its row has a digit: a table of words is running text."""
    return any(cell.col and _DIGIT.search(text, cell.start, cell.end) for cell in table.cells)


def _is_counted(text: str, table: Table) -> bool:
    """Whether the first row has a bare number: a list of contents, not a table with heads."""
    first = (cell for cell in table.cells if cell.row == table.cells[0].row and cell.col)
    return any(_NUMBER.fullmatch(text, cell.start, cell.end) for cell in first)


def _in_text(text: str) -> Iterator[Table]:
    """Runs of at least two lines with the same number of fields between tabs or bars."""
    if "\t" not in text and BAR not in text:
        return
    rows: list[list[Span]] = []
    at, mark = 0, ""
    for line in [*text.split("\n"), ""]:
        here = "\t" if "\t" in (line if rows else line.strip()) else BAR if line.count(BAR) > 1 else ""
        fields = _fields(line, at, here) if here else []
        if here and (here == mark or not rows) and not _RULE.fullmatch(line) and _short(fields):
            rows.append(fields)
            mark = here
        elif not (here and rows and _RULE.fullmatch(line)):
            yield from _as_table(rows)
            rows, mark = ([fields], here) if here and _short(fields) and not _RULE.fullmatch(line) else ([], "")
        at += len(line) + 1


def _fields(line: str, at: int, mark: str) -> list[Span]:
    """The fields of a line; a bar at either end of it is a frame."""
    start, end = at, at + len(line)
    if mark == BAR:
        inner = line.strip()
        start += len(line) - len(line.lstrip()) + inner.startswith(BAR)
        end -= len(line) - len(line.rstrip()) + inner.endswith(BAR)
    spans = []
    for field in line[start - at : end - at].split(mark):
        spans.append(Span(start, start + len(field)))
        start += len(field) + 1
    return spans


def _short(fields: Sequence[Span]) -> bool:
    return all(end - start <= _FIELD_LENGTH for start, end in fields)


def _as_table(rows: Sequence[Sequence[Span]]) -> Iterator[Table]:
    if len(rows) > 1:
        cells = tuple(Cell(*span, row, col) for row, fields in enumerate(rows) for col, span in enumerate(fields))
        yield Table(cells[0].start, cells[-1].end, cells)
