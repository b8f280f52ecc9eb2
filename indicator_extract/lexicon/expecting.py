"""What a pattern file may say about the numbers of a document taken together: entries that checks hold them against."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal

from pydantic import Field, model_validator

from indicator_extract.lexicon.schema import AnyEntry, Word
from indicator_extract.record import Measure


class ExpectationEntry(AnyEntry):
    """What the numbers of a document are held against: it flags a record and makes none."""

    @property
    def silent(self) -> bool:
        """Always: the flags of a record say what was found, its rules how it was read."""
        return True


class StructureEntry(ExpectationEntry):
    """A whole and its parts by name; without `whole`, shares that make up 100 %."""

    whole: str = ""
    parts: list[Word] = Field(min_length=1)
    complete: bool = False

    @model_validator(mode="after")
    def _shares_are_complete(self) -> StructureEntry:
        if not self.whole and not self.complete:
            raise ValueError("shares without a `whole` must be `complete`")
        return self


class PlausibleEntry(ExpectationEntry):
    """The range of what an indicator can be, in the base unit of its dimension."""

    flag: Literal["magnitude", "share_range", "suspect_text"] = "magnitude"
    names: list[Word] = Field(default_factory=list)
    begins: list[Word] = Field(default_factory=list)
    ends: list[Word] = Field(default_factory=list)
    measures: list[Measure] = Field(min_length=1)
    bases: list[Word] = Field(default_factory=list)  # any, where none is named
    unit: str
    low: str
    high: str

    @model_validator(mode="after")
    def _a_range(self) -> PlausibleEntry:
        if _decimal(self.low) >= _decimal(self.high):
            raise ValueError("`low` must be below `high`")
        return self


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"`{text}` is not a number such as `100` or `-0.5`")
    return number


class TraitEntry(ExpectationEntry):
    """What checks must know of indicators; `expectations.TRAITS` says what each trait means."""

    trait: Literal["single", "constant", "own_basis"]
    names: list[Word] = Field(default_factory=list)
    begins: list[Word] = Field(default_factory=list)
    ends: list[Word] = Field(default_factory=list)
