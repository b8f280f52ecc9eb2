"""JSON Lines: one object a line, for records and for mentions. Numbers are strings, so that no reader rounds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from indicator_extract.record import MentionRecord, Record

# Python's splitlines and some line readers break a line here; JSON may write them as escapes.
_LINE_BREAKS = re.compile(r"[\x85\u2028\u2029]")


def write(rows: Iterable[Record | MentionRecord], out: BinaryIO) -> None:
    """Writes each row as one line."""
    out.writelines(line(row) for row in rows)


def line(row: Record | MentionRecord) -> bytes:
    """One row as a JSON object with its line end, in UTF-8."""
    text = row.model_dump_json()
    if not text.isascii():
        text = _LINE_BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.encode() + b"\n"
