"""Inputs → their documents, with what readers doubt told on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from indicator_extract.batch.part import chunks
from indicator_extract.cli.terminal import say
from indicator_extract.model import Document
from indicator_extract.reading import Options


def documents(sources: Iterable[str], reading: Options, fail: Callable[[str], None]) -> Iterator[Document]:
    """The documents as they are read; what cannot be read is told to `fail`, and the others go on."""
    for source in sources:
        told: set[str] = set()
        for item in (item for chunk in chunks(source, reading) for item in chunk):
            if isinstance(item, str):
                fail(item)
                continue
            for note in (note for note in item.notes if note not in told):
                say(f"note: {source}: {note}")
            told.update(item.notes)
            yield item
