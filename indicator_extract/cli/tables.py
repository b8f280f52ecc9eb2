"""What the commands that work on records take, and what their help says: panel, targets, show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indicator_extract.cli.options import (
    Area,
    Categories,
    Indicators,
    Limit,
    Measures,
    Patterns,
    Records,
    Since,
    Units,
    Until,
)
from indicator_extract.cli.terminal import finish

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="A .csv, .tsv, .xlsx or .parquet file, instead of CSV to standard output.",
    ),
]

Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="NAME", help="Only actual, estimate or target; left out: actual and estimate."),
]


def panel(
    inputs: Records,
    output: Output = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="One row a region and period, one column an indicator and measure.")
    ] = False,
    conflicts: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Also write the records of cells that disagree beyond rounding.")
    ] = None,
    indicator: Indicators = None,
    measure: Measures = None,
    status: Statuses = None,
    category: Categories = None,
    since: Since = "",
    until: Until = "",
    units: Units = None,
    area: Area = "",
    patterns: Patterns = None,
) -> None:
    """Turn the records of many documents into region x period x indicator, one value a cell.

    \b
    Examples:
      extract reports/ -o records.parquet
      indicator-extract panel records.parquet -o panel.xlsx
      indicator-extract panel records.parquet --wide --in 亿元 -o panel.csv
      indicator-extract panel *.jsonl --indicator GDP --conflicts doubt.csv

    \b
    Of several records of one cell the panel takes an actual value before an
    estimate, a later report before an earlier, an exact value before an
    approximate one, an explicit period before an inherited one. An xlsx has
    the conflicts on a second sheet.
    """
    from indicator_extract.choosing import Wanted
    from indicator_extract.cli.gather import Ask
    from indicator_extract.cli.panel import panel as make_panel

    wanted = Wanted(indicator or (), measure or (), status or (), category or (), since, until)
    ask = Ask(inputs, output, wanted, tuple(units or ()), area, patterns)
    finish(lambda: make_panel(ask, wide=wide, conflicts=conflicts))


def targets(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Files of records, reports, or folders of either.")
    ],
    output: Output = None,
    indicator: Indicators = None,
    measure: Measures = None,
    category: Categories = None,
    since: Since = "",
    until: Until = "",
    units: Units = None,
    area: Area = "",
    patterns: Patterns = None,
    limit: Limit = None,
) -> None:
    """Show what each region aimed at, in what words, and what came of it.

    \b
    Examples:
      indicator-extract targets reports/ -o targets.xlsx
      indicator-extract targets records.parquet --indicator GDP --measure growth_rate

    \b
    A file with the columns of records is read as such, anything else is a
    report and read as `extract` reads it. That no target is set is said in no
    number and so in no record: give the reports to have those rows too.
    """
    from indicator_extract.choosing import Wanted
    from indicator_extract.cli.gather import Ask
    from indicator_extract.cli.options import reading_of
    from indicator_extract.cli.panel import targets as make_targets

    wanted = Wanted(indicator or (), measure or (), (), category or (), since, until)
    ask = Ask(inputs, output, wanted, tuple(units or ()), area, patterns, reading_of(limit=limit))
    finish(lambda: make_targets(ask))


def show(
    inputs: Records,
    indicator: Annotated[
        list[str], typer.Option("--indicator", metavar="NAME", help="The indicator: name, alias or id, or a pattern.")
    ],
    area: Area = "",
    measure: Measures = None,
    status: Statuses = None,
    since: Since = "",
    until: Until = "",
    units: Units = None,
    plot: Annotated[Path | None, typer.Option(metavar="PATH", help="Also draw it: a .png or .svg file.")] = None,
    patterns: Patterns = None,
) -> None:
    """Show an indicator over time: a table with a sparkline, and a plot.

    \b
    Examples:
      indicator-extract show records.parquet --indicator GDP --in 亿元
      indicator-extract show records.parquet --indicator GDP --measure growth_rate
      indicator-extract show records.parquet --indicator GDP --area 海拉尔 --plot gdp.png

    \b
    The values are those of `indicator-extract panel`. * marks an estimate or a
    target; in a plot these points are hollow.
    """
    from indicator_extract.choosing import Wanted
    from indicator_extract.cli.gather import Ask
    from indicator_extract.cli.show import show as show_charts

    wanted = Wanted(indicator, measure or (), status or (), (), since, until)
    finish(lambda: show_charts(Ask(inputs, None, wanted, tuple(units or ()), area, patterns), plot))
