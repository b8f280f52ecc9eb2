"""Records → bytes. One module a format; `FORMATS` is the registry: a format is a row here and a module beside it.

A format's function takes the records as they come, the stream they go to and the layout. All text is UTF-8 with `\\n`
line ends, whatever the locale and the platform. A format's module is imported when it is used, a library that it needs
inside its function. A database is no stream: its `append` takes the path instead. A page has the texts too, and may
need several files: its `pack_document` and `publish` see to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from indicator_extract.writing.layout import Layout

if TYPE_CHECKING:
    from indicator_extract.model import Document
    from indicator_extract.record import MentionRecord, Record
    from indicator_extract.writing.page import Beside

__all__ = ["FORMATS", "Format", "Layout", "by_name", "by_suffix"]

Pack = Callable[[Iterable["Record"], Layout], bytes]
Frame = Callable[[Iterable[bytes], BinaryIO, Layout], None]
Write = Callable[[Iterable["Record"], BinaryIO, Layout], None]
Append = Callable[[Iterable["Record"], Path, Layout], None]
PackDocument = Callable[["Document", Sequence["Record"], Sequence["Record"], Sequence["MentionRecord"]], bytes]
Publish = Callable[[Iterable[bytes], BinaryIO, Layout, "Beside | None"], int]


class Format(NamedTuple):
    """One way to write records.

    To a stream with `pack` and `frame` or `write`, into a database with `append`, or with their texts with
    `pack_document` and `publish`.
    """

    name: str
    suffixes: frozenset[str]  # lower case, with the point
    pack: Pack | None = None
    frame: Frame | None = None
    write: Write | None = None
    append: Append | None = None
    pack_document: PackDocument | None = None
    publish: Publish | None = None
    streams: bool = False  # whether rows appear as records come, or only at the end
    takes_bom: bool = False  # whether a byte order mark at the start does no harm
    binary: bool = False  # whether the bytes are no text, and so nothing for a terminal
    holds_mentions: bool = False  # whether mentions can stand beside the records
    fixed_columns: bool = False  # whether the format itself says what its columns are


def _in(module: str, function: str = "write") -> Callable[..., Any]:
    """A function of a module of this package, which is imported when the function is called."""

    def called(*arguments: Any) -> Any:
        return getattr(import_module(f"{__name__}.{module}"), function)(*arguments)

    return called


def _text(name: str, suffixes: set[str], module: str, ending: str = "") -> Format:
    """A format whose rows of text just follow one another."""
    pack, frame = _in(module, f"pack{ending}"), _in(module, f"frame{ending}")
    return Format(name, frozenset(suffixes), pack, frame, streams=True)


FORMATS: tuple[Format, ...] = (
    Format("table", frozenset(), write=_in("table")),
    _text("csv", {".csv"}, "delimited", "_csv")._replace(takes_bom=True),
    _text("tsv", {".tsv", ".tab"}, "delimited", "_tsv")._replace(takes_bom=True),
    _text("json", {".json"}, "json_array"),
    _text("jsonl", {".jsonl", ".ndjson"}, "json_lines"),
    Format("xlsx", frozenset({".xlsx"}), write=_in("workbook"), binary=True, holds_mentions=True),
    Format("parquet", frozenset({".parquet", ".pq"}), write=_in("parquet"), binary=True),
    _text("sdmx-csv", set(), "sdmx_csv")._replace(fixed_columns=True),
    Format("html", frozenset({".html", ".htm"}), pack_document=_in("page", "pack"), publish=_in("page", "publish")),
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
