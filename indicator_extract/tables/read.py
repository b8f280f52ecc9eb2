"""Tables → claims and mentions: one claim a cell with a value, all other numbers mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Block, Dated, Document, Frame, Located, Mention, Quantity, TimeExpr
from indicator_extract.tables.cells import ClaimMaker, Context, place_of
from indicator_extract.tables.find import Found
from indicator_extract.tables.grid import Field, Grid, GridReader, is_year
from indicator_extract.tables.heads import Heading, HeadReader, UnitOf, beside
from indicator_extract.tables.layout import Layouter, Section
from indicator_extract.tables.names import START, RowNamer, unit_below

NAMING = ("name", "area", "year")


class Framing(Protocol):
    """What the running text of a document says about time, as `attribution` reads it."""

    def frame_at(self, offset: int) -> Frame:
        """The period that holds at an offset."""

    def status_at(self, offset: int, last: int) -> str:
        """Done or planned, for what ends in the year `last`."""

    def frame_of(self, expr: TimeExpr, frame: Frame) -> Frame:
        """The period that an expression sets."""

    def dated(self, expr: TimeExpr | None, frame: Frame, source: str) -> Dated:
        """What an expression means inside a frame."""


class Numbers(NamedTuple):
    """What the earlier stages found in the tables of a document."""

    view: str
    amounts: Sequence[Quantity]
    exprs: Sequence[TimeExpr]
    unit_of: UnitOf


class TableReader:
    """Reads tables with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._grids, self._layouter = GridReader(lexicon), Layouter(lexicon)
        self._heads = HeadReader(lexicon)
        self._rows = RowNamer(lexicon, self._heads)
        self._claims = ClaimMaker(lexicon, self._rows)

    def read(
        self, document: Document, tables: Sequence[Found], numbers: Numbers, blocks: Sequence[Block], framing: Framing
    ) -> tuple[list[Located], list[Mention]]:
        """The claims and mentions of all tables of a document."""
        found: list[Located] = []
        labels: dict[int, tuple[str, str]] = {}  # offset of a number that is no value -> class and rule
        for table in tables:
            grid = self._grids.read(numbers.view, table.table, numbers.amounts, numbers.exprs)
            for section in self._layouter.sections(grid, lambda words: numbers.unit_of(words) is not None):
                context = self._context(document, table, section, numbers, blocks, framing)
                found += self._section(grid, section, context, numbers)
                labels |= _serials(grid, section)
        used = {located.claim.site.quantity.start for located in found}
        return found, _mentions(numbers, used, labels)

    def _section(self, grid: Grid, section: Section, context: Context, numbers: Numbers) -> Iterator[Located]:
        """The claims of one section, row by row."""
        cols = [col for col, kind in enumerate(section.columns) if kind == "value"]
        left: list[Heading] = []
        for col in cols:
            head = self._heads.read(_heads(grid, section, col), numbers.view, numbers.unit_of)
            left.append(beside(head, left))
        heads = dict(zip(cols, left, strict=True))
        row, top = START, START
        unit: Quantity | None = None
        for index in section.rows:
            fields = grid.starting(index)
            if len(fields) == 1 and fields[0].kind == "words":
                row = top = self._rows.grouped(fields[0], numbers.view, numbers.unit_of, row)
                unit = row.heading.unit
                continue
            row = self._rows.row(_names(grid, section, index), numbers.view, numbers.unit_of, row, top)
            top = row if not row.depth else top
            unit = unit_below(row, unit)
            yield from self._cells(grid, section, index, context._replace(row=row, row_unit=unit, heads=heads), numbers)

    def _cells(self, grid: Grid, section: Section, index: int, context: Context, numbers: Numbers) -> Iterator[Located]:
        stated = next((f for c, k in enumerate(section.columns) if k == "unit" and (f := grid.at(index, c))), None)
        unit = numbers.unit_of(stated.words) if stated else None
        label: Field | None = None
        for col, kind in enumerate(section.columns):
            field = grid.at(index, col)
            if kind in NAMING and field:
                if label and col and section.columns[col - 1] == "value":  # two tables side by side
                    row = self._rows.row([field], numbers.view, numbers.unit_of, context.row, context.row)
                    context = context._replace(row=row, row_unit=row.heading.unit)
                label = field
            if field is None or field.amount is None or field.col != col or field.row != index or kind != "value":
                continue
            owner = section.columns[label.col] if label and label.col < len(section.columns) else ""
            claim = self._claims.claim(field, context._replace(stated=unit, label=label, label_kind=owner))
            if claim:
                yield Located(claim, place_of(context.table, field), label.words if label and owner == "area" else "")

    def _context(
        self,
        document: Document,
        table: Found,
        section: Section,
        numbers: Numbers,
        blocks: Sequence[Block],
        framing: Framing,
    ) -> Context:
        """What the captions above a section, and the text before the table, say about all of its cells."""
        above = [numbers.view[c.start : c.end].strip(" |") for c in table.captions]
        spans = [(c.start, c.end) for c in table.captions] + [(f.start, f.end) for f in section.captions]
        exprs = [e for span in spans for e in _within(numbers.exprs, *span) if _is_named(e)]
        frame = base = framing.frame_at(table.table.start)
        for expr in exprs:
            frame = framing.frame_of(expr, frame)
        outer, units = self._captions(above, numbers.unit_of)
        inner, own = self._captions([field.words for field in section.captions], numbers.unit_of)
        titles = [*above, *(field.words for field in section.captions)]
        named = inner if inner and own else [*outer, *inner]  # a part with a unit of its own has its own title
        return Context(
            text=document.text,
            table=table,
            block=_block(document.text, table, named, blocks),
            framing=framing,
            frame=frame,
            explicit=(bool(exprs) and frame != base) or any(e.anchor == "absolute" for e in exprs),
            units=tuple(own or units),
            title=" ".join(named),
            is_index=any(self._heads.index_of(title) for title in titles),
        )

    def _captions(self, titles: Sequence[str], unit_of: UnitOf) -> tuple[list[str], list[Quantity]]:
        """Titles without their units, and these."""
        said = [self._heads.caption(title, unit_of) for title in titles]
        return [title for title, _ in said if title], [unit for _, stated in said for unit in stated]


def _within(exprs: Sequence[TimeExpr], start: int, end: int) -> Sequence[TimeExpr]:
    """The time expressions, which are in order, that begin in a span."""
    first, last = (bisect_left(exprs, at, key=attrgetter("start")) for at in (start, end))
    return exprs[first:last]


def _is_named(expr: TimeExpr) -> bool:
    """Whether a title is about a time; 上年 and 同期 in it are what it compares with."""
    return expr.anchor not in ("same_period", "now", "reported") and (expr.anchor != "frame" or expr.first >= 0)


def _heads(grid: Grid, section: Section, col: int) -> list[Field]:
    """The heads above a column, each once."""
    fields = [field for row in section.heads if (field := grid.at(row, col))]
    return list({(field.row, field.col): field for field in fields}.values())


def _names(grid: Grid, section: Section, row: int) -> list[Field]:
    """The names of a row before its first value, outer ones first."""
    found: dict[tuple[int, int], Field] = {}
    for col, kind in enumerate(section.columns):
        field = grid.at(row, col)
        if kind == "value":
            break
        if kind in ("name", "area") and field and field.kind == "words":
            found[field.row, field.col] = field
    return list(found.values())


def _serials(grid: Grid, section: Section) -> dict[int, tuple[str, str]]:
    """Where the serial numbers of the rows stand."""
    places = [(row, col) for col, kind in enumerate(section.columns) if kind == "number" for row in section.rows]
    fields = [field for place in places if (field := grid.at(*place))]
    return {field.amount.start: ("ordinal", "table.serial") for field in fields if field.amount}


def _label(view: str, quantity: Quantity) -> tuple[str, str]:
    """Class and rule of a number in a name, a head or a caption."""
    if is_year(view, quantity):
        return "date", "table.year"
    return "name" if quantity.kind == "chinese" else "other", "table.label"


def _mentions(numbers: Numbers, used: set[int], labels: dict[int, tuple[str, str]]) -> list[Mention]:
    """All numbers of tables that are no values: dates, serial numbers, numbers in names."""
    view = numbers.view
    found = [
        Mention(e.start, e.end, "date", "|".join(e.rules))
        for e in numbers.exprs
        if any(c.isnumeric() for c in view[e.start : e.end])
    ]
    for quantity in numbers.amounts:
        if quantity.start not in used and quantity.kind != "scale":  # 亿 in a unit is no number
            kind, rule = labels.get(quantity.start) or _label(view, quantity)
            found.append(Mention(quantity.start, quantity.end, kind, rule))
    return found


def _block(text: str, table: Found, titles: Sequence[str], blocks: Sequence[Block]) -> Block:
    """A block that stands for the table: below the headings before it and its own title."""
    at = bisect_left(blocks, table.table.start, key=attrgetter("start"))
    before = blocks[at - 1] if at else None
    path: tuple[str, ...] = ()
    if before:
        own = (text[before.start : before.end].strip(),) if before.kind == "heading" else ()
        path = (*before.headings, *own)
    added = [" ".join(title.split()) for title in titles if title]
    if path and added and path[-1].startswith(added[0]):
        added = added[1:]
    return Block(table.table.start, table.table.end, "table", 0, (*path, *added), ())
