"""Done, expected or planned?"""

from __future__ import annotations

from typing import NamedTuple

from indicator_extract.attribution.anchor import Anchor
from indicator_extract.attribution.frames import Setting
from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.model import COLONS, Bounded, Dated, Site, Stated


class Place(NamedTuple):
    """Where a claim stands, as far as its status is concerned."""

    site: Site
    bounded: Bounded
    sentence: int  # where its sentence starts


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
        self, view: str, place: Place, dated: Dated, setting: Setting, anchor: Anchor, carried: Carried | None
    ) -> tuple[Stated, Carried | None]:
        """The status of a claim, and the cue it hands on to the next claim of the sentence."""
        beside = self._beside(view, place, setting)
        if beside:
            return _stated(view, beside, beside.entry.gives["status"]), carried
        cue = self._own(view, place.site, place.sentence)
        if cue is None and carried and self._holds(view, carried, place.site):
            cue = carried.match
        if cue and (status := _said(cue, dated, setting, anchor)):
            return _stated(view, cue, status), Carried(cue, status)
        if setting.status == "target":
            return self._planned(view, place.site, dated, anchor, cue), None
        to_come = dated.source == "explicit" and 0 < anchor.reported < dated.first
        if to_come and anchor.rules != ("anchor.frequency",):
            return Stated("target", (), ("status.period_to_come",)), None
        return Stated("actual", (), ("status.done",)), None

    def _beside(self, view: str, place: Place, setting: Setting) -> CueMatch | None:
        """A cue behind the number (8%的预定目标, …将从中受益) or right before it (年初预算数205亿元)."""
        site, bounded = place.site, place.bounded
        found = self._after.match(view, bounded.right_start, site.right)
        if site.quantity.unit is None or site.quantity.unit.dimension != "point":  # 超出年度目标0.7个百分点 is a result
            found = found or self._before.ends(view, site.left, bounded.left_end)
        if found is None and setting.status == "actual":
            found = self._right.search(view, bounded.right_start, site.right)
        return found

    def _planned(self, view: str, site: Site, dated: Dated, anchor: Anchor, cue: CueMatch | None) -> Stated:
        """A claim in a plan: a target, unless its period has ended or it is said to be done (已)."""
        begun = not (dated.source == "explicit" and dated.first > anchor.reported)
        if _past(dated, anchor) or (begun and self._done.search(view, site.clause.start, site.quantity.start)):
            return Stated("actual", (), ("status.past_in_plan",))
        words = _words(view, cue) if cue else ()
        return Stated("target", words, ("status.section", *([cue.entry.id] if cue else [])))

    def _own(self, view: str, site: Site, sentence_start: int) -> CueMatch | None:
        """The last cue in the claim's own context; 预计 at the head of the sentence counts for it all."""
        last = None
        for match in self._cues.finditer(view, site.left, site.quantity.start):
            last = match
        return last or self._opening(view, sentence_start, site.quantity.start)

    def _opening(self, view: str, start: int, end: int) -> CueMatch | None:
        """预计 at the head of a sentence, or an aim before a colon (主要预期目标是：…)."""
        opening = self._cues.search(view, start, end)
        if opening and opening.entry.gives["status"] == "estimate":
            return None if self._strong.search(view, opening.end, end) else opening
        aims = (aim for aim in self._cues.finditer(view, start, end) if view[aim.end : aim.end + 1] in COLONS)
        return next(aims, None) if opening else None

    def _holds(self, view: str, carried: Carried, site: Site) -> bool:
        """A cue carries on to the rest of its sentence, but not past ；, nor over a result (已完成)."""
        if self._strong.search(view, carried.match.end, site.quantity.start):
            return False
        return carried.status == "estimate" or self._done.search(view, site.clause.start, site.quantity.start) is None


def _said(cue: CueMatch, dated: Dated, setting: Setting, anchor: Anchor) -> str:
    """The status a cue gives; "" where the section or a period that has ended decides."""
    status = cue.entry.gives["status"]
    if setting.status == "target":
        # 预计 in a plan is a plan, but 预计今年… is a forecast
        forecast = dated.source == "explicit" and "section.aim" not in setting.rules
        return status if status == "estimate" and forecast else ""
    blocked = status == "target" and "firm" not in cue.entry.gives and _past(dated, anchor)
    return "" if blocked else status


def _past(dated: Dated, anchor: Anchor) -> bool:
    """Whether a period that the sentence names has ended by the last month reported."""
    return dated.source == "explicit" and (0, 0) < (dated.last, dated.month) <= (anchor.reported, anchor.month)


def _words(view: str, cue: CueMatch) -> tuple[tuple[int, str], ...]:
    return ((cue.start, view[cue.start : cue.end]),)


def _stated(view: str, cue: CueMatch, status: str) -> Stated:
    return Stated(status, _words(view, cue), (cue.entry.id,))
