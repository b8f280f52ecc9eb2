"""Lists of numbers and the list of names they belong to: 城镇、农村…分别增长4.9%、6.2%; 3.1:28.3:68.3."""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.coordination import Coordination
from indicator_extract.attribution.filling import GROWN, clause_before, scoped
from indicator_extract.attribution.parts import PartReader
from indicator_extract.attribution.phrases import Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Claim, Measured, Passage, Site, TimeExpr

TOPIC = 40  # characters before a ratio in which its structure is named
GAP = 8  # characters between two members of a list at most


class ListReader:
    """Finds lists with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._known = lexicon.indicators
        self._phraser, self._coordination = phraser, Coordination(lexicon)
        self._joiners, self._respectively = cues("joiner"), cues("respectively")
        self._toward, self._parts = cues("toward"), PartReader(lexicon, phraser)
        self._after, self._before = cues("bound_after"), cues("bound_before")
        self._rate_heads = tuple(lexicon.cues("rate_head").words)
        self._structure, self._property = cues("structure"), cues("property")
        self._templates = {key: value for e in cues("template").entries for key, value in e.gives.items()}

    def runs(self, view: str, passage: Passage) -> list[int]:
        """For each claim of a sentence the index of the first claim of its list; its own where it stands alone."""
        starts: list[int] = []
        for index, site in enumerate(passage.sites):
            joined = index > 0 and self._joined(view, passage.sites[index - 1], site)
            starts.append(starts[-1] if joined else index)
        return starts

    def _joined(self, view: str, left: Site, right: Site) -> bool:
        """Whether nothing but 、 or 和 stands between two numbers of one kind."""
        one, other = left.quantity, right.quantity
        if one.group >= 0 and one.group == other.group:
            return True
        if other.start - one.end > GAP or self._counts_on(view, left, right):
            return False
        if _kind(left) != _kind(right) and not self._paired(view, left, right):
            return False
        at = one.end
        bound = self._after.match(view, at, other.start)
        start = at = bound.end if bound else at
        while at < other.start and (joiner := self._joiners.match(view, at, other.start)):
            at = joiner.end
        if at == start:
            return False
        if at < other.start and (cue := self._before.match(view, at, other.start)):
            at = cue.end
        return at == other.start

    @staticmethod
    def _counts_on(view: str, left: Site, right: Site) -> bool:
        """高新技术企业74家，97家规上工业企业完成…: a clause that begins with a count of its own."""
        following = view[right.quantity.end : right.quantity.end + 1]
        return left.clause != right.clause and following.isalpha() and right.quantity.unit is not None

    def _paired(self, view: str, left: Site, right: Site) -> bool:
        """Numbers of two kinds that share the names before them: 分别, or 小麦面积和产量是95517亩和37554吨。"""
        if self._respectively.search(view, left.left, left.quantity.start):
            return True
        ended = not view[right.quantity.end : right.quantity.end + 1].isalnum()
        joined = self._joiners.search(view, left.left, left.quantity.start)
        return ended and joined is not None and joined.start > left.left

    def names(
        self,
        view: str,
        passage: Passage,
        starts: Sequence[int],
        index: int,
        measured: Measured,
        exprs: Sequence[TimeExpr],
        before: Sequence[Claim],
    ) -> list[str]:
        """One name for each member of the list that begins at `index`: from the words or from the claims before it.

        Empty where all members have the same name, or where the claim stands alone.
        """
        count, site = starts.count(index), passage.sites[index]
        if count < 2:
            return []
        words = self._phraser.words(view, site.left, measured.left_end, exprs)
        text = self._phraser.strip(words)
        if site.quantity.group_kind == "ratio":
            share = measured.measure == "share"
            parts = self._parts_of_whole(view, passage, index, text, before[-count:]) if share else []
            return parts if len(parts) == count else []  # a ratio of two behind one of three is not the same again
        for cue in reversed(list(self._respectively.finditer(text))):
            text = text[: cue.start] + text[cue.end :]
        respectively = self._respectively.search(view, site.left, site.quantity.start)
        if not text and respectively:
            text = self._phraser.subjects(clause_before(self._phraser, view, passage, index, exprs))
        grown = self._phraser.uncaused(text) if measured.measure in GROWN else text
        if members := self._coordination.parts(grown, count):
            return self._scoped([self._phraser.strip(part) or part for part in members], before)
        beside = not text and measured.measure in GROWN and self._beside(view, passage, index, before[-count:])
        if not (respectively or beside) or (site.left <= site.clause.start and self._says(text)):
            return []
        return self._those_before(words, measured, before[-count:], count)

    def _those_before(self, words: str, measured: Measured, before: Sequence[Claim], count: int) -> list[str]:
        """小麦产量9.5万吨，玉米产量3.7万吨，分别增长4.9%、6.2%; 对经济增长的贡献率依次为…: of each of those before."""
        last = [claim.named.indicator for claim in before]
        if self._toward.match(words):
            last = [self._parts.contributed(name, words) for name in last]
        elif measured.measure == "change":
            last = [self._parts.pulling(name, words) or name for name in last]
        return last if len(set(last)) == count else []

    def _beside(self, view: str, passage: Passage, index: int, before: Sequence[Claim]) -> bool:
        """财政收入1278元、人均存款13243元，增长4%、12.4%: as many levels in one clause as rates right behind it."""
        sites = passage.sites[max(0, index - len(before)) : index]
        alike = all(claim.measured.measure == "level" and claim.site.clause == sites[0].clause for claim in before)
        return (
            bool(sites)
            and alike
            and len(sites) == len(before)
            and self._joiners.search(view, *sites[-1].clause) is not None
        )

    def _says(self, text: str) -> bool:
        """Whether words that cannot be taken apart name something all the same: 粮油菜产量分别…."""
        split = self._property.ends(text)
        return split is not None and split.start > 0 and not text.endswith(self._rate_heads)

    def _scoped(self, parts: list[str], before: Sequence[Claim]) -> list[str]:
        """地方国企资产总额…，营业收入、利润总额分别…: with the opening of the name before that makes a known name."""
        if not before or any(self._known.get(part) for part in parts):
            return parts
        openings = (scoped(self._known, part, before[-1].named.indicator).removesuffix(part) for part in parts)
        opening = next(filter(None, openings), "")
        said = any(opening[:NOUN] in part for part in parts)  # 游客总花费…，入境游客数量和花费分别…
        return parts if said else [opening + part for part in parts]

    def _parts_of_whole(self, view: str, passage: Passage, index: int, text: str, before: Sequence[Claim]) -> list[str]:
        """The parts of a structure, named right before the ratio or earlier, or those of the ratio it came from."""
        site = passage.sites[index]
        count = sum(other.quantity.group == site.quantity.group for other in passage.sites)
        if index and passage.sites[index - 1].quantity.group_kind == "ratio" and not text:
            return [claim.named.indicator for claim in before]  # 由28.4:41.5:30.1调整为26.9:43.4:29.7
        ended = passage.sites[index - 1].quantity.end if index else passage.sentence.start
        start = max(ended, site.quantity.start - TOPIC)
        return self._components(text, count) or self._components(view[start : site.quantity.start], count) or []

    def _components(self, text: str, count: int) -> list[str] | None:
        """三次产业结构 → 第一产业比重, 第二产业比重, 第三产业比重."""
        cut = len(text)
        for cue in self._structure.finditer(text):
            cut = min(cut, cue.start) if cue.start else cut
        text = self._phraser.strip(text[:cut])
        parts = self._coordination.parts(text, count)
        if parts is None:
            return None
        return [self._templates["component"].format(part=part) for part in parts]


def _kind(site: Site) -> str:
    unit = site.quantity.unit
    return unit.dimension if unit else site.quantity.kind
