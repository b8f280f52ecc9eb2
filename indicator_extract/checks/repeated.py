"""One fact stated twice with numbers that rounding cannot reconcile."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indicator_extract.checks.facts import Facts
from indicator_extract.checks.figures import Figure
from indicator_extract.checks.finding import Finding, contradiction, slipped

CONFLICT = "conflict"
_CLOSE = 2


def conflict(facts: Facts) -> Iterator[Finding]:
    """Only indicators of which a region has one value a period: 签约额 or 投资 may be stated of many things.

    Within one sentence, two numbers are two things: 由A到B, a list, a part.
    """
    single = facts.lexicon.expectations.single
    for series in facts.series.values():
        for stated in series.values():
            record = stated[0].record
            if len(stated) > 1 and single.holds(record.indicator_id, record.indicator):
                yield from _among(stated)


def _among(stated: list[Figure]) -> Iterator[Finding]:
    for one, other in pairwise(stated):
        if one.record.basis == other.record.basis and one.record.evidence != other.record.evidence:
            problem = "one fact is stated twice, here with"
            for each in contradiction(CONFLICT, [one, other], one.range, [other.range], one.unit, problem):
                if _close(one, other) or slipped(each):
                    yield each


def _close(one: Figure, other: Figure) -> bool:
    """Whether two numbers are near enough to be two readings of one: 603亿 of a year and 2740亿 of five are not."""
    low, high = sorted((abs(one.value), abs(other.value)))
    return one.value * other.value > 0 and high < low * _CLOSE
