"""Where numerals begin and end, by brute force: of all substrings that begin at a digit, the longest that is a number.

    python -m tests.proofs.spans FILE …

compares the engine with that on texts. The oracle knows a plain grammar and the words of the pattern files. What the
engine reads beyond (1/4, 2×35万, 23 971户, 8成, 25l亿元) carries a kind, a flag or a mark of its own and is counted
by it. Exit status 1 where a difference has no such reason.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator

from indicator_extract.lexicon import load_lexicon
from indicator_extract.model import Numeral
from indicator_extract.numerals import NumeralReader
from indicator_extract.reading import read
from indicator_extract.segment import Segmenter

LEXICON = load_lexicon()
READER = NumeralReader(LEXICON)
LONGEST = 40  # characters of a substring that is tried
NUMBER = re.compile(
    r"""(?: [0-9]+ | [0-9]{1,3} (?: [,，][0-9]{3} )+ ) (?: \.[0-9]+ )*  # digits, thousands marks, points
        (?: [ ]{0,2} [余多几来]? [ ]{0,2} [十百千万亿]* [百千万亿]       # scale words, 余 before them
            (?: [0-9]{1,8} (?: \.[0-9]{1,8} )? [百千万亿]+ ){0,3}       # 1万亿5000万
            (?: [0-9]{3,4} )?                                            # 1万2000
            (?: [余多几来] [百千万亿]+ )? )?
        (?: [ ]? [余多几来] )?""",
    re.VERBOSE,
)
TAIL = re.compile(r"[百千万亿][0-9]{3,4}\Z")
CUT = re.compile(r"[%A-Za-z]|[.,:][0-9]")  # behind the 2000 of 1万2000, these make it a number of its own
UNITS = tuple(unit for unit in LEXICON.units if unit[0] in "百千万亿十")
WORDS = tuple(word for word in LEXICON.cues("no_number").words if word[0] in "余多几来")


def by_brute_force(text: str) -> Iterator[tuple[int, int]]:
    """The numbers that begin with a digit."""
    at = 0
    while at < len(text):
        if not (text[at].isascii() and text[at].isdigit()):
            at += 1
            continue
        end = max(end for end in range(at + 1, min(at + LONGEST, len(text)) + 1) if fits(text, at, end))
        yield at, end
        at = end


def fits(text: str, at: int, end: int) -> bool:
    """Whether the substring is a number and cuts nothing in two: no digits, no unit (千瓦), no other word (余额)."""
    if not NUMBER.fullmatch(text, at, end):
        return False
    if text[at - 1 : at] == "." and "," in text[at:end]:
        return False  # what stands behind a point has no thousands
    if text[end - 1].isdigit() and text[end : end + 1].isascii() and text[end : end + 1].isdigit():
        return False
    if TAIL.search(text, at, end) and CUT.match(text, end):
        return False
    if text[end - 1] in "余多几来" and not belongs(text, end - 1):
        return False
    return not any(text.startswith(unit, place) for place in range(at, end) for unit in UNITS)


def belongs(text: str, at: int) -> bool:
    """Whether 余, 多, 几 or 来 there goes with the number before it and begins no word of its own."""
    rest = text[at + 1 :]
    blanks = min(len(rest) - len(rest.lstrip(" ")), 3)
    if any(rest.startswith(unit, blanks) for unit in LEXICON.units):
        return True
    if text[at] in "几来" and rest[:1].isalnum():
        return False
    return not any(text.startswith(word, at) for word in WORDS)


def by_engine(text: str) -> dict[tuple[int, int], Numeral]:
    """The engine's numerals that begin with a digit, or with a letter read as one."""
    found = READER.scan(text)
    return {(n.start, n.end): n for n in found if text[n.start].isascii() and not text[n.start].isspace()}


def differences(text: str) -> Iterator[tuple[str, str]]:
    """The reason of each difference, empty where there is none, and the text around it."""
    oracle, engine = set(by_brute_force(text)), by_engine(text)
    for start, end in sorted(oracle ^ engine.keys()):
        at_hand = [n for n in engine.values() if n.start < end and start < n.end]
        yield (
            next(filter(None, (reason(text, n) for n in at_hand)), ""),
            f"{text[max(start - 8, 0) : start]}<{text[start:end]}>{text[end : end + 8]}",
        )


def reason(text: str, numeral: Numeral) -> str:
    """What the engine says itself of a numeral that is more than the plain grammar knows."""
    written = text[numeral.start : numeral.end]
    if numeral.kind != "digits":
        return numeral.kind
    if numeral.flags:
        return numeral.flags[0]
    return next((mark for mark in ("（", "(", "×", "x", "X", "*", "·") if mark in written), "")


def main() -> int:
    """Compares them on the files named."""
    view, agreed, reasons = Segmenter(LEXICON).view, 0, Counter[str]()
    documents = [document for name in sys.argv[1:] for document in read(name)]
    for text in map(view, documents):
        agreed += len(set(by_brute_force(text)) & by_engine(text).keys())
        for why, where in differences(text):
            reasons[why] += 1
            if not why:
                print(where.replace("\n", " "))
    print(f"{len(documents)} texts, {agreed:,} numerals alike; more than the oracle knows: {dict(reasons)}")
    return 1 if reasons[""] else 0


if __name__ == "__main__":
    sys.exit(main())
