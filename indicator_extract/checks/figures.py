"""A record as a range of numbers: all that may be true where the text, which rounds, prints what it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from indicator_extract.record import Record

HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_PRINTED = re.compile(r"\D{0,2}(\d[\d\s.,，．·・]*)")  # the first number of a quantity; `\d` has full-width digits too
_YEAR = re.compile(r"\d{4}")
_YEAR_END = "-12-31"

Who = tuple[str, str]
"""Region and indicator, each by its code or id where it has one."""


class Range(NamedTuple):
    """All numbers from `low` to `high`."""

    low: Decimal
    high: Decimal

    def meets(self, other: Range) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def distance(self, other: Range) -> Decimal:
        """How far the two are apart, 0 where they meet."""
        return max(other.low - self.high, self.low - other.high, Decimal())

    def widened(self, slack: Range) -> Range:
        """The range with more room at each end."""
        return Range(self.low + slack.low, self.high + slack.high)


class Figure(NamedTuple):
    """An exact record with its value in its base unit."""

    record: Record
    value: Decimal
    unit: str

    @property
    def range(self) -> Range:
        """What may be true: half a unit of the last printed digit to each side.

        In 383.1亿元 that is 0.05亿, in 3831023万元 half of 1万. Reckoned when asked for: few figures are ever compared.
        """
        record, half = self.record, half_unit(self.record)
        if record.base_value is not None and record.value:
            half = abs(half * record.base_value / record.value)
        return Range(self.value - half, self.value + half)


def figure(record: Record) -> Figure | None:
    """The figure of a record that is exact and no range; None for others, and for a zero of unknown scale (0亿元)."""
    if record.bound != "exact" or record.value_high is not None or (not record.value and not _plain_zero(record)):
        return None
    value = record.value if record.base_value is None else record.base_value
    return Figure(record, value, record.base_unit or record.unit)


def _plain_zero(record: Record) -> bool:
    """Whether nothing but the unit stands behind a zero: a scale word leaves no trace in its value."""
    return record.value_text.lstrip("0.-") in ("", record.unit)


def half_unit(record: Record) -> Decimal:
    """Half of what the last printed digit of `value` is worth, in the unit of `value`."""
    return _HALF.scaleb(_last_place(record))


def _last_place(record: Record) -> int:
    """The power of ten of the last printed digit; of a number in words, of the last that is not zero."""
    value = record.value
    if not value:
        return -record.decimals
    printed = _PRINTED.match(record.value_text)
    digits = "".join(filter(str.isdigit, printed[1])).lstrip("0０") if printed else ""
    if digits:
        return value.adjusted() - len(digits) + 1
    return int(value.normalize().as_tuple().exponent)


def who(record: Record) -> Who:
    """Whose number it is: what two records must share to be about the same thing."""
    return record.ref_area_code or record.ref_area, record.indicator_id or record.indicator


def when(record: Record) -> str:
    """The period, "" where unknown; the end of a year is that year: a level at its end goes with the growth in it."""
    return (record.time_period or "").removesuffix(_YEAR_END)


def years(period: str) -> tuple[int, int] | None:
    """First and last year of a period of whole years; None for any other."""
    parts = period.split("/")
    return (int(parts[0]), int(parts[-1])) if all(part.isdigit() for part in parts) else None


def lengths(first: str, last: str) -> list[int]:
    """How many years lie between two periods, as an average may count them; none where that is unknown.

    五年来 from 2016 to 2020 grows five times where the base is the year before, four where it is the first year.
    """
    start, end = years(first), years(last)
    apart = end[1] - start[0] if start and end else 0
    return [apart, apart + 1] if apart > 0 else []


def year_before(period: str) -> str:
    """The same part of the year before: 2020 → 2019, 2025-01/2025-09 → 2024-01/2024-09."""
    return _YEAR.sub(lambda year: str(int(year[0]) - 1), period)


def total(figures: Iterable[Figure]) -> Range:
    """What the sum of the figures may be."""
    ranges = [each.range for each in figures]
    return Range(sum((each.low for each in ranges), Decimal()), sum((each.high for each in ranges), Decimal()))


def difference(one: Range, other: Range) -> Range:
    """What `one` less `other` may be."""
    return Range(one.low - other.high, one.high - other.low)


def multiple(base: Range, level: Range) -> list[Range]:
    """How many times the base the level may be; nothing where either may be zero or less."""
    return [Range(level.low / base.high, level.high / base.low)] if base.low > 0 and level.low > 0 else []


def growth(base: Range, level: Range) -> list[Range]:
    """The growth in % from base to level; nothing where either may be zero or less."""
    return [_percent(ratio) for ratio in multiple(base, level)]


def average(base: Range, level: Range, numbers: Iterable[int]) -> list[Range]:
    """The yearly growth in % from base to level, for each number of years that it may have taken."""
    return [
        _percent(Range(*(end ** (1 / Decimal(number)) for end in ratio)))
        for ratio in multiple(base, level)
        for number in numbers
    ]


def _percent(ratio: Range) -> Range:
    return Range(*((end - 1) * HUNDRED for end in ratio))
