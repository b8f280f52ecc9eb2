"""The unit after a numeral: a unit of the lexicon, or one put together of two (元/平方米, 吨标准煤/万元, 台（套）)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Unit
from indicator_extract.numeral_words import ONE, NumeralWords, character_class

_OPENING, _CLOSING = "（(", "）)"


class UnitMatch(NamedTuple):
    """A unit that ends at `end`; `more` is 多 or 余 inside it (3个多月) or at its end (2倍多)."""

    end: int
    unit: Unit
    more: str = ""


class UnitReader:
    """Reads units with one lexicon."""

    def __init__(self, lexicon: Lexicon, words: NumeralWords) -> None:
        self._units, self._words = lexicon.units, words
        self._classifiers = lexicon.classifiers
        self._unit = re.compile(f" {{0,3}}({lexicon.unit_pattern})")
        more = character_class(words.more)
        self._interrupted = re.compile(f" ?{character_class(words.general_classifier)}{more}")
        self._over = re.compile(f" ?/ ?((?:{character_class(words.scale)})*)({lexicon.unit_pattern})")
        self._bracket = re.compile(f"[{_OPENING}]({lexicon.unit_pattern})[{_CLOSING}]")
        self._composed: dict[tuple[str, str, str], Unit] = {}

    def read(self, text: str, at: int) -> UnitMatch | None:
        """The longest unit that begins at `at`, after blanks if there are any."""
        found = self._unit.match(text, at)
        if not found or _runs_on(text, found.end()):
            return None
        unit, end = self._units[found[1]], found.end()
        follows = text[end : end + 1]
        if follows in "/ " and follows and (over := self._over.match(text, end)) and not _runs_on(text, over.end()):
            return UnitMatch(over.end(), self._quotient(unit, over[1], self._units[over[2]]))
        if follows in _OPENING and follows and (bracket := self._bracket.match(text, end)):
            return UnitMatch(bracket.end(), self._either(unit, self._units[bracket[1]]))
        if follows in self._words.more:
            return self._with_more(text, at, end, unit)
        return UnitMatch(end, unit)

    def _with_more(self, text: str, at: int, end: int, unit: Unit) -> UnitMatch:
        """3个多月 and 2倍多: 多 inside the unit, or at its end where no word goes on."""
        if self._interrupted.match(text, at):
            rest = self._unit.match(text, end + 1)
            whole = self._units.get(text[end - 1] + rest[1]) if rest else None
            if rest and whole:
                return UnitMatch(rest.end(), whole, text[end])
        if not text[end + 1 : end + 2].isalnum():
            return UnitMatch(end + 1, unit, text[end])
        return UnitMatch(end, unit)

    def _quotient(self, over: Unit, scale: str, under: Unit) -> Unit:
        """元/平方米: a unit with the symbols, dimensions and relations of both."""
        key = (over.symbol, scale, under.symbol)
        unit = self._composed.get(key)
        if unit is None:
            symbol = f"{over.symbol}/{scale}{under.symbol}"
            unit = self._units.get(symbol) or self._compose(symbol, over, scale, under)
            self._composed[key] = unit
        return unit

    def _compose(self, symbol: str, over: Unit, scale: str, under: Unit) -> Unit:
        dimension, base = f"{over.dimension}/{under.dimension}", f"{over.base}/{under.base}"
        if over.factor is None or under.factor is None:
            return Unit("unit.quotient", symbol, dimension, None, ONE, "")
        factor = ONE
        for character in scale:
            factor *= self._words.scale_values[character]
        divisor: Decimal = over.divisor * under.factor * factor
        return Unit("unit.quotient", symbol, dimension, over.factor * under.divisor, divisor, base)

    def _either(self, one: Unit, other: Unit) -> Unit:
        """台（套）: things that the text counts by two classifiers."""
        symbol = f"{one.symbol}（{other.symbol}）"
        key = (one.symbol, "（", other.symbol)
        unit = self._composed.get(key)
        if unit is None:
            unit = self._units.get(symbol) or Unit("unit.either", symbol, one.dimension, ONE, ONE, symbol)
            self._composed[key] = unit
        return unit


def _runs_on(text: str, end: int) -> bool:
    """Whether a unit in Latin letters is only the beginning of a word (5 Mbps is not 5 M)."""
    last, following = text[end - 1], text[end : end + 1]
    return last.isascii() and last.isalpha() and following.isascii() and following.isalnum()
