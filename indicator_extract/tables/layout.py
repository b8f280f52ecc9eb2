"""Grid → sections: which rows are titles, heads, groups and data, and what each column holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.tables.grid import Field, Grid

_MOSTLY = 0.5
_NAMING = frozenset({"name", "area", "year"})


class Section(NamedTuple):
    """A part of a table with heads of its own."""

    captions: tuple[Field, ...]  # titles and units inside the table, above the heads
    heads: tuple[int, ...]
    rows: tuple[int, ...]  # data and groups, in order
    columns: tuple[str, ...]  # of each column: name, area, year, unit, number, value or ""


class Layouter:
    """Lays grids out with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._columns, self._units, self._notes = (lexicon.cues(r) for r in ("column", "table_unit", "table_note"))

    def sections(self, grid: Grid, is_unit: Callable[[str], bool]) -> list[Section]:
        """The sections of a grid from top to bottom; `is_unit` tells whether words are a unit of measure."""
        found: list[tuple[list[Field], list[int], list[int]]] = []
        singles: list[int] = []
        loose: list[Field] = []  # units that stand beside something else
        gap, stated = True, False  # stated: a single row names a unit
        for row in range(grid.height):
            fields = grid.starting(row)
            units, others = self._parted(fields)
            rest = [f for f in others if f.kind != "same"]
            loose += units if rest else []
            kind = self._kind(rest or units, fields, not found or not found[-1][2])
            if kind == "single":
                singles.append(row)
                stated = stated or bool(units)
            elif kind == "head" and self._opens(grid, row, found, gap=gap or stated):
                captions = [*loose, *(f for s in singles for f in grid.starting(s))]
                found.append((captions, [row], []))
                singles, loose, stated = [], [], False
            elif kind == "head" and found and not found[-1][2]:
                found[-1][1].append(row)
            elif kind == "data":
                if not found:
                    found.append(([*loose, *(f for s in singles for f in grid.starting(s))], [], []))
                    singles, loose = [], []
                found[-1][2].extend([*singles, row])
                singles, stated = [], False
            gap = kind == "blank"
        return [self._section(grid, *parts, is_unit) for parts in found if parts[2]]

    def _parted(self, fields: Sequence[Field]) -> tuple[list[Field], list[Field]]:
        """The fields that state a unit for others, and the rest."""
        parts: tuple[list[Field], list[Field]] = ([], [])
        for field in fields:
            parts[self._units.search(field.words) is None].append(field)
        return parts

    def _kind(self, said: Sequence[Field], fields: Sequence[Field], early: bool) -> str:
        """blank, single (a title, a group, a unit, a note), head or data."""
        if not said:
            return "blank"
        values = [f for f in said if f.kind == "value"]
        if values:
            return "data"
        years = [f for f in said if f.kind == "year" and f.amount]
        if years and not early and len(fields) == len(years) + 1 and self._field_of(fields[0]) != "name":
            return "data"  # 2010 could be a count as well
        return "single" if len(said) == 1 or self._notes.match(said[0].words) else "head"

    def _opens(
        self,
        grid: Grid,
        row: int,
        found: Sequence[tuple[list[Field], list[int], list[int]]],
        *,
        gap: bool,
    ) -> bool:
        """Whether a row of words begins a section: the first, or one with a corner, or a unit or a gap above."""
        if not found:
            return True
        if not found[-1][2]:
            return False
        return gap or self._field_of(grid.starting(row)[0]) == "name"

    def _section(
        self, grid: Grid, captions: list[Field], heads: list[int], rows: list[int], is_unit: Callable[[str], bool]
    ) -> Section:
        kinds: list[str] = []
        opens = True
        data = [row for row in rows if any(f.kind in ("value", "year") for f in grid.starting(row))]
        for col in range(grid.width):
            column = [f for row in data if (f := grid.at(row, col)) and f.col == col]
            head = next((f for row in reversed(heads) if (f := grid.at(row, col))), None)
            kinds.append(self._column(column, head, is_unit, opens=opens))
            opens = opens and kinds[-1] not in _NAMING
        return Section(tuple(captions), tuple(heads), tuple(rows), tuple(_without_serials(grid, data, kinds)))

    def _column(
        self, fields: Sequence[Field], head: Field | None, is_unit: Callable[[str], bool], *, opens: bool
    ) -> str:
        """What a column holds, by its head or by its fields; `opens`: no column left of it names the rows."""
        named = self._field_of(head) if head and head.cols == 1 else ""
        said = [f for f in fields if f.kind != "same"]
        values = sum(f.kind == "value" for f in said)
        if named == "number" or (named == "unit" and not values):
            return named
        if not said:
            return ""
        years = sum(f.kind == "year" for f in said)
        if years > _MOSTLY * len(said) and opens:
            return "year"
        if values + years > _MOSTLY * len(said):
            return "value"
        if sum(is_unit(f.words) for f in said) > _MOSTLY * len(said) and not opens:
            return "unit"
        return named if named in ("area", "year") else "name"

    def _field_of(self, field: Field) -> str:
        words = field.words.lower()
        match = self._columns.match(words)
        return match.entry.gives["field"] if match and match.end == len(words) else ""


def _without_serials(grid: Grid, rows: Sequence[int], kinds: list[str]) -> list[str]:
    """A first column that counts 1, 2, 3 before a column of names is no value."""
    if len(rows) > 1 and kinds[:2] == ["value", "name"]:
        fields = [grid.at(row, 0) for row in rows]
        numbers = [f.amount.low for f in fields if f and f.amount]
        if numbers == list(range(1, len(rows) + 1)):
            return ["number", *kinds[1:]]
    return kinds
