"""Which time expression governs which number?

An expression at the head of a clause governs the rest of its sentence, one in mid-clause what stands before the next
；, one joined to a number by 的 that number alone. A base (比2015年) governs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from indicator_extract.attribution.anchor import Anchor
from indicator_extract.attribution.frames import Setting
from indicator_extract.attribution.timing import Period, of_frame, resolve, year_span
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Bounded, Dated, Frame, Measured, Passage, Site, Span, TimeExpr

TITLE_MARKS = 30  # characters back in which the opening mark of a book title is looked for
NEAR = 2  # characters between an expression and the number it is joined to (2020年的)


class Member(NamedTuple):
    """A claim's place in its list."""

    place: int
    size: int
    left: Span  # left context of the first member
    right: Span  # right context of the last


class Governor(NamedTuple):
    """A time expression that dates numbers, and what it means here."""

    expr: TimeExpr
    period: Period
    head: bool  # at the head of a clause
    live: bool  # a number stands behind it in its own clause
    base: str  # what it is compared by: "", base, restored (恢复到2019年的112%); dates only a number joined to it


class DateReader:
    """Dates claims with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._against = cues("against")
        self._compared, self._multiple = cues("compared"), cues("multiple_of")
        self._flow, self._strong = cues("flow"), cues("strong_end")
        self._from, self._to, self._of = cues("from"), cues("arrival"), cues("of")
        self._prepositions, self._respectively = cues("time_preposition"), cues("respectively")
        self._regions, self._average = cues("region_before"), cues("average")
        self._clause_end = cues("clause_end").words | cues("sentence_end").words
        self._titles, brackets = cues("title_mark").pairs, cues("bracket").pairs
        self._opens, self._closes = frozenset(brackets), frozenset(brackets.values())

    # -- the expressions of a sentence

    def governors(
        self, view: str, passage: Passage, exprs: Sequence[TimeExpr], setting: Setting, anchor: Anchor
    ) -> list[Governor]:
        """The expressions of a sentence that can date something, resolved from left to right."""
        start = passage.sentence.start
        frame = setting.frame
        found: list[Governor] = []
        planned = setting.status == "target"
        for expr in exprs:
            if expr.anchor == "now" or expr.sub == "start" or self._in_title(view, start, expr):
                continue
            head = self._is_head(view, start, expr, alone=not found)
            if expr.sub == "named" and not (self._closes_clause(view, expr) or self._average.match(view, expr.end)):
                continue
            period = resolve(expr, anchor, frame, planned)
            if period is None:
                continue
            base = self._base(view, start, expr)
            live = any(s.clause.start <= expr.start and expr.end <= s.quantity.start for s in passage.sites)
            found.append(Governor(expr, period, head, live, base))
            if not base and period.first == period.last and expr.anchor in ("absolute", "given"):
                months = (expr.month, expr.month_last) if expr.sub == "months" else (0, 0)
                frame = Frame(period.first, period.last, *months)  # 2016年…，当年完成
        return found

    def _closes_clause(self, view: str, expr: TimeExpr) -> bool:
        following = view[expr.end : expr.end + 1]
        return not following or following in self._clause_end

    def _is_head(self, view: str, start: int, expr: TimeExpr, *, alone: bool) -> bool:
        """At the head of a clause, but for 到, 截至, 其中; the first of a sentence also behind a region."""
        at = expr.start
        if alone and (region := self._regions.ends(view, start, at)):
            at = region.start
        while (preposition := self._prepositions.ends(view, start, at)) is not None:
            at = preposition.start
        before = view[start:at].rstrip()[-1:]
        return not before or not before.isalnum()

    def _base(self, view: str, start: int, expr: TimeExpr) -> str:
        before = self._compared.ends(view, start, expr.start)
        kind = before.entry.gives["kind"] if before else "origin"
        if kind == "copula":
            return "restored" if self._multiple.match(view, expr.end) else ""
        return "" if kind == "origin" else kind

    def _in_title(self, view: str, start: int, expr: TimeExpr) -> bool:
        for opening, closing in self._titles.items():
            at = view.rfind(opening, max(start, expr.start - TITLE_MARKS), expr.start)
            if at >= 0 and view.find(closing, at, expr.start) < 0:
                return True
        return False

    # -- one claim

    def read(
        self,
        view: str,
        site: Site,
        bounded: Bounded,
        measured: Measured,
        governors: Sequence[Governor],
        setting: Setting,
        member: Member,
    ) -> Dated:
        """The reference period of a claim; `member` is its place in its list."""
        governor = self._governor(view, site, measured, governors, member)
        if governor is None:
            period = of_frame(setting.frame)
            if period is None:
                return Dated(None, 0, 0, None, setting.rules)
            period = self._averaged(measured, period, setting, self._pair(view, site, governors))
            return self._edged(view, member, measured, period, "inherited", setting.rules)
        governor = self._own_year(view, site, governors, member) or governor
        expr, period = governor.expr, governor.period
        if (
            expr.sub == "end"
            and expr.start < site.clause.start
            and self._flow.search(view, site.left, bounded.left_end)
        ):
            period = year_span(period.last, period.last)
        period = self._shared_out(view, site, governor, period, member)
        period = self._averaged(measured, period, setting, self._pair(view, site, governors))
        return self._edged(view, member, measured, period, "explicit", expr.rules)

    def _governor(
        self, view: str, site: Site, measured: Measured, governors: Sequence[Governor], member: Member
    ) -> Governor | None:
        """The expression that governs a number: joined to it, the last that reaches it, or one behind it."""
        before = [g for g in governors if g.expr.start < site.quantity.start]
        based = before and (before[-1].base == "restored" or (before[-1].base and measured.measure == "multiple"))
        if before and not based and self._is_joined(view, before[-1].expr, site):
            return before[-1]
        shared = self._shared_range(view, site, before, member.size)
        if shared:
            return shared
        for at in range(len(before) - 1, -1, -1):
            if self._dates(view, before[at], site, member, before[:at]):
                return before[at]
        for governor in governors:
            if site.quantity.end <= governor.expr.start < site.right and not governor.base:
                between = view[site.quantity.end : governor.expr.start]
                alone = view[governor.expr.end : governor.expr.end + 1] in self._closes
                return None if any(c in self._opens for c in between) and not alone else governor
        return None

    def _shared_range(self, view: str, site: Site, before: Sequence[Governor], count: int) -> Governor | None:
        """2023-2025年老旧小区改造，分别达到86.7%、68.8%、87%: as many years as numbers."""
        for governor in reversed(before) if count > 1 else ():
            if governor.period.last - governor.period.first == count - 1 and not governor.base:
                return governor if self._respectively.search(view, governor.expr.end, site.quantity.start) else None
        return None

    def _own_year(self, view: str, site: Site, governors: Sequence[Governor], member: Member) -> Governor | None:
        """2010年、2011年、2012年…分别为A、B、C: each member of the list has the year at its own place."""
        index, count = member.place, member.size
        years = [g for g in governors if g.expr.start < site.quantity.start][-count:]
        if (
            count < 2
            or len(years) < count
            or not self._respectively.search(view, years[-1].expr.end, site.quantity.start)
        ):
            return None
        together = all(b.expr.start - a.expr.end <= NEAR for a, b in pairwise(years))
        return years[index] if together else None

    def _is_joined(self, view: str, expr: TimeExpr, site: Site) -> bool:
        """2020年的3.68万亿元."""
        if self._against.match(view, site.quantity.end):
            return True  # 与2010年人口普查的410万人相比
        of = self._of.match(view, expr.end, site.quantity.start)
        if of is None:
            return not view[expr.end : site.quantity.start].strip()
        return site.quantity.start - of.end <= NEAR

    def _reaches(self, view: str, governor: Governor, site: Site, member: Member) -> bool:
        expr = governor.expr
        between = view[expr.end : site.quantity.start]
        depth = 0
        for char in between:
            depth += (char in self._opens) - (char in self._closes)
            if depth < 0:
                return False
        if self._is_joined_elsewhere(view, expr) and not governor.head:
            return expr.start >= member.left.start  # 上年的28.4:41.5:30.1: of all three
        if not governor.head and not governor.live:
            return False
        if "same_period" in (expr.anchor, expr.sub):
            return not any(c.isdigit() for c in between)  # 去年同期为40.1亿元，增长5.5%: the growth is this year's
        return governor.head or self._strong.search(view, expr.end, site.quantity.start) is None

    def _dates(self, view: str, governor: Governor, site: Site, member: Member, before: Sequence[Governor]) -> bool:
        reaches = not governor.base and self._reaches(view, governor, site, member)
        return reaches and not self._in_passing(view, governor, site, before)

    def _in_passing(self, view: str, governor: Governor, site: Site, before: Sequence[Governor]) -> bool:
        """2015年，A增长8%，“十二五”年均增长9%；B…: a span inside a part of a sentence about one year ends with it."""
        period, expr = governor.period, governor.expr
        if period.first == period.last or self._strong.search(view, expr.end, site.quantity.start) is None:
            return False
        heads = (g for g in before if g.head and not g.base and g.period.first == g.period.last)
        return any(self._strong.search(view, g.expr.end, expr.start) is None for g in heads)

    def _is_joined_elsewhere(self, view: str, expr: TimeExpr) -> bool:
        of = self._of.match(view, expr.end)
        return of is not None and view[of.end : of.end + 1].isnumeric()

    def _shared_out(self, view: str, site: Site, governor: Governor, period: Period, member: Member) -> Period:
        """2019-2021年分别完成86.7%、68.8%、87%: each member of the list has its own year."""
        index, count = member.place, member.size
        span = period.last - period.first + 1
        if count != span or count < 2 or governor.expr.anchor != "absolute":
            return period
        if not self._respectively.search(view, governor.expr.end, site.quantity.start):
            return period
        return year_span(period.first + index, period.first + index)

    def _pair(self, view: str, site: Site, governors: Sequence[Governor]) -> Frame | None:
        """The span between two years joined to numbers before this one: 由2020年的A增长到2025年的B，年均…"""
        joined = [
            g for g in governors if g.expr.start < site.quantity.start and self._is_joined_elsewhere(view, g.expr)
        ]
        if len(joined) < 2 or joined[-2].period.last >= joined[-1].period.first:
            return None
        return Frame(joined[-2].period.first, joined[-1].period.last)

    @staticmethod
    def _averaged(measured: Measured, period: Period, setting: Setting, pair: Frame | None) -> Period:
        """年均 in a single year means the span of the two years before it, or the one that the section is about."""
        span = pair or setting.span
        averaged = measured.basis == "annual_average" and period.first == period.last
        if averaged and span.last and span.first <= period.last <= span.last:
            return year_span(span.first, span.last)
        return period

    def _edged(
        self, view: str, member: Member, measured: Measured, period: Period, source: str, rules: tuple[str, ...]
    ) -> Dated:
        """由A增长到B over several years: A is the first year's, B the last one's."""
        first, last, text = period.first, period.last, period.text
        if first != last and measured.basis != "annual_average":
            if self._opens_pair(view, member):
                text, last = f"{first:04}", first
            elif self._to.ends(view, *member.left):
                text, first = f"{last:04}", last
        ending = text.split("/")[-1].split("-")
        return Dated(text, first, last, source, rules, int(ending[1]) if len(ending) > 1 else 12)

    def _opens_pair(self, view: str, member: Member) -> bool:
        """Numbers between 由 and 增长到."""
        if self._from.search(view, *member.left) is None:
            return False
        start, end = member.right
        respectively = self._respectively.match(view, start, end)
        return self._to.match(view, respectively.end if respectively else start, end) is not None
