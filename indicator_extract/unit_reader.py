"""The unit after a numeral: a unit of the lexicon, or one put together of two (元/平方米, 吨标准煤/万元, 台（套）)."""

from __future__ import annotations

from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Unit
from indicator_extract.numeral_words import ONE, NumeralWords, past_blanks

RATES = frozenset({"percent", "permille", "times"})
_BRACKETS = {"（": "）", "(": ")"}


class UnitMatch(NamedTuple):
    """A unit that ends at `end`; `more` is 多 or 余 inside it (3个多月) or at its end (2倍多)."""

    end: int
    unit: Unit
    more: str
    rules: tuple[str, ...]  # ids of the unit and of its parts


class UnitReader:
    """Reads units with one lexicon."""

    def __init__(self, lexicon: Lexicon, words: NumeralWords) -> None:
        self._units, self._words = lexicon.units, words
        self._unit = compiled(lexicon.unit_pattern)

    def read(self, text: str, at: int) -> UnitMatch | None:
        """The longest unit that begins at `at`, after blanks if there are any."""
        at = past_blanks(text, at)
        found = self._unit.match(text, at)
        if not found or _runs_on(text, found.end()):
            return None
        unit, end = self._units[found[0]], found.end()
        follows = text[end : end + 1]
        special = None
        if follows in self._words.more:
            special = self._with_more(text, at, end, unit)
        elif follows in _BRACKETS:
            special = self._either(text, end, unit)
        elif follows in ("/", " "):
            special = self._quotient(text, end, unit)
        return special or UnitMatch(end, unit, "", (unit.id,))

    def _with_more(self, text: str, at: int, end: int, unit: Unit) -> UnitMatch | None:
        """3个多月 and 2倍多: 多 inside the unit, or at its end where no word goes on (behind a rate, where one may)."""
        if text[at:end] in self._words.general_classifier:
            rest = self._unit.match(text, end + 1)
            whole = self._units.get(text[at:end] + rest[0]) if rest else None
            if rest and whole:
                return UnitMatch(rest.end(), whole, text[end], (whole.id,))
        follows = text[end + 1 : end + 2].isalnum()
        if follows and not (unit.dimension in RATES and self._words.is_more(text, end)):
            return None
        return UnitMatch(end + 1, unit, text[end], (unit.id,))

    def _either(self, text: str, end: int, unit: Unit) -> UnitMatch | None:
        """台（套）: things that the text counts by two classifiers."""
        found = self._unit.match(text, end + 1)
        if not found or text[found.end() : found.end() + 1] != _BRACKETS[text[end]]:
            return None
        other = self._units[found[0]]
        symbol = f"{unit.symbol}（{other.symbol}）"
        either = Unit("unit.either", symbol, unit.dimension, ONE, ONE, symbol)
        return UnitMatch(found.end() + 1, either, "", (either.id, unit.id, other.id))

    def _quotient(self, text: str, end: int, unit: Unit) -> UnitMatch | None:
        """元/平方米, 吨标准煤/万元: the symbols, dimensions and relations of both."""
        at = past_blanks(text, end)
        if text[at : at + 1] != "/":
            return None
        at = first = past_blanks(text, at + 1)
        while (found := self._unit.match(text, at)) is None:
            if text[at : at + 1] not in self._words.scale_values:
                return None
            at += 1
        if _runs_on(text, found.end()):
            return None
        under = self._units[found[0]]
        symbol = f"{unit.symbol}/{text[first:at]}{under.symbol}"
        whole = self._units.get(symbol) or self._compose(symbol, unit, text[first:at], under)
        return UnitMatch(found.end(), whole, "", (whole.id, unit.id, under.id))

    def _compose(self, symbol: str, over: Unit, scale: str, under: Unit) -> Unit:
        dimension = f"{over.dimension}/{under.dimension}"
        if over.factor is None or under.factor is None:
            return Unit("unit.quotient", symbol, dimension, None, ONE, "")
        divisor = over.divisor * under.factor
        for character in scale:
            divisor *= self._words.scale_values[character]
        base = f"{over.base}/{under.base}"
        return Unit("unit.quotient", symbol, dimension, over.factor * under.divisor, divisor, base)


def _runs_on(text: str, end: int) -> bool:
    """Whether a unit in Latin letters is only the beginning of a word (5 Mbps is not 5 M)."""
    last, following = text[end - 1], text[end : end + 1]
    return last.isascii() and last.isalpha() and following.isascii() and following.isalnum()
