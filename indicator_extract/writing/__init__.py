"""Records → bytes. One module a format; `FORMATS` is the registry: a format is a row here and a module beside it.

A format's function takes the records as they come, the stream they go to and the layout. All text is UTF-8 with `\\n`
line ends, whatever the locale and the platform. A format's module is imported when it is used, a library that it needs
inside its function. A database is no stream: its `append` takes the path instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from indicator_extract.writing.layout import Layout

if TYPE_CHECKING:
    from indicator_extract.record import Record

__all__ = ["FORMATS", "Format", "Layout", "by_name", "by_suffix"]

Write = Callable[[Iterable["Record"], BinaryIO, Layout], None]
Append = Callable[[Iterable["Record"], Path, Layout], None]


class Format(NamedTuple):
    """One way to write records: to a stream with `write`, or into a database with `append`."""

    name: str
    suffixes: frozenset[str]  # lower case, with the point
    write: Write | None = None
    append: Append | None = None
    streams: bool = False  # whether rows appear as records come, or only at the end
    takes_bom: bool = False  # whether a byte order mark at the start does no harm
    binary: bool = False  # whether the bytes are no text, and so nothing for a terminal
    holds_mentions: bool = False  # whether mentions can stand beside the records
    fixed_columns: bool = False  # whether the format itself says what its columns are


def _in(module: str, function: str = "write") -> Callable[[Iterable[Record], Any, Layout], None]:
    """A function of a module of this package, which is imported when the function is called."""

    def write(records: Iterable[Record], out: Any, layout: Layout) -> None:
        getattr(import_module(f"{__name__}.{module}"), function)(records, out, layout)

    return write


FORMATS: tuple[Format, ...] = (
    Format("table", frozenset(), _in("table")),
    Format("csv", frozenset({".csv"}), _in("delimited", "write_csv"), streams=True, takes_bom=True),
    Format("tsv", frozenset({".tsv", ".tab"}), _in("delimited", "write_tsv"), streams=True, takes_bom=True),
    Format("json", frozenset({".json"}), _in("json_array"), streams=True),
    Format("jsonl", frozenset({".jsonl", ".ndjson"}), _in("json_lines"), streams=True),
    Format("xlsx", frozenset({".xlsx"}), _in("workbook"), binary=True, holds_mentions=True),
    Format("parquet", frozenset({".parquet", ".pq"}), _in("parquet"), binary=True),
    Format("sdmx-csv", frozenset(), _in("sdmx_csv"), streams=True, fixed_columns=True),
    Format(
        "sqlite",
        frozenset({".sqlite", ".sqlite3", ".db"}),
        append=_in("database", "append_sqlite"),
        holds_mentions=True,
    ),
    Format("duckdb", frozenset({".duckdb"}), append=_in("database", "append_duckdb"), holds_mentions=True),
)


def by_name(name: str) -> Format | None:
    """The format of this name (`csv`), if there is one."""
    return next((known for known in FORMATS if known.name == name), None)


def by_suffix(path: Path) -> Format | None:
    """The format that the suffix of an output file asks for, if it asks for one."""
    return next((known for known in FORMATS if path.suffix.lower() in known.suffixes), None)
