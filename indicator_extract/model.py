"""The inner nouns: what travels through the pipeline. Nothing here is ever changed, only wrapped.

    Document ─▶ Clause ─▶ Numeral ─▶ Quantity ─▶ Claim ─▶ Record     (or, at any stage, a Mention)

All offsets are 0-based positions in `Document.text`, end exclusive. Every number is a `Decimal`.
Named tuples: immutable, typed, and an order of magnitude cheaper to make than frozen dataclasses, of which a
long report would need a hundred thousand.
"""

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
    how: str = ""  # how it was read (format, encoding), shown when the user asks for more
    tables: "tuple[Table, ...]" = ()  # where the text holds rows of tables, as the format says


class Numeral(NamedTuple):
    """A number as printed, without unit: digits, full-width digits, Chinese numerals or a mixture."""

    start: int
    end: int
    value: Decimal  # scale words multiplied out, never negative
    decimals: int  # digits after the point, as printed
    kind: str  # digits, chinese, fraction, tenths (七成), doubling (翻一番), scale (百亿 alone), unreadable (十百千万)
    more: str = ""  # 余, 多, 几, 数 inside the numeral: at_least or approx
    rule: str = ""
    high: Decimal | None = None  # upper end of a pair (两三, 十五六)
    scale: Decimal = Decimal(1)  # what its last scale words multiply by: lent to the lower end of a range (3至5万)
    unit: str = ""  # the unit its own words give (百分之五, 七成 and 翻一番: %), "" where there is none
    flags: tuple[str, ...] = ()


class Unit(NamedTuple):
    """A unit of measure or a classifier, as the lexicon defines it."""

    id: str
    symbol: str  # canonical form, as it stands in a record
    dimension: str  # money, percent, point, count, area, length, mass, energy, …
    factor: Decimal | None  # exact relation to the base unit, as numerator …
    divisor: Decimal  # … and divisor (亩 = 2000/3 平方米)
    base: str  # base unit of the dimension


COLONS = frozenset({":", "："})
"""What stands between the terms of a ratio."""


class Quantity(NamedTuple):
    """A numeral with its unit: what a claim says. A range is one quantity."""

    start: int
    end: int
    low: Decimal  # scale words multiplied out, unsigned unless a minus is printed
    high: Decimal | None
    unit: Unit | None
    unit_text: str  # canonical unit of the record, "" where there is none
    decimals: int
    kind: str  # the numeral's kind, or clock (09:45:30)
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


class TimeExpr(NamedTuple):
    """An expression of time as the text has it, still symbolic: 今年, 2014年末, “十三五”期间, 五年来, 1-11月."""

    start: int
    end: int
    anchor: str  # absolute, given, frame, reported, past, future, within, same_period, since, now
    first: int  # absolute: first year; given, frame, reported: offset in years; past, future: number of years
    last: int  # last year of a span, equal to `first` where there is one year
    sub: str  # part of the year: "", end, start, months, month_end, day; named: a plan's bare name, which dates little
    month: int  # first month of `sub`, 0 where there is none
    month_last: int
    day: int
    rules: tuple[str, ...]


class Frame(NamedTuple):
    """The period a title, a section or a paragraph sets for what it does not date itself."""

    first: int  # first year; 0 where nothing decides it
    last: int
    month: int = 0  # a half-year, a quarter or months of `first`, 0 for whole years
    month_last: int = 0


class Clause(NamedTuple):
    """A stretch of a sentence between punctuation marks."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence with its clauses."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


class Block(NamedTuple):
    """A line of the text that is a unit of its own: heading or paragraph."""

    start: int
    end: int
    kind: str  # title, heading, paragraph
    level: int  # of a heading: 1 (一、), 2 （一）, 3 (1.), 4 (without number); 0 for a paragraph
    headings: tuple[str, ...]  # path of the headings above it
    sentences: tuple[Sentence, ...]


class Site(NamedTuple):
    """Where a quantity stands: what belongs to it on its left and on its right."""

    quantity: Quantity
    clause: Clause
    left: int  # start of its left context: start of the clause, or end of the claim before it
    right: int  # end of its right context: end of the clause, or start of the next claim


class Passage(NamedTuple):
    """A sentence with the claims in it, in order; the unit of attribution."""

    block: Block
    sentence: Sentence
    sites: tuple[Site, ...]


class Bounded(NamedTuple):
    """How exact a value is, and the context left over when the words that say so are taken away."""

    bound: str
    left_end: int
    right_start: int
    words: tuple[tuple[int, str], ...]  # (offset, cue word)
    rules: tuple[str, ...]


class Measured(NamedTuple):
    """What kind of number it is."""

    measure: str
    sign: int  # +1 or -1, for `value`
    basis: str | None
    price_basis: str | None
    left_end: int  # the left context without the words of growth and comparison
    rules: tuple[str, ...]
    base: Span | None = None  # the words of a base of its own (比2015年)


class Dated(NamedTuple):
    """The reference period of a claim."""

    period: str | None  # ISO 8601
    first: int  # first and last year, 0 where unknown
    last: int
    source: str | None  # explicit or inherited
    rules: tuple[str, ...]
    month: int = 12  # the last month of `last` that it covers


class Stated(NamedTuple):
    """Done, expected or planned."""

    status: str
    words: tuple[tuple[int, str], ...]
    rules: tuple[str, ...]


class Named(NamedTuple):
    """What is measured."""

    indicator: str  # cleaned words, filled in
    text: str  # the words as they stand
    rules: tuple[str, ...]


class Claim(NamedTuple):
    """A quantity with everything that the text says about it."""

    site: Site
    block: Block
    sentence: Sentence
    bounded: Bounded
    measured: Measured
    dated: Dated
    stated: Stated
    named: Named
    flags: tuple[str, ...]


class Cell(NamedTuple):
    """A cell of a table with its words in the document's text; blanks before the words are its indentation."""

    start: int
    end: int
    row: int  # of its upper left corner, from 0
    col: int
    rows: int = 1  # how many it covers
    cols: int = 1


class Table(NamedTuple):
    """A table as rows of cells. Its text is a line for each row, cells joined by tabs."""

    start: int  # of its first row in the text
    end: int
    cells: tuple[Cell, ...]  # by row and column
    name: str = ""  # of a worksheet; else the table is named by its number in the document


class Located(NamedTuple):
    """A claim of a table and where it stands."""

    claim: Claim
    place: str  # table1!C5
    area: str  # the region its row or column names, "" where that says none
