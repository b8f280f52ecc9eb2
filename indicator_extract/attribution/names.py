"""What is measured? Candidates from the words around the number, one choice by the class of the unit, then what is missing.

A counted noun stands to the right of its number (20个项目), a property to the left (投资15亿元), growth has the name of what was
named last. A bare head (面积) takes its subject from the claim before, a bare subject (猪肉) its property.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicator_extract.attribution.phrases import Phrase, Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Bounded, Measured, Named, Site, TimeExpr


class Memory(NamedTuple):
    """What a claim hands on to the next one of its sentence or paragraph."""

    name: str  # name of the claim before
    subject: str  # the same without its property
    head: str  # its property
    action: str  # the action it opens with


NOTHING = Memory("", "", "", "")


class NameReader:
    """Names claims with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._phraser = phraser
        self._classifiers = lexicon.classifiers
        self._bare = frozenset(w for e in cues("bare_head").entries for w in e.words)
        self._bare_lengths = sorted({len(w) for w in self._bare}, reverse=True)
        self._property, self._share, self._pull = cues("property"), cues("share"), cues("pull")
        self._among = cues("among")
        self._known = lexicon.indicators
        self._templates = {key: value for e in cues("template").entries for key, value in e.gives.items()}

    def read(
        self, view: str, site: Site, bounded: Bounded, measured: Measured, exprs: Sequence[TimeExpr], memory: Memory,
        listed: bool,
    ) -> Named:
        """The name of a claim."""
        words = self._phraser.words(view, site.left, measured.left_end, exprs)
        if measured.measure == "share" and (named := self._shared(words, memory)):
            return named
        if measured.measure == "change" and (pulled := self._pulled(words, memory)):
            return pulled
        left = self._phraser.left(words)
        if measured.measure in ("growth_rate", "avg_growth_rate", "change", "multiple"):
            return self._grown(left, memory)
        right = self._right(view, site, bounded)
        counted = site.quantity.unit is not None and site.quantity.unit.id in self._classifiers
        named = self._counted(left, right, memory, listed) if counted else self._amount(left, right, memory)
        return named if named.indicator else Named(memory.name, words, ("name.carried",))

    def remember(self, named: Named, before: Memory) -> Memory:
        """What this claim hands on."""
        name = named.indicator
        if not name:
            return before
        head = self._head_of(name)
        subject = name[: -len(head)] if head else name
        action = self._phraser.action_of(name)
        return Memory(name, subject or before.subject, head, action)

    # -- by the class of the unit

    def _counted(self, left: Phrase, right: str, memory: Memory, listed: bool) -> Named:
        """A count: the noun right of it, with the action left of it; else the words to the left."""
        if right:
            action = left.text if left.bare_action else left.action if len(left.text) < 12 else ""
            return Named(action + right, right, ("name.counted",))
        if not left.text or left.bare_action:
            return Named(left.text + memory.subject if left.text else memory.name, left.text, ("name.carried",))
        if listed and memory.action and not left.action and left.text not in self._bare:
            return Named(memory.action + left.text, left.text, ("name.action_carried",))
        return self._filled(left.text, memory)

    def _amount(self, left: Phrase, right: str, memory: Memory) -> Named:
        """Money, area, mass, %: the words to the left; the noun to the right where the left is an action."""
        if left.text and not left.bare_action:
            if left.text in self._bare and right and left.text not in self._known.by_name:
                return Named(right + left.text, left.text, ("name.right_subject",))
            return self._filled(left.text, memory)
        if right:
            return Named(left.text + right, right, ("name.right",))
        if left.text:
            return Named(memory.subject + left.text, left.text, ("name.action",))
        return Named(memory.name, "", ("name.carried",))

    def _grown(self, left: Phrase, memory: Memory) -> Named:
        """A growth rate or a change has the name of what grew."""
        if not left.text:
            return Named(memory.name, "", ("name.carried",))
        return self._filled(left.text, memory)

    # -- shares and contributions

    def _shared(self, words: str, memory: Memory) -> Named | None:
        """…占…的比重: part and whole; the part is what was just named where the words begin with 占."""
        cue = self._share.search(words)
        if cue is None:
            return None
        part, whole = self._phraser.strip(words[: cue.start]), words[cue.end :]
        if not whole or self._phraser.strip(whole) == "":
            name = words[: cue.end]
            name = self._phraser.strip(name) if part else memory.subject + self._phraser.strip(name)
            return Named(name, words, ("name.share",))
        tail = self._share.ends(whole) or self._share.ends(self._phraser.strip(whole))
        whole = self._phraser.strip(whole)
        if tail and len(whole) > tail.end - tail.start:
            whole = self._phraser.strip(whole[: -(tail.end - tail.start)])
        part = part or memory.name
        return Named(self._templates["share"].format(part=part, whole=whole), words, ("name.share",))

    def _pulled(self, words: str, memory: Memory) -> Named | None:
        """拉动…增长: who pulls what."""
        cue = self._pull.search(words)
        if cue is None:
            return None
        part = self._phraser.strip(words[: cue.start]) or memory.name
        whole = self._phraser.strip(words[cue.end :])
        if not whole:
            return None
        return Named(self._templates["pull"].format(part=part, whole=whole), words, ("name.pull",))

    # -- filling in

    def _filled(self, text: str, memory: Memory) -> Named:
        """A name with what it leaves out: the subject of a bare head."""
        if text in self._bare and memory.subject and not self._known.get(text):
            subject = memory.subject
            return Named(subject + text, text, ("name.subject",))
        return Named(text, text, ("name.left",))

    def _head_of(self, name: str) -> str:
        for length in self._bare_lengths:
            if length < len(name) and name[-length:] in self._bare:
                return name[-length:]
        return ""

    def _right(self, view: str, site: Site, bounded: Bounded) -> str:
        if bounded.right_start != site.quantity.end:
            return ""
        return self._phraser.right(view, site.quantity.end, site.right)
