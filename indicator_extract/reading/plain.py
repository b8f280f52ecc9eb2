"""Plain text: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from indicator_extract.model import Document
from indicator_extract.reading.decoding import decode

SUFFIXES = frozenset({".txt", ".text", ".md"})


def documents(source: str, data: bytes) -> Iterator[Document]:
    """The one document of a text file.

    Raises:
        ReadError: the bytes are not text.
    """
    text, notes = decode(source, data)
    yield Document(source=source, text=text, notes=notes)
