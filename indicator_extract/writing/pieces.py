"""Records → pieces of bytes → an output: the two halves of writing, which may be done in two processes.

A piece holds the records of some documents. Which records share a piece makes no difference to the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.writing import Format, Layout, json_lines

if TYPE_CHECKING:
    from indicator_extract.record import MentionRecord, Record


def pack(known: Format, records: Iterable[Record], layout: Layout) -> bytes:
    """The records as bytes: rows of the format itself, else JSON Lines with all fields."""
    return known.pack(records, layout) if known.pack else json_lines.pack(records)


def write(known: Format, pieces: Iterable[bytes], out: BinaryIO, layout: Layout) -> None:
    """Writes packed records to a stream. Raises WriteError where a library is missing or a limit is reached."""
    if known.frame:
        known.frame(pieces, out, layout)
    elif known.write:
        known.write(_unpacked(pieces), out, layout)


def append(known: Format, pieces: Iterable[bytes], path: Path, layout: Layout) -> None:
    """Adds packed records to a database. Raises WriteError where that cannot be done."""
    if known.append:
        known.append(_unpacked(pieces), path, layout)


def mentions_in(piece: bytes) -> Iterator[MentionRecord]:
    """The mentions of a piece that `json_lines.pack` made."""
    from indicator_extract.record import MentionRecord

    return map(MentionRecord.model_validate_json, piece.splitlines())


def _unpacked(pieces: Iterable[bytes]) -> Iterator[Record]:
    from indicator_extract.record import Record

    for piece in pieces:
        yield from map(Record.model_validate_json, piece.splitlines())
