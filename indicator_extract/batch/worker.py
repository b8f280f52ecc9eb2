"""A worker process: reads inputs and makes parts as it is told, over one pipe.

For each chunk that it reads, a worker asks what to do with it, and is told to extract it itself, to hand it over to a
worker that has nothing to do, or to extract a chunk of another input first. So one large file keeps all workers busy,
and none runs far ahead of the others: a worker that hears nothing waits.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import NamedTuple

from indicator_extract.batch.part import Chunk, Maker, Part, Recipe, chunks
from indicator_extract.batch.shelf import Place


class Input(NamedTuple):
    """A task: to read an input."""

    turn: int
    source: str
    done: frozenset[int]  # numbers of the chunks to be passed over


class Piece(NamedTuple):
    """A task: to extract a chunk that another worker has read."""

    place: Place
    chunk: Chunk


class Ready(NamedTuple):
    """An answer: the worker is there."""


class Read(NamedTuple):
    """An answer: this chunk is read. What is to be done with it?"""

    place: Place


class Made(NamedTuple):
    """An answer: a part."""

    place: Place
    part: Part


class Ended(NamedTuple):
    """An answer: the input has no more chunks than these."""

    turn: int
    total: int


KEEP, HAND_OVER = "keep", "hand over"  # what is to be done with a chunk; or a Piece, to be done first


def work(link: Connection, recipe: Recipe) -> None:
    """The life of a worker: tasks come over `link`, and answers go back, until None comes or nobody is there."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    gc.set_threshold(200_000, 20, 20)  # as in the command: see `cli`
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        maker = Maker(recipe)
        link.send(Ready())
        while (task := link.recv()) is not None:
            if isinstance(task, Piece):
                link.send(Made(task.place, maker(task.chunk)))
            else:
                _read(task, link, maker, recipe)
    except (EOFError, OSError):  # the parent is gone
        sys.exit(1)


def _read(task: Input, link: Connection, maker: Maker, recipe: Recipe) -> None:
    count = 0
    for number, chunk in enumerate(chunks(task.source, recipe.reading)):
        count += 1
        if number in task.done:
            continue
        place = Place(task.turn, number)
        link.send(Read(place))
        while isinstance(order := link.recv(), Piece):
            link.send(Made(order.place, maker(order.chunk)))
            link.send(Read(place))
        link.send(Piece(place, chunk) if order == HAND_OVER else Made(place, maker(chunk)))
    link.send(Ended(task.turn, count))


def _leave_with_parent() -> None:
    """Ends this process in the midst of its work when its parent has died, since nobody waits for it any more."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
