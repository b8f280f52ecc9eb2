"""Ctrl-C → an end between two parts, so that what is written by then is whole."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self, TypeVar

T = TypeVar("T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt:
    """Catches the first Ctrl-C, or SIGTERM, while it is entered. The second stops everything at once.

    Work that may be given up half-way is done by `give_up_for`; everything else, such as writing, goes on to its end
    and asks `signal` then.
    """

    def __init__(self) -> None:
        self.signal = 0  # the number of the one that came
        self._yielding = False
        self._before: list[tuple[signal.Signals, object]] = []

    def __enter__(self) -> Self:
        self._before = [(number, signal.signal(number, self._came)) for number in _SIGNALS]
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: object, _traceback: TracebackType | None) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)  # type: ignore[arg-type]  # what `signal` itself gave

    def give_up_for(self, work: Callable[[], T]) -> T | None:
        """The result of the work, or None where a signal came before it was done."""
        try:
            self._yielding = True
            return None if self.signal else work()
        except KeyboardInterrupt:
            if not self.signal:  # nobody entered this, so it is not ours
                raise
            return None
        finally:
            self._yielding = False

    def _came(self, number: int, _frame: FrameType | None) -> None:
        again, self.signal = self.signal, number
        if again or self._yielding:
            raise KeyboardInterrupt
