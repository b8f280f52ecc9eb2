"""File → documents. One module a format; `FORMATS` is the registry: a format is a row here and a module beside it.

A format's function takes the name and the bytes of one input with the user's options and yields its documents. Its
module is imported when it is used, and a library it needs inside that function, so that a format costs nothing until
it is met. A format whose parser a hostile file can hurt is read in a process apart (`apart`). Whatever the format,
`Document.text` is the text that every offset points into, and that `extract --format text` prints.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.reading.limits import LONG, Limits, size
from indicator_extract.reading.options import DEFAULTS, Options
from indicator_extract.reading.sniff import format_by_content

__all__ = ["FORMATS", "SUFFIXES", "Format", "Options", "items", "read", "readable", "source_name"]


class Format(NamedTuple):
    """One kind of file that can be read."""

    name: str
    suffixes: frozenset[str]  # lower case, with the point
    documents: Callable[[str, bytes, Options], Iterator[Document]]
    apart: bool = False  # whether that happens in a process of its own: the parser is large, or not written in Python


def _in(module: str, function: str = "documents") -> Callable[[str, bytes, Options], Iterator[Document]]:
    """A function of a module of this package, which is imported when the function is called."""

    def documents(name: str, data: bytes, options: Options) -> Iterator[Document]:
        found: Iterator[Document] = getattr(import_module(f"{__name__}.{module}"), function)(name, data, options)
        return found

    return documents


FORMATS: tuple[Format, ...] = (
    Format("text", frozenset({".txt", ".text"}), _in("plain")),
    Format("markdown", frozenset({".md", ".markdown"}), _in("markdown")),
    Format("html", frozenset({".html", ".htm", ".xhtml", ".shtml"}), _in("page"), apart=True),
    Format("docx", frozenset({".docx", ".docm"}), _in("word"), apart=True),
    Format("pdf", frozenset({".pdf"}), _in("pdf"), apart=True),
    Format("xlsx", frozenset({".xlsx", ".xlsm"}), _in("sheet"), apart=True),
    Format("csv", frozenset({".csv", ".tsv"}), _in("columns", "csv_documents")),
    Format("jsonl", frozenset({".jsonl", ".ndjson"}), _in("columns", "json_documents")),
)
_ARCHIVE = frozenset({".zip"})
_OLD = frozenset({".doc", ".wps", ".xls", ".et", ".rtf"})  # taken from folders only to say how to convert them
_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}
SUFFIXES: frozenset[str] = frozenset(_BY_SUFFIX) | _ARCHIVE | _OLD  # of the files that a folder gives
_TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson"})
_BY_NAME = {known.name: known for known in FORMATS}
_BINARY = frozenset({"docx", "pdf", "xlsx"})


def readable(path: Path) -> bool:
    """Whether a file found in a folder is one to read, by its suffix; old Office files are, to fail with advice."""
    return path.suffix.lower() in SUFFIXES


def source_name(source: str | Path) -> str:
    """The name under which an input stands in records and messages: as given, `-` as `stdin`.

    Bytes of a file name that are no UTF-8 become U+FFFD: a record must be valid text.
    """
    return "stdin" if source == "-" else os.fsencode(source).decode("utf-8", "replace")


def read(source: str | Path, data: bytes | None = None, options: Options = DEFAULTS) -> Iterator[Document]:
    """The documents of one input.

    Args:
        source: a path, or the name of `data` (`-` stands for standard input).
        data: the bytes, where they do not come from the file `source`.
        options: what the user says about encoding and columns.

    Raises:
        ReadError: the file is missing, empty, too large, damaged or in no supported format; raised on first use. A
            member of an archive that cannot be read raises when it is reached.
    """
    for item in items(source, data, options):
        if isinstance(item, ReadError):
            raise item
        yield item


def items(source: str | Path, data: bytes | None = None, options: Options = DEFAULTS) -> Iterator[Document | ReadError]:
    """As `read`, but a member of an archive that cannot be read is yielded as its error, and the others go on."""
    name = source_name(source)
    if data is None and source != "-" and _is_long_table(name, Path(source)):
        yield from import_module(f"{__name__}.columns").long_documents(name, Path(source), options)
        return
    if data is None:
        most = options.limits.file
        data = _stdin_bytes(most) if source == "-" else _bytes_of(name, Path(source), most)
    if len(data) > options.limits.file:
        raise options.limits.error(name, "file", f"larger than {size(options.limits.file)}", "split it")
    if format_by_content(name, data, options.limits) == "zip":
        yield from _unpacked(name, data, options)
    else:
        yield from _documents(name, data, options)


def _unpacked(name: str, data: bytes, options: Options) -> Iterator[Document | ReadError]:
    """The documents of an archive."""
    from indicator_extract.reading import archive

    for member in archive.members(name, data, options.limits):
        if isinstance(member, ReadError):
            yield member
            continue
        try:
            yield from _documents(member.name, member.data, options)
        except ReadError as error:
            yield error


def _is_long_table(name: str, path: Path) -> bool:
    """Whether a file of rows is so large that it is read row by row."""
    try:
        if path.suffix.lower() not in _TABLES or not path.is_file() or path.stat().st_size <= LONG:
            return False
        with path.open("rb") as file:
            return not format_by_content(name, file.read(LONG), Limits())
    except (OSError, ValueError):
        return False  # why it cannot be read is told where it is read


def _documents(name: str, data: bytes, options: Options) -> Iterator[Document]:
    """The documents of one file that is no archive, each with a note where its suffix lies."""
    known = _BY_SUFFIX.get(Path(name).suffix.lower(), FORMATS[0])
    found = format_by_content(name, data, options.limits)
    if found == "html" and known.name == "markdown":
        found = ""  # Markdown may begin with a tag
    if found == "zip":
        raise ReadError(name, "an archive inside an archive", "unpack it first")
    if not found and known.name in _BINARY:
        raise ReadError(name, f"not a {known.name.upper()} file, whatever its suffix says", "give it the right suffix")
    actual = _BY_NAME.get(found, known)
    told = found and actual is not known and Path(name).suffix.lower() in _BY_SUFFIX.keys() | _OLD
    note = (f"its suffix is {Path(name).suffix}, but it is {found.upper()}: read as that",) if told else ()
    documents = _apart(actual) if actual.apart else actual.documents
    for document in documents(name, data, options):
        yield document._replace(notes=(*note, *document.notes)) if note else document


def _apart(known: Format) -> Callable[[str, bytes, Options], Iterator[Document]]:
    """The function of a format, called in the process for parsers."""
    from indicator_extract.reading import apart

    return lambda name, data, options: apart.documents(known.name, name, data, options)


def _stdin_bytes(most: int) -> bytes:
    return sys.stdin.buffer.read(min(most + 1, sys.maxsize))


def _bytes_of(name: str, path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(min(most + 1, sys.maxsize))
    except FileNotFoundError:
        raise ReadError(name, "no such file", "check the path") from None
    except IsADirectoryError:
        raise ReadError(name, "is a folder", "give a file") from None
    except PermissionError:
        raise ReadError(name, "no permission to read it", "change its permissions or run as its owner") from None
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise ReadError(name, f"cannot be read ({problem})", "check the path") from None
