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
FIRM = frozenset({"anchor.meeting", "anchor.title", "anchor.heading", "anchor.metadata", "anchor.plan", "anchor.plan_title"})
YEAR_TURNS = 10  # a meeting from this month on looks back on its own year
TITLE_BLOCKS = 3  # a plan's title stands in the first lines
TITLE_LENGTH = 60  # a longer line is no title
PART_REACH = 16  # characters in which 工作情况 follows 上半年
FIRST_YEAR, LAST_YEAR = 1949, 2100


class Anchor(NamedTuple):
    """The years of a document; 0 where nothing decides them."""

    reported: int
    planned: int
    given: int  # what the text calls 今年
    month: int  # last month of the year reported, 12 unless a part of the year is reported
    kind: str  # work_report, execution, communique, plan or ""
    flags: tuple[str, ...]
    rules: tuple[str, ...]


class Title(NamedTuple):
    """The title given with the document, and the time expressions in it."""

    text: str
    exprs: Sequence[TimeExpr]


NO_TITLE = Title("", ())


class Evidence(NamedTuple):
    """One hint at the year reported."""

    reported: int
    given: int
    rule: str


class AnchorReader:
    """Finds anchors with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._documents, self._meeting = lexicon.cues("document"), lexicon.cues("meeting")
        self._plan_years, self._plan_titles = lexicon.cues("plan_year"), lexicon.cues("plan_title")
        self._status, self._until = lexicon.cues("status"), lexicon.cues("until")
        marks = (lexicon.cues("clause_end"), lexicon.cues("sentence_end"))
        self._clause_marks = frozenset(w for cues in marks for e in cues.entries for w in e.words)
        self._sections, self._compared = lexicon.cues("section"), lexicon.cues("compared")

    def read(
        self, document: Document, title: Title, view: str, blocks: Sequence[Block], exprs: Sequence[TimeExpr]
    ) -> Anchor:
        """The anchor of a document from its title, blocks and time expressions."""
        head = blocks[:HEAD_BLOCKS]
        kind = self._kind(title, view, head)
        by_block = _by_block(blocks, exprs)
        found = [
            *self._from_plan_title(title, view, head, by_block, kind),
            *self._from_meeting(view, head, by_block),
            *self._from_title(document, title, view, head, by_block, kind),
            *self._from_headings(view, blocks, by_block, kind),
            *self._from_plan(view, exprs, kind),
            *self._from_frequency(view, blocks, by_block, kind),
            *self._from_source(document, kind),
        ]
        if not found:
            return Anchor(0, 0, 0, 12, kind, ("no_year",), ())
        best = found[0]
        part = self._part_reported(title, view, blocks, by_block, best)
        if part is not None:
            best = best._replace(reported=part.first)
        firm = [e for e in found if e.rule in FIRM]
        flags = ("year_doubtful",) if any(e.reported != best.reported for e in firm) else ()
        if best.rule not in FIRM and (kind == "work_report" or best.rule == "anchor.source"):
            flags = ("year_inferred",)
        given = next((e.given for e in found if e.given), best.reported)
        month = part.month_last if part else 12
        planned = best.reported + 1 if month == 12 else best.reported
        return Anchor(best.reported, planned, given, month, kind, flags, (best.rule,))

    def _kind(self, title: Title, view: str, head: Sequence[Block]) -> str:
        for text, start, end in ((title.text, 0, len(title.text)), *((view, b.start, b.end) for b in head[:TITLE_BLOCKS])):
            if end - start <= TITLE_LENGTH and self._plan_titles.ends(text, start, start + len(text[start:end].rstrip())):
                return "plan"
        match = self._documents.search(title.text) if title.text else None
        if match is None and head:
            match = self._documents.search(view, head[0].start, head[-1].end)
        return match.entry.gives["kind"] if match else ""

    def _part_reported(
        self, title: Title, view: str, blocks: Sequence[Block], exprs: dict[int, list[TimeExpr]], best: Evidence
    ) -> TimeExpr | None:
        """The part of a year that the title or a heading reports (上半年工作情况), with its year in `first`."""
        places = [(title.text, title.exprs)]
        places += [(view, exprs.get(i, ())) for i, b in enumerate(blocks) if b.kind == "heading"]
        for text, inside in places:
            for expr in inside:
                cue = self._sections.search(text, expr.end, expr.end + PART_REACH)
                if expr.sub != "months" or expr.month_last == 12 or not cue or cue.entry.gives["status"] != "actual":
                    continue
                year = expr.first if expr.anchor == "absolute" else best.given or best.reported
                if expr.anchor in ("absolute", "given", "frame") and year:
                    return expr._replace(first=year)
        return None

    def _from_plan_title(
        self, title: Title, view: str, head: Sequence[Block], exprs: dict[int, list[TimeExpr]], kind: str
    ) -> list[Evidence]:
        """…第十四个五年规划纲要, …三年行动计划（2023—2025年）: what it plans begins after what it reports."""
        if kind != "plan":
            return []
        inside = [e for i in range(min(TITLE_BLOCKS, len(head))) for e in exprs.get(i, ()) if head[i].kind == "heading"]
        for expr in (*title.exprs, *inside):
            if expr.anchor == "absolute" and not expr.day:
                return [Evidence(expr.first - 1, expr.first, "anchor.plan_title")]
        return []

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
        self, document: Document, title: Title, view: str, head: Sequence[Block], exprs: dict[int, list[TimeExpr]], kind: str
    ) -> list[Evidence]:
        """2026年…政府工作报告 reports 2025; 2012年…统计公报 reports 2012; a year from the caller counts as a title's."""
        if document.year:
            return [self._titled(document.year, kind, "anchor.metadata")]
        for expr in title.exprs:
            if expr.anchor == "absolute" and expr.first == expr.last and not expr.day:
                return [self._titled(expr.first, kind, "anchor.title")]
        for index, block in enumerate(head):
            words = self._documents.search(view, block.start, block.end)
            if words is None or block.end - block.start > TITLE_LENGTH:
                continue
            for expr in exprs.get(index, ()):
                if expr.anchor == "absolute" and expr.first == expr.last and not expr.sub:
                    return [self._titled(expr.first, words.entry.gives["kind"], "anchor.title")]
        return []

    @staticmethod
    def _titled(year: int, kind: str, rule: str) -> Evidence:
        if kind == "work_report":
            return Evidence(year - 1, year, rule)
        return Evidence(year, year + (kind == "execution"), rule)

    def _from_headings(
        self, view: str, blocks: Sequence[Block], exprs: dict[int, list[TimeExpr]], kind: str
    ) -> list[Evidence]:
        """一、2024年工作回顾 or 二、2025年工作安排; 三、2011年的工作 after a review is a plan."""
        reviewed = False
        for index, block in enumerate(blocks):
            if block.kind != "heading":
                continue
            for expr in exprs.get(index, ()):
                cue = self._sections.search(view, expr.end, block.end)
                if cue and expr.anchor == "absolute" and expr.first == expr.last and not expr.sub:
                    status = cue.entry.gives["status"]
                    plan = status == "target" or status == "either" and reviewed
                    reported = expr.first - plan
                    return [Evidence(reported, reported + (kind == "work_report" or plan), "anchor.heading")]
            opening = self._sections.search(view, block.start, block.end)
            reviewed = reviewed or opening is not None and opening.entry.gives["status"] == "actual"
        return []

    def _from_plan(self, view: str, exprs: Sequence[TimeExpr], kind: str) -> list[Evidence]:
        """今年是…“十三五”规划…收官之年: the year that opens or closes a five-year plan."""
        before: TimeExpr | None = None
        for expr in exprs:
            if expr.anchor != "absolute" or expr.last - expr.first != PLAN_SPAN:
                before = expr
                continue
            cue = self._plan_years.search(view, expr.end, expr.end + PLAN_REACH)
            if cue is None:
                continue
            year = expr.first if cue.entry.gives["edge"] == "first" else expr.last
            subject = before.anchor if before and expr.start - before.end <= PLAN_REACH else ""
            if subject == "reported" or kind != "work_report":
                return [Evidence(year, year, "anchor.plan")]
            if subject == "given":
                return [Evidence(year - 1, year, "anchor.plan")]
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
                elif base is None and not self._is_planned(view, block, expr, kind):
                    counts[expr.last] += LEAD_WEIGHT if expr.start - block.start <= LEAD and not block.level else 1
        later = {year: count for year, count in counts.items() if year > compared and year not in goals}
        if not later and not compared:
            return [Evidence(min(goals) - PLAN_SPAN - 1, min(goals) - PLAN_SPAN, "anchor.frequency")] if goals else []
        if not later:
            year = compared + 1
        elif kind:
            year = max(later, key=lambda y: (later[y], y))
        else:
            year = max(later)  # a history or an article ends with the year it is about
        return [Evidence(year, year + (kind == "work_report"), "anchor.frequency")]

    def _is_planned(self, view: str, block: Block, expr: TimeExpr, kind: str) -> bool:
        """Whether a year stands in a clause about what is to come (到2035年, 2026年将…)."""
        until = self._until.ends(view, block.start, expr.start)
        if until and not (kind == "work_report" and until.entry.gives.get("reports")):
            return True
        end = expr.end
        while end < block.end and view[end] not in self._clause_marks:
            end += 1
        return any(cue.entry.gives["status"] == "target" for cue in self._status.finditer(view, expr.end, end))

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
