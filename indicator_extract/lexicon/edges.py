"""What a cue of one role can begin or end with: asked at every place of a text, and mostly answered by nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from indicator_extract.lexicon.expressions import Expression


class Edge(NamedTuple):
    """What can have a certain character at its edge."""

    lengths: tuple[int, ...]  # of words, longest first
    expressions: tuple[Expression, ...]


class Edges(dict[str, Edge | None]):
    """The edges by character, filled as characters are met; None where nothing has the character there."""

    def __init__(
        self, words: Iterable[str], place: int, expressions: Sequence[tuple[Expression, Callable[[str], bool]]]
    ) -> None:
        """`place`: 0 for the first character, -1 for the last; `expressions`: each with what tells whether it fits."""
        self._words, self._place, self._expressions = words, place, expressions

    @cached_property
    def _lengths(self) -> dict[str, set[int]]:
        """Of the words with a character at this edge; many roles are never asked, so it is not made before."""
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[self._place], set()).add(len(word))
        return lengths

    def __missing__(self, character: str) -> Edge | None:
        """Look at a character for the first time."""
        lengths = tuple(sorted(self._lengths.get(character, ()), reverse=True))
        fitting = tuple(expression for expression, fits in self._expressions if fits(character))
        edge = Edge(lengths, fitting) if lengths or fitting else None
        self[character] = edge
        return edge
