"""html: one self-contained page on which every number of every document can be looked at, checked and corrected.

The page holds the texts, the records and the mentions as data (`data.py`); its template, style, script, words and the
libraries it uses are the files beside this module, put together by `assets.py`. What is too much for one page is laid
on several, with a page that lists them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from indicator_extract.errors import WriteError
from indicator_extract.writing.layout import Layout
from indicator_extract.writing.page import assets
from indicator_extract.writing.page.data import PageData, Summary, pack

__all__ = ["MOST_BYTES", "MOST_DOCUMENTS", "Beside", "pack", "publish"]

MOST_BYTES = 14_000_000
"""Data of one page: below what mail systems take (20 MB and more), and opened by a browser in about a second."""

MOST_DOCUMENTS = 500
"""Documents of one page: more make a list that nobody reads."""


class Beside(Protocol):
    """Files that belong to the output and lie beside it."""

    def name(self, number: int) -> str:
        """The name of the file of this number, counted from 1."""

    def put(self, number: int, data: bytes) -> None:
        """Writes this file. Raises WriteError."""


def publish(pieces: Iterable[bytes], out: BinaryIO, layout: Layout, beside: Beside | None) -> int:
    """Writes packed documents as a page to `out`; where they are too many, as pages beside it, listed in `out`.

    Gives the number of pages beside `out`, 0 where all is in it. `beside` is None where there is no place for them.

    Raises:
        WriteError: Jinja2 is missing, or one page is too little and there is no place for more.
    """
    make = assets.Maker(layout)
    pages = _pages(pieces, layout)
    last = next(pages, None) or PageData(layout)
    listed: list[Summary] = []
    for page in pages:
        listed.append(_put_beside(make, last, len(listed) + 1, beside))
        last = page
    if not listed:
        out.write(make.page(last))
        return 0
    listed.append(_put_beside(make, last, len(listed) + 1, beside))
    names = [beside.name(number) for number in range(1, len(listed) + 1)] if beside else []
    out.write(make.index(list(zip(names, listed, strict=True))))
    return len(listed)


def _put_beside(make: assets.Maker, page: PageData, number: int, beside: Beside | None) -> Summary:
    if beside is None:
        problem = f"this is more than one page of {MOST_BYTES // 1_000_000} MB or {MOST_DOCUMENTS} documents holds"
        raise WriteError("html", problem, "name a file with -o, and pages are laid beside it")
    beside.put(number, make.page(page))
    return page.summary


def _pages(pieces: Iterable[bytes], layout: Layout) -> Iterator[PageData]:
    """The documents in their order, as many together as one page holds. A document is never divided."""
    page: PageData | None = None
    for line in (line for piece in pieces for line in piece.splitlines()):
        full = page is not None and (page.size + len(line) > MOST_BYTES or len(page.summary.sources) >= MOST_DOCUMENTS)
        if page is not None and full:
            yield page
            page = None
        page = page or PageData(layout)
        page.add(json.loads(line))
    if page is not None:
        yield page
