"""The records of one document, laid out so that each check finds those that belong together by a key."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from indicator_extract.checks.figures import Figure, Range, Who, figure, growth, multiple, when, who
from indicator_extract.lexicon import Lexicon
from indicator_extract.record import Record

PERCENT = "%"
_NEAR = 200  # characters between a whole and its parts: further off they may be those of another whole
NONE = Range(Decimal(), Decimal())
PRICES = Range(Decimal(-20), Decimal(10))
"""Growth at constant prices less growth at current prices, in percentage points a year: prices rise by 20 % and fall by
10 % at most."""
Series = dict[str, list[Figure]]
"""The figures of one thing by their period."""


class Kind(NamedTuple):
    """What a whole and its parts share."""

    area: str
    period: str
    status: str
    measure: str
    unit: str


class Facts:
    """What the checks ask of one document."""

    def __init__(self, records: Sequence[Record], text: str, lexicon: Lexicon) -> None:
        self.records, self.text, self.lexicon = records, text, lexicon
        self.figures: list[Figure] = [each for each in map(figure, records) if each is not None]

    @cached_property
    def series(self) -> dict[tuple[Who, str, str, str], Series]:
        """By region and indicator, status, measure and unit: the figures of each period that is known."""
        table: dict[tuple[Who, str, str, str], Series] = {}
        for each in self.figures:
            record = each.record
            period = when(record)
            if period and record.indicator:
                key = (who(record), record.status, record.measure, each.unit)
                table.setdefault(key, {}).setdefault(period, []).append(each)
        return table

    def slack(self, rate: Figure) -> Range | None:
        """How far a rate may lie from that of levels at current prices; None where levels say nothing about it."""
        record, known = rate.record, self.lexicon.expectations
        if known.own_basis.holds(record.indicator_id, record.indicator):
            return None
        constant = record.price_basis == "constant" or known.constant.holds(record.indicator_id, record.indicator)
        return PRICES if constant else NONE

    def growth(self, rate: Figure, base: Range, level: Range) -> list[Range]:
        """What a rate may say of the way from one level to another, in its own unit.

        增长2倍 should mean three times as much, and often means twice: either fits.
        """
        slack, dimension = self.slack(rate), self.dimension(rate)
        if slack is not None and dimension == "percent":
            return [each.widened(slack) for each in growth(base, level)]
        if slack == NONE and dimension == "times":
            return [fits for each in multiple(base, level) for fits in (each, Range(each.low - 1, each.high - 1))]
        return []

    def same_scale(self, level: Figure, change: Figure) -> bool:
        """Whether a change can be one of this level: both in one unit, or a change in points of a level in %."""
        return level.unit == change.unit or (self.dimension(level), self.dimension(change)) == ("percent", "point")

    def dimension(self, figure: Figure) -> str:
        """The dimension of a figure's unit, "" where it is none of the lexicon's."""
        unit = self.lexicon.units.get(figure.unit)
        return unit.dimension if unit else ""

    @cached_property
    def sentences(self) -> list[list[Figure]]:
        """The figures that share a sentence or a row of a table, in order."""
        return [list(group) for _, group in groupby(self.figures, key=lambda each: each.record.evidence)]

    @cached_property
    def _named(self) -> dict[str, dict[Kind, list[Figure]]]:
        """The figures by indicator, and by what a whole and its parts share."""
        table: dict[str, dict[Kind, list[Figure]]] = {}
        for each in self.figures:
            name = each.record.indicator_id or each.record.indicator
            if name in self._structured:
                table.setdefault(name, {}).setdefault(_kind(each), []).append(each)
        return table

    @cached_property
    def _structured(self) -> frozenset[str]:
        """The indicators that are a whole or a part."""
        known = self.lexicon.expectations.structures
        return frozenset(name for each in known for name in (each.whole, *each.parts))

    def together(self, names: Sequence[str], measure: str) -> Iterator[list[Figure]]:
        """The figures of these indicators, the first in order, wherever all are stated of one region and period."""
        for kind, figures in self._named.get(names[0], {}).items():
            if kind.measure == measure:
                for first in figures:
                    others = [near for name in names[1:] if (near := self._nearest(name, kind, first)) is not None]
                    yield [first, *others]

    def _nearest(self, name: str, kind: Kind, to: Figure) -> Figure | None:
        """The figure of an indicator that stands nearest, unless that is too far away."""
        found, at = self._named.get(name, {}).get(kind, []), to.record.start
        place = bisect(found, at, key=lambda each: each.record.start)
        beside = [each for each in found[max(0, place - 1) : place + 1] if abs(each.record.start - at) <= _NEAR]
        return min(beside, key=lambda each: abs(each.record.start - at), default=None)


def _kind(each: Figure) -> Kind:
    record = each.record
    return Kind(record.ref_area_code or record.ref_area, when(record), record.status, record.measure, each.unit)
