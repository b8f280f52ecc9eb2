"""Documents with their numbers → the data of a page: compact JSON that stands in the page and never runs.

Each text that repeats (an indicator, a sentence, a rule) is written once, and a record is a row of numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from indicator_extract import __version__
from indicator_extract.writing.layout import Layout

if TYPE_CHECKING:
    from indicator_extract.lexicon.rules import Rule
    from indicator_extract.model import Document
    from indicator_extract.record import MentionRecord, Record

COLUMNS = ("indicator", "value", "unit", "measure", "status", "time_period")
"""Columns of the table of claims, unless the user names others. Flags stand below the first one."""

_SURROGATES = re.compile("[\ud800-\udfff]")

# What would end the element, or turn the direction of the page's source when someone looks at that.
_UNSAFE = re.compile("[<>&\x7f-\x9f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Summary(NamedTuple):
    """What a list of pages says of one."""

    sources: tuple[str, ...] = ()
    records: int = 0
    flagged: int = 0
    mentions: int = 0

    def with_one(self, source: str, records: int, flagged: int, mentions: int) -> Summary:
        """With one more document."""
        counts = (self.records + records, self.flagged + flagged, self.mentions + mentions)
        return Summary((*self.sources, source), *counts)


def pack(
    document: Document, records: Sequence[Record], left_out: Sequence[Record], mentions: Sequence[MentionRecord]
) -> bytes:
    """One document as a line of JSON: its text, the records asked for, the spans of those left out, its mentions."""
    found = {
        "source": document.source,
        "title": records[0].title if records else document.title,
        "notes": document.notes,
        "text": document.text,
        "digest": sha256(document.text.encode("utf-8", "replace")).hexdigest()[:16],
        "records": [list(record.model_dump(mode="json").values()) for record in records],
        "left_out": [(record.start, record.end) for record in left_out],
        "mentions": [(row.start, row.end, row.mention_class, row.rule) for row in mentions],
    }
    return safe_json(found).encode() + b"\n"


def safe_json(data: object) -> str:
    """JSON that may stand inside an HTML element: nothing in it ends the element. A lone surrogate is U+FFFD."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if text.isascii() and not _UNSAFE.search(text):
        return text
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class PageData:
    """The data of one page, which grows document by document."""

    def __init__(self, layout: Layout) -> None:
        from indicator_extract.record import FIELDS

        self._columns = layout.columns or COLUMNS
        self._fields = FIELDS
        self._strings: dict[str, int] = {}  # each with its number
        self._documents: list[str] = []  # as JSON
        self.rules: set[str] = set()  # ids of those behind the records and mentions
        self.size = 0  # bytes, without the notes on rules
        self.summary = Summary()

    def add(self, document: Mapping[str, Any]) -> None:
        """Adds a document as `pack` gives it."""
        records, mentions = document["records"], document["mentions"]
        rows = {
            "records": [[self._cell(cell) for cell in row] for row in records],
            "mentions": [[start, end, *map(self._cell, words)] for start, end, *words in mentions],
        }
        text = safe_json({**document, **rows})
        self._documents.append(text)
        self.size += len(text.encode())
        for row in records:
            self.rules.update(row[self._fields.index("rule")].split("|"))
        self.rules.update(row[3] for row in mentions)
        flagged = sum(1 for row in records if row[self._fields.index("flags")])
        self.summary = self.summary.with_one(document["source"], len(records), flagged, len(mentions))

    def json(self, rules: Mapping[str, Rule]) -> str:
        """All of it; `rules` says what each rule is, where it stands in a file."""
        head = {
            "version": __version__,
            "fields": self._fields,
            "columns": self._columns,
            "strings": list(self._strings),
            "rules": {name: rules[name] for name in sorted(self.rules) if name in rules},
        }
        return f'{safe_json(head)[:-1]},"documents":[{",".join(self._documents)}]}}'

    def _cell(self, cell: str | int | None) -> int:
        """A count as it is, a text as its number, nothing as -1. Which a field holds, its name says."""
        if cell is None:
            return -1
        if isinstance(cell, int):
            return cell
        if cell not in self._strings:
            self._strings[cell] = len(self._strings)
            self.size += len(safe_json(cell).encode()) + 1
        return self._strings[cell]
