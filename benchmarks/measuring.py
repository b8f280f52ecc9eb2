"""Contestants in processes of their own, one after the other on one core, in turn, round after round."""

from __future__ import annotations

import gc
import logging
import os
import resource
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import NamedTuple

from benchmarks.contestants import OWN, Contestant, Reader
from benchmarks.texts import Text, sentences, variation

MB = 1_000_000
_KILO = 1024  # Linux counts the memory of a process in KiB


class Pass(NamedTuple):
    """One reading of the whole text."""

    wall: float  # seconds
    cpu: float  # seconds of processor time
    found: int


class Measured(NamedTuple):
    """What one contestant did on one text; `passes` is empty where it could not be loaded."""

    contestant: Contestant
    text: Text
    passes: tuple[Pass, ...] = ()
    by: str = ""  # document or sentence: what it was given at once
    peak: int = 0  # bytes of memory of its process, all told
    absent: str = ""  # why it could not be measured

    @property
    def rates(self) -> list[float]:
        """MB/s of each pass, by processor time: MB/s a core, whatever else the machine does."""
        return [self.text.size / MB / each.cpu for each in self.passes]

    @property
    def rate(self) -> float:
        """MB/s, the median."""
        return median(self.rates)

    @property
    def found_a_second(self) -> float:
        """Things found in a second of processor time, the median."""
        return median(each.found / each.cpu for each in self.passes)

    @property
    def busy(self) -> float:
        """Share of the time in which the processor worked for it: below 1, something else ran."""
        return median(each.cpu / each.wall for each in self.passes)


def times_as_fast(one: Measured, other: Measured) -> float:
    """How many times as fast one is as the other: the median of the rounds, as both stand in each round."""
    return median(theirs.cpu / ours.cpu for ours, theirs in zip(one.passes, other.passes, strict=True))


def on_one_core() -> None:
    """Keeps this process, and those it starts, on one core where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measured(contestants: Sequence[Contestant], text: Text, rounds: int) -> list[Measured]:
    """All contestants on one text: warmed up, then `rounds` passes, in each of which everyone comes once."""
    context = get_context("spawn")
    workers = []
    for contestant in contestants:
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(contestant.name, text, there), daemon=True)
        process.start()
        there.close()
        workers.append((contestant, process, here))
    ready = [here.recv() for _, _, here in workers]
    passes: list[list[Pass]] = [[] for _ in workers]
    for number in range(1, rounds + 1):
        for (_, _, here), (_, absent), done in zip(workers, ready, passes, strict=True):
            if not absent:
                here.send(number)
                done.append(here.recv())
    results = []
    for (contestant, process, here), (by, absent), done in zip(workers, ready, passes, strict=True):
        here.send(0)
        peak = here.recv()
        process.join()
        results.append(Measured(contestant, text, tuple(done), by, peak, absent))
    return results


def _work(name: str, text: Text, parent: Connection) -> None:
    """The process of one contestant: says what it was given, then reads a variation of the text for each number."""
    from benchmarks.contestants import CONTESTANTS

    contestant = next(each for each in CONTESTANTS if each.name == name)
    logging.disable()  # JioNLP logs a traceback for each time it cannot parse, which is slow
    by = ""
    try:
        with redirect_stdout(None):  # and says hello
            read = contestant.load()
        by = _given(name, read, text.documents)
        parent.send((by, ""))
    except Exception as error:  # noqa: BLE001 a rival that does not run is a result too
        parent.send((by, f"{type(error).__name__}: {error}"))
    gc.collect()
    gc.freeze()  # what a library keeps for good is not searched for garbage again and again
    while number := parent.recv():
        parent.send(_pass(read, _SHAPES[by](variation(text.documents, number))))
    parent.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO)


def _given(name: str, read: Reader, documents: Sequence[str]) -> str:
    """What a contestant gets at once: `extract` gets documents, a rival what it is faster with. Warms it up, too."""
    read(documents[0])  # tables and models are loaded here
    took = {by: _pass(read, pieces(documents)).wall for by, pieces in _SHAPES.items()}
    return "document" if name == OWN else min(took, key=lambda by: took[by])


def _pass(read: Reader, pieces: Sequence[str]) -> Pass:
    wall, cpu = time.perf_counter(), time.process_time()
    found = sum(read(piece) for piece in pieces)
    return Pass(time.perf_counter() - wall, time.process_time() - cpu, found)


_SHAPES: dict[str, Callable[[Sequence[str]], Sequence[str]]] = {
    "document": lambda documents: documents,
    "sentence": lambda documents: [piece for document in documents for piece in sentences(document)],
}
