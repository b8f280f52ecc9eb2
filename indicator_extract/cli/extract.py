"""The main job: inputs → one output, with what went wrong and what came out told on standard error."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from itertools import chain
from typing import BinaryIO

import typer

from indicator_extract import __version__
from indicator_extract.batch.inputs import Inputs, find_inputs, size_of
from indicator_extract.batch.interrupt import Interrupt
from indicator_extract.batch.journal import Journal, NoJournal
from indicator_extract.batch.part import Part, counted, unsqueezed
from indicator_extract.batch.run import Batch, jobs_for, run
from indicator_extract.batch.shelf import Step
from indicator_extract.cli.job import TEXT, Job, Plan, plan_of, refuse_overwriting
from indicator_extract.cli.telling import Tally
from indicator_extract.cli.terminal import say, standard_output, with_bar
from indicator_extract.cli.texts import print_texts
from indicator_extract.errors import WriteError
from indicator_extract.lexicon import patterns_digest
from indicator_extract.writing import pieces
from indicator_extract.writing.target import Numbered, open_target


class _OldStaysError(Exception):
    """The run is interrupted, and the file that was there before is better than a part of a new one."""


def extract(job: Job) -> int:
    """Does the main job; gives the exit status: 0 all done, 1 some input failed, 128 and a signal's number after it.

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
    for failure in inputs.failures:
        say(f"error: {failure}")
    if plan is None:
        if job.resume:
            raise typer.BadParameter("texts are only read; leave --resume out", param_hint="--resume")
        return print_texts(job, inputs)
    journal = _journal(job, plan, inputs)
    tally = Tally(inputs, verbose=job.verbose)
    with Interrupt() as interrupt:
        jobs = jobs_for(inputs.sources, job.jobs)
        batch = Batch(inputs.sources, plan.recipe, plan.maker, jobs, journal, interrupt)
        try:
            with closing(run(batch)) as steps:
                written = _write(job, plan, _with_bar(job, plan, inputs, steps), tally, journal)
        except BaseException:
            with suppress(WriteError):  # what went wrong first is what is told
                journal.close(finished=False)
            raise
        journal.close(finished=tally.whole)
    if not tally.whole:
        say(_interrupted(job, inputs, tally, journal, written=written))
        return 128 + interrupt.signal
    say(str(tally))
    return 1 if tally.failed else 0


def _journal(job: Job, plan: Plan, inputs: Inputs) -> NoJournal:
    """The journal of a run whose inputs can be read twice and whose output is a file.

    Raises:
        typer.BadParameter: another run is to be gone on with.
        ChoiceError: the unfinished run was another job.
        WriteError: its journal cannot be read.
    """
    to_file = job.output is not None and (job.output.is_file() or not job.output.exists())
    if job.output is None or not to_file or "-" in inputs.sources:
        if job.resume:
            problem = "standard input cannot be read twice" if to_file else "the journal is beside the file of -o"
            raise typer.BadParameter(f"{problem}; leave --resume out", param_hint="--resume")
        return NoJournal()
    recipe = plan.recipe._asdict() | {"reading": plan.recipe.reading._asdict(), "wanted": plan.recipe.wanted._asdict()}
    settings = {name: repr(value) for name, value in recipe.items()}
    settings |= {"version": __version__, "patterns": patterns_digest(job.patterns), "inputs": repr(job.inputs)}
    return Journal(job.output, settings, resume=job.resume)


def _with_bar(job: Job, plan: Plan, inputs: Inputs, steps: Iterable[Step]) -> Iterable[Step]:
    """A bar for a person, unless rows run over the same screen or that person is typing the input."""
    rows_on_screen = job.output is None and plan.format.streams and sys.stdout.isatty()
    if not sys.stderr.isatty() or rows_on_screen or "-" in job.inputs:
        return steps
    return with_bar(steps, [size_of(source) for source in inputs.sources])


def _write(job: Job, plan: Plan, steps: Iterable[Step], tally: Tally, journal: NoJournal) -> bool:
    """Writes the parts as they come; says whether anything was written.

    A file that was there before is not replaced by a part of a new one; one that an interruption has left is.
    """
    parts = tally.parts(steps)
    first = next(parts, None)
    if first is None:
        return False
    old = job.output is not None and job.output.is_file() and not journal.is_partial
    apart = job.mentions if plan.layout.mentions is None else None
    try:
        with ExitStack() as targets:
            mentions = targets.enter_context(open_target(apart)) if apart else None
            records = _records(plan, chain([first], parts), mentions, tally, keep_old=old)
            if plan.format.append and job.output:
                pieces.append(plan.format, records, job.output, plan.layout)
            else:
                _stream(job, plan, records, targets, tally)
    except _OldStaysError:
        return False
    if not tally.whole:
        journal.mark_partial()
    return True


def _stream(job: Job, plan: Plan, records: Iterable[bytes], targets: ExitStack, tally: Tally) -> None:
    if job.output:
        out = targets.enter_context(open_target(job.output))
    else:  # a table for a person has colours, and is harmless by itself
        out = standard_output() if plan.format.streams else sys.stdout.buffer
    if job.bom:
        out.write(codecs.BOM_UTF8)
    if plan.format.publish:
        beside = Numbered(job.output, targets, tally.sources) if job.output else None
        count = plan.format.publish(records, out, plan.layout, beside)
        if count and beside:
            say(f"note: too much for one page: {job.output} lists {beside.name(1)} to {beside.name(count)} beside it")
    else:
        pieces.write(plan.format, records, out, plan.layout)
    out.flush()


def _records(
    plan: Plan, parts: Iterable[Part], mentions: BinaryIO | None, tally: Tally, *, keep_old: bool
) -> Iterator[bytes]:
    """The packed records as they come; the mentions go to their own stream or to the layout on the way."""
    for part in parts:
        if mentions is not None:
            mentions.write(unsqueezed(part.mentions))
        elif plan.layout.mentions is not None:
            plan.layout.mentions.extend(pieces.mentions_in(unsqueezed(part.mentions)))
        yield unsqueezed(part.records)
    if keep_old and not tally.whole:
        raise _OldStaysError


def _interrupted(job: Job, inputs: Inputs, tally: Tally, journal: NoJournal, *, written: bool) -> str:
    said = "interrupted"
    if job.output is not None and written:
        said += f": {job.output} holds what is finished, {tally.ended:,} of {counted(len(inputs.sources), 'file')}"
    elif job.output is not None and job.output.exists():
        said += f": {job.output} is as it was before"
    resumable = isinstance(journal, Journal)
    return said + ("; the same command with --resume goes on from here" if resumable else "")
