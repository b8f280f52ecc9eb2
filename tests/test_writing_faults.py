"""What can go wrong as an output is written: the old file stays whole, the message says what to do, nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support import ROOT, Run, environment
from test_writing import record

from indicator_extract import Record, WriteError
from indicator_extract.writing import Layout, by_suffix, pieces, target
from indicator_extract.writing.target import open_target

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits")
STREAMS = ["out.csv", "out.tsv", "out.json", "out.jsonl", "out.xlsx", "out.parquet"]
DATABASES = ["out.sqlite", "out.duckdb"]
LIMITED = f"""
import pathlib, resource, sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from test_writing_faults import WriteError, put, record
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    put(pathlib.Path(sys.argv[2]), (record(record_id=f"n{{number}}") for number in range(20_000)))
except WriteError as error:
    print(error)
"""


def put(path: Path, records: Iterator[Record]) -> None:
    """Writes records as the command does."""
    known = by_suffix(path)
    assert known is not None
    if known.append is not None:
        known.append(records, path, Layout())
        return
    with open_target(path) as out:
        pieces.write(known, (pieces.pack(known, [each], Layout()) for each in records), out, Layout())


def ids(path: Path) -> list[str]:
    connect = duckdb.connect if path.suffix == ".duckdb" else sqlite3.connect
    base = connect(str(path))
    try:
        return [name for (name,) in base.execute("SELECT record_id FROM records ORDER BY record_id").fetchall()]
    finally:
        base.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("".join(f"{year}年，全市粮食产量{year}.5万吨。\n" for year in range(1960, 2020)), "utf-8")
    return path


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line of an error."""
    (line,) = (line for line in done.stderr.decode().splitlines() if line)
    assert line.startswith("error: ")
    assert "; " in line, "the way out is missing"
    return line


# A full disk


@posix
@pytest.mark.parametrize("old", [True, False], ids=["old file", "no file"])
@pytest.mark.parametrize("name", STREAMS + DATABASES)
def test_no_room_leaves_what_was_there(name: str, old: bool, tmp_path: Path) -> None:
    out = tmp_path / name
    if old:
        put(out, iter([record(record_id="r1")]))
    before = out.read_bytes() if old else None
    room = (out.stat().st_size if old else 0) + 8192
    words = [sys.executable, "-c", LIMITED, str(room), str(out)]
    done = subprocess.run(words, env=environment(), capture_output=True, check=False)
    assert done.stdout.decode().startswith(f"{out}: cannot be written"), done.stderr.decode()
    assert "; " in done.stdout.decode(), "the way out is missing"
    log = {f"{name}.wal", f"{name}-journal"} if old else set()  # of databases, which look there when they open it next
    assert set(os.listdir(tmp_path)) - log == ({name} if old else set())
    if old and name in DATABASES:
        assert ids(out) == ["r1"]
    else:
        assert (out.read_bytes() if out.exists() else None) == before
    put(out, iter([record(record_id="r2")]))  # with room, the same does it


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs a disk of its own")
def test_a_disk_that_is_really_full(report: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    script = (
        'mount -t tmpfs -o size=12k none disk || exit 77; printf old > disk/out.csv; "$0" -m indicator_extract extract '
        '"$1" -o disk/out.csv; printf "%s " $? "$(cat disk/out.csv)" $(ls -A disk | grep -v journal)'
    )
    words = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, sys.executable, str(report)]
    done = subprocess.run(words, cwd=tmp_path, env=environment(), capture_output=True, check=False)
    if done.returncode in (1, 77) and not done.stdout:
        pytest.skip("this machine mounts nothing for us")
    assert done.stdout == b"1 old out.csv "
    line = told(done)  # it is the journal of the run that notices, where the run has lasted long enough to have one
    assert re.match(r"error: disk/out.csv(.journal)?: cannot be ", line)
    assert "; free some space" in line


# Permission


@pytest.mark.parametrize("name", STREAMS + DATABASES)
def test_a_read_only_file_is_not_replaced(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    out.write_bytes(b"old")
    out.chmod(0o444)
    with pytest.raises(WriteError) as caught:
        put(out, iter([record()]))
    assert str(caught.value) == f"{out}: is read-only; make it writable, or choose another name"
    assert out.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", STREAMS + DATABASES)
def test_a_target_that_can_be_none(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    for out, problem in ((tmp_path / name, "is a folder"), (tmp_path / "no" / name, "its folder does not exist")):
        with pytest.raises(WriteError) as caught:
            put(out, iter([record()]))
        assert str(caught.value).startswith(f"{out}: {problem}; ")
    assert os.listdir(tmp_path) == [name]


def test_the_other_commands_write_as_carefully(tmp_path: Path, command: Run) -> None:
    records, out, plot = tmp_path / "records.jsonl", tmp_path / "old.csv", tmp_path / "old.svg"
    put(records, iter([record(indicator_id="accounts.gdp", ref_area="安平县", ref_area_code="131125")]))
    for old in out, plot:
        old.write_bytes(b"old")
        old.chmod(0o444)
    shown = ["--indicator", "GDP", "--plot", plot]
    for words in (["panel", records, "-o", out], ["targets", records, "-o", out], ["show", records, *shown]):
        done = command(*words)
        assert done.returncode == 1
        assert "is read-only; make it writable" in told(done)
    assert (out.read_bytes(), plot.read_bytes()) == (b"old", b"old")


# Killed


@posix
def test_killed_between_writing_and_its_name(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_bytes(b"old")
    code = (
        "import os, sys, pathlib; from indicator_extract.writing.target import open_target\n"
        "os.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "with open_target(pathlib.Path(sys.argv[1])) as stream: stream.write(b'new')"
    )
    done = subprocess.run([sys.executable, "-c", code, out], env=environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert out.read_bytes() == b"old"
    (left,) = tmp_path.glob(".indicator-extract.*.part")
    assert left.read_bytes() == b"new"
    other = tmp_path / left.name.replace(".part", ".txt")
    other.write_bytes(b"nobody's")
    with open_target(out) as stream:
        assert not left.exists(), "the next run takes away what is left"
        stream.write(b"newer")
    assert out.read_bytes() == b"newer"
    assert sorted(os.listdir(tmp_path)) == [other.name, "out.csv"]


@posix
@pytest.mark.parametrize("name", DATABASES)
def test_a_database_that_is_killed_is_as_before(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    put(out, iter([record(record_id="r1")]))
    code = (
        f"import os, sys, pathlib; sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from test_writing_faults import put, record\n"
        "def records():\n    yield record(record_id='r2')\n    os.kill(os.getpid(), 9)\n"
        "put(pathlib.Path(sys.argv[1]), records())"
    )
    done = subprocess.run([sys.executable, "-c", code, out], env=environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert ids(out) == ["r1"]
    put(out, iter([record(record_id="r3")]))
    assert ids(out) == ["r1", "r3"]
    assert os.listdir(tmp_path) == [name]


# Two runs


def test_the_last_of_two_runs_has_the_name(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with open_target(out) as one:
        one.write(b"one, ")
        with open_target(out) as two:
            two.write(b"two")
        assert out.read_bytes() == b"two"
        one.write(b"whole")
    assert out.read_bytes() == b"one, whole"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_many_runs_leave_one_whole_file(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    errors: list[BaseException] = []

    def write(letter: bytes) -> None:
        try:
            for _ in range(30):
                with open_target(out) as stream:
                    stream.write(letter * 10_000)
        except BaseException as error:  # noqa: BLE001 told below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c", b"d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    found = out.read_bytes()
    assert len(found) == 10_000
    assert len(set(found)) == 1
    assert os.listdir(tmp_path) == ["out.csv"]


@posix
@pytest.mark.parametrize("old", [True, False], ids=["old file", "no file"])
@pytest.mark.parametrize("name", DATABASES)
def test_a_second_run_keeps_off_a_database(name: str, old: bool, tmp_path: Path) -> None:
    out = tmp_path / name
    if old:
        put(out, iter([record(record_id="r0")]))

    def records() -> Iterator[Record]:
        yield record(record_id="r1")
        with pytest.raises(WriteError, match="another run is writing it; wait for its end"):
            put(out, iter([record(record_id="r2")]))
        yield record(record_id="r3")

    put(out, records())
    assert ids(out) == ["r0", "r1", "r3"][not old :]
    assert os.listdir(tmp_path) == [name]


def test_a_database_open_elsewhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.sqlite"
    put(out, iter([record(record_id="r1")]))
    connect = sqlite3.connect
    other = connect(out, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, timeout=0, **options))
        with pytest.raises(WriteError, match="; close the program that has it open, or name another file"):
            put(out, iter([record(record_id="r2")]))
    finally:
        other.close()
    assert ids(out) == ["r1"]


@pytest.mark.skipif(target.fcntl is None, reason="needs locks")
def test_where_the_disk_knows_no_locks_nothing_of_others_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(target.fcntl, "flock", refused)
    out = tmp_path / "out.csv"
    with open_target(out) as one:
        one.write(b"one")
        with open_target(out) as two:
            two.write(b"two")
    assert out.read_bytes() == b"one"
    put(tmp_path / "out.sqlite", iter([record(record_id="r1")]))
    assert sorted(os.listdir(tmp_path)) == ["out.csv", "out.sqlite"]


# Standard output


def through(shell: str, *words: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = ["sh", "-c", f'"$0" -m indicator_extract "$@" {shell}', sys.executable, *map(str, words)]
    return subprocess.run(command, env=environment(), capture_output=True, check=False)


COMMANDS = {
    "csv": ("extract", "{}", "--format", "csv"),
    "table": ("extract", "{}", "--format", "table"),
    "text": ("extract", "{}", "--format", "text"),
    "check": ("check", "{}", "--format", "csv"),
    "targets": ("targets", "{}"),
    "explain": ("explain", "{}"),
    "schema": ("schema",),
    "indicators": ("indicators",),
    "help": ("extract", "--help"),
    "version": ("--version",),
}


CLOSED = {"table", "check", "schema"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_or_closed_standard_output_is_one_line(name: str, report: Path) -> None:
    words = [word.format(report) for word in COMMANDS[name]]
    shell, problem = (">&-", "Bad file descriptor") if name in CLOSED else (">/dev/full", "No space left on device")
    done = through(shell, *words)
    assert done.returncode == 1
    errors = [line for line in done.stderr.decode().splitlines() if line.startswith("error: ")]
    assert errors == [f"error: standard output cannot be written ({problem}); write to a file with -o"]
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@posix
@pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_matter_with_a_file(closed: str, report: Path, tmp_path: Path, extract: Run) -> None:
    whole = extract(report, "--format", "csv").stdout
    done = through(closed, "extract", report, "-o", tmp_path / "out.csv")
    assert done.returncode == 0
    assert (tmp_path / "out.csv").read_bytes() == whole
    assert done.stdout == b"", "messages to nobody do not become data"


@posix
def test_a_reader_that_leaves_ends_the_run_in_silence(report: Path) -> None:
    for name in ("text", "explain"):
        words = [word.format(report) for word in COMMANDS[name]]
        done = through("| head -c 1 >/dev/null", *words)
        assert b"Traceback" not in done.stderr
        assert b"rror" not in done.stderr
