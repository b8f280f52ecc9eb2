"""Where each quantity stands: its sentence, its clause, and the words that are its own."""

from __future__ import annotations

from collections.abc import Container, Sequence

from indicator_extract.lexicon import Lexicon, character_class
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Block, Clause, Passage, Quantity, Sentence, Site


class Placer:
    """Places quantities with the brackets of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._opens = lexicon.cues("bracket").pairs
        self._closes = frozenset(self._opens.values())
        self._bracket = compiled(character_class([*self._opens, *self._closes]))

    def passages(self, view: str, blocks: Sequence[Block], quantities: Sequence[Quantity]) -> list[Passage]:
        """The sentences that hold quantities, in order, each quantity with its site."""
        found, at = [], 0
        for block in blocks:
            for sentence in block.sentences:
                first = at
                while at < len(quantities) and quantities[at].start < sentence.end:
                    at += 1
                if at > first:
                    found.append(Passage(block, sentence, self._sites(view, sentence, quantities[first:at])))
        return found

    def _sites(self, view: str, sentence: Sentence, quantities: Sequence[Quantity]) -> tuple[Site, ...]:
        sites = []
        clauses = iter(sentence.clauses)
        clause = next(clauses)
        for index, quantity in enumerate(quantities):
            while quantity.start >= clause.end:
                clause = next(clauses, Clause(clause.end, sentence.end))
            before = quantities[index - 1].end if index else clause.start
            after = quantities[index + 1].start if index + 1 < len(quantities) else clause.end
            start = self._opened(view, sentence, clause.start, quantity)
            left, right = max(before if index else start, start), min(after, clause.end)
            sites.append(Site(quantity, clause, *self._inside_brackets(view, left, right, quantity)))
        return tuple(sites)

    def _opened(self, view: str, sentence: Sentence, start: int, quantity: Quantity) -> int:
        """Where the words of a clause begin whose bracket an earlier clause opened."""
        if self._bracket.search(view, start, quantity.start) is None:
            return start
        depth = sum((view[at] in self._closes) - (view[at] in self._opens) for at in range(start, quantity.start))
        opening = self._crossing(view, range(start - 1, sentence.start - 1, -1), self._closes, self._opens)
        if depth <= 0 or opening is None:
            return start
        return next((clause.start for clause in sentence.clauses if clause.start <= opening < clause.end), start)

    def _inside_brackets(self, view: str, left: int, right: int, quantity: Quantity) -> tuple[int, int]:
        """Context cut at brackets that open or close between it and the quantity; whole brackets are passed over."""
        before = after = None
        if self._bracket.search(view, left, quantity.start):
            before = self._crossing(view, range(quantity.start - 1, left - 1, -1), self._closes, self._opens)
        if self._bracket.search(view, quantity.end, right):
            after = self._crossing(view, range(quantity.end, right), self._opens, self._closes)
        return left if before is None else before + 1, right if after is None else after

    @staticmethod
    def _crossing(view: str, places: range, enter: Container[str], leave: Container[str]) -> int | None:
        """The first bracket met that is not the partner of one met before."""
        depth = 0
        for at in places:
            depth += (view[at] in enter) - (view[at] in leave)
            if depth < 0:
                return at
        return None
