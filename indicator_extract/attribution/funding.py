"""What is money for? The topic of the clause before, what is counted behind 的, what it built, the clause after."""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.phrases import Phrase, Phraser
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Named, Passage, Site, TimeExpr

TOPIC = 14  # a longer clause is not a topic


class PurposeReader:
    """Finds what money is for with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon, phraser: Phraser) -> None:
        self._phraser, self._known, self._of = phraser, lexicon.indicators, lexicon.cues("of")
        self._among, self._ended = lexicon.cues("among"), lexicon.cues("strong_end")
        self._property = lexicon.cues("property")
        self._classifiers, self._heads = lexicon.classifiers, lexicon.cues("forward_head").words

    def funded(
        self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr], left: Phrase, right: str
    ) -> Named | None:
        """Money that its own words give no subject (投入, 总投资): the first of the four that names one."""
        if left.text not in self._heads:
            return None
        if right:
            built = self._built(view, passage, index, exprs) if self._phraser.acts(right) else ""
            return Named(built + left.text, left.text, ("name.built",)) if built else None
        if topic := self._owner(view, passage, index, exprs) or self.topic(view, passage, index, exprs):
            return Named(topic + left.text, left.text, ("name.topic",))
        ahead = self._ahead(view, passage, index, left)
        return Named(ahead + left.text, left.text, ("name.ahead",)) if ahead else None

    def _counted(self, site: Site) -> bool:
        return site.quantity.unit is not None and site.quantity.unit.id in self._classifiers

    def _built(self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr]) -> str:
        """投资650万元建成6座水冲式公厕: what is counted behind the action."""
        if index + 1 == len(passage.sites) or not self._counted(passage.sites[index + 1]):
            return ""
        following = passage.sites[index + 1]
        if following.clause != passage.sites[index].clause:
            return ""
        return self._phraser.right(view, following.quantity.end, following.right, exprs)[0]

    def _owner(self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr]) -> str:
        """总投资1.78万亿元的289个省重点项目: whose amount it is, counted behind 的."""
        if index + 1 == len(passage.sites):
            return ""
        site, following = passage.sites[index], passage.sites[index + 1]
        of = self._of.match(view, site.quantity.end, following.quantity.start)
        if of is None or of.end != following.quantity.start or not self._counted(following):
            return ""
        return self._phraser.right(view, following.quantity.end, following.right, exprs)[0]

    def topic(self, view: str, passage: Passage, index: int, exprs: Sequence[TimeExpr]) -> str:
        """煤炭工业建设，五年投资179亿元: a clause without number or action before the claim's own names the subject."""
        clauses = passage.sentence.clauses
        at = next((i for i, clause in enumerate(clauses) if clause == passage.sites[index].clause), 0)
        for clause in reversed(clauses[max(0, at - 2) : at]):
            if any(site.clause == clause for site in passage.sites):
                return ""
            words = self._phraser.words(view, *clause, exprs)
            text = self._phraser.topic(words)
            if NOUN <= len(text) <= TOPIC or self._known.get(text):
                return text
            if text and clause == clauses[0] and self._property.ends(words):
                return text  # 全国城市居民最低生活保障的覆盖人数，从…增加到…
        return ""

    def _ahead(self, view: str, passage: Passage, index: int, left: Phrase) -> str:
        """投入2727万元，实施沿江景观工程: what a sentence's first money is for stands in the next clause."""
        site = passage.sites[index]
        before = passage.sites[index - 1] if index else None
        ended = before is None or self._ended.search(view, before.quantity.end, site.clause.start) is not None
        if (before and before.clause == site.clause) or not (ended or left.bare_action):
            return ""  # 项目46个，总投资328亿元: theirs
        clauses = passage.sentence.clauses
        at = next((i for i, clause in enumerate(clauses) if clause.start > site.clause.start), None)
        if at is None:
            return ""
        words = self._phraser.words(view, clauses[at].start, clauses[at].end, ())
        if self._ended.search(view, site.quantity.end, clauses[at].start) or self._among.match(words):
            return ""  # 总投资860亿元；新增就业10万人: another matter
        for site in passage.sites[index + 1 :]:
            words = words.replace("".join(view[site.quantity.start : site.quantity.end].split()), "")
        text = self._phraser.strip(words)
        action = self._phraser.action_of(text)
        return text[len(action) :] if action else self._phraser.noun(self._phraser.described(text))
