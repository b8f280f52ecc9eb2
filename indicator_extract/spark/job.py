"""The Spark job: folders of files → partitioned Parquet. `spark-submit` takes this file; `docs/engines.md` says how."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from indicator_extract.arrow import FAILURE, Settings, extractor_of
from indicator_extract.cli.options import Limit, reading_of
from indicator_extract.cli.terminal import finish, say
from indicator_extract.errors import ReadError, WriteError
from indicator_extract.reading import SUFFIXES
from indicator_extract.record import FIELDS
from indicator_extract.spark import outcomes
from indicator_extract.writing.layout import library

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ROWS = 32  # files handed to Python at a time; Spark's own 10,000 may be more than fits into memory
SHOWN = 20  # failures told on standard error; all of them are in the output
FAILURES = "_failures"  # what begins with _ is not read as a part of the Parquet


class Job(NamedTuple):
    """What the command line asks for."""

    inputs: list[str]
    output: str
    partition_by: list[str]
    settings: Settings


def submit(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Folders (with all below them) and globs.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="A new folder for the Parquet.")],
    partition_by: Annotated[
        str, typer.Option(metavar="NAME,...", help="Columns that become folders; '' for none.")
    ] = "measure,status",
    patterns: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Your own patterns, under a path that every machine sees.")
    ] = None,
    area: Annotated[str, typer.Option(metavar="NAME|CODE", help="The region of all documents.")] = "",
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The encoding of all texts.")] = "",
    text_column: Annotated[
        str, typer.Option(metavar="NAME", help="The column of CSV and JSON Lines that holds the texts.")
    ] = "",
    limit: Limit = None,
) -> None:
    """Turn the numeric claims of many reports into one Parquet dataset with Apache Spark.

    What cannot be read is written to FOLDER/_failures as JSON Lines, which readers of the Parquet pass over. Exit
    status: 0 done, whatever could not be read; 1 nothing written; 2 wrong usage.
    """
    columns = [name for name in partition_by.split(",") if name]
    settings = Settings(str(patterns or ""), area, encoding, text_column, reading_of(limit=limit).limits)
    finish(lambda: run(Job(inputs, output, columns, settings)))


def run(job: Job) -> int:
    """Does the job; gives the exit status.

    Raises:
        typer.BadParameter: a column to partition by is none of a record.
        ReadError: an input is not there, or nothing in it is to be read.
        WriteError: the output is there already, or pyspark is missing.
        PatternError: a pattern file is wrong.
        ChoiceError: the area is no region, or several.
    """
    for name in job.partition_by:
        if name not in FIELDS:
            raise typer.BadParameter(f"no column {name}; choose from {', '.join(FIELDS)}", param_hint="--partition-by")
    extractor_of(job.settings.patterns, job.settings.area)  # what is wrong with these is told before a machine starts
    sql = library("pyspark.sql", "Spark", "spark")
    settings = {"spark.sql.execution.arrow.maxRecordsPerBatch": ROWS}
    spark: SparkSession = sql.SparkSession.builder.appName("indicator-extract").config(map=settings).getOrCreate()
    try:
        return _run(job, spark)
    finally:
        spark.stop()


def _run(job: Job, spark: SparkSession) -> int:
    from pyspark import StorageLevel

    _refuse_existing(job.output, spark)
    found = outcomes(_files(job.inputs, spark), job.settings).persist(StorageLevel.DISK_ONLY)  # each file is read once
    failures = found.where(f"{FAILURE} IS NOT NULL").select("source", FAILURE)
    records = found.where(f"{FAILURE} IS NULL").drop(FAILURE)
    failed, written = failures.count(), records.count()
    for row in failures.limit(SHOWN).collect():
        say(f"error: {row[FAILURE]}")
    if failed > SHOWN:
        say(f"error: … and {failed - SHOWN:,} more")
    if written:
        _write(records, job)
        if failed:
            failures.write.json(f"{job.output}/{FAILURES}")
    say(f"{written:,} records, {failed:,} failed")
    return 0 if written or not failed else 1


def _write(records: DataFrame, job: Job) -> None:
    """One file, or some of like size, for each folder, instead of one for each folder and task."""
    if job.partition_by:
        names = ", ".join(f"`{name}`" for name in job.partition_by)  # each is a column of a record
        query = f"SELECT /*+ REBALANCE({names}) */ * FROM {{records}}"  # noqa: S608
        records = records.sparkSession.sql(query, records=records)
    records.write.partitionBy(*job.partition_by).option("compression", "zstd").parquet(job.output)


def _files(inputs: list[str], spark: SparkSession) -> DataFrame:
    """The files of the kinds that the command takes from folders, the hidden ones left out."""
    from pyspark.errors import AnalysisException

    wanted = "*{" + ",".join(sorted(map(_any_case, SUFFIXES))) + "}"
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", True).option("pathGlobFilter", wanted)
    try:
        files = reader.load(inputs)
    except AnalysisException as error:
        raise ReadError(", ".join(inputs), str(error).split("\n", 1)[0], "check the path") from None
    if files.isEmpty():
        remedy = f"a folder gives its {' '.join(sorted(SUFFIXES))} files"
        raise ReadError(", ".join(inputs), "no readable file here", remedy)
    return files


def _any_case(suffix: str) -> str:
    """A glob for a suffix however it is written: `.[tT][xX][tT]`."""
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in suffix)


def _refuse_existing(output: str, spark: SparkSession) -> None:
    """Raises WriteError before the work where Spark would after it; through its own file systems (HDFS, S3)."""
    jvm: Any = spark._jvm  # noqa: SLF001 pyspark has no public way to a file system
    path = jvm.org.apache.hadoop.fs.Path(output)
    if path.getFileSystem(spark._jsc.hadoopConfiguration()).exists(path):  # noqa: SLF001
        raise WriteError(output, "is there already", "name another folder, or delete it")


app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
app.command(context_settings={"help_option_names": ["-h", "--help"]})(submit)

if __name__ == "__main__":
    app(prog_name="job.py")
