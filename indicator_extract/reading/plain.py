"""Plain text: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from indicator_extract.model import Document
from indicator_extract.reading.decoding import decode
from indicator_extract.reading.options import DEFAULTS, Options


def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """The one document of a text file.

    Raises:
        ReadError: the bytes are not text.
    """
    text, notes, how, _ = decode(source, data, options)
    yield Document(source=source, text=text, notes=notes, how=f"text, {how}")
