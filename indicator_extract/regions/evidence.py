"""What a document says about its region, place by place: title, meeting, office, overview, source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indicator_extract.regions.names import Named, Names, is_han
from indicator_extract.regions.rows import Row
from indicator_extract.regions.table import COUNTRY, Table
from indicator_extract.regions.words import Words

TITLE_LENGTH = 60  # characters of a line that may be a title
FOOT_LINES = 6  # lines at the end among which a signature may stand
SIGNATURE_LENGTH = 30
KINDS = ("title", "heading", "meeting", "office", "lead", "agency", "source")
"""From the strongest to the weakest. `source` is a newspaper, which is often another region's."""
STRONG = KINDS[:3]
WEAKEST = KINDS[-1]

_BLANKS = re.compile(r"(?<=\w)[ \t\u3000]+(?=\w)")
_EDGES = re.compile(r"^\W+|\W+$")


class Evidence(NamedTuple):
    """One place that speaks for a region, or for one of several of the same name."""

    kind: str
    rows: tuple[Row, ...]


def lines_of(text: str) -> list[str]:
    """The lines that hold something, without the blanks some texts set between characters."""
    return [_BLANKS.sub(_kept_blanks, line.strip()) for line in text.splitlines() if line.strip()]


def _kept_blanks(blanks: re.Match[str]) -> str:
    """Nothing between two Chinese characters, else the blanks as they are."""
    line = blanks.string
    return "" if is_han(line[blanks.start() - 1]) and is_han(line[blanks.end()]) else blanks[0]


class Witness:
    """Reads the openings of documents."""

    def __init__(self, table: Table, words: Words, names: Names) -> None:
        self._table, self._words, self._names = table, words, names

    def headings(self, lines: list[str]) -> list[str]:
        """The lines of the opening that read like a title."""
        document = self._words.regex["document"]
        return [line for line in lines if len(line) <= TITLE_LENGTH and document.search(line)]

    def evidence(self, title: list[str], head: list[str], foot: list[str], year: int | None) -> Iterator[Evidence]:
        """What speaks for a region, by lines, in the order of reading within each kind."""
        titles = [("title", line) for line in title] + [("heading", line) for line in self.headings(head)]
        for kind, line in titles:
            if rows := self._in_title(line, year) or self._country(line):
                yield Evidence(kind, rows)
        for line in head:
            if country := self._country(line):
                yield Evidence("office", country)
        signatures = (line for line in foot[-FOOT_LINES:] if len(line) <= SIGNATURE_LENGTH)
        for line in (*head, *signatures):
            yield from self._in_line(line, year)

    def _country(self, line: str) -> tuple[Row, ...]:
        return (self._table.by_code[COUNTRY][-1],) if self._words.regex["nation"].search(line) else ()

    def _in_title(self, line: str, year: int | None) -> tuple[Row, ...]:
        """The one region a title names; of a region and one it lies in, the smaller."""
        named = [found for found in self._names.find(line, 0, len(line), year, short=True) if self._fits(line, found)]
        inner = [one for one in named if not any(self._encloses(one, other, year) for other in named if other != one)]
        sets = {one.rows for one in inner}
        return sets.pop() if len(sets) == 1 else ()

    def _fits(self, line: str, found: Named) -> bool:
        """A county's short name (和平, 新华) is one only at the start of a title, or right behind its city's."""
        return self._names.is_plain(line, found) or found.start < found.last or self._words.start(line) == found.start

    def _encloses(self, outer: Named, inner: Named, year: int | None) -> bool:
        codes = {row.code for row in outer.rows}
        return all(codes.intersection(above.code for above in self._table.lineage(row, year)[1:]) for row in inner.rows)

    def _in_line(self, line: str, year: int | None) -> Iterator[Evidence]:
        source = self._words.regex["source"].match(line)
        for found in self._names.find(line, 0, len(line), year):
            kind = self._kind(line, found, source is not None)
            if kind:
                yield Evidence(kind, found.rows)

    def _kind(self, line: str, found: Named, source: bool) -> str:
        """What a name in a line stands for, empty where it says nothing about the document."""
        if source:
            return "agency" if self._words.regex["agency"].match(line, found.end) else "source"
        for kind in ("meeting", "office", "lead"):
            if self._words.regex[kind].match(line, found.end):
                return kind
        return "lead" if _EDGES.sub("", line) == line[found.start : found.end] else ""
