"""Numerals that begin with a digit: 1,100万, 3.87万亿, 1万亿5000万, 180余万, 1/4, 23 971, 2×35万, 8成, l2785万元."""

from __future__ import annotations

import re
from decimal import Decimal

from indicator_extract.lexicon import character_class
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Numeral
from indicator_extract.numeral_words import ONE, NumeralWords, quotient

LONGEST = 30  # digits of a number; a longer run is a code
LONGEST_SCALED = 12  # characters of scale words after digits that have to be put right first
LARGEST_DENOMINATOR = 1000  # a slash before a larger number stands in a code or a date
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){1,4}(?:\.[0-9]{1,8})?(?! ?[0-9.])|[0-9]+(?: \. ?|\. )[0-9]+")
_SLASH = re.compile(r" ?/ ?([0-9]+)(?![0-9./])")
_TIMES = re.compile(r" ?[×xX*] ?(?=[0-9])")
_MIDDLE_DOT = re.compile(r"·([0-9]+)(?![0-9.·])")
_REMARK = re.compile(r"[（(][^（）()0-9\n]{1,15}[）)]")
_DIGITS = re.compile(r"[0-9.]+")
_MARKS = re.compile(r"[^0-9]")


class DigitNumerals:
    """Reads numerals that begin with a digit."""

    def __init__(self, words: NumeralWords) -> None:
        self._words = words
        self._number = compiled(f"[0-9]{self.rest}")
        self._scaled = compiled(f" {{0,2}}(?:{words.scale_source})")
        letters = character_class(words.lookalike)
        self._alike = compiled(rf"(?:[0-9]|{letters})+(?:\.(?:[0-9]|{letters})+)?")
        self._replaced = str.maketrans(dict(words.lookalike))
        self._special = frozenset("/×xX*·. （(") | words.tenth | frozenset(words.lookalike)
        self._scales: dict[str, tuple[Decimal, str]] = {}  # of scale words without digits: a text has few

    @property
    def rest(self) -> str:
        """Regex source of a number after its first digit, with the groups number, scaled and more."""
        words = self._words
        more, scale = character_class(words.more), words.scale_source
        ten = character_class(words.ten)
        scales = f"(?:(?!{ten}){scale}|{ten}(?={character_class(words.scale)})){{1,6}}"
        not_after = character_class([*words.ordinal, "/", ":", "."])
        grouped = f"(?<!{not_after}[0-9])[0-9]{{0,2}}(?:{character_class(words.thousands)}[0-9]{{3}})+(?![0-9])"
        further = rf"(?:[0-9]{{1,8}}(?:\.[0-9]{{1,8}})?{scales}){{0,3}}(?:[0-9]{{3,4}}(?![0-9%A-Za-z]|[.,:][0-9]))?"
        scaled = f"(?: {{0,2}}{more})? {{0,2}}{scales}{further}(?:{more}{scale}{{1,4}})?"
        return rf"(?P<number>(?:{grouped}|[0-9]*)(?:\.[0-9]+)*)(?P<scaled>{scaled})?(?P<more> ?{more})?"

    def read(self, text: str, match: re.Match[str], since: int, limit: int) -> Numeral:
        """The numeral whose first digit a match of `rest` has found; it lies between `since` and `limit`."""
        start, follows = match.start(), text[match.end() : match.end() + 1]
        special = None
        if follows in self._special and match["scaled"] is None and match["more"] is None:
            special = self._read_special(text, match)
        if not special and start > since and text[start - 1] in self._words.lookalike:
            special = self._with_lookalikes(text, start - 1)
        if special and special.end <= limit:
            return special
        if match.end("number") - start > LONGEST:
            return Numeral(start, match.end("number"), Decimal(0), 0, "unreadable", "", "numeral.unreadable")
        return self._plain(text, start, match)

    def _plain(self, text: str, start: int, match: re.Match[str]) -> Numeral:
        digits, scaled, more = text[start : match.end("number")], match["scaled"], match["more"]
        end = match.end()
        if more and not self._words.is_more(text, end - 1):
            end, more = match.start("more"), None
        value, decimals, flags = _decimal(digits)
        if not scaled:
            return _numeral(start, end, value, decimals, ONE, more or "", flags)
        total, scale, inner = self._with_scales(value, scaled)
        return _numeral(start, end, total, decimals, scale, more or inner, flags)

    def _with_scales(self, value: Decimal, scaled: str) -> tuple[Decimal, Decimal, str]:
        """The value with its scale words multiplied out, what they multiply by, and 余, 多 among them."""
        first = _DIGITS.search(scaled)
        if not first:
            factor, more = self._factor(scaled)
            return value * factor, factor, more
        total, number = Decimal(0), value
        for part in re.finditer(r"([^0-9.]+)([0-9.]*)", scaled):
            factor, more = self._factor(part[1])
            total += number * factor
            number = Decimal(part[2] or 0)
        return total + number, ONE, more

    def _factor(self, scaled: str) -> tuple[Decimal, str]:
        known = self._scales.get(scaled)
        if known is None:
            factor, more = ONE, ""
            for character in scaled:
                factor *= self._words.scale_values.get(character, 1)
                more += character if character in self._words.more else ""
            known = self._scales[scaled] = (factor, more)
        return known

    def _measured(self, text: str, end: int) -> bool:
        """Whether a scale word or a unit follows."""
        return self._scaled.match(text, end) is not None or self._words.unit_follows(text, end)

    def _read_special(self, text: str, match: re.Match[str]) -> Numeral | None:
        """Forms in which more than a number with its scale words belongs together."""
        start, end = match.span()
        mark = text[end]
        if mark in self._words.tenth:
            return self._tenths(text, start, end)
        if mark in self._words.lookalike:
            return self._with_lookalikes(text, start)
        if mark == "·":
            return self._with_middle_dot(text, start, end)
        if mark in "（(":
            return self._with_remark(text, start, end)
        if text[start:end].isdigit():
            return self._fraction(text, start, end) or self._product(text, start, end) or self._spaced(text, start)
        return None

    def _tenths(self, text: str, start: int, end: int) -> Numeral | None:
        """8成 is 80 %, 8成多 somewhat more."""
        digits = text[start:end]
        if not digits.isdigit() or len(digits) > 2 or int(digits) > 10 or text[end : end + 2] in self._words.no_numbers:
            return None
        value, ten = 10 * Decimal(digits), Decimal(10)
        tenths = Numeral(start, end + 1, value, 0, "tenths", "", "numeral.tenths", None, ten, "%")
        return self._words.with_more(text, tenths)

    def _fraction(self, text: str, start: int, end: int) -> Numeral | None:
        """1/4, but not a slash in a date, a code or a rate (8/10万)."""
        slash = _SLASH.match(text, end)
        if not slash or slash.end() - start > LONGEST or self._scaled.match(text, slash.end()):
            return None
        over, under = Decimal(text[start:end]), Decimal(slash[1])
        if not over < under <= LARGEST_DENOMINATOR or text[max(start - 1, 0) : start] == "/":
            return None
        value, flags = quotient(over, under)
        return Numeral(start, slash.end(), value, 0, "fraction", "", "numeral.fraction", flags=flags)

    def _product(self, text: str, start: int, end: int) -> Numeral | None:
        """2×35万 is 70万: so many machines of one size."""
        times = _TIMES.match(text, end)
        match = self._number.match(text, times.end()) if times and end - start <= 2 else None
        number = self._plain(text, match.start(), match) if match and match.end() - end < LONGEST else None
        if number is None or not self._measured(text, number.end):
            return None
        return number._replace(start=start, value=int(text[start:end]) * number.value, scale=ONE)

    def _spaced(self, text: str, start: int) -> Numeral | None:
        """23 971户: blanks between groups of three, or at the point, before a unit."""
        spaced = _SPACED.match(text, start)
        if not spaced or not self._measured(text, spaced.end()) or not text[max(start - 1, 0) : start].isalpha():
            return None
        return self._reread(text, start, spaced.end(), spaced[0].replace(" ", ""), "spaced_digits")

    def _with_remark(self, text: str, start: int, end: int) -> Numeral | None:
        """276.38（不含军工）亿元: a remark between the digits and their scale word."""
        remark = _REMARK.match(text, end)
        if not remark or end - start > LONGEST or not self._scaled.match(text, remark.end()):
            return None
        return self._reread(text, start, remark.end(), text[start:end], "")

    def _with_middle_dot(self, text: str, start: int, end: int) -> Numeral | None:
        """19·5％ is 19.5 %; 3·15 is no value."""
        dot = _MIDDLE_DOT.match(text, end)
        if not dot or dot.end() - start > LONGEST:
            return None
        if self._measured(text, dot.end()):
            return self._reread(text, start, dot.end(), f"{text[start:end]}.{dot[1]}", "")
        value = Decimal(f"{_MARKS.sub('', text[start:end])}.{dot[1]}")
        return _numeral(start, dot.end(), value, len(dot[1]), ONE, "", ("suspect_marks",))

    def _with_lookalikes(self, text: str, start: int) -> Numeral | None:
        """l2785万元, 25l亿元: a letter for a digit, where a unit follows and no other letter stands beside it."""
        alike = self._alike.match(text, start, start + LONGEST)
        before = text[start - 1 : start] if start else ""
        if not alike or (before.isascii() and before.isalnum()) or not self._measured(text, alike.end()):
            return None
        return self._reread(text, start, alike.end(), alike[0].translate(self._replaced), "lookalike")

    def _reread(self, text: str, start: int, end: int, digits: str, flag: str) -> Numeral | None:
        """The numeral with its digits as they were meant, and the scale words after `end`."""
        cleaned = f"{digits}{text[end : end + LONGEST_SCALED]}"
        match = self._number.match(cleaned)
        if match is None:
            return None
        number = self._plain(cleaned, 0, match)
        flags = (*number.flags, flag) if flag else number.flags
        return number._replace(start=start, end=end + number.end - len(digits), flags=flags)


def _numeral(
    start: int, end: int, value: Decimal, decimals: int, scale: Decimal, more: str, flags: tuple[str, ...]
) -> Numeral:
    return Numeral(start, end, value, decimals, "digits", more.strip(), "numeral.digits", None, scale, "", flags)


def _decimal(digits: str) -> tuple[Decimal, int, tuple[str, ...]]:
    """Value, decimals and flags of digits with thousands marks and points. Several points cannot all be right."""
    if digits.isdigit():
        return Decimal(digits), 0, ()
    whole, *parts = digits.split(".")
    whole = _MARKS.sub("", whole)
    flags = ("suspect_marks",) if len(parts) > 1 else ()
    return (Decimal(f"{whole}.{parts[0]}"), len(parts[0]), flags) if parts else (Decimal(whole), 0, flags)
