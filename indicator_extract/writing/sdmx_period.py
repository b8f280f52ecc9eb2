"""Reference periods as SDMX writes them: `2025-Q1`, `2025-S1`, and a range as its first day and its length."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

_SHORT = {(1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4", (1, 6): "S1", (7, 12): "S2"}


class Point(NamedTuple):
    """A year, a month or a day; month and day are 0 where the text gives none."""

    year: int
    month: int
    day: int


def time_period(period: str) -> str:
    """A record's ISO 8601 period in SDMX: `2020-12-31`, `2025-Q1`, `2025-01-01/P11M`, `2016-01-01/P5Y`.

    An empty period stays empty.
    """
    first, _, last = period.partition("/")
    if not last:
        return first
    start, end = _point(first), _point(last)
    if start.day or end.day or bool(start.month) != bool(end.month):
        days = (_last_day(end) - _first_day(start)).days + 1
        return f"{_first_day(start)}/P{days}D"
    if not start.month:
        return f"{start.year:04}-01-01/P{end.year - start.year + 1}Y"
    if start.year == end.year and (start.month, end.month) in _SHORT:
        return f"{start.year:04}-{_SHORT[start.month, end.month]}"
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    return f"{_first_day(start)}/P{months}M"


def _point(text: str) -> Point:
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    return Point(year, month, day)


def _first_day(point: Point) -> date:
    return date(point.year, point.month or 1, point.day or 1)


def _last_day(point: Point) -> date:
    if point.day:
        return date(*point)
    year, month = (point.year, point.month + 1) if 0 < point.month < 12 else (point.year + 1, 1)
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
