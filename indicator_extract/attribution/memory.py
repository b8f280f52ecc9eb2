"""What one claim hands on to the next: its name and the parts of it, and the whole that 其中 takes apart."""

from __future__ import annotations

from typing import NamedTuple

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.phrases import Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Named, Site, Unit

RELATIVE = frozenset({"percent", "permille", "permyriad", "point"})  # what is said of an amount
MET = "name.rate_of_plan"  # the rule of a name that says how much of a plan is met


class Memory(NamedTuple):
    """What a claim hands on to the next one of its sentence or paragraph."""

    name: str  # name of the claim before
    subject: str  # the same without its property and action
    head: str  # its property
    action: str  # the action it opens with
    unit: Unit | None = None  # of the last amount, no percentage


NOTHING = Memory("", "", "", "")


class MemoryKeeper:
    """Takes names apart with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._phraser, self._known, self._bare = phraser, lexicon.indicators, cues("bare_head").words
        self._property, self._completion = cues("property"), cues("completion")
        self._among, self._ended = cues("among"), cues("strong_end")
        self._closes = frozenset(cues("bracket").pairs.values())

    def remember(self, named: Named, before: Memory, unit: Unit | None) -> Memory:
        """What this claim hands on."""
        amount = before.unit if unit is not None and unit.dimension in RELATIVE else unit
        return self._named(named, before)._replace(unit=amount)

    def _named(self, named: Named, before: Memory) -> Memory:
        name = named.indicator
        if not name or (before.name and MET in named.rules):  # 为预算的100.8%，增长4.2%: not the rate grew
            return before
        action = self._phraser.action_of(name)
        bare = name[len(action) :]
        head = bare.removeprefix(before.subject)
        if head in self._bare and before.subject:
            return Memory(name, before.subject, head, action)
        split = self._property.ends(bare)
        if split and not split.start and not self._known.get(bare):
            return Memory(name, before.subject, bare, action)
        if split is None or (split.start < NOUN and not (split.start and self._known.get(bare))):
            done = None if self._known.get(bare) else self._completion.ends(bare)  # 重大项目开工
            subject = bare[: done.start] if done and done.start >= NOUN else bare
            return Memory(name, subject, bare if split else "", action)
        return Memory(name, bare[: split.start], bare[split.start :], action)

    def is_part(self, view: str, start: int) -> bool:
        """Whether a sentence or clause goes on about the subject of the one before (其中…)."""
        return self._among.match(view, start) is not None

    def ends_parts(self, view: str, before: Site, site: Site) -> bool:
        """Whether ； or the end of a bracket stands between two numbers."""
        between = before.quantity.end, site.quantity.start
        return self._ended.search(view, *between) is not None or any(c in self._closes for c in view[slice(*between)])
