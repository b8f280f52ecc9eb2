"""The words that speak of regions (省, 全市, 人民政府, 来源), read from patterns/regions/words.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import PatternError
from indicator_extract.lexicon.compiling import compiled

FILE = "words.tsv"
PLAIN = (
    "kind", "ending", "own", "body", "not_after", "compared", "common", "not_before", "edge", "generic", "stop",
    "alias",
)  # fmt: skip
REGEX = (
    "nation", "meeting", "office", "lead", "source", "agency", "zone", "after_place", "document", "lead_in", "subject",
    "rank", "aside", "town",
)  # fmt: skip


class Words(NamedTuple):
    """The words by role; the file says what each role is for."""

    plain: dict[str, dict[str, str]]  # role -> word -> what it gives
    regex: dict[str, re.Pattern[str]]  # role -> all its regular expressions in one
    not_before: dict[str, re.Pattern[str]]  # last character of a name -> what may not follow it
    own: re.Pattern[str]  # 全市, 我省; the group `kind` holds the second character
    level: re.Pattern[str]  # the same where it tells whose report it is, and 区委, 县政府 (group `body`)

    def start(self, text: str) -> int:
        """Where the text begins once dates, `其中` and the like are passed over."""
        at = 0
        while (passed := self.regex["lead_in"].match(text, at)) and passed.end() > at:
            at = passed.end()
        return at

    def is_followed(self, last: str, text: str, at: int) -> bool:
        """Whether the text at `at` shows that a word ending in `last` just before is no region's name."""
        after = self.not_before.get(last)
        return after is not None and after.match(text, at) is not None

    def kind(self, name: str) -> str:
        """The character that stands for such a region in 全市, 我省; empty for a name without a known ending."""
        return next((kind for ending, kind in self.plain["kind"].items() if name.endswith(ending)), "")


def read_words(folder: Path) -> Words:
    """The words of the file in `folder`. Raises PatternError where it is missing or a line is wrong."""
    file = folder / FILE
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise PatternError(str(file), "", f"cannot be read: {error}", "restore it from the package") from None
    plain: dict[str, dict[str, str]] = {role: {} for role in PLAIN}
    sources: dict[str, list[str]] = {role: [] for role in REGEX}
    for number, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        role, word, gives, *_ = [*line.split("\t"), "", ""]
        if role in plain:
            plain[role][word] = gives
        elif role in sources:
            sources[role].append(word)
        else:
            raise PatternError(str(file), f"line {number}", f"there is no role `{role}`", "correct it")
    try:
        return _compiled(plain, sources)
    except re.error as error:
        raise PatternError(str(file), "", f"not a regular expression: {error}", "correct it") from None


def _compiled(plain: dict[str, dict[str, str]], sources: dict[str, list[str]]) -> Words:
    kinds = dict.fromkeys(plain["kind"].values())
    blocked = "|".join(f"{name}(?!{after})" for name, after in plain["not_before"].items() if name in kinds)
    free = "".join(kind for kind in kinds if kind not in plain["not_before"])
    apart = f"(?<!{_any(plain['not_after'])})"
    own = f"{apart}{_any(plain['own'])}(?P<kind>{blocked}|[{free}])"
    telling = f"(?<!{_any(plain['compared'])})(?!{_any(plain['common'])})"
    firsts = "".join(sorted({word[0] for word in (*plain["own"], *kinds)}))
    return Words(
        plain,
        {role: compiled("|".join(words)) for role, words in sources.items()},
        {name: compiled(after) for name, after in plain["not_before"].items()},
        compiled(own),
        compiled(
            f"(?=[{firsts}])"  # a look at one character first makes the scan of a whole text several times as fast
            f"(?:{telling}{own}(?!{'|'.join(sources['rank'])})|{apart}(?P<body>[{''.join(kinds)}]){_any(plain['body'])})"
        ),
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"
