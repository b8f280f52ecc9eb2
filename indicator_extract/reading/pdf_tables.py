"""Ruled tables of a page: level and upright rules that cross make cells; glyphs inside a cell are its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicator_extract.reading.assembly import Piece
from indicator_extract.reading.pdf_glyphs import Glyph, Rule
from indicator_extract.reading.pdf_lines import lines_of

MAX_RULES = 1_000
"""Straight rules of a page, those in line joined; a page with more is a drawing and has no ruled tables."""

_NEAR = 3.0  # points within which two rules are one
_FEWEST_ROWS, _FEWEST_COLS = 2, 2


class Ruled(NamedTuple):
    """A table with the height of its upper edge."""

    top: float
    pieces: list[Piece]


class _Lattice(NamedTuple):
    xs: list[float]  # of the upright rules, from the left
    ys: list[float]  # of the level rules, from the top
    level: dict[float, list[Rule]]  # by their height, those near to it
    upright: dict[float, list[Rule]]


def ruled_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> tuple[list[Ruled], list[Glyph]]:
    """The tables of a page from the top, and the glyphs outside of them."""
    found: list[Ruled] = []
    rest = list(glyphs)
    for lattice in _lattices(_joined(rules)):
        inside = [g for g in rest if _inside(g, lattice)]
        pieces = _pieces(inside, lattice)
        if len({p.col for p in pieces if p.words}) >= _FEWEST_COLS and len({p.row for p in pieces}) >= _FEWEST_ROWS:
            found.append(Ruled(lattice.ys[0], pieces))
            rest = [g for g in rest if not _inside(g, lattice)]
    return sorted(found, key=lambda table: -table.top), rest


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, those in one line that touch as one: a table may be drawn cell by cell. None where there are many."""
    found: list[Rule] = []
    for rule in sorted(rules):
        last = found[-1] if found else None
        if last and last[:2] == rule[:2] and rule.start <= last.end + _NEAR:
            found[-1] = last._replace(end=max(last.end, rule.end))
        else:
            found.append(rule)
    return found if len(found) <= MAX_RULES else []


def _lattices(rules: Sequence[Rule]) -> list[_Lattice]:
    """Groups of rules that touch each other and make at least two rows and two columns."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *(other for group in touching for other in group)])
    found = []
    for group in groups:
        xs = _clustered([r.at for r in group if r.upright])
        ys = _clustered([r.at for r in group if not r.upright])[::-1]
        if len(xs) > _FEWEST_COLS and len(ys) > _FEWEST_ROWS:
            level = {y: [r for r in group if not r.upright and abs(r.at - y) <= _NEAR] for y in ys}
            upright = {x: [r for r in group if r.upright and abs(r.at - x) <= _NEAR] for x in xs}
            found.append(_Lattice(xs, ys, level, upright))
    return found


def _touch(one: Rule, other: Rule) -> bool:
    if one.upright == other.upright:
        near = abs(one.at - other.at) <= _NEAR
        return near and one.start <= other.end + _NEAR and other.start <= one.end + _NEAR
    return other.start - _NEAR <= one.at <= other.end + _NEAR and one.start - _NEAR <= other.at <= one.end + _NEAR


def _clustered(values: Sequence[float]) -> list[float]:
    """The values in order, those near to each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _inside(glyph: Glyph, lattice: _Lattice) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    return lattice.xs[0] <= x <= lattice.xs[-1] and lattice.ys[-1] <= y <= lattice.ys[0]


def _pieces(glyphs: Sequence[Glyph], lattice: _Lattice) -> list[Piece]:
    """The cells: places of the lattice without a rule between them are one cell."""
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken: set[tuple[int, int]] = set()
    by_place: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        by_place.setdefault(_place(glyph, lattice), []).append(glyph)
    pieces = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            wide, high = _extent(row, col, lattice)
            places = [(row + down, col + right) for down in range(high) for right in range(wide)]
            taken.update(places)
            inside = [glyph for place in places for glyph in by_place.get(place, [])]
            words = "".join(line.words.strip() for line in lines_of(inside)).replace("\t", " ") if inside else ""
            pieces.append(Piece(words, row, col, high, wide))
    return pieces


def _place(glyph: Glyph, lattice: _Lattice) -> tuple[int, int]:
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    col = sum(1 for edge in lattice.xs[1:-1] if x > edge)
    row = sum(1 for edge in lattice.ys[1:-1] if y < edge)
    return row, col


def _extent(row: int, col: int, lattice: _Lattice) -> tuple[int, int]:
    """How many columns and rows the cell at a place covers."""
    wide = 1
    while col + wide < len(lattice.xs) - 1 and not _ruled(
        lattice.upright[lattice.xs[col + wide]], lattice.ys[row + 1], lattice.ys[row]
    ):
        wide += 1
    high = 1
    while row + high < len(lattice.ys) - 1 and not _ruled(
        lattice.level[lattice.ys[row + high]], lattice.xs[col], lattice.xs[col + 1]
    ):
        high += 1
    return wide, high


def _ruled(rules: Sequence[Rule], start: float, end: float) -> bool:
    """Whether one of the rules stands between two places."""
    middle = (start + end) / 2
    return any(rule.start - _NEAR <= middle <= rule.end + _NEAR for rule in rules)
