"""The table of codes: which region bore which code and name in which years, and what it lay in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from indicator_extract.regions.rows import Row, Rows

COUNTRY = "100000"  # GB/T 2260 has no code for the country; this one is free in it and in wide use for it


NEAR = (0, -1, 1, -2)
"""Years from the one meant in which a name is looked for: the table has the state of each December."""


class Region(NamedTuple):
    """A region in one year. `code` is empty for a place that GB/T 2260 does not number (a town, a development zone)."""

    code: str
    name: str
    full_name: str  # with the regions it lies in: 黑龙江省哈尔滨市道里区


class Table:
    """Rows by code and by name. A year outside the table stands for the nearest one inside, None for the last."""

    def __init__(self, lines: Iterable[str], endings: Mapping[str, str], aliases: Mapping[str, str]) -> None:
        """`endings`: long end of a full name -> short one people say (自治州 -> 州); `aliases`: other name -> code."""
        self._endings = dict(endings)
        self._long = tuple(endings)
        by_code: dict[str, list[str]] = {}
        by_name: dict[str, list[str]] = {}
        by_short: dict[str, list[str]] = {}
        for line in lines:
            code, name, short, _ = line.split("\t", 3)
            by_code.setdefault(code, []).append(line)
            by_name.setdefault(name, []).append(line)
            if short != name:
                by_short.setdefault(short, []).append(line)
                if name.endswith(self._long):
                    by_name.setdefault(self._said(name, short), []).append(line)
        for alias, code in aliases.items():
            by_short.setdefault(alias, []).extend(by_code[code])
        self.by_code, self.by_name, self.by_short = Rows(by_code), Rows(by_name), Rows(by_short)
        self.years = (self.by_code[COUNTRY][0].first, self.by_code[COUNTRY][-1].last)
        self._codes = sorted(self.by_code)
        self.children = lru_cache(maxsize=1024)(self._children)
        """The regions directly in one, by its code and a year."""

    def called(self, row: Row) -> tuple[str, ...]:
        """The full name, and the one people say where that is long (恩施州)."""
        if not row.name.endswith(self._long) or row.short == row.name:
            return (row.name,)
        return row.name, self._said(row.name, row.short)

    def _said(self, name: str, short: str) -> str:
        return short + next(said for long, said in self._endings.items() if name.endswith(long))

    def year(self, year: int | None) -> int:
        """The year to look things up in."""
        first, last = self.years
        return last if year is None else min(max(year, first), last)

    def when(self, row: Row, year: int | None) -> int:
        """The year of the row nearest to `year`."""
        return min(max(self.year(year), row.first), row.last)

    def row(self, code: str, year: int) -> Row | None:
        """The row of a code in a year of the table."""
        return next((row for row in self.by_code.get(code) if row.first <= year <= row.last), None)

    def parent(self, row: Row, year: int) -> Row | None:
        """What the region lay in; None for the country."""
        if row.code == COUNTRY:
            return None
        if row.parent:
            return self.row(row.parent, year)
        if row.code.endswith("0000"):
            return self.row(COUNTRY, year)
        prefecture = row.code[:4] + "00"
        above = self.row(prefecture, year) if prefecture != row.code else None
        return above or self.row(row.code[:2] + "0000", year)

    def lineage(self, row: Row, year: int | None) -> list[Row]:
        """The region and what it lay in, nearest first, without the country."""
        when = self.when(row, year)
        line = [row]
        while (above := self.parent(line[-1], when)) and above.code != COUNTRY:
            line.append(above)
        return line

    def is_in(self, row: Row, code: str, year: int | None) -> bool:
        """Whether the region has the code or lies in the one that has it."""
        return code == COUNTRY or any(above.code == code for above in self.lineage(row, year))

    def _children(self, code: str, year: int) -> tuple[Row, ...]:
        return tuple(
            row
            for below in self._codes_below(code)
            for row in self.by_code[below]
            if row.first <= year <= row.last and row.parent in ("", code)
            if (above := self.parent(row, year)) and above.code == code
        )

    def _codes_below(self, code: str) -> list[str]:
        """The codes of the regions that may lie directly in one: the provinces, or all codes of its province."""
        if code == COUNTRY:
            return [province for province in self._codes if province.endswith("0000")]
        first, end = (bisect_left(self._codes, edge) for edge in (f"{code[:2]}0000", f"{code[:2]}9999"))
        return self._codes[first:end]

    def region(self, row: Row, year: int | None) -> Region:
        """The row as the rest of the program sees it."""
        return Region(row.code, row.name, "".join(above.name for above in reversed(self.lineage(row, year))))

    def bearers(self, name: str, year: int) -> list[Row]:
        """Who bore a name in a year: by full name, and only if nobody did, by short name; by code."""
        for names in (self.by_name, self.by_short):
            rows = {row for row in names.get(name) if row.first <= year <= row.last}
            if rows:
                return sorted(rows)
        return []

    def bearers_about(self, name: str, year: int | None) -> list[Row]:
        """Who bore a name in a year or, as names outlive their regions for a while, near it.

        Without a year: who bore it last.
        """
        if year is None:
            rows = [*self.by_name.get(name), *self.by_short.get(name)]
            return self.bearers(name, max(row.last for row in rows)) if rows else []
        at = self.year(year)
        return next((rows for near in NEAR if (rows := self.bearers(name, at + near))), [])
