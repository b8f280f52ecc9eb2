"""The main job: inputs → one output, with what went wrong and what came out told on standard error."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from typing import BinaryIO

from indicator_extract.batch import Inputs, Outcome, documents, find_inputs, run
from indicator_extract.cli.job import TEXT, Job, Plan, plan_of, refuse_overwriting
from indicator_extract.cli.terminal import say, with_bar
from indicator_extract.model import Document
from indicator_extract.record import Record
from indicator_extract.writing import json_lines
from indicator_extract.writing.target import open_target


class Tally:
    """What the summary counts."""

    def __init__(self, inputs: Inputs) -> None:
        self.skipped = inputs.skipped
        self.failed = len(inputs.failures)
        self.files = self.records = self.left_out = self.mentions = 0

    def __str__(self) -> str:
        said = [_count(self.files, "file"), _count(self.records, "record"), _count(self.mentions, "mention")]
        if self.left_out:
            said[1] += f" chosen of {self.records + self.left_out:,}"
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
        ChoiceError: something asked for does not exist.
        PatternError: a pattern file is wrong.
        WriteError: an output cannot be written.
    """
    plan = None if job.format == TEXT else plan_of(job)
    inputs = find_inputs(job.inputs)
    refuse_overwriting(job, plan.format if plan else None, inputs)
    tally = Tally(inputs)
    for failure in inputs.failures:
        say(f"error: {failure}")
    if plan is None:
        return _print_texts(job, inputs, tally)
    outcomes = _successes(job, plan, inputs, tally)
    first = next(outcomes, None)
    if first is not None:
        _write(job, plan, chain([first], outcomes), tally)
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


def _successes(job: Job, plan: Plan, inputs: Inputs, tally: Tally) -> Iterator[Outcome]:
    """The outcomes that hold something; the others are told and counted."""
    outcomes: Iterable[Outcome] = run(plan.extractor, inputs.sources, job.reading)
    if _bar_wanted(job, plan):
        outcomes = with_bar(outcomes, len(inputs.sources))
    for outcome in outcomes:
        if outcome.failure:
            tally.failed += 1
            say(f"error: {outcome.failure}")
            continue
        tally.files += 1
        _tell(outcome, job.verbose)
        yield outcome


def _bar_wanted(job: Job, plan: Plan) -> bool:
    """A bar for a person, unless rows run over the same screen or that person is typing the input."""
    rows_on_screen = job.output is None and plan.format.streams and sys.stdout.isatty()
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


def _write(job: Job, plan: Plan, outcomes: Iterable[Outcome], tally: Tally) -> None:
    apart = job.mentions if plan.layout.mentions is None else None
    with ExitStack() as targets:
        mentions = targets.enter_context(open_target(apart)) if apart else None
        records = _records(plan, outcomes, mentions, tally)
        if plan.format.append and job.output:
            plan.format.append(records, job.output, plan.layout)
        elif plan.format.write:
            out = targets.enter_context(open_target(job.output)) if job.output else sys.stdout.buffer
            if job.bom:
                out.write(codecs.BOM_UTF8)
            plan.format.write(records, out, plan.layout)
            out.flush()


def _records(plan: Plan, outcomes: Iterable[Outcome], mentions: BinaryIO | None, tally: Tally) -> Iterator[Record]:
    """The records asked for as they come; the mentions go to their own stream or to the layout on the way."""
    for outcome in outcomes:
        for extraction in outcome.extractions:
            chosen = [plan.convert(record) for record in extraction.records if plan.choice(record)]
            tally.records += len(chosen)
            tally.left_out += len(extraction.records) - len(chosen)
            tally.mentions += len(extraction.mentions)
            if mentions is not None:
                json_lines.write(extraction.mentions, mentions)
            elif plan.layout.mentions is not None:
                plan.layout.mentions.extend(extraction.mentions)
            yield from chosen


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
