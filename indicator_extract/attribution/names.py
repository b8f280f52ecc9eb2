"""What is measured? Candidates from the words around a number, a choice by the class of its unit, then what is missing.

A counted noun stands to the right of its number (20个项目), a property to the left (投资15亿元), growth has the name of
what was named last. A bare head (面积) takes its subject from the claim before, or from the clause after it
(投入2727万元，实施景观工程).
"""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.filling import GROWN, PARTS_OF, SUBJECT, Filler, clause_before, fits, merged
from indicator_extract.attribution.funding import PurposeReader
from indicator_extract.attribution.heads import HeadReader
from indicator_extract.attribution.memory import Memory
from indicator_extract.attribution.parts import PartReader
from indicator_extract.attribution.phrases import Phrase, Phraser
from indicator_extract.attribution.sizes import SizeReader
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Bounded, Measured, Named, Passage, Site, TimeExpr

CARRIED = ("name.carried",)
DESCRIPTION = 18  # a longer description is a clause of its own
SHORT = 12  # a longer phrase before a counted noun is another clause's matter


class NameReader:
    """Names claims with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        cues = lexicon.cues
        self._phraser = phraser
        self._classifiers = lexicon.classifiers
        self._bare = lexicon.cues("bare_head").words
        self._rate_heads = lexicon.cues("rate_head").words
        self._subjects = lexicon.cues("bare_subject").words
        self._actions, self._against = cues("predicate"), cues("against")
        self._arrival, self._joiners = cues("arrival"), tuple(cues("part_joiner").words)
        self._neutral = cues("neutral_action")
        self._property, self._unclear, self._whole = cues("property"), cues("unclear_name"), cues("whole_name")
        self._areas, self._own_heads = cues("whole_area"), self._bare - cues("forward_head").words
        self._known, self._parts = lexicon.indicators, PartReader(lexicon, phraser)
        self._filler, self._purposes = Filler(lexicon, phraser), PurposeReader(lexicon, phraser)
        self._sizes, self._heads = SizeReader(lexicon, phraser), HeadReader(lexicon, phraser)

    def read(
        self,
        view: str,
        passage: Passage,
        index: int,
        bounded: Bounded,
        measured: Measured,
        exprs: Sequence[TimeExpr],
        memory: Memory,
    ) -> Named:
        """The name of the claim at `index` of a sentence."""
        site = passage.sites[index]
        words = self._phraser.words(view, site.left, measured.left_end, exprs)
        left = self._phraser.left(words)
        if left.text in self._own_heads and not left.bare_action and self._areas.match(words):
            return Named(left.text, words, ("name.of_area",))  # 西邻平南，全县总面积2816平方公里
        if partial := self._partial(view, passage, index, exprs, words, left, measured, memory):
            return partial
        if measured.measure in GROWN:
            named = self._grown(view, passage, index, exprs, measured, left, memory)
        else:
            named = self._filler.plain(self._levelled(view, words, passage, index, bounded, exprs, left, memory))
        if repaired := self._filler.repaired(view, passage, index, exprs, measured, left, named, memory):
            return repaired
        return self._topical(view, words, passage, index, exprs, left, named)

    def _topical(
        self,
        view: str,
        words: str,
        passage: Passage,
        index: int,
        exprs: Sequence[TimeExpr],
        left: Phrase,
        named: Named,
    ) -> Named:
        """A name that the claim's own words do not give: that of the clause before, where it is nothing but a name."""
        carried = named.rules == CARRIED and not left.text
        if named.indicator and named.indicator != left.text and not carried:
            return named
        topic = self._purposes.topic(view, passage, index, exprs) if not left.text or left.text in self._bare else ""
        if carried and named.indicator:
            said = self._known.get(topic) or (not index and len(topic) > SUBJECT and self._property.ends(topic))
            return Named(topic, words, ("name.topic",)) if said else named
        if topic and not (named.indicator and self._known.get(named.indicator)):
            return Named(merged(topic, left.text), words, ("name.topic",))
        return self._filler.unnamed(view, passage, index, exprs, named)

    def _partial(
        self,
        view: str,
        passage: Passage,
        index: int,
        exprs: Sequence[TimeExpr],
        words: str,
        left: Phrase,
        measured: Measured,
        memory: Memory,
    ) -> Named | None:
        """The name of a part, or one made of the words to the left and a property named before them."""
        if memory.name and self._against.match(view, passage.sites[index].quantity.end):
            return Named(memory.name, "", ("name.carried",))  # 与2010年人口普查的410万人相比
        named = self._parts.read(words, measured.measure, passage.sites[index].quantity.unit, memory)
        if named is None and not left.text and measured.measure == "share":
            named = self._parts.led(clause_before(self._phraser, view, passage, index, exprs))
        named = named or self._heads.averaged(words, left, memory)
        named = named or self._heads.headed(view, passage, index, measured, left, memory)
        return named or self._heads.led(view, passage, index, left)

    def _levelled(
        self,
        view: str,
        words: str,
        passage: Passage,
        index: int,
        bounded: Bounded,
        exprs: Sequence[TimeExpr],
        left: Phrase,
        memory: Memory,
    ) -> Named:
        """The name of a level: by the class of its unit."""
        site = passage.sites[index]
        right, right_end = self._right(view, words, passage, index, bounded, exprs)
        counted = self._is_counted(site)
        carried = memory.action if self._continues_action(site, left, memory) else ""
        named = self._filler.planned(words, right, site.quantity.unit)
        named = named or self._filler.counted(view, passage, index, left, right, right_end, memory)
        if named := named or self._sizes.read(view, site, bounded, left, right, carried):
            return named
        if carried and not (counted and right):
            return Named(carried + left.text, left.text, ("name.action_carried",))
        if counted:
            described = self._described(view, right_end, site.right, left.text)
            if right in self._bare:
                right = (described.removesuffix(right) or self._reaching(view, site, bounded, left)) + right
            return self._counted(left, right, described, memory)
        return self._uncounted(view, passage, index, exprs, left, right, memory)

    def _uncounted(
        self,
        view: str,
        passage: Passage,
        index: int,
        exprs: Sequence[TimeExpr],
        left: Phrase,
        right: str,
        memory: Memory,
    ) -> Named:
        """The name of an amount, a size or a rate."""
        site = passage.sites[index]
        if named := self._purposes.funded(view, passage, index, exprs, left, right):
            return named
        unclear = site.quantity.unit is None or site.quantity.unit.dimension not in PARTS_OF
        if unclear and self._unclear.search(left.text) and len(right) >= NOUN and not self._phraser.acts(right):
            return Named(right, right, ("name.right",))  # 中央财政安排27亿元国债资金
        if self._takes_head(passage, index, left, memory):
            return Named(merged(left.text, memory.head), left.text, ("name.head_carried",))
        return self._amount(left, right, memory)

    def _right(
        self, view: str, words: str, passage: Passage, index: int, bounded: Bounded, exprs: Sequence[TimeExpr]
    ) -> tuple[str, int]:
        """The noun right of a number and where it ends."""
        done = self._neutral.ends(words) is not None
        right, end = self._phraser.right(view, bounded.right_start, passage.sites[index].right, exprs, done)
        right = self._filler.shared_head(view, passage, index, exprs, right)
        return right or self._stacked(view, passage, index, bounded, exprs), end

    def _stacked(self, view: str, passage: Passage, index: int, bounded: Bounded, exprs: Sequence[TimeExpr]) -> str:
        """12类45件民生实事, 3项500千伏输变电工程: the noun of a count stands behind the number that follows at once."""
        following = passage.sites[index + 1].quantity if index + 1 < len(passage.sites) else None
        if following is None or not self._is_counted(passage.sites[index]) or following.start != bounded.right_start:
            return ""
        site = passage.sites[index + 1]
        noun, _ = self._phraser.right(view, following.end, site.right, exprs)
        if self._is_counted(site) or not noun:
            return noun
        return view[following.start : max(following.end, view.find(noun, following.end))] + noun  # 100亿级产业名镇

    def _continues_action(self, site: Site, left: Phrase, memory: Memory) -> bool:
        """改造燃气管网78公里、供热管网222公里: the action goes on over an enumeration."""
        if site.left <= site.clause.start or not memory.action or left.action or not left.text:
            return False
        if left.text in self._bare or (self._known.get(left.text) and not self._is_counted(site)):
            return False
        if fits(self._known, memory.subject + left.text, site.quantity.unit):
            return False  # 发生生产安全事故42起、死亡45人
        return not self._property.ends(left.text)

    def _takes_head(self, passage: Passage, index: int, left: Phrase, memory: Memory) -> bool:
        """猪肉6.2万吨，牛肉0.5万吨 after 产量: a bare subject takes the property of the claim before."""
        if not left.text or not memory.head or left.action or self._property.ends(left.text):
            return False
        if left.text in self._subjects:
            return True
        unit = passage.sites[index].quantity.unit
        named = self._known.get(left.text) or left.text in self._bare or self._whole.ends(left.text)
        short = len(left.text) <= SUBJECT and not named
        return short and unit is not None and unit == memory.unit

    def _reaching(self, view: str, site: Site, bounded: Bounded, left: Phrase) -> str:
        """税费改革试点扩大到20个省: what reaches so many of a noun that says little."""
        arrived = self._arrival.ends(view, site.left, bounded.left_end)
        return left.text if arrived and not left.bare_action else ""

    def _described(self, view: str, start: int, end: int, left: str) -> str:
        """29家企业提供信用修复服务: what a counted noun that says little does."""
        text = self._phraser.undetermined(self._phraser.strip(self._phraser.words(view, start, end, ())))
        if left and left in text:
            return ""
        return text if 1 < len(text) <= DESCRIPTION and not any(c.isdecimal() for c in text) else ""

    def apart(self, view: str, sites: Sequence[Site]) -> tuple[Site, ...]:
        """40个项目竣工、50个项目开工: what stands before 、 is said of the count before."""
        counted = [self._is_counted(site) for site in sites]
        return tuple(
            site._replace(left=site.quantity.start)
            if index and counted[index] and counted[index - 1] and self._is_joined(view, site)
            else site
            for index, site in enumerate(sites)
        )

    def _is_joined(self, view: str, site: Site) -> bool:
        joined = view.endswith(self._joiners, site.left, site.quantity.start)
        return joined and self._actions.ends(view, site.left, site.quantity.start) is None  # 惠及 is no joiner

    def doubts(self, named: Named) -> tuple[str, ...]:
        """What a reader should know of a name: that there is none, or that its words do not read like one."""
        name = named.indicator
        if not name:
            return ("no_indicator",)
        return () if self._known.get(name) or self._unclear.search(name) is None else ("unclear_name",)

    def _is_counted(self, site: Site) -> bool:
        return site.quantity.unit is not None and site.quantity.unit.id in self._classifiers

    def _counted(self, left: Phrase, right: str, described: str, memory: Memory) -> Named:
        """A count: the noun right of it, with the action left of it; else the words to the left."""
        if right:
            action = left.text if left.bare_action else left.closing
            action = action or (left.action if len(left.text) < SHORT else "")
            return Named(action + right, right, ("name.counted",))
        if not left.text:
            return Named(memory.name, "", CARRIED)
        if left.bare_action:
            rest = described or ("" if left.text in memory.subject else self._phraser.undone(memory.subject))
            return Named(left.text + rest, left.text, ("name.action",))
        return self._filler.subject(left.text, memory)

    def _amount(self, left: Phrase, right: str, memory: Memory) -> Named:
        """Money, area, mass, %: the words to the left; the noun to the right where the left is an action."""
        if left.text and not left.bare_action:
            head = left.text[len(left.action) :]
            if head in self._bare and right and not self._known.get(left.text):
                done = self._neutral.match(right)  # 投资3亿元实施了管网改造
                return Named(
                    self._phraser.strip(right[done.end if done else 0 :]) + head, left.text, ("name.right_subject",)
                )
            if left.closing and right and len(right) >= NOUN:
                return Named(left.closing + right, right, ("name.right",))
            return self._filler.subject(left.text, memory)
        if right:
            return Named(left.text + right, right, ("name.right",))
        if left.text:
            return Named(memory.subject + left.text, left.text, ("name.action",))
        return Named(memory.name, "", CARRIED)

    def _grown(
        self,
        view: str,
        passage: Passage,
        index: int,
        exprs: Sequence[TimeExpr],
        measured: Measured,
        left: Phrase,
        memory: Memory,
    ) -> Named:
        """A growth rate or a change has the name of what grew."""
        if left.text:
            return self._filler.subject(self._phraser.after_growth(self._phraser.uncaused(left.text)), memory)
        if between := self._heads.between(view, passage, index, exprs):
            return Named(between, between, ("name.between",))
        rate = measured.measure != "change" and memory.head in self._rate_heads and memory.subject
        return Named(memory.subject if rate else memory.name, "", CARRIED)  # 增速加快，二季度增长5.4%
