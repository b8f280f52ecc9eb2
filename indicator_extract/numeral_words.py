"""The numeral words of a lexicon as sets and regular expression sources, for the modules that read numerals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon, character_class, trie
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Numeral

ASCII_DIGITS = "0123456789"
ONE = Decimal(1)
PLACES = Decimal("0.0001")  # a fraction that does not end is rounded to this: 三分之一 is 0.3333
BLANKS = 3
EXACT_DIGITS = 12  # a fraction with more digits is taken not to end


class Worth(NamedTuple):
    """What a word is worth by itself: 一半 is 0.5, 翻番 is 100 %."""

    value: Decimal
    unit: str


@lru_cache(maxsize=2)
def numeral_words(lexicon: Lexicon) -> NumeralWords:
    """The words of a lexicon, made once for all that read numerals."""
    return NumeralWords(lexicon)


class NumeralWords:
    """The words by what they do in a numeral; `patterns/numerals.toml` says what each role means."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.numeral_words

        def words(role: str) -> frozenset[str]:
            return frozenset(table.get(role, ()))

        self.scale_values = {w: int(v) for role in ("small_scale", "big_scale") for w, v in table[role].items()}
        self.digit, self.scale = words("digit") - frozenset(ASCII_DIGITS), frozenset(self.scale_values)
        self.ten = frozenset(word for word, value in self.scale_values.items() if value == 10)
        self.numeral = self.digit | self.scale
        self.not_last, self.point, self.fraction = words("not_last"), words("point"), words("fraction")
        self.vague, self.more = words("vague"), words("more")
        self.tenth, self.doubling = words("tenth"), words("doubling")
        self.doubling_verb = tuple(words("doubling_verb"))
        self.denominator, self.lookalike = table.get("denominator", {}), table.get("lookalike", {})
        self.whole = {word: _worth(text) for word, text in table.get("whole", {}).items()}
        self.half = {word: _worth(text) for word, text in table.get("half", {}).items()}
        self.whole_starts = frozenset(word[0] for word in (*self.whole, *self.half))
        self.capitals = {ord(word): plain for word, plain in table.get("capital", {}).items()}
        self.capital_digits = frozenset(w for w, plain in table.get("capital", {}).items() if plain[0] in self.digit)
        self.starts = self.numeral | self.vague | self.whole_starts | self.capital_digits
        self.thousands, self.ordinal, self.origin = words("thousands_mark"), words("ordinal"), words("from")
        self.minus = tuple(sorted(words("minus"), key=len, reverse=True))
        self.minus_of_both = tuple(word for word, of in table.get("minus", {}).items() if of == "both")
        self.range_mark, self.list_mark = words("range_mark"), words("list_mark")
        self.general_classifier = words("general_classifier")
        self._more_before_unit = frozenset(word for word, needs in table.get("more", {}).items() if needs)
        self._no_number = lexicon.cues("no_number")
        self.no_numbers = self._no_number.words
        self._unit_words = frozenset(word for word in lexicon.units if word[0] in self.starts)
        self._shapes = self._shapes_by_character()
        self._unit = compiled(lexicon.unit_pattern)
        self._begun = compiled(trie(word for word in self.no_numbers if word[0] in self.more))

    @property
    def scale_source(self) -> str:
        """Regex source of one scale character that does not begin a unit (千瓦, 百分点)."""
        units = trie(word for word in self._unit_words if word[0] in self.scale)
        return f"(?:(?!{units}){character_class(self.scale)})"

    def unit_follows(self, text: str, at: int) -> bool:
        """Whether a unit begins at `at`, after blanks if there are any."""
        return self._unit.match(text, past_blanks(text, at)) is not None

    def is_more(self, text: str, at: int) -> bool:
        """Whether 余, 多, 几 or 来 at `at`, after a number, belongs to it and begins no other word (余额, 多措并举)."""
        if self.unit_follows(text, at + 1):
            return True
        if text[at] in self._more_before_unit and text[at + 1 : at + 2].isalnum():
            return False
        return not self._begun.match(text, at)

    def with_more(self, text: str, numeral: Numeral) -> Numeral:
        """The numeral with 多 or 余 behind it, where that belongs to it: 七成多, 翻一番多."""
        more = text[numeral.end : numeral.end + 1]
        if more in self.more and self.is_more(text, numeral.end):
            return numeral._replace(end=numeral.end + 1, more=more)
        return numeral

    def no_number_end(self, text: str, at: int) -> int:
        """End of the longest word that is no number and has its first numeral character at `at`; 0 where none is."""
        for before, length in self._shapes.get(text[at], ()):
            start = at - before
            word = text[start : start + length]
            if word in self._unit_words:
                return start + length
            if start >= 0 and word in self.no_numbers and (match := self._no_number.match(text, start)):
                return match.end
        return 0

    def _shapes_by_character(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each numeral character, (offset, length) of the words in which it is the first one, longest first."""
        shapes: dict[str, set[tuple[int, int]]] = {}
        for word in self.no_numbers | self._unit_words:
            before = next((i for i, character in enumerate(word) if character in self.starts), -1)
            if before >= 0:
                shapes.setdefault(word[before], set()).add((before, len(word)))
        return {key: tuple(sorted(found, key=lambda shape: (-shape[1], shape))) for key, found in shapes.items()}


def past_blanks(text: str, at: int) -> int:
    """The place after at most `BLANKS` blanks: a line that was cut leaves some between a number and its unit."""
    if not text.startswith(" ", at):  # as mostly
        return at
    end = at + 1
    while end - at < BLANKS and text.startswith(" ", end):
        end += 1
    return end


def quotient(over: Decimal, under: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    """The value of a fraction, exact where it ends, else rounded to four places and flagged."""
    exact = over / under
    if len(exact.as_tuple().digits) <= EXACT_DIGITS:
        return exact, ()
    return exact.quantize(PLACES), ("rounded",)


def _worth(text: str) -> Worth:
    """From `0.5` or `100 %`."""
    number, _, unit = text.partition(" ")
    return Worth(Decimal(number), unit)
