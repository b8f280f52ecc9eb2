"""Record file → Records: what `extract` has written, in any format that keeps all fields, is read back.

A record file is known by its columns, whatever its name. Numbers come back as exact decimals, and the apostrophe that
keeps a spreadsheet from running a text is taken away again.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pydantic import ValidationError

from indicator_extract.errors import ReadError
from indicator_extract.reading import source_name
from indicator_extract.record import FIELDS, Record
from indicator_extract.writing.delimited import as_it_was
from indicator_extract.writing.layout import QUIET, library

Row = Mapping[str, Any]
Holds = Literal["records", "some", "neither"]

SUFFIXES = frozenset(
    {".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".parquet", ".pq", ".sqlite", ".sqlite3", ".db", ".duckdb"}
)
"""Files of a folder that may hold records."""

_MARK = "record_id"  # a table with this column was made of records
_TABLE = "SELECT * FROM records"  # what our databases call it
_OPTIONAL = frozenset(name for name, field in Record.model_fields.items() if type(None) in get_args(field.annotation))
_MANY = 4  # missing columns that are named
_LONGEST_CELL = 2**25  # characters: as long as the longest text that `extract` reads


class Rows(NamedTuple):
    """The columns of a file and its rows, not looked at yet."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


def holds(path: Path) -> Holds:
    """What a file holds by its columns: records, some columns of them (a panel, say), or neither.

    Raises ReadError where it cannot be opened.
    """
    try:
        opened = _opened(path)
    except ReadError:
        if not path.is_file():
            raise
        return "neither"
    return "some" if _missing(opened) and _MARK in opened.columns else "neither" if _missing(opened) else "records"


def records_of(path: Path) -> Iterator[Record]:
    """The records of a file, in its order.

    Raises:
        ReadError: it cannot be opened, is no record file, or has a row that is no record.
    """
    name = source_name(path)
    opened = _opened(path)
    missing = _missing(opened)
    if missing:
        some = ", ".join(missing[:_MANY]) + (" …" if len(missing) > _MANY else "")
        lacks = f"it lacks the columns {some}" if opened.columns else "it holds none"
        raise ReadError(name, f"is no file of records: {lacks}", "give what `extract -o` has written, with all columns")
    for number, row in enumerate(_each(name, opened), 1):
        lacking = [field for field in FIELDS if not isinstance(row, Mapping) or field not in row]
        if lacking:
            raise ReadError(name, f"row {number} is no record: it has no {lacking[0]}", "write it anew with `extract`")
        try:
            yield Record.model_validate({field: _cell(field, row[field]) for field in FIELDS})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            problem = f"row {number} is no record ({'.'.join(map(str, first['loc']))}: {first['msg']})"
            raise ReadError(name, problem, "write it anew with `extract`") from None


def _each(name: str, opened: Rows) -> Iterator[Any]:
    """The rows, of which some are read only now."""
    try:
        yield from opened.rows
    except csv.Error as error:
        raise ReadError(name, f"is no file of records ({error})", "give what `extract -o` has written") from None


def _missing(opened: Rows) -> list[str]:
    return [field for field in FIELDS if field not in opened.columns]


def _cell(field: str, value: Any) -> Any:
    """What is empty is nothing where a field may have nothing, else an empty text."""
    if value in ("", None):
        return None if field in _OPTIONAL else ""
    return value


def _opened(path: Path) -> Rows:
    """The rows of a file by what its first bytes say it is."""
    name = source_name(path)
    try:
        with path.open("rb") as file:
            head = file.read(16)
        if head.startswith(b"SQLite format 3"):
            return _sqlite(path)
        if head[8:12] == b"DUCK":
            return _duckdb(path)
        if head.startswith(b"PAR1"):
            return _parquet(path)
        text = path.read_bytes().decode("utf-8-sig")
        return _json(text) if text.lstrip()[:1] in ("[", "{") else _delimited(text)
    except OSError as error:
        raise ReadError(name, f"cannot be read ({error.strerror or error})", "check the path") from None
    except (ValueError, RecursionError, csv.Error, sqlite3.Error) as error:
        problem = " ".join(str(error).split())[:80]
        raise ReadError(name, f"is no file of records ({problem})", "give what `extract -o` has written") from None


def _delimited(text: str) -> Rows:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text, newline="\n"), delimiter=delimiter)
    columns = tuple(rows.fieldnames or ())
    return Rows(columns, (_filled(row) for row in rows))


def _filled(row: Mapping[str, str | None]) -> Row:
    """The cells that a row has; one that is cut off lacks the last ones."""
    return {name: as_it_was(cell) for name, cell in row.items() if isinstance(cell, str)}


def _json(text: str) -> Rows:
    lines = [line for line in text.split("\n") if line.strip()]
    rows = json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in lines]
    first = rows[0] if rows and isinstance(rows[0], dict) else {}
    return Rows(tuple(first), rows)


def _parquet(path: Path) -> Rows:
    parquet = library("pyarrow.parquet", "parquet", "parquet")
    try:
        file = parquet.ParquetFile(path)
    except library("pyarrow", "parquet", "parquet").ArrowException as error:
        raise ValueError(error) from None
    return Rows(tuple(file.schema_arrow.names), (row for batch in file.iter_batches() for row in batch.to_pylist()))


def _sqlite(path: Path) -> Rows:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        found = base.execute(_TABLE)
        columns = tuple(column[0] for column in found.description)
        return Rows(columns, [dict(zip(columns, row, strict=True)) for row in found])


def _duckdb(path: Path) -> Rows:
    duckdb = library("duckdb", "duckdb", "duckdb")
    try:
        with closing(duckdb.connect(str(path), read_only=True)) as base:
            base.execute(QUIET)
            found = base.execute(_TABLE)
            columns = tuple(column[0] for column in found.description)
            return Rows(columns, [dict(zip(columns, row, strict=True)) for row in found.fetchall()])
    except duckdb.Error as error:
        raise ValueError(error) from None
