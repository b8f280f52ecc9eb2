"""A table for the eye: the columns a person looks at first, values with thousands marks. Nothing for a script."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.printable import printable
from indicator_extract.writing.layout import ALL, Layout

if TYPE_CHECKING:
    from rich.table import Table

    from indicator_extract.record import Record

COLUMNS = ("indicator", "measure", "value", "unit", "bound", "status", "time_period", "source")
_NUMBERS = frozenset({"value", "value_high", "base_value", "base_value_high"})
_WIDTH_OF_A_NAME = 28
_WIDTH_OF_A_FILE = 160  # columns, where no terminal says how wide it is


def write(records: Iterable[Record], out: BinaryIO, layout: Layout = ALL) -> None:
    """Writes all records as one table, at the width of the terminal if `out` is one."""
    from rich.console import Console

    on_terminal = out.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else _WIDTH_OF_A_FILE
    page = io.StringIO()
    Console(file=page, width=width, force_terminal=on_terminal).print(_table(records, layout.columns))
    lines = page.getvalue().splitlines()
    out.writelines(f"{line.rstrip()}\n".encode() for line in lines)


def _table(records: Iterable[Record], columns: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in columns or COLUMNS:
        is_value = name in _NUMBERS
        width = _WIDTH_OF_A_NAME if name == "indicator" else None
        table.add_column(
            name, justify="right" if is_value else "left", no_wrap=is_value, max_width=width, overflow="fold"
        )
    for record in records:
        table.add_row(*(Text(printable(text)) for text in (_chosen(record, columns) if columns else _row(record))))
    return table


def _chosen(record: Record, columns: Sequence[str]) -> Iterator[str]:
    for name in columns:
        cell = getattr(record, name)
        yield _grouped(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)


def _row(record: Record) -> tuple[str, ...]:
    value = _grouped(record.value)
    if record.value_high is not None:
        value += f" to {_grouped(record.value_high)}"
    return (
        record.indicator,
        record.measure,
        value,
        record.unit,
        record.bound,
        record.status,
        record.time_period or "",
        PurePath(record.source).name,
    )


def _grouped(number: Decimal) -> str:
    from indicator_extract.record import plain

    return format(Decimal(plain(number)), ",f")
