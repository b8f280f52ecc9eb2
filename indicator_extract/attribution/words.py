"""Word segmentation by jieba, for the few questions that only words decide. Loaded when first asked, quietly.

jieba writes its dictionary cache to a predictable file in the shared temporary folder; it gets a private folder
instead.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from pathlib import Path
from typing import Any


def cache_folder() -> Path | None:
    """A folder only this user can enter, for jieba's dictionary cache; None where none can be made."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "indicator-extract"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    folder = cache_folder()
    if folder is not None:
        tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer


def is_word(text: str) -> bool:
    """Whether the dictionary has this word."""
    return bool(_tokenizer().FREQ.get(text))


def boundaries(text: str) -> set[int]:
    """Offsets at which a word of `text` ends."""
    ends, at = set(), 0
    for word in _tokenizer().cut(text, HMM=False):
        at += len(word)
        ends.add(at)
    return ends


def shared_tail(last: str, length: int) -> str:
    """What `last` has beyond its first modifier, when the other names of the list are `length` characters long.

    >>> shared_tail("农村居民人均可支配收入", 2)
    '居民人均可支配收入'
    """
    if length >= len(last):
        return ""
    if is_word(last[:length]):
        return last[length:]
    ends = sorted(boundaries(last), key=lambda end: (abs(end - length), end))
    end = next((end for end in ends if end < len(last)), 0)
    return last[end:] if end else ""
