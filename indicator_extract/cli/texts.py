"""`--format text`: the texts that offsets point into, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain

from indicator_extract.batch.inputs import Inputs
from indicator_extract.cli.documents import documents
from indicator_extract.cli.job import Job
from indicator_extract.cli.terminal import say, standard_output
from indicator_extract.writing.target import open_target


def print_texts(job: Job, inputs: Inputs) -> int:
    """Writes what is read, before anything is made of it; gives the exit status."""
    failures = list(inputs.failures)
    texts = _texts(job, inputs, failures)
    first = next(texts, None)
    if first is not None:
        with ExitStack() as targets:
            out = targets.enter_context(open_target(job.output)) if job.output else standard_output()
            out.writelines(text.encode("utf-8") for text in chain([first], texts))
            out.flush()
    return 1 if failures else 0


def _texts(job: Job, inputs: Inputs, failures: list[str]) -> Iterator[str]:
    """The texts as they are read; what is wrong is told and added to `failures`."""

    def fail(failure: str) -> None:
        failures.append(failure)
        say(f"error: {failure}")

    for document in documents(inputs.sources, job.reading, fail):
        if job.verbose and document.how:
            say(f"{document.source}: read as {document.how}")
        yield document.text
