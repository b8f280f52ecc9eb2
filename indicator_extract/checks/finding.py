"""What a check finds, and the one way in which a finding says its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from indicator_extract.checks.figures import Figure, Range
from indicator_extract.record import Record, plain

_SLIPS = (-2, -1, 1, 2)  # a decimal point lost or moved
_LONG = 10_000  # numbers from here on are grouped
_DIGITS = 20  # a number this much larger than its rounding has two digits: one alone loses no decimal point
_NARROW = 2  # a range wider than this says nothing about the place of the point


class Finding(NamedTuple):
    """Records that cannot all be right: what the text states lies outside what follows from the rest of it."""

    flag: str
    records: tuple[Record, ...]  # in the order of the text; each gets the flag
    stated: Range  # what the text says, its own rounding included
    allowed: Range  # what fits, the rounding of the other numbers included; of several, the nearest
    unit: str  # of both
    problem: str
    terms: tuple[Range, ...] = ()  # what adds up to `stated`, where it is a sum

    @property
    def message(self) -> str:
        """The problem, with what is stated and what would fit in numbers."""
        low, high = self.stated
        tolerance = f" ± {_short((high - low) / 2)}" if low < high else ""
        unit = f" {self.unit}" if self.unit else ""
        stated, allowed = _short((low + high) / 2), shown(self.allowed)
        return f"{self.problem} {stated}{tolerance}{unit}, where {allowed}{unit} would fit"


def contradiction(
    flag: str, figures: Iterable[Figure], stated: Range, fitting: Sequence[Range], unit: str, problem: str
) -> Iterator[Finding]:
    """One finding where what is stated meets none of the ranges that fit; none where nothing is known to fit."""
    if fitting and not any(stated.meets(each) for each in fitting):
        allowed = min(fitting, key=stated.distance)
        yield Finding(flag, in_order(each.record for each in figures), stated, allowed, unit, problem)


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records in the order of the text."""
    return tuple(sorted(records, key=lambda record: record.start))


def slipped(finding: Finding) -> bool:
    """Whether the text fits what follows from the rest once the decimal point of one number is moved."""
    low, high = finding.allowed
    if low <= 0 or high >= low * _NARROW:
        return False
    known = finding.terms or (finding.stated,)
    terms = [term for term in known if (term.high - term.low) * _DIGITS <= abs(term.low + term.high)]
    return any(_moved(finding.stated, term, places).meets(finding.allowed) for term in terms for places in _SLIPS)


def _moved(stated: Range, term: Range, places: int) -> Range:
    """What is stated, with the decimal point of one term moved by so many places."""
    return Range(*(end - part + part.scaleb(places) for end, part in zip(stated, term, strict=True)))


def shown(numbers: Range) -> str:
    """`5`, `4.95 to 5.05`, `38,310,225,000 to 38,310,235,000`."""
    low, high = map(_short, numbers)
    return low if low == high else f"{low} to {high}"


def _short(number: Decimal) -> str:
    """Six digits are enough for a person, and all that stand before the point."""
    whole, point, rest = plain(round(number, max(0, 5 - number.adjusted()))).partition(".")
    return f"{int(whole):,}" + point + rest if abs(number) >= _LONG else whole + point + rest
