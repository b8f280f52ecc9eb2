"""Values that an indicator cannot have: a share outside 0 to 100, a magnitude out of reach, % for ‰."""

from __future__ import annotations

from collections.abc import Iterator

from indicator_extract.checks.facts import Facts
from indicator_extract.checks.figures import Range
from indicator_extract.checks.finding import Finding
from indicator_extract.lexicon.expectations import Plausible
from indicator_extract.record import Record

MAGNITUDE = "magnitude"
SHARE_RANGE = "share_range"
SUSPECT_TEXT = "suspect_text"
_PROBLEMS = {
    MAGNITUDE: "this indicator can hardly be",
    SHARE_RANGE: "a share cannot be",
    SUSPECT_TEXT: "a number like this has lost its decimal point, or has % for ‰",
}


def implausible(facts: Facts) -> Iterator[Finding]:
    """Records, exact or not, with a value outside the range that the lexicon gives for them."""
    known = facts.lexicon.expectations.plausible
    for record in facts.records:
        unit = record.base_unit or record.unit
        candidates = known.get((record.measure, unit))
        if not candidates:
            continue
        value = _range(record)
        for each in candidates:
            if (value.low < each.low or value.high > each.high) and _meant(record, each):
                yield Finding(each.flag, (record,), value, Range(each.low, each.high), unit, _PROBLEMS[each.flag])


def _meant(record: Record, plausible: Plausible) -> bool:
    based = not plausible.bases or record.basis in plausible.bases
    return based and plausible.who.holds(record.indicator_id, record.indicator)


def _range(record: Record) -> Range:
    """From the lower end to the upper, as they stand: these limits are not so near that rounding matters."""
    low = record.value if record.base_value is None else record.base_value
    high = record.value_high if record.base_value_high is None else record.base_value_high
    return Range(low, low if high is None else high)
