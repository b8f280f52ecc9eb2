"""Numerals that begin with a Chinese numeral: 三千六百亿, 一百二十多万, 百分之五点八, 三分之一, 七成五, 翻一番."""

from __future__ import annotations

import re
from decimal import Decimal

from indicator_extract.chinese_numerals import ChineseNumerals, Reading
from indicator_extract.lexicon import Lexicon, character_class, trie
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Numeral
from indicator_extract.numeral_words import ASCII_DIGITS, ONE, NumeralWords, quotient

LONGEST = 40  # characters of a number
MOST_DOUBLINGS = 20


class ChineseForms:
    """Reads numerals that begin with a Chinese numeral, with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon, words: NumeralWords) -> None:
        self._words = words
        self._values = ChineseNumerals(lexicon.numeral_words)
        self._point = compiled(character_class(words.point))
        self._digits = words.digit
        capitals = character_class([*map(chr, words.capitals), *words.numeral])
        self._capitals = compiled(f"{capitals}{{2,{LONGEST}}}")

    @property
    def rest(self) -> str:
        """Regex source of what may follow the first character, with the groups body, point, tail and over."""
        words = self._words
        digit, scale = character_class([*words.digit, ASCII_DIGITS[0]]), words.scale_source
        point, more = character_class(words.point), character_class(words.more)
        body = f"(?:{digit}|{scale}){{0,{LONGEST}}}"
        plain = rf"(?:[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?|(?:{digit}|{scale}){{1,{LONGEST}}}(?:{point}{digit}{{1,9}})?)"
        return (
            f"(?P<body>{body})"
            f"(?:{trie(words.fraction)} ?(?P<over>{plain})"
            f"|(?P<point>{point}{digit}{{1,9}})?(?P<tail>{more}?(?:{scale}){{0,4}}{more}?))"
        )

    def read(self, text: str, match: re.Match[str]) -> Numeral | None:
        """The numeral whose first character a match of `rest` has found, None where it begins no numeral."""
        start = match.start()
        first = text[start]
        if first in self._words.whole_starts and (whole := self._whole(text, start)):
            return self._words.with_more(text, whole)
        if first in self._words.vague:
            return self._vague(match)
        if first in self._words.capital_digits:
            return self._in_capitals(text, start)
        if first not in self._words.numeral:
            return None
        if match["over"]:
            part = self._fraction(text, match)
            return self._words.with_more(text, part) if part else None
        return self._number(text, match)

    def _whole(self, text: str, start: int) -> Numeral | None:
        """A word that is a numeral as it stands: 一半, 翻番; 半 before a unit."""
        for word, (value, unit) in self._words.whole.items():
            if text.startswith(word, start):
                kind = "doubling" if unit else "fraction"
                return Numeral(start, start + len(word), value, 0, kind, "", f"numeral.{kind}", unit=unit)
        for word, (value, unit) in self._words.half.items():
            if text.startswith(word, start) and self._words.unit_follows(text, start + len(word)):
                return Numeral(start, start + len(word), value, 0, "fraction", "", "numeral.fraction", unit=unit)
        return None

    def _fraction(self, text: str, match: re.Match[str]) -> Numeral | None:
        """百分之五点八 is 5.8 %, 三分之一 is 0.3333."""
        start, end, over = match.start(), match.end(), match["over"]
        value, decimals, high = self._decimal(over)
        unit = self._words.denominator.get(text[start : match.start("over")].rstrip())
        if value is None:
            return None
        if unit is not None:
            kind = "digits" if over[0] in ASCII_DIGITS else "chinese"
            return Numeral(start, end, value, decimals, kind, "", "numeral.percentage", high, ONE, unit)
        under = self._values.read(text[start : match.end("body")])
        if under is None or value > under.value or not under.value:
            return None
        share, flags = quotient(value, Decimal(under.value))
        return Numeral(start, end, share, 0, "fraction", "", "numeral.fraction", flags=flags)

    def _decimal(self, word: str) -> tuple[Decimal | None, int, Decimal | None]:
        """Value, decimals and upper end of digits, or of Chinese numerals with a point among them."""
        if word[0] in ASCII_DIGITS:
            return Decimal(word), len(word.partition(".")[2]), None
        whole, *part = self._point.split(word)
        reading = self._values.read(whole)
        if reading is None:
            return None, 0, None
        digits = "".join(str(self._values.digits[character]) for character in part[0]) if part else ""
        high = None if reading.high is None else Decimal(reading.high)
        return Decimal(f"{reading.value}.{digits}" if digits else reading.value), len(digits), high

    def _in_capitals(self, text: str, start: int) -> Numeral | None:
        """叁仟贰佰万: only with a scale word and before a unit, since 陆 and 伍 are in many words."""
        found = self._capitals.match(text, start)
        if found is None or not self._words.unit_follows(text, found.end()):
            return None
        word = found[0].translate(self._words.capitals)
        reading = self._values.read(word) if self._words.scale.intersection(word) else None
        if reading is None:
            return None
        value, scale = Decimal(reading.value), Decimal(reading.scale)
        return Numeral(start, found.end(), value, 0, "chinese", "", "numeral.chinese", None, scale)

    def _vague(self, match: re.Match[str]) -> Numeral | None:
        """几十, 数百: the scale, approximately."""
        start, first = match.start(), match[0][0]
        body = match["body"]
        reading = self._values.read(body) if body and body[0] in self._words.scale else None
        if reading is None:
            return None
        value = Decimal(reading.value)
        return Numeral(start, match.end("body"), value, 0, "chinese", first, "numeral.chinese", None, value)

    def _number(self, text: str, match: re.Match[str]) -> Numeral | None:
        """A number of digits and scale words with what follows it."""
        start, end, point, tail = match.start(), match.end(), match["point"] or "", match["tail"]
        if tail and tail[-1] in self._words.more and not self._words.is_more(text, end - 1):
            end, tail = end - 1, tail[:-1]
        body = text[start : match.end("body")]
        if len(body) > 1 and body[-1] in self._words.not_last and not self._values.is_pair(body):
            body, end, point, tail = body[:-1], match.end("body") - 1, "", ""
        more = "".join(character for character in tail if character in self._words.more)
        if not point:  # 一亿一千多万 is 一亿一千万 and some
            body, tail = body + "".join(character for character in tail if character in self._words.scale), ""
        reading = self._values.read(body)
        if reading is None:
            return Numeral(start, end, Decimal(0), 0, "unreadable", "", "numeral.unreadable")
        if not point and not more and (other := self._counted(text, start, end, reading)):
            return other
        if not point and not reading.value:
            return None
        return self._scaled(start, end, reading, point[1:], tail, more)

    def _scaled(self, start: int, end: int, reading: Reading, part: str, tail: str, more: str) -> Numeral:
        """The number with the digits after its point, and the scale words after those."""
        factor = ONE
        for character in tail:
            factor *= self._words.scale_values.get(character, 1)
        digits = "".join(str(self._values.digits[character]) for character in part)
        value = Decimal(f"{reading.value}.{digits}" if digits else reading.value) * factor
        high = None if reading.high is None else reading.high * factor
        kind = "scale" if reading.bare else "chinese"
        return Numeral(start, end, value, len(digits), kind, more, f"numeral.{kind}", high, reading.scale * factor)

    def _counted(self, text: str, start: int, end: int, reading: Reading) -> Numeral | None:
        """七成, 七成五 and 翻一番: what the character after the number makes of it, with 多 where that follows."""
        mark = text[end : end + 1]
        doubled = mark in self._words.doubling and text.endswith(self._words.doubling_verb, 0, start)
        if doubled and reading.value <= MOST_DOUBLINGS:
            growth = Decimal((2**reading.value - 1) * 100)
            found = Numeral(start, end + 1, growth, 0, "doubling", "", "numeral.doubling", unit="%")
        elif mark in self._words.tenth and reading.value <= 10 and text[end : end + 2] not in self._words.no_numbers:
            found = self._tenths(text, start, end + 1, reading)
        else:
            return None
        return self._words.with_more(text, found)

    def _tenths(self, text: str, start: int, end: int, reading: Reading) -> Numeral:
        """七成 is 70 %, 七成五 75 %, 七八成 70 to 80 %."""
        value, high = Decimal(10 * reading.value), None if reading.high is None else Decimal(10 * reading.high)
        if text[end : end + 1] in self._digits and text[end + 1 : end + 2] not in self._words.numeral:
            value += self._values.digits[text[end]]
            end += 1
        return Numeral(start, end, value, 0, "tenths", "", "numeral.tenths", high, Decimal(10), "%")
