"""Claims and records → which record is that of which claim: the one whose span has most in common with its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from indicator_extract.evaluation.labels import ClaimLabel
from indicator_extract.record import Record


class Stretch(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind its last."""


class Pair(NamedTuple):
    """A claim and its record; None where it was not found."""

    claim: ClaimLabel
    record: Record | None


def touch(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of a text have a character in common."""
    return one.start < other.end and other.start < one.end


def matched(claims: Sequence[ClaimLabel], records: Sequence[Record]) -> tuple[list[Pair], list[Record]]:
    """A pair for each claim, in order, and the records that are left over.

    A record can be that of a claim where they share half of the shorter one. The pair that shares most goes first, then
    one of equal values. Claims are in order and do not overlap.
    """
    record_of: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(_possible(claims, records)):
        if i not in record_of and j not in taken:
            record_of[i] = j
            taken.add(j)
    pairs = [Pair(claim, records[record_of[i]] if i in record_of else None) for i, claim in enumerate(claims)]
    return pairs, [record for j, record in enumerate(records) if j not in taken]


def _possible(claims: Sequence[ClaimLabel], records: Sequence[Record]) -> Iterator[tuple[int, bool, int, int, int]]:
    """The pairs that may be, each with what ranks it, the best lowest."""
    ends = [claim.end for claim in claims]
    for j, record in enumerate(records):
        for i in range(bisect_right(ends, record.start), len(claims)):
            claim = claims[i]
            if claim.start >= record.end:
                break
            shared = min(claim.end, record.end) - max(claim.start, record.start)
            shorter = min(claim.end - claim.start, record.end - record.start)
            if 2 * shared >= shorter:
                other_value = Decimal(claim.value) != record.value
                yield -shared, other_value, abs(claim.start - record.start), i, j
