"""The nouns of matching: a cue, where it was found, and how it is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Cue(NamedTuple):
    """What a cue says, once it is found."""

    id: str
    role: str
    gives: Mapping[str, str]
    priority: int
    words: tuple[str, ...]  # as listed, empty where the entry has only a regular expression


class CueMatch(NamedTuple):
    """A cue found at `text[start:end]`; `groups` are the named groups of a regular expression."""

    start: int
    end: int
    entry: Cue
    groups: Mapping[str, str | None]


class CueRule(NamedTuple):
    """How a cue is found."""

    cue: Cue
    file: str
    regex: str  # macros expanded, "" where there is none
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    user: bool  # from a user's folder: the regular expression runs under a time limit

    def allows(self, text: str, start: int, end: int) -> bool:
        """Whether the words around `text[start:end]` are not those ruled out."""
        if self.not_before and text.startswith(self.not_before, end):
            return False
        return not (self.not_after and text.endswith(self.not_after, 0, start))
