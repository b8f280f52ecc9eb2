"""Parts in any order → parts in the order of the inputs. What comes too early waits here, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from indicator_extract.batch.part import Part

ROOM = 32 * 1024 * 1024
"""Bytes that may wait. They are packed and compressed: a hundred times as much text has been read for them."""

_OVERHEAD = 1024  # bytes a part takes besides its records


class Place(NamedTuple):
    """Where a part belongs."""

    turn: int  # position of the input among all
    number: int  # of the part in it


class Step(NamedTuple):
    """The next thing in order: a part of an input, or None for its end."""

    turn: int
    part: Part | None


class Shelf:
    """Holds parts until their turn comes."""

    def __init__(self, stored: Callable[[Place], Part]) -> None:
        """`stored` gives the parts that the journal has."""
        self._stored = stored
        self._parts: dict[Place, Part | None] = {}  # None: in the journal
        self._counts: dict[int, int] = {}  # parts of an input, where its end is known
        self.size = 0  # bytes
        self.head = Place(0, 0)  # the part whose turn it is

    @property
    def full(self) -> bool:
        """Whether nothing more should come but the input whose turn it is."""
        return self.size > ROOM

    def put(self, place: Place, part: Part | None) -> None:
        """Takes a part; None stands for one in the journal."""
        self._parts[place] = part
        self.size += _size(part)

    def end(self, turn: int, count: int) -> None:
        """Takes the number of parts of an input."""
        self._counts[turn] = count
        self.size += _OVERHEAD

    def ready(self) -> Iterator[Step]:
        """Gives away what is next in order, as far as it is there."""
        while True:
            turn, number = self.head
            if self.head in self._parts:
                part = self._parts.pop(self.head)
                self.size -= _size(part)
                step = Step(turn, self._stored(self.head) if part is None else part)
                self.head = Place(turn, number + 1)
            elif self._counts.get(turn) == number:
                del self._counts[turn]
                self.size -= _OVERHEAD
                step = Step(turn, None)
                self.head = Place(turn + 1, 0)
            else:
                return
            yield step


def _size(part: Part | None) -> int:
    return _OVERHEAD + (len(part.records) + len(part.mentions) if part else 0)
