"""Names and codes of regions (GB/T 2260, 1980 to 2024): of a document, of a claim, in running text."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from indicator_extract.lexicon.loading import patterns_folder
from indicator_extract.regions.claim import Claims
from indicator_extract.regions.document import AMBIGUOUS, INFERRED, UNCODED, Locator
from indicator_extract.regions.names import Names
from indicator_extract.regions.rows import Row, read_lines
from indicator_extract.regions.table import COUNTRY, Region, Table
from indicator_extract.regions.words import Words, read_words

__all__ = ["AMBIGUOUS", "COUNTRY", "INFERRED", "UNCODED", "Region", "Regions", "load_regions"]


class Regions:
    """The regions of China in every year of the table, read from a folder when first asked for.

    Years before 1980 are looked up as 1980, later ones as the last year of the table, None as the last year.
    The table holds the state at the end of each December.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _words(self) -> Words:
        return read_words(self._folder)

    @cached_property
    def _table(self) -> Table:
        plain = self._words.plain
        return Table(read_lines(self._folder), plain["ending"], plain["alias"])

    @cached_property
    def _names(self) -> Names:
        return Names(self._table, self._words)

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self._table, self._words, self._names)

    @cached_property
    def _claims(self) -> Claims:
        return Claims(self._table, self._words, self._names)

    def at(self, code: str, year: int | None) -> Region | None:
        """The region that had the six-digit code in the year; None where none had."""
        row = self._table.row(code, self._table.year(year))
        return self._table.region(row, year) if row else None

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of the table."""
        return self._table.years

    @property
    def names(self) -> tuple[str, ...]:
        """The full names that any region had in any year."""
        return tuple(self._table.by_name)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that any region had in any year."""
        return tuple(self._table.by_code)

    def find(self, name: str, year: int | None, within: str = "") -> list[Region]:
        """Who bore the name in the year, by code: by full name (道里区), else by short name (道里), else as a chain of
        names (哈尔滨市道里区). With `within`, the code of a region, only those in it, where there are any.
        """
        rows = self._table.bearers(name, self._table.year(year)) or self._chain(name, year)
        inner = [row for row in rows if within and self._table.is_in(row, within, year)]
        return [self._table.region(row, year) for row in inner or rows]

    def _chain(self, name: str, year: int | None) -> list[Row]:
        found = self._names.find(name, 0, len(name), year, short=True)
        return list(found[0].rows) if found and found[0].start < found[0].last and found[0].end == len(name) else []

    def scan(
        self, text: str, start: int, end: int, year: int | None = None, within: str = ""
    ) -> list[tuple[int, int, str]]:
        """Region names in `text[start:end]` as (start, end, code), longest first, a chain (哈尔滨市道里区) as one.

        The code is empty where several regions of the name fit. Short names of counties count only inside `within`.
        """
        found = self._names.find(text, start, end, year, within)
        return [(one.start, one.end, self._code(one.rows, year, within)) for one in found]

    def _code(self, rows: tuple[Row, ...], year: int | None, within: str) -> str:
        inner = [row for row in rows if within and self._table.is_in(row, within, year)]
        fitting = inner or rows
        return fitting[0].code if len(fitting) == 1 else ""

    def of_document(self, title: str, head: str, text: str, year: int | None) -> tuple[Region | None, tuple[str, ...]]:
        """The region a document is about, and what a reader should check.

        `title` may be empty, and so may `head`, the opening (then the first 1,500 characters). Strongest first: the
        title; the meeting the report was given at; the office that speaks; the first words of an overview; a source
        line; the names in the text, of the level it speaks of as its own (全市, 区委).

        Flags: `ambiguous_area` (several regions fit: the likeliest, or None where none is), `inferred_area` (known only
        from names in the text or from a newspaper), `uncoded_area` (a town or development zone: a name without code).
        None without a flag: nothing in the document tells.
        """
        return self._locator.of_document(title, head, text, year)

    def of_claim(self, region: Region, words: str, year: int | None) -> Region:
        """The region of a claim in a document about `region`, by the words left of its number.

        Only their last clause counts. 全省, 全市, 全国 at its head are the region or one that it lies in; a name there
        is another region, or a town, whose code is empty. A comparison (占全市, 高于全国), a list of regions and
        a thing named after a place (大庆油田) change nothing. Where the document's region is unknown, all three parts
        of `region` are empty.
        """
        return self._claims.of_claim(region, words, year)

    def strip_words(self, region: Region, year: int | None) -> frozenset[str]:
        """Words that only say which region: names of `region`, of what it lies in and of its parts; 全市, 我市, 全国.

        To be taken from the head of an indicator's name, not from within (占全省比重). Short names are not among them,
        as things have them as well (大庆油田).
        """
        return self._claims.strip_words(region, year)


@cache
def load_regions(folder: Path | None = None) -> Regions:
    """The regions of a folder with `regions.tsv` and `words.tsv`; without one, the built-in ones."""
    return Regions(folder or patterns_folder() / "regions")
