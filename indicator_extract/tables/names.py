"""The names of rows: their parents (groups, 其中, indentation, numbers), and properties that wholes and heads give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Quantity
from indicator_extract.tables.grid import Field
from indicator_extract.tables.heads import NOTHING, Heading, HeadReader, UnitOf

_BLANKS = re.compile(r"\s+")
_QUALIFIER = re.compile(r"[（(][^（）()]*[）)]$")


class Row(NamedTuple):
    """The name of a row and what it stands below."""

    name: str
    depth: int  # 0 for a row that stands by itself
    parent: str  # name of the row it is a part of
    group: str  # the title above it inside the table
    parts: tuple[str, ...]  # the properties that its whole and its group give to the names of their parts
    heading: Heading
    indent: int
    marked: bool  # said to be a part (其中, #)
    rules: tuple[str, ...]


START = Row("", 0, "", "", (), NOTHING, 0, False, ())


class RowNamer:
    """Names rows with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, heads: HeadReader) -> None:
        cues = lexicon.cues
        self._heads, self._known = heads, lexicon.indicators
        self._parts, self._wholes, self._numbers = cues("table_part"), cues("table_whole"), cues("heading")
        self._properties = cues("property")

    def row(self, fields: Sequence[Field], view: str, unit_of: UnitOf, before: Row, top: Row) -> Row:
        """The row named by `fields` (outer ones first), after the row `before`; `top` is the last that is no part."""
        if not fields:
            return before._replace(name="", heading=NOTHING, marked=False)
        field = fields[-1]
        words, marked, level = self._stripped(field.words)
        heading = self._heads.read([field._replace(words=words)], view, unit_of)
        name = _BLANKS.sub("", heading.words)
        if heading.measure and not name:
            name = before.name  # 比上年增长（%） below its indicator
        group = "".join(f.words for f in fields[:-1]) or before.group
        whole = self._wholes.match(name)
        if whole and whole.end == len(name):
            parts = (
                (*before.parts[:1], whole.entry.gives["parts"]) if before.group else ("", whole.entry.gives["parts"])
            )
            return Row(name, 0, "", group, parts, heading, field.indent, False, (whole.entry.id,))
        parent, depth = self._parent(name, marked, level, field.indent, before, top)
        # A row that the lexicon knows by itself ends the parts of a whole, but not a group.
        parts = before.parts if depth or not self._known.get(name) else before.parts[:1]
        rules = ("table.part",) if marked else ()
        return Row(name, depth, parent, group, parts, heading, field.indent, marked, rules)

    def grouped(self, field: Field, view: str, unit_of: UnitOf, before: Row) -> Row:
        """What follows a title inside the table."""
        words, _, _ = self._stripped(field.words)
        heading = self._heads.read([field._replace(words=words)], view, unit_of)
        match = self._properties.ends(heading.words)
        parts = (heading.words[match.start :] if match else "", *before.parts[1:])
        return START._replace(group=heading.words, parts=parts, heading=heading, name=before.name)

    def name(self, row: Row, column: str, measure: str) -> str:
        """The name of a cell: row and column as the lexicon knows it, else with what the row is a part of."""
        if not row.name:
            return column
        share = column if measure == "share" else ""
        columns = "" if measure == "share" else column
        endings = [e for e in dict.fromkeys((columns, *row.parts)) if e and not row.name.endswith(e)]
        base = _QUALIFIER.sub("", row.name)
        candidates = [n + e for n in (row.name, base) for e in endings] + [row.name, base]
        for candidate in candidates:
            if self._known.get(candidate) or self._known.get(candidate + share):
                return candidate + share
        if endings and row.marked and row.parent and endings[0] not in row.parts:
            return self._whole(row.parent) + row.name + endings[0] + share
        if endings:
            return row.name + endings[0] + share
        if row.parent and not columns and row.depth:
            return row.parent + row.name + share
        return row.name + share

    def _whole(self, parent: str) -> str:
        """The name of a whole without its property: 房地产开发投资 → 房地产开发."""
        match = self._properties.ends(parent)
        return parent[: match.start] if match else parent

    def _stripped(self, words: str) -> tuple[str, bool, int]:
        """Words without the mark of a part and without their number; the number's level, 0 where there is none."""
        part = self._parts.match(words)
        if part:
            words = words[part.end :]
        number = self._numbers.match(words)
        level = int(number.entry.gives["level"]) if number and number.end < len(words) else 0
        return (words[number.end :] if level and number else words), part is not None, level

    def _parent(self, name: str, marked: bool, level: int, indent: int, before: Row, top: Row) -> tuple[str, int]:
        """The row that a row is a part of, and how deep it stands."""
        if marked:
            owner = before if not before.marked or indent > before.indent or before.depth < 2 else top
            return owner.name, owner.depth + 1
        if level > 1 and top.name:
            return top.name, level - 1
        if indent > before.indent:
            return before.name, before.depth + 1
        if indent == before.indent and before.depth and not self._known.get(name):
            return before.parent, before.depth
        if indent and indent > top.indent and top.name:
            return top.name, 1
        return "", 0


def unit_below(row: Row, before: Quantity | None) -> Quantity | None:
    """The unit that a row states, else that of the rows above it (大牲畜（万头）, 黄牛)."""
    return row.heading.unit or before
