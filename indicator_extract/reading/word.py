"""Word files: paragraphs and tables in their order, text boxes and inserted text among them, deleted text left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.reading import archive
from indicator_extract.reading.assembly import Assembly, Piece, superscript
from indicator_extract.reading.options import DEFAULTS, Options, library

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = _W + "txbxContent"
_SILENT = frozenset({_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "pPr", _W + "rPr", _FALLBACK})
_MARKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_LONG_CELL = 120  # characters of a cell that is running text
_TWIPS_A_BLANK = 210  # indentation of one character of 10.5 points, in twentieths of a point


def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """The one document of a Word file.

    Raises:
        ReadError: the file is damaged, locked, empty or too large, or python-docx is missing.
    """
    docx = library("docx", source, "office")
    archive.guard(source, data, options.limits)
    stream = io.BytesIO(data)
    try:
        body = docx.Document(stream).element.body
    except MemoryError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, docx.exceptions.PythonDocxError) as error:
        said = str(error).replace(f"file '{stream}'", "it")
        first = said.splitlines()[0] if said else type(error).__name__
        raise ReadError(source, f"a damaged Word file ({first})", "open and save it again") from None
    except Exception as error:  # noqa: BLE001 the library lets errors of its parts through
        raise ReadError(source, f"a damaged Word file ({type(error).__name__})", "open and save it again") from None
    if body is None:
        raise ReadError(source, "a damaged Word file (no text in it)", "open and save it again")
    assembly = Assembly(source, options.limits)
    try:
        _add_blocks(body, assembly)
    except (ValueError, RecursionError) as error:
        raise ReadError(source, f"a Word file that cannot be read ({error})", "open and save it again") from None
    if assembly.empty:
        raise ReadError(source, "no text in this Word file", "if it holds pictures, read their text first (OCR)")
    yield assembly.document(how="DOCX")


def _add_blocks(parent: Element, assembly: Assembly) -> None:
    """Adds the paragraphs and tables below an element, through content controls and the like."""
    for child in parent:
        if child.tag == _W + "p":
            words = _words(child)
            if words.strip():
                assembly.line(words)
            else:
                assembly.blank()
            for box in _boxes(child):
                _add_blocks(box, assembly)
        elif child.tag == _W + "tbl":
            _add_table(child, assembly)
        elif child.tag not in _SILENT:
            _add_blocks(child, assembly)


def _add_table(table: Element, assembly: Assembly) -> None:
    """Adds a data table as one, and the cells of a layout table as running text."""
    nested = next(table.iterdescendants(_W + "tbl"), None) is not None
    pieces = [] if nested else list(_pieces(table, assembly))
    if any(p.col for p in pieces) and all(len(p.words.strip()) <= _LONG_CELL for p in pieces):
        assembly.table(pieces)
        return
    for cell in table.iterchildren(_W + "tr"):
        for content in cell.iterchildren(_W + "tc"):
            _add_blocks(content, assembly)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph."""
    for box in paragraph.iterdescendants(_BOX):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _words(element: Element) -> str:
    """The words of a paragraph; raised ones in raised characters."""
    parts: list[str] = []
    for child in element:
        if child.tag in _SILENT or child.tag == _BOX:
            continue
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == _W + "r" and _is_raised(child):
            parts.append(superscript(_words(child)))
        else:
            parts.append(_words(child))
    return "".join(parts)


def _is_raised(run: Element) -> bool:
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    return raised is not None and raised.get(_W + "val") == "superscript"


def _pieces(table: Element, assembly: Assembly) -> Iterator[Piece]:
    """The cells with their places; a cell merged downwards is one."""
    open_cells: dict[int, Piece] = {}  # by column, cells that the next row may continue
    done: list[Piece] = []
    for row, element in enumerate(table.iterchildren(_W + "tr")):
        col = _number(element.find(f"{_W}trPr/{_W}gridBefore"))
        for cell in _cells(element):
            properties = cell.find(_W + "tcPr")
            cols = max(1, _number(_child(properties, "gridSpan")))
            merge = _child(properties, "vMerge")
            assembly.check_cells((row + 1) * (col + cols))
            if merge is not None and merge.get(_W + "val", "continue") == "continue" and col in open_cells:
                open_cells[col] = open_cells[col]._replace(rows=open_cells[col].rows + 1)
            else:
                if col in open_cells:
                    done.append(open_cells.pop(col))
                open_cells[col] = Piece(_cell_words(cell), row, col, 1, cols)
            col += cols
    yield from sorted([*done, *open_cells.values()], key=lambda piece: (piece.row, piece.col))


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, through content controls."""
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag == _W + "sdt":
            yield from child.iterdescendants(_W + "tc")


def _cell_words(cell: Element) -> str:
    """The paragraphs of a cell, with the first one's indentation as blanks."""
    paragraphs = [p for p in cell.iterdescendants(_W + "p") if not any(a.tag in _SILENT for a in p.iterancestors())]
    lines = [words for p in paragraphs if (words := _words(p)).strip()]
    if not lines:
        return ""
    indent = paragraphs[0].find(f"{_W}pPr/{_W}ind")
    return "\u3000" * _indentation(indent) + "\n".join(lines)


def _indentation(indent: Any) -> int:
    """Blanks that stand for the indentation of a paragraph: its left edge and its first line."""
    if indent is None:
        return 0
    total = 0
    for side in ("left", "start", "firstLine"):
        value = indent.get(_W + side) or "0"
        total += int(value) if value.isdecimal() else 0
    return min(total // _TWIPS_A_BLANK, 20)


def _child(properties: Any, name: str) -> Any:
    return None if properties is None else properties.find(_W + name)


def _number(element: Any) -> int:
    """The value of a property, 0 where it is missing or no number."""
    value = "" if element is None else element.get(_W + "val") or ""
    return int(value) if value.isdecimal() and len(value) < 6 else 0
