"""Words → regex source: a prefix tree, so that a thousand words cost little more than one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indicator_extract.lexicon.compiling import kept

_FEW = 8
"""Words of which a tree is made as fast as one is looked up."""

NEVER = "(?!)"
"""Regex source that matches nowhere."""


def trie(words: Iterable[str], guards: Mapping[str, str] | None = None) -> str:
    """Regex source that matches the longest of the words (none of them empty), without capturing groups.

    `guards` holds, for some words, lookarounds to check at the word's end; where they fail, a shorter word may match.
    """
    guarded = [(word, guards.get(word, "") if guards else "") for word in sorted(words)]
    if len(guarded) < _FEW:
        return _source(guarded)
    return str(kept().get("trie", json.dumps(guarded, ensure_ascii=False), lambda text: _source(json.loads(text))))


def _source(guarded: Iterable[tuple[str, str]]) -> str:
    root: dict[str, Any] = {}
    for word, guard in guarded:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = guard
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
