"""Region names in running text: longest first, with care for names that other words hold."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from indicator_extract.regions.rows import Row
from indicator_extract.regions.table import Table
from indicator_extract.regions.words import Words

SHORTEST = 2  # characters of a name
OFFICIAL = ("meeting", "office", "after_place")  # what may follow a name and make it a region's, whatever else it means


class Named(NamedTuple):
    """A name in the text and who may be meant by it; a chain (哈尔滨市道里区) is one."""

    start: int
    end: int
    rows: tuple[Row, ...]
    last: int  # where the last name of the chain starts


def is_han(character: str) -> bool:
    """Whether it is a Chinese character; as a class of a regular expression, it would take long to compile."""
    return 0x4E00 <= ord(character) <= 0x9FFF


class _Search(NamedTuple):
    """Where and what `Names.find` looks for."""

    text: str
    at: int
    before: Named | None  # the name that ends right here
    year: int | None
    within: str
    short: bool


class Names:
    """The names of one table, ready to be found."""

    def __init__(self, table: Table, words: Words) -> None:
        self._table, self._words = table, words
        self._stops = frozenset(words.plain["stop"])
        self._lengths: dict[str, set[int]] = {}  # first two characters -> lengths of names
        for name in chain(table.by_name, table.by_short, self._stops):
            self._lengths.setdefault(name[:SHORTEST], set()).add(len(name))

    def find(
        self, text: str, start: int, end: int, year: int | None, within: str = "", *, short: bool = False
    ) -> list[Named]:
        """The names in `text[start:end]`, from left to right.

        A county's short name counts where it lies in the region `within`; with `short`, always.
        """
        found: list[Named] = []
        at = start
        while at < end - 1:
            known = self._lengths.get(text[at : at + SHORTEST])
            if not known:
                at += 1
                continue
            lengths = sorted(known, reverse=True)
            before = found[-1] if found and not text[found[-1].end : at].strip() else None
            search = _Search(text, at, before, year, within, short)
            named = self._named(text[at : min(end, at + lengths[0])], lengths, search)
            if named is None:
                at += 1
                continue
            if named.rows:
                if before and named.start == before.start:
                    found.pop()
                found.append(named)
            at = named.end
        return found

    def leading(self, text: str, at: int, year: int | None, within: str = "") -> Named | None:
        """The name that the text holds at `at`, as `find` has it."""
        if text[at : at + SHORTEST] not in self._lengths:
            return None
        found = self.find(text, at, len(text), year, within)
        return found[0] if found and found[0].start == at else None

    def is_plain(self, text: str, found: Named) -> bool:
        """Whether the name cannot be a common word: a full name, or one of more than a county."""
        return text[found.last : found.end] in self._table.by_name or any(row.code.endswith("00") for row in found.rows)

    def _named(self, ahead: str, lengths: list[int], search: _Search) -> Named | None:
        """The longest name or other phrase that starts here; a phrase has no rows."""
        for length in lengths:
            name = ahead[:length]
            if len(name) < length:
                continue
            if name in self._stops:
                return Named(search.at, search.at + length, (), search.at)
            rows = self._meant(name, search)
            if rows and not self._runs_on(name, search):
                named = Named(search.at, search.at + length, rows, search.at)
                chain = self._chained(search.before, named, search.year)
                if chain or self._stands_free(name, search):
                    return chain or named
        return None

    def _meant(self, name: str, search: _Search) -> tuple[Row, ...]:
        """Who may be meant by a name."""
        rows = tuple(self._table.bearers_about(name, search.year))
        if name in self._table.by_name or search.short:
            return rows
        return tuple(row for row in rows if row.code.endswith("00") or self._is_in(row, search))

    def _is_in(self, row: Row, search: _Search) -> bool:
        return search.within != "" and self._table.is_in(row, search.within, search.year)

    def _runs_on(self, name: str, search: _Search) -> bool:
        """Whether the name begins another word: 北京市场 holds 北京, not 北京市; 莱芜市 does not hold 莱芜."""
        text, end = search.text, search.at + len(name)
        if name in self._table.by_name:
            return self._words.is_followed(name[-1], text, end)
        following = text[end : end + 1]
        return following in self._words.plain["kind"] and not self._words.is_followed(following, text, end + 1)

    def _stands_free(self, name: str, search: _Search) -> bool:
        """Whether the name is not the end of another word, as far as its neighbours tell."""
        text, at = search.text, search.at
        generic = name in self._words.plain["generic"]
        if not generic and (search.before or len(name) > SHORTEST or name not in self._table.by_name):
            return True
        if at and is_han(text[at - 1]) and text[at - 1] not in self._words.plain["edge"]:
            return False
        return not generic or any(self._words.regex[role].match(text, at + len(name)) for role in OFFICIAL)

    def _chained(self, before: Named | None, named: Named, year: int | None) -> Named | None:
        """The name joined to the one right before it, where it lies in that region."""
        rows = tuple(
            row
            for row in named.rows
            for above in (before.rows if before else ())
            if self._table.is_in(row, above.code, year)
        )
        return Named(before.start, named.end, tuple(dict.fromkeys(rows)), named.start) if before and rows else None
