"""Words of a head or of a row's name → what they measure, in which unit, compared with what, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Quantity, TimeExpr
from indicator_extract.tables.grid import Field

RATES = frozenset({"percent", "permille", "permyriad"})
_BRACKET = re.compile(r"\s*[（(]([^（）()]{1,20})[）)]\s*$")
_TRAILING = re.compile(r"\s*([%‰])\s*$")
_SIGN = re.compile(r"^[±+\-\s]+")
_LIST = re.compile(r"\s*[、，,；;]\s*|\s{2,}")
_EMPTY_BRACKETS = re.compile(r"[（(]\s*[）)]")
_BESIDE = 60  # columns between a rate and the level that it belongs to
_EDGES = " \t：:、，,|-*＊"

UnitOf = Callable[[str], Quantity | None]
"""The quantity that 1 and these words make, None where they are no unit."""


class Heading(NamedTuple):
    """What the words of a head or of a row's name say."""

    words: str  # what is measured, without what the other fields say
    unit: Quantity | None  # one of the unit, scale words multiplied out
    exprs: tuple[TimeExpr, ...]
    measure: str  # growth_rate, avg_growth_rate, change, share, index, or "" where they do not say
    sign: int
    basis: str | None
    price_basis: str | None
    at_end: bool  # the state at the end of the period
    status: str  # of a column of targets or estimates, "" where it does not say
    rules: tuple[str, ...]


NOTHING = Heading("", None, (), "", 1, None, None, False, "", ())


class HeadReader:
    """Reads heads with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._known = lexicon.indicators
        self._grown = (cues("table_change"), cues("growth_noun"), cues("growth_verb"))
        self._basis, self._bases, self._price = cues("basis"), cues("basis_words"), cues("price_basis")
        self._share, self._average, self._index = cues("share"), cues("average"), cues("table_index")
        self._plain, self._units = cues("table_head"), cues("table_unit")

    def caption(self, words: str, unit_of: UnitOf) -> tuple[str, list[Quantity]]:
        """A caption without the units that it states (单位：亿元、%, or in brackets at its end), and these in order."""
        match = self._units.search(words)
        if match is None:
            title, unit = split_unit(words, unit_of)
            return (title, [unit]) if unit and title else (words, [])
        said = words[match.end :].strip("（）()[]【】 ")
        units = [unit for part in _LIST.split(said) if (unit := unit_of(_SIGN.sub("", part)))]
        return _trimmed(words[: match.start].rstrip("（([【")), units

    def index_of(self, words: str) -> bool:
        """Whether words say that what stands below them is an index (上年=100)."""
        return self._index.search(words) is not None

    def read(self, fields: Sequence[Field], view: str, unit_of: UnitOf) -> Heading:
        """What the fields of a head say together, from top to bottom."""
        said = NOTHING
        for field in fields:
            said = _joined(said, self._one(field, view, unit_of))
        return said

    def _one(self, field: Field, view: str, unit_of: UnitOf) -> Heading:
        words, unit = split_unit(field.words, unit_of)
        if field.kind == "year":
            return NOTHING._replace(exprs=_exprs(field))
        index = self._index.search(words)
        if index:
            words = _trimmed(words[: index.start] + words[index.end :])
            return NOTHING._replace(words=words, exprs=(), measure="index", rules=(index.entry.id,))
        measured = NOTHING if self._known.get(words) else self._measured(words, unit)
        if measured.measure:
            return measured._replace(unit=unit, exprs=() if measured.basis else field.exprs)
        return self._level(field, view, words, unit)

    def _level(self, field: Field, view: str, words: str, unit: Quantity | None) -> Heading:
        """A head that names what is measured, or nothing but when."""
        texts = [view[e.start : e.end] for e in field.exprs]
        for text in texts:
            words = words.replace(text, " ", 1)
        words = _trimmed(words)
        plain = self._plain.match(words)
        found = NOTHING._replace(words=words, unit=unit, exprs=field.exprs)
        if plain is None or plain.end < len(words):
            return found
        gives = plain.entry.gives
        return found._replace(
            words="", at_end=gives.get("period") == "end", status=gives.get("status", ""), rules=(plain.entry.id,)
        )

    def _measured(self, words: str, unit: Quantity | None) -> Heading:
        """Growth, change and shares, by the words they end with."""
        rate = unit is None or unit.unit is None or unit.unit.dimension in RATES
        for cues in self._grown:
            match = cues.ends(words)
            if match:
                changed = cues is self._grown[0] and not (unit and rate)
                sign = -1 if match.entry.gives.get("sign") == "-" else 1
                return self._growth(
                    words, match.start, "change" if changed or not rate else "growth_rate", sign, match.entry.id
                )
        basis = self._basis.ends(words)
        if basis and rate and unit:
            return self._growth(words, len(words), "growth_rate", 1, basis.entry.id)
        share = self._share.search(words)
        if share and rate:
            return NOTHING._replace(words=words, measure="share", rules=(share.entry.id,))
        return NOTHING

    def _growth(self, words: str, end: int, measure: str, sign: int, rule: str) -> Heading:
        """Growth with what it compares with; what is left of the words says what grew."""
        average = self._average.search(words, 0, end)
        price = self._price.search(words)
        base, start = "unstated", end
        rules: tuple[str, ...] = (rule,)
        if average:
            base, start, rules = "annual_average", average.start, (rule, average.entry.id)
            measure = "avg_growth_rate" if measure == "growth_rate" else measure
        elif basis := self._basis.search(words, 0, end):
            base, start, rules = basis.entry.gives["basis"], basis.start, (rule, basis.entry.id)
        elif other := self._bases.ends(words, 0, end):
            base, start, rules = other.groups.get("base") or base, other.start, (rule, other.entry.id)
        left = words[:start]
        if price and price.start < start:
            left = words[: price.start]
        plain = self._plain.match(left)
        left = "" if plain and plain.end == len(left) else _trimmed(left)
        found = price.entry.gives["price_basis"] if price else None
        return NOTHING._replace(words=left, measure=measure, sign=sign, basis=base, price_basis=found, rules=rules)


def beside(head: Heading, left: Sequence[Heading]) -> Heading:
    """A head of growth or shares with what it leaves to the level beside it: its period and what is measured."""
    if not head.measure or head.measure == "index":
        return head
    points = head.unit is not None and head.unit.unit is not None and head.unit.unit.dimension == "point"
    levels: list[Heading] = []  # the levels right to the left, of 2020年, 2019年, 增长 both
    for other in reversed(left[-_BESIDE:]):
        if other.measure in ("", "index") or (points and other.measure == "share"):
            levels.append(other)
        elif levels:
            break
    if not levels:
        return head
    level = max(levels, key=_year)
    own = bool(head.exprs) or head.measure == "avg_growth_rate"  # an average is over all years of the table
    exprs, at_end = (head.exprs, head.at_end) if own else (level.exprs, level.at_end)
    words = head.words if head.words or head.measure == "share" else level.words
    return head._replace(words=words, exprs=exprs, at_end=at_end)


def _year(heading: Heading) -> int:
    """The year of a head; the year before for 上年同期, and 0 for one without a year."""
    years = [expr.last for expr in heading.exprs if expr.anchor == "absolute"]
    earlier = any(expr.anchor == "same_period" or expr.first < 0 for expr in heading.exprs)
    return years[-1] if years else -int(earlier)


def split_unit(words: str, unit_of: UnitOf) -> tuple[str, Quantity | None]:
    """Words and the unit at their end: in brackets, as % or ‰, or after a blank or a comma."""
    bracket = _BRACKET.search(words)
    if bracket:
        for part in _LIST.split(bracket[1]):
            if unit := unit_of(_SIGN.sub("", part)):
                return words[: bracket.start()].rstrip(), unit
        return words, None
    trailing = _TRAILING.search(words)
    if trailing and trailing.start():
        return _SIGN.sub("", words[: trailing.start()]).rstrip("±+-（( "), unit_of(trailing[1])
    for mark in (" ", "，", ",", "/", "："):
        left, _, right = words.rpartition(mark)
        if left and (unit := unit_of(right)):
            return left, unit
    whole = unit_of(words)
    return ("", whole) if whole else (words, None)


def _exprs(field: Field) -> tuple[TimeExpr, ...]:
    """The time expressions of a field; a bare number is a year."""
    if field.exprs or field.amount is None:
        return field.exprs
    year = int(field.amount.low)
    start, end = field.amount.start, field.amount.end
    return (TimeExpr(start, end, "absolute", year, year, "", 0, 0, 0, ("table.year",)),)


def _joined(above: Heading, below: Heading) -> Heading:
    """The heading of a head below another one: it says more, and what it does not say holds from above."""
    words = above.words + below.words if below.words not in above.words else above.words
    return Heading(
        words,
        below.unit or above.unit,
        above.exprs + below.exprs,
        below.measure or above.measure,
        below.sign if below.measure else above.sign,
        below.basis if below.measure else above.basis,
        below.price_basis or above.price_basis,
        below.at_end or above.at_end,
        below.status or above.status,
        above.rules + below.rules,
    )


def _trimmed(words: str) -> str:
    return _EMPTY_BRACKETS.sub("", " ".join(words.split())).strip(_EDGES)
