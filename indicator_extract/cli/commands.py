"""What the two commands are called, what they take and what their help says. The work is done in the modules beside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indicator_extract.cli import check as checks
from indicator_extract.cli import evaluate as evaluation
from indicator_extract.cli import print_version, tables
from indicator_extract.cli.options import (
    Categories,
    DocumentArea,
    Encoding,
    Indicators,
    Limit,
    Measures,
    Patterns,
    Since,
    TextColumn,
    Until,
)
from indicator_extract.cli.terminal import finish

_SETTINGS = {"help_option_names": ["-h", "--help"]}
_FORMATS = (
    "table, csv, tsv, json, jsonl, xlsx, parquet, html (a page to look at and correct), sdmx-csv, sqlite, duckdb, or "
    "text (no records, but what was read)"
)


def _show_version(asked: bool) -> None:
    if asked:
        print_version()
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
]


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders (with all below them), or - for standard input."),
    ],
    format: Annotated[  # noqa: A002 the option's name
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"{_FORMATS}. Left out: by the suffix of -o, else a table on a terminal and csv into a pipe.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="Write here instead of to standard output."),
    ] = None,
    patterns: Patterns = None,
    mentions: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Also write the numbers that are no claims, with the reason: as JSON Lines, or, if PATH is the "
            "xlsx or database of -o, beside the records there.",
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin csv or tsv with a byte order mark: Excel then sees that it is UTF-8.")
    ] = False,
    encoding: Encoding = "",
    text_column: TextColumn = "",
    limit: Limit = None,
    indicator: Indicators = None,
    measure: Measures = None,
    status: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only actual, estimate or target.")] = None,
    category: Categories = None,
    since: Since = "",
    until: Until = "",
    min_value: Annotated[
        str,
        typer.Option(metavar="NUMBER[UNIT]", help="Only values this large; with a unit, only of its dimension."),
    ] = "",
    columns: Annotated[
        list[str] | None, typer.Option(metavar="NAME,...", help="Only these columns, in this order.")
    ] = None,
    units: Annotated[
        list[str] | None,
        typer.Option("--in", metavar="UNIT", help="Write base values in this unit, where the dimension fits."),
    ] = None,
    area: DocumentArea = "",
    jobs: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, help="Worker processes; 0 or left out: one for each core, one in all for small inputs."
        ),
    ] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was interrupted, from the journal beside -o.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell about every file, and how it was read.")
    ] = False,
    _version: Version = False,
) -> None:
    """Turn every numeric claim of Chinese government reports into one record.

    \b
    Examples:
      extract report.txt                                a table to look at
      extract reports/ -o panel.csv --bom               for Excel
      extract reports/ --format jsonl | jq .indicator   for scripts
      cat report.txt | extract - --format csv           from a pipe
      extract reports/ -o panel.xlsx                    for Excel, with types
      extract reports/ -o panel.duckdb                  added to a database
      extract reports/ -o page.html                     to look at, and correct
      extract reports/ --indicator GDP --status target --since 2020
                                                        what is asked for only
      extract reports/ -o panel.csv --mentions rest.jsonl
                                                        with the numbers left out

    \b
    Options that choose may be repeated (--measure level --measure share); a
    record must fit one of each kind. Those that name things say what is near a
    misspelt one.

    \b
    Standard output carries data only; the summary and what went wrong go to
    standard error. Exit status: 0 done, 1 some input failed (the rest is
    written), 2 wrong usage.
    """
    from indicator_extract.choosing import Wanted
    from indicator_extract.cli.extract import extract as do_job
    from indicator_extract.cli.job import Job
    from indicator_extract.cli.options import reading_of

    to = None if output == Path("-") else output
    wanted = Wanted(indicator or (), measure or (), status or (), category or (), since, until, min_value)
    reading = reading_of(encoding, text_column, limit)
    job = Job(
        inputs, format, to, patterns, mentions, bom, verbose, reading,
        wanted, tuple(columns or ()), tuple(units or ()), area, jobs, resume,
    )  # fmt: skip
    finish(lambda: do_job(job))


def explain(
    place: Annotated[
        str,
        typer.Argument(metavar="FILE[:OFFSET]", help="A file or -, and the offset of a character in one number of it."),
    ],
    patterns: Patterns = None,
    limit: Limit = None,
) -> None:
    """Show how each number of a file was read, and the rule behind each part.

    \b
    Examples:
      indicator-extract explain report.txt         all numbers, in order
      indicator-extract explain report.txt:1204    the number at that offset

    OFFSET is what the columns start and end of a record count.
    """
    from indicator_extract.cli.explain import explain as explain_file
    from indicator_extract.cli.options import reading_of

    finish(lambda: explain_file(place, patterns, reading_of(limit=limit)))


def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    Example:
      indicator-extract schema > record.schema.json
    """
    from indicator_extract.cli.schema import print_schema

    finish(print_schema)


def indicators(
    word: Annotated[
        str, typer.Argument(metavar="[WORD]", help="Part of a name, alias, English name, id or category.")
    ] = "",
    category: Annotated[str, typer.Option(metavar="NAME", help="Only indicators of this category.")] = "",
    patterns: Patterns = None,
) -> None:
    """List the indicators of the lexicon, or search them.

    \b
    Examples:
      indicator-extract indicators                     all of them
      indicator-extract indicators GDP                 those with GDP in a name
      indicator-extract indicators --category prices   one category

    A table on a terminal; into a pipe, tab-separated lines with a head, category,
    dimension and aliases too.
    """
    from indicator_extract.cli.indicators import print_indicators

    finish(lambda: print_indicators(word, category, patterns))


def check(patterns: Patterns = None) -> None:
    """Run the examples and near misses of every pattern, your own too.

    \b
    Examples:
      indicator-extract patterns check
      indicator-extract patterns check --patterns my/

    One line for each failure; exit status 1 if there is any.
    """
    from indicator_extract.cli.patterns import check_patterns

    finish(lambda: check_patterns(patterns))


def _main(_version: Version = False) -> None:
    """Numeric claims of Chinese government reports as validated records.

    \b
    Examples:
      indicator-extract extract reports/ -o panel.csv
      indicator-extract check report.txt
      indicator-extract explain report.txt:1204
      indicator-extract patterns check --patterns my/

    `extract` alone is the same as `indicator-extract extract`.
    """


# Plain help: it keeps the examples as they stand, needs no terminal and starts faster.
extract_app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
extract_app.command(context_settings=_SETTINGS)(extract)

patterns_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, context_settings=_SETTINGS)
patterns_app.command(context_settings=_SETTINGS)(check)

app = typer.Typer(
    rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True, context_settings=_SETTINGS
)
app.callback()(_main)
app.command(context_settings=_SETTINGS, short_help="The main job: files and folders to a table.")(extract)
app.command(context_settings=_SETTINGS, short_help="How each number of a file was read, and by which rules.")(explain)
app.command(context_settings=_SETTINGS, short_help="Which numbers of a document do not fit together.")(checks.check)
app.command(context_settings=_SETTINGS, short_help="Records of many documents to region x period x indicator.")(
    tables.panel
)
app.command(context_settings=_SETTINGS, short_help="What was aimed at, in what words, and what came of it.")(
    tables.targets
)
app.command(context_settings=_SETTINGS, short_help="An indicator over time, as a table and a plot.")(tables.show)
app.command(context_settings=_SETTINGS, short_help="How right the extractor is on reports that you have labelled.")(
    evaluation.evaluate
)
app.add_typer(patterns_app, name="patterns", help="Look after pattern files.")
app.command(context_settings=_SETTINGS, short_help="The indicators of the lexicon, all or those of a word.")(indicators)
app.command(context_settings=_SETTINGS)(schema)
