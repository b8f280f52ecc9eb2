"""The `check` command: inputs → what does not fit together in them, with the evidence of both sides."""

from __future__ import annotations

from typing import Annotated

import typer

from indicator_extract.cli.options import DocumentArea, Encoding, Limit, Patterns, TextColumn, reading_of
from indicator_extract.cli.terminal import finish


def check(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders (with all below them), or - for standard input."),
    ],
    format: Annotated[  # noqa: A002 the option's name
        str, typer.Option("--format", metavar="FORMAT", help="text, csv (a row a record) or json.")
    ] = "text",
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="FLAG", help="Leave with status 3 if this flag is raised; `any` for all. Repeatable."),
    ] = None,
    patterns: Patterns = None,
    area: DocumentArea = "",
    encoding: Encoding = "",
    text_column: TextColumn = "",
    limit: Limit = None,
) -> None:
    """Show which numbers of a document do not fit together.

    \b
    Examples:
      indicator-extract check report.txt
      indicator-extract check reports/ --format csv > findings.csv
      indicator-extract check draft.docx --fail-on any

    Shares that do not make up 100 %, parts and totals, growth and levels, one fact
    with two numbers, and what an indicator cannot be: docs/checks.md has them all.
    Rounding never counts.

    \b
    Standard output has the report, standard error the summary. Exit status: 0
    done, 1 some input failed (the rest is checked), 2 wrong usage, 3 a flag of
    --fail-on was raised.
    """
    from indicator_extract.cli.findings import Job, report

    job = Job(inputs, format, tuple(fail_on or ()), patterns, area, reading_of(encoding, text_column, limit))
    finish(lambda: report(job))
