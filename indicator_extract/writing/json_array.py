"""JSON: one array of objects, an object a line. Numbers are strings, so that no reader rounds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.writing.json_lines import dumped
from indicator_extract.writing.layout import ALL, Layout

if TYPE_CHECKING:
    from indicator_extract.record import Record


def pack(records: Iterable[Record], layout: Layout = ALL) -> bytes:
    """Each record as an object with a comma before it."""
    return b"".join(b",\n" + dumped(record, layout.columns).encode() for record in records)


def frame(pieces: Iterable[bytes], out: BinaryIO, _layout: Layout = ALL) -> None:
    """Writes packed records as one array: the first loses its comma."""
    comma = 1
    for piece in filter(None, pieces):
        out.write(b"[" * comma + piece[comma:])
        comma = 0
    out.write(b"[]\n" if comma else b"\n]\n")
