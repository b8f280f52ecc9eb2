"""Saved web pages: the main content without menus and footers; data tables as tables, layout tables as running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.reading.assembly import Assembly, Piece, superscript
from indicator_extract.reading.decoding import Decoded, decode
from indicator_extract.reading.options import DEFAULTS, Options, library
from indicator_extract.reading.page_content import is_boilerplate, is_unseen, main_content

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_HEAD = 4096  # bytes in which a page states its encoding
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_LONG_CELL = 120  # characters of a cell that is running text
_MOST_SPAN = 1000  # columns or rows that one cell may cover, as browsers have it
_NEWLINE_RUN = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")


def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """The one document of a web page.

    Raises:
        ReadError: no text in it, an encoding that does not fit, or lxml is missing.
    """
    html = library("lxml.html", source, "html")
    text, notes, how, _ = _decoded(source, data, options)
    try:
        parser = html.HTMLParser(huge_tree=True)
        root = html.document_fromstring(_DECLARATION.sub("", text, count=1), parser)
        if any("depth" in entry.message for entry in parser.error_log):  # what is behind that place is lost
            raise ValueError("nested too deeply")
        page = _Page(Assembly(source, options.limits))
        page.read(root)
    except (ValueError, RecursionError) as error:
        raise ReadError(source, f"HTML that cannot be parsed ({error})", "save the page again, or its text") from None
    except html.etree.ParserError:
        raise ReadError(source, "no text in this page", "save the page again, with its content") from None
    if page.assembly.empty:
        raise ReadError(source, "no text in this page", "save the page again, with its content")
    yield page.assembly.document(title=page.title, notes=notes, how=f"HTML, {how}")


def _decoded(source: str, data: bytes, options: Options) -> Decoded:
    """The page as text: in the encoding asked for, else by a mark or as UTF-8, else as the page itself says."""
    stated = _CHARSET.search(data[:_HEAD])
    if options.encoding or not stated:
        return decode(source, data, options)
    plain = decode(source, data, options)
    if not plain.notes:
        return plain
    try:
        found = decode(source, data, options._replace(encoding=stated[1].decode("ascii")))
    except ReadError:
        return plain
    return found._replace(how=f"{stated[1].decode('ascii')}, as the page says")


class _Page:
    """Walks through the elements of a page and puts its lines together."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.title = ""
        self._line: list[str] = []

    def read(self, root: HtmlElement) -> None:
        main = main_content(root)
        self._headline(root, main)
        self._walk(main)
        self._flush()

    def _headline(self, root: HtmlElement, main: HtmlElement) -> None:
        """A headline outside of the main content stands before it; the title of the window is metadata."""
        inside = _flat(main.text_content())
        for heading in root.iter("h1", "h2"):
            words = _flat(heading.text_content())
            if words and words not in inside and not is_boilerplate(heading):
                self.assembly.line(words)
                return
        title = root.findtext(".//title") or ""
        self.title = _flat(title) if _flat(title) not in inside else ""

    def _walk(self, element: HtmlElement) -> None:
        """Adds the text of an element and of all within it, without the text behind it."""
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and not is_unseen(child):
                self._child(child)
            self._say(child.tail)

    def _child(self, child: HtmlElement) -> None:
        tag = child.tag
        if tag == "br":
            self._flush()
        elif tag == "sup":
            self._say(superscript(child.text_content()))
        elif tag == "table" and is_data(child):
            self._flush()
            self.assembly.table(list(_pieces(child, self.assembly)))
        elif tag in _INLINE:
            self._walk(child)
        elif not is_boilerplate(child):
            self._flush()
            self._walk(child)
            self._flush()

    def _say(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def _flush(self) -> None:
        self.assembly.line(joined("".join(self._line)).strip(" \t"))
        self._line = []


def joined(text: str) -> str:
    """Text as a browser joins its lines; Chinese needs no blank where a line was broken. Other blanks stay."""

    def between(run: re.Match[str]) -> str:
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        return " " if before.isascii() and before and after.isascii() and after else ""

    return _NEWLINE_RUN.sub(between, text)


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data: no table inside, more than one column, no running text in its cells."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = list(table.iter("td", "th"))
    widest = max((len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")), default=0)
    return widest > 1 and all(len(_flat(cell.text_content())) <= _LONG_CELL for cell in cells)


def _pieces(table: HtmlElement, assembly: Assembly) -> Iterator[Piece]:
    """The cells with their places, as a browser lays them out."""
    covered = 0
    free_from: dict[int, int] = {}  # by column, the first row that no cell covers yet
    for row, element in enumerate(table.iter("tr")):
        col = 0
        for cell in element.iterchildren("td", "th"):
            while free_from.get(col, 0) > row:
                col += 1
            rows, cols = _span(cell, "rowspan"), _span(cell, "colspan")
            covered += rows * cols
            assembly.check_cells(covered)
            for column in range(col, col + cols):
                free_from[column] = max(free_from.get(column, 0), row + rows)
            yield Piece(_cell_words(cell), row, col, rows, cols)
            col += cols


def _span(cell: HtmlElement, name: str) -> int:
    """How many rows or columns a cell covers; nonsense counts as one."""
    digits = (cell.get(name) or "").strip()
    return min(int(digits), _MOST_SPAN) if digits.isdecimal() and len(digits) < 6 and int(digits) > 0 else 1


def _cell_words(cell: HtmlElement) -> str:
    """The words of a cell; blanks before the first of them are its indentation."""
    parts: list[str] = []

    def walk(element: HtmlElement) -> None:
        parts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not is_unseen(child):
                if child.tag == "sup":
                    parts.append(superscript(child.text_content()))
                else:
                    parts.append("\n" if child.tag not in _INLINE else "")
                    walk(child)
            parts.append(child.tail or "")

    walk(cell)
    text = "".join(parts)
    words = text.lstrip()
    before = re.split(r"[\t\r\n\f]", text[: len(text) - len(words)])[-1]
    return before + joined(words).rstrip() if words else ""


def _flat(text: str) -> str:
    return "".join(text.split())
