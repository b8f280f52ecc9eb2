"""SQLite and DuckDB: records are added to the table `records`, mentions on request to `mentions`, in one transaction.

A record whose `record_id` the table has already takes the place of the old one: a second run adds nothing twice. SQLite
has no decimals: a number is stored as an integer or a double where that is exact, else as its digits in a text.
DuckDB gets `DECIMAL(38, 12)`, as in Parquet (see `arrow`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from indicator_extract.errors import WriteError
from indicator_extract.writing import arrow
from indicator_extract.writing.layout import ALL, QUIET, Layout, kinds, library
from indicator_extract.writing.target import alone

if TYPE_CHECKING:
    from pydantic import BaseModel

    from indicator_extract.record import Record

CHUNK = 8192  # rows that go into the database at a time
EXACT_DIGITS = 15  # that a double keeps
LARGEST_INTEGER = 2**63 - 1

_FILES = ("", "-journal", ".wal")  # of a database that fails as it is made: a log would be applied to the next one

_DUCKDB_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": f"DECIMAL({arrow.PRECISION}, {arrow.SCALE})"}
_SQLITE_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": ""}  # no type: SQLite then leaves each value as it is


class Table(NamedTuple):
    """A table of the database."""

    name: str
    row: type[BaseModel]
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def declared(self, types: dict[str, str]) -> str:
        """The columns with their types, and the key."""
        kind_of = kinds(self.row)
        columns = (f'"{name}" {types[kind_of[name]]}' for name in self.columns)
        return f"{', '.join(columns)}, PRIMARY KEY ({_quoted(self.key)})"


def append_sqlite(records: Iterable[Record], path: Path, layout: Layout = ALL) -> None:
    """Adds records to a SQLite file, made where there is none.

    Raises:
        WriteError: the file is no such database, is locked or cannot be written, or its table has other columns.
    """
    import sqlite3

    def fill() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.execute("BEGIN IMMEDIATE")
            tables = _tables(layout)
            for table in tables:
                base.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({table.declared(_SQLITE_TYPES)})")
                found = base.execute(f"SELECT name FROM pragma_table_info('{table.name}')")
                _check(path, table, [name for (name,) in found])
            for table, rows in _chunks(records, tables, layout):
                marks = ", ".join("?" * len(table.columns))
                values = ([_storable(getattr(row, name)) for name in table.columns] for row in rows)
                base.executemany(f"INSERT OR REPLACE INTO {table.name} VALUES ({marks})", values)
            base.execute("COMMIT")

    _filled(path, fill, sqlite3.Error)


def append_duckdb(records: Iterable[Record], path: Path, layout: Layout = ALL) -> None:
    """Adds records to a DuckDB file, made where there is none.

    Raises:
        WriteError: a library is missing, the file is no such database, is locked or cannot be written, or its table
            has other columns.
    """
    duckdb = library("duckdb", "duckdb", "duckdb")
    library("pyarrow", "duckdb", "duckdb")

    def fill() -> None:
        with closing(duckdb.connect(str(path), config={"threads": 1})) as base:  # several mix the rows
            base.execute(QUIET)
            base.execute("BEGIN")
            tables = _tables(layout)
            for table in tables:
                base.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({table.declared(_DUCKDB_TYPES)})")
                _check(path, table, [column[0] for column in base.execute(f"FROM {table.name} LIMIT 0").description])
                base.execute(f"CREATE TEMP TABLE new_{table.name} AS SELECT *, 0 AS turn FROM {table.name} LIMIT 0")
            for turn, (table, rows) in enumerate(_chunks(records, tables, layout)):
                for batch in arrow.batches(rows, arrow.schema_of(table.row, table.columns)):
                    base.register("batch", batch)
                    base.execute(f"INSERT INTO new_{table.name} SELECT *, {turn} FROM batch")
            for table in tables:
                base.execute(_merge(table))
            base.execute("COMMIT")

    _filled(path, fill, duckdb.Error)


def _merge(table: Table) -> str:
    """DuckDB changes no row twice in one command: of rows that share a key, the last one goes in, in its order."""
    key, columns = _quoted(table.key), _quoted(table.columns)
    rest = [name for name in table.columns if name not in table.key]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
    return (
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM new_{table.name} "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY turn DESC, rowid DESC) = 1 "
        f"ORDER BY turn, rowid "
        f"ON CONFLICT ({key}) DO " + (f"UPDATE SET {changes}" if changes else "NOTHING")
    )


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _tables(layout: Layout) -> list[Table]:
    from indicator_extract.record import MentionRecord, Record

    tables = [Table("records", Record, layout.fields, ("record_id",))]
    if layout.mentions is not None:
        columns = tuple(MentionRecord.model_fields)
        tables.append(Table("mentions", MentionRecord, columns, ("source", "start", "end")))
    return tables


def _chunks(
    records: Iterable[Record], tables: Sequence[Table], layout: Layout
) -> Iterator[tuple[Table, Sequence[BaseModel]]]:
    """The records as they come, and after each chunk the mentions met on the way."""
    rest = iter(records)
    while True:
        chunk = list(islice(rest, CHUNK))
        if chunk:
            yield tables[0], chunk
        for table in tables[1:]:
            yield table, list(layout.met())
        if not chunk:
            return


def _check(path: Path, table: Table, found: list[str]) -> None:
    if tuple(found) != table.columns:
        problem = f"its table {table.name} has other columns than are to be written"
        raise WriteError(str(path), problem, "name a new file, or the same --columns as before")


def _filled(path: Path, fill: Any, error_type: type[Exception]) -> None:
    """Does the work; where it fails, the database is as before, and gone if it was not there before."""
    with alone(path):
        made = not path.exists()
        try:
            fill()
        except BaseException as error:
            for ending in _FILES if made else ():
                path.with_name(path.name + ending).unlink(missing_ok=True)
            if isinstance(error, error_type):
                raise _unwritable(path, " ".join(str(error).split())) from None
            raise


def _unwritable(path: Path, problem: str) -> WriteError:
    remedy = "name another file"
    if "lock" in problem.lower():
        remedy = "close the program that has it open, or name another file"
    elif "full" in problem or "space" in problem:
        remedy = "free some space, or name another file"
    return WriteError(str(path), f"cannot be written as a database ({problem})", remedy)


def _storable(value: object) -> object:
    """A value as SQLite keeps it without loss."""
    if not isinstance(value, Decimal):
        return value
    from indicator_extract.record import plain

    digits = plain(value)
    if "." not in digits and abs(value) <= LARGEST_INTEGER:
        return int(digits)
    return float(value) if len(digits.lstrip("-0.").replace(".", "")) <= EXACT_DIGITS else digits
