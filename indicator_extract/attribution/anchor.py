"""The document's anchor: which year it reports, which it plans, and which it calls 今年.

Decided from evidence that every report has, in this order: the day of the meeting, the title, the headings, the year given by the
caller, the leads of the paragraphs, the most frequent year. Where the sources disagree, the record is flagged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Block, Document, TimeExpr

HEAD_BLOCKS = 20  # titles, meeting line and source stand in the first lines
LEAD = 16  # characters of a paragraph in which its lead stands
LEAD_WEIGHT = 3
PLAN_SPAN = 4  # years between the first and the last of a five-year plan
PLAN_REACH = 30  # characters in which 收官之年 follows the plan's name
SOURCE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIRM = frozenset({"anchor.meeting", "anchor.title", "anchor.heading", "anchor.metadata", "anchor.plan"})
YEAR_TURNS = 10  # a meeting from this month on looks back on its own year
FIRST_YEAR, LAST_YEAR = 1949, 2100


class Anchor(NamedTuple):
    """The years of a document; 0 where nothing decides them."""

    reported: int
    planned: int
    given: int  # what the text calls 今年
    kind: str  # work_report, communique or ""
    flags: tuple[str, ...]
    rules: tuple[str, ...]


class Evidence(NamedTuple):
    """One hint at the year reported."""

    reported: int
    given: int
    rule: str


class AnchorReader:
    """Finds anchors with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._documents, self._meeting = lexicon.cues("document"), lexicon.cues("meeting")
        self._plan_years = lexicon.cues("plan_year")
        self._sections, self._compared = lexicon.cues("section"), lexicon.cues("compared")

    def read(self, document: Document, view: str, blocks: Sequence[Block], exprs: Sequence[TimeExpr]) -> Anchor:
        """The anchor of a document from its blocks and time expressions."""
        head = blocks[:HEAD_BLOCKS]
        kind = self._kind(document, view, head)
        by_block = _by_block(blocks, exprs)
        found = [
            *self._from_meeting(view, head, by_block),
            *self._from_title(document, view, head, by_block, kind),
            *self._from_headings(view, blocks, by_block),
            *self._from_plan(view, exprs, kind),
            *self._from_frequency(view, blocks, by_block, kind),
            *self._from_source(document, kind),
        ]
        if not found:
            return Anchor(0, 0, 0, kind, ("no_year",), ())
        best = found[0]
        firm = [e for e in found if e.rule in FIRM]
        flags = ("year_doubtful",) if any(e.reported != best.reported for e in firm) else ()
        if best.rule not in FIRM and (kind == "work_report" or best.rule == "anchor.source"):
            flags = ("year_inferred",)
        given = next((e.given for e in found if e.given), best.reported)
        return Anchor(best.reported, best.reported + 1, given, kind, flags, (best.rule,))

    def _kind(self, document: Document, view: str, head: Sequence[Block]) -> str:
        match = self._documents.search(document.title) if document.title else None
        if match is None and head:
            match = self._documents.search(view, head[0].start, head[-1].end)
        return match.entry.gives["kind"] if match else ""

    def _from_meeting(self, view: str, head: Sequence[Block], exprs: dict[int, list[TimeExpr]]) -> list[Evidence]:
        """——2020年12月29日在…会议上: the day the report was given."""
        for index, block in enumerate(head):
            for expr in exprs.get(index, ()):
                if expr.anchor == "absolute" and expr.sub == "day" and self._meeting.search(view, expr.end, block.end):
                    year = expr.first
                    reported = year if expr.month >= YEAR_TURNS else year - 1
                    return [Evidence(reported, year, "anchor.meeting")]
        return []

    def _from_title(
        self, document: Document, view: str, head: Sequence[Block], exprs: dict[int, list[TimeExpr]], kind: str
    ) -> list[Evidence]:
        """2026年…政府工作报告 reports 2025; 2012年…统计公报 reports 2012; a year from the caller counts as a title's."""
        if document.year:
            return [self._titled(document.year, kind, "anchor.metadata")]
        for index, block in enumerate(head):
            title = self._documents.search(view, block.start, block.end)
            if title is None or block.end - block.start > HEAD_BLOCKS * 3:
                continue
            for expr in exprs.get(index, ()):
                if expr.anchor == "absolute" and expr.first == expr.last and not expr.sub:
                    return [self._titled(expr.first, title.entry.gives["kind"], "anchor.title")]
        return []

    @staticmethod
    def _titled(year: int, kind: str, rule: str) -> Evidence:
        return Evidence(year - 1, year, rule) if kind == "work_report" else Evidence(year, year, rule)

    def _from_headings(self, view: str, blocks: Sequence[Block], exprs: dict[int, list[TimeExpr]]) -> list[Evidence]:
        """一、2024年工作回顾 or 二、2025年工作安排; 三、2011年的工作 after a review is a plan."""
        reviewed = False
        for index, block in enumerate(blocks):
            if block.kind != "heading":
                continue
            for expr in exprs.get(index, ()):
                cue = self._sections.search(view, expr.end, block.end)
                if cue and expr.anchor == "absolute" and expr.first == expr.last and not expr.sub:
                    kind = cue.entry.gives["status"]
                    plan = kind == "target" or kind == "either" and reviewed
                    return [Evidence(expr.first - plan, expr.first - plan + 1, "anchor.heading")]
            opening = self._sections.search(view, block.start, block.end)
            reviewed = reviewed or opening is not None and opening.entry.gives["status"] == "actual"
        return []

    def _from_plan(self, view: str, exprs: Sequence[TimeExpr], kind: str) -> list[Evidence]:
        """今年是…“十三五”规划…收官之年: the year that opens or closes a five-year plan."""
        for expr in exprs if kind != "work_report" else ():
            if expr.anchor != "absolute" or expr.last - expr.first != PLAN_SPAN:
                continue
            cue = self._plan_years.search(view, expr.end, expr.end + PLAN_REACH)
            if cue:
                year = expr.first if cue.entry.gives["edge"] == "first" else expr.last
                return [Evidence(year, year, "anchor.plan")]
        return []

    def _from_frequency(
        self, view: str, blocks: Sequence[Block], exprs: dict[int, list[TimeExpr]], kind: str
    ) -> list[Evidence]:
        """The most frequent single year after the years compared with; paragraph leads count three times."""
        counts: Counter[int] = Counter()
        compared = 0
        goals = self._goals(view, blocks, exprs)
        for index, block in enumerate(blocks):
            for expr in exprs.get(index, ()):
                if expr.anchor != "absolute" or expr.last > expr.first or not FIRST_YEAR <= expr.last <= LAST_YEAR:
                    continue
                base = self._compared.ends(view, block.start, expr.start)
                if base and base.entry.gives.get("kind") == "base":
                    compared = max(compared, expr.last)
                elif base is None:
                    counts[expr.last] += LEAD_WEIGHT if expr.start - block.start <= LEAD and not block.level else 1
        later = {year: count for year, count in counts.items() if year > compared and year not in goals}
        if not later and not compared:
            return []
        year = max(later, key=lambda y: (later[y], y)) if later else compared + 1
        return [Evidence(year, year + (kind == "work_report"), "anchor.frequency")]

    def _goals(self, view: str, blocks: Sequence[Block], exprs: dict[int, list[TimeExpr]]) -> set[int]:
        """The last years of the plans that headings announce: a report on a plan does not report its end."""
        goals = set()
        for index, block in enumerate(blocks):
            for expr in exprs.get(index, ()) if block.kind == "heading" else ():
                cue = self._sections.search(view, expr.end, block.end)
                if expr.last - expr.first == PLAN_SPAN and cue and cue.entry.gives["status"] == "target":
                    goals.add(expr.last)
        return goals

    @staticmethod
    def _from_source(document: Document, kind: str) -> list[Evidence]:
        """A year in the file's name: the last resort, always flagged."""
        years = [int(y) for y in SOURCE_YEAR.findall(PurePath(document.source).name)]
        if len(set(years)) != 1:
            return []
        return [Evidence(years[0] - (kind == "work_report"), years[0], "anchor.source")]


def _by_block(blocks: Sequence[Block], exprs: Sequence[TimeExpr]) -> dict[int, list[TimeExpr]]:
    """Time expressions by the index of their block."""
    found: dict[int, list[TimeExpr]] = {}
    index = 0
    for expr in exprs:
        while index + 1 < len(blocks) and blocks[index].end <= expr.start:
            index += 1
        found.setdefault(index, []).append(expr)
    return found
