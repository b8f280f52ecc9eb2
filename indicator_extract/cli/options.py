"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indicator_extract.cli.terminal import refused
from indicator_extract.errors import ChoiceError

if TYPE_CHECKING:
    from indicator_extract.reading import Options

Patterns = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of your own pattern files, laid over the built-in ones by id."),
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="The encoding of all texts (gb18030, big5, utf-16 …).")]
TextColumn = Annotated[str, typer.Option(metavar="NAME", help="The column of CSV and JSON Lines that holds the texts.")]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=VALUE",
        help="What one input may cost: file, text, unpacked, members, ratio, pages, cells, memory or time, such as "
        "file=1GB, pages=20000, time=5min, memory=none. Repeatable; docs/reliability.md has the defaults.",
    ),
]
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


def reading_of(encoding: str = "", text_column: str = "", limit: Sequence[str] | None = None) -> Options:
    """What these options say about reading. Raises typer.BadParameter where a limit is none."""
    from indicator_extract.reading import Options
    from indicator_extract.reading.limits import limits_of

    try:
        return Options(encoding, text_column, limits_of(limit or ()))
    except ChoiceError as error:
        raise refused(error) from None
