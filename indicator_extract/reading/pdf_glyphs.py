"""What pdfium knows of a page: its glyphs with their boxes, and the straight rules drawn on it."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage, PdfTextPage

_LEVEL = 1.0  # points by which a rule may rise and still be level
_SHORTEST = 4.0  # points; a shorter stroke is part of a picture or a character


class Glyph(NamedTuple):
    """A character where it stands, in points from the lower left corner."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float  # of its font


class Rule(NamedTuple):
    """A level or upright line."""

    upright: bool
    at: float  # its height, or its distance from the left
    start: float
    end: float


def glyphs(text: PdfTextPage) -> list[Glyph]:
    """The characters of a page in the order of the file, blanks that pdfium put in between Latin words among them."""
    from pypdfium2 import raw

    found: list[Glyph] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if (
            not char
            or char in "\r\n\ufffe\uffff\x02"
            or (char != " " and not char.isprintable() and not char.isspace())
        ):
            continue
        if char.isspace() and raw.FPDFText_IsGenerated(text, index):
            continue  # gaps are judged by the boxes
        left, bottom, right, top = text.get_charbox(index, loose=True)
        found.append(Glyph(char, left, bottom, right, top, raw.FPDFText_GetFontSize(text, index) or top - bottom))
    return found


def rules(page: PdfPage) -> list[Rule]:
    """The straight rules of a page: lines, and the edges of boxes."""
    from pypdfium2 import raw

    found: list[Rule] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        found += _edges(shape)
    return list(dict.fromkeys(found))  # one drawn a thousand times is one


def _edges(shape: PdfObject) -> list[Rule]:
    from pypdfium2 import raw

    found: list[Rule] = []
    matrix = shape.get_matrix()
    start = before = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, raw.FPDFPath_CountSegments(shape))):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif before is not None:
            found += _rule(before, here)
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            found += _rule(here, start)
        before = here
    return found


def _rule(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    (x1, y1), (x2, y2) = one, other
    if abs(y1 - y2) <= _LEVEL and abs(x1 - x2) >= _SHORTEST:
        return [Rule(False, (y1 + y2) / 2, min(x1, x2), max(x1, x2))]
    if abs(x1 - x2) <= _LEVEL and abs(y1 - y2) >= _SHORTEST:
        return [Rule(True, (x1 + x2) / 2, min(y1, y2), max(y1, y2))]
    return []
