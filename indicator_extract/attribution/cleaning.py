"""Words → words without what names nothing: times, brackets, blanks, the words at their edges."""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.lexicon import Lexicon, character_class
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import TimeExpr

NOUN = 2  # characters a noun has at least


class Cleaner:
    """Cleans words with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._heads, self._tails = cues("name_head"), cues("name_tail")
        self._milestones, self._actions = cues("milestone"), cues("predicate")
        self._stock, self._new = cues("stock"), cues("new_action")
        self._known = lexicon.indicators
        self._brackets, self._quotes = cues("bracket").pairs, cues("quote").pairs
        self._opening = compiled(character_class(self._brackets))

    def words(self, view: str, start: int, end: int, exprs: Sequence[TimeExpr]) -> str:
        """The text of a stretch without times, brackets and blanks."""
        text, at = "", start
        for expr in exprs:
            if expr.end > start and expr.start < end:
                text += view[at : expr.start]
                at = max(at, expr.end)
        text = "".join(self.unbracketed(text + view[at:end]).split())
        for milestone in reversed(list(self._milestones.finditer(text))):
            text = text[: milestone.start] + text[milestone.end :]  # 跨过两个万亿元大关
        return text

    def unbracketed(self, text: str) -> str:
        """A text without what stands in brackets, but for a bracket inside an action."""
        if self._opening.search(text) is None:
            return text
        kept, closing = [], ""
        for at, char in enumerate(text):
            if closing:
                closing = "" if char == closing else closing
            elif char in self._brackets and self._brackets[char] in text and not self._within_action(text, at):
                closing = self._brackets[char]
            else:
                kept.append(char)
        return "".join(kept)

    def _within_action(self, text: str, at: int) -> bool:
        """Whether an action goes on over a bracket: 新（改）建农村公路."""
        action = self._actions.match(text, at - 1) if at else None
        return action is not None and action.end > at

    def strip(self, text: str) -> str:
        """A phrase without the words at its edges that name nothing; nothing where it is made of them."""
        if self._known.get(text):
            return text
        if (head := self._heads.match(text)) and self._known.get(text[head.end :]):
            return text[head.end :]  # 全市收入总计
        text = self.strip_tail(text)
        while text and not self._known.get(text):
            head = self._heads.match(text)
            if head is None or (text[0] in self._quotes and self._quotes[text[0]] in text[1:]):
                break
            text = text[head.end :]
        return text

    def strip_tail(self, text: str) -> str:
        """A phrase without the words at its right edge that name nothing."""
        while text and not self._known.get(text):
            tail = self._tails.ends(text)
            if tail is None:
                return text
            text = text[: tail.start]
        return text

    def stock(self, words: str, name: str) -> str:
        """新增公园141座、累计达到973座: the second is the stock, without 新增 unless its own words have it."""
        new, ending = self._new.match(name), self._new.ends(name)
        if not (new or ending) or self._stock.search(words) is None:
            return name
        if ending and ending.start >= NOUN and name[ending.start :] not in words:
            return name[: ending.start]  # 高新技术企业净增120家、总数达800家
        if new is None or words.find(name[: new.end]) >= 0:
            return name
        return name[new.end :] if len(name) - new.end >= NOUN else name

    def is_inside(self, text: str, at: int) -> bool:
        """Whether a place stands inside a quotation or a bracket."""
        pairs = (*self._quotes.items(), *self._brackets.items())
        return any(text.rfind(opening, 0, at) > text.rfind(closing, 0, at) for opening, closing in pairs)
