"""View → time expressions: every mention of a time, still symbolic (今年, 2014年末, “十三五”期间, 五年来, 1-11月).

They are read before the numerals, so that they own their digits. Which of them governs which number, and what 今年
means in this document, is decided later (`attribution/dating.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.model import TimeExpr

FIRST_PLAN_YEARS = {1: (1953, 1957), 2: (1958, 1962)}
"""Three years of adjustment came after the second plan; from the third (1966-1970) on each follows the last."""

TERM_YEARS = 5
"""A government's term (宪法 第八十七条, 第一百零六条)."""


def plan_years(number: int) -> tuple[int, int]:
    """First and last year of the n-th five-year plan (国民经济和社会发展五年计划/规划), n >= 1."""
    if number in FIRST_PLAN_YEARS:
        return FIRST_PLAN_YEARS[number]
    first = 1966 + 5 * (number - 3)
    return first, first + 4


class PeriodReader:
    """Reads time expressions with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues = lexicon.cues("period")
        words = lexicon.numeral_words
        self._digits = {**words["digit"], **words["small_scale"]}
        self._sub_names = words["part_of_year"]

    def scan(self, view: str) -> list[TimeExpr]:
        """All time expressions of `view`, in order, adjacent parts merged (去年 + 前三季度)."""
        found: list[TimeExpr] = []
        for match in self._cues.finditer(view):
            expr = self._read(match)
            if expr is None:
                continue
            if found and self._joins(found[-1], expr, view):
                found[-1] = _merge(found[-1], expr)
            else:
                found.append(expr)
        return found

    @staticmethod
    def _joins(left: TimeExpr, right: TimeExpr, view: str) -> bool:
        """A year followed at once by a part of a year, or 去年 by 全年, is one expression."""
        if view[left.end : right.start].strip() or right.start - left.end > 1 or left.sub not in ("", "named"):
            return False
        if right.anchor == "frame":
            return (left.anchor in ("given", "absolute", "same_period") and right.first == 0) or (
                left.anchor == "frame" and left.first < 0
            )
        return right.anchor == "same_period" and left.anchor in ("given", "absolute")

    def number(self, text: str | None) -> int:
        """A number in digits or Chinese numerals up to 99, 0 where there is none; years digit by digit (一九八五)."""
        if not text:
            return 0
        if text.isdigit():
            return int(text)
        values = [int(self._digits.get(c, "0")) for c in text]
        if len(text) == 4:
            return int("".join(map(str, values)))
        total = 0
        for value in values:
            total = max(total, 1) * 10 if value == 10 else total + value
        return total

    def _read(self, match: CueMatch) -> TimeExpr | None:
        """One matched part, None where it makes no sense (2019-2011年)."""
        gives, groups = match.entry.gives, match.groups
        part, sub = gives["part"], ""
        if part == "sub":
            return self._read_sub(match)
        anchor, first, last = part, 0, 0
        if part in ("year", "range", "since"):
            anchor = "since" if part == "since" else "absolute"
            first, last = self._years(groups)
        elif part == "relative":
            anchor, first, last = gives["from"], int(gives["offset"]), int(gives["offset"])
        elif part == "plan":
            anchor, (first, last, sub) = "absolute", self._plan(match)
        elif part == "span":
            anchor = gives["way"]
            first = last = self.number(groups.get("count") or groups.get("count2")) or TERM_YEARS
        if last < first:
            return None
        return TimeExpr(match.start, match.end, anchor, first, last, sub, 0, 0, 0, (match.entry.id,))

    def _years(self, groups: Mapping[str, str | None]) -> tuple[int, int]:
        """First and last year of a range; the last may be short (2016—20年)."""
        first = self.number(groups.get("year"))
        last = self.number(groups.get("year2")) or first
        return first, first // 100 * 100 + last if last < 100 else last

    def _plan(self, match: CueMatch) -> tuple[int, int, str]:
        """First and last year of a plan or of its first years, and whether its end or only its name is meant."""
        gives, groups = match.entry.gives, match.groups
        short = groups.get("plan") or groups.get("plan2")  # 十三五: without its 五, a number
        first, last = plan_years(self.number(short[:-1] if short else groups.get("plan_number")))
        edge = gives.get("edge", "")
        if edge == "first":
            return first, first + self.number(groups.get("count")) - 1, ""
        return (last, last, edge) if edge == "end" else (first, last, edge)

    def _read_sub(self, match: CueMatch) -> TimeExpr:
        """A part of a year: months from `month` to `month_last`, or one of its ends."""
        groups, sub = match.groups, match.entry.gives["sub"]
        count = self.number(self._sub_names.get(groups.get("n") or "", groups.get("n")))
        month, last, day = self.number(groups.get("month")), 0, self.number(groups.get("day"))
        if sub == "half":
            month, last, sub = 6 * count - 5, 6 * count, "months"
        elif sub == "quarter":
            month, last, sub = 3 * count - 2, 3 * count, "months"
        elif sub == "quarters":
            month, last, sub = 1, 3 * count, "months"
        elif sub in ("months", "month"):
            last = self.number(groups.get("month2")) or month
            month, sub = month or 1, "months"
        return TimeExpr(match.start, match.end, "frame", 0, 0, sub, month, last, day, (match.entry.id,))


def _merge(year: TimeExpr, part: TimeExpr) -> TimeExpr:
    """The year of the first with the part of the second."""
    return year._replace(
        end=part.end,
        sub="same_period" if part.anchor == "same_period" else part.sub,
        month=part.month,
        month_last=part.month_last,
        day=part.day,
        rules=year.rules + part.rules,
    )
