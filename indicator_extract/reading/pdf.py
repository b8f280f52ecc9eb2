"""PDF files with a text layer: no page furniture, columns one after the other, wrapped lines joined, ruled tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.reading.assembly import Assembly
from indicator_extract.reading.limits import Limits
from indicator_extract.reading.options import DEFAULTS, Options, library
from indicator_extract.reading.pdf_glyphs import Glyph, glyphs, rules
from indicator_extract.reading.pdf_lines import Line, joined_lines, lines_of, without_furniture
from indicator_extract.reading.pdf_tables import Ruled, ruled_tables

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_SHOWN_PAGES = 5  # page numbers in a note


def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """The one document of a PDF file.

    Raises:
        ReadError: the file is damaged, locked, without a text layer or too long, or pypdfium2 is missing.
    """
    pdfium = library("pypdfium2", source, "pdf")
    try:
        book = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _unopened(source, str(error)) from None
    try:
        yield _read(source, book, options.limits)
    except pdfium.PdfiumError as error:
        raise ReadError(source, f"a damaged PDF file ({error})", "fetch it again, or print it to a new PDF") from None
    finally:
        book.close()


def _unopened(source: str, error: str) -> ReadError:
    if "password" in error.lower():
        return ReadError(source, "a PDF file with a password", "save it without a password")
    return ReadError(source, "a damaged or cut-off PDF file", "fetch it again")


def _read(source: str, book: PdfDocument, limits: Limits) -> Document:
    if len(book) > limits.pages:
        raise limits.error(source, "pages", f"more than {limits.pages:,} pages", "split it")
    pages: list[list[Line]] = []
    tables: list[list[Ruled]] = []
    empty: list[int] = []
    for number, page in enumerate(book, 1):
        lines, ruled = _page(page)
        pages.append(lines)
        tables.append(ruled)
        if not lines and not ruled:
            empty.append(number)
    if len(empty) == len(pages):
        raise ReadError(source, "a PDF file without text layer (a scan)", "read its text first (OCR)")
    assembly = Assembly(source, limits)
    _assemble(without_furniture(pages), tables, assembly)
    return assembly.document(notes=_notes(empty), how=f"PDF, {len(pages)} pages")


def _page(page: PdfPage) -> tuple[list[Line], list[Ruled]]:
    """The lines of a page outside of its ruled tables, in reading order, and these tables."""
    text = page.get_textpage()
    found: list[Glyph] = glyphs(text)
    tables, rest = ruled_tables(found, rules(page))
    text.close()
    return lines_of(rest), tables


def _assemble(pages: list[list[Line]], tables: list[list[Ruled]], assembly: Assembly) -> None:
    """Adds paragraphs and tables in their order on the pages; a table stands where its upper edge is."""
    waiting: list[Line] = []
    for lines, ruled in zip(pages, tables, strict=True):
        left = list(ruled)
        for line in lines:
            while left and line.top < left[0].top and line.column == 0:
                _flush(waiting, assembly)
                assembly.table(left.pop(0).pieces)
            waiting.append(line)
        if left:
            _flush(waiting, assembly)
        for table in left:
            assembly.table(table.pieces)
    _flush(waiting, assembly)


def _flush(waiting: list[Line], assembly: Assembly) -> None:
    for paragraph in joined_lines(waiting):
        assembly.line(paragraph)
    waiting.clear()


def _notes(empty: list[int]) -> tuple[str, ...]:
    if not empty:
        return ()
    shown = ", ".join(map(str, empty[:_SHOWN_PAGES])) + (" …" if len(empty) > _SHOWN_PAGES else "")
    return (f"{len(empty)} pages without text (pictures?): {shown}",)
