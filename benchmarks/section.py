"""A part of a page that a command writes: the lines between two marks, `<!-- NAME -->` and `<!-- end of NAME -->`."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.results import commit
from benchmarks.texts import ROOT

RELIABILITY = ROOT / "docs" / "reliability.md"


def write(page: Path, name: str, lines: Iterable[str]) -> None:
    """Puts the lines between the marks of this name. Raises ValueError where the page has no such marks."""
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(first)
    _, closed, after = rest.partition(last)
    if not found or not closed:
        raise ValueError(f"{page.name} has no part between {first} and {last}")
    page.write_text("\n".join([f"{before}{first}", "", *lines, "", f"{last}{after}"]), encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of Markdown."""
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def made_by(command: str, packages: Sequence[str] = ()) -> str:
    """One line on how figures came about: command, date, commit, machine, versions."""
    said = [f"`{command}`", datetime.now(UTC).date().isoformat(), f"commit {commit()}"]
    said += [f"Python {platform.python_version()}", f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"]
    return ", ".join([*said, *(f"{name} {_version(name)}" for name in packages)]) + "."


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
