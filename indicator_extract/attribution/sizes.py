"""Sizes that describe the noun behind them: 30万吨级航道, 5万千瓦风电项目, 日产500吨熟料生产线."""

from __future__ import annotations

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.phrases import Phrase, Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Bounded, Named, Site

SIZES = frozenset({"mass", "length", "area", "volume", "power"})  # what a project is described by


class SizeReader:
    """Names sizes with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._phraser, self._known, self._property = phraser, lexicon.indicators, cues("property")
        self._grade, self._capacity, self._neutral_tail = cues("grade"), cues("capacity"), cues("neutral_tail")
        self._bare = cues("bare_head").words

    def read(self, view: str, site: Site, bounded: Bounded, left: Phrase, right: str, carried: str) -> Named | None:
        """防城港30万吨级进港航道: a size describes the noun behind it, and the words before it are another noun's."""
        if site.quantity.unit is None or site.quantity.unit.dimension not in SIZES or len(right) < NOUN:
            return None
        project = self._capacity.ends(left.text) or (left.text != left.action and self._neutral_tail.ends(right))
        own = left.closing or (left.action and not project) or self._property.ends(left.text)
        alone = own or self._known.get(left.text) or not left.text or left.text in self._bare
        attached = self._capacity.ends(left.text) or (
            bounded.right_start == site.quantity.end and not self._phraser.verbal(view, site.quantity.end)
        )
        if not self._grade.match(view, site.quantity.end) and (alone or not attached):
            return None
        action = left.action or carried
        return Named(right if action in right else action + right, right, ("name.sized",))
