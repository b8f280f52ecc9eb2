"""CSV and TSV for spreadsheets and scripts: a head line, then one row a record.

CSV follows RFC 4180 but for its line ends, which are `\\n`. TSV keeps every record on one line for tools like `cut` and
`sort`: a tab or line break inside a text becomes a blank.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.writing.layout import ALL, Layout

if TYPE_CHECKING:
    from indicator_extract.record import Record

Cell = str | int | Decimal | None

# A spreadsheet takes a cell that starts with one of these for a formula, blanks before it or not; the last four are the
# full-width forms. Apostrophes before it are counted in, so that one more can be taken away again.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def pack_csv(records: Iterable[Record], layout: Layout = ALL) -> bytes:
    """The rows of records as comma-separated values."""
    return _packed(records, layout.fields, ",", without_returns)


def pack_tsv(records: Iterable[Record], layout: Layout = ALL) -> bytes:
    """The rows of records as tab-separated values, one line a record."""
    return _packed(records, layout.fields, "\t", on_one_line)


def frame_csv(pieces: Iterable[bytes], out: BinaryIO, layout: Layout = ALL) -> None:
    """Writes the head and the packed rows below it."""
    out.write(",".join(layout.fields).encode() + b"\n")
    out.writelines(pieces)


def frame_tsv(pieces: Iterable[bytes], out: BinaryIO, layout: Layout = ALL) -> None:
    """Writes the head and the packed rows below it."""
    out.write("\t".join(layout.fields).encode() + b"\n")
    out.writelines(pieces)


def safe(text: str) -> str:
    """A text cell that no spreadsheet runs: an apostrophe goes before what would start a formula."""
    return "'" + text if _FORMULA.match(text) else text


def as_it_was(cell: str) -> str:
    """The text that `safe` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def without_returns(text: str) -> str:
    """A safe text cell; Python 3.11 leaves \\r without quotes."""
    return safe(text.replace("\r", " ") if "\r" in text else text)


def on_one_line(text: str) -> str:
    """A safe text cell without tabs and line breaks."""
    return safe(_BREAKS.sub(" ", text))


def packed(rows: Iterable[Iterable[str | int]], delimiter: str = ",") -> bytes:
    """Rows of cells in UTF-8, quoted where needed, with `\\n` line ends."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _packed(records: Iterable[Record], fields: Sequence[str], delimiter: str, text_cell: Callable[[str], str]) -> bytes:
    from indicator_extract.record import plain

    def cell(value: Decimal | int | None) -> str | int:
        return plain(value) if isinstance(value, Decimal) else "" if value is None else value

    cells_of: Callable[[Record], tuple[Cell, ...]] = attrgetter(*fields, fields[0])  # of one field alone: no tuple
    rows = (cells_of(record)[:-1] for record in records)
    return packed(
        ([text_cell(value) if isinstance(value, str) else cell(value) for value in row] for row in rows), delimiter
    )
