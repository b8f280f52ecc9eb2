"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Patterns = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of your own pattern files, laid over the built-in ones by id."),
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="The encoding of all texts (gb18030, big5, utf-16 …).")]
TextColumn = Annotated[str, typer.Option(metavar="NAME", help="The column of CSV and JSON Lines that holds the texts.")]
DocumentArea = Annotated[
    str, typer.Option("--area", metavar="NAME|CODE", help="The region of all documents, not to be found in them.")
]
Records = Annotated[
    list[str],
    typer.Argument(
        metavar="RECORDS",
        help="Files that `extract -o` has written (csv, tsv, json, jsonl, parquet, sqlite, duckdb), or folders.",
    ),
]
Indicators = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator", metavar="NAME", help="Only this indicator: name, alias or id, or a pattern such as 'industry.*'."
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measure", metavar="NAME", help="Only level, growth_rate, avg_growth_rate, change, share or multiple."
    ),
]
Categories = Annotated[
    list[str] | None,
    typer.Option("--category", metavar="NAME", help="Only indicators of this category of the lexicon."),
]
Since = Annotated[
    str, typer.Option(metavar="DATE", help="Only periods that begin then or later: 2020, 2020-06, 2020-06-30.")
]
Until = Annotated[str, typer.Option(metavar="DATE", help="Only periods that end then or earlier.")]
Units = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="UNIT", help="Show values in this unit, where the dimension fits."),
]
Area = Annotated[str, typer.Option(metavar="NAME|CODE", help="Only this region: part of its name, or its code.")]
