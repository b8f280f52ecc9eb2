"""What a short name takes from what was named before it: a property (食品烟酒上涨3%), an action, what grew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.filling import GROWN, SUBJECT, fits
from indicator_extract.attribution.memory import Memory
from indicator_extract.attribution.phrases import Phrase, Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import COLONS, Measured, Named, Passage, TimeExpr, Unit

COUNT = "count"
SENTENCE = 60  # characters before a bracket in which the property of what it lists is named


class HeadReader:
    """Finds what short names leave out with the cues and indicators of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._phraser, self._known, self._property = phraser, lexicon.indicators, cues("property")
        self._classifiers, self._per = lexicon.classifiers, cues("per_head")
        self._subjects, self._opens = cues("bare_subject").words, cues("bracket").words
        self._share, self._whole, self._handled = cues("share"), cues("whole_name"), cues("handled")
        self._owned = {e.gives["dimension"]: e.gives["properties"].split("|") for e in cues("unit_property").entries}
        self._bare, self._rate_heads = cues("bare_head").words, cues("rate_head").words

    def headed(
        self, view: str, passage: Passage, index: int, measured: Measured, left: Phrase, memory: Memory
    ) -> Named | None:
        """居民消费价格上涨2%，食品烟酒上涨3%: words that the lexicon knows with what was named before them."""
        grown = measured.measure in GROWN
        unit = None if grown else passage.sites[index].quantity.unit
        if not left.text or (fits(self._known, left.text, unit) and not self._stands_short(left.text, unit, memory)):
            return None
        for head in self._heads(view, passage, left, memory, grown=grown):
            whole = self._known.get(left.text + head) if head else None
            if whole and (whole.takes(unit) if unit else self._share.search(head) is None):
                return Named(left.text + head, left.text, ("name.head_carried",))
        for action in self._actions(memory) if not left.action else ():
            if fits(self._known, action + left.text, unit):
                return Named(action + left.text, left.text, ("name.action_carried",))  # 参加养老保险…，失业保险…
        return self._of_unit(view, passage, index, left, memory) if unit else None

    def _actions(self, memory: Memory) -> Sequence[str]:
        """The actions a name opens with, each alone: 新增治理水土流失面积."""
        inner = self._phraser.action_of(memory.name[len(memory.action) :]) if memory.action else ""
        return [action for action in (memory.action, inner) if action]

    def _of_unit(self, view: str, passage: Passage, index: int, left: Phrase, memory: Memory) -> Named | None:
        """主要产品中，水泥5万吨: a product with the property that its unit measures, if nothing else was measured."""
        unit, before = passage.sites[index].quantity.unit, memory.unit
        if unit is None or left.action or memory.action:
            return None
        alike = before and before.dimension == unit.dimension and self._whole.ends(memory.name)
        for head in self._owned.get(unit.dimension, ()):
            if not fits(self._known, left.text + head, unit) or (alike and not memory.name.endswith(head)):
                continue
            if self._handled.search(view, passage.sentence.start, passage.sites[index].quantity.start) is None:
                return Named(left.text + head, left.text, ("name.head_of_unit",))
        return None

    def _heads(self, view: str, passage: Passage, left: Phrase, memory: Memory, *, grown: bool) -> Iterator[str]:
        """What may have been left out: the property named last or first, any end of the name before."""
        if memory.head not in self._rate_heads:
            yield memory.head
        if grown:
            yield self._property_before(view, passage.sentence.start, passage.sites[0].quantity.start)
        if not left.action:
            yield from (memory.name[at:] for at in range(len(memory.name) - 1))  # 恩格尔系数31%，其中城镇30%

    def _stands_short(self, text: str, unit: Unit | None, memory: Memory) -> bool:
        """国有企业增加值增长3%，私营企业增长8%: a known count, but what is said of it is said of its property."""
        whole = self._known.get(text + memory.head) if memory.head else None
        own = self._known.get(text)
        if whole is None or own is None or whole == own or memory.head in self._rate_heads:
            return False
        if unit is None:
            return COUNT in own.dimension and COUNT not in whole.dimension
        return own.unit != unit.symbol == whole.unit

    def averaged(self, words: str, left: Phrase, memory: Memory) -> Named | None:
        """全县生产总值36.4亿元，人均突破1000美元: per head, of what was named before."""
        cue = self._per.match(words) if memory.name else None
        cue = cue if cue and left.text in ("", words[: cue.end]) else None
        return Named(words[: cue.end] + memory.name, words, ("name.per_head",)) if cue else None

    def led(self, view: str, passage: Passage, index: int, left: Phrase) -> Named | None:
        """主要产品产量：水泥21.6万吨，铬矿石11.3万吨: short names with the property that leads their sentence."""
        first, unit = passage.sites[0].clause, passage.sites[index].quantity.unit
        lead = next((clause for clause in reversed(passage.sentence.clauses) if clause.end <= first.start), None)
        if lead is None or view[lead.end : lead.end + 1] not in COLONS:
            return None
        head = self._property_before(view, lead.start, lead.end)
        counted = unit is None or unit.id in self._classifiers
        whole = left.action or self._known.get(left.text) or self._property.ends(left.text) or left.text in self._bare
        if counted or whole or not view.startswith(head, lead.end - len(head)) or not 0 < len(left.text) <= SUBJECT:
            return None
        return Named(left.text + head, left.text, ("name.head_carried",)) if head else None

    def _property_before(self, view: str, start: int, end: int) -> str:
        """从八大类消费品价格看，…: the last property named in a stretch of a sentence."""
        opening = view[start:end]
        for at in range(len(opening), 0, -1):
            found = self._property.ends(opening, 0, at)
            if found and opening[found.start : at] not in self._rate_heads:
                return opening[found.start : at]
        return ""

    def _produced(self, view: str, passage: Passage, index: int, text: str) -> str:
        """产量增幅较大的有汽车（增长35%）: a noun before a bracket with the property named before it, where known."""
        left = passage.sites[index].left
        whole = text + self._property_before(view, max(passage.sentence.start, left - SENTENCE), left)
        return whole if self._known.get(whole) else text

    def between(self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr]) -> str:
        """What grew, before a bracket (发酵酒（增长87%）) or in the clause before (投资显著加快，全年增长19.5%)."""
        site = passage.sites[index]
        start = passage.sites[index - 1].quantity.end if index else passage.sentence.start
        if view[site.left - 1 : site.left] in self._opens:
            text = self._phraser.last_noun(self._phraser.words(view, start, site.left - 1, exprs))
            if len(text) < NOUN or self._phraser.until_growth(text) != text:
                return ""  # 增速均有较大幅度提升（同期为下降31.9%）
            return self._produced(view, passage, index, text)
        for clause in reversed([c for c in passage.sentence.clauses if start <= c.start and c.end < site.left]):
            text = self._phraser.strip(self._phraser.until_growth(self._phraser.words(view, *clause, exprs)))
            if self._known.get(text):
                return text
        return ""
