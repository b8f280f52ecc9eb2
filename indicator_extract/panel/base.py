"""Records → a DuckDB base in memory with the table `fact`: one row for each record that can stand in a table.

Everything is exact: values are `DECIMAL(38, 12)` as in Parquet, and only the width of rounding is a double.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from indicator_extract.record import FIELDS, Record
from indicator_extract.writing import arrow
from indicator_extract.writing.layout import QUIET, library

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent


class LeftOut(NamedTuple):
    """How many of the records asked for can stand in no table."""

    undated: int
    nowhere: int  # without a region


@contextmanager
def base_of(records: Iterable[Record], wanted: Callable[[Record], bool]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A base with the facts of the records that are wanted; all records say which year a document is about.

    Raises:
        WriteError: DuckDB or pyarrow is missing.
    """
    engine = library("duckdb", "panel", "duckdb")
    library("pyarrow", "panel", "duckdb")
    asked: list[str] = []

    def noted() -> Iterator[Record]:
        for record in records:
            if wanted(record):
                asked.append(record.record_id)
            yield record

    with closing(engine.connect()) as base:
        base.execute(QUIET)
        fill(base, "records", arrow.batches(noted(), arrow.schema_of(Record, FIELDS)), arrow.schema_of(Record, FIELDS))
        add(base, "wanted", ("record_id",), [(name,) for name in asked])
        run(base, "facts")
        yield base


def run(base: duckdb.DuckDBPyConnection, name: str) -> None:
    """Runs the statements of the file `name`.sql beside this module."""
    base.execute(HERE.joinpath(f"{name}.sql").read_text(encoding="utf-8"))


def fill(base: duckdb.DuckDBPyConnection, table: str, batches: Iterable[Any], schema: Any) -> None:
    """Makes a table of Arrow batches."""
    reader = library("pyarrow", "panel", "duckdb").RecordBatchReader.from_batches(schema, batches)
    base.register("arriving", reader)
    base.execute(f"CREATE TEMP TABLE {table} AS FROM arriving")
    base.unregister("arriving")


def add(base: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Makes a table of texts."""
    schema = library("pyarrow", "panel", "duckdb").schema([(column, "string") for column in columns])
    batch = library("pyarrow", "panel", "duckdb").RecordBatch.from_pylist(
        [dict(zip(columns, row, strict=True)) for row in rows], schema=schema
    )
    fill(base, table, [batch], schema)


def left_out(base: duckdb.DuckDBPyConnection) -> LeftOut:
    """How many records that were asked for have no period or no region."""
    counts = base.execute("""
        SELECT count(*) FILTER (time_period IS NULL), count(*) FILTER (time_period IS NOT NULL AND ref_area = '')
        FROM (FROM records SEMI JOIN wanted USING (record_id))
    """).fetchone()
    return LeftOut(*(counts or (0, 0)))
