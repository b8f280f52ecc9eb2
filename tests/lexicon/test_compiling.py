"""Expressions kept for the next start do what `re.compile` makes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_extract.lexicon import compiling
from indicator_extract.lexicon.compiling import Kept, compiled
from indicator_extract.lexicon.trie import trie

TEXTS = ("", "2020年，地区生产总值383.1亿元", "同比增长0.6%", "aab ab")
SOURCES = (r"(?P<a>\d+)(?:\.(?P<b>\d+))?", "[一-鿿]+", r"(?i)AB", r"(?<!年)，|元\Z", "(a)(b)?", "(?!)", "")


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setattr(compiling.atexit, "register", lambda _: None)  # the tests store by themselves
    compiling.kept.cache_clear()
    yield
    compiling.kept.cache_clear()


def _next_start() -> None:
    compiling.kept().store()
    compiling.kept.cache_clear()


def _found(pattern: re.Pattern[str]) -> list[object]:
    matches = [list(pattern.finditer(text)) for text in TEXTS]
    spans = [[(match.span(), match.groups(), match.groupdict(), match.lastgroup) for match in row] for row in matches]
    return [spans, pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex)]


@pytest.mark.parametrize("source", SOURCES)
def test_an_expression_is_that_of_re_now_and_at_the_next_start(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _found(compiled(source)) == _found(re.compile(source))
    _next_start()
    monkeypatch.setattr(compiling, "_parts", lambda _: pytest.fail("compiled anew"))
    assert _found(compiled(source)) == _found(re.compile(source))


@given(st.lists(st.text("地区生产总值ab.*", min_size=1, max_size=4), min_size=1, unique=True))
def test_words_too(words: list[str]) -> None:
    source = trie(words)
    again = compiled(source)
    assert all(again.fullmatch(word) for word in words)
    assert _found(again) == _found(re.compile(source))


def test_a_bad_expression_is_an_error_of_re() -> None:
    with pytest.raises(re.error, match="unterminated"):
        compiled("(a")


@pytest.mark.parametrize("damage", [[0], [0, 0, {}, "!"], [0, 0, {}, "AAAA"], [0, 0, {"a": 9}, ""], None, "x"])
def test_an_entry_that_does_not_fit_is_compiled_as_usual(damage: object) -> None:
    kept = Kept()
    kept.get("re", "ab", lambda _: damage)
    kept.store()
    assert Kept().get("re", "ab", lambda _: pytest.fail("not kept")) == damage
    assert compiled("ab").search("aab ab")


def test_what_was_kept_stays_beside_what_is_new() -> None:
    compiled("a")
    _next_start()
    compiled("b")
    _next_start()
    entries = json.loads(_file().read_text(encoding="utf-8").partition("\n")[2])
    assert set(entries) == {"re a", "re b"}


def test_what_is_kept_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_MOST", 2)
    for source in ("a", "b", "c"):
        compiled(source)
        _next_start()
    entries = json.loads(_file().read_text(encoding="utf-8").partition("\n")[2])
    assert set(entries) == {"re c"} or set(entries) == {"re b", "re c"}


def _file() -> Path:
    import os

    (file,) = (Path(os.environ["XDG_CACHE_HOME"]) / "indicator-extract").glob("expressions-*.json")
    return file


def test_nothing_is_made_twice() -> None:
    kept, made = Kept(), []
    for _ in range(2):
        assert kept.get("length", "abc", lambda text: made.append(text) or len(text)) == 3
        kept.store()
        kept = Kept()
    assert made == ["abc"]
