"""Records → Records: base values in the units the user asks for (亿元, 万亩), where the dimension fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from indicator_extract.errors import ChoiceError
from indicator_extract.model import Quantity, Unit
from indicator_extract.record import Record

OPTION = "--in"
UnitOf = Callable[[str], Quantity | None]

_EXACT = Context(prec=60, traps=[Inexact])
_ROUNDED = Context(prec=28)  # for a quotient that never ends: 1 平方米 in 亩


class Converter:
    """Writes `base_value` and `base_unit` of records in chosen units, one for each dimension."""

    def __init__(self, units: Iterable[str], unit_of: UnitOf) -> None:
        """`unit_of` reads the words of a unit, with scale words or without (see `Extractor.unit_of`).

        Raises:
            ChoiceError: words are no unit, are one without a relation to others, or share a dimension.
        """
        self._unit_of = unit_of
        self._wanted: dict[str, tuple[str, Fraction]] = {}  # base unit -> words, how many base units they are
        for words in units:
            unit, size = self._read(words)
            other, _ = self._wanted.setdefault(unit.base, (words, size))
            if other != words:
                raise ChoiceError(OPTION, f"{other} and {words} measure the same", "name one unit for each dimension")

    def __call__(self, record: Record) -> Record:
        """The record, its base values in the wanted unit where there is one for them."""
        wanted = self._wanted.get(record.base_unit)
        if wanted is None or record.base_value is None:
            return record
        words, size = wanted
        changes = {"base_value": self._in(size, record.value, record.base_value, record), "base_unit": words}
        if record.value_high is not None and record.base_value_high is not None:
            changes["base_value_high"] = self._in(size, record.value_high, record.base_value_high, record)
        return record.model_copy(update=changes)

    def _in(self, size: Fraction, value: Decimal, base_value: Decimal, record: Record) -> Decimal:
        """From the value as printed where its unit is known, since a base value may be rounded (1 亩 in 平方米)."""
        read = self._unit_of(record.unit) if record.unit else None
        unit = read.unit if read else None
        exact = _relation(unit) if unit and unit.base == record.base_unit else None
        return _decimal((Fraction(base_value) if exact is None else Fraction(value) * exact) / size)

    def _read(self, words: str) -> tuple[Unit, Fraction]:
        read = self._unit_of(words)
        if read is None or read.unit is None:
            raise ChoiceError(OPTION, f"{words} is no unit", "write it as the reports do, scale word included")
        relation = _relation(read.unit)
        if relation is None:
            raise ChoiceError(OPTION, f"{words} has no exact relation to other units", "leave it out")
        return read.unit, Fraction(read.low) * relation


def _relation(unit: Unit) -> Fraction | None:
    return None if unit.factor is None else Fraction(unit.factor) / Fraction(unit.divisor)


def _decimal(number: Fraction) -> Decimal:
    over, under = Decimal(number.numerator), Decimal(number.denominator)
    try:
        return Decimal(format(_EXACT.divide(over, under), "f"))
    except Inexact:
        return _ROUNDED.divide(over, under)
