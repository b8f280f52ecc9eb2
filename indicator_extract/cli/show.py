"""An indicator over time: a table with a sparkline on the terminal, and a plot where one is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from indicator_extract.cli.gather import Ask, Gatherer, refuse_overwriting
from indicator_extract.cli.panel import with_statuses
from indicator_extract.cli.terminal import rich_lines, say
from indicator_extract.panel import look, plot
from indicator_extract.panel.base import base_of
from indicator_extract.panel.cells import settle
from indicator_extract.printable import printable
from indicator_extract.writing.target import open_target


def show(ask: Ask, plot_to: Path | None) -> int:
    """Prints the cells of an indicator; gives the exit status.

    Raises:
        ChoiceError: something asked for does not exist.
        WriteError: a library or a font is missing, or the plot cannot be written.
    """
    refuse_overwriting(ask.inputs, plot_to)
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
    """Writes the tables below their titles."""
    titles = (("\n" if number else "") + printable(chart.title) for number, chart in enumerate(charts))
    parts = (part for title, chart in zip(titles, charts, strict=True) for part in (title, look.table(chart)))
    sys.stdout.buffer.writelines(rich_lines(parts))
