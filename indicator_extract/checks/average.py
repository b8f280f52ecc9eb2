"""A yearly average that contradicts the whole: 年均 x% against two levels, or against the growth of all the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicator_extract.checks.facts import PERCENT, Facts, Series
from indicator_extract.checks.figures import HUNDRED, Figure, Range, average, lengths, when, who, years
from indicator_extract.checks.finding import Finding, contradiction
from indicator_extract.checks.movement import moves

AVERAGE_GROWTH = "average_growth"
_AVERAGE, _WHOLE, _LEVEL = "avg_growth_rate", "growth_rate", "level"


def average_growth(facts: Facts) -> Iterator[Finding]:
    """Averages behind 由A到B, beside the growth of the same years, and of years whose levels stand elsewhere.

    Where the years can be counted in two ways (五年来 from the first year or from the one before), either fits.
    """
    for (before, after), said in moves(facts):
        numbers = lengths(when(before.record), when(after.record))
        for rate in (each for each in said if each.record.measure == _AVERAGE):
            yield from _against_levels(facts, rate, before, after, numbers)
    for (name, status, measure, _), levels in facts.series.items():
        if measure == _LEVEL:
            for period, rates in facts.series.get((name, status, _AVERAGE, PERCENT), {}).items():
                yield from _of_levels(facts, rates[0], levels, period)
    for sentence in facts.sentences:
        yield from _of_wholes(sentence)


def _against_levels(
    facts: Facts, rate: Figure, base: Figure, level: Figure, numbers: Iterable[int]
) -> Iterator[Finding]:
    slack = facts.slack(rate)
    if slack is not None and level.unit != PERCENT:
        fitting = [each.widened(slack) for each in average(base.range, level.range, numbers)]
        yield from _checked([base, level], rate, fitting)


def _checked(others: list[Figure], rate: Figure, fitting: list[Range]) -> Iterator[Finding]:
    problem = "a yearly average is not that of the whole:"
    yield from contradiction(AVERAGE_GROWTH, [*others, rate], rate.range, fitting, rate.unit, problem)


def _of_levels(facts: Facts, rate: Figure, levels: Series, period: str) -> Iterator[Finding]:
    """From the year before the first, or from the first, to the last."""
    span = years(period)
    if span is None or span[0] == span[1] or str(span[1]) not in levels:
        return
    apart = span[1] - span[0]
    for first, numbers in ((span[0] - 1, [apart + 1]), (span[0], [apart, apart + 1])):
        for base in levels.get(str(first), [])[:1]:
            yield from _against_levels(facts, rate, base, levels[str(span[1])][0], numbers)


def _of_wholes(sentence: list[Figure]) -> Iterator[Finding]:
    """Both are at the same prices, whatever these are."""
    wholes = {
        (who(each.record), each.record.status, when(each.record)): each
        for each in sentence
        if each.record.measure == _WHOLE and each.unit == PERCENT and each.record.basis != "yoy"
    }
    for rate in sentence if wholes else ():
        period = when(rate.record)
        whole = wholes.get((who(rate.record), rate.record.status, period))
        if whole is not None and rate.record.measure == _AVERAGE and rate.unit == PERCENT:
            level = Range(*(end + HUNDRED for end in whole.range))
            fitting = average(Range(HUNDRED, HUNDRED), level, lengths(period, period))
            yield from _checked([whole], rate, fitting)
