"""Numerals → quantities: each with its unit and printed sign; ranges joined, ratio lists and lists grouped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from indicator_extract.lexicon import Lexicon, character_class, trie
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Numeral, Quantity, Span, Unit
from indicator_extract.numeral_words import numeral_words
from indicator_extract.quantity_groups import Grouper, Item
from indicator_extract.unit_reader import UnitReader

REACH = 40  # characters of a list of divisions before a number


class QuantityReader:
    """Reads quantities with the units and numeral words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon_units, self._classifiers = lexicon.units, lexicon.classifiers
        self._words = numeral_words(lexicon)
        self._minus_ends = frozenset(word[-1] for word in self._words.minus)
        self._divisions, self._governed = lexicon.cues("division"), lexicon.cues("division_before")
        self._piece = next((lexicon.units[word] for word in sorted(self._words.general_classifier)), None)
        self._units = UnitReader(lexicon, self._words)
        minus = character_class(self._minus_ends)
        self._upper = compiled(rf"{trie(self._words.range_mark)}{minus}?[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?")
        self._grouper = Grouper(self._words, lexicon)

    def read(self, text: str, numerals: Sequence[Numeral], taken: Sequence[Span] = ()) -> list[Quantity]:
        """The quantities of a text in order, none overlapping another; every numeral lies in exactly one of them.

        None overlaps a span in `taken` (sorted, as given to the reader of numerals).
        """
        items: list[Item] = []
        others = sorted([*(Span(numeral.start, numeral.end) for numeral in numerals), *taken])
        end = -1  # of the quantity before
        for numeral in numerals:
            if numeral.start < end:  # inside the unit before it: 年一遇, /10万
                continue
            quantity = self._signed(text, end, self._single(text, numeral, others))
            end = quantity.end
            items.append(Item(quantity, numeral.scale))
        return self._grouper.grouped(text, items)

    def _single(self, text: str, numeral: Numeral, others: Sequence[Span]) -> Quantity:
        """The quantity of one numeral with its unit, which ends inside none of the others: 31m20 is no 31 m2."""
        unit, more, end = self._lexicon_units.get(numeral.unit), numeral.more, numeral.end
        rules: tuple[str, ...] = (numeral.rule, unit.id) if unit else (numeral.rule,)
        match = None if numeral.unit else self._units.read(text, end)
        if match and not _ends_inside(others, match.end):
            end, unit, inside, unit_rules = match
            more, rules = more or inside, (numeral.rule, *unit_rules)
        elif self._piece and self._counts_divisions(text, numeral):
            unit, rules = self._piece, (numeral.rule, "quantity.division")
        return self._quantity(numeral, unit, more, end, rules)

    def _counts_divisions(self, text: str, numeral: Numeral) -> bool:
        """辖9镇5乡: towns and the like behind such a word are counted without 个."""
        if numeral.unit or self._divisions.match(text, numeral.end) is None:
            return False
        return self._governed.ends(text, max(0, numeral.start - REACH), numeral.start) is not None

    @staticmethod
    def _quantity(numeral: Numeral, unit: Unit | None, more: str, end: int, rules: tuple[str, ...]) -> Quantity:
        return Quantity(
            numeral.start,
            end,
            numeral.value,
            numeral.high,
            unit,
            unit.symbol if unit else numeral.unit,
            numeral.decimals,
            numeral.kind,
            more,
            -1,
            "",
            rules,
            numeral.flags,
        )

    def _signed(self, text: str, left: int, quantity: Quantity) -> Quantity:
        """The quantity with the minus right before it, if there is one; `left` is the end of the quantity before."""
        start = quantity.start
        if text[start - 1 : start] not in self._minus_ends:
            return quantity
        for word in self._words.minus:
            at = start - len(word)
            if at > left and text.startswith(word, at) and self._is_minus(text, at, left, quantity):
                low, high = quantity.low, quantity.high
                below = (-low, None) if high is None else (-high, -low)
                rules = (*quantity.rules, "quantity.minus")
                return quantity._replace(start=at, low=below[0], high=below[1], rules=rules)
        return quantity

    def _is_minus(self, text: str, at: int, left: int, quantity: Quantity) -> bool:
        """Whether the word at `at` is a minus: not the dash of a code, nor the end of a word such as 减负."""
        before = text[at - 1 : at]
        if text[at : quantity.start].isalnum():
            return text[at - 1 : at + 1] not in self._words.no_numbers
        if before.isalnum():
            return not before.isascii() and self._is_measured(text, quantity)
        between = at - 1 == left and before != text[at]  # -5%~-3%, but 5%--8%
        return between or before not in self._words.range_mark

    def _is_measured(self, text: str, quantity: Quantity) -> bool:
        """Whether a number, or the range that it begins (气温-18至20℃), has a unit that counts nothing."""
        unit, upper = quantity.unit, self._upper.match(text, quantity.end)
        if unit is None and upper and (found := self._units.read(text, upper.end())):
            unit = found.unit
        return unit is not None and unit.id not in self._classifiers


def _ends_inside(spans: Sequence[Span], end: int) -> bool:
    """Whether the last span that begins before `end` goes on behind it; one does begin before."""
    return spans[bisect_left(spans, (end,)) - 1].end > end
