"""Parquet through pyarrow: typed columns, exact decimals, written in row groups as the records come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.writing import arrow
from indicator_extract.writing.layout import ALL, Layout, library

if TYPE_CHECKING:
    from indicator_extract.record import Record

ROW_GROUP = 65_536  # records: large enough to compress well, small enough for memory


def write(records: Iterable[Record], out: BinaryIO, layout: Layout = ALL) -> None:
    """Writes records as one Parquet file. Raises WriteError where pyarrow is missing."""
    from indicator_extract.record import Record

    parquet = library("pyarrow.parquet", "parquet", "parquet")
    schema = arrow.schema_of(Record, layout.fields)
    with parquet.ParquetWriter(out, schema, compression="zstd") as file:
        for batch in arrow.batches(records, schema, ROW_GROUP):
            file.write_batch(batch, row_group_size=ROW_GROUP)
