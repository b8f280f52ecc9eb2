"""The cache of compiled expressions and checked patterns: nobody else's, and whole, or none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indicator_extract.lexicon import cache

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes are those of POSIX")
NOBODY = 65534
as_root = pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() != 0, reason="only root can give a folder away")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for caches, where one has been stored and is found."""
    base = tmp_path / "caches"
    monkeypatch.setenv("XDG_CACHE_HOME", str(base))
    cache.store("words", "key", {"a": 1})
    assert cache.load("words", "key") == {"a": 1}
    return base


def _folder(base: Path) -> Path:
    return base / "indicator-extract"


def test_it_is_made_private(base: Path) -> None:
    assert _folder(base).stat().st_mode & 0o777 == 0o700


def _others_may_write(base: Path) -> None:
    _folder(base).chmod(0o777)


def _others_may_read(base: Path) -> None:
    _folder(base).chmod(0o755)


def _the_group_may_write(base: Path) -> None:
    _folder(base).chmod(0o770)


def _a_link(base: Path) -> None:
    _folder(base).rename(base / "elsewhere")
    _folder(base).symlink_to(base / "elsewhere")


def _a_file(base: Path) -> None:
    _folder(base).rename(base / "elsewhere")
    _folder(base).touch()


def _all_may_rename(base: Path) -> None:
    base.chmod(0o777)


def _the_group_may_rename(base: Path) -> None:
    base.chmod(0o775)


def _of_another_user(base: Path) -> None:
    os.chown(_folder(base), NOBODY, NOBODY)


def _in_a_folder_of_another_user(base: Path) -> None:
    os.chown(base, NOBODY, NOBODY)


@pytest.mark.parametrize(
    "spoil",
    [
        _others_may_write,
        _others_may_read,
        _the_group_may_write,
        _a_link,
        _a_file,
        _all_may_rename,
        _the_group_may_rename,
        pytest.param(_of_another_user, marks=as_root),
        pytest.param(_in_a_folder_of_another_user, marks=as_root),
    ],
    ids=lambda spoil: spoil.__name__.strip("_"),
)
def test_a_folder_that_others_can_reach_is_not_used(base: Path, spoil: Callable[[Path], None]) -> None:
    spoil(base)
    before = sorted(base.rglob("*"))
    assert cache.load("words", "key") is None
    cache.store("other", "key", {"a": 2})
    assert sorted(base.rglob("*")) == before


def test_a_shared_folder_where_nobody_can_rename_is_fine(base: Path) -> None:
    base.chmod(0o1777)  # as /tmp is
    assert cache.load("words", "key") == {"a": 1}


def test_a_place_behind_a_link_is_fine(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "link"
    link.symlink_to(base)
    monkeypatch.setenv("XDG_CACHE_HOME", str(link))
    assert cache.load("words", "key") == {"a": 1}


@pytest.mark.usefixtures("base")
def test_another_key_finds_nothing() -> None:
    assert cache.load("words", "other key") is None


def test_any_damage_is_seen(base: Path) -> None:
    (file,) = _folder(base).iterdir()
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.load("words", "key") is None
        file.write_bytes(whole[:at])
        assert cache.load("words", "key") is None


@pytest.mark.usefixtures("base")
def test_versions_in_use_do_not_replace_one_another() -> None:
    for number in range(cache.KEPT - 1):
        cache.store("words", f"key {number}", {"a": number})
    cache.store("others", "key", {})
    assert cache.load("words", "key") == {"a": 1}
    cache.store("words", "one more", {})
    assert cache.load("words", "key") is None, "the oldest goes"
    assert [cache.load("words", f"key {number}") for number in range(cache.KEPT - 1)] == [
        {"a": number} for number in range(cache.KEPT - 1)
    ]
    assert cache.load("others", "key") == {}
