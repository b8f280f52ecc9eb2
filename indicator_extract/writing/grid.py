"""Grids → csv, tsv, xlsx, parquet: tables whose columns are known only when they are made, as those of a wide panel.

As for records: numbers are exact, a text cell is never a formula, and a workbook can hold several grids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, NamedTuple

from indicator_extract.errors import WriteError
from indicator_extract.writing.arrow import PRECISION, SCALE
from indicator_extract.writing.delimited import on_one_line, packed, without_returns
from indicator_extract.writing.layout import Kind, library

Cell = str | int | Decimal | None

SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet")
_MOST_COLUMNS = 16_384  # of a worksheet


class Grid(NamedTuple):
    """A table: its name, its columns with what they hold, its rows."""

    name: str
    columns: Mapping[str, Kind]
    rows: Sequence[Sequence[Cell]]


def suffix_of(path: Path | None, option: str = "-o") -> str:
    """The format a path asks for; CSV where there is none. Raises WriteError where the suffix names no format."""
    suffix = path.suffix.lower() if path else ".csv"
    if suffix not in SUFFIXES:
        raise WriteError(
            str(path), f"its suffix names no format of tables ({option})", f"end it in {', '.join(SUFFIXES)}"
        )
    return suffix


def write(grids: Sequence[Grid], suffix: str, out: BinaryIO) -> None:
    """Writes the first grid, and in a workbook all of them. Raises WriteError where a library or room is missing."""
    if suffix == ".xlsx":
        _write_workbook(grids, out)
    elif suffix == ".parquet":
        _write_parquet(grids[0], out)
    else:
        _write_text(grids[0], "\t" if suffix == ".tsv" else ",", out)


def _write_text(grid: Grid, delimiter: str, out: BinaryIO) -> None:
    from indicator_extract.record import plain

    def cell(value: Cell) -> str | int:
        if isinstance(value, str):
            return on_one_line(value) if delimiter == "\t" else without_returns(value)
        return plain(value) if isinstance(value, Decimal) else "" if value is None else value

    out.write(packed((map(cell, row) for row in (tuple(grid.columns), *grid.rows)), delimiter))


def _write_workbook(grids: Sequence[Grid], out: BinaryIO) -> None:
    from indicator_extract.writing import workbook

    if any(len(grid.columns) > _MOST_COLUMNS for grid in grids):
        problem = f"a worksheet holds {_MOST_COLUMNS:,} columns"
        raise WriteError("xlsx", problem, "write csv or parquet, or choose with --indicator")
    with workbook.opened(out) as book:
        for grid in grids:
            sheet = workbook.Sheet(book, grid.name, tuple(grid.columns), dict(grid.columns))
            for row in grid.rows:
                sheet.add_cells(row)
            sheet.finish()


def _write_parquet(grid: Grid, out: BinaryIO) -> None:
    arrow = library("pyarrow", "parquet", "parquet")
    parquet = library("pyarrow.parquet", "parquet", "parquet")
    types = {"text": arrow.string(), "integer": arrow.int64(), "number": arrow.decimal128(PRECISION, SCALE)}
    columns = [*zip(*grid.rows, strict=True)] or [()] * len(grid.columns)
    arrays = [arrow.array(cells, types[kind]) for cells, kind in zip(columns, grid.columns.values(), strict=True)]
    parquet.write_table(arrow.table(arrays, names=list(grid.columns)), out, compression="zstd")
