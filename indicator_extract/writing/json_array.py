"""JSON: one array of objects, an object a line. Numbers are strings, so that no reader rounds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.writing.json_lines import dumped
from indicator_extract.writing.layout import ALL, Layout

if TYPE_CHECKING:
    from indicator_extract.record import Record


def write(records: Iterable[Record], out: BinaryIO, layout: Layout = ALL) -> None:
    """Writes all records as one array."""
    separator = b"[\n"
    for record in records:
        out.write(separator + dumped(record, layout.columns).encode())
        separator = b",\n"
    out.write(b"[]\n" if separator == b"[\n" else b"\n]\n")
