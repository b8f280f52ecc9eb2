"""Hints at the year a document reports: each source gives at most one, the anchor weighs them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.model import Block, TimeExpr

LEAD = 16  # characters of a paragraph in which its lead stands
LEAD_WEIGHT = 3
YEAR_TURNS = 10  # a meeting from this month on looks back on its own year
PLAN_SPAN = 4  # years between the first and the last of a five-year plan
PLAN_REACH = 30  # characters in which 收官之年 follows the plan's name
PLAN_BLOCKS = 3  # a plan's title stands in the first lines
TITLE_LENGTH = 60  # a longer line is no title
AHEAD = 200  # characters behind a year in which its clause, or the meeting it is the day of, is looked for
FIRST_YEAR, LAST_YEAR = 1949, 2100
SOURCE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Title(NamedTuple):
    """The title given with the document, and the time expressions in it."""

    text: str
    exprs: Sequence[TimeExpr]


class Page(NamedTuple):
    """A document as the sources of evidence see it."""

    source: str
    year: int | None  # from metadata
    title: Title
    view: str
    blocks: Sequence[Block]
    head: Sequence[Block]  # the first lines: title, meeting line, source
    exprs: Mapping[int, Sequence[TimeExpr]]  # by index of their block
    kind: str  # work_report, execution, communique, plan or ""

    def inside(self, blocks: Sequence[Block], kind: str) -> Iterator[tuple[Block, TimeExpr]]:
        """The time expressions in the first `len(blocks)` blocks of a kind (heading, paragraph; "" for all)."""
        for index, block in enumerate(blocks):
            if kind in ("", block.kind):
                yield from ((block, expr) for expr in self.exprs.get(index, ()))


class Evidence(NamedTuple):
    """One hint: the year reported, what the text calls 今年, and the rule that says so."""

    reported: int
    given: int
    rule: str


def is_year(expr: TimeExpr) -> bool:
    """A single year, not a part of one."""
    return expr.anchor == "absolute" and expr.first == expr.last and not expr.sub


def titled(year: int, kind: str, rule: str) -> Evidence:
    """2026年…政府工作报告 reports 2025; 2012年…统计公报 and 2012年…执行情况 report 2012."""
    if kind == "work_report":
        return Evidence(year - 1, year, rule)
    return Evidence(year, year + (kind == "execution"), rule)


class EvidenceReader:
    """Finds evidence with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._documents, self._meeting, self._sections = cues("document"), cues("meeting"), cues("section")
        self._plan_years, self._until = cues("plan_year"), cues("until")
        self._status, self._compared = cues("status"), cues("compared")
        self._clause_marks = cues("clause_end").words | cues("sentence_end").words

    def all(self, page: Page) -> list[Evidence]:
        """Every hint, the most reliable first."""
        sources = (
            self._plan_title, self._meeting_day, self._title, self._heading, self._plan, self._frequency, self._name,
        )  # fmt: skip
        return [found for source in sources if (found := source(page)) is not None]

    @staticmethod
    def _plan_title(page: Page) -> Evidence | None:
        """…第十四个五年规划纲要, …三年行动计划（2023—2025年）: what it plans begins after what it reports."""
        if page.kind != "plan":
            return None
        inside = [expr for _, expr in page.inside(page.head[:PLAN_BLOCKS], "heading")]
        for expr in (*page.title.exprs, *inside):
            if expr.anchor == "absolute" and not expr.day:
                return Evidence(expr.first - 1, expr.first, "anchor.plan_title")
        return None

    def _meeting_day(self, page: Page) -> Evidence | None:
        """——2020年12月29日在…会议上: the day the report was given."""
        for block, expr in page.inside(page.head, ""):
            end = min(block.end, expr.end + AHEAD)
            if expr.anchor == "absolute" and expr.sub == "day" and self._meeting.search(page.view, expr.end, end):
                reported = expr.first if expr.month >= YEAR_TURNS else expr.first - 1
                return Evidence(reported, expr.first, "anchor.meeting")
        return None

    def _title(self, page: Page) -> Evidence | None:
        """The year of a title; one from the caller counts as such."""
        if page.year:
            return titled(page.year, page.kind, "anchor.metadata")
        for expr in page.title.exprs:
            if expr.anchor == "absolute" and expr.first == expr.last and not expr.day:
                return titled(expr.first, page.kind, "anchor.title")
        for block, expr in page.inside(page.head, ""):
            if block.end - block.start > TITLE_LENGTH or not is_year(expr):
                continue
            if words := self._documents.search(page.view, block.start, block.end):
                return titled(expr.first, words.entry.gives["kind"], "anchor.title")
        return None

    def _heading(self, page: Page) -> Evidence | None:
        """一、2024年工作回顾 or 二、2025年工作安排; 三、2011年的工作 after a review is a plan."""
        reviewed = False  # whether a heading before announces a review
        for index, block in enumerate(page.blocks):
            if block.kind != "heading":
                continue
            for expr in page.exprs.get(index, ()):
                cue = self._sections.search(page.view, expr.end, block.end)
                if cue and is_year(expr):
                    status = cue.entry.gives["status"]
                    plan = status == "target" or (status == "either" and reviewed)
                    reported = expr.first - plan
                    return Evidence(reported, reported + (page.kind == "work_report" or plan), "anchor.heading")
            reviewed = reviewed or self._reviews(page.view, block)
        return None

    def _reviews(self, view: str, block: Block) -> bool:
        opening = self._sections.search(view, block.start, block.end)
        return opening is not None and opening.entry.gives["status"] == "actual"

    def _plan(self, page: Page) -> Evidence | None:
        """今年是…“十三五”规划…收官之年: the year that opens or closes a five-year plan."""
        before: TimeExpr | None = None
        for _, expr in page.inside(page.blocks, ""):
            cue = self._plan_edge(page.view, expr)
            if cue is None:
                before = before if _is_plan(expr) else expr
                continue
            year = expr.first if cue.entry.gives["edge"] == "first" else expr.last
            subject = before.anchor if before and expr.start - before.end <= PLAN_REACH else ""
            if subject == "reported" or page.kind != "work_report":
                return Evidence(year, year, "anchor.plan")
            if subject == "given":
                return Evidence(year - 1, year, "anchor.plan")
        return None

    def _plan_edge(self, view: str, expr: TimeExpr) -> CueMatch | None:
        return self._plan_years.search(view, expr.end, expr.end + PLAN_REACH) if _is_plan(expr) else None

    def _frequency(self, page: Page) -> Evidence | None:
        """The most frequent single year after the years compared with; paragraph leads count three times.

        A text of no known kind, a history or an article, ends with the year it is about.
        """
        counts, compared = self._counts(page)
        goals = self._goals(page)
        later = {year: count for year, count in counts.items() if year > compared and year not in goals}
        if later:
            year = max(later, key=lambda y: (later[y], y)) if page.kind else max(later)
        elif compared:
            year = compared + 1
        elif goals:
            return Evidence(min(goals) - PLAN_SPAN - 1, min(goals) - PLAN_SPAN, "anchor.frequency")
        else:
            return None
        return Evidence(year, year + (page.kind == "work_report"), "anchor.frequency")

    def _counts(self, page: Page) -> tuple[Counter[int], int]:
        """How often each year stands for itself, and the latest one that others are compared with."""
        counts: Counter[int] = Counter()
        compared = 0
        for block, expr in page.inside(page.blocks, ""):
            if expr.anchor != "absolute" or expr.last > expr.first or not FIRST_YEAR <= expr.last <= LAST_YEAR:
                continue
            base = self._compared.ends(page.view, block.start, expr.start)
            if base and base.entry.gives["kind"] == "base":
                compared = max(compared, expr.last)
            elif base is None and not self._is_planned(page, block, expr):
                leads = expr.start - block.start <= LEAD and block.kind == "paragraph"
                counts[expr.last] += LEAD_WEIGHT if leads else 1
        return counts, compared

    def _is_planned(self, page: Page, block: Block, expr: TimeExpr) -> bool:
        """Whether a year stands in a clause about what is to come (到2035年, 2026年将…)."""
        until = self._until.ends(page.view, block.start, expr.start)
        if until and not (page.kind == "work_report" and until.entry.gives.get("reports")):
            return True
        end, last = expr.end, min(block.end, expr.end + AHEAD)
        while end < last and page.view[end] not in self._clause_marks:
            end += 1
        return any(cue.entry.gives["status"] == "target" for cue in self._status.finditer(page.view, expr.end, end))

    def _goals(self, page: Page) -> set[int]:
        """The last years of the plans that headings announce: a report on a plan does not report its end."""
        goals = set()
        for block, expr in page.inside(page.blocks, "heading"):
            cue = self._sections.search(page.view, expr.end, block.end)
            if _is_plan(expr) and cue and cue.entry.gives["status"] == "target":
                goals.add(expr.last)
        return goals

    @staticmethod
    def _name(page: Page) -> Evidence | None:
        """A year in the file's name: the last resort, always flagged."""
        years = {int(year) for year in SOURCE_YEAR.findall(PurePath(page.source).name)}
        return titled(years.pop(), page.kind, "anchor.source") if len(years) == 1 else None


def _is_plan(expr: TimeExpr) -> bool:
    return expr.anchor == "absolute" and expr.last - expr.first == PLAN_SPAN
