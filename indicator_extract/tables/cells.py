"""One cell → one claim: value times unit, measure, period and name, from the row, the column and the captions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import (
    Block,
    Bounded,
    Claim,
    Clause,
    Dated,
    Frame,
    Measured,
    Named,
    Quantity,
    Sentence,
    Site,
    Stated,
)
from indicator_extract.tables.find import Found
from indicator_extract.tables.grid import Field
from indicator_extract.tables.heads import NOTHING, RATES, Heading
from indicator_extract.tables.names import START, Row, RowNamer

if TYPE_CHECKING:
    from indicator_extract.tables.read import Framing

_GROWTH = frozenset({"growth_rate", "avg_growth_rate", "change"})
_LETTERS = 26
_NEAR = 1_000  # characters before and behind a cell that are its evidence at most


class Context(NamedTuple):
    """What holds for a cell beside its own words."""

    text: str
    table: Found
    block: Block
    framing: Framing
    frame: Frame  # of the captions, else of the text before the table
    explicit: bool  # whether the captions say when
    units: tuple[Quantity, ...]  # of the captions
    title: str
    is_index: bool  # the captions say that the values are indices
    heads: Mapping[int, Heading] = MappingProxyType({})
    row: Row = START
    row_unit: Quantity | None = None  # stated in the row's name or in one above it
    stated: Quantity | None = None  # in a column of units
    label: Field | None = None  # the row's name, region or year
    label_kind: str = ""


class ClaimMaker:
    """Makes claims with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, rows: RowNamer) -> None:
        self._rows = rows
        self._percent = lexicon.units["%"]
        self._status = lexicon.cues("status")

    def claim(self, field: Field, context: Context) -> Claim | None:
        """The claim of a field with a value; None where nothing names it."""
        if field.amount is None:
            return None
        head = context.heads.get(field.col, NOTHING)
        measured = self._measured(field.amount, head, context)
        name = self._name(head, measured.measure, context)
        if not name:
            return None
        dated = self._dated(head, context)
        quantity = self._quantity(field.amount, head, measured.measure, context)
        sentence = _row(context.text, field)
        return Claim(
            Site(quantity, Clause(field.start, field.end), field.start, field.end),
            context.block,
            sentence,
            _bounded(field),
            measured,
            dated,
            self._stated(head, context, dated.last),
            Named(name, name, (*context.row.rules, "table.cell")),
            (),
        )

    def _measured(self, amount: Quantity, head: Heading, context: Context) -> Measured:
        """Growth, change or share as the column says, else as the row says; a level where neither does."""
        row = context.row.heading
        said = head if head.measure else row
        measure, sign, basis = said.measure, said.sign if amount.low >= 0 else 1, said.basis
        unit = amount.unit or (head.unit.unit if head.unit else None)
        if measure == "growth_rate" and unit is not None and unit.dimension == "point":
            measure = "change"
        if not measure or measure == "index":
            measure, sign, basis = "level", 1, None
        basis = basis if measure in _GROWTH else None
        price = said.price_basis if measure in ("level", *_GROWTH) else None
        return Measured(measure, sign, basis, price, 0, said.rules or ("measure.level",))

    def _quantity(self, amount: Quantity, head: Heading, measure: str, context: Context) -> Quantity:
        """The value in its unit: its own, else the column's, else the row's, else the caption's."""
        if amount.unit is not None:
            return amount
        unit, rule = self._unit(head, measure, context)
        if unit is None:
            return amount
        if unit.unit is None:
            return amount
        high = None if amount.high is None else amount.high * unit.low
        rules = (*amount.rules, unit.unit.id, rule)
        return amount._replace(
            low=amount.low * unit.low, high=high, unit=unit.unit, unit_text=unit.unit.symbol, rules=rules
        )

    def _unit(self, head: Heading, measure: str, context: Context) -> tuple[Quantity | None, str]:
        if measure in ("growth_rate", "avg_growth_rate", "share"):
            stated = next((u for u in (head.unit, context.stated, context.row.heading.unit) if u and _is_rate(u)), None)
            return stated or self._one_percent(), "table.rate"
        if context.is_index or "index" in (head.measure, context.row.heading.measure):
            return None, ""
        for unit, rule in ((head.unit, "head"), (context.stated, "column"), (context.row.heading.unit, "row")):
            if unit:
                return unit, f"table.{rule}_unit"
        amounts = [unit for unit in context.units if not _is_rate(unit)] or list(context.units)
        if context.row_unit and not amounts:
            return context.row_unit, "table.row_unit"
        return (amounts[0], "table.caption_unit") if amounts else (None, "")

    def _one_percent(self) -> Quantity:
        return Quantity(0, 0, Decimal(1), None, self._percent, "%", 0, "digits", "", -1, "", ())

    def _name(self, head: Heading, measure: str, context: Context) -> str:
        """What is measured: by row and column; growth has the name of the level beside it."""
        row = context.row
        if context.label_kind in ("area", "year"):
            row = row._replace(name="")
        return self._rows.name(row, head.words, measure) or context.title

    def _dated(self, head: Heading, context: Context) -> Dated:
        """The period of the column, inside that of the row, inside that of the captions and of the text."""
        frame, framing = context.frame, context.framing
        label = context.label
        own = label.exprs if label and context.label_kind != "area" else ()
        if label and label.amount and context.label_kind == "year":
            year = int(label.amount.low)
            frame, own = Frame(year, year), ()
            if not head.exprs:
                return _ended(framing.dated(None, frame, "explicit"), head.at_end)
        exprs = [*own, *head.exprs]
        for expr in exprs[:-1]:
            frame = framing.frame_of(expr, frame)
        last = exprs[-1] if exprs else None
        dated = framing.dated(last, frame, "explicit" if exprs or context.explicit else "inherited")
        return _ended(dated, head.at_end)

    def _stated(self, head: Heading, context: Context, last: int) -> Stated:
        """Done or planned, by the column, the captions, the section."""
        if head.status:
            return Stated(head.status, (), ())
        cue = self._status.search(context.title)
        if cue:
            return Stated(cue.entry.gives["status"], (), (cue.entry.id,))
        if context.explicit:  # a title with a date of its own and no word of a plan
            return Stated("actual", (), ())
        return Stated(context.framing.status_at(context.table.table.start, last), (), ())


def _row(text: str, field: Field) -> Sentence:
    """The row that a cell stands in; of a very long one, what stands near the cell."""
    first, last = max(0, field.start - _NEAR), min(len(text), field.end + _NEAR)
    start, end = text.rfind("\n", first, field.start) + 1, text.find("\n", field.end, last)
    return Sentence(start or first, end if end >= 0 else last, ())


def _bounded(field: Field) -> Bounded:
    """How exact a value is: 65以上 is at least 65."""
    cue = field.bound
    if cue is None or field.amount is None:
        return Bounded("exact", field.start, field.end, (), ())
    length = cue.end - cue.start
    words = field.words[-length:] if cue.start >= field.amount.end else field.words[:length]
    return Bounded(cue.entry.gives["bound"], field.start, field.end, ((cue.start, words),), (cue.entry.id,))


def _is_rate(unit: Quantity) -> bool:
    return unit.unit is not None and unit.unit.dimension in RATES


def _ended(dated: Dated, at_end: bool) -> Dated:
    """The last day of a year where the head says 年末数."""
    if at_end and dated.period == f"{dated.last:04}":
        return dated._replace(period=f"{dated.last:04}-12-31")
    return dated


def place_of(table: Found, field: Field) -> str:
    """`table1!C5`: column letters and row number, from A1."""
    letters, col = "", field.col + 1
    while col:
        col, rest = divmod(col - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{table.name}!{letters}{field.row + 1}"
