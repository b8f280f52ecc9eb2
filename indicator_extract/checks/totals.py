"""Parts that do not fit the whole they are parts of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indicator_extract.checks.facts import Facts
from indicator_extract.checks.figures import Figure, total
from indicator_extract.checks.finding import Finding, contradiction

PARTS_TOTAL = "parts_total"
_LEVEL = "level"


def parts_total(facts: Facts) -> Iterator[Finding]:
    """Structures that the lexicon knows, and what a sentence itself calls a part."""
    for structure in facts.lexicon.expectations.structures:
        if structure.whole:
            for whole, *parts in facts.together((structure.whole, *structure.parts), _LEVEL):
                if parts:
                    every = structure.complete and len(parts) == len(structure.parts)
                    yield from _against(whole, parts, complete=every)
    for whole, part in _said_parts(facts):
        yield from _against(whole, [part], complete=False)


def _against(whole: Figure, parts: Sequence[Figure], *, complete: bool) -> Iterator[Finding]:
    """Parts that are all there are must meet the whole, others must not exceed it."""
    stated = total(parts)
    if complete or stated.low > whole.range.high:
        problem = "the parts make up" if len(parts) > 1 else "a part is more than the whole,"
        for each in contradiction(PARTS_TOTAL, [whole, *parts], stated, [whole.range], whole.unit, problem):
            yield each._replace(terms=tuple(part.range for part in parts))


def _said_parts(facts: Facts) -> Iterator[tuple[Figure, Figure]]:
    """The whole before 其中 and the first level behind it: what follows later may be no part any more."""
    among = facts.lexicon.cues("among")
    for sentence in facts.sentences:
        whole: Figure | None = None
        for before, each in pairwise(sentence):
            whole = before if before.record.measure == _LEVEL else whole
            gap = before.record.end, each.record.start
            if whole is not None and _comparable(whole, each) and among.search(facts.text, *gap):
                yield whole, each


def _comparable(whole: Figure, part: Figure) -> bool:
    one, other = whole.record, part.record
    same = one.time_period == other.time_period and one.status == other.status
    return same and other.measure == _LEVEL and whole.unit == part.unit
