"""File → documents. One module a format; `FORMATS` is the registry: a format is a row here and a module beside it.

A format's function takes the name and the bytes of one input and yields its documents. A library it needs is imported
inside that function, so that a format costs nothing until it is met.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.reading import plain
from indicator_extract.reading.unsupported import name_of_format

__all__ = ["FORMATS", "Format", "read", "readable", "source_name"]


class Format(NamedTuple):
    """One kind of file that can be read."""

    name: str
    suffixes: frozenset[str]  # lower case, with the point
    documents: Callable[[str, bytes], Iterator[Document]]


FORMATS: tuple[Format, ...] = (Format("text", plain.SUFFIXES, plain.documents),)
_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}
_FALLBACK = FORMATS[0]


def readable(path: Path) -> bool:
    """Whether a file found in a folder is one to read, judged by its suffix alone."""
    return path.suffix.lower() in _BY_SUFFIX


def source_name(source: str | Path) -> str:
    """The name under which an input stands in records and messages: as given, `-` as `stdin`.

    Bytes of a file name that are no UTF-8 become U+FFFD: a record must be valid text.
    """
    return "stdin" if source == "-" else os.fsencode(source).decode("utf-8", "replace")


def read(source: str | Path, data: bytes | None = None) -> Iterator[Document]:
    """The documents of one input.

    Args:
        source: a path, or the name of `data` (`-` stands for standard input).
        data: the bytes, where they do not come from the file `source`.

    Raises:
        ReadError: the file is missing, empty, binary or in no supported format; raised on first use.
    """
    name = source_name(source)
    if data is None:
        data = _bytes_of(name, Path(source))
    if recognised := name_of_format(data):
        raise ReadError(name, f"{recognised} is not supported", "save its text as a .txt file in UTF-8")
    yield from _BY_SUFFIX.get(Path(source).suffix.lower(), _FALLBACK).documents(name, data)


def _bytes_of(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(name, "no such file", "check the path") from None
    except IsADirectoryError:
        raise ReadError(name, "is a folder", "give a file") from None
    except PermissionError:
        raise ReadError(name, "no permission to read it", "change its permissions or run as its owner") from None
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise ReadError(name, f"cannot be read ({problem})", "check the path") from None
