"""The parent's end of one worker process: what it was told last, and how it died."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from indicator_extract.batch.part import Recipe
from indicator_extract.batch.shelf import Place
from indicator_extract.batch.worker import Input, Piece, work

_CONTEXT = multiprocessing.get_context("spawn")  # the same on every platform, and safe beside threads


class Handle:
    """One worker. Started when it is made."""

    def __init__(self, recipe: Recipe) -> None:
        self.link, theirs = _CONTEXT.Pipe()
        self.ready = False  # whether it has begun to work
        self.task: Input | Piece | None = None
        self.first: Piece | None = None  # what it does before it goes on with its input
        self.asks: Place | None = None  # the chunk for which it waits for an order
        self.at: Place | None = None  # the chunk of its input that it has read and works on
        self.process = _CONTEXT.Process(target=work, args=(theirs, recipe), daemon=True)
        with _no_ctrl_c():
            self.process.start()
        theirs.close()  # so that the pipe ends when the worker does

    def give(self, task: Input | Piece) -> None:
        """Gives a task to a worker that has none, or a piece to one that asks what to do."""
        if self.asks is not None and isinstance(task, Piece):
            self.first, self.asks = task, None
        else:
            self.task = task
        self._send(task)

    def order(self, order: str) -> None:
        """Answers a worker that asks what to do with its chunk."""
        self.at, self.asks = self.asks, None
        self._send(order)

    def kill(self) -> None:
        """Ends the process, whatever it does; it holds nothing that could be lost."""
        self.process.kill()
        self.process.join()
        self.link.close()

    def cause_of_death(self) -> str:
        """How the process ended, once its end of the pipe is closed."""
        self.process.join(timeout=5)
        code = self.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"

    def _send(self, message: object) -> None:
        try:
            self.link.send(message)
        except OSError:  # it has died, which is noticed when it is listened to
            return


@contextmanager
def _no_ctrl_c() -> Iterator[None]:
    """A process that is started in this block never gets Ctrl-C, not even before its first line."""
    if os.name != "posix":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would lift the block when it is started with the first worker
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
