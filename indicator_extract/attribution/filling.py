"""What a name leaves out, filled in where the lexicon then knows it: from the name before, the clause before, the words
behind. Only a bare head (面积) takes the subject before it unasked.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.memory import Memory
from indicator_extract.attribution.phrases import Phrase, Phraser
from indicator_extract.lexicon import IndicatorTable, Lexicon
from indicator_extract.model import Measured, Named, Passage, Site, TimeExpr, Unit

GROWN = frozenset({"growth_rate", "avg_growth_rate", "change", "multiple"})
FILLED = frozenset({"name.left", "name.subject", "name.action"})  # names made of the words to the left
LONGEST = 16  # characters of a part that a clause lends to a name
SUBJECT = 6  # a longer name is not one that lacks its property
NEAR = 40  # characters behind a noun in which words stand that belong to its name
PARTS_OF = frozenset({"percent", "permille", "permyriad"})


class Filler:
    """Fills names in with the cues and indicators of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        self._phraser, self._known, self._property = phraser, lexicon.indicators, lexicon.cues("property")
        self._neutral, self._neutral_tail = lexicon.cues("neutral_action"), lexicon.cues("neutral_tail")
        self._classifiers, self._actions = lexicon.classifiers, lexicon.cues("predicate")
        self._ranks, self._owners = lexicon.cues("rank"), lexicon.cues("owner")
        self._plans, self._issuing = lexicon.cues("plan_noun"), lexicon.cues("issuing")
        self._joiners = lexicon.cues("part_joiner").words
        self._bare, self._rate_heads = lexicon.cues("bare_head").words, lexicon.cues("rate_head").words

    def subject(self, text: str, memory: Memory) -> Named:
        """A name with what it leaves out: the subject of a bare head."""
        if text in self._rate_heads:
            return Named(memory.name if memory.name.endswith(text) else memory.name + text, text, ("name.rate",))
        if text in self._bare and memory.subject:
            whole = merged(memory.subject, text)
            if not self._known.get(text) or self._known.get(whole) or self._owners.ends(memory.subject):
                return Named(whole, text, ("name.subject",))
        return Named(text, text, ("name.left",))

    def plain(self, named: Named) -> Named:
        """启动城中村改造 → 城中村改造: an action, or 项目, that adds nothing to what the lexicon knows."""
        name = named.indicator
        if not name or self._known.get(name):
            return named
        opening, closing = self._neutral.match(name), self._neutral_tail.ends(name)
        starts, ends = (0, opening.end if opening else 0), [len(name)]
        while closing:  # the shortest ending first
            ends.insert(1, closing.start)
            closing = self._neutral_tail.ends(name, closing.start + 1)
        shorter = next((n for end in ends for start in starts if self._known.get(n := name[start:end])), name)
        return named if shorter == name else named._replace(indicator=shorter)

    def repaired(
        self,
        view: str,
        passage: Passage,
        index: int,
        exprs: Sequence[TimeExpr],
        measured: Measured,
        left: Phrase,
        named: Named,
        memory: Memory,
    ) -> Named | None:
        """A name unknown to the lexicon with what makes it a known one, from the name or the clause before it."""
        if not left.text or named.rules[0] not in FILLED or self._known.get(named.indicator):
            return None
        unit = None if measured.measure in GROWN else passage.sites[index].quantity.unit
        whole = "" if left.bare_action else self._scoped(left.text, memory, unit) or self._qualified(left.text, memory)
        if not whole and (left.bare_action or left.text in self._bare):
            before = clause_before(self._phraser, view, passage, index, exprs)
            whole = self._lent(before, left.text, unit)
        return Named(whole, whole, ("name.filled",)) if whole else None

    def _scoped(self, text: str, memory: Memory, unit: Unit | None) -> str:
        """资质以上建筑企业313户，施工产值255亿元: with the opening of the name before it."""
        before = memory.name.removeprefix(memory.action)
        if not memory.subject or text[-NOUN:] in before:  # 绿色食品认证、有机食品认证: beside it, not part of it
            return ""
        wholes = (scoped(self._known, text, name, unit) for name in (before, memory.subject))
        whole = next(filter(None, wholes), "")
        acts = whole and self._phraser.left(whole.removesuffix(text)).bare_action
        return "" if acts else whole  # 减税5万亿元、降费2万亿元: not 减税降费

    def _qualified(self, text: str, memory: Memory) -> str:
        """工业消费量 after 能源消费总量: with the modifier that the same property had before."""
        split = self._property.ends(text)
        if split is None or split.start < NOUN:
            return ""
        at = memory.name.rfind(text[split.start : split.start + NOUN])
        wholes = (text[: split.start] + memory.name[start:at] + text[split.start :] for start in range(at))
        return next((whole for whole in wholes if self._known.get(whole)), "")

    def _lent(self, words: str, text: str, unit: Unit | None) -> str:
        """打好“保交房”攻坚战，交付31.7万套: with the longest part of the clause before that makes a known name."""
        if self._joiners.intersection(words):  # 棚户区改造和房地产开发进程加快: of the two it would be one
            return ""
        for part in _parts(words):
            for whole in (part + text, text + part):
                if fits(self._known, whole, unit) and not self._phraser.left(part).bare_action:
                    return whole
        return ""

    def shared_head(self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr], right: str) -> str:
        """8个国家级、36个省级临床重点专科: a noun that is a rank alone takes the head of the next one."""
        rank = self._ranks.match(right)
        if rank is None or rank.end < len(right) or index + 1 == len(passage.sites):
            return right
        following: Site = passage.sites[index + 1]
        noun, _ = self._phraser.right(view, following.quantity.end, following.right, exprs)
        other = self._ranks.match(noun) if following.quantity.unit == passage.sites[index].quantity.unit else None
        return right + noun[other.end :] if other else right

    def unnamed(self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr], named: Named) -> Named:
        """新农合参合率再创新高，达到98.5%: a number whose words name nothing has the subject of the clause before."""
        site = passage.sites[index]
        start = passage.sites[index - 1].clause.end if index else passage.sentence.start
        between = any(start <= c.start and c.end <= site.clause.start for c in passage.sentence.clauses)
        if named.indicator or not between or not view[site.left : site.quantity.start].strip():
            return named
        text = self._phraser.subject(clause_before(self._phraser, view, passage, index, exprs))
        return Named(text, text, ("name.clause_before",)) if len(text) > NOUN else named

    def planned(self, words: str, right: str, unit: Unit | None) -> Named | None:
        """出台促进民营经济发展36条措施: what measures are for stands before them, behind the issuing."""
        counted = unit is not None and unit.id in self._classifiers
        if not counted or self._plans.ends(right) is None or self._known.get(right):
            return None
        text = self._phraser.strip(words)
        if self._actions.match(text) is None:
            return None
        while issued := self._issuing.match(text):
            text = self._phraser.strip(text[issued.end :])
        acts = len(text) <= NOUN or self._phraser.left(text).bare_action
        return None if acts else Named(text + right, right, ("name.planned",))

    def counted(
        self, view: str, passage: Passage, index: int, left: Phrase, right: str, end: int, memory: Memory
    ) -> Named | None:
        """A count whose noun the lexicon knows with more words than its own, or with fewer.

        改造2万套危旧房、3万户城中村 counts 改造城中村, 600万下岗职工实现了再就业 counts 下岗职工再就业,
        15家畜禽规模养殖场粪污设施配套率100% counts 畜禽规模养殖场.
        """
        site = passage.sites[index]
        unit = site.quantity.unit
        named = left.text and not left.bare_action and (unit is None or unit.id not in self._classifiers)
        if named or not right or right in self._bare or fits(self._known, left.text + right, unit):
            return None
        listed = site.left > site.clause.start and left.text in memory.name
        if listed and fits(self._known, memory.action + right, unit):
            return Named(memory.action + right, right, ("name.action_carried",))
        noun = "" if fits(self._known, right, unit) else self._noun(view, passage, index, right, end)
        whole = left.text + noun if self._known.get(left.text + noun) else noun
        return Named(whole, right, ("name.counted",)) if noun else None

    def _noun(self, view: str, passage: Passage, index: int, right: str, end: int) -> str:
        """The known name that begins with a noun, or that a noun with a rate begins with; "" where there is none."""
        site = passage.sites[index]
        unit = site.quantity.unit
        if self._rated(passage, index):
            names = (right[:at] for at in range(len(right) - 1, NOUN - 1, -1))
            return next((name for name in names if fits(self._known, name, unit)), "")
        if not self._known.opens(right):
            return ""
        behind = "".join(view[end : min(site.clause.end, end + NEAR)].split())
        parts = (part for part in _parts(behind) if fits(self._known, right + part, unit))
        return next((right + part for part in parts if self._closes(behind, part)), "")

    def _closes(self, behind: str, part: str) -> bool:
        """Whether nothing goes on behind a part: 改造项目。 does not, 改造试点城市 does."""
        rest = behind[behind.find(part) + len(part) :]
        return not rest[:1].isalpha() or self._neutral_tail.match(rest) is not None

    @staticmethod
    def _rated(passage: Passage, index: int) -> bool:
        """Whether a percentage follows in the same clause."""
        if index + 1 == len(passage.sites):
            return False
        following: Site = passage.sites[index + 1]
        unit = following.quantity.unit
        return following.clause == passage.sites[index].clause and unit is not None and unit.dimension in PARTS_OF


def clause_before(phraser: Phraser, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr]) -> str:
    """The words of the clause before a claim that is the first of its own, behind the last number in it."""
    site, start = passage.sites[index], passage.sites[index - 1].quantity.end if index else passage.sentence.start
    clause = next((c for c in reversed(passage.sentence.clauses) if c.end <= site.clause.start), None)
    if clause is None or start > clause.end:
        return ""
    return phraser.words(view, max(start, clause.start), clause.end, exprs)


def fits(known: IndicatorTable, name: str, unit: Unit | None) -> bool:
    """Whether a name is an indicator's that takes the unit; any unit where None."""
    indicator = known.get(name)
    return indicator is not None and (unit is None or indicator.takes(unit))


def scoped(known: IndicatorTable, text: str, before: str, unit: Unit | None = None) -> str:
    """`text` with the longest opening of the name before that makes it a known one; "" where there is none."""
    wholes = (before[:end] + text for end in range(len(before), NOUN - 1, -1))
    return next((whole for whole in wholes if fits(known, whole, unit)), "")


def merged(subject: str, head: str) -> str:
    """Subject and head, what both say said once: 粮食总产 and 总产量 are 粮食总产量."""
    shared = next((n for n in range(len(head), NOUN - 1, -1) if subject.endswith(head[:n])), 0)
    return subject + head[shared:]


def _parts(words: str) -> Sequence[str]:
    """Every part of a stretch of words, the longest first."""
    longest = min(len(words), LONGEST)
    return [words[at : at + n] for n in range(longest, NOUN - 1, -1) for at in range(len(words) - n + 1)]
