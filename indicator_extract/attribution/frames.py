"""The frame a heading or the lead of a paragraph sets: a period, and work done or work to come."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from indicator_extract.attribution.anchor import Anchor
from indicator_extract.attribution.evidence import Title
from indicator_extract.attribution.timing import frame_of
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Block, Frame, TimeExpr

LEAD = 14  # characters after an address (各位代表！) in which a paragraph's lead begins
DOMINANT = 2  # times an analysis names its quarter at least
EARLY = 4  # … the first time in this part of the text
REACH = 6  # characters before an expression in which 比 stands
TITLE_BLOCKS = 8  # the title stands in the first lines
FRAMING_LEVELS = (1, 2, 4)


class Setting(NamedTuple):
    """What holds in a block for claims that say nothing themselves."""

    frame: Frame
    status: str  # actual or target
    span: Frame  # the last frame of several years, for 年均
    rules: tuple[str, ...]


class Theme(NamedTuple):
    """One of the periods a heading announces."""

    frame: Frame
    status: str


NO_FRAME = Frame(0, 0)
_END = attrgetter("end")


class FrameReader:
    """Reads frames with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sections, self._aims, self._address = (
            lexicon.cues("section"),
            lexicon.cues("aim"),
            lexicon.cues("address"),
        )
        self._compared = lexicon.cues("compared")
        self._past = lexicon.cues("just_past")
        self._setter, self._plans = lexicon.cues("lead_setter"), lexicon.cues("plan_document")
        self._clause_marks = lexicon.cues("clause_end").words

    def settings(
        self, title: Title, view: str, blocks: Sequence[Block], exprs: Sequence[TimeExpr], anchor: Anchor
    ) -> dict[int, Setting]:
        """The setting of each sentence, by the offset it starts at."""
        start = Frame(anchor.reported, anchor.reported)
        frame = self._titled(title, view, blocks, exprs, anchor) or start
        planned = anchor.kind == "plan" and not 0 < frame.last <= anchor.reported
        current = Setting(frame, "target" if planned else "actual", NO_FRAME, ("frame.document",))
        reviewed = False
        themes: list[Theme] = []
        found: dict[int, Setting] = {}
        for block, inside in _grouped(blocks, exprs):
            if block.kind == "heading":
                opened = self._heading(view, block, inside, anchor, current, reviewed)
                reviewed = reviewed or any(theme.status == "actual" for theme in opened)
                if opened:
                    themes = opened
                    current = _set(current, opened[0], "frame.heading")
                found |= {sentence.start: current for sentence in block.sentences}
                continue
            lead = self._lead(view, block.start, block.end, inside)
            setting = (
                self._led(lead, anchor, current, themes)
                if lead
                else self._next_theme(view, block, inside, current, themes)
            )
            if setting is not current and self._stays(view, block, lead, setting, themes, current):
                current = setting
            inner, last = self._sentences(
                view, block, inside, self._aimed(view, block, setting, anchor), anchor, themes
            )
            found |= inner
            if last is not None:
                current = last
        return found

    def _sentences(
        self,
        view: str,
        block: Block,
        exprs: Sequence[TimeExpr],
        setting: Setting,
        anchor: Anchor,
        themes: Sequence[Theme],
    ) -> tuple[dict[int, Setting], Setting | None]:
        """The settings of a paragraph's sentences: one that opens with 过去五年 or 2024年， frames those after it.

        Second, the setting that holds for the paragraphs after it too: that of a sentence that turns to another of the
        heading's periods.
        """
        found, lasting = {}, None
        for index, sentence in enumerate(block.sentences):
            lead = self._lead(view, sentence.start, sentence.end, exprs) if index else None
            if lead and self._reframes(view, lead, setting):
                setting = self._led(lead, anchor, setting, themes)
                lasting = setting if any(theme.frame == setting.frame for theme in themes) else None
            found[sentence.start] = setting
        return found, lasting

    def _reframes(self, view: str, lead: TimeExpr, setting: Setting) -> bool:
        """Whether a sentence's opening holds for the sentences after it."""
        if view[lead.end : lead.end + 1] not in self._clause_marks or lead.sub:
            return False
        if lead.anchor in ("reported", "past", "given"):
            return True
        inside = setting.frame.first <= lead.first <= lead.last <= setting.frame.last
        return lead.anchor == "absolute" and (lead.last > lead.first or not inside)

    def _next_theme(
        self, view: str, block: Block, exprs: Sequence[TimeExpr], current: Setting, themes: Sequence[Theme]
    ) -> Setting:
        """A paragraph that opens by naming the plan announced next (根据《…第十五个五年规划的建议》) turns to it."""
        first = block.sentences[0] if block.sentences else None
        for theme in themes[1:]:
            if first is None or theme.status != "target" or current.status == "target":
                break
            named = any(
                e.start < first.end and (e.first, e.last) == (theme.frame.first, theme.frame.last) for e in exprs
            )
            if named and self._plans.search(view, first.start, first.end):
                return _set(current, theme, "frame.next_theme")
        return current

    def _titled(
        self, title: Title, view: str, blocks: Sequence[Block], exprs: Sequence[TimeExpr], anchor: Anchor
    ) -> Frame | None:
        """The part of a year, or the span, that a title names (上半年全市经济运行情况分析, “十三五”期间…)."""
        head = next((b for b in blocks[:TITLE_BLOCKS] if b.kind == "paragraph"), None)
        inside = [expr for expr in exprs if head is not None and expr.start < head.start]
        for expr in (*title.exprs, *inside) if anchor.reported else ():
            spans = expr.anchor == "absolute" and expr.first < expr.last
            if expr.sub == "months" or (spans and (expr.last <= anchor.reported or anchor.kind == "plan")):
                return frame_of(expr, anchor, Frame(anchor.reported, anchor.reported))
        return None if anchor.kind else self._dominant(view, exprs, anchor)

    def _dominant(self, view: str, exprs: Sequence[TimeExpr], anchor: Anchor) -> Frame | None:
        """The quarter, half-year or months that an analysis without such a title keeps naming."""
        year = Frame(anchor.reported, anchor.reported)
        parts = [e for e in exprs if e.sub == "months" and e.month_last > e.month]
        parts = [e for e in parts if not self._compared.ends(view, max(0, e.start - REACH), e.start)]
        if not anchor.reported or len(parts) < DOMINANT or parts[0].start > len(view) // EARLY:
            return None
        counts = Counter((e.month, e.month_last) for e in parts)
        (month, last), count = max(counts.items(), key=lambda item: (item[1], item[0]))
        if count < DOMINANT or (parts[0].month, parts[0].month_last) != (month, last):
            return None
        return year._replace(month=month, month_last=last)

    def _heading(
        self, view: str, block: Block, exprs: Sequence[TimeExpr], anchor: Anchor, current: Setting, reviewed: bool
    ) -> list[Theme]:
        """The periods a heading announces, each done or planned; nothing where it does not set a frame."""
        if block.level not in FRAMING_LEVELS or not anchor.reported:
            return []
        cues = list(self._sections.finditer(view, block.start, block.end))
        if not cues:
            return []
        if not exprs:
            return self._undated(block, cues[-1].entry.gives["status"], anchor, current, reviewed)
        themes = []
        for expr in exprs:
            behind = next((cue for cue in cues if cue.start >= expr.end), cues[-1])
            plan = behind.entry.gives["status"] != "actual"
            frame = frame_of(expr, anchor, current.frame, plan)
            if frame.last:
                themes.append(Theme(frame, _plausible(frame, "target" if plan else "actual", anchor)))
        return themes

    @staticmethod
    def _undated(block: Block, kind: str, anchor: Anchor, current: Setting, reviewed: bool) -> list[Theme]:
        """A heading that names no period: 工作回顾 is about the year reported, 工作安排 about the one planned."""
        if block.level not in (1, 4) or (kind == "either" and not reviewed):
            return []
        if kind == "actual":
            # the sections of a half-year's analysis keep to the half-year
            year = Frame(anchor.reported, anchor.reported)
            return [] if current.frame.month else [Theme(year, "actual")]
        if anchor.month < 12:
            return [Theme(Frame(anchor.reported, anchor.reported, anchor.month + 1, 12), "target")]
        return [Theme(Frame(anchor.planned, anchor.planned), "target")]

    def _lead(self, view: str, start: int, end: int, exprs: Sequence[TimeExpr]) -> TimeExpr | None:
        """The time expression a paragraph or a sentence opens with."""
        at = start
        while at < end and (opening := self._address.match(view, at, end)):
            at = opening.end
        for index in range(bisect_right(exprs, start, key=_END), len(exprs)):
            expr = exprs[index]
            if expr.start > at + 1:
                return None
            if self._compared.ends(view, start, expr.start):
                return None
            if expr.end > at and expr.anchor not in ("now", "same_period") and expr.sub not in ("start", "day"):
                return expr
        return None

    @staticmethod
    def _led(lead: TimeExpr, anchor: Anchor, current: Setting, themes: Sequence[Theme]) -> Setting:
        """The setting of what opens with a time expression."""
        frame = frame_of(lead, anchor, current.frame, current.status == "target")
        if not frame.last:
            return current
        if not anchor.reported:
            return _set(current, Theme(frame, current.status), "frame.lead")
        for theme in themes:
            if theme.frame == frame:
                return _set(current, theme, "frame.lead")
        status = "actual" if _ended(frame, anchor) else "target"
        if frame.last > anchor.reported >= frame.first and current.status == "actual":
            status = "actual"
        return _set(current, Theme(frame, status), "frame.lead")

    def _stays(
        self,
        view: str,
        block: Block,
        lead: TimeExpr | None,
        setting: Setting,
        themes: Sequence[Theme],
        current: Setting,
    ) -> bool:
        """Whether a lead holds for the paragraphs after its own too."""
        if any(theme.frame == setting.frame for theme in themes):
            return True
        if setting.status != current.status:
            return setting.status == "target"
        if lead is None:
            return False
        return self._past.ends(view, block.start, lead.start) is not None or (
            self._setter.match(view, lead.end, block.end) is not None
        )

    def _aimed(self, view: str, block: Block, setting: Setting, anchor: Anchor) -> Setting:
        """A paragraph that states the aims of the coming year is a plan, whatever its section."""
        first = block.sentences[0] if block.sentences else None
        aim = self._aims.search(view, first.start, first.end) if first and anchor.planned else None
        if aim is None:
            return setting
        if setting.status == "target":
            return setting._replace(rules=(aim.entry.id,))
        frame = setting.frame if setting.frame.last > anchor.reported else Frame(anchor.planned, anchor.planned)
        return Setting(frame, "target", setting.span, (aim.entry.id,))


def _plausible(frame: Frame, status: str, anchor: Anchor) -> str:
    """What ends by the year reported is not a target; what begins after it is not done."""
    if _ended(frame, anchor):
        return "actual"
    if frame.first == anchor.reported:
        return "target" if frame.month > anchor.month else status
    return "target" if frame.first > anchor.reported else status


def _ended(frame: Frame, anchor: Anchor) -> bool:
    """Whether a frame ends by the last month reported."""
    return (frame.last, frame.month_last or 12) <= (anchor.reported, anchor.month)


def _set(current: Setting, theme: Theme, rule: str) -> Setting:
    span = theme.frame if theme.frame.last > theme.frame.first else current.span
    return Setting(theme.frame, theme.status, span, (rule,))


def _grouped(blocks: Sequence[Block], exprs: Sequence[TimeExpr]) -> Iterator[tuple[Block, list[TimeExpr]]]:
    """Each block with the time expressions inside it."""
    at = 0
    for block in blocks:
        inside = []
        while at < len(exprs) and exprs[at].start < block.end:
            inside.append(exprs[at])
            at += 1
        yield block, inside
