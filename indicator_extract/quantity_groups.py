"""Quantities that belong together: ranges become one; ratio lists and lists with a common unit become groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from indicator_extract.chinese_numerals import is_pair
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import COLONS, Quantity, Unit
from indicator_extract.numeral_words import ASCII_DIGITS, ONE, NumeralWords

LINK = 6  # characters between two numbers that belong together at most, blanks included
LOOK_BACK = 12  # characters before a range in which 从, 由 or 分别 makes two numbers of it
HOURS, MINUTES = 24, 60
WHOLE = range(99, 102)  # what the parts of a structure sum to when they are rounded
LARGEST_TERM = 1000  # a larger number beside a colon is no term of a ratio
TEN, MYRIAD = Decimal(10), Decimal(10_000)  # 十, 万; from 万 on, a scale is a power of it with 十, 百 or 千
WIDEST_LIST = 100  # members of a list that share a scale word differ by less than this factor
PERCENT = frozenset({"percent", "permille"})
_NO_WORD = re.compile(r"\W")


class Item(NamedTuple):
    """A quantity and what the last scale words of its numeral multiply by."""

    quantity: Quantity
    scale: Decimal


class Grouper:
    """Joins and groups the quantities of texts with the numeral words of one lexicon."""

    def __init__(self, words: NumeralWords, lexicon: Lexicon) -> None:
        self._words, self._classifiers = words, lexicon.classifiers
        self._respectively = lexicon.cues("respectively")

    def grouped(self, text: str, items: Sequence[Item]) -> list[Quantity]:
        """The quantities in order, joined and grouped; together they cover what the items cover."""
        numbers = count()
        joined: list[Item] = []
        at = 0
        while at < len(items):
            end = at + 1
            while end < len(items) and _mark(text, items[end - 1], items[end]) in COLONS:
                end += 1
            run = items[at:end]
            if len(run) > 1:
                joined += _ratio(text, run, numbers)
            else:
                self._append(text, joined, run[0])
            at = end
        return self._with_common_units(text, joined, numbers)

    def _append(self, text: str, joined: list[Item], item: Item) -> None:
        """Add an item, or make it the upper end of the range that the last one begins."""
        mark = _mark(text, joined[-1], item) if joined else ""
        whole = self._range(text, mark, joined[-1], item) if mark else None
        if whole:
            joined[-1] = Item(whole, item.scale)
        else:
            joined.append(item)

    def _range(self, text: str, mark: str, left: Item, right: Item) -> Quantity | None:
        """5%—5.5%, 3至5家, 零下18至20℃ and 二、三百亿度 as one quantity; None where the two are two numbers."""
        one, other = left.quantity, right.quantity
        if one.group_kind or one.high is not None or not _have_one_unit(one, other):
            return None
        if mark in self._words.range_mark and not self._is_course(text, one.start) and not _is_code(text, one.start):
            low, high = self._ends(text, left, right)
        elif mark in self._words.list_mark and self._is_chinese_pair(text, left, right):
            low = one.low * right.scale
            high = other.low + (one.low - one.low % TEN) * right.scale  # of 十五、六万 10 is the other's too
        else:
            return None
        return _joined(one, other, low, high) if low < high else None

    def _ends(self, text: str, left: Item, right: Item) -> tuple[Decimal, Decimal]:
        """Both ends of a range; where one is below zero, the first may be the higher one (-5%～-8%, 3至-5℃)."""
        low, other = _lent(left, right), right.quantity
        high = other.low if other.high is None else other.high
        if text.startswith(self._words.minus_of_both, left.quantity.start):
            high = -abs(high)
        return (high, low) if high < min(low, Decimal(0)) else (low, high)

    def _is_chinese_pair(self, text: str, left: Item, right: Item) -> bool:
        """二、三百 is 200 to 300, 三、五个 3 to 5, 十五、六万 150,000 to 160,000; of 一、二类 none."""
        one, other = left.quantity, right.quantity
        if one.kind != "chinese" or other.kind != "chinese" or one.unit is not None:
            return False
        unit = other.unit
        counted = unit is not None and (
            unit.id not in self._classifiers or unit.symbol in self._words.general_classifier
        )
        if not (counted or right.scale != ONE) or not is_pair(one.low % TEN, other.low / right.scale):
            return False
        return not self._goes_on(text, one.start) and not self._is_shared_out(text, one.start)

    def _goes_on(self, text: str, start: int) -> bool:
        """Whether a number begins a line, is ranked or is the next one of a list: 第三、四百户, 二、三、四百元."""
        before = text[start - 1 : start]
        listed = before in self._words.list_mark and text[start - 2 : start - 1] in self._words.numeral
        return listed or before in self._words.ordinal or (start > 0 and _begins_line(text, start))

    def _is_shared_out(self, text: str, start: int) -> bool:
        """Whether 分别 stands before, in the same clause: 分别投入三、五百元 states two numbers."""
        return self._respectively.search(text, start - len(_clause_before(text, start)), start) is not None

    def _is_course(self, text: str, start: int) -> bool:
        """Whether 从 or 由 stands before, in the same clause: 从5%到6% states two numbers."""
        clause = _clause_before(text, start)
        return any(word in clause for word in self._words.origin)

    def _with_common_units(self, text: str, items: Sequence[Item], numbers: count[int]) -> list[Quantity]:
        """增长3.1、5.2和6.7个百分点: the members before the unit take it."""
        result: list[Quantity] = []
        first = 0  # of the members so far that wait for a unit
        for at, item in enumerate(items):
            if at > first and _mark(text, items[at - 1], item) not in self._words.list_mark:
                first = at
            result.append(item.quantity)
            unit = item.quantity.unit
            if at > first and unit is not None and _completes(items[first:at], item, unit):
                group = next(numbers)
                result[first:] = [_sharing(member, item, unit, group) for member in items[first : at + 1]]
                first = at + 1
            elif not self._may_wait(text, item.quantity):
                first = at + 1
        return result

    def _may_wait(self, text: str, quantity: Quantity) -> bool:
        """Whether a number may be in a list whose unit is still to come: no rank, no code, no number of a heading."""
        if quantity.unit is not None and quantity.unit.symbol not in self._words.general_classifier:
            return False
        before = text[quantity.start - 1 : quantity.start]
        if quantity.group_kind or before in self._words.ordinal or (before.isascii() and before.isalpha()):
            return False
        return quantity.kind == "digits" or (quantity.kind == "chinese" and not _begins_line(text, quantity.start))


def _begins_line(text: str, start: int) -> bool:
    """Whether only blanks stand before a number in its line: then it is one of a heading (三、五百万亩良田)."""
    _, newline, blanks = text[max(0, start - LOOK_BACK) : start].rpartition("\n")
    return not blanks.strip() and (bool(newline) or not start)


def _clause_before(text: str, start: int) -> str:
    """The end of what stands before a number in its clause."""
    return _NO_WORD.split(text[max(0, start - LOOK_BACK) : start])[-1]


def _completes(members: Sequence[Item], last: Item, unit: Unit) -> bool:
    """Whether the last item brings the unit that its members wait for or have begun: 12.7个、12个百分点."""
    in_digits = last.quantity.kind == "digits"
    if any((member.quantity.kind == "digits") != in_digits for member in members):
        return False
    begun = {member.quantity.unit_text for member in members}
    return all(unit.symbol != word and unit.symbol.startswith(word) for word in begun)


def _mark(text: str, left: Item, right: Item) -> str:
    """What stands between two quantities, without blanks; empty where they are far apart or on two lines."""
    start, end = left.quantity.end, right.quantity.start
    if end - start > LINK:
        return ""
    between = text[start:end]
    return "" if "\n" in between else between.strip()


def _have_one_unit(one: Quantity, other: Quantity) -> bool:
    """Whether both ends of a range have one unit: printed twice, at the upper end, or as % at the lower one."""
    if one.unit is None or one.unit_text == other.unit_text:
        return True
    return other.unit is None and one.unit.dimension in PERCENT


def _joined(one: Quantity, other: Quantity, low: Decimal, high: Decimal) -> Quantity:
    unit = other.unit or one.unit
    return one._replace(
        end=other.end,
        low=low,
        high=high,
        unit=unit,
        unit_text=unit.symbol if unit else "",
        decimals=max(one.decimals, other.decimals),
        more=other.more or one.more,
        rules=(*dict.fromkeys((*one.rules, *other.rules)), "quantity.range"),
        flags=tuple(dict.fromkeys((*one.flags, *other.flags))),
    )


def _lent(left: Item, right: Item) -> Decimal:
    """The lower end with the scale word of the upper one where it has none: 3至5万."""
    low = left.quantity.low
    lent = low * _lendable(left, right)
    return lent if left.quantity.unit is None and lent < right.quantity.low else low


def _lendable(taker: Item, giver: Item) -> Decimal:
    """What a number takes of the scale words of another: 3至5万, 三到五百万; of 二十到三十万 万, of 一至三十 none."""
    number, scale = taker.quantity, giver.scale
    if number.kind != "digits" and taker.scale < MYRIAD <= scale and number.low >= TEN:
        return MYRIAD ** (scale.adjusted() // MYRIAD.adjusted())
    is_ten = scale == TEN and giver.quantity.kind == "chinese"
    return ONE if taker.scale != ONE or is_ten else scale


def _is_code(text: str, start: int) -> bool:
    """Whether a number begins with a zero that is not its whole part: 0451-84541585."""
    return text[start] == "0" and text[start + 1] in ASCII_DIGITS


def _sharing(member: Item, last: Item, unit: Unit, group: int) -> Quantity:
    """A member of a list with the unit, and where it has none the scale word, of the last one."""
    quantity = member.quantity
    low, high = quantity.low, quantity.high
    scale = _lendable(member, last)
    if low * scale < WIDEST_LIST * last.quantity.low:
        low, high = low * scale, None if high is None else high * scale
    return quantity._replace(
        low=low,
        high=high,
        unit=unit,
        unit_text=unit.symbol,
        group=group,
        group_kind="shared_unit",
        rules=tuple(dict.fromkeys((*quantity.rules, unit.id, "quantity.shared_unit"))),
    )


def _ratio(text: str, run: Sequence[Item], numbers: count[int]) -> list[Item]:
    """The terms of a ratio list as a group, a clock time as one quantity, else the numbers as they are."""
    quantities = [item.quantity for item in run]
    first, last = quantities[0], quantities[-1]
    if _is_clock(text, quantities):
        return [Item(first._replace(end=last.end, kind="clock", rules=("quantity.clock",)), ONE)]
    if not all(_is_term(quantity) for quantity in quantities):
        return list(run)
    group = next(numbers)
    return [
        Item(q._replace(group=group, group_kind="ratio", rules=(*q.rules, "quantity.ratio")), ONE) for q in quantities
    ]


def _is_term(quantity: Quantity) -> bool:
    plain = quantity.kind == "digits" and not quantity.more and quantity.low < LARGEST_TERM
    return plain and (quantity.unit is None or quantity.unit.dimension == "percent")


def _is_clock(text: str, quantities: Sequence[Quantity]) -> bool:
    """09:45:30 or 8:30, but not 12:45:43, whose parts make a whole."""
    printed = [text[q.start : q.end] for q in quantities]
    if len(printed) > 3 or not all(part.isdigit() for part in printed):
        return False
    if any(len(part) != 2 for part in printed[1:]):
        return False
    hour, *rest = (int(part) for part in printed)
    return hour <= HOURS and all(part < MINUTES for part in rest) and hour + sum(rest) not in WHOLE
