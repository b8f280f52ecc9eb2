"""An indicator over time: a table with a sparkline on the terminal, and a plot where one is asked for."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from indicator_extract.cli.gather import Ask, Gatherer, refuse_overwriting
from indicator_extract.cli.panel import with_statuses
from indicator_extract.cli.terminal import say
from indicator_extract.panel import look, plot
from indicator_extract.panel.base import base_of
from indicator_extract.panel.cells import settle
from indicator_extract.writing.target import open_target

_WIDTH_OF_A_FILE = 160  # columns, where no terminal says how wide it is


def show(ask: Ask, plot_to: Path | None) -> int:
    """Prints the cells of an indicator; gives the exit status.

    Raises:
        ChoiceError: something asked for does not exist.
        WriteError: a library or a font is missing, or the plot cannot be written.
    """
    refuse_overwriting(ask, plot_to)
    suffix = plot.suffix_of(plot_to) if plot_to else ""
    gatherer = Gatherer(ask._replace(wanted=with_statuses(ask)))
    with base_of(gatherer.records(), gatherer.wants) as base:
        gatherer.check_area()
        settle(base)
        charts = look.charts(base)
    if not charts:
        if gatherer.files:
            say("error: no record fits; leave out an option, or see `indicator-extract panel` for what there is")
        return 1
    _print(charts)
    if plot_to:
        with open_target(plot_to) as out:
            plot.write(charts, suffix, out)
    return 1 if gatherer.failed else 0


def _print(charts: Sequence[look.Chart]) -> None:
    """Writes the tables below their titles, at the width of the terminal if there is one."""
    from rich.console import Console

    on_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else _WIDTH_OF_A_FILE
    page = io.StringIO()
    console = Console(file=page, width=width, force_terminal=on_terminal, highlight=False, markup=False)
    for number, chart in enumerate(charts):
        console.print(("\n" if number else "") + chart.title)
        console.print(look.table(chart))
    sys.stdout.buffer.writelines(f"{line.rstrip()}\n".encode() for line in page.getvalue().splitlines())
