"""The `evaluate` command: gold files and inputs → how right the extractor is on them, and where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indicator_extract.cli.options import DocumentArea, Encoding, Limit, Patterns, TextColumn, reading_of
from indicator_extract.cli.terminal import finish


def evaluate(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders (with all below them), or - for standard input."),
    ],
    gold: Annotated[
        list[str],
        typer.Option("--gold", metavar="FILE", help="A gold file, or a folder of *.gold.jsonl. Repeatable."),
    ],
    format: Annotated[  # noqa: A002 the option's name
        str, typer.Option("--format", metavar="FORMAT", help="table, csv (a row a document) or json.")
    ] = "table",
    differences: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Write all differences to a .csv, .tsv, .xlsx or .parquet file."),
    ] = None,
    show: Annotated[int, typer.Option(metavar="N", min=0, help="Differences shown below the table.")] = 20,
    labels: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help="whole (all numbers between the first label and the last are labelled), partial (only some are), or "
            "auto: whole where they are.",
        ),
    ] = "auto",
    patterns: Patterns = None,
    area: DocumentArea = "",
    encoding: Encoding = "",
    text_column: TextColumn = "",
    limit: Limit = None,
) -> None:
    """Measure the extractor on your own reports, with your own labels.

    \b
    Examples:
      indicator-extract evaluate --gold corrections.gold.jsonl reports/
      indicator-extract evaluate --gold gold/ reports/ --differences wrong.xlsx
      indicator-extract evaluate --gold gold/ reports/ --patterns my/ --format csv

    A gold file says in each line what one number of a document is. The evidence
    page (`extract --format html`) writes one of what you correct in it.
    docs/evaluate.md says how to label, and what the figures mean.

    \b
    Standard output has the figures, standard error the summary. Exit status: 0
    done, 1 some input or label could not be used (the rest is measured), 2 wrong
    usage.
    """
    from indicator_extract.cli.measuring import Job, measure

    options = reading_of(encoding, text_column, limit)
    job = Job(inputs, gold, format, differences, show, labels, patterns, area, options)
    finish(lambda: measure(job))
