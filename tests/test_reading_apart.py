"""The process for parsers: it gives what the format gives, and its death, of whatever cause, costs one file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import making
import pytest
from hostile import REPORT
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, environment

from indicator_extract import Limits, Options, ReadError
from indicator_extract.model import Cell, Document, Table
from indicator_extract.reading import FORMATS, apart, child, read
from indicator_extract.reading.options import DEFAULTS

PAGE = making.as_html(REPORT)
FILES = {
    "html": making.table_html([["指标", "数值"], ["地区生产总值", "100"]], REPORT),
    "docx": making.table_docx([["指标", "数值"], ["地区生产总值", "100"]], REPORT),
    "pdf": making.table_pdf([["指标", "数值"], ["地区生产总值", "100"]], REPORT),
    "xlsx": making.table_xlsx([["指标", "数值"], ["地区生产总值", 100]], REPORT, "表一"),
}

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")
Parser = Callable[[str], None]


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    """Lets the next process parse HTML by this code instead, which has `source` and `data`."""

    def replaced(code: str) -> None:
        lines = ["import os, signal, sys, time", f"sys.path.insert(0, {str(ROOT)!r})"]
        lines += ["from indicator_extract.reading import page", "def documents(source, data, options):"]
        lines += [f"    {line}" for line in code.splitlines()] + ["    yield from ()", "page.documents = documents"]
        (tmp_path / "sitecustomize.py").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        apart._KEEPER.end()

    yield replaced
    apart._KEEPER.end()


def _said(limits: Limits = Limits(), data: bytes = PAGE) -> str:  # noqa: B008 a value
    with pytest.raises(ReadError) as caught:
        list(read("a.html", data, Options(limits=limits)))
    return str(caught.value)


@pytest.mark.parametrize("kind", FILES)
def test_the_documents_are_those_of_the_format(kind: str) -> None:
    (known,) = (known for known in FORMATS if known.name == kind)
    assert known.apart
    (document,) = read(f"a.{kind}", FILES[kind])
    assert [document] == list(known.documents(f"a.{kind}", FILES[kind], DEFAULTS))
    assert type(document.tables[0].cells[0]) is Cell


cells = st.builds(Cell, *[st.integers(0, 9)] * 6)
tables = st.builds(Table, st.integers(), st.integers(), st.lists(cells).map(tuple), st.text())
texts = st.text(st.characters())


@given(st.builds(Document, texts, texts, texts, st.none() | st.integers(), texts, tables=st.lists(tables).map(tuple)))
def test_a_document_comes_through_as_it_is(document: Document) -> None:
    (found,) = child.documents_of(child.read_answer(child.answer_of([document])))
    assert found == document
    assert all(type(cell) is Cell for table in found.tables for cell in table.cells)


def test_one_process_serves_all_files() -> None:
    list(read("a.html", PAGE))
    before = apart._KEEPER._process
    assert before is not None
    list(read("b.html", PAGE))
    with pytest.raises(ReadError, match="a damaged or cut-off PDF file"):
        list(read("c.pdf", b"%PDF-1.4"))
    assert apart._KEEPER._process is before


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.jsonl", "a.zip"])
def test_texts_need_no_other_process(name: str) -> None:
    apart._KEEPER.end()
    data = {"a.csv": f"text\n{REPORT * 3}", "a.jsonl": f'{{"text": "{REPORT * 3}"}}'}.get(name, REPORT).encode()
    assert list(read(name, making.as_zip({"a.txt": data}) if name == "a.zip" else data))
    assert apart._KEEPER._process is None


@posix
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "os.kill(os.getpid(), signal.SIGSEGV)",
            "its parser died of it (SIGSEGV); it is damaged, hostile, or needs more",
        ),
        ("os._exit(3)", "its parser died of it (exit status 3); it is damaged, hostile, or needs more than 2 GB"),
        ("while True: pass", "its parser worked for more than 1 seconds; allow more with --limit time=2s"),
        ("time.sleep(1000)", "its parser worked for more than 1 seconds; allow more with --limit time=2s"),
        ("held = bytearray(1 << 40)", "its parser needs more than 2 GB of memory; allow more with --limit memory=4GB"),
        ("raise KeyError('x')", "internal error (KeyError: 'x'); please report it"),
        ("sys.stdout.write('x' * 99999); os.write(1, b'y' * 99); raise KeyError", "internal error (KeyError: )"),
    ],
)
def test_what_kills_the_parser_costs_one_file(
    code: str, message: str, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 2 if "sleep" in code else 600)  # the machine may be busy
    parser(f"if b'bad' in data: {code}" if ":" not in code else f"if b'bad' in data:\n    {code}")
    said = _said(Limits(time=1), PAGE + b"bad")
    assert said.startswith(f"a.html: {message}")
    assert list(read("a.html", PAGE)) == []
    (document,) = read("a.docx", FILES["docx"])
    assert REPORT in document.text


@posix
def test_limits_hold_for_each_file_and_not_for_all_together(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 600)
    parser("start = time.process_time()\nwhile time.process_time() < start + 0.5: pass")
    for _ in range(8):
        assert list(read("a.html", PAGE, Options(limits=Limits(time=2)))) == []


@posix
def test_an_interruption_ends_the_process(parser: Parser) -> None:
    parser("os.kill(os.getppid(), signal.SIGINT)\ntime.sleep(1000)")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the tests run unattended
    try:
        with pytest.raises(KeyboardInterrupt):
            list(read("a.html", PAGE))
    finally:
        signal.signal(signal.SIGINT, before)
    assert apart._KEEPER._process is None


@posix
def test_ctrl_c_does_not_reach_it() -> None:
    list(read("a.html", PAGE))
    process = apart._KEEPER._process
    assert process is not None
    assert os.getpgid(process.pid) == process.pid != os.getpgid(0)
    os.kill(process.pid, signal.SIGINT)
    list(read("a.html", PAGE))
    assert apart._KEEPER._process is process


@posix
def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    """Even where the parent is killed, and the parser is at work."""
    report = tmp_path / "a.html"
    report.write_bytes(PAGE)
    code = (
        "import os, sys; from indicator_extract.reading import apart, read; list(read(sys.argv[1])); "
        "print(apart._KEEPER._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, report], env=environment(), capture_output=True, check=False)
    pid = int(done.stdout)
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return  # dead, and whoever inherited it has not noticed
        threading.Event().wait(0.05)
    pytest.fail("the process of the parser is still there")


def test_threads_share_it() -> None:
    found: list[Document] = []
    threads = [threading.Thread(target=lambda: found.extend(read("a.html", PAGE))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({document.text for document in found}) == 1


@posix
def test_a_fork_has_one_of_its_own(tmp_path: Path) -> None:
    report = tmp_path / "a.html"
    report.write_bytes(PAGE)
    code = (
        "import os, sys\nfrom indicator_extract.reading import apart, read\nlist(read(sys.argv[1]))\n"
        "mine = apart._KEEPER._process.pid\npid = os.fork()\nlist(read(sys.argv[1]))\n"
        "os.write(1, b'%d ' % (apart._KEEPER._process.pid == mine))\npid and os.waitpid(pid, 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, report], env=environment(), capture_output=True, check=True)
    assert sorted(done.stdout.split()) == [b"0", b"1"]


def test_where_no_python_can_be_started_the_format_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    apart._KEEPER.end()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert list(read("a.html", PAGE))
    assert apart._KEEPER._process is None


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    apart._KEEPER.end()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert _said() == (
        "a.html: no process can be started to read it (No such file or directory); end other programs, and try again"
    )
