"""Names → how like two are: 1 where they say the same, less the fewer pairs of neighbouring characters they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from indicator_extract.lexicon import Lexicon

ALIKE = 0.7
"""From here on a name counts as right."""

_ALMOST = 0.999  # the most that names can have that are not the same, though they share all pairs


class Names:
    """Compares names of indicators without the words that make no difference (patterns of the role `name_filler`)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._fillers = lexicon.cues("name_filler")

    def bare(self, name: str) -> str:
        """A name without the words that make no difference."""
        kept, at = [], 0
        for filler in self._fillers.finditer(name):
            kept.append(name[at : filler.start])
            at = filler.end
        return "".join((*kept, name[at:]))

    def likeness(self, right: Iterable[str], said: Iterable[str]) -> float:
        """The most that one of the right names has in common with one of those said; 1 only where the two are one."""
        wanted = [bare for name in right if (bare := self.bare(name))]
        found = [bare for name in said if (bare := self.bare(name))]
        return max((_dice(one, other) for one in wanted for other in found), default=0.0)


def _dice(one: str, other: str) -> float:
    if one == other:
        return 1.0
    mine, theirs = _pairs(one), _pairs(other)
    return min(2 * (mine & theirs).total() / (mine.total() + theirs.total()), _ALMOST)


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) or Counter([text])
