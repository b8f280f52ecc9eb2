"""What text is made of where bytes alone get nowhere: words of the pattern files, numerals, brackets, odd Unicode."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from indicator_extract.lexicon.loading import patterns_folder, toml_files

NUMERALS = """
0 1 5 12 100 1,100 3.5 0.6 11. １２ 2020 2021 31 1/4 2×35 8成 3万 1.2万亿 1亿5000万 180余万 几十 数百 十五六 一百二十三
百分之五 千分之三 二〇二〇 一 二 两 三 十 百 千 万 亿 〇 零 半 廿 壹 ① ② Ⅲ ² ½ ٣ l2 O5
12345678901234567890123456789012345 0.00000001 3:4:5 2016-2020 5—6 5-6 -5 负5 +5 1.2.3 12:30 234 999999999999999999
""".split()  # noqa: SIM905 a list of quoted numerals is no easier to read
MARKS = list(
    "，。、；：！？,.;:!?（）()〔〕【】[]{}《》〈〉“”‘’\"'「」『』—－-–~～…·•|\t\n /／\\%％‰℃°№#*＊+＋=×÷<>&@^_`$￥¥"
)
ODD = [
    *"\u3000\u00a0\u200b\u200d\u202e\u2066\ufeff\u2028\x85\x0b\x0c\x1c\r\x00\u0301\u20e3\ufe0f\U0010ffff\ufffd\ue000",
    *"𠀀İßﬁſǄﷺ㎡㎏㈠⒈㊀〡〸ｌＯ㍻ⅹ½¹₂𝟘𝟙०੫",
    "\r\n",
    "\x1b[31m",
    "👨‍👩‍👧",
]
LINES = [
    "\n一、",
    "\n（一）",
    "\n1.",
    "\n（1）",
    "\n第一章 ",
    "\n",
    "\n\n",
    "\n附件：",
    "\n单位：亿元\n",
    "\n指标\t2019年\t2020年\n",
    "\n表1 ",
]


@cache
def lexicon_words() -> tuple[str, ...]:
    """All words of the pattern files, in order."""
    found: set[str] = set()
    for file in toml_files(patterns_folder()):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        for kind, rows in tables.items():
            if kind != "macros":
                found.update(word for row in rows for word in _words(row))
    return tuple(sorted(found))


def _words(row: dict[str, Any]) -> Iterator[str]:
    for key in ("words", "aliases", "symbol", "name", "values"):
        said = row.get(key, ())
        yield from (said,) if isinstance(said, str) else said


@cache
def examples() -> tuple[str, ...]:
    """The texts of all examples and near misses of the pattern files."""
    found: dict[str, None] = {}
    for file in toml_files(patterns_folder()):
        for rows in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for row in rows if isinstance(rows, list) else ():
                for example in (*row.get("examples", ()), *row.get("near_misses", ())):
                    found[example if isinstance(example, str) else example["text"]] = None
    return tuple(found)


def word(rng: random.Random) -> str:
    """A piece of text of some kind."""
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(lexicon_words())
    if kind < 0.65:
        return rng.choice(NUMERALS)
    if kind < 0.8:
        return rng.choice(MARKS)
    if kind < 0.87:
        return rng.choice(ODD)
    if kind < 0.92:
        return rng.choice(LINES)
    return rng.choice(examples())


def sentence(rng: random.Random) -> str:
    """Some pieces in a row."""
    return "".join(word(rng) for _ in range(rng.randint(1, 8)))
