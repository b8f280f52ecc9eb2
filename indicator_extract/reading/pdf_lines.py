"""Glyphs → lines → paragraphs: columns, wrapped lines joined, running heads and page numbers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from indicator_extract.reading.assembly import superscript
from indicator_extract.reading.pdf_glyphs import Glyph

_SAME_LINE = 0.5  # share of a glyph's height by which another may lie higher
_RAISED = 0.75  # a glyph of less than this share of its line's height may be raised
_RAISED_BY = 0.2
_WORD_GAP = 0.25  # gap between Latin letters, in their size, that is a blank
_FIELD_GAP = 2.2  # gap that parts two fields of a row
_FULL = 2.0  # a line that ends this near to the margin, in characters, was wrapped
_INDENT = 1.2
_LATIN_WIDTH = 0.6  # of a Latin letter or digit, in its size
_FIRST_WORD = re.compile(r"[!-~]+")
_LOOSE = 1.45  # a gap of more than this many usual ones between lines parts paragraphs
_SIZES = 1.12  # lines of sizes that differ more belong to different paragraphs
_EDGE_LINES = 2  # running heads and page numbers stand in this many lines at the top and bottom
_REPEATED = 0.3  # share of the pages on which a running head stands: odd and even pages may have their own
_PAGE_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*")
_DIGITS = re.compile(r"\d+")
_COLUMN_ROWS = 6  # rows that a column has at least
_GUTTER = 1.2  # width of the gap between columns, in characters
_CROSSING = 0.15  # share of rows (titles) that may cross it


class Line(NamedTuple):
    """A line of one column."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    column: int  # 0 for the only or the left one
    margins: tuple[float, float]  # of its column


def lines_of(page: Sequence[Glyph]) -> list[Line]:
    """The lines of a page in reading order: the left column before the right one, what crosses both in its place."""
    rows = _rows(page)
    gutter = _gutter(rows)
    if gutter is None:
        return _as_lines(rows, 0)
    found: list[Line] = []
    left: list[list[Glyph]] = []
    right: list[list[Glyph]] = []
    for row in rows:
        if any(g.left < gutter < g.right for g in row) or _spans(row, gutter):
            found += [*_as_lines(left, 0), *_as_lines(right, 1), *_as_lines([row], 0)]
            left, right = [], []
            continue
        left += [part] if (part := [g for g in row if g.right <= gutter]) else []
        right += [part] if (part := [g for g in row if g.left >= gutter]) else []
    return [*found, *_as_lines(left, 0), *_as_lines(right, 1)]


def _rows(page: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs of about one height, from the top of the page; each row from left to right."""
    rows: list[list[Glyph]] = []
    tallest: list[Glyph] = []  # of each row
    for glyph in sorted(page, key=lambda g: (-(g.top + g.bottom), g.left)):
        middle = (glyph.top + glyph.bottom) / 2
        at = next((i for i in range(max(0, len(rows) - 3), len(rows)) if _level(tallest[i], middle)), None)
        if at is None:
            rows.append([glyph])
            tallest.append(glyph)
        else:
            rows[at].append(glyph)
            tallest[at] = max(tallest[at], glyph, key=lambda g: g.top - g.bottom)
    kept = (sorted(row, key=lambda g: g.left) for row in rows)
    return [row for row in kept if any(not g.char.isspace() for g in row)]


def _level(tallest: Glyph, middle: float) -> bool:
    height = tallest.top - tallest.bottom
    return abs((tallest.top + tallest.bottom) / 2 - middle) <= _SAME_LINE * height


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Where the gap between two columns lies, None where the page has one."""
    if len(rows) < _COLUMN_ROWS:
        return None
    inked = [[(g.left, g.right) for g in row if not g.char.isspace()] for row in rows]
    left, right = min(s[0] for row in inked for s in row), max(s[1] for row in inked for s in row)
    width = median(g.right - g.left for row in rows for g in row) * _GUTTER
    middle = (left + right) / 2
    step = (right - left) / 60
    for shift in range(13):  # from the middle outwards
        for x in (middle + shift * step, middle - shift * step):
            crossed = sum(1 for row in inked if any(a < x + width / 2 and b > x - width / 2 for a, b in row))
            lefts = sum(1 for row in inked if any(b <= x for _, b in row))
            rights = sum(1 for row in inked if any(a >= x for a, _ in row))
            both = sum(1 for row in inked if any(b <= x for _, b in row) and any(a >= x for a, _ in row)) - crossed
            if crossed <= _CROSSING * len(rows) and min(lefts, rights, both) >= _COLUMN_ROWS and _dense(inked, x):
                return x
    return None


def _dense(rows: Sequence[Sequence[tuple[float, float]]], x: float) -> bool:
    """Whether both sides are filled with text like columns, not with the fields of a table."""
    for side in (0, 1):
        spans = [[s for s in row if (s[1] <= x) == (side == 0)] for row in rows]
        filled = [sum(b - a for a, b in row) / (row[-1][1] - row[0][0]) for row in spans if len(row) > 1]
        long = [row for row in spans if len(row) >= 8]
        if len(long) < _COLUMN_ROWS or median(filled) < 0.7:
            return False
    return True


def _spans(row: Sequence[Glyph], gutter: float) -> bool:
    """Whether a row runs through the gutter without a gap: a title."""
    before = [g.right for g in row if g.right <= gutter]
    after = [g.left for g in row if g.left >= gutter]
    return bool(before and after) and min(after) - max(before) < row[0].size * _GUTTER / 2


def _as_lines(rows: Sequence[Sequence[Glyph]], column: int) -> list[Line]:
    if not rows:
        return []
    edges = [(min(g.left for g in row if not g.char.isspace()), max(g.right for g in row)) for row in rows]
    margins = (min(left for left, _ in edges), max(right for _, right in edges))
    return [
        Line(
            text_of(row),
            left,
            right,
            min(g.bottom for g in row),
            max(g.top for g in row),
            median(g.size for g in row),
            column,
            margins,
        )
        for row, (left, right) in zip(rows, edges, strict=True)
    ]


def text_of(row: Sequence[Glyph]) -> str:
    """The words of a row: a blank where Latin words part, a tab where fields part, raised digits raised."""
    height = median(g.top - g.bottom for g in row)
    bottom = median(g.bottom for g in row)
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in row:
        gap = glyph.left - before.right if before else 0.0
        if before and gap > _FIELD_GAP * glyph.size:
            parts.append("\t")
        elif before and gap > _WORD_GAP * glyph.size and _is_latin(before.char) and _is_latin(glyph.char):
            parts.append(" ")
        raised = glyph.top - glyph.bottom < _RAISED * height and glyph.bottom > bottom + _RAISED_BY * height
        parts.append(superscript(glyph.char) if raised else glyph.char)
        before = glyph
    return "".join(parts).rstrip()


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads and page numbers: edge lines that, but for digits, stand on several pages."""
    counts = Counter(_shape(page[index].words) for page in pages for index in _edges(page))
    least = max(2, _REPEATED * len(pages))
    kept: list[list[Line]] = []
    for page in pages:
        dropped = {i for i in _edges(page) if counts[_shape(page[i].words)] >= least}
        if page and _PAGE_NUMBER.fullmatch(page[-1].words) and page[-1].left > page[-1].margins[0]:
            dropped.add(len(page) - 1)
        kept.append(_with_margins([line for index, line in enumerate(page) if index not in dropped]))
    return kept


def _with_margins(page: Sequence[Line]) -> list[Line]:
    """The lines with the margins of their columns, as the lines that are left show them."""
    margins = {}
    for column in {line.column for line in page}:
        lines = [line for line in page if line.column == column]
        lefts = Counter(round(line.left) for line in lines)
        common = [left for left, count in lefts.items() if count > 1] or list(lefts)
        margins[column] = (min(common), max(line.right for line in lines))
    return [line._replace(margins=margins[line.column]) for line in page]


def _edges(page: Sequence[Line]) -> set[int]:
    """Indices of the lines at the top and at the bottom."""
    order = sorted(range(len(page)), key=lambda index: -page[index].top)
    return {*order[:_EDGE_LINES], *order[-_EDGE_LINES:]}


def _shape(words: str) -> str:
    return _DIGITS.sub("0", "".join(words.split()))


def joined_lines(lines: Sequence[Line]) -> Iterator[str]:
    """Paragraphs: a line that reaches the margin goes on in the next, unless that one is set off."""
    usual = _usual_gap(lines)
    words = ""
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, usual):
            blank = " " if _is_latin(before.words[-1]) and _is_latin(line.words.lstrip()[0]) else ""
            words += blank + line.words.lstrip()
        else:
            if words:
                yield words
            words = line.words
        before = line
    if words:
        yield words


def _goes_on(line: Line, following: Line, usual: float) -> bool:
    """Whether the paragraph of `line` goes on in `following`, in the same column or at the top of the next."""
    if "\t" in line.words or "\t" in following.words:
        return False
    size = max(line.size, following.size)
    if size > _SIZES * min(line.size, following.size):
        return False
    word = _FIRST_WORD.match(following.words)
    room = max(_FULL, 1 + _LATIN_WIDTH * len(word[0]) if word else 0) * size  # a number is not broken
    if line.right < line.margins[1] - room or following.left > following.margins[0] + _INDENT * size:
        return False
    gap = line.bottom - following.bottom
    return gap <= 0 or line.column != following.column or gap <= _LOOSE * usual


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.column == b.column]
    down = [gap for gap in gaps if gap > 0]
    return median(down) if down else 0.0
