"""What the command line asks for, and what it comes to: a plan in which the options fit together."""

from __future__ import annotations

import os
import sys
from collections import deque
from pathlib import Path
from typing import NamedTuple

import typer

from indicator_extract import writing
from indicator_extract.batch.inputs import Inputs
from indicator_extract.batch.part import Maker, Recipe
from indicator_extract.choosing import Wanted, columns_of
from indicator_extract.reading import Options
from indicator_extract.record import MentionRecord
from indicator_extract.writing import Format, Layout

TEXT = "text"  # the format that is no table of records but the text itself


class Job(NamedTuple):
    """What the command line asks for."""

    inputs: list[str]
    format: str | None = None
    output: Path | None = None  # None: standard output
    patterns: Path | None = None
    mentions: Path | None = None
    bom: bool = False
    verbose: bool = False
    reading: Options = Options()
    wanted: Wanted = Wanted()
    columns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # for base values
    area: str = ""
    jobs: int = 0  # 0: as many as are worth it
    resume: bool = False


class Plan(NamedTuple):
    """How the records are made, chosen and written."""

    format: Format
    recipe: Recipe
    maker: Maker
    layout: Layout


def plan_of(job: Job) -> Plan:
    """The plan of a job.

    Raises:
        typer.BadParameter: the options do not fit together.
        ChoiceError: something asked for does not exist.
        PatternError: a pattern file is wrong.
    """
    chosen = format_of(job)
    columns = columns_of(job.columns)
    _refuse_misfits(job, chosen, columns)
    recipe = Recipe(
        chosen.name, job.patterns, job.area, job.reading, job.wanted, job.units, columns, job.mentions is not None
    )
    maker = Maker(recipe)
    mentions = deque[MentionRecord]() if mentions_beside(job, chosen) else None
    return Plan(chosen, recipe, maker, maker.layout._replace(mentions=mentions))


def format_of(job: Job) -> Format:
    """The format asked for, else the one of the output's suffix, else a table for a person and CSV for a program."""
    if job.format is not None:
        chosen = writing.by_name(job.format)
    elif job.output is not None:
        chosen = writing.by_suffix(job.output)
    else:
        chosen = writing.by_name("table" if sys.stdout.isatty() else "csv")
    if chosen is None:
        names = ", ".join(known.name for known in writing.FORMATS)
        asked = job.format or f"the suffix of {job.output}"
        raise typer.BadParameter(f"{asked} names no format; choose one of {names}", param_hint="--format")
    return chosen


def mentions_beside(job: Job, chosen: Format) -> bool:
    """Whether the mentions go into the output itself: a second sheet or table."""
    if job.mentions is None or job.output is None or not chosen.holds_mentions:
        return False
    return os.path.realpath(job.mentions) == os.path.realpath(job.output)


def refuse_overwriting(job: Job, chosen: Format | None, inputs: Inputs) -> None:
    """Raises typer.BadParameter where an output is an input, or two outputs are one file."""
    taken = {os.path.realpath(source) for source in inputs.sources if source != "-"}
    beside = chosen is not None and mentions_beside(job, chosen)
    for option, path in (("--output", job.output), ("--mentions", None if beside else job.mentions)):
        if path is None:
            continue
        if os.path.realpath(path) in taken:
            raise typer.BadParameter(f"{path} is an input, or named twice; choose another name", param_hint=option)
        taken.add(os.path.realpath(path))


def _refuse_misfits(job: Job, chosen: Format, columns: tuple[str, ...]) -> None:
    name = chosen.name
    if job.bom and not chosen.takes_bom:
        raise typer.BadParameter(f"a byte order mark spoils {name}; it is for csv and tsv", param_hint="--bom")
    if job.output is None and (chosen.append or (chosen.binary and sys.stdout.isatty())):
        raise typer.BadParameter(f"{name} goes to a file; name it with -o", param_hint="--format")
    if chosen.fixed_columns and (columns or job.units):
        option = "--columns" if columns else "--in"
        raise typer.BadParameter(f"{name} has columns and units of its own; leave {option} out", param_hint=option)
    if chosen.append and columns and "record_id" not in columns:
        raise typer.BadParameter(f"{name} needs the column record_id; add it", param_hint="--columns")
