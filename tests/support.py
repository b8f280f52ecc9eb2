"""What several test files share that is no fixture: places, the environment of a command, the account of numbers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from indicator_extract import Extraction

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"  # the labelled texts and the corpus, which are not part of the project
Run = Callable[..., subprocess.CompletedProcess[bytes]]

_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")


def rows(table: str, text: str = "") -> list[list[str]]:
    """The rows of a table of `tests/rows/`, cells between bars; of one text, the first cell, where that is given."""
    lines = (ROOT / "tests" / "rows" / f"{table}.txt").read_text(encoding="utf-8").splitlines()
    found = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [row for row in found if not text or row[0] == text]


def texts(table: str) -> list[str]:
    """The texts that the rows of a table speak of."""
    return list(dict.fromkeys(row[0] for row in rows(table)))


def environment() -> dict[str, str]:
    """The environment of a command: this checkout first, no locale, no terminal settings of the one who tests."""
    dropped = {"COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "LANG", "LC_ALL", "PYTHONIOENCODING", "PYTHONUTF8"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}


def unaccounted(extraction: Extraction) -> list[str]:
    """The runs of digits that are neither in a record nor in a mention."""
    spans = [(row.start, row.end) for row in (*extraction.records, *extraction.mentions)]
    return [
        f"{extraction.document.source}:{run.start()} {run[0]}"
        for run in _DIGITS.finditer(extraction.document.text)
        if not any(start < run.end() and run.start() < end for start, end in spans)
    ]


def with_programs(folder: Path) -> dict[str, str]:
    """The environment of a shell that finds the two commands, put into a folder."""
    folder.mkdir(exist_ok=True)
    for name, entry in (("extract", "extract_main"), ("indicator-extract", "main")):
        code = f"from indicator_extract.cli import {entry}; {entry}()"
        program = folder / name
        program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{code}' \"$@\"\n", encoding="utf-8")
        program.chmod(0o755)
    return {**environment(), "PATH": f"{folder}:{os.environ['PATH']}"}
