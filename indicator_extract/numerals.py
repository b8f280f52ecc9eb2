"""View → numerals: every number as printed, digits and Chinese numerals, in one pass over the text.

Every run of digits ends in a numeral. A Chinese numeral is a candidate wherever it is not part of a word that the
lexicon lists as no number (统一, 一些): whether it counts anything is decided later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicator_extract.chinese_forms import ChineseForms
from indicator_extract.digit_numerals import DigitNumerals
from indicator_extract.lexicon import Lexicon, character_class
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Numeral, Span, TimeExpr
from indicator_extract.numeral_words import ASCII_DIGITS, numeral_words


class NumeralReader:
    """Reads numerals with the numeral words and units of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = numeral_words(lexicon)
        self._digits = DigitNumerals(self._words)
        self._chinese = ChineseForms(lexicon, self._words)
        # A class of characters first: only then does the search skip quickly over the text between numbers.
        first = character_class([*ASCII_DIGITS, *self._words.starts])
        self._pattern = compiled(f"{first}(?:(?<=[0-9]){self._digits.rest}|(?<![0-9]){self._chinese.rest})")

    def scan(self, text: str, taken: Sequence[Span | TimeExpr] = ()) -> list[Numeral]:
        """The numerals of `text` in order, none overlapping another or a span in `taken` (sorted, not overlapping)."""
        found: list[Numeral] = []
        start = 0
        for span in taken:
            found.extend(self._between(text, start, span.start))
            start = span.end
        found.extend(self._between(text, start, len(text)))
        return found

    def _between(self, text: str, start: int, end: int) -> Iterator[Numeral]:
        """The numerals that lie between two taken spans."""
        search = self._pattern.search
        while match := search(text, start, end):
            at = match.start()
            if text[at] in ASCII_DIGITS:
                numeral: Numeral | None = self._digits.read(text, match, start, end)
            elif match["over"] is None and start < (word_end := self._words.no_number_end(text, at)):
                start = word_end
                continue
            else:
                numeral = self._chinese.read(text, match)
                if numeral and numeral.end > end:  # 成 or 番 is taken
                    numeral = self._chinese.read(text[:end], match)
            start = numeral.end if numeral else at + 1
            if numeral:
                yield numeral
