"""Names of parts, contributions and rates of completion."""

from __future__ import annotations

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.memory import MET, Memory
from indicator_extract.attribution.phrases import Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Named, Unit


class PartReader:
    """Names shares and contributions with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._phraser = phraser
        self._share, self._pull, self._arrival = cues("share"), cues("pull"), cues("arrival")
        self._completion, self._toward, self._planned = cues("completion"), cues("toward"), cues("plan_whole")
        self._rates = cues("rate_head").words
        self._templates = {key: value for e in cues("template").entries for key, value in e.gives.items()}

    def read(self, words: str, measure: str, unit: Unit | None, memory: Memory) -> Named | None:
        """The name of a share, a contribution or a rate of completion; None where the words name none."""
        if measure in ("level", "share") and (named := self._met(words, memory)):
            return named
        if measure == "level":
            return self._completed(words) if unit and unit.dimension == "percent" else None
        if measure == "share":
            return self._shared(words, memory)
        return self._pulled(words, memory) if measure == "change" else None

    def _met(self, words: str, memory: Memory) -> Named | None:
        """一般公共预算收入26亿元，为预算的100.8%; 完成年度目标任务的55.1%: how much of a plan is met, and by what."""
        cue = self._planned.search(words)
        strip = self._phraser.strip
        part = (strip(words[: cue.start]) or strip(memory.name)) if cue else ""
        if cue is None or not part:
            return None
        name = self._templates["met"].format(part=part, whole=cue.groups["whole"])
        return Named(name, words, (MET,))

    def _completed(self, words: str) -> Named | None:
        """保交房项目完成94.9%: a percentage right behind a word of completion is the rate of it."""
        cue = self._completion.search(words)
        if cue is None:
            return None
        part, done = self._phraser.strip(words[: cue.start]), words[cue.start : cue.end]
        if len(part) < NOUN or part.endswith(tuple(self._rates)):
            return None
        return Named(self._templates["done"].format(part=part, done=done), words, ("name.rate_of_completion",))

    def _shared(self, words: str, memory: Memory) -> Named | None:
        """…占…的比重: part and whole; the part is what was just named where the words begin with 占."""
        found = list(self._share.finditer(words))
        if not found:
            return self._part_of(words, memory)
        cue = next((c for c in found if c.entry.gives.get("verb")), found[0])  # 结构调整占16%
        part, whole = self._phraser.strip(words[: cue.start]), self._phraser.strip(words[cue.end :])
        whole = whole or self._phraser.strip_tail(words[cue.end :])  # 占全国的1/4
        if not whole:
            if memory.subject and self._toward.match(words):
                return Named(self.contributed(memory.name, words[: cue.end]), words, ("name.share",))
            if cue.entry.gives.get("verb"):  # 少数民族人口1.03万人，占2.1%
                return Named(self._templates["alone"].format(part=part or memory.subject), words, ("name.share",))
            name = self._phraser.strip(words[: cue.end])
            return Named(name if part else memory.subject + name, words, ("name.share",))
        tail = self._share.ends(whole)
        if tail and tail.start > 0:
            whole = self._phraser.strip(whole[: tail.start])
        name = self._templates["share"].format(part=part or self._shareless(memory.name), whole=whole)
        return Named(name, words, ("name.share",))

    def _shareless(self, name: str) -> str:
        """专利申请量占全市41%，占全省36%: the second is a share of what the first is a share of."""
        share = self._share.search(name)
        return name[: share.start] if share and share.start >= NOUN and share.entry.gives.get("verb") else name

    def led(self, words: str) -> Named | None:
        """工业投资占比首次过半，达52.3%: the name of a share from the clause before it."""
        ends = [cue.end for cue in self._share.finditer(words) if cue.start >= NOUN]
        name = self._phraser.strip(words[: ends[-1]]) if ends else ""
        return Named(name, words, ("name.share",)) if name else None

    def contributed(self, name: str, words: str) -> str:
        """占地区生产总值的比重为…，对经济增长的贡献率为…: the second is of what has the share, not of the share."""
        share = self._share.search(name)
        return (name[: share.start] if share and share.start >= NOUN else name) + self._phraser.strip_tail(words)

    def pulling(self, name: str, words: str) -> str:
        """对经济增长的贡献率分别为…，分别拉动经济增长…: a pull of what contributes; "" where nothing is."""
        pull = self._pull.search(words)
        whole = self._phraser.strip(words[pull.end :]) if pull else ""
        ends = [cue.start for cue in (self._share.search(name), self._toward.search(name)) if cue and cue.start >= NOUN]
        return self._templates["pull"].format(part=name[: min(ends, default=None)], whole=whole) if whole else ""

    def _part_of(self, words: str, memory: Memory) -> Named | None:
        """高标准农田达到耕地总面积的64%: part and whole without 占."""
        cue = self._arrival.search(words)
        if cue is None:
            return None
        part, whole = self._phraser.strip(words[: cue.start]), self._phraser.strip(words[cue.end :])
        name = self._templates["share"].format(part=part or memory.name, whole=whole)
        return Named(name, words, ("name.share",)) if whole else None

    def _pulled(self, words: str, memory: Memory) -> Named | None:
        """拉动…增长: who pulls what."""
        cue = self._pull.search(words)
        if cue is None:
            return None
        part = self._phraser.strip(words[: cue.start]) or memory.subject or memory.name
        whole = self._phraser.strip(words[cue.end :])
        if not whole:
            return None
        return Named(self._templates["pull"].format(part=part, whole=whole), words, ("name.pull",))
