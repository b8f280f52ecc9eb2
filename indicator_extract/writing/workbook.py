"""xlsx: a sheet of records with typed columns, a frozen head and filters; mentions on a second sheet on request.

XlsxWriter keeps one row of each sheet in memory. Every text goes in as a text, so that none is a formula or a link.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from indicator_extract.errors import WriteError
from indicator_extract.writing.layout import ALL, Kind, Layout, kinds, library

if TYPE_CHECKING:
    from pydantic import BaseModel

    from indicator_extract.record import Record

MOST_ROWS = 1_048_576  # of a worksheet, head included
LONGEST_TEXT = 32_767  # characters that a cell holds
MOST_DIGITS = 15  # that Excel keeps of a number

_WIDE = ("indicator", "indicator_text", "ref_area", "section", "source", "title")
_WIDTHS = {"evidence": 60, **dict.fromkeys(_WIDE, 28)}
_WIDTH = {"text": 14, "integer": 9, "number": 18}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 a file says when it was made: always the same, so that two runs are


def write(records: Iterable[Record], out: BinaryIO, layout: Layout = ALL) -> None:
    """Writes records as a workbook, with a sheet `mentions` where the layout asks for one.

    Raises:
        WriteError: XlsxWriter is missing, or there are more rows than a worksheet holds.
    """
    from indicator_extract.record import MentionRecord, Record

    with opened(out) as book:
        sheets = [Sheet(book, "records", layout.fields, kinds(Record))]
        if layout.mentions is not None:
            sheets.append(Sheet(book, "mentions", tuple(MentionRecord.model_fields), kinds(MentionRecord)))
        _fill(sheets, records, layout)


@contextmanager
def opened(out: BinaryIO) -> Iterator[Any]:
    """A workbook that goes to `out` when the block ends well. Raises WriteError where XlsxWriter is missing."""
    xlsxwriter = library("xlsxwriter", "xlsx", "xlsx")
    with TemporaryDirectory(prefix="indicator-extract.") as folder:
        whole = Path(folder, "whole.xlsx")  # XlsxWriter leaves its archive open when it fails on the target
        book = xlsxwriter.Workbook(whole, {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        book.set_properties({"created": _CREATED})
        try:
            yield book
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from None  # the operating system's own
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()
        with whole.open("rb") as made:
            shutil.copyfileobj(made, out)


def _fill(sheets: Sequence[Sheet], records: Iterable[Record], layout: Layout) -> None:
    for record in records:
        sheets[0].add(record)
        for mention in layout.met():
            sheets[1].add(mention)
    for mention in layout.met():
        sheets[1].add(mention)
    for sheet in sheets:
        sheet.finish()


class Sheet:
    """A worksheet that is filled row by row."""

    def __init__(self, book: Any, name: str, columns: Sequence[str], kind_of: dict[str, Kind]) -> None:
        self._book, self._columns, self._kinds = book, columns, [kind_of[name] for name in columns]
        self._sheet = book.add_worksheet(name)
        self._formats: dict[int, Any] = {}  # by digits after the point
        self._row = 0
        for number, (column, kind) in enumerate(zip(columns, self._kinds, strict=True)):
            self._sheet.set_column(number, number, _WIDTHS.get(column, _WIDTH[kind]))
        head = book.add_format({"bold": True})
        for number, column in enumerate(columns):
            self._sheet.write_string(0, number, column, head)
        self._sheet.freeze_panes(1, 0)

    def add(self, row: BaseModel) -> None:
        """Writes the fields of a row that are its columns. Raises WriteError where the sheet is full."""
        self.add_cells([getattr(row, column) for column in self._columns])

    def add_cells(self, cells: Sequence[Any]) -> None:
        """Writes one row. Raises WriteError where the sheet is full."""
        self._row += 1
        if self._row >= MOST_ROWS:
            raise WriteError("xlsx", f"a worksheet holds {MOST_ROWS - 1:,} rows", "write csv or parquet")
        for number, (value, kind) in enumerate(zip(cells, self._kinds, strict=True)):
            if kind == "integer" and value is not None:
                self._sheet.write_number(self._row, number, value)
            elif isinstance(value, Decimal):
                self._add_number(number, value)
            elif value:
                self._sheet.write_string(self._row, number, _fitting(value))

    def finish(self) -> None:
        """Puts filters on the head, now that the last row is known."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)

    def _add_number(self, column: int, value: Decimal) -> None:
        """A number where Excel keeps all its digits, else its digits as a text."""
        from indicator_extract.record import plain

        digits = plain(value)
        if len(digits.lstrip("-").replace(".", "").strip("0")) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS + 5:
            self._sheet.write_string(self._row, column, digits)
            return
        self._sheet.write_number(self._row, column, float(value), self._format(len(digits.partition(".")[2])))

    def _format(self, decimals: int) -> Any:
        """Thousands marks and as many decimals as the number has; as it stands, Excel would show 3.8E+11."""
        if decimals not in self._formats:
            code = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._formats[decimals] = self._book.add_format({"num_format": code})
        return self._formats[decimals]


def _fitting(text: str) -> str:
    """A text that is too long for a cell ends in an ellipsis."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
