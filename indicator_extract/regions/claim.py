"""The region of one claim, where its own words name another than the document's."""

from __future__ import annotations

import re

from indicator_extract.regions.names import Named, Names
from indicator_extract.regions.rows import Row
from indicator_extract.regions.table import COUNTRY, Region, Table
from indicator_extract.regions.words import Words

MARKS = "，,；;：:。!！?？()（）\n"
"""What ends a clause here: the words behind the last one are those of the claim."""

_UP_TO_MARK = re.compile(f".*[{MARKS}]", re.DOTALL)


class Claims:
    """Finds the regions of claims and the words that say them."""

    def __init__(self, table: Table, words: Words, names: Names) -> None:
        self._table, self._words, self._names = table, words, names

    def of_claim(self, region: Region, words: str, year: int | None) -> Region:
        """See `Regions.of_claim`."""
        passed = _UP_TO_MARK.match(words)
        chunk = words[passed.end() :] if passed else words
        at = self._words.start(chunk)
        own = self._words.own.match(chunk, at)
        if own and not self._is_aside(chunk, own.end()):
            line = [*self._lineage(region, year), self._table.by_code[COUNTRY][-1]]
            return next((self._seen(r, region, year) for r in line if self._words.kind(r.name) == own["kind"]), region)
        return self._named(chunk, at, region, year)

    def _is_aside(self, chunk: str, at: int) -> bool:
        """Whether what follows the name says that the number is not that region's."""
        return any(self._words.regex[role].match(chunk, at) for role in ("rank", "aside"))

    def _lineage(self, region: Region, year: int | None) -> list[Row]:
        row = self._table.row(region.code, self._table.year(year)) if region.code else None
        row = row or next(iter(self._table.by_code.get(region.code)), None)
        return self._table.lineage(row, year) if row else []

    def _seen(self, row: Row, region: Region, year: int | None) -> Region:
        return region if row.code == region.code else self._table.region(row, year)

    def _named(self, chunk: str, at: int, region: Region, year: int | None) -> Region:
        """The region or town that the words begin with, unless it only lends its name to something else."""
        found = self._names.leading(chunk, at, year, region.code)
        if found is None:
            return self._town(chunk, at, region)
        row = self._one(found, region, year)
        if row is None or self._is_aside(chunk, found.end):
            return region
        named = self._seen(row, region, year)
        if chunk[found.last : found.end] in self._table.by_name:
            return self._town(chunk, found.end, named)
        return named if self._words.regex["subject"].match(chunk, found.end) else region

    def _one(self, found: Named, region: Region, year: int | None) -> Row | None:
        """The row meant: the only one, or the only one in the document's region or beside it."""
        for above in [region.code, *(row.code for row in self._lineage(region, year)[1:]), COUNTRY]:
            near = [row for row in found.rows if self._table.is_in(row, above, year)]
            if len(near) == 1:
                return near[0]
        return None

    def _town(self, chunk: str, at: int, region: Region) -> Region:
        town = self._words.regex["town"].match(chunk, at)
        if town is None or self._is_aside(chunk, town.end()):
            return region
        return Region("", town[0], region.full_name + town[0])

    def strip_words(self, region: Region, year: int | None) -> frozenset[str]:
        """See `Regions.strip_words`."""
        line = self._lineage(region, year)
        country = self._table.by_code[COUNTRY][-1]
        children = self._table.children(line[0].code, self._table.when(line[0], year)) if line else []
        words = {region.name, region.full_name, *(self._table.region(row, year).full_name for row in line)}
        words.update(name for row in (*line, *children) for name in self._table.called(row))
        kinds = {self._words.kind(row.name) for row in (*line, country)} - {""}
        words.update(own + kind for own in self._words.plain["own"] for kind in kinds)
        return frozenset(words)
