"""How exact is it? Words right before the quantity (超过), inside it (余) or right after it (左右)."""

from __future__ import annotations

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Bounded, Site


class BoundReader:
    """Reads bounds with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._before = lexicon.cues("bound_before")
        self._after = lexicon.cues("bound_after")
        self._compared, self._comparison = lexicon.cues("compared"), lexicon.cues("comparison")
        self._inside = lexicon.numeral_words["bound_inside"]

    def read(self, view: str, site: Site) -> Bounded:
        """The bound of a quantity; a word before it decides over one behind it, both over one inside."""
        quantity = site.quantity
        left_end = site.left + len(view[site.left : quantity.start].rstrip())
        before = None if self._exceeds(view, site) else self._before.ends(view, site.left, left_end)
        after = self._after.match(view, quantity.end, site.right)
        bound, words, rules = "exact", [], []
        if quantity.more:
            bound = self._inside.get(quantity.more[-1:], "at_least")
        for cue in (after, before):
            if cue:
                bound = cue.entry.gives["bound"]
                words.append((cue.start, view[cue.start : cue.end]))
                rules.append(cue.entry.id)
        if quantity.more:
            words.append((quantity.start, quantity.more))
        return Bounded(
            bound,
            before.start if before else left_end,
            after.end if after else quantity.end,
            tuple(words),
            tuple(rules),
        )

    def _exceeds(self, view: str, site: Site) -> bool:
        """比计划3000亿元超过1070亿元: 超过 between a base and a distance is no bound."""
        cue = self._comparison.ends(view, site.left, site.quantity.start)
        if cue is None or view[site.left : cue.start].strip():
            return False
        bases = self._compared.finditer(view, site.clause.start, site.left)
        return any(base.entry.gives["kind"] == "base" for base in bases)
