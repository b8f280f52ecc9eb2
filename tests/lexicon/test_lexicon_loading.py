"""Pattern files → Lexicon, with a user's folder laid over, and the cache."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicator_extract.errors import PatternError
from indicator_extract.lexicon import Cue, Lexicon, cache, load_lexicon, loading
from indicator_extract.model import Unit

FILES = {file.stem: file.read_text(encoding="utf-8") for file in (Path(__file__).parent / "patterns").glob("*.toml")}

Write = Callable[..., Path]
Forget = Callable[[], None]


@pytest.mark.usefixtures("builtin")
def test_everything_loads() -> None:
    lexicon = load_lexicon()
    assert "１l".translate(lexicon.characters) == "11"
    assert lexicon.lookalikes == {"l"}
    assert lexicon.numeral_words == {"digit": {"一": "1", "二": "2"}}
    assert lexicon.units["市亩"] == Unit("u.mu", "亩", "area", Decimal(2000), Decimal(3), "平方米")
    assert lexicon.units["人"] == Unit("u.person", "人", "count", None, Decimal(1), "")
    assert re.findall(lexicon.unit_pattern, "人口人次市亩人均人") == ["人次", "市亩", "人"]
    assert lexicon.classifiers == {"u.person", "u.visit"}
    assert lexicon.roles == ("bound_before", "status")
    assert lexicon.cues("bound_before").entries == (
        Cue("q.over", "bound_before", {"bound": "at_least"}, 0, ("超", "超过")),
    )
    assert lexicon.cues("status").match("第一二") is not None
    assert lexicon.cues("status").match("第一") is None
    assert lexicon.cues("no_such_role").search("超") is None
    gdp = lexicon.indicators.get("GDP")
    assert gdp is not None
    assert gdp == lexicon.indicators.by_name["地区生产总值"]
    assert gdp[:4] == ("i.gdp", "地区生产总值", "Gross regional product", "accounts")
    assert load_lexicon() is lexicon


def test_real_patterns_load() -> None:
    lexicon = load_lexicon()
    for role in lexicon.roles:
        re.compile(lexicon.cues(role).pattern)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(order=st.permutations(sorted(FILES)))
def test_order_of_files_does_not_matter(write: Write, order: list[str]) -> None:
    folder = write("ordered", **{f"f{order.index(name)}": content for name, content in FILES.items()})
    entries = loading.read_folder(folder, {}, user=False).entries
    assert _plain(loading.build(entries)) == _plain(loading.build(sorted(entries)))
    plain = sorted((entry.kind, entry.id, str(entry.data)) for entry in entries)
    reference = loading.read_folder(write("reference", **FILES), {}, user=False).entries
    assert plain == sorted((entry.kind, entry.id, str(entry.data)) for entry in reference)


def _plain(lexicon: Lexicon) -> tuple[object, ...]:
    cues = [(role, lexicon.cues(role).pattern, lexicon.cues(role).entries) for role in lexicon.roles]
    return (
        lexicon.characters,
        lexicon.numeral_words,
        lexicon.units,
        lexicon.unit_pattern,
        lexicon.indicators.by_name,
        cues,
    )


@pytest.mark.usefixtures("builtin")
def test_overlay_adds_and_replaces(write: Write) -> None:
    mine = write(
        "mine",
        mine="""
[[cue]]
id = "q.over"
override = true
role = "bound_before"
words = ["逾"]
gives = { bound = "at_least" }
[[cue]]
id = "my.wish"
role = "status"
regex = '盼{one}'
gives = { status = "target" }
""",
    )
    lexicon = load_lexicon(mine)
    assert lexicon.cues("bound_before").search("超过") is None
    assert lexicon.cues("bound_before").search("逾") is not None
    found = [match.entry.id for match in lexicon.cues("status").finditer("盼二第一一")]
    assert found == ["my.wish", "q.macro"]
    assert load_lexicon().cues("bound_before").search("超过") is not None


@pytest.mark.usefixtures("builtin")
def test_a_user_expression_runs_under_a_time_limit(write: Write) -> None:
    mine = write("mine", mine="[[cue]]\nid = 'my.slow'\nrole = 'status'\nregex = '(?:甲|甲甲)+乙'\n")
    lexicon = load_lexicon(mine)
    with pytest.raises(
        PatternError, match=r"mine\.toml \[my\.slow\]: the regular expression took longer than 0\.25 s; avoid"
    ):
        lexicon.cues("status").search("甲" * 60)


def _stored(tmp_path: Path) -> Path:
    """The newest file of checked entries."""
    files = (tmp_path / "cache" / "indicator-extract").glob("lexicon-*.json")
    return max(files, key=lambda file: file.stat().st_mtime_ns)


def test_the_cache_gives_the_same_lexicon(forget: Forget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_lexicon()
    forget()
    monkeypatch.setattr(loading, "read_folder", None)  # must not be called
    second = load_lexicon()
    assert second is not first
    assert _plain(second) == _plain(first)
    assert _stored(tmp_path).parent.stat().st_mode & 0o777 == 0o700
    assert "examples" not in _stored(tmp_path).read_text(encoding="utf-8")


def test_the_cache_follows_the_files(forget: Forget, write: Write, tmp_path: Path) -> None:
    load_lexicon()
    forget()
    write("builtin", numerals='[[numeral]]\nid = "n.digit"\nrole = "digit"\nvalues = { "三" = "3" }\n')
    assert load_lexicon().numeral_words == {"digit": {"三": "3"}}
    assert len(list(_stored(tmp_path).parent.iterdir())) == 2


@pytest.mark.parametrize("damage", ["", "x", "{key}\n", "{key}\n{{", "{key}\nnull"])
def test_a_damaged_cache_is_made_anew(forget: Forget, tmp_path: Path, damage: str) -> None:
    load_lexicon()
    forget()
    key, _, data = _stored(tmp_path).read_text(encoding="utf-8").partition("\n")
    _stored(tmp_path).write_text(damage.format(key=key), encoding="utf-8")
    assert load_lexicon().numeral_words
    assert json.loads(_stored(tmp_path).read_text(encoding="utf-8").partition("\n")[2]) == json.loads(data)


@pytest.mark.usefixtures("builtin")
def test_no_cache_where_it_would_not_be_private(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "indicator-extract"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert load_lexicon().numeral_words
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("builtin")
def test_no_cache_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    assert load_lexicon().numeral_words


def test_the_cache_ignores_a_relative_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache._folder() == tmp_path / ".cache" / "indicator-extract"


def test_packed_patterns_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_PACKAGE", tmp_path / "package")
    assert loading.patterns_folder() == tmp_path / "patterns"
    (tmp_path / "package" / "_patterns").mkdir(parents=True)
    assert loading.patterns_folder() == tmp_path / "package" / "_patterns"
