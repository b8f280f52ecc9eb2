"""Words → regex source: a prefix tree, so that a thousand words cost little more than one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from indicator_extract.lexicon.compiling import kept

Guarded = tuple[str, Sequence[str], Sequence[str]]
"""A word, what may not follow it, and what may not stand before it."""

_FEW = 8
"""Words of which a tree is made as fast as one is looked up."""

NEVER = "(?!)"
"""Regex source that matches nowhere."""


def trie(words: Iterable[str]) -> str:
    """Regex source that matches the longest of the words (none of them empty), without capturing groups."""
    return guarded_trie((word, (), ()) for word in words)


def guarded_trie(words: Iterable[Guarded]) -> str:
    """The same of words that are refused beside certain neighbours; a shorter word may then match."""
    listed = sorted(words)
    if len(listed) < _FEW:
        return _source(listed)
    return str(kept().get("trie", json.dumps(listed, ensure_ascii=False), lambda text: _source(json.loads(text))))


def _source(words: Iterable[Guarded]) -> str:
    root: dict[str, Any] = {}
    for word, not_before, not_after in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = neighbours(word, not_before, not_after)
    # no character class here: `re` scans several times as fast where every choice starts with a plain character
    choices = [re.escape(first) + _rest(node) for first, node in root.items()]
    return f"(?:{'|'.join(choices)})" if choices else NEVER


def _rest(node: dict[str, Any]) -> str:
    """Source for what may follow a node: longer words are tried before the end of a shorter one."""
    singles = [re.escape(key) for key, child in node.items() if child == {"": ""}]
    choices = [re.escape(key) + _rest(child) for key, child in node.items() if key and child != {"": ""}]
    if singles:
        choices.append(singles[0] if len(singles) == 1 else f"[{''.join(singles)}]")
    end = node.get("")
    if not choices:
        return str(end)
    if end == "":
        return f"(?:{'|'.join(choices)})?"
    if end:
        choices.append(end)
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def character_class(characters: Iterable[str]) -> str:
    """Regex source of a class of characters; it matches nothing where there are none."""
    inside = "".join(re.escape(character) for character in sorted(set(characters)))
    return f"[{inside}]" if inside else NEVER


def neighbours(word: str, not_before: Sequence[str], not_after: Sequence[str]) -> str:
    """Lookarounds for the end of `word`: what may not follow it, and what may not stand before it."""
    behind = "".join(f"(?<!{re.escape(before + word)})" for before in sorted(not_after))
    return behind + (f"(?!{trie(not_before)})" if not_before else "")
