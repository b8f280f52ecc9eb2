"""由A到B against the change, the rate or the multiple stated behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from indicator_extract.checks.facts import NONE, Facts
from indicator_extract.checks.figures import Figure, Range, difference, lengths, multiple, when, who
from indicator_extract.checks.finding import Finding, contradiction

FROM_TO = "from_to"
_STATES = {"level", "share"}
_REACH = 25  # characters before A, or between A and B, in which the words of a movement stand
_PLAIN = {None, "yoy", "unstated", "annual_average"}  # a rate on another base does not speak of A


class Move(NamedTuple):
    """由A到B."""

    before: Figure
    after: Figure


def moves(facts: Facts) -> Iterator[tuple[Move, list[Figure]]]:
    """Each 由A到B with the changes and rates of the same thing that follow it in its sentence."""
    for sentence in facts.sentences:
        for at, (before, after) in enumerate(pairwise(sentence)):
            start = sentence[at - 1].record.end if at else 0
            if _alike(before, after) and _moved(facts, before, after, start):
                name = who(after.record)
                behind = (sentence[place] for place in range(at + 2, len(sentence)))
                rest = takewhile(lambda each: each.record.measure not in _STATES, behind)
                yield Move(before, after), [each for each in rest if who(each.record) == name]


def _alike(before: Figure, after: Figure) -> bool:
    one, other = before.record, after.record
    same = before.unit == after.unit and one.measure == other.measure and one.indicator == other.indicator
    return same and one.measure in _STATES and who(one) == who(other)


def _moved(facts: Facts, before: Figure, after: Figure, start: int) -> bool:
    """Whether 由 or 从 leads to A, with no number between, and 提高到 or its like from A to B."""
    left, text = max(start, before.record.start - _REACH), facts.text
    gap = after.record.start - before.record.end
    return (
        0 < gap <= _REACH
        and facts.lexicon.cues("from").search(text, left, before.record.start) is not None
        and facts.lexicon.cues("arrival").search(text, before.record.end, after.record.start) is not None
    )


def from_to(facts: Facts) -> Iterator[Finding]:
    """A and B against what is said of the way between."""
    for move, said in moves(facts):
        for stated in said:
            if stated.record.basis in _PLAIN:
                problem = "what is said of a movement is not the way from A to B:"
                fitting = _way(facts, move, stated)
                yield from contradiction(FROM_TO, [*move, stated], stated.range, fitting, stated.unit, problem)


def _way(facts: Facts, move: Move, stated: Figure) -> list[Range]:
    """What may be stated of the way; nothing where it speaks of something else."""
    before, after = move
    measure = stated.record.measure
    if measure == "change" and facts.same_scale(after, stated):
        return _yearly(difference(after.range, before.range), move, stated)
    if measure == "multiple" and facts.dimension(stated) == "times":
        return multiple(before.range, after.range)
    if measure == "growth_rate" and facts.slack(stated) == NONE:
        return facts.growth(stated, before.range, after.range)
    return []


def _yearly(change: Range, move: Move, stated: Figure) -> list[Range]:
    """The change, or where a yearly average is stated, that share of it."""
    if stated.record.basis != "annual_average":
        return [change]
    numbers = lengths(when(move.before.record), when(move.after.record))
    return [Range(change.low / number, change.high / number) for number in numbers]
