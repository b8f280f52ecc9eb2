"""When? From a symbolic time expression, the anchor and the frame to a period in ISO 8601."""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

from indicator_extract.attribution.anchor import Anchor
from indicator_extract.model import Frame, TimeExpr


class Period(NamedTuple):
    """A resolved period."""

    text: str
    first: int
    last: int


def year_span(first: int, last: int) -> Period:
    """`2020` or `2016/2020`."""
    return Period(f"{first:04}" if first == last else f"{first:04}/{last:04}", first, last)


def months_of(year: int, month: int, last: int) -> Period:
    """`2025-01/2025-11`, `2025-04`, or the whole year."""
    if (month, last) == (1, 12):
        return year_span(year, year)
    start = f"{year:04}-{month:02}"
    return Period(start if month == last else f"{start}/{year:04}-{last:02}", year, year)


def day_of(year: int, month: int, day: int) -> Period:
    """`2020-12-31`; day 0 is the last of the month."""
    length = monthrange(year, month)[1]
    return Period(f"{year:04}-{month:02}-{min(day, length) or length:02}", year, year)


def of_frame(frame: Frame) -> Period | None:
    """The period of a frame, None where it is unknown."""
    if not frame.first:
        return None
    if frame.month:
        return months_of(frame.first, frame.month, frame.month_last)
    return year_span(frame.first, frame.last)


def years_of(expr: TimeExpr, anchor: Anchor, frame: Frame, planned: bool) -> tuple[int, int]:
    """First and last year an expression means; (0, 0) where nothing decides it."""
    kind = expr.anchor
    if kind == "absolute":
        return expr.first, expr.last
    if kind == "since":
        return expr.first, max(expr.first, anchor.reported)
    if kind in ("past", "future", "within"):
        if frame.last - frame.first == expr.first - 1 > 0 and expr.anchor != "future":
            return frame.first, frame.last  # 五年来 inside a frame of five years
        return _counted(expr, anchor, planned)
    if kind == "same_period":
        return _shifted(frame.last, -1)
    counted_from = {"given": anchor.given, "reported": anchor.reported}.get(kind, frame.last)
    return _shifted(counted_from, expr.first)


def _shifted(year: int, offset: int) -> tuple[int, int]:
    return (year + offset, year + offset) if year else (0, 0)


def _counted(expr: TimeExpr, anchor: Anchor, planned: bool) -> tuple[int, int]:
    """五年来 ends with the year reported; 今后五年 begins with the year planned."""
    if not anchor.reported:
        return 0, 0
    if expr.anchor == "future" or (planned and expr.anchor == "within"):
        return anchor.planned, anchor.planned + expr.first - 1
    return anchor.reported - expr.first + 1, anchor.reported


def resolve(expr: TimeExpr, anchor: Anchor, frame: Frame, planned: bool = False) -> Period | None:
    """The period an expression means here, None where its year is unknown."""
    first, last = years_of(expr, anchor, frame, planned)
    if not first:
        return None
    if expr.anchor == "same_period" or expr.sub == "same_period":
        return months_of(last, frame.month or 1, frame.month_last or 12)
    if expr.sub in ("end", "month_end", "day"):
        return day_of(last, expr.month or 12, expr.day)
    if expr.sub == "months":
        return months_of(last, expr.month, expr.month_last)
    if expr.anchor == "given" and expr.first == 0 and frame.month and last == frame.first:
        return of_frame(frame)  # 今年 in the analysis of a half-year
    return year_span(first, last)


def frame_of(expr: TimeExpr, anchor: Anchor, frame: Frame, planned: bool = False) -> Frame:
    """The frame an expression sets when it leads a heading or a paragraph."""
    first, last = years_of(expr, anchor, frame, planned)
    if expr.anchor == "given" and expr.first == 0 and not expr.sub and frame.month and last == frame.first:
        return frame  # 今年以来 in the analysis of a half-year
    if expr.sub == "months":
        return Frame(last, last, expr.month, expr.month_last)
    return Frame(first, last)
