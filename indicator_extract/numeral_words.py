"""The numeral words of a lexicon as sets and regular expression sources, for the modules that read numerals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon, trie

ASCII_DIGITS = "0123456789"
ONE = Decimal(1)
PLACES = Decimal("0.0001")  # a fraction that does not end is rounded to this: 三分之一 is 0.3333
_NONE: Mapping[str, str] = {}


def character_class(characters: Iterable[str]) -> str:
    """Regex source of a class of characters; of a class without members where there is none."""
    inside = "".join(re.escape(character) for character in sorted(set(characters)))
    return f"[{inside}]" if inside else "(?!)"


class Worth(NamedTuple):
    """What a word is worth by itself: 一半 is 0.5, 翻番 is 100 %."""

    value: Decimal
    unit: str


class NumeralWords:
    """The words by what they do in a numeral."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.numeral_words
        self.table = table
        self.digit = "".join(word for word in table["digit"] if word not in ASCII_DIGITS)
        self.zero = "".join(word for word, value in table["digit"].items() if value == "0")
        self.scale_values = {w: int(v) for role in ("small_scale", "big_scale") for w, v in table[role].items()}
        self.scale = "".join(self.scale_values)
        self.ten = "".join(word for word, value in self.scale_values.items() if value == 10)
        self.vague = frozenset(table.get("vague", _NONE))
        self.more = frozenset(table.get("more", _NONE))
        self.point = frozenset(table.get("point", _NONE))
        self.tenth = frozenset(table.get("tenth", _NONE))
        self.whole = {word: _worth(text) for word, text in table.get("whole", _NONE).items()}
        self.half = {word: _worth(text) for word, text in table.get("half", _NONE).items()}
        self.doubling = frozenset(table.get("doubling", _NONE))
        self.doubling_verb = tuple(table.get("doubling_verb", _NONE))
        self.denominator = table.get("denominator", _NONE)
        self.fraction = tuple(table.get("fraction", _NONE))
        self.ordinal = frozenset(table.get("ordinal", _NONE))
        self.lookalike = table.get("lookalike", _NONE)
        self.numeral = frozenset(self.digit + self.scale)
        self.whole_starts = frozenset(word[0] for word in (*self.whole, *self.half))
        self.starts = self.numeral | self.vague | self.whole_starts
        self.thousands = character_class(table.get("thousands_mark", _NONE))
        self.minus = tuple(sorted(table.get("minus", _NONE), key=len, reverse=True))
        self.minus_ends = frozenset(word[-1] for word in self.minus)
        self.range_mark, self.list_mark = frozenset(table.get("range_mark", _NONE)), frozenset(table.get("list_mark", _NONE))
        self.origin = frozenset(table.get("from", _NONE))
        self.general_classifier = frozenset(table.get("general_classifier", _NONE))
        self._no_number = lexicon.cues("no_number")
        self.words = frozenset(word for entry in self._no_number.entries for word in entry.words)
        self._unit_words = frozenset(word for word in lexicon.units if word[0] in self.starts)
        self._shapes = self._shapes_by_character()

    @property
    def any_scale(self) -> str:
        """Regex source of one scale character that does not begin another word (千瓦, 百分点)."""
        guard = trie(word for word in self._unit_words if word[0] in self.scale)
        return f"(?:(?!{guard}){character_class(self.scale)})"

    def word_end(self, text: str, at: int) -> int:
        """End of the longest word that is no number and whose first numeral character stands at `at`; 0 if there is none."""
        for before, length in self._shapes.get(text[at], ()):
            start = at - before
            word = text[start : start + length]
            if word in self._unit_words:
                return start + length
            if start >= 0 and word in self.words and (match := self._no_number.match(text, start)):
                return match.end
        return 0

    def _shapes_by_character(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each numeral character: the (offset, length) pairs of the words it is the first numeral character of."""
        shapes: dict[str, set[tuple[int, int]]] = {}
        for word in self.words | self._unit_words:
            before = next((i for i, character in enumerate(word) if character in self.starts), -1)
            if before >= 0:
                shapes.setdefault(word[before], set()).add((before, len(word)))
        return {key: tuple(sorted(found, key=lambda shape: (-shape[1], shape))) for key, found in shapes.items()}


def _worth(text: str) -> Worth:
    """`0.5` or `100 %`."""
    number, _, unit = text.partition(" ")
    return Worth(Decimal(number), unit)


def quotient(over: Decimal, under: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    """The value of a fraction, exact where it ends within twelve digits, else rounded to four places and flagged."""
    exact = over / under
    if len(exact.as_tuple().digits) <= 12:
        return exact, ()
    return exact.quantize(PLACES), ("rounded",)
