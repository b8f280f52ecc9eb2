"""What inputs may cost: each limit is named by its error, changed by `--limit`, and listed in help and docs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import hostile
import making
import pytest
from hostile import REPORT
from hypothesis import given
from hypothesis import strategies as st
from support import Run

from indicator_extract import ChoiceError, Extractor, Limits, Options, ReadError
from indicator_extract.reading import read
from indicator_extract.reading.limits import LIMITS, NONE, UNITS, example, limits_of, size

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("file=1GB", "file", 1024 * MB),
        ("file = 1.5 gb", "file", 1536 * MB),
        ("text=512KB", "text", 512 * 1024),
        ("unpacked=4096", "unpacked", 4096),
        ("pages=20,000", "pages", 20_000),
        ("time=5min", "time", 300),
        ("time=90s", "time", 90),
        ("memory=none", "memory", NONE),
        ("file=999999999999999999999GB", "file", NONE),
    ],
)
def test_a_limit_is_read(setting: str, name: str, value: int) -> None:
    assert limits_of([setting]) == Limits()._replace(**{name: value})


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("page=3", "there is no limit `page`; did you mean pages?"),
        ("xyz=3", "there is no limit `xyz`; there are file, text, unpacked, "),
        ("pages", "`pages` without a value; give one, such as pages=5000"),
        ("pages=", "`` is no number of count; give one such as pages=5000"),
        ("pages=3MB", "`3MB` is no number of count"),
        ("pages=1.5", "`1.5` is no number of count"),
        ("file=-1", "`-1` is no number of bytes; give one such as file=100MB"),
        ("time=3MB", "`3MB` is no number of seconds; give one such as time=120s"),
    ],
)
def test_what_is_no_limit_is_told(setting: str, message: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        limits_of(["file=1MB", setting])
    assert str(caught.value).startswith(message)
    assert caught.value.option == "--limit"


@given(st.sampled_from(LIMITS), st.integers(0, NONE))
def test_what_messages_show_is_read_back(limit: object, value: int) -> None:
    name = limit.name  # type: ignore[attr-defined]
    shown = size(value).replace(" ", "").removesuffix("bytes") if UNITS[name] == "bytes" else str(value)
    assert limits_of([f"{name}={shown}"]) == Limits()._replace(**{name: value})
    assert limits_of([example(name)]) == Limits()


def _zip_of(count: int, megabytes: int) -> bytes:
    """An archive that says of its members that they are so large; they are not, but that is not looked at."""
    data = bytearray(making.as_zip({f"{number}.txt": b"1" for number in range(count)}))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 24 : start + 28] = (megabytes * MB).to_bytes(4, "little")
        start += 4
    return bytes(data)


SMALL = Limits(file=100_000, text=50_000, unpacked=60_000, members=30, ratio=20, pages=0, cells=3)
BROKEN = {
    "file": ("a.txt", b"1" * 100_001, "larger than 100,000 bytes; split it"),
    "text": ("a.txt", b"1" * 50_001, "a text of more than 50,000 bytes; split it"),
    "text of a workbook": (
        "a.xlsx",
        making.table_xlsx([["1", "一" * 20_000]]),
        "a text of more than 50,000 bytes; split it",
    ),
    "text in a line": ("a.csv", b"text\n" + b"1" * 50_001, "a text of more than"),
    "unpacked": ("a.zip", making.as_zip({"a.txt": b"1" * 60_001}), "unpacks to more than 60,000 bytes"),
    "unpacked docx": ("a.docx", making.as_docx("1" * 60_001), "unpacks to more than"),
    "members": ("a.zip", making.as_zip({f"{n}.txt": b"1" for n in range(31)}), "more than 30 files in one archive"),
    "ratio": ("a.zip", _zip_of(1, 4), "a member unpacks to more than 20 times its packed size; allow more with"),
    "pages": ("a.pdf", making.as_pdf(REPORT), "more than 0 pages; split it"),
    "cells": ("a.xlsx", making.table_xlsx([[1, 2], [3, 4]]), "worksheet Sheet1 has more than 3 cells"),
    "cells of a page": ("a.html", making.table_html([["1", "2"]] * 3), "a table of more than 3 cells"),
    "cells of docx": ("a.docx", making.table_docx([["1", "2"]] * 3), "a table of more than 3 cells"),
    "cells of markdown": ("a.md", making.table_markdown([["1", "2"]] * 3), "a table of more than 3 cells"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_an_input_that_breaks_a_limit_is_told_how_to_pass(case: str) -> None:
    name, data, message = BROKEN[case]
    limit = case.split()[0]
    only = Limits()._replace(**{limit: getattr(SMALL, limit)})
    with pytest.raises(ReadError) as caught:
        list(read(name, data, Options(limits=only)))
    said = str(caught.value)
    assert said.startswith(f"{name}: {message}")
    assert f"allow more with --limit {limit}=" in said
    assert said.endswith(", if you trust it")


@pytest.mark.parametrize("case", [name for name in BROKEN if name != "ratio"])
def test_without_these_limits_the_input_is_read(case: str) -> None:
    name, data, _ = BROKEN[case]
    assert list(read(name, data))


def test_a_file_is_not_read_beyond_its_limit(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(1 << 40)  # takes no space on the disk
    with pytest.raises(ReadError, match="larger than 100 MB; split it, or allow more with --limit file=200MB, if"):
        list(read(large))


def test_a_long_table_has_no_line_beyond_the_limit(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f"text\n{REPORT}\n{'1' * 5 * MB}\n", encoding="utf-8")
    options = Options(limits=Limits(text=4 * MB))
    with pytest.raises(ReadError, match="a line of more than 4 MB; give one report a row, or allow more with --limit"):
        list(read(table, None, options))


def test_limits_reach_every_command_and_every_worker(extract: Run, command: Run, tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(REPORT, encoding="utf-8")
    for jobs in "1", "2":
        done = extract(tmp_path, "--limit", "file=10", "--limit", "pages=3", "--jobs", jobs)
        assert done.returncode == 1
        assert done.stderr.count(b"larger than 10 bytes; split it, or allow more with --limit file=20, if") == 2
    for words in (["check"], ["explain"], ["targets"]):
        done = command(*words, tmp_path / "1.txt", "--limit", "file=10")
        assert done.returncode == 1, done.stderr
        assert b"larger than 10 bytes" in done.stderr
    wrong = extract(tmp_path, "--limit", "page=3")
    assert wrong.returncode == 2
    assert "there is no limit `page`; did you mean pages?" in " ".join(wrong.stderr.decode().split())


def test_the_library_takes_limits(tmp_path: Path, extractor: Extractor) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert len(list(extractor.extract_file(path, Options(limits=Limits(file=1000))))) == 1
    with pytest.raises(ReadError, match="larger than 10 bytes"):
        list(extractor.extract_file(path, Options(limits=Limits(file=10))))


def test_every_limit_is_documented(extract: Run) -> None:
    assert [limit.name for limit in LIMITS] == list(Limits._fields)
    said = " ".join(extract("--help").stdout.decode().replace("│", " ").split())
    names = ", ".join(Limits._fields[:-1]) + f" or {Limits._fields[-1]}"
    assert f"What one input may cost: {names}" in said


def test_hostile_archives_are_those_they_say(tmp_path: Path) -> None:
    """The bombs of other tests are valid archives, and not refused for being damaged."""
    for data in (hostile.overlapping(3, 5000), hostile.named_members({"a": b"1"})):
        (tmp_path / "a.zip").write_bytes(data)
        assert zipfile.is_zipfile(tmp_path / "a.zip")
