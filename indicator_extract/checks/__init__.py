"""Records → findings → records with flags: what the numbers of one document say together, and where they do not fit.

Each module holds a family of checks: a function of the facts of a document that gives findings. A check compares
ranges, not numbers: half a unit of the last printed digit to each side, so that rounding never raises a flag. Nothing
is changed or left out but for the flags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indicator_extract.checks.average import AVERAGE_GROWTH, average_growth
from indicator_extract.checks.facts import Facts
from indicator_extract.checks.finding import Finding, slipped
from indicator_extract.checks.growth import GROWTH_LEVELS, growth_levels
from indicator_extract.checks.movement import FROM_TO, from_to
from indicator_extract.checks.plausible import MAGNITUDE, SHARE_RANGE, SUSPECT_TEXT, implausible
from indicator_extract.checks.repeated import CONFLICT, conflict
from indicator_extract.checks.shares import SHARES_SUM, shares_sum
from indicator_extract.checks.totals import PARTS_TOTAL, parts_total
from indicator_extract.lexicon import Lexicon
from indicator_extract.record import Record

__all__ = ["FLAGS", "Finding", "check", "flagged"]

CHECKS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    shares_sum, parts_total, growth_levels, from_to, average_growth, implausible, conflict,
)  # fmt: skip
FLAGS: dict[str, str] = {
    SHARES_SUM: "the shares of one whole do not make up 100 %",
    PARTS_TOTAL: "parts exceed their total, or do not make it up though all of them are stated",
    GROWTH_LEVELS: "a yearly growth or change contradicts two levels, or a level and the change beside it",
    FROM_TO: "a movement from A to B contradicts the change, rate or multiple stated behind it",
    SHARE_RANGE: "a share is below 0 or above 100",
    AVERAGE_GROWTH: "a yearly average contradicts two levels or the growth of all the years",
    MAGNITUDE: "the value is more or less than the indicator can be",
    CONFLICT: "one fact is stated twice with different numbers",
    SUSPECT_TEXT: "the text itself seems wrong: a lost decimal point, % for ‰",
}
"""What each flag of the checks means."""

_MOVED = "a decimal point seems to be lost or moved: "


def check(records: Sequence[Record], text: str, lexicon: Lexicon) -> list[Finding]:
    """What does not fit together in the records of one document with this text, in the order of the text."""
    facts = Facts(records, text, lexicon)
    found: dict[tuple[str, ...], Finding] = {}
    for each in (each for run in CHECKS for each in run(facts)):
        found.setdefault(_key(each), each)
        if slipped(each):
            moved = each._replace(flag=SUSPECT_TEXT, problem=_MOVED + each.problem)
            found.setdefault(_key(moved), moved)
    return sorted(found.values(), key=lambda each: (each.records[0].start, each.flag, each.records[-1].start))


def _key(finding: Finding) -> tuple[str, ...]:
    """The same flag on the same records is one finding."""
    return finding.flag, *(record.record_id for record in finding.records)


def flagged(records: Iterable[Record], findings: Iterable[Finding]) -> list[Record]:
    """The records, each with the flags of the findings that concern it besides its own, each flag once."""
    added: dict[str, list[str]] = {}
    for finding in findings:
        for record in finding.records:
            added.setdefault(record.record_id, []).append(finding.flag)
    return [_with_flags(each, added[each.record_id]) if each.record_id in added else each for each in records]


def _with_flags(record: Record, flags: Iterable[str]) -> Record:
    own = filter(None, record.flags.split("|"))
    return record.model_copy(update={"flags": "|".join(dict.fromkeys([*own, *flags]))})
