"""What a folder gives: its files, and nothing outside of it; what else is there is told and never opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import Run

from indicator_extract.batch.inputs import find_inputs

REPORT = "2020年，全市地区生产总值达到100亿元。"
SECRET = "2020年，机密支出999亿元。"
posix = pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with reports, links of every kind, and a pipe; secrets lie beside it."""
    inside = tmp_path / "reports"
    (inside / "sub").mkdir(parents=True)
    (tmp_path / "reports-secret").mkdir()
    for path, text in (("reports/a.txt", REPORT), ("reports/sub/b.txt", REPORT), ("reports-secret/c.txt", SECRET)):
        (tmp_path / path).write_text(text, encoding="utf-8")
    for name, target in {
        "again.txt": "a.txt",
        "broken.txt": "none.txt",
        "circle.txt": "circle.txt",
        "out.txt": "../reports-secret/c.txt",
        "absolute.txt": str(tmp_path / "reports-secret/c.txt"),
        "sub/loop": "..",
        "sub/away": "../../reports-secret",
        "sub/hidden.bin": "/etc/passwd",
    }.items():
        (inside / name).symlink_to(target)
    os.mkfifo(inside / "pipe.txt")
    return inside


@posix
def test_a_folder_gives_what_is_in_it(folder: Path) -> None:
    found = find_inputs([str(folder)])
    names = [os.path.relpath(source, folder) for source in found.sources]
    assert names == ["a.txt", "broken.txt", "circle.txt", "sub/b.txt"]
    told = sorted(os.path.relpath(failure.split(": ")[0], folder) for failure in found.failures)
    assert told == ["absolute.txt", "out.txt", "pipe.txt", "sub/away", "sub/hidden.bin"]
    assert all(failure.endswith("; name it to have it read") for failure in found.failures)


@posix
def test_nothing_of_another_folder_is_read(extract: Run, command: Run, folder: Path) -> None:
    done = extract(folder, "--format", "jsonl")
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 2
    assert "999" not in done.stdout.decode()
    errors = done.stderr.decode()
    assert "out.txt: a link that leads out of the folder is not followed; name it to have it read" in errors
    assert "pipe.txt: is no file but a pipe or a device; name it to have it read" in errors
    assert "broken.txt: no such file" in errors
    assert "circle.txt: cannot be read (" in errors
    targets = command("targets", folder)
    assert "sub/away: a link that leads out of the folder is not followed" in targets.stderr.decode()


@posix
def test_what_is_named_is_read(extract: Run, folder: Path) -> None:
    done = extract(folder / "out.txt", folder / "sub/away", "--format", "jsonl")
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1, "one file under two names"
    assert "999" in done.stdout.decode()
