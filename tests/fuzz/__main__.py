"""`python -m tests.fuzz [TARGET…]`: runs targets one after the other, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from benchmarks import section

from .targets import TARGETS, Target

MILLION = 1_000_000
_DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+) corp: (\d+)")
_WHOLE = 1000  # what the shares of the targets add up to


class Ran(NamedTuple):
    """What one target came to."""

    target: Target
    runs: int
    seconds: float
    coverage: int  # edges of the package's code that were passed
    kept: int  # inputs that showed something new
    taken: float  # share of the inputs that were read and not refused
    slowest: float  # seconds of processor time
    broken: int  # kinds of broken law or crash
    stopped: bool  # whether it hung, ran out of memory or died


def main(
    targets: Annotated[list[str] | None, typer.Argument(help="Names of targets; all where none is named.")] = None,
    runs: Annotated[int, typer.Option(help="Inputs of all targets together.")] = MILLION + MILLION // 20,
    seed: Annotated[int, typer.Option(help="The same number gives the same inputs.")] = 1,
    output: Annotated[Path, typer.Option("--output", "-o", help="A folder for what is found.")] = Path("out/fuzz"),
    record: Annotated[bool, typer.Option("--record", help="Write the figures into docs/reliability.md.")] = False,
) -> None:
    """Fuzz the readers, the text pipeline, the lexicon loader and the writers."""
    chosen = [target for target in TARGETS if not targets or target.name in targets]
    if unknown := set(targets or ()) - {target.name for target in TARGETS}:
        known = ", ".join(target.name for target in TARGETS)
        raise typer.BadParameter(f"there is no {', '.join(sorted(unknown))}; there are {known}")
    if find_spec("atheris") is None:
        raise typer.BadParameter("atheris is not installed: pip install -e '.[fuzz]'")
    shares = sum(target.share for target in chosen)
    results = []
    for target in chosen:
        typer.echo(f"{target.name} …", err=True)
        results.append(_run(target, -(-runs * target.share // shares), seed, output / target.name))
        typer.echo(" | ".join(_row(results[-1])), err=True)
    lines = _page(results, " ".join(["python -m tests.fuzz", *(targets or ()), f"--runs {runs} --seed {seed}"]))
    typer.echo("\n".join(lines))
    if record:
        section.write(section.RELIABILITY, "fuzzing", lines)
    raise typer.Exit(1 if any(ran.broken or ran.stopped for ran in results) else 0)


def _run(target: Target, runs: int, seed: int, folder: Path) -> Ran:
    """One target in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", f"{__package__}.run", target.name, str(folder), str(runs), str(seed)]
    began = time.monotonic()
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        done = subprocess.run(words, stdout=log, stderr=log, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})
    took = time.monotonic() - began
    found = _DONE.search((folder / "log.txt").read_text(encoding="utf-8", errors="replace"))
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    count, coverage, _, kept = map(int, found.groups()) if found else (told["inputs"], 0, 0, 0)
    share = told["taken"] / max(1, told["inputs"])
    return Ran(target, count, took, coverage, kept, share, told["slowest"], told["broken"], done.returncode != 0)


def _page(results: list[Ran], command: str) -> list[str]:
    total, seconds = sum(ran.runs for ran in results), sum(ran.seconds for ran in results)
    broken, stopped = sum(ran.broken for ran in results), sum(ran.stopped for ran in results)
    said = f"{total:,} inputs in {seconds / 60:.0f} minutes: {broken} broken laws or uncaught errors, {stopped} hangs"
    head = ("target", "inputs", "minutes", "edges covered", "kept as new", "not refused", "slowest, ms", "broken laws")
    return [
        section.made_by(command, ("atheris", "hypothesis")),
        "",
        f"**{said}.**",
        "",
        *section.table(head, map(_row, results)),
    ]  # fmt: skip


def _row(ran: Ran) -> tuple[str, ...]:
    bad = f"{ran.broken}{' and stopped' if ran.stopped else ''}"
    minutes, slowest = f"{ran.seconds / 60:.1f}", f"{ran.slowest * 1000:.0f}"
    counts = f"{ran.runs:,}", minutes, f"{ran.coverage:,}", f"{ran.kept:,}"
    return (ran.target.name, *counts, f"{ran.taken:.0%}", slowest, bad)


if __name__ == "__main__":
    typer.run(main)
