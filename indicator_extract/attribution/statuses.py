"""Done, expected or planned?"""

from __future__ import annotations

from typing import NamedTuple

from indicator_extract.attribution.anchor import Anchor
from indicator_extract.attribution.frames import Setting
from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.model import Bounded, Dated, Site, Stated


class Carried(NamedTuple):
    """A status cue that holds for the claims after it in its sentence."""

    match: CueMatch
    status: str


class StatusReader:
    """Reads statuses with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._cues, self._after = lexicon.cues("status"), lexicon.cues("status_after")
        self._done, self._strong = lexicon.cues("done"), lexicon.cues("strong_end")
        self._right, self._before = lexicon.cues("status_right"), lexicon.cues("status_before")

    def read(
        self,
        view: str,
        site: Site,
        bounded: Bounded,
        dated: Dated,
        setting: Setting,
        anchor: Anchor,
        carried: Carried | None,
        sentence_start: int,
    ) -> tuple[Stated, Carried | None]:
        """The status of a claim, and the cue it hands on to the next claim of the sentence."""
        behind = self._after.match(view, bounded.right_start, site.right)
        if site.quantity.unit is None or site.quantity.unit.dimension != "point":  # 超出年度目标0.7个百分点 is a result
            behind = behind or self._before.ends(view, site.left, bounded.left_end)
        if behind is None and setting.status == "actual":
            behind = self._right.search(view, bounded.right_start, site.right)
        if behind:
            return _stated(view, behind, behind.entry.gives["status"]), carried
        cue = self._own(view, site, sentence_start)
        if cue is None and carried and self._holds(view, carried, site):
            cue = carried.match
        planned = setting.status == "target"
        dated_here = dated.source == "explicit" and "section.aim" not in setting.rules
        if cue and not (planned and cue.entry.gives["status"] == "target"):
            status = cue.entry.gives["status"]
            if planned and status == "estimate" and not dated_here:
                status = "target"  # 预计 in a plan is a plan, but 预计今年… is a forecast
            if status != "target" or "firm" in cue.entry.gives or not _past(dated, anchor):
                return _stated(view, cue, status), Carried(cue, status)
        if not planned:
            if (
                dated.source == "explicit"
                and 0 < anchor.reported < dated.first
                and anchor.rules != ("anchor.frequency",)
            ):
                return Stated("target", (), ("status.period_to_come",)), None
            return Stated("actual", (), ("status.done",)), None
        begun = not (dated.source == "explicit" and dated.first > anchor.reported)
        if _past(dated, anchor) or (begun and self._done.search(view, site.clause.start, site.quantity.start)):
            return Stated("actual", (), ("status.past_in_plan",)), None
        words = _words(view, cue) if cue else ()
        return Stated("target", words, ("status.section", *([cue.entry.id] if cue else []))), None

    def _own(self, view: str, site: Site, sentence_start: int) -> CueMatch | None:
        """The last cue in the claim's own context; 预计 at the head of the sentence counts for it all."""
        last = None
        for match in self._cues.finditer(view, site.left, site.quantity.start):
            last = match
        if last is None:
            opening = self._cues.search(view, sentence_start, site.quantity.start)
            if opening and opening.entry.gives["status"] == "estimate":
                last = None if self._strong.search(view, opening.end, site.quantity.start) else opening
        return last

    def _holds(self, view: str, carried: Carried, site: Site) -> bool:
        """A cue carries on to the rest of its sentence, but not past ；, nor over a result (已完成)."""
        if self._strong.search(view, carried.match.end, site.quantity.start):
            return False
        return carried.status == "estimate" or self._done.search(view, site.clause.start, site.quantity.start) is None


def _past(dated: Dated, anchor: Anchor) -> bool:
    """Whether a period that the sentence names has ended by the last month reported."""
    return dated.source == "explicit" and (0, 0) < (dated.last, dated.month) <= (anchor.reported, anchor.month)


def _words(view: str, cue: CueMatch) -> tuple[tuple[int, str], ...]:
    return ((cue.start, view[cue.start : cue.end]),)


def _stated(view: str, cue: CueMatch, status: str) -> Stated:
    return Stated(status, _words(view, cue), (cue.entry.id,))
