"""Records → bytes. One module a format; `FORMATS` is the registry: a format is a row here and a module beside it.

A format's function takes the records as they come and the stream they go to. All text is UTF-8 with `\\n` line ends,
whatever the locale and the platform. A library a format needs is imported inside its function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from indicator_extract.writing import delimited, json_array, json_lines, table

if TYPE_CHECKING:
    from indicator_extract.record import Record

__all__ = ["FORMATS", "Format", "by_name", "by_suffix"]


class Format(NamedTuple):
    """One way to write records."""

    name: str
    suffixes: frozenset[str]  # lower case, with the point
    write: Callable[[Iterable[Record], BinaryIO], None]
    streams: bool  # whether rows appear as records come, or only at the end
    takes_bom: bool  # whether a byte order mark at the start does no harm


FORMATS: tuple[Format, ...] = (
    Format("table", frozenset(), table.write, streams=False, takes_bom=False),
    Format("csv", frozenset({".csv"}), delimited.write_csv, streams=True, takes_bom=True),
    Format("tsv", frozenset({".tsv", ".tab"}), delimited.write_tsv, streams=True, takes_bom=True),
    Format("json", frozenset({".json"}), json_array.write, streams=True, takes_bom=False),
    Format("jsonl", frozenset({".jsonl", ".ndjson"}), json_lines.write, streams=True, takes_bom=False),
)


def by_name(name: str) -> Format | None:
    """The format of this name (`csv`), if there is one."""
    return next((known for known in FORMATS if known.name == name), None)


def by_suffix(path: Path) -> Format | None:
    """The format that the suffix of an output file asks for, if it asks for one."""
    return next((known for known in FORMATS if path.suffix.lower() in known.suffixes), None)
