"""The document's anchor: which year it reports, which it plans, and which it calls 今年.

Decided from evidence that every report has, in this order: a plan's title, the day of the meeting, the title, the
headings, a plan that opens or closes, the most frequent year, the file's name. Where the sources disagree, the records
are flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicator_extract.attribution.evidence import PLAN_BLOCKS, TITLE_LENGTH, Evidence, EvidenceReader, Page, Title
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Block, Document, TimeExpr

HEAD_BLOCKS = 20  # title, meeting line and source stand in the first lines
PART_REACH = 16  # characters in which 工作情况 follows 上半年
FIRM = frozenset(
    {"anchor.meeting", "anchor.title", "anchor.heading", "anchor.metadata", "anchor.plan", "anchor.plan_title"}
)


class Anchor(NamedTuple):
    """The years of a document; 0 where nothing decides them."""

    reported: int
    planned: int
    given: int  # what the text calls 今年
    month: int  # last month of the year reported, 12 unless a part of the year is reported
    kind: str  # work_report, execution, communique, plan or ""
    flags: tuple[str, ...]
    rules: tuple[str, ...]


class AnchorReader:
    """Finds anchors with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._evidence = EvidenceReader(lexicon)
        self._documents, self._sections = lexicon.cues("document"), lexicon.cues("section")
        self._plan_titles = lexicon.cues("plan_title")

    def read(
        self, document: Document, title: Title, view: str, blocks: Sequence[Block], exprs: Sequence[TimeExpr]
    ) -> Anchor:
        """The anchor of a document from its title, blocks and time expressions."""
        head = blocks[:HEAD_BLOCKS]
        kind = self._kind(title, view, head)
        page = Page(document.source, document.year, title, view, blocks, head, _by_block(blocks, exprs), kind)
        found = self._evidence.all(page)
        if not found:
            return Anchor(0, 0, 0, 12, kind, ("no_year",), ())
        best = found[0]
        part = self._part_reported(page, best)
        if part is not None:
            best = best._replace(reported=part.first)
        given = next((e.given for e in found if e.given), best.reported)
        month = part.month_last if part else 12
        planned = best.reported + 1 if month == 12 else best.reported
        return Anchor(best.reported, planned, given, month, kind, _doubts(best, found, kind), (best.rule,))

    def _kind(self, title: Title, view: str, head: Sequence[Block]) -> str:
        """What kind of text it is, from the given title, else from its first lines."""
        lines = [title.text, *(view[b.start : b.end].strip() for b in head[:PLAN_BLOCKS])]
        if any(len(line) <= TITLE_LENGTH and self._plan_titles.ends(line) for line in lines):
            return "plan"
        match = self._documents.search(title.text)
        if match is None and head:
            match = self._documents.search(view, head[0].start, head[-1].end)
        return match.entry.gives["kind"] if match else ""

    def _part_reported(self, page: Page, best: Evidence) -> TimeExpr | None:
        """The part of a year that the title or a heading reports (上半年工作情况), with its year in `first`."""
        places = [(page.title.text, expr) for expr in page.title.exprs]
        places += [(page.view, expr) for _, expr in page.inside(page.blocks, "heading")]
        for text, expr in places:
            if expr.sub != "months" or expr.month_last == 12 or expr.anchor not in ("absolute", "given", "frame"):
                continue
            cue = self._sections.search(text, expr.end, expr.end + PART_REACH)
            year = expr.first if expr.anchor == "absolute" else best.given or best.reported
            if year and cue and cue.entry.gives["status"] == "actual":
                return expr._replace(first=year)
        return None


def _doubts(best: Evidence, found: Sequence[Evidence], kind: str) -> tuple[str, ...]:
    """What a reader should know of the year: that sources disagree, or that it is only inferred."""
    if best.rule not in FIRM and (kind == "work_report" or best.rule == "anchor.source"):
        return ("year_inferred",)
    return ("year_doubtful",) if any(e.rule in FIRM and e.reported != best.reported for e in found) else ()


def _by_block(blocks: Sequence[Block], exprs: Sequence[TimeExpr]) -> dict[int, list[TimeExpr]]:
    """Time expressions by the index of their block."""
    found: dict[int, list[TimeExpr]] = {}
    index = 0
    for expr in exprs:
        while index + 1 < len(blocks) and blocks[index].end <= expr.start:
            index += 1
        found.setdefault(index, []).append(expr)
    return found
