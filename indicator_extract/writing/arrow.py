"""Records as Arrow batches: what Parquet and DuckDB take, and what stands alone for other engines.

Numbers are `decimal128(38, 12)`, which pandas, polars, DuckDB, Spark and R read as they are: 26 digits before the point
hold every amount of these texts, 12 after it every factor of the unit lexicon. Only a quotient that never ends (a third
of a 平方米) is rounded, to even. A number of more than 26 digits is null and its record flagged `out_of_range`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING, Any

from indicator_extract.writing.layout import kinds, library

if TYPE_CHECKING:
    import pyarrow as pa
    from pydantic import BaseModel

PRECISION, SCALE = 38, 12
OUT_OF_RANGE = "out_of_range"
BATCH = 8192  # rows

_EXACT = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)
_STEP = Decimal(1).scaleb(-SCALE)


def schema_of(row: type[BaseModel], columns: Sequence[str]) -> pa.Schema:
    """The Arrow schema of these columns of a row. Raises WriteError where pyarrow is missing."""
    arrow = library("pyarrow", "parquet", "parquet")
    kind_of = kinds(row)
    types = {"text": arrow.string(), "integer": arrow.int64(), "number": arrow.decimal128(PRECISION, SCALE)}
    schema: pa.Schema = arrow.schema([arrow.field(name, types[kind_of[name]]) for name in columns])
    return schema


def batches(rows: Iterable[BaseModel], schema: pa.Schema, size: int = BATCH) -> Iterator[pa.RecordBatch]:
    """Batches of at most `size` rows with the columns of the schema. Raises WriteError where pyarrow is missing."""
    arrow = library("pyarrow", "parquet", "parquet")
    columns: list[str] = schema.names
    cells = (_cells(row, columns) for row in rows)
    while chunk := list(islice(cells, size)):
        by_column = zip(zip(*chunk, strict=True), schema, strict=True)
        arrays = [arrow.array(list(column), field.type) for column, field in by_column]
        yield arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _cells(row: BaseModel, columns: Sequence[str]) -> list[Any]:
    cells = [getattr(row, column) for column in columns]
    unheld = False
    for number, cell in enumerate(cells):
        if isinstance(cell, Decimal):
            cells[number] = held = _held(cell)
            unheld = unheld or held is None
    if unheld and "flags" in columns:
        at = columns.index("flags")
        cells[at] = "|".join(filter(None, (cells[at], OUT_OF_RANGE)))
    return cells


def _held(number: Decimal) -> Decimal | None:
    """The number as the column holds it, None where it has too many digits."""
    try:
        return number.quantize(_STEP, context=_EXACT)
    except InvalidOperation:
        return None
