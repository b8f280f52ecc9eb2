"""The main job: inputs → one output, with what went wrong and what came out told on standard error."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import typer

from indicator_extract import writing
from indicator_extract.batch import Inputs, Outcome, documents, find_inputs, run
from indicator_extract.cli.terminal import say, with_bar
from indicator_extract.model import Document
from indicator_extract.reading import Options
from indicator_extract.record import Record
from indicator_extract.writing import json_lines
from indicator_extract.writing.target import open_target

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


class Tally:
    """What the summary counts."""

    def __init__(self, inputs: Inputs) -> None:
        self.skipped = inputs.skipped
        self.failed = len(inputs.failures)
        self.files = self.records = self.mentions = 0

    def __str__(self) -> str:
        said = [_count(self.files, "file"), _count(self.records, "record"), _count(self.mentions, "mention")]
        if self.failed:
            said.append(f"{self.failed:,} failed")
        if self.skipped:
            said.append(f"{self.skipped:,} skipped (no format that can be read)")
        return ", ".join(said)


def extract(job: Job) -> int:
    """Does the main job; gives the exit status: 0 all done, 1 some input failed.

    Nothing is written where no input could be read, so that an older result stays.

    Raises:
        typer.BadParameter: the options do not fit together.
        PatternError: a pattern file is wrong.
        WriteError: an output cannot be written.
    """
    chosen = None if job.format == TEXT else _format(job)
    inputs = find_inputs(job.inputs)
    _refuse_overwriting(job, inputs)
    tally = Tally(inputs)
    for failure in inputs.failures:
        say(f"error: {failure}")
    if chosen is None:
        return _print_texts(job, inputs, tally)
    outcomes = _successes(job, chosen, inputs, tally)
    first = next(outcomes, None)
    if first is not None:
        _write(job, chosen, chain([first], outcomes), tally)
    say(str(tally))
    return 1 if tally.failed else 0


def _print_texts(job: Job, inputs: Inputs, tally: Tally) -> int:
    """Writes the texts that offsets point into, and nothing else: what is read, before anything is made of it."""
    texts: list[str] = []
    for source, found, failures in documents(inputs.sources, job.reading):
        tally.failed += len(failures)
        for failure in failures:
            say(f"error: {failure}")
        for document in found:
            _tell_reading(source, document, job.verbose)
            texts.append(document.text)
    if texts:
        data = "".join(texts).encode("utf-8")
        with ExitStack() as targets:
            out = targets.enter_context(open_target(job.output)) if job.output else sys.stdout.buffer
            out.write(data)
            out.flush()
    return 1 if tally.failed else 0


def _format(job: Job) -> writing.Format:
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
    if job.bom and not chosen.takes_bom:
        raise typer.BadParameter(f"a byte order mark spoils {chosen.name}; it is for csv and tsv", param_hint="--bom")
    return chosen


def _refuse_overwriting(job: Job, inputs: Inputs) -> None:
    taken = {os.path.realpath(source) for source in inputs.sources if source != "-"}
    for option, path in (("--output", job.output), ("--mentions", job.mentions)):
        if path is None:
            continue
        if os.path.realpath(path) in taken:
            raise typer.BadParameter(f"{path} is an input, or named twice; choose another name", param_hint=option)
        taken.add(os.path.realpath(path))


def _successes(job: Job, chosen: writing.Format, inputs: Inputs, tally: Tally) -> Iterator[Outcome]:
    """The outcomes that hold something; the others are told and counted."""
    from indicator_extract.pipeline import Extractor

    outcomes: Iterable[Outcome] = run(Extractor(job.patterns), inputs.sources, job.reading)
    if _bar_wanted(job, chosen):
        outcomes = with_bar(outcomes, len(inputs.sources))
    for outcome in outcomes:
        if outcome.failure:
            tally.failed += 1
            say(f"error: {outcome.failure}")
            continue
        tally.files += 1
        _tell(outcome, job.verbose)
        yield outcome


def _bar_wanted(job: Job, chosen: writing.Format) -> bool:
    """A bar for a person, unless rows run over the same screen or that person is typing the input."""
    rows_on_screen = job.output is None and chosen.streams and sys.stdout.isatty()
    return sys.stderr.isatty() and not rows_on_screen and "-" not in job.inputs


def _tell(outcome: Outcome, verbose: bool) -> None:
    for extraction in outcome.extractions:
        _tell_reading(outcome.source, extraction.document, verbose)
        if verbose:
            counts = f"{_count(len(extraction.records), 'record')}, {_count(len(extraction.mentions), 'mention')}"
            say(f"{extraction.document.source}: {counts}")


def _tell_reading(source: str, document: Document, verbose: bool) -> None:
    """What a reader doubts is always told; how it read, to those who ask."""
    for note in document.notes:
        say(f"note: {source}: {note}")
    if verbose and document.how:
        say(f"{document.source}: read as {document.how}")


def _write(job: Job, chosen: writing.Format, outcomes: Iterable[Outcome], tally: Tally) -> None:
    with ExitStack() as targets:
        out = targets.enter_context(open_target(job.output)) if job.output else sys.stdout.buffer
        mentions = targets.enter_context(open_target(job.mentions)) if job.mentions else None
        if job.bom:
            out.write(codecs.BOM_UTF8)
        chosen.write(_records(outcomes, mentions, tally), out)
        out.flush()


def _records(outcomes: Iterable[Outcome], mentions: BinaryIO | None, tally: Tally) -> Iterator[Record]:
    """The records of the outcomes as they come; their mentions go to their own stream on the way."""
    for outcome in outcomes:
        for extraction in outcome.extractions:
            tally.records += len(extraction.records)
            tally.mentions += len(extraction.mentions)
            if mentions is not None:
                json_lines.write(extraction.mentions, mentions)
            yield from extraction.records


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
