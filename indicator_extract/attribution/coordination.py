"""Coordinated names taken apart: 城镇、农村居民收入 are two names that share a tail, 三次产业 stands for three."""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.attribution.cleaning import NOUN
from indicator_extract.attribution.words import shared_tail
from indicator_extract.lexicon import Lexicon


class Coordination:
    """Takes lists of names apart with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._enumerations, self._property = cues("enumeration"), cues("property")
        self._joiners = cues("part_joiner").words
        self._comma = cues("part_comma").words
        self._quotes = cues("quote").pairs
        self._known, self._bare = lexicon.indicators, lexicon.cues("bare_head").words

    def parts(self, text: str, count: int) -> list[str] | None:
        """The `count` names a coordinated phrase stands for, shared words filled in; None where it does not fit."""
        pieces = self.split(text)
        known = self._enumerated(text, count)
        if known and not self._whole(text, pieces, count):
            return known
        if len(pieces) != count:
            pieces = self._split(text, self._comma)
        if len(pieces) != count or count < 2:
            return None
        return self._completed(pieces)

    def _enumerated(self, text: str, count: int) -> list[str] | None:
        """三次产业结构 → 第一产业结构, …; 城乡居民收入 → 城镇居民收入, 农村居民收入."""
        for match in self._enumerations.finditer(text):
            names = match.entry.gives["parts"].split("|")
            if len(names) == count:
                return [text[: match.start] + name + text[match.end :] for name in names]
        return None

    def _whole(self, text: str, pieces: Sequence[str], count: int) -> bool:
        """城乡居民基础养老金、低保标准: as many names as numbers, each of them 城乡."""
        split = any(self._joiners.intersection(text[m.start : m.end]) for m in self._enumerations.finditer(text))
        return count > 1 and len(pieces) == count and not split

    def split(self, text: str) -> list[str]:
        """The members of an enumeration, quotations whole."""
        return self._split(text, self._joiners)

    def _split(self, text: str, joiners: frozenset[str]) -> list[str]:
        pieces, closing, current = [], "", ""
        for char in text:
            if closing:
                closing = "" if char == closing else closing
            elif char in self._quotes:
                closing = self._quotes[char]
            elif char in joiners:
                pieces.append(current)
                current = ""
                continue
            current += char
        return [*pieces, current]

    def _completed(self, pieces: list[str]) -> list[str] | None:
        """城镇、农村居民收入: the tail of the last name completes the others that are shorter than it."""
        if any(len(piece) < 1 for piece in pieces):
            return None
        last = self._known_with_head(pieces[0], pieces[-1])
        tails = [self._known_tail(piece, last) for piece in pieces[:-1]]
        if all(tails):
            return [*(piece + tail for piece, tail in zip(pieces[:-1], tails, strict=True)), last]
        if tail := next(filter(None, tails), ""):
            return [piece if self._is_name(piece) else piece + tail for piece in pieces[:-1]] + [last]
        if behind := self._tail_behind(pieces):
            return [*(piece + behind for piece in pieces[:-1]), last]
        tail = self._tail_after(pieces) or self._shared_tail(pieces)
        return [piece if not tail or piece[-1] == tail[-1] else piece + tail for piece in pieces[:-1]] + [last]

    def _is_name(self, piece: str) -> bool:
        """Whether a member of a list is whole: an indicator, or something with its property."""
        return self._known.get(piece) is not None or self._property.ends(piece) is not None

    def _known_tail(self, piece: str, last: str) -> str:
        """城市低保、农村低保标准: as much of the last name's end as makes a name one that the lexicon knows."""
        return next((last[start:] for start in range(1, len(last) - 1) if self._known.get(piece + last[start:])), "")

    def _known_with_head(self, first: str, piece: str) -> str:
        """生产安全事故起数、死亡人数: a name with as much of the first one's beginning as makes it a known one."""
        if not self._known.get(piece):
            for end in range(len(first) - 1, 1, -1):
                if self._known.get(first[:end] + piece):
                    return first[:end] + piece
        return piece

    @staticmethod
    def _tail_after(pieces: list[str]) -> str:
        """油与非油经济: what follows the first name where it stands again in the last."""
        at = pieces[-1].find(pieces[0])
        return pieces[-1][at + len(pieces[0]) :] if at >= 0 and len(pieces) > 1 else ""

    def _tail_behind(self, pieces: list[str]) -> str:
        """化学需氧量、氨氮、挥发性有机物重点工程减排量: what stands behind a name as well known as the others."""
        last = pieces[-1]
        if self._known.get(last) or not all(self._known.get(piece) for piece in pieces[:-1]):
            return ""
        return next((last[end:] for end in range(len(last) - 2, 1, -1) if self._known.get(last[:end])), "")

    def _shared_tail(self, pieces: list[str]) -> str:
        """What the last name has beyond a modifier as long as the others; nothing where those are names themselves."""
        last, others = pieces[-1], pieces[:-1]
        longest = max(len(piece) for piece in others)
        if any(self._known.get(piece) and not self._is_short(piece) for piece in others):
            return ""
        if self._property.ends(others[-1]):
            return ""
        if longest + 1 >= len(last):
            return self._head(last, others)
        tail, split = shared_tail(last, longest), self._property.ends(last)
        over = split.start - len(last) + len(tail) if split else 0
        return tail[over:] if 0 < over < NOUN else tail  # 苹果、猕猴桃产量: not 苹果桃产量

    def _is_short(self, piece: str) -> bool:
        """集成电路 for 集成电路产量: known by a property that it does not name."""
        known = self._known.get(piece)
        return (
            known is not None
            and known.name.startswith(piece)
            and self._property.match(known.name, len(piece)) is not None
        )

    def _head(self, last: str, others: Sequence[str]) -> str:
        """集成电路、汽车零配件、锂电池出口: the head of the last name where the others have none."""
        split = self._property.ends(last)
        ends = [last[at:] for at in range(1, len(last)) if last[at:] in self._bare or (split and at == split.start)]
        headed = any(piece.endswith(tuple(self._bare)) for piece in others)
        return ends[0] if ends and not headed else ""
