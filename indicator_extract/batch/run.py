"""The inputs → their parts in order: in this process or by workers, with the same result."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from typing import NamedTuple

from indicator_extract.batch import serial
from indicator_extract.batch.inputs import size_of
from indicator_extract.batch.interrupt import Interrupt
from indicator_extract.batch.journal import NoJournal
from indicator_extract.batch.part import Maker, Recipe
from indicator_extract.batch.shelf import Step

SMALL = 2 * 1024 * 1024
"""Bytes of input below which workers are not started by themselves: they need a second to begin."""

MOST_JOBS = 60
"""Processes that Windows can wait for at a time."""


class Batch(NamedTuple):
    """Inputs, and how they become parts."""

    sources: Sequence[str]
    recipe: Recipe
    maker: Maker  # of that recipe, in this process
    jobs: int
    journal: NoJournal
    interrupt: Interrupt


def run(batch: Batch) -> Generator[Step, None, None]:
    """The parts of each input and its end, in order.

    Ends early where a signal comes. Never raises for what is wrong with an input. Close it when it is not read to its
    end: that ends the workers.
    """
    if batch.jobs == 1:
        return serial.run(batch.sources, batch.maker, batch.recipe.reading, batch.journal, batch.interrupt)
    from indicator_extract.batch.pool import Pool  # most runs need no other process

    return Pool(batch.sources, batch.recipe, batch.jobs, batch.journal, batch.interrupt).run()


def jobs_for(sources: Sequence[str], asked: int) -> int:
    """How many processes to use: as many as asked for, else (0) one for each core unless there is little to do.

    Standard input can be read by this process only.
    """
    if "-" in sources:
        return 1
    if not asked and sum(map(size_of, sources)) < SMALL:
        return 1
    return min(asked or _cores(), MOST_JOBS)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
