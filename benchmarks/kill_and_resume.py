"""Kills workers and whole runs with signal 9 at random moments, goes on with `--resume`, and compares the outputs.

    python benchmarks/kill_and_resume.py FOLDER [--times 20] [--jobs 2] [--format csv] [--seed 0]

FOLDER holds reports that take several seconds. Linux only: workers are found in /proc. The exit status is 1 if an
output differs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory


def started(folder: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    """A run over the folder, in a process."""
    command = [sys.executable, "-m", "indicator_extract", "extract", str(folder), "-o", str(output), *more]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    """The ids of the workers of a run."""
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
        return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except OSError:
        return []


def with_a_dead_worker(folder: Path, output: Path, moment: float, dice: random.Random, jobs: str) -> int:
    """A run that loses a worker at this moment, or as soon as there is one; gives how many were killed."""
    process = started(folder, output, "--jobs", jobs)
    time.sleep(moment)
    while not (victims := workers(process)) and process.poll() is None:
        time.sleep(0.01)
    if victims:
        os.kill(dice.choice(victims), signal.SIGKILL)
    process.wait()
    return int(bool(victims))


def killed_and_resumed(folder: Path, output: Path, moments: list[float], jobs: str) -> int:
    """A run that is killed after each of these times and gone on with; gives how often it still ran then."""
    killed = 0
    for moment in moments:
        process = started(folder, output, "--jobs", jobs, "--resume")
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    started(folder, output, "--jobs", jobs, "--resume").wait()
    return killed


def main() -> int:
    """Does the trials and tells how they went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--format", default="csv", help="suffix of the output")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    if not asked.folder.is_dir():
        parser.error(f"{asked.folder} is no folder")
    dice = random.Random(asked.seed)
    with TemporaryDirectory() as name:
        whole = Path(name, f"whole.{asked.format}")
        began = time.monotonic()
        started(asked.folder, whole, "--jobs", asked.jobs).wait()
        took = time.monotonic() - began
        print(f"uninterrupted: {took:.1f} s, {whole.stat().st_size:,} bytes")
        expected, different, deaths, kills = whole.read_bytes(), 0, 0, 0
        for number in range(asked.times):
            output = Path(name, f"{number}.{asked.format}")
            deaths += with_a_dead_worker(asked.folder, output, dice.uniform(0.2, 0.9 * took), dice, asked.jobs)
            different += output.read_bytes() != expected
            output.unlink()
            kills += killed_and_resumed(asked.folder, output, [dice.uniform(0.2, 0.9 * took)], asked.jobs)
            different += output.read_bytes() != expected
            output.unlink()
            left = sorted(path.name for path in Path(name).iterdir() if path != whole)
            print(f"{number + 1}: {deaths} workers killed, {kills} runs killed, {different} outputs differ", *left)
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
