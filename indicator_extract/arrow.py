"""Documents in Arrow batches → records in Arrow batches: for Spark, Ray Data, DuckDB and whatever else speaks Arrow.

A row that goes in is one input: its `path`, which names it in the records, and its `content` (the bytes of a file of
any format that is read) or its `text`. The columns `title`, `year` and `area` may say more about it, and go before what
the file says of itself. A row that comes out is one record, with the columns and types of the command's Parquet.

An input that cannot be read costs nothing but itself: `records` logs it as a warning, `outcomes` gives it as a row.
What a reader doubts (a guessed encoding) is logged as a warning too; the logger is `indicator_extract`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from indicator_extract.errors import ReadError
from indicator_extract.pipeline import Extractor
from indicator_extract.reading import Options, items, plain
from indicator_extract.reading.limits import Limits
from indicator_extract.record import FIELDS, Record
from indicator_extract.writing import arrow as written
from indicator_extract.writing.layout import library

if TYPE_CHECKING:
    import pyarrow as pa

    from indicator_extract.model import Document

    Batches: TypeAlias = Iterable[pa.RecordBatch]  # or a Table, or whatever else has `__arrow_c_stream__`

COLUMNS = {
    "path": "string",
    "content": "binary",
    "text": "string",
    "title": "string",
    "year": "integer",
    "area": "string",
}
"""What a row may say, and the kind of Arrow type that says it."""

FAILURE = "failure"
"""The column that `outcomes` has beside those of a record."""

_LOG = logging.getLogger("indicator_extract")


class Settings(NamedTuple):
    """What holds for every input; each as the option of the command that has its name."""

    patterns: str = ""  # a folder that every process can see under this path
    area: str = ""
    encoding: str = ""
    text_column: str = ""
    limits: Limits = Limits()


DEFAULTS = Settings()


class Failure(NamedTuple):
    """An input, or a member of one, that gives no records, and why."""

    source: str
    message: str


class _Row(NamedTuple):
    path: str | None = None
    content: bytes | None = None
    text: str | None = None
    title: str | None = None
    year: int | None = None
    area: str | None = None


def records(batches: Batches, settings: Settings = DEFAULTS) -> pa.RecordBatchReader:
    """The records of these inputs, read one by one as the batches of the result are asked for.

    The result is iterated (Spark), made a table with `.read_all()` (Ray Data), or queried by name (DuckDB). The lexicon
    is loaded once a process.

    Raises, as the first batch is asked for:
        ReadError: a column is missing or of another type.
        PatternError: a pattern file is wrong.
        ChoiceError: `settings.area` is no region, or several.
        WriteError: pyarrow is missing; raised at once.
    """
    schema = written.schema_of(Record, FIELDS)
    found = written.batches(_told(_found(batches, settings)), schema)
    reader: pa.RecordBatchReader = library("pyarrow", "arrow", "parquet").RecordBatchReader.from_batches(schema, found)
    return reader


def outcomes(batches: Batches, settings: Settings = DEFAULTS) -> pa.RecordBatchReader:
    """As `records`, with one more column, `failure`: null for a record.

    An input that cannot be read is a row with `source` and `failure`, everything else null.
    """
    arrow = library("pyarrow", "arrow", "parquet")
    schema = written.schema_of(Record, FIELDS).append(arrow.field(FAILURE, arrow.string()))
    found = _with_failures(_found(batches, settings), schema)
    reader: pa.RecordBatchReader = arrow.RecordBatchReader.from_batches(schema, found)
    return reader


def _with_failures(found: Iterable[Record | Failure], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    arrow = library("pyarrow", "arrow", "parquet")
    narrow = schema.remove(schema.get_field_index(FAILURE))
    for failed, run in groupby(found, lambda one: isinstance(one, Failure)):
        if failed:
            rows = ({"source": one.source, FAILURE: one.message} for one in run if isinstance(one, Failure))
            while chunk := list(islice(rows, written.BATCH)):
                yield arrow.RecordBatch.from_pylist(chunk, schema=schema)
            continue
        for batch in written.batches((one for one in run if isinstance(one, Record)), narrow):
            nulls = arrow.nulls(batch.num_rows, arrow.string())
            yield arrow.RecordBatch.from_arrays([*batch.columns, nulls], schema=schema)


def _told(found: Iterable[Record | Failure]) -> Iterator[Record]:
    """The records; the failures are logged."""
    for one in found:
        if isinstance(one, Failure):
            _LOG.warning("%s", one.message)
        else:
            yield one


def _found(batches: Batches, settings: Settings) -> Iterator[Record | Failure]:
    """What each row comes to, one row after the other: no more than one input is in memory beside its batch."""
    extractor = extractor_of(settings.patterns, settings.area)
    options = Options(settings.encoding, settings.text_column, settings.limits)
    for row in _rows(batches):
        try:
            for document in _documents(row, options):
                if isinstance(document, ReadError):
                    yield Failure(document.source, str(document))
                    continue
                for note in document.notes:
                    _LOG.warning("%s: %s", document.source, note)
                yield from extractor.extract_document(document).records
        except ReadError as error:
            yield Failure(error.source, str(error))
        except Exception as error:  # noqa: BLE001 a defect costs one input, not the batch
            problem = f"internal error ({type(error).__name__}: {error})"
            yield Failure(row.path or "", str(ReadError(row.path or "", problem, "please report it")))


@lru_cache(maxsize=4)
def extractor_of(patterns: str, area: str) -> Extractor:
    """The one extractor of this process for these settings. Raises PatternError or ChoiceError."""
    return Extractor(patterns or None, area=area)


def _documents(row: _Row, options: Options) -> Iterator[Document | ReadError]:
    """The documents of one row; a member of an archive that cannot be read is yielded as its error."""
    name = row.path or ""
    if row.text is not None:
        found: Iterator[Document | ReadError] = plain.documents(
            name, row.text.encode(), options._replace(encoding="utf-8")
        )
    elif row.content is not None:
        found = items(name, row.content, options)
    else:
        raise ReadError(name, "neither content nor text", "fill one of these columns")
    for item in found:
        if isinstance(item, ReadError):
            yield item
        else:
            yield item._replace(title=row.title or item.title, year=row.year or item.year, area=row.area or item.area)


def _rows(batches: Batches) -> Iterator[_Row]:
    if hasattr(batches, "__arrow_c_stream__"):
        batches = library("pyarrow", "arrow", "parquet").RecordBatchReader.from_stream(batches)
    for batch in batches:
        check_columns(batch.schema)
        known = [(name, batch.column(name)) for name in batch.schema.names if name in COLUMNS]
        for number in range(batch.num_rows):
            yield _Row(**{name: column[number].as_py() for name, column in known})


def check_columns(schema: pa.Schema) -> None:
    """Raises ReadError where these columns are not those of inputs."""
    types = library("pyarrow.types", "arrow", "parquet")
    names = schema.names
    if "path" not in names or not {"content", "text"} & set(names):
        raise ReadError("input", "needs a column `path` and a column `content` or `text`", f"it has {', '.join(names)}")
    for name in filter(COLUMNS.__contains__, names):
        kind, found = COLUMNS[name], schema.field(name).type
        fits = (getattr(types, f"is_{form}{kind}", None) for form in ("", "large_"))
        if not any(test and test(found) for test in (*fits, getattr(types, f"is_{kind}_view", None))):
            raise ReadError("input", f"column `{name}` is {found}", f"cast it to {kind}")
