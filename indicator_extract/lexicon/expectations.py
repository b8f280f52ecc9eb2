"""What the numbers of a document are held against: wholes and parts, plausible ranges, what is stated once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

TRAITS = ("single", "constant", "own_basis")
"""What checks must know of indicators; each is a field of `Expectations`."""


class Names(NamedTuple):
    """Indicators by name and id, by the beginning and by the end of a name."""

    names: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]

    def holds(self, indicator_id: str, name: str) -> bool:
        """Whether the indicator of this id (empty where it has none) and name is among them."""
        known = indicator_id in self.names or name in self.names
        return known or name.startswith(self.begins) or name.endswith(self.ends)


class Structure(NamedTuple):
    """A whole and its parts, by id where the lexicon knows the name; without a whole, shares of 100 %."""

    id: str
    whole: str
    parts: tuple[str, ...]
    complete: bool  # the parts make up the whole


class Plausible(NamedTuple):
    """The range of what indicators can be."""

    id: str
    flag: str  # of a record outside it
    who: Names
    bases: frozenset[str]  # empty: any
    low: Decimal
    high: Decimal


class Expectations(NamedTuple):
    """Everything that checks know of indicators."""

    structures: tuple[Structure, ...]
    plausible: Mapping[tuple[str, str], list[Plausible]]  # by measure and unit
    single: Names  # one value for a region and a period
    constant: Names  # grow at constant prices, while their levels are at current ones
    own_basis: Names  # grow on a basis of their own: levels say nothing about it
