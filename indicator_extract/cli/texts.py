"""`--format text`: the texts that offsets point into, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain

from indicator_extract.batch.inputs import Inputs
from indicator_extract.batch.part import chunks
from indicator_extract.cli.job import Job
from indicator_extract.cli.terminal import say
from indicator_extract.writing.target import open_target


def print_texts(job: Job, inputs: Inputs) -> int:
    """Writes what is read, before anything is made of it; gives the exit status."""
    failures = list(inputs.failures)
    texts = _texts(job, inputs, failures)
    first = next(texts, None)
    if first is not None:
        with ExitStack() as targets:
            out = targets.enter_context(open_target(job.output)) if job.output else sys.stdout.buffer
            out.writelines(text.encode("utf-8") for text in chain([first], texts))
            out.flush()
    return 1 if failures else 0


def _texts(job: Job, inputs: Inputs, failures: list[str]) -> Iterator[str]:
    """The texts as they are read; what is wrong is told and added to `failures`."""
    for source in inputs.sources:
        told: set[str] = set()
        for item in (item for chunk in chunks(source, job.reading) for item in chunk):
            if isinstance(item, str):
                failures.append(item)
                say(f"error: {item}")
                continue
            for note in item.notes:
                if note not in told:
                    say(f"note: {source}: {note}")
                    told.add(note)
            if job.verbose and item.how:
                say(f"{item.source}: read as {item.how}")
            yield item.text
