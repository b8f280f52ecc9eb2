"""Records → a panel, its conflicts, and the targets with what became of them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from indicator_extract.choosing import Wanted
from indicator_extract.cli.gather import Ask, Gatherer, refuse_overwriting
from indicator_extract.cli.terminal import say, standard_output
from indicator_extract.panel import cells
from indicator_extract.panel.base import base_of, left_out
from indicator_extract.panel.targets import targets as targets_of
from indicator_extract.writing import grid
from indicator_extract.writing.grid import Grid
from indicator_extract.writing.target import open_target

if TYPE_CHECKING:
    import duckdb

STATUSES = ("actual", "estimate")  # of a panel; targets only where asked for


def panel(ask: Ask, *, wide: bool, conflicts: Path | None) -> int:
    """Writes a panel, and the conflicts beside it or on a second sheet; gives the exit status.

    Raises:
        ChoiceError: something asked for does not exist.
        WriteError: a library is missing, or an output cannot be written.
    """
    refuse_overwriting(ask.inputs, ask.output, conflicts)
    suffix = grid.suffix_of(ask.output)
    beside = grid.suffix_of(conflicts, "--conflicts") if conflicts else ""
    gatherer = Gatherer(ask._replace(wanted=with_statuses(ask)))
    with base_of(gatherer.records(), gatherer.wants) as base:
        gatherer.check_area()
        if not gatherer.files:
            return 1
        cells.settle(base)
        rivals = cells.conflicts(base)
        whole = cells.panel(base)
        shown = cells.wide(base, everything=bool(ask.wanted.indicators)) if wide else whole
        _write([shown, rivals] if suffix == ".xlsx" else [shown], suffix, ask.output)
        if conflicts:
            _write([rivals], beside, conflicts)
        disagreeing = sum(1 for row in rivals.rows if row[list(rivals.columns).index("preferred")] == "yes")
        _tell(gatherer, base, f"{_count(len(whole.rows), 'cell')}, {disagreeing:,} with conflicts")
    return 1 if gatherer.failed else 0


def targets(ask: Ask) -> int:
    """Writes the targets that records and reports state; gives the exit status.

    Raises:
        ChoiceError: something asked for does not exist.
        WriteError: a library is missing, or the output cannot be written.
    """
    refuse_overwriting(ask.inputs, ask.output)
    suffix = grid.suffix_of(ask.output)
    gatherer = Gatherer(ask, reports=True)
    with base_of(gatherer.records(), gatherer.wants) as base:
        gatherer.check_area()
        if not gatherer.files:
            return 1
        found = targets_of(base, gatherer.aims, gatherer.statements())
        _write([found], suffix, ask.output)
        _tell(gatherer, base, f"{_count(len(found.rows), 'target')}")
    return 1 if gatherer.failed else 0


def with_statuses(ask: Ask) -> Wanted:
    """What is asked for, without targets unless these are."""
    return ask.wanted._replace(statuses=ask.wanted.statuses or STATUSES)


def _write(grids: list[Grid], suffix: str, path: Path | None) -> None:
    with ExitStack() as targets:
        out = targets.enter_context(open_target(path)) if path else standard_output()
        grid.write(grids, suffix, out)
        out.flush()


def _tell(gatherer: Gatherer, base: duckdb.DuckDBPyConnection, made: str) -> None:
    said = [_count(gatherer.files, "file"), _count(gatherer.read, "record"), made]
    if gatherer.failed:
        said.append(f"{gatherer.failed:,} failed")
    say(", ".join(said))
    undated, nowhere = left_out(base)
    if undated:
        say(f"note: {_count(undated, 'record')} without a period left out")
    if nowhere:
        say(f"note: {_count(nowhere, 'record')} without a region left out; `extract --area` says which it is")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
