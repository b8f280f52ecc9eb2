"""Folders of pattern files, made for a test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indicator_extract.lexicon import loading

PATTERNS = Path(__file__).parent / "patterns"
EXAMPLE = "examples = [{ text = '甲', records = [] }]\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of pattern files, `write("my", name="[[cue]]…")`; an entry gets an example where it has none."""

    def made(folder: str, **files: str) -> Path:
        (tmp_path / folder).mkdir(exist_ok=True)
        for name, content in files.items():
            parts = re.split(r"(?m)^(?=\[)", content)
            whole = "".join(p + EXAMPLE if p.startswith("[[") and "examples" not in p else p for p in parts)
            (tmp_path / folder / f"{name}.toml").write_text(whole, encoding="utf-8")
        return tmp_path / folder

    return made


@pytest.fixture
def forget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Puts the files beside this one in the place of the built-in patterns, with a cache of their own.

    Gives a function that forgets what was loaded, as a new process does.
    """

    def forgotten() -> None:
        loading._builtin_lexicon.cache_clear()
        loading._builtin_folder.cache_clear()
        loading._builtin_digest.cache_clear()

    shutil.copytree(PATTERNS, tmp_path / "builtin")
    monkeypatch.setattr(loading, "patterns_folder", lambda: tmp_path / "builtin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forgotten()
    yield forgotten
    forgotten()


@pytest.fixture
def builtin(forget: Callable[[], None]) -> None:
    """Puts the files beside this one in the place of the built-in patterns."""
