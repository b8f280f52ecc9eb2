"""What a document or a file name says does nothing where it is shown: no formula, no escape sequence, no markup."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Run, environment
from test_writing import record
from test_writing_faults import put

from indicator_extract.panel.load import records_of
from indicator_extract.printable import harmless, printable

BELL, RED, BACKWARDS, HIDDEN = "\x07", "\x1b[31m", "\u202e", "\u200b"
EVIL = f"{RED}{BELL}{BACKWARDS}{HIDDEN}"
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
posix = pytest.mark.skipif(os.name != "posix", reason="needs a terminal of a POSIX system")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report whose name, title and text would act on a terminal."""
    path = tmp_path / f"报告{EVIL}[red]:cat:.txt"
    said = f"2020年，{RED}全市{BACKWARDS}[red]粮食[/red]产量:cat:达到100万吨，比上年增长5%。\n"
    path.write_text(f"[bold]报告{EVIL}\n{said}" + "全市上下团结奋斗，各项事业取得新的进步。\n" * 40, encoding="utf-8")
    return path


def on_a_terminal(*words: str | Path) -> str:
    """What a terminal is sent on standard output and standard error."""
    import pty

    parent, child = pty.openpty()
    settings = {**environment(), "TERM": "dumb", "COLUMNS": "200"}
    command = [sys.executable, "-m", "indicator_extract", *map(str, words)]
    process = subprocess.Popen(command, env=settings, stdin=subprocess.DEVNULL, stdout=child, stderr=child)
    os.close(child)
    screen = b""
    try:
        while some := os.read(parent, 65536):
            screen += some
    except OSError:  # how a terminal ends on Linux
        pass
    os.close(parent)
    process.wait()
    return screen.decode().replace("\r\n", "\n")


SHOWN: dict[str, Callable[[Path], tuple[str | Path, ...]]] = {
    "csv": lambda path: ("extract", path, "--format", "csv"),
    "jsonl": lambda path: ("extract", path, "--format", "jsonl"),
    "table": lambda path: ("extract", path, "-v"),
    "text": lambda path: ("extract", path, "--format", "text"),
    "explain": lambda path: ("explain", path),
    "check": lambda path: ("check", path, "--format", "csv"),
    "targets": lambda path: ("targets", path),
    "missing": lambda path: ("extract", f"{path}{EVIL}"),
    "wrong usage": lambda path: ("extract", path, "--indicator", f"GDP{EVIL}"),
}


@posix
@pytest.mark.parametrize("name", SHOWN)
def test_a_terminal_gets_nothing_that_acts(name: str, report: Path) -> None:
    screen = on_a_terminal(*SHOWN[name](report))
    assert screen
    # The bar and the table colour the screen themselves; what the report says does not.
    assert RED not in screen
    assert not set(screen) & {BELL, BACKWARDS, HIDDEN}
    if name in ("csv", "jsonl", "text", "explain", "missing"):
        assert not ACTIVE.search(screen)
        assert "\N{REPLACEMENT CHARACTER}" in screen or "\\u" in screen


def test_a_file_gets_the_text_as_it_is(extract: Run, report: Path) -> None:
    assert extract(report, "--format", "text").stdout.decode() == report.read_text("utf-8")
    assert RED in extract(report, "--format", "csv").stdout.decode()


def test_markup_is_text(extract: Run, report: Path) -> None:
    table = extract(report, "--format", "table", "--columns", "evidence,title").stdout.decode()
    assert "[red]粮食[/red]产量:cat:达到100万吨" in table
    assert "[bold]报告" in table


def test_markup_of_records_is_text(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    area = f"[red]安平县[/red]:cat:{EVIL}$\\frac{{}}$"
    put(path, iter([record(ref_area=area, indicator=f"名:cat:{EVIL}", unit=f"[b]{RED}$x_$")]))
    plot = tmp_path / "a.svg"
    done = command("show", path, "--indicator", "*", "--plot", plot)
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "[red]安平县[/red]:cat:" in shown.replace("\n", "")
    assert "名:cat:" in shown
    assert not ACTIVE.search(shown)
    assert plot.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "parquet", "sqlite", "duckdb"])
def test_every_text_comes_back_from_every_format(suffix: str, tmp_path: Path) -> None:
    texts = ["=1+1", "'=1", "-5%", " =1", "＝1", "+1", "@a", "'a", "5%", f"[red]{RED}", 'a,b;"c"', "_x0041_"]
    path = tmp_path / f"records.{suffix}"
    put(path, (record(record_id=f"r{number:02}", indicator=text) for number, text in enumerate(texts)))
    assert sorted(found.indicator for found in records_of(path)) == sorted(texts)


def test_names_of_members_are_harmless_in_records(extract: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(making.as_zip({f"../=1+1{EVIL}.txt": "2020年，粮食产量100万吨。".encode()}))
    done = extract(path, "--format", "csv", "--columns", "source")
    assert not ACTIVE.search(done.stdout.decode())
    assert ".." not in done.stdout.decode()


@given(st.text())
def test_harmless_text_is_left_alone_and_other_text_does_nothing(text: str) -> None:
    shown = harmless(text)
    assert not ACTIVE.search(shown)
    assert len(shown) == len(text)
    assert harmless(shown) == shown
    assert all(one == other for one, other in zip(text, shown, strict=True) if one.isprintable() or one in "\n\t\u3000")
    assert printable(text).isprintable()
