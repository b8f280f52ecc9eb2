"""Words around a number → a noun phrase: where it is cut, which noun stands right of it, what a clause is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicator_extract.attribution.cleaning import NOUN, Cleaner
from indicator_extract.attribution.coordination import Coordination
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import TimeExpr

LONG = 9  # a longer phrase is cut at the last action in it
WHOLE = 6  # a longer known name is the whole of what is measured
REACH = 30  # characters to the right of a number in which its noun stands


class Phrase(NamedTuple):
    """A cleaned phrase and whether it is made of actions alone (发放, 引进)."""

    text: str
    action: str  # the action it opens with, "" where there is none
    bare_action: bool
    closing: str  # the action it ends with (中央财政安排), "" where there is none


NOTHING = Phrase("", "", False, "")


class Phraser(Cleaner):
    """Makes phrases with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        cues = lexicon.cues
        self._generic = cues("generic_noun").words
        self._cuts, self._object_actions = cues("cut_action"), cues("object_action")
        self._examples = cues("examples_end")
        self._determiners = cues("determiner")
        self._of, self._relative, self._inner = cues("of"), cues("relative"), cues("inner_achieve")
        self._arrival, self._growth, self._adverbs = cues("arrival"), cues("growth_verb"), cues("adverb")
        self._stops, self._nominal, self._neutral_tail = cues("noun_stop"), cues("nominal"), cues("neutral_tail")
        self._over, self._causes = cues("over"), cues("cause")
        self._property, self._per = cues("property"), cues("per_many")
        self._joiners, self._commas = cues("part_joiner").words, cues("part_comma").words
        self._bare = cues("bare_head").words
        self._coordination = Coordination(lexicon)

    def left(self, text: str) -> Phrase:
        """The phrase to the left of a number."""
        text = self._headed(self._joined(self._without_examples(self.strip(text))))
        if not text:
            return NOTHING
        if not any(_names(char) for char in text):
            text = ""
        if len(text) > LONG and not self._known.get(text):
            text = self._cut_long(text)
        end = self._action_end(text)
        text = self.undetermined(text)
        text = self._done(text)
        closing = self._actions.ends(text)
        return Phrase(
            text,
            text[:end],
            end > 0 and not self._known.get(text) and self.acts(text),
            text[closing.start :] if closing else "",
        )

    def _done(self, text: str) -> str:
        """水利工程已竣工 → 水利工程竣工."""
        closing = self._actions.ends(text)
        adverb = self._adverbs.ends(text, 0, closing.start) if closing else None
        if closing is None or adverb is None or self.acts(text[: adverb.start]):
            return text
        return text[: adverb.start] + text[closing.start :]

    def _joined(self, text: str) -> str:
        """农副产品加工业实现增加值 → 农副产品加工业增加值."""
        for match in self._inner.finditer(text):
            rest = text[match.end :]
            if match.start < NOUN or self._actions.match(text):
                continue
            if self._known.get(rest) and len(rest) > WHOLE and not self._known.get(text[: match.start] + rest):
                return rest  # 服务业完成社会消费品零售总额
            head = self._property.ends(rest)
            if head and head.start <= NOUN:
                return text[: match.start] + rest
        return text

    def _headed(self, text: str) -> str:
        """20个项目落地、总投资 → 项目总投资: what a subject did before the head of its own is no part of the name."""
        for joiner in self._commas:
            before, _, head = text.rpartition(joiner)
            subject = self.strip_tail(self.noun(before)) if before and head in self._bare else before
            if NOUN <= len(subject) < len(before):
                return subject + head
        return text

    def undetermined(self, text: str) -> str:
        """拆除各类违法建筑 → 拆除违法建筑: a determiner behind the action says nothing about what is measured."""
        if self._known.get(text):
            return text
        end = self._action_end(text)
        while determiner := self._determiners.match(text, end):
            if determiner.end == len(text):
                break
            text = text[:end] + text[determiner.end :]
        return text

    def acts(self, text: str) -> bool:
        """Whether nothing but actions is left."""
        while text:
            action = self._actions.match(text)
            if action is None:
                return False
            text = text[action.end :]
        return True

    def _without_examples(self, text: str) -> str:
        """A、B等企业 → 企业, with the action before the examples kept (引入A、B等企业 → 引入企业)."""
        if self._known.get(text):  # 改造水热气等管网
            return text
        last = None
        for match in self._examples.finditer(text):
            last = match
        if last is None:
            return text
        rest = text[last.end :]
        if rest in self._generic:
            return text
        if len(rest) < NOUN:
            return rest or text[: last.start]
        action = self._actions.match(text)
        return (text[: action.end] if action and action.end < last.start else "") + rest

    def _cut_long(self, text: str) -> str:
        """A long phrase from the last action on that opens a name; whole where it opens with one itself."""
        starts = [action.start for action in self._object_actions.finditer(text)]
        starts += self._sums(text)
        known = next((at for at in starts if self._known.get(text[at:])), 0)
        if known or self._actions.match(text) or self._per.match(text):
            return text[known:]
        best = 0
        for action in self._cuts.finditer(text):
            if len(text) - action.end >= NOUN and action.start > 0 and not self.is_inside(text, action.start):
                best = action.start
        return self.strip(text[best:]) if best else text

    def _sums(self, text: str) -> list[int]:
        """Where a quotation with a number sums up what is listed before it: 电动汽车、锂电池、光伏产品“新三样”出口."""
        opened = [at for at, char in enumerate(text) if char in self._quotes and self._joiners.intersection(text[:at])]
        return [at for at in opened if any(c.isnumeric() for c in text[at : text.find(self._quotes[text[at]], at)])]

    def right(
        self, view: str, start: int, end: int, exprs: Sequence[TimeExpr] = (), done: bool = False
    ) -> tuple[str, int]:
        """The noun to the right of a number and where it ends: before an action, or what it describes.

        Where something is done with it (完成134公里架空线入地整治), a verb that closes it is a noun too.
        """
        end = min([end, start + REACH, *(e.start for e in exprs if e.start >= start)])
        owned = self._of.match(view, start, end)
        if owned is not None:
            start = owned.end
        while start < end and view[start].isspace():
            start += 1
        if start >= end or not (view[start].isalnum() or view[start] in self._quotes):
            return "", start
        if any(cues.match(view, start) for cues in (self._arrival, self._growth, self._adverbs, self._examples)):
            return "", start
        start, stop = self._described(view, start, end) or (start, self._noun_end(view, start, end, owned is not None))
        if done and (closing := self._nominal.match(view, stop, end)) and self._closes(view, closing.end):
            stop = closing.end
        return self.strip_tail("".join(self.unbracketed(view[start:stop]).split())), stop

    def _described(self, view: str, start: int, end: int) -> tuple[int, int] | None:
        """投资超亿元的项目: the noun behind the words that describe it."""
        relative = self._relative.search(view, start, end)
        if not relative:
            return None
        stop = self._noun_end(view, relative.end, end)
        if stop - relative.end < NOUN or self._growth.match(view, relative.end):
            return None  # 有了较大的提高
        acts = self._actions.match(view, start, end) or self._actions.ends(view, start, relative.start)
        describes = acts or self._over.search(view, start, relative.end)
        return (relative.end, stop) if describes else None

    def _noun_end(self, view: str, start: int, end: int, owned: bool = False) -> int:
        """Where a noun ends: before a verb, but not one that what precedes is done to (实施就业惠民工程)."""
        for stop in self._stops.finditer(view, start, end):
            if stop.start == start or self.is_inside(view[start:end], stop.start - start):
                continue
            nominal = owned and self._nominal.match(view, stop.start, end) is not None
            before = view[start : stop.start]
            if not nominal and not (self.acts(before) and self.strip_tail(before)):
                return stop.start
        return end

    def verbal(self, view: str, at: int) -> bool:
        """Whether a verb stands at a place."""
        return any(cues.match(view, at) for cues in (self._stops, self._actions, self._growth))

    def _closes(self, view: str, at: int) -> bool:
        """Whether a noun can end here: before a mark, a joiner or a word like 工程."""
        following = view[at : at + 1]
        ends = following in self._joiners or self._neutral_tail.match(view, at) or self._stops.match(view, at)
        return not following.isalnum() or bool(ends)

    def noun(self, text: str) -> str:
        """A phrase up to the first action in it."""
        return text[: self._noun_end(text, 0, len(text))]

    def subject(self, clause: str) -> str:
        """What a clause is about: the words before its predicate, or behind a word of growth that opens it."""
        text = self.strip(clause)
        if self._property.ends(text):
            return text
        growth = self._growth.match(text)
        text = self.strip_tail(self.noun(text[growth.end :] if growth else text))
        return "" if self._growth.search(text) or self.action_of(text) else text

    def subjects(self, clause: str) -> str:
        """The names a clause lists, without its predicate: 低保标准、环卫工人工资再次提高."""
        text = self.strip(clause)
        last = max(text.rfind(joiner) for joiner in self._joiners) + 1
        if self._known.get(text[last:]) or self._property.ends(text):
            return text
        return text[:last] + self.strip_tail(self.noun(self.until_growth(text[last:])))

    def after_growth(self, text: str) -> str:
        """调减玉米种植面积24万亩 is a change of 玉米种植面积."""
        growth = self._growth.match(text)
        rest = text[growth.end :] if growth else ""
        return rest if self._known.get(rest) else text

    def uncaused(self, text: str) -> str:
        """以旧换新带动相关消费增长12%: what makes something grow is no part of its name."""
        for cause in reversed(list(self._causes.finditer(text))):
            rest = text[cause.end :]
            return rest if len(rest) > NOUN and not self._known.get(text) else text
        return text

    def until_growth(self, text: str) -> str:
        """A clause up to its first word of growth."""
        growth = self._growth.search(text)
        return text[: growth.start] if growth else text

    def last_noun(self, text: str) -> str:
        """The last name of an enumeration (其中增幅较大的有发酵酒、汽车 → 汽车)."""
        text = self._coordination.split(text)[-1]
        for relative in reversed(list(self._relative.finditer(text))):
            text = text[relative.end :]
            break
        return self.strip(text)

    def topic(self, text: str) -> str:
        """The subject a clause names: a known name, a property (…的出版总量), or words without an action."""
        text = self.strip(text)
        if self._known.get(text) or self._property.ends(text):
            return text[len(self.action_of(text)) :]
        closing = self._actions.ends(text)
        relative = self._relative.ends(text, 0, closing.start) if closing else None
        if relative and self._known.get(text[: relative.start]):
            return text[: relative.start]  # 电影故事片的摄制
        action = self._actions.search(text)
        ends = action is None or (action.end == len(text) and action.start >= NOUN)
        return text if ends and self._growth.search(text) is None else ""

    def described(self, text: str) -> str:
        """村的饮水安全工程 → 饮水安全工程: the noun behind the words that describe it."""
        ends = [relative.end for relative in self._relative.finditer(text)]
        noun = text[ends[-1] :] if ends else ""
        return noun if len(noun) >= NOUN and self._actions.ends(noun) is None else text

    def undone(self, text: str) -> str:
        """重点项目开工 → 重点项目: a subject without the verb that it closes with; 老旧小区改造 closes with a noun."""
        whole = self._nominal.ends(text) or self._known.get(text)
        closings = () if whole or not self._stops.ends(text) else (self._stops.ends(text), self._actions.ends(text))
        base = self.strip(text[: min(c.start for c in closings if c)]) if closings else ""
        return base if len(base) >= NOUN else text

    def action_of(self, text: str) -> str:
        """The action a name opens with."""
        end = self._action_end(text)
        return text[:end] if end < len(text) else ""

    def _action_end(self, text: str) -> int:
        """Where the actions that open a phrase end; coordinated ones count as one (新建和改造)."""
        action = self._actions.match(text)
        end = action.end if action else 0
        while end and text[end : end + 1] in self._joiners and (action := self._actions.match(text, end + 1)):
            end = action.end
        return end


def _names(char: str) -> bool:
    """Whether a character can be part of a name: a letter, not a digit."""
    return char.isalpha() and not char.isnumeric()
