"""Shares of one whole that do not make up 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from indicator_extract.checks.facts import Facts
from indicator_extract.checks.figures import HUNDRED, Figure, Range, total
from indicator_extract.checks.finding import Finding, contradiction

SHARES_SUM = "shares_sum"
_WHOLE = Range(HUNDRED, HUNDRED)
_RATIO = "quantity.ratio"  # the rule behind 3.1:28.3:68.3
_NOT_PERCENT = Decimal(50)  # 6:3:1 is a list of parts of ten
_SHARE = "share"


def shares_sum(facts: Facts) -> Iterator[Finding]:
    """Ratio lists, and the shares of the structures that the lexicon knows."""
    groups = [group for group in _ratio_lists(facts) if _of_percents(facts, group)]
    for structure in facts.lexicon.expectations.structures:
        if not structure.whole:
            every = facts.together(structure.parts, _SHARE)
            groups += (group for group in every if len(group) == len(structure.parts))
    for group in groups:
        for each in contradiction(SHARES_SUM, group, total(group), [_WHOLE], group[0].unit, "the shares make up"):
            yield each._replace(terms=tuple(share.range for share in group))


def _ratio_lists(facts: Facts) -> list[list[Figure]]:
    """The figures of each list such as 3.1:28.3:68.3: only the mark stands between two members."""
    lists: list[list[Figure]] = []
    for each in facts.figures:
        if _RATIO in each.record.rule and each.record.measure == _SHARE:
            if lists and each.record.start - lists[-1][-1].record.end == 1:
                lists[-1].append(each)
            else:
                lists.append([each])
    return [group for group in lists if len(group) > 1]


def _of_percents(facts: Facts, group: Sequence[Figure]) -> bool:
    """Whether a list is whole, with no member before or behind that was read as something else, and no 6:3:1."""
    text, start, end = facts.text, group[0].record.start, group[-1].record.end
    mark = text[group[0].record.end]
    whole = mark not in (text[start - 1 : start], text[end : end + 1])
    return whole and sum(each.value for each in group) >= _NOT_PERCENT
