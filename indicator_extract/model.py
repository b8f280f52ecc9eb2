"""The inner nouns: what travels through the pipeline. Nothing here is ever changed, only wrapped.

    Document ─▶ Clause ─▶ Numeral ─▶ Quantity ─▶ Claim ─▶ Record     (or, at any stage, a Mention)

All offsets are 0-based positions in `Document.text`, end exclusive. Every number is a `Decimal`.
Named tuples: immutable, typed, and an order of magnitude cheaper to make than frozen dataclasses, of which a
long report would need a hundred thousand.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the document's text."""

    start: int
    end: int


class Document(NamedTuple):
    """One text to read: decoded, without byte order mark, newlines as `\\n`, otherwise untouched."""

    source: str
    text: str
    title: str = ""  # from metadata; empty: found in the text
    year: int | None = None  # the report's year, from metadata
    area: str = ""  # region, from metadata or --area
    notes: tuple[str, ...] = ()  # doubts of the reader (encoding, damage), shown to the user


class Numeral(NamedTuple):
    """A number as printed, without unit: digits, full-width digits, Chinese numerals or a mixture."""

    start: int
    end: int
    value: Decimal
    decimals: int  # digits after the point, as printed
    kind: str  # digits, chinese, fraction, tenths (七成), doubling (翻一番)
    more: str = ""  # 余, 多, 几 inside the numeral: at_least or approx
    rule: str = ""


class Unit(NamedTuple):
    """A unit of measure or a classifier, as the lexicon defines it."""

    id: str
    symbol: str  # canonical form, as it stands in a record
    dimension: str  # money, percent, point, count, area, length, mass, energy, …
    factor: Decimal | None  # exact relation to the base unit, as numerator …
    divisor: Decimal  # … and divisor (亩 = 2000/3 平方米)
    base: str  # base unit of the dimension


class Quantity(NamedTuple):
    """A numeral with its unit: what a claim says. A range is one quantity."""

    start: int
    end: int
    low: Decimal  # scale words multiplied out, unsigned unless a minus is printed
    high: Decimal | None
    unit: Unit | None
    unit_text: str  # canonical unit of the record, "" where there is none
    decimals: int
    kind: str  # the numeral's kind
    more: str  # the approximating word inside the span (余, 多, 几), "" where there is none
    group: int  # index shared by the members of one ratio list or one list with a common unit, -1 where alone
    group_kind: str  # "", ratio, shared_unit
    rules: tuple[str, ...]
    flags: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A number that is not a claim."""

    start: int
    end: int
    mention_class: str
    rule: str
