"""Batches: the same bytes however many workers, whoever dies and however often it is interrupted."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, Run, environment

from indicator_extract.batch.interrupt import Interrupt
from indicator_extract.batch.journal import Done, Journal, NoJournal
from indicator_extract.batch.part import CHUNK, Part, Recipe, chunks
from indicator_extract.batch.pool import Pool
from indicator_extract.batch.run import jobs_for
from indicator_extract.batch.shelf import ROOM, Place, Shelf, Step
from indicator_extract.batch.worker import KEEP, Ended, Input, Made, Read
from indicator_extract.errors import ChoiceError, WriteError
from indicator_extract.reading import Options

JOURNAL = "out.csv.journal"
DEADLY = "此处致命"
KILLER = f"""
import os, pathlib, signal, sys
if "-c" in sys.argv:  # only a worker is started that way
    from indicator_extract.pipeline import Extractor
    whole = Extractor.extract_document
    def deadly(self, document):
        spared = pathlib.Path(os.environ["SPARED"])
        if "{DEADLY}" in document.text and not spared.exists():
            if spared.name == "once":
                spared.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(self, document)
    Extractor.extract_document = deadly
"""
linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the workers")


def text(number: int, lines: int) -> str:
    year, names = 2001 + number % 20, ("粮食产量", "工业增加值", "财政收入")
    return "".join(f"{year}年，{names[line % 3]}{number + line}.1亿元，增长{line}.5%。\n" for line in range(lines))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some files, one of them with many documents, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("batch") / "reports"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(text(number, 20), encoding="utf-8")
    (folder / "1b.txt").touch()
    (folder / "2b.txt").write_bytes(text(7, 20).encode("gbk"))
    padding = "各项工作扎实推进。" * 90
    rows = (json.dumps({"正文": text(number, 5) + padding}, ensure_ascii=False) for number in range(80))
    (folder / "3b.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


@pytest.fixture
def reports(made: Path, tmp_path: Path) -> Path:
    """A copy of them, to be read as `reports` in the folder of the test; their times of change stay."""
    return shutil.copytree(made, tmp_path / "reports")


def in_one_go(folder: Path, **more: str) -> bytes:
    """What one process makes of the reports in a folder without interruption."""
    command = [sys.executable, "-m", "indicator_extract", "extract", "reports", "--format", "csv", "--jobs", "1"]
    done = subprocess.run(command, cwd=folder, env=environment() | more, capture_output=True, timeout=300, check=False)
    assert done.returncode == 1, "one file is empty"
    return done.stdout


@pytest.fixture(scope="module")
def whole(made: Path) -> bytes:
    return in_one_go(made.parent)


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(reports: Path) -> Iterator[Start]:
    """Starts `extract reports -o out.csv` by two workers beside the reports; what still runs at the end is ended."""
    running = []

    def started(*words: str, **more: str) -> subprocess.Popen[bytes]:
        # The last input is named: a folder does not give the pipe that `held_up` makes of it.
        inputs = ("reports", "reports/5.txt")
        command = [sys.executable, "-m", "indicator_extract", "extract", *inputs, "-o", "out.csv", "--jobs", "2"]
        settings = environment() | more
        running.append(subprocess.Popen([*command, *words], cwd=reports.parent, env=settings, stderr=subprocess.PIPE))
        return running[-1]

    yield started
    for process in running:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def until(happens: Callable[[], Any]) -> Any:
    """What `happens` gives, once it is true."""
    for _ in range(30_000):
        if found := happens():
            return found
        time.sleep(0.01)
    raise TimeoutError


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    children = found.read_text(encoding="ascii").split() if found.exists() else []
    return [int(pid) for pid in children if b"spawn_main" in _command(pid)]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


# Workers


@pytest.mark.usefixtures("reports")
def test_many_workers_make_the_same_bytes(extract: Run, tmp_path: Path) -> None:
    told = {}
    for jobs in ("1", "3"):
        words = ("-o", f"{jobs}.json", "--mentions", f"{jobs}.jsonl", "--jobs", jobs, "-v")
        told[jobs] = extract("reports", *words, cwd=tmp_path)
    assert told["1"].stderr == told["3"].stderr
    assert told["1"].returncode == told["3"].returncode == 1
    for suffix in ("json", "jsonl"):
        assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"3.{suffix}").read_bytes()
    assert not list(tmp_path.glob("*.journal*")), "a run that is finished leaves no journal"


@pytest.fixture
def deadly(reports: Path, tmp_path: Path) -> dict[str, str]:
    """A document in the midst of others that kills the process which extracts it, and the settings that see to it."""
    lines = (reports / "3b.jsonl").read_text(encoding="utf-8").splitlines()
    lines[30] = json.dumps({"正文": DEADLY + text(1, 40)}, ensure_ascii=False)
    (reports / "3b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (reports / "4.txt").write_text(DEADLY + text(4, 40), encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(KILLER, encoding="utf-8")
    return {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}


@linux
def test_a_worker_that_dies_once_costs_nothing(start: Start, deadly: dict[str, str], tmp_path: Path) -> None:
    process = start(SPARED=str(tmp_path / "once"), **deadly)
    _, told = process.communicate(timeout=300)
    assert (tmp_path / "once").exists()
    assert b"died" not in told
    assert (tmp_path / "out.csv").read_bytes() == in_one_go(tmp_path)


@linux
def test_a_file_that_kills_its_workers_is_reported(
    start: Start, deadly: dict[str, str], whole: bytes, tmp_path: Path
) -> None:
    process = start(SPARED=str(tmp_path / "never"), **deadly)
    _, told = process.communicate(timeout=300)
    died = [line for line in told.decode().splitlines() if "died" in line]
    assert process.returncode == 1
    assert [line.split(": ")[1] for line in died] == ["reports/3b.jsonl", "reports/4.txt"]
    assert all("signal 9" in line and ";" in line for line in died)
    assert b"Traceback" not in told
    rest = set((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    lost = {line.split(",")[0] for line in whole.decode().splitlines() if line not in rest}
    assert "reports/4.txt" in lost
    assert lost - {"reports/4.txt"} <= {f"reports/3b.jsonl#{row}" for row in range(2, 80)}, "one chunk, not the file"


# Going on


def heard(process: subprocess.Popen[bytes], words: bytes) -> None:
    """Waits until the process tells these words."""
    assert process.stderr is not None
    assert any(words in line for line in process.stderr)


@pytest.fixture
def held_up(reports: Path) -> Callable[[], None]:
    """The last input becomes a pipe that says nothing, so that no run ends before it is interrupted.

    Gives what puts the file back.
    """
    last, kept = reports / "5.txt", reports.parent / "5.txt"
    last.rename(kept)
    os.mkfifo(last)

    def put_back() -> None:
        last.unlink()
        kept.rename(last)

    return put_back


@linux
def test_a_run_that_is_killed_goes_on(start: Start, held_up: Callable[[], None], whole: bytes, tmp_path: Path) -> None:
    process = start("-v", "--resume")  # there is nothing to go on with, which is no error
    heard(process, b"3b.jsonl#20: ")
    until((tmp_path / JOURNAL).exists)
    orphans = workers(process)
    process.kill()
    process.wait()
    assert orphans
    assert not (tmp_path / "out.csv").exists()
    until(lambda: not any(_command(str(pid)) for pid in orphans))
    held_up()
    changed = tmp_path / "reports" / "0.txt"
    os.utime(changed, ns=(0, 0))  # read again, with the same result
    process = start("--resume")
    process.communicate(timeout=300)
    assert process.returncode == 1
    assert (tmp_path / "out.csv").read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "reports"], "nothing is left behind"


@linux
def test_ctrl_c_leaves_a_valid_file_and_the_rest_for_later(
    start: Start, held_up: Callable[[], None], whole: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    for row in (1, 20):
        process = start("-v", "--resume")
        heard(process, b"3b.jsonl#%d: " % row)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=300)
        assert process.returncode == 130
        assert b"Traceback" not in told
        last = told.decode().splitlines()[-1]
        assert re.match(r"interrupted: out\.csv holds what is finished, [678] of 9 files; .* --resume goes on", last)
        assert whole.startswith(out.read_bytes())
        assert whole != out.read_bytes()
    held_up()
    process = start("--resume")
    process.communicate(timeout=300)
    assert out.read_bytes() == whole
    assert not (tmp_path / JOURNAL).exists()


@linux
@pytest.mark.usefixtures("held_up")
def test_ctrl_c_leaves_an_older_file_alone(start: Start, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(b"old")
    process = start("-v")
    heard(process, b"3b.jsonl#1: ")
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=300)
    assert process.returncode == 128 + signal.SIGTERM
    assert told.decode().splitlines()[-1].startswith("interrupted: out.csv is as it was before; ")
    assert (tmp_path / "out.csv").read_bytes() == b"old"
    assert (tmp_path / JOURNAL).exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("a.txt", "--resume"), "the journal is beside the file of -o"),
        (("a.txt", "-", "--resume", "-o", "a.csv"), "standard input cannot be read twice"),
        (("a.txt", "--resume", "--format", "text", "-o", "a.csv"), "texts are only read"),
        (("a.txt", "--jobs", "-1"), "--jobs"),
    ],
)
def test_what_cannot_be_resumed(extract: Run, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    (tmp_path / "a.txt").write_text(text(1, 1), encoding="utf-8")
    done = extract(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.decode().replace("│", " ").split())


PART = Part(b"records", b"mentions", 1, 2, 3, 4, 5, ("note",), ("one", "two"))
JOB = {"format": "csv", "wanted": "all"}


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    """An output with the journal of a run that has read one of two files."""
    journal = Journal(tmp_path / "out.csv", JOB, resume=False)
    for name in ("done.txt", "begun.txt", "failed.txt"):
        source = tmp_path / name
        source.write_bytes(b"text")
        assert journal.begin(str(source)) == Done()
        journal.add(str(source), 0, PART if name != "failed.txt" else Part(failures=("broken",)))
        if name != "begun.txt":
            journal.end(str(source), 1)
    journal.close(finished=False)
    return tmp_path / "out.csv"


def test_a_journal_knows_what_is_done(unfinished: Path) -> None:
    journal = Journal(unfinished, JOB, resume=True)
    done, begun, failed = (str(unfinished.with_name(f"{name}.txt")) for name in ("done", "begun", "failed"))
    assert journal.begin(done) == Done(frozenset({0}), 1)
    assert journal.begin(done).whole
    assert journal.part(done, 0) == PART
    assert not journal.begin(begun).whole
    assert journal.begin(begun).parts == {0}
    assert not journal.begin(failed).whole, "what failed is tried again"
    journal.close(finished=True)
    assert not unfinished.with_name(JOURNAL).exists()


def test_a_changed_input_is_read_again(unfinished: Path) -> None:
    source = unfinished.with_name("done.txt")
    source.write_bytes(b"other text")
    journal = Journal(unfinished, JOB, resume=True)
    assert journal.begin(str(source)) == Done()
    journal.close(finished=False)


def test_another_job_is_not_gone_on_with(unfinished: Path) -> None:
    with pytest.raises(ChoiceError, match=r"other settings \(wanted\); .* leave --resume out"):
        Journal(unfinished, JOB | {"wanted": "less"}, resume=True)
    Journal(unfinished, JOB, resume=True).close(finished=False)
    afresh = Journal(unfinished, JOB | {"wanted": "less"}, resume=False)
    afresh.begin("a.txt")
    afresh.close(finished=False)
    resumed = Journal(unfinished, JOB | {"wanted": "less"}, resume=True)
    assert resumed.begin(str(unfinished.with_name("done.txt"))) == Done()
    resumed.close(finished=True)


def test_two_runs_do_not_share_a_journal(unfinished: Path) -> None:
    first = Journal(unfinished, JOB, resume=True)
    with pytest.raises(WriteError, match="another run is writing this output"):
        Journal(unfinished, JOB, resume=True)
    first.close(finished=False)


@pytest.mark.parametrize("content", [b"my diary", None])
def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / JOURNAL
    if content is None:
        with closing(sqlite3.connect(path)) as base:
            base.execute("CREATE TABLE mine (x)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    for resume in (False, True):
        with pytest.raises(WriteError, match=JOURNAL):
            Journal(tmp_path / "out.csv", JOB, resume=resume).close(finished=False)
        assert path.read_bytes() == before


def test_an_empty_journal_is_what_a_run_leaves_that_dies_as_it_begins(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).touch()
    for resume in (True, False):
        journal = Journal(tmp_path / "out.csv", JOB, resume=resume)
        assert journal.begin("a.txt") == Done()
        journal.close(finished=False)


# Order and memory


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_parts_come_in_order_and_once(totals: list[int], dice: random.Random) -> None:
    part_of = {Place(t, n): Part(records=b"%d.%d" % (t, n)) for t, total in enumerate(totals) for n in range(total)}
    shelf, given_away = Shelf(part_of.__getitem__), []
    events: list[Place | int] = [*part_of, *range(len(totals))]
    dice.shuffle(events)
    for event in events:
        if isinstance(event, Place):
            shelf.put(event, part_of[event] if dice.random() < 0.5 else None)
        else:
            shelf.end(event, totals[event])
        given_away += shelf.ready()
    wanted = [[*(Step(t, part_of[t, n]) for n in range(total)), Step(t, None)] for t, total in enumerate(totals)]
    assert given_away == [step for steps in wanted for step in steps]
    assert shelf.size == 0


class Tireless:
    """A worker in this process that makes one large part of each input, at once; the first input takes for ever."""

    def __init__(self, _recipe: Recipe) -> None:
        self.link, self._theirs = Pipe()
        self.task: Any = None
        self.first = self.asks = self.at = None
        self.ready = True

    def give(self, task: Input) -> None:
        self.task = task
        if task.turn:
            part = Part(records=bytes(ROOM // 50), documents=1)
            self._theirs.send(Read(Place(task.turn, 0)))
            self._made = Made(Place(task.turn, 0), part)

    def order(self, order: str) -> None:
        assert order == KEEP
        self.asks = None
        Thread(target=lambda: (self._theirs.send(self._made), self._theirs.send(Ended(self.task.turn, 1)))).start()

    def kill(self) -> None:
        self.link.close()


def test_workers_wait_when_much_is_done_ahead_of_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicator_extract.batch.pool.Handle", Tireless)
    interrupt = Interrupt()
    pool = Pool([f"{n}.txt" for n in range(1000)], Recipe(), 3, NoJournal(), interrupt)

    def wait_a_while(_work: Callable[[], Any]) -> Any:
        links = wait(list(pool.workers), 0.5)
        if not links:
            interrupt.signal = signal.SIGINT
        return links

    monkeypatch.setattr(interrupt, "give_up_for", wait_a_while)
    assert list(pool.run()) == []
    assert ROOM < pool.shelf.size < ROOM * 1.1


def test_a_chunk_is_small_and_the_same_each_time(made: Path) -> None:
    once, again = (list(chunks(str(made / "3b.jsonl"), Options())) for _ in range(2))
    assert once == again
    assert len(once) > 2
    assert all(len(chunk) == 1 or sum(len(item.text) for item in chunk[:-1]) < CHUNK for chunk in once)


def test_a_member_that_fails_moves_no_other(tmp_path: Path) -> None:
    """Its parser may have too little time in one run, and not in the next, which goes on with the chunks it has."""
    names = ("a.txt", "b.html", "c.txt", "d.csv")
    path = tmp_path / "a.zip"
    found = []
    for page in (b"<html></html>", f"<html>{text(1, 500)}</html>".encode()):
        rows = "".join(f'"{text(number, 2)}"\n' for number in range(3))
        path.write_bytes(making.as_zip(dict(zip(names, (b"1 x", page, b"3 x", f"text\n{rows}".encode()), strict=True))))
        found.append([list(chunk) for chunk in chunks(str(path), Options())])
    failing, whole = found
    assert isinstance(failing[1][0], str)
    assert len(failing) == len(whole) == 4
    assert [failing[0], *failing[2:]] == [whole[0], *whole[2:]]
    assert len(whole[3]) == 3


def test_how_many_jobs(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = [str(made / "0.txt")]
    assert jobs_for(small, 0) == 1, "a worker takes longer to start"
    assert jobs_for(small, 4) == 4
    assert jobs_for([*small, "-"], 4) == 1
    monkeypatch.setattr("indicator_extract.batch.run.SMALL", 10)
    monkeypatch.setattr("indicator_extract.batch.run._cores", lambda: 7)
    assert jobs_for(small, 0) == 7
