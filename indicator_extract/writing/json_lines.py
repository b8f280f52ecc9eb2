"""JSON Lines: one object a line, for records and for mentions. Numbers are strings, so that no reader rounds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.writing.layout import ALL, Layout

if TYPE_CHECKING:
    from indicator_extract.record import MentionRecord, Record

# Python's splitlines and some line readers break a line here; JSON may write them as escapes.
_LINE_BREAKS = re.compile(r"[\x85\u2028\u2029]")


def pack(rows: Iterable[Record | MentionRecord], layout: Layout = ALL) -> bytes:
    """Each row as one line."""
    return b"".join(line(row, layout.columns) for row in rows)


def frame(pieces: Iterable[bytes], out: BinaryIO, _layout: Layout = ALL) -> None:
    """Writes packed rows."""
    out.writelines(pieces)


def line(row: Record | MentionRecord, columns: Sequence[str] = ()) -> bytes:
    """One row as a JSON object with its line end, in UTF-8."""
    text = dumped(row, columns)
    if not text.isascii():
        text = _LINE_BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.encode() + b"\n"


def dumped(row: Record | MentionRecord, columns: Sequence[str]) -> str:
    """One row as a JSON object with these keys in this order; all of them where none is named."""
    if not columns:
        return row.model_dump_json()
    values = row.model_dump(mode="json", include=set(columns))
    return json.dumps({name: values[name] for name in columns}, ensure_ascii=False, separators=(",", ":"))
