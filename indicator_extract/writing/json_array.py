"""JSON: one array of objects, an object a line. Numbers are strings, so that no reader rounds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from indicator_extract.record import Record


def write(records: Iterable[Record], out: BinaryIO) -> None:
    """Writes all records as one array."""
    separator = b"[\n"
    for record in records:
        out.write(separator + record.model_dump_json().encode())
        separator = b",\n"
    out.write(b"[]\n" if separator == b"[\n" else b"\n]\n")
