"""Excel workbooks: every visible worksheet as a table, numbers as the sheet shows them."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.printable import printable
from indicator_extract.reading import archive
from indicator_extract.reading.assembly import Assembly, Piece
from indicator_extract.reading.limits import Limits
from indicator_extract.reading.options import DEFAULTS, Options, library

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_NAMELESS = re.compile(r"[A-Za-z]*\s*\d*")  # Sheet1 and its like say nothing
_DIGITS = 15  # what Excel keeps of a number; the rest is noise of binary fractions
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_MERGED = re.compile(rb"""mergeCell\s[^<>]{0,99}?ref\s{0,9}=\s{0,9}["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']""")
_TAG = 200  # bytes that such a tag has at most
_PIECE = 1024 * 1024  # bytes of a sheet that are searched at a time
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """The one document of a workbook.

    Raises:
        ReadError: the file is damaged, locked, empty or too large, or openpyxl is missing.
    """
    openpyxl = library("openpyxl", source, "office")
    library("defusedxml", source, "office")  # openpyxl uses it where it is there: no entity is expanded
    archive.guard(source, data, options.limits)
    assembly = Assembly(source, options.limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a style or an extension is lost does not matter here
            _refuse_wide_merges(source, data, options.limits)
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            _add_sheet(sheet, assembly, source, options.limits)
    except (MemoryError, ReadError):
        raise
    except Exception as error:  # noqa: BLE001 the library lets errors of its parts through, some as a cell is read
        raise ReadError(source, f"a damaged Excel file ({type(error).__name__})", "open and save it again") from None
    if assembly.empty:
        raise ReadError(source, "no words or numbers in this workbook", "open it, let it calculate, and save it again")
    yield assembly.document(how=f"XLSX, {len(sheets)} worksheets")


def _refuse_wide_merges(source: str, data: bytes, limits: Limits) -> None:
    """Refuses a sheet whose merged ranges have too many cells before openpyxl makes each, which takes minutes."""
    with archive.opened(source, data, limits) as book:
        for info in book.infolist():
            if info.filename.endswith(".xml") and sum(_merged_areas(book, info)) > limits.cells:
                problem = f"the merged ranges of {printable(info.filename)} have more than {limits.cells:,} cells"
                raise limits.error(source, "cells", problem, "undo the merging")


def _merged_areas(book: ZipFile, info: ZipInfo) -> Iterator[int]:
    """Cells of each merged range of a sheet; its XML is searched piece by piece and never in memory as a whole."""
    from openpyxl.utils.cell import coordinate_to_tuple

    rest = b""
    with book.open(info) as member:
        while piece := member.read(_PIECE):
            rest += piece
            end = max(0, len(rest) - _TAG)
            for found in _MERGED.finditer(rest):
                (top, left), (bottom, right) = (coordinate_to_tuple(found[group].decode()) for group in (1, 2))
                yield (abs(bottom - top) + 1) * (abs(right - left) + 1)
                end = max(end, found.end())
            rest = rest[end:]


def _add_sheet(sheet: Worksheet, assembly: Assembly, source: str, limits: Limits) -> None:
    if sheet.max_row * sheet.max_column > limits.cells:
        problem = f"worksheet {sheet.title} has more than {limits.cells:,} cells"
        raise limits.error(source, "cells", problem, "delete the unused ones")
    covered = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
    pieces = []
    for number, row in enumerate(sheet.iter_rows()):
        for col, cell in enumerate(row):
            words = shown(cell)
            area = covered.get(cell.coordinate)
            if words.strip():
                rows, cols = (area.size["rows"], area.size["columns"]) if area else (1, 1)
                pieces.append(Piece(words, number, col, rows, cols))
    if pieces and not _NAMELESS.fullmatch(sheet.title):
        assembly.line(sheet.title)
    assembly.table(pieces, sheet.title)


def shown(cell: Cell | MergedCell) -> str:
    """What a cell shows: a number with the decimals and % of its format, a date in ISO 8601, words with indentation."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    indent = int(cell.alignment.indent or 0) if cell.alignment else 0
    return "\u3000" * indent + str(value)


def _number(value: float, number_format: str) -> str:
    """The number as its format shows it; as stored, to 15 digits, where the format says nothing."""
    number = Decimal(f"{value:.{_DIGITS}g}")
    shape = _QUOTED.sub("", number_format.split(";")[0])
    percent = "%" in shape
    if percent:
        number *= 100
    places = _DECIMALS.search(shape)
    if places or shape.strip("%, ") in ("0", "#,##0", "#"):
        number = round(number, len(places[1]) if places else 0)
    elif number == number.to_integral_value():
        number = number.to_integral_value()
    return f"{number:f}%" if percent else f"{number:f}"
