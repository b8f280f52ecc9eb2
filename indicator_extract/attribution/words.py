"""Word segmentation by jieba, for the few questions that only words decide. Loaded when first asked, quietly.

rjieba, which has the same dictionary compiled in, is used instead where it is installed: it needs no second to load.
jieba's own cache is passed by: it is a predictable file in the shared temporary folder, read with `marshal` whoever has
written it, and reading it takes as long as reading the dictionary.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import Protocol


class Dictionary(Protocol):
    """What is asked of a segmenter."""

    def has(self, word: str) -> bool:
        """Whether the dictionary has this word."""

    def cut(self, text: str) -> list[str]:
        """The words of a text, by the dictionary alone (no guessing of unknown words)."""


class Rjieba:
    """The dictionary of rjieba. Raises ImportError where that is not installed."""

    def __init__(self) -> None:
        import rjieba

        self._words = rjieba

    def has(self, word: str) -> bool:
        """See `Dictionary`."""
        return bool(self._words.has_word(word))

    def cut(self, text: str) -> list[str]:
        """See `Dictionary`."""
        return list(self._words.cut(text, False))


class Jieba:
    """The dictionary of jieba."""

    def __init__(self) -> None:
        import jieba

        words = self._tokenizer = jieba.Tokenizer()
        words.FREQ, words.total = words.gen_pfdict(words.get_dict_file())
        words.initialized = True  # as `initialize` does, without its cache

    def has(self, word: str) -> bool:
        """See `Dictionary`."""
        return bool(self._tokenizer.FREQ.get(word))

    def cut(self, text: str) -> list[str]:
        """See `Dictionary`."""
        return list(self._tokenizer.cut(text, HMM=False))


@cache
def dictionary() -> Dictionary:
    """The fastest dictionary there is."""
    try:
        return Rjieba()
    except ImportError:
        return Jieba()


def shared_tail(last: str, length: int) -> str:
    """What `last` has beyond its first modifier, when the other names of the list are `length` characters long.

    >>> shared_tail("农村居民人均可支配收入", 2)
    '居民人均可支配收入'
    """
    if length >= len(last):
        return ""
    words = dictionary()
    if words.has(last[:length]):
        return last[length:]
    ends = sorted(accumulate(map(len, words.cut(last))), key=lambda end: (abs(end - length), end))
    end = next((end for end in ends if end < len(last)), 0)
    return last[end:] if end else ""
