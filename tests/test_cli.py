"""The commands as a user runs them: what goes where, what is refused and how they leave."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import Run, environment

from indicator_extract import Record, __version__
from indicator_extract.record import FIELDS

REPORT = "2020年，地区生产总值383.1亿元，同比增长0.6%。\n"
PATTERN = '[[cue]]\nid = "{id}"\nrole = "{role}"\nwords = ["{word}"]\n{more}\n'


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "below").mkdir(parents=True)
    (folder / "b.txt").write_text(REPORT, encoding="utf-8")
    (folder / "a.txt").write_text(REPORT.replace("2020", "2021"), encoding="utf-8")
    (folder / "below" / "c.txt").write_bytes(REPORT.replace("2020", "2022").encode("gbk"))
    (folder / "below" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.txt").write_text(REPORT, encoding="utf-8")
    return folder


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


# What goes where


def test_a_folder_is_read_in_order(extract: Run, reports: Path) -> None:
    done = extract(reports, "--format", "csv")
    assert done.returncode == 0
    assert list(dict.fromkeys(row["source"] for row in rows(done.stdout))) == [
        str(reports / "a.txt"),
        str(reports / "b.txt"),
        str(reports / "below" / "c.txt"),
    ]
    assert b"GB18030" in done.stderr
    assert b"1 skipped" in done.stderr
    assert b"3 files, 6 records" in done.stderr


def test_a_file_met_twice_is_read_once(extract: Run, reports: Path) -> None:
    once = extract(reports)
    twice = extract(reports, reports / "a.txt", reports / ".." / "reports" / "b.txt")
    assert once.stdout == twice.stdout


def test_the_order_of_files_changes_no_record(extract: Run, reports: Path) -> None:
    one = extract(reports / "a.txt", reports / "b.txt", "--format", "jsonl")
    other = extract(reports / "b.txt", reports / "a.txt", "--format", "jsonl")
    assert sorted(one.stdout.splitlines()) == sorted(other.stdout.splitlines())


def test_a_pipe_gets_csv_in_utf8_whatever_the_locale(extract: Run, reports: Path) -> None:
    done = extract(reports / "a.txt")
    first, second = rows(done.stdout)
    assert tuple(first) == FIELDS
    assert (first["indicator"], first["value"], first["unit"]) == ("地区生产总值", "38310000000", "元")
    assert (second["measure"], second["value"], second["unit"]) == ("growth_rate", "0.6", "%")


def test_standard_input(extract: Run) -> None:
    done = extract("-", "--format", "jsonl", stdin=REPORT.encode())
    first = json.loads(done.stdout.splitlines()[0])
    assert done.returncode == 0
    assert first["source"] == "stdin"
    assert REPORT[first["start"] : first["end"]] == first["value_text"]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl"])
def test_the_suffix_of_the_output_names_the_format(extract: Run, reports: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out.{suffix}"
    done = extract(reports, "-o", target)
    assert done.returncode == 0
    assert done.stdout == b""
    assert target.read_bytes() == extract(reports, "--format", suffix).stdout


def test_mentions_go_to_their_own_file(extract: Run, reports: Path, tmp_path: Path) -> None:
    rest = tmp_path / "rest.jsonl"
    done = extract(reports / "a.txt", "--mentions", rest)
    (year,) = [json.loads(line) for line in rest.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 0
    assert year["text"].startswith("2021")
    assert year["mention_class"] == "date"
    assert year["rule"]


def test_a_byte_order_mark_for_excel(extract: Run, reports: Path, tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.csv", tmp_path / "marked.csv"
    extract(reports, "-o", plain)
    extract(reports, "-o", marked, "--bom")
    assert marked.read_bytes() == codecs.BOM_UTF8 + plain.read_bytes()


def test_verbose_tells_about_every_file(extract: Run, reports: Path) -> None:
    done = extract(reports, "-v")
    assert f"{reports / 'a.txt'}: 2 records, 1 mention".encode() in done.stderr


def test_two_runs_give_the_same_bytes(extract: Run, seeds: list[Path]) -> None:
    assert extract(*seeds[:2]).stdout == extract(*seeds[:2]).stdout


# What is refused


def _absent(folder: Path) -> Path:
    return folder / "absent.txt"


def _empty(folder: Path) -> Path:
    (folder / "empty.txt").touch()
    return folder / "empty.txt"


def _binary(folder: Path) -> Path:
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    return folder / "binary.txt"


def _no_text(folder: Path) -> Path:
    (folder / "noise.txt").write_bytes(b"\xff\xfe\xfd\xfc\xfb" * 9)
    return folder / "noise.txt"


def _pdf(folder: Path) -> Path:
    (folder / "report.pdf").write_bytes(b"%PDF-1.7")
    return folder / "report.pdf"


def _nothing_readable(folder: Path) -> Path:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.jpg").write_bytes(b"\xff\xd8\xff")
    return folder / "pictures"


@pytest.mark.parametrize("make", [_absent, _empty, _binary, _no_text, _pdf, _nothing_readable])
def test_a_bad_input_is_one_line_and_writes_nothing(extract: Run, tmp_path: Path, make: object) -> None:
    assert callable(make)
    bad, target = make(tmp_path), tmp_path / "old.csv"
    target.write_bytes(b"old")
    done = extract(bad, "-o", target)
    error, summary = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert error.startswith(f"error: {bad}: ")
    assert ";" in error, "the way out is missing"
    assert "1 failed" in summary
    assert target.read_bytes() == b"old"
    assert extract(bad).stdout == b""


def test_one_bad_file_never_stops_a_batch(extract: Run, reports: Path) -> None:
    good = extract(reports).stdout
    _empty(reports)
    _no_text(reports)
    done = extract(reports, reports / "absent.txt")
    assert done.returncode == 1
    assert done.stdout == good
    assert b"3 failed" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "INPUT"),
        (["a.txt", "--format", "xml"], "choose one of table, csv, tsv, json, jsonl"),
        (["a.txt", "-o", "out.doc"], "the suffix of out.doc names no format"),
        (["a.txt", "--format", "json", "--bom"], "--bom"),
        (["a.txt", "--no-such-option"], "--no-such-option"),
        (["a.txt", "--format", "csv", "-o", "a.txt"], "choose another name"),
        (["a.txt", "-o", "x.csv", "--mentions", "x.csv"], "choose another name"),
    ],
)
def test_wrong_usage_is_status_2(extract: Run, reports: Path, arguments: list[str], told: str) -> None:
    done = extract(*arguments, cwd=reports)
    assert done.returncode == 2
    assert done.stdout == b""
    assert told in done.stderr.decode()
    assert (reports / "a.txt").read_text(encoding="utf-8") == REPORT.replace("2020", "2021")


@pytest.mark.parametrize(
    ("target", "problem"), [("absent/out.csv", "its folder does not exist"), ("below", "is a folder")]
)
def test_an_output_that_cannot_be_written(extract: Run, reports: Path, target: str, problem: str) -> None:
    done = extract("a.txt", "--format", "csv", "-o", target, cwd=reports)
    (error,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert error.startswith(f"error: {target}: {problem};")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_without_permission(extract: Run, reports: Path) -> None:
    (reports / "below").chmod(0o500)
    done = extract("a.txt", "-o", "below/out.csv", cwd=reports)
    assert done.returncode == 1
    assert b"error: below/out.csv: no permission" in done.stderr


EXAMPLE = 'examples = [{ text = "增长5%。", records = [{ value = "5" }] }]'
BAD_PATTERNS = {
    "duplicate id": (PATTERN.format(id="my.x", role="status", word="某某", more=EXAMPLE) * 2, "my.x"),
    "built-in id": ('[[unit]]\nid = "{builtin}"\nsymbol = "某"\ndimension = "count"\n' + EXAMPLE, "override"),
    "unknown key": (PATTERN.format(id="my.y", role="status", word="某某", more=EXAMPLE + "\ncolour = 1"), "colour"),
    "no example": (PATTERN.format(id="my.z", role="status", word="某某", more=""), "my.z"),
    "not TOML": ("[[cue", "not TOML"),
}


@pytest.mark.parametrize(("content", "told"), BAD_PATTERNS.values(), ids=BAD_PATTERNS)
def test_a_bad_pattern_file_is_one_line(extract: Run, reports: Path, content: str, told: str) -> None:
    from indicator_extract.lexicon import load_lexicon

    builtin = next(iter(load_lexicon().units.values())).id
    (reports / "my.toml").write_text(content.replace("{builtin}", builtin), encoding="utf-8")
    done = extract(reports / "a.txt", "--patterns", reports)
    (error,) = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert done.stdout == b""
    assert error.startswith(f"error: {reports / 'my.toml'}")
    assert told in error


def test_a_wrong_example_is_found_by_the_check(command: Run, reports: Path) -> None:
    wrong = 'examples = [{ text = "2020年，地区生产总值5亿元。", records = [{ value = "6" }] }]'
    pattern = f'[[indicator]]\nid = "my.wrong"\nname = "某某指标"\nname_en = "x"\ncategory = "x"\n{wrong}\n'
    (reports / "my.toml").write_text(pattern + 'dimension = "money"\nunit = "元"\n', encoding="utf-8")
    done = command("patterns", "check", "--patterns", reports)
    failures = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert failures
    assert all("my.toml [my.wrong]" in failure for failure in failures), "the built-in patterns hold"


# How it leaves


@pytest.mark.skipif(os.name != "posix", reason="pipes of a POSIX shell")
@pytest.mark.parametrize("lines", [0, 1])
def test_a_closed_pipe_is_silent(seeds: list[Path], lines: int) -> None:
    shell = f'set -o pipefail; "$0" -m indicator_extract extract "$@" --format csv | head -n {lines}'
    done = subprocess.run(
        ["bash", "-c", shell, sys.executable, *map(str, seeds)],
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == lines
    assert b"Broken" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of a POSIX system")
def test_an_interrupt_leaves_the_old_file(reports: Path) -> None:
    target = reports / "out.csv"
    target.write_bytes(b"old")
    words = [sys.executable, "-m", "indicator_extract", "extract", "-v", "a.txt", "-", "-o", "out.csv"]
    process = subprocess.Popen(
        words, cwd=reports, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stderr is not None
    while b"a.txt: 2 records" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told == b"interrupted: out.csv is as it was before\n"
    assert target.read_bytes() == b"old"
    assert not list(reports.glob(".indicator-extract*"))


@pytest.mark.skipif(os.name != "posix", reason="terminals of a POSIX system")
def test_a_terminal_gets_a_table_and_a_bar(reports: Path) -> None:
    import pty

    parent, child = pty.openpty()
    words = [sys.executable, "-m", "indicator_extract", "extract", str(reports)]
    settings = {**environment(), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(words, env=settings, stdin=child, stdout=child, stderr=child)
    os.close(child)
    screen = b""
    while select.select([parent], [], [], 60)[0]:
        try:
            screen += os.read(parent, 65536)
        except OSError:  # the other end is closed
            break
    os.close(parent)
    assert process.wait(timeout=60) == 0
    shown = screen.decode()
    assert "reading" in shown
    assert "38,310,000,000" in shown
    assert "time_period" in shown


# The other commands


def test_version_and_help(command: Run) -> None:
    assert command("--version").stdout.decode() == f"indicator-extract {__version__}\n"
    for words in (["--help"], ["extract", "-h"], ["explain", "-h"], ["patterns", "check", "-h"], ["schema", "-h"]):
        done = command(*words)
        assert done.returncode == 0
        assert b"Example" in done.stdout


def test_version_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['extract', '--version']; from indicator_extract.cli import extract_main;"
        "extract_main(); print(sorted({'typer', 'pydantic', 'rich', 'regex', 'jieba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == [f"indicator-extract {__version__}", "[]"]


@pytest.mark.parametrize("name", ["extract", "indicator-extract"])
def test_the_installed_commands(name: str) -> None:
    program = Path(sys.executable).parent / name
    if not program.exists():
        pytest.skip("the project is not installed in this environment")
    done = subprocess.run([program, "--version"], capture_output=True, check=True)
    assert done.stdout.decode() == f"indicator-extract {__version__}\n"


def test_the_installed_main_job(reports: Path) -> None:
    program = Path(sys.executable).parent / "extract"
    if not program.exists():
        pytest.skip("the project is not installed in this environment")
    done = subprocess.run([program, reports / "a.txt"], cwd=reports, capture_output=True, check=True)
    assert len(rows(done.stdout)) == 2


def test_schema_is_that_of_the_record(command: Run) -> None:
    schema = json.loads(command("schema").stdout)
    assert tuple(schema["properties"]) == FIELDS
    assert schema == Record.model_json_schema(mode="serialization")


def test_explain_shows_the_rules_behind_a_number(command: Run, reports: Path) -> None:
    offset = REPORT.index("383")
    done = command("explain", f"{reports / 'b.txt'}:{offset}")
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert shown.count("(record)") == 1
    assert "383.1亿元  (record)" in shown
    for part in ("numeral", "unit", "bound", "indicator", "period", "status"):
        assert f"\n  {part}" in shown
    assert "patterns/" in shown


def test_explain_shows_every_number(command: Run, reports: Path) -> None:
    shown = command("explain", reports / "b.txt").stdout.decode()
    for text in ("2020", "383.1亿元", "0.6%"):
        assert text in shown


def test_explain_says_where_the_next_number_is(command: Run, reports: Path) -> None:
    done = command("explain", f"{reports / 'b.txt'}:{REPORT.index('地')}")
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"no number at offset 6" in done.stderr
    assert b"the nearest is" in done.stderr
