"""Fixtures that several test files share: one extractor, the texts, the commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from support import ROOT, SHARED, Run, environment

from indicator_extract import Extractor

# No test is timed: machines differ. The examples of hypothesis are the same in every run, so that a commit passes or
# does not; `pytest --hypothesis-profile search` looks at others, ten times as many.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("house")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    return sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled texts and the corpus, which are not part of the project."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("no ../shared beside the checkout")
    return SHARED


@pytest.fixture
def command() -> Run:
    """Runs `python -m indicator_extract` with these arguments; bytes in, bytes out."""

    def run(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        words = [sys.executable, "-m", "indicator_extract", *map(str, arguments)]
        return subprocess.run(
            words, input=stdin, cwd=cwd, env=environment(), capture_output=True, timeout=60, check=False
        )

    return run


@pytest.fixture
def extract(command: Run) -> Run:
    """Runs the main job with these arguments."""

    def run(*arguments: str | Path, **settings: object) -> subprocess.CompletedProcess[bytes]:
        return command("extract", *arguments, **settings)

    return run
