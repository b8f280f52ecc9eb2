"""Yearly growth, and yearly change, that contradict the levels stated beside them."""

from __future__ import annotations

from collections.abc import Iterator

from indicator_extract.checks.facts import PERCENT, Facts
from indicator_extract.checks.figures import Figure, Range, difference, when, who, year_before
from indicator_extract.checks.finding import Finding, contradiction

GROWTH_LEVELS = "growth_levels"
_YEARLY = {"yoy", "unstated"}
_LEVEL, _RATE, _CHANGE = "level", "growth_rate", "change"


def growth_levels(facts: Facts) -> Iterator[Finding]:
    """A yearly rate or change against the level of its sentence and that of the year before; a rate against a change.

    Levels are at current prices. A rate at constant prices may differ from theirs by as much as prices change; one on a
    basis of its own (investment, enterprises above a size) is not compared.
    """
    for sentence in facts.sentences:
        if len(sentence) < 2:
            continue
        first: dict[tuple[object, ...], Figure] = {}
        for each in sentence:
            first.setdefault((each.record.measure, *_about(each)), each)
        for moved in sentence:
            level = first.get((_LEVEL, *_about(moved)))
            if level is not None and moved.record.measure in (_RATE, _CHANGE) and moved.record.basis in _YEARLY:
                yield from _against_year_before(facts, moved, level)
                yield from _against_change(facts, moved, level, first.get((_CHANGE, *_about(moved))))


def _about(each: Figure) -> tuple[object, ...]:
    """What a level and its growth share."""
    return who(each.record), each.record.status, when(each.record)


def _against_year_before(facts: Facts, moved: Figure, level: Figure) -> Iterator[Finding]:
    stated = facts.series.get((who(level.record), level.record.status, _LEVEL, level.unit), {})
    for base in stated.get(year_before(when(moved.record)), [])[:1]:
        fitting = _fitting(facts, moved, base.range, level)
        problem = "a growth or change is not that from the level of the year before:"
        yield from contradiction(GROWTH_LEVELS, [moved, level, base], moved.range, fitting, moved.unit, problem)


def _against_change(facts: Facts, rate: Figure, level: Figure, change: Figure | None) -> Iterator[Finding]:
    if rate.record.measure == _RATE and change and change.record.basis in _YEARLY and change.unit == level.unit:
        fitting = _fitting(facts, rate, difference(level.range, change.range), level)
        problem = "a growth is not that of the change stated:"
        yield from contradiction(GROWTH_LEVELS, [rate, level, change], rate.range, fitting, rate.unit, problem)


def _fitting(facts: Facts, moved: Figure, base: Range, level: Figure) -> list[Range]:
    """What the rate or change from a base to a level may be."""
    if moved.record.measure == _CHANGE:
        return [difference(level.range, base)] if facts.same_scale(level, moved) else []
    return facts.growth(moved, base, level.range) if level.unit != PERCENT else []
