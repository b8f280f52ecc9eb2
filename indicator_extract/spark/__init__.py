"""DataFrame of inputs → DataFrame of records, with Apache Spark: reports by the hundred thousand on many machines.

    from indicator_extract.spark import records

    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load("reports/")
    records(files).write.partitionBy("measure", "status").parquet("panel")

The columns of inputs and the settings are those of `indicator_extract.arrow`, which does the work on each executor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from indicator_extract import arrow
from indicator_extract.arrow import DEFAULTS, FAILURE, Settings
from indicator_extract.record import Record
from indicator_extract.writing.arrow import PRECISION, SCALE
from indicator_extract.writing.layout import kinds

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["SCHEMA", "Settings", "outcomes", "records"]

_TYPES = {"text": "string", "integer": "bigint", "number": f"decimal({PRECISION}, {SCALE})"}

SCHEMA = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in kinds(Record).items())
"""The columns of a record as Spark writes a schema; `spark.read.schema(SCHEMA)` reads them back."""


def records(inputs: DataFrame, settings: Settings = DEFAULTS) -> DataFrame:
    """The records of these inputs. What cannot be read is logged by the executor that meets it, and left out.

    Raises:
        ReadError: a column of `inputs` is missing or of another type.
    """
    return _mapped(inputs, arrow.records, settings, SCHEMA)


def outcomes(inputs: DataFrame, settings: Settings = DEFAULTS) -> DataFrame:
    """As `records`, with one more column, `failure`: null for a record.

    An input that cannot be read is a row with `source` and `failure`, everything else null. To have both records and
    failures from one pass over the inputs, `persist` the result.
    """
    return _mapped(inputs, arrow.outcomes, settings, f"{SCHEMA}, `{FAILURE}` string")


def _mapped(inputs: DataFrame, function: Callable[..., Any], settings: Settings, schema: str) -> DataFrame:
    from pyspark.sql.pandas.types import to_arrow_schema

    known = inputs.select([name for name in inputs.columns if name in arrow.COLUMNS])
    arrow.check_columns(to_arrow_schema(known.schema))
    return known.mapInArrow(partial(function, settings=settings), schema)
