"""Tries and cues: the longest match, then the priority, then the id; and what agrees with the obvious way."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_extract.errors import PatternError
from indicator_extract.lexicon import Cue, CueMatch, Cues, trie
from indicator_extract.lexicon.cue import CueRule
from indicator_extract.lexicon.outline import outline

WORD = st.text(alphabet="甲乙丙-^]", min_size=1, max_size=4)
TEXT = st.text(alphabet="甲乙丙-^]", max_size=12)


def rule(
    name: str, *words: str, regex: str = "", priority: int = 0, before: str = "", after: str = "", user: bool = False
) -> CueRule:
    return CueRule(Cue(name, "status", {}, priority, words), "f.toml", regex, tuple(before), tuple(after), user)


def found(matches: Iterable[CueMatch]) -> list[tuple[int, int, str]]:
    return [(match.start, match.end, match.entry.id) for match in matches]


@given(st.sets(WORD), TEXT)
def test_trie_matches_exactly_its_words(words: set[str], text: str) -> None:
    assert bool(re.fullmatch(trie(words), text)) == (text in words)
    assert all(re.fullmatch(trie(words), word) for word in words)


@given(st.sets(WORD), TEXT)
def test_trie_takes_the_longest_word(words: set[str], text: str) -> None:
    match = re.match(trie(words), text)
    longest = max((word for word in words if text.startswith(word)), key=len, default=None)
    assert (match and match[0]) == longest


def test_trie_without_words_matches_nothing() -> None:
    assert not re.search(trie([]), "")


PATTERN = st.recursive(
    st.sampled_from(
        ["甲", "乙", "[甲乙]", "[丙-乙]", r"\d", r"\s", ".", "[^甲]", r"\.", "(?<=甲)", "(?!乙)", "^", r"\b"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+?", "{2}", "{0,1}"])).map(
            lambda parts: f"(?:{parts[0]}){parts[1]}"
        ),
        inner.map(lambda part: f"(?P<n>{part})" if "(?P<" not in part else part),
        inner.map(lambda part: f"(?i:{part})"),
    ),
    max_leaves=6,
)


@given(PATTERN, st.text(alphabet="甲乙丙1 .", max_size=8))
def test_an_outline_leaves_no_match_out(pattern: str, text: str) -> None:
    if pattern.count("(?P<") > 1:
        return
    first, last, needles = outline(pattern)
    for match in re.finditer(pattern, text):
        assert not first or re.match(f"[{first}]", match[0])
        assert not last or re.match(f"[{last}]", match[0][-1])
        assert not needles or re.search(f"[{needles}]", match[0])


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?<!第)[一-三]?月|年末", ("一-三年月", "月末", "年月")),
        (r"(?P<n>\d+)个?", (r"\d", r"\d个", r"\d")),
        (r"\d{1,2}个(?=月)", (r"\d", "个", "个")),
        ("a*", ("", "", "")),
        ("(?i:a)", ("", "", "")),
        ("[^a]b", ("", "b", "b")),
        ("b.*", ("b", "", "b")),
    ],
)
def test_outline(pattern: str, expected: tuple[str, str, str]) -> None:
    assert outline(pattern) == expected


def test_the_outline_of_a_bad_expression() -> None:
    with pytest.raises(re.error):
        outline("(")


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        ([rule("a", "超", "超过")], "超过五，超五", [(0, 2, "a"), (4, 5, "a")]),
        ([rule("a", "人", before="口均"), rule("b", "人次")], "人口人均人次人", [(4, 6, "b"), (6, 7, "a")]),
        ([rule("a", "将", after="即")], "即将，将", [(3, 4, "a")]),
        ([rule("a", "超过", before="去"), rule("b", "超")], "超过去", [(0, 1, "b")]),
        ([rule("a", "约"), rule("b", regex="约[^，]?定")], "约定，约", [(0, 2, "b"), (3, 4, "a")]),
        ([rule("a", regex="第.届"), rule("b", regex="第.", priority=9)], "第二届第二", [(0, 3, "a"), (3, 5, "b")]),
        ([rule("a", regex="第."), rule("b", regex="第二", priority=1)], "第二", [(0, 2, "b")]),
        ([rule("b", regex="第."), rule("a", regex="第二")], "第二", [(0, 2, "a")]),
        ([rule("a", regex="(?<=年)末?")], "年，年末", [(3, 4, "a")]),
        ([rule("a", regex="末", before="代", after="期")], "期末末代末", [(4, 5, "a")]),
        ([rule("a", regex="超(?P<n>.)", user=True), rule("b", "超过")], "超过超市", [(0, 2, "a"), (2, 4, "a")]),
        (
            [rule("a", regex="甲.", user=True), rule("b", regex="乙."), rule("c", "丙")],
            "丙乙1甲2乙",
            [(0, 1, "c"), (1, 3, "b"), (3, 5, "a")],
        ),
        ([], "约", []),
    ],
)
def test_finditer(rules: list[CueRule], text: str, expected: list[tuple[int, int, str]]) -> None:
    for ordered in itertools.permutations(rules):
        assert found(Cues("status", ordered).finditer(text)) == expected


def test_a_match_tells_its_entry_and_groups() -> None:
    cues = Cues("status", [rule("a", regex="第(?P<n>.)届(?P<m>会)?"), rule("b", "约")])
    match = cues.search("约于第七届")
    assert match == CueMatch(0, 1, cues.entries[1], {})
    second = cues.search("约于第七届", 1)
    assert second is not None
    assert second.groups == {"n": "七", "m": None}


def test_match_is_anchored_and_bounded() -> None:
    for cues in (Cues("status", [rule("a", "超", "超过")]), Cues("status", [rule("a", "超", regex="超过")])):
        assert cues.match("约超过", 0) is None
        assert found(iter([cues.match("约超过", 1)])) == [(1, 3, "a")]  # type: ignore[list-item]
        assert found(iter([cues.match("约超过", 1, 2)])) == [(1, 2, "a")]  # type: ignore[list-item]
        assert cues.match("约超过", 3) is None
        assert found(cues.finditer("超过超过", 1, 3)) == [(2, 3, "a")]


@pytest.mark.parametrize(
    ("rules", "text", "pos", "expected"),
    [
        ([rule("a", "超过", "过")], "已超过", 0, (1, 3, "a")),
        ([rule("a", "超过", "过")], "已超过", 2, (2, 3, "a")),
        ([rule("a", "超过")], "超过了", 0, None),
        ([rule("a", "超过", after="不"), rule("b", "过")], "不超过", 0, (2, 3, "b")),
        ([rule("a", regex="年[^，]?均"), rule("b", "均")], "年平均", 0, (0, 3, "a")),
        ([rule("a", regex="均", priority=0), rule("b", "均", priority=1)], "年均", 0, (1, 2, "b")),
        ([rule("a", regex="均", after="年"), rule("b", "年")], "年均", 0, None),
        ([rule("a", regex=".均", user=True)], "年均", 0, (0, 2, "a")),
        ([rule("a", regex="长+")], "长" * 50, 0, (10, 50, "a")),
        ([rule("a", "均")], "", 0, None),
    ],
)
def test_ends(rules: list[CueRule], text: str, pos: int, expected: tuple[int, int, str] | None) -> None:
    match = Cues("status", rules).ends(text, pos)
    assert (match and (match.start, match.end, match.entry.id)) == expected


def test_ends_sees_what_follows_the_window() -> None:
    assert Cues("status", [rule("a", "超", before="市")]).ends("超市", 0, 1) is None
    assert Cues("status", [rule("a", regex="超", before="市")]).ends("超市", 0, 1) is None


def test_pattern_stands_inside_another() -> None:
    cues = Cues("status", [rule("a", regex="第(?P<n>.)届|前届"), rule("b", "约", "约为")])
    assert re.fullmatch(f"(?P<n>{cues.pattern})5", "约为5")
    assert re.fullmatch(f"{cues.pattern}5", "第七届5")
    assert not re.search(Cues("status", []).pattern, "约")


def test_pattern_refuses_what_needs_a_time_limit() -> None:
    with pytest.raises(PatternError, match=r"f\.toml \[a\]: role `status` takes words"):
        _ = Cues("status", [rule("a", regex="约", user=True)]).pattern


RULES = st.lists(
    st.tuples(
        st.sets(WORD, max_size=3),
        st.sampled_from(["", "甲乙?", "[乙丙]+", "丙(?=甲)"]),
        st.integers(0, 1),
        st.text("甲乙", max_size=2),
    ),
    max_size=4,
)


def _made(drawn: list[tuple[set[str], str, int, str]]) -> list[CueRule]:
    """Rules from what was drawn, each word in one of them only."""
    seen: set[str] = set()
    rules = []
    for index, (words, regex, priority, before) in enumerate(drawn):
        rules.append(rule(f"r{index}", *sorted(words - seen), regex=regex, priority=priority, before=before))
        seen |= words
    return rules


def _slow(rules: list[CueRule], text: str, start: int) -> tuple[int, int, str] | None:
    """The obvious way: every end, every rule."""
    candidates = []
    for one in rules:
        words = (word for word in one.cue.words if text.startswith(word, start))
        allowed = [len(word) for word in words if one.allows(text, start, start + len(word))]
        candidates += [(-length, -one.cue.priority, one.cue.id) for length in allowed]
        match = re.compile(f"(?:{one.regex})(?!{trie(one.not_before)})").match(text, start) if one.regex else None
        if match:
            candidates.append((-len(match[0]), -one.cue.priority, one.cue.id))
    length, _, name = min(candidates, default=(0, 0, ""))
    return (start, start - length, name) if candidates else None


@given(RULES, TEXT)
def test_cues_agree_with_the_obvious_way(drawn: list[tuple[set[str], str, int, str]], text: str) -> None:
    rules = _made(drawn)
    expected, at = [], 0
    while at < len(text):
        match = _slow(rules, text, at)
        if match:
            expected.append(match)
        at = match[1] if match else at + 1
    assert found(Cues("status", rules).finditer(text)) == expected
    limited = [one._replace(user=True) for one in rules]
    assert found(Cues("status", limited).finditer(text)) == expected


@given(st.lists(st.sets(WORD, max_size=3), max_size=4), TEXT)
def test_ends_takes_the_longest_word(drawn: list[set[str]], text: str) -> None:
    rules = _made([(words, "", 0, "") for words in drawn])
    words = [word for one in rules for word in one.cue.words if text.endswith(word)]
    match = Cues("status", rules).ends(text)
    assert (match and text[match.start :]) == max(words, key=len, default=None)
