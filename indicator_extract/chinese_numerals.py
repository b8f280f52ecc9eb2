"""A word of Chinese numerals → its value: 四百二十七亿四千万, 三千六, 二〇二〇, 两三, 十五六, 百亿.

The words and their values come from the lexicon (roles digit, small_scale, big_scale).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import prod
from typing import NamedTuple

SHORTENED_FROM = 100  # a last digit right after 百 or a larger scale stands for tenths of it: 三千六 is 3600


class Reading(NamedTuple):
    """What a word says; all values are zero or more."""

    value: int
    high: int | None = None  # upper end of a pair (两三 is 2 to 3)
    scale: int = 1  # what its last scale words multiply by
    bare: bool = False  # scale words only: 百亿


class _Section:
    """The part of a number below its next big scale: a state of `ChineseNumerals.cardinal`."""

    def __init__(self) -> None:
        self.value = 0
        self.pending: int | None = None  # a digit whose scale is still to come
        self.last_scale = 0  # 0: none yet
        self.after_zero = False

    def digit(self, digit: int) -> bool:
        if digit == 0:
            self.after_zero = True
            return self.pending is None
        if self.pending is not None:
            return False
        self.pending = digit
        return True

    def small_scale(self, scale: int) -> bool:
        bare_is_clear = scale == 10 or not self.value
        if (self.last_scale and scale >= self.last_scale) or (self.pending is None and not bare_is_clear):
            return False
        self.value += (1 if self.pending is None else self.pending) * scale
        self.pending, self.last_scale, self.after_zero = None, scale, False
        return True

    def rest(self, scale: int) -> int:
        """What a last digit stands for, `scale` being the last scale word of the whole number."""
        if self.pending is None:
            return 0
        shortened = scale >= SHORTENED_FROM and not self.after_zero
        return self.pending * (scale // 10 if shortened else 1)


class ChineseNumerals:
    """Reads words of Chinese numerals with the numeral words of one lexicon."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self.digits = {word: int(value) for word, value in words["digit"].items()}
        self.small = {word: int(value) for word, value in words["small_scale"].items()}
        self.big = {word: int(value) for word, value in words["big_scale"].items()}
        self.scales = self.small | self.big

    def read(self, word: str) -> Reading | None:
        """The value of a word of digits and scale words, None where it is no number (十百千万, 一二三)."""
        if all(character in self.digits for character in word):
            return self._digit_by_digit(word)
        bare = all(character in self.scales for character in word) and self.scales[word[0]] > 10
        value, high = self.cardinal(word), None
        if value is None:
            value, high = self._pair_inside(word)
        return None if value is None else Reading(value, high, self._last_scale(word), bare)

    def is_pair(self, word: str) -> bool:
        """Whether a word is two digits that follow each other: 两三."""
        return len(word) == 2 and is_pair(*(self.digits.get(character, 0) for character in word))

    def cardinal(self, word: str) -> int | None:
        """The value of a word that is read by its scale words, None where they are out of order."""
        total, section, last_big, scale = 0, _Section(), 0, 0
        for character in word:
            if character in self.digits:
                fits = section.digit(self.digits[character])
            elif character in self.small:
                scale = self.small[character]
                fits = section.small_scale(scale)
            else:
                scale = self.big[character]
                total = self._with_big_scale(total, section, scale, last_big)
                last_big, section, fits = scale, _Section(), True
            if not fits:
                return None
        return total + section.value + section.rest(scale)

    @staticmethod
    def _with_big_scale(total: int, section: _Section, scale: int, last_big: int) -> int:
        """The total after 万 or 亿: it takes its own section, or all that is before it (三万亿)."""
        amount = section.value + (section.pending or 0)
        if not amount:
            return (total or 1) * scale
        if scale >= last_big:
            return (total + amount) * scale
        return total + amount * scale

    def _digit_by_digit(self, word: str) -> Reading | None:
        """一 is 1, 二〇二〇 is 2020, 两三 is 2 to 3; other short runs of digits are no number (一二三)."""
        digits = [self.digits[character] for character in word]
        if len(digits) == 1:
            return Reading(digits[0])
        if self.is_pair(word):
            return Reading(digits[0], digits[1])
        if len(digits) < 4 and 0 not in digits:
            return None
        return Reading(int("".join(map(str, digits))))

    def _pair_inside(self, word: str) -> tuple[int | None, int | None]:
        """Both ends of a number with two digits that follow each other at one place: 十五六, 七八百, 三四十."""
        for at in range(len(word) - 1):
            first, second = (self.digits.get(character) for character in word[at : at + 2])
            if first and second:
                low, high = (self.cardinal(word[: at + skip] + word[at + skip + 1 :]) for skip in (1, 0))
                if low is not None and is_pair(first, second):
                    return low, high
                return None, None
        return None, None

    def _last_scale(self, word: str) -> int:
        """The product of the scale words that end a word; of several digits (二十三万), only of the big ones."""
        head = word.rstrip("".join(self.scales))
        if len(head) > 1:
            head = word.rstrip("".join(self.big))
        return prod(self.scales[character] for character in word[len(head) :])


def is_pair(first: int | Decimal, second: int | Decimal) -> bool:
    """Whether two digits, as 两三 or 三五, say from the one to the other."""
    return 0 < first == second - 1 or (first, second) == (3, 5)
