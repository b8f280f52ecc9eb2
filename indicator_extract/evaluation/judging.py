"""Claim and record → which fields are right, and what to show of one that is not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from indicator_extract.evaluation.labels import ClaimLabel
from indicator_extract.evaluation.names import ALIKE, Names
from indicator_extract.lexicon import Lexicon
from indicator_extract.record import Record, plain

FIELDS = ("value", "unit", "measure", "basis", "bound", "status", "period", "indicator")
"""The fields of a claim that are judged."""
EXACT = "indicator_exact"
"""Whether the name is one of the right ones to the word."""
FULL = "full"
"""Whether all fields but the basis are right."""

_BESIDE_FULL = frozenset({"basis", EXACT})


class Judge:
    """Holds records against labelled claims."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names, self._units = Names(lexicon), lexicon.units

    def verdict(self, claim: ClaimLabel, record: Record) -> dict[str, bool]:
        """Of each field, of `indicator_exact` and of `full`, whether the record is right."""
        likeness = self._names.likeness((claim.indicator, *claim.accept), (record.indicator, record.indicator_text))
        high = None if claim.value_high is None else Decimal(claim.value_high)
        values = map(Decimal, (claim.value, *claim.accept_value))
        right = {
            "value": record.value in values and record.value_high == high,
            "unit": record.unit in (*claim.accept_unit, *map(self._symbol, (claim.unit, *claim.accept_unit))),
            "measure": record.measure in (claim.measure, *claim.accept_measure),
            "basis": (record.basis or None) in (claim.basis, *claim.accept_basis),
            "bound": record.bound in (claim.bound, *claim.accept_bound),
            "status": record.status in (claim.status, *claim.accept_status),
            "period": record.time_period in (claim.period, *claim.accept_period),
            "indicator": likeness >= ALIKE,
            EXACT: likeness == 1,
        }
        return right | {FULL: all(good for field, good in right.items() if field not in _BESIDE_FULL)}

    def _symbol(self, unit: str) -> str:
        """A unit as records write it."""
        known = self._units.get(unit)
        return known.symbol if known else unit


def wanted(claim: ClaimLabel, field: str) -> str:
    """The right answers of a field, joined by `|`."""
    if field == "value":
        return _joined(_range(value, claim.value_high) for value in (claim.value, *claim.accept_value))
    further = claim.accept if field == "indicator" else getattr(claim, f"accept_{field}")
    return _joined([getattr(claim, field), *further])


def said(record: Record, field: str) -> str:
    """What a record says in a field."""
    if field == "value":
        return _range(plain(record.value), None if record.value_high is None else plain(record.value_high))
    if field == "indicator":
        return _joined(dict.fromkeys((record.indicator, record.indicator_text)))
    return getattr(record, "time_period" if field == "period" else field) or ""


def _range(low: str, high: str | None) -> str:
    return low if high is None else f"{low} to {high}"


def _joined(answers: Iterable[str | None]) -> str:
    return "|".join(answer or "" for answer in answers)
