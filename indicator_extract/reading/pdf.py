"""placeholder"""
from __future__ import annotations
from collections.abc import Iterator
from indicator_extract.model import Document
from indicator_extract.reading.options import DEFAULTS, Options

def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """x"""
    raise NotImplementedError
    yield
