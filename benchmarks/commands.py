"""The whole command in processes of its own: how it starts, and how time and memory grow with the input."""

from __future__ import annotations

import compileall
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import linear_regression, median
from typing import NamedTuple

from benchmarks.measuring import MB
from benchmarks.texts import ROOT, until, varied

IMPORTS = "import typer, pydantic, regex"
_KILO = 1024  # Linux counts the memory of a process in KiB


class Ran(NamedTuple):
    """One run of a command."""

    wall: float  # seconds
    cpu: float  # seconds of processor time
    peak: int  # bytes of the largest of its processes


class Start(NamedTuple):
    """How long a command took in several runs, and how that compares with importing the libraries it stands on."""

    name: str
    walls: tuple[float, ...]  # seconds
    ratio: float  # median of the rounds


class Grown(NamedTuple):
    """One size of the input, as many files or as one text."""

    shape: str
    size: int  # bytes
    ran: Ran


def extract_command() -> list[str]:
    """The `extract` beside this Python where it is installed, else the same entry point."""
    script = Path(sys.executable).with_name("extract")
    return [str(script)] if script.is_file() else [sys.executable, "-c", _ENTRY]


_ENTRY = "from indicator_extract.cli import extract_main; extract_main()"


def starts(rounds: int) -> list[Start]:
    """Start-up: the commands in turn, each in a new process, `rounds` times."""
    compileall.compile_dir(ROOT / "indicator_extract", quiet=1)  # as an installed package is
    small = min((ROOT / "seeds").glob("*.txt"), key=lambda file: file.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out.csv")
        one_file = [*extract_command(), str(small), "-o", out]
        commands = {
            f"`python -c '{IMPORTS}'`": [sys.executable, "-c", IMPORTS],
            "`extract --version`": [*extract_command(), "--version"],
            "`extract` on one small file": one_file,
            "the same, the first time ever (no cache yet)": one_file,
        }
        walls: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                cache = Path(folder) / (f"cache{number}" if "first" in name else "cache")
                wall = run(command, {"XDG_CACHE_HOME": str(cache)}).wall
                if number:  # the first round warms up
                    walls[name].append(wall)
    base = next(iter(walls.values()))
    return [
        Start(name, tuple(own), median(one / other for one, other in zip(own, base, strict=True)))
        for name, own in walls.items()
    ]


def command_rates(documents: Sequence[str], rounds: int) -> list[float]:
    """MB/s of `extract FOLDER -o out.csv`, start-up and the reading of files included."""
    with tempfile.TemporaryDirectory() as folder:
        size = _write_files(documents, Path(folder) / "in")
        return [size / MB / _extract(Path(folder)).wall for _ in range(rounds + 1)][1:]


def growth(documents: Sequence[str], sizes: Iterable[int], shape: str) -> list[Grown]:
    """`extract` on inputs of these sizes in bytes: `files`, or everything as `one text`."""
    grown = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            wanted = until(varied(documents), size)
            made = _write_files(wanted if shape == "files" else ["\n".join(wanted)], Path(folder) / "in")
            grown.append(Grown(shape, made, _extract(Path(folder))))
    return grown


def exponent(grown: Sequence[Grown]) -> float:
    """The power of its size that the cost of an input grows with (1: twice the text, twice the time): least squares."""
    sizes = [math.log(each.size) for each in grown]
    return linear_regression(sizes, [math.log(each.ran.cpu) for each in grown]).slope


def run(command: Sequence[str], settings: dict[str, str] | None = None) -> Ran:
    """Runs a command to its end. Raises CalledProcessError where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(settings or {})}
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, stderr=said.read().decode())
    return Ran(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _KILO)


def _extract(folder: Path) -> Ran:
    return run([*extract_command(), str(folder / "in"), "-o", str(folder / "out.csv")])


def _write_files(documents: Iterable[str], folder: Path) -> int:
    """Writes a file a document; gives their bytes."""
    folder.mkdir()
    size = 0
    for number, document in enumerate(documents):
        size += (folder / f"{number:06}.txt").write_bytes(document.encode())
    return size
