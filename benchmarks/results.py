"""From what was measured to `RESULTS.md`: one structure, one page."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from textwrap import wrap
from typing import NamedTuple

from benchmarks.commands import Grown, Start, exponent
from benchmarks.contestants import CONTESTANTS, JIONLP, OWN
from benchmarks.measuring import MB, Measured, times_as_fast
from benchmarks.texts import ROOT

_KB = 1000
_FAIR = (
    "In each round every line had its turn on the same text, in a process of its own, on one core; the next round has "
    "other numbers in the text, so that nobody profits from remembering. Seconds are those of the processor. `extract` "
    "is measured from text to CSV, with every record validated. A rival got whole documents or single sentences, "
    "whichever was faster for it."
)
_STARTING = (
    "Each command in a new process, in turn; the files were in the system's memory. "
    "The ratio is the median of the rounds."
)
_GROWING = (
    "`extract FOLDER -o out.csv` on one core; every report has numbers of its own; as many files, or joined to one "
    "text, which may have 32 MB. The memory is that of the largest process."
)
_UNLIKE = (
    "The lines do not do the same work, so a ratio says what a user waits for, not whose code is better. `extract` "
    "answers more questions about each number than all the others together; the bare scan is the floor under any tool."
)


class Results(NamedTuple):
    """Everything one run has measured; what was not asked for is empty."""

    command: str
    quick: bool
    rounds: int
    compared: Sequence[Sequence[Measured]] = ()  # for each text, all contestants
    command_rates: Sequence[float] = ()  # MB/s of the whole command on the bulk text
    starts: Sequence[Start] = ()
    grown: Sequence[Sequence[Grown]] = ()  # for each shape, all sizes


class Target(NamedTuple):
    """What the project promises of itself, and what came out."""

    what: str
    wanted: str
    got: str
    met: bool


def page(results: Results) -> str:
    """The whole page."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    yield "# Results"
    yield ""
    yield f"Written by `{results.command}`; do not edit."
    if results.quick:
        yield ""
        yield "**A quick run, to see that it works: too few rounds and too little text to say how fast anything is.**"
    yield ""
    yield from _rows(("machine", "this run"), _machine(results))
    yield from _against_targets(results)
    for measured in results.compared:
        yield from _comparison(measured, results.rounds)
    yield from _whole_command(results)
    yield from _start_up(results.starts)
    yield from _growth(results.grown)
    yield from _reading()


def _against_targets(results: Results) -> Iterator[str]:
    rows = [(*each[:3], "met" if each.met else "**missed**") for each in _targets(results)]
    if rows:
        yield from ("", "## Targets", "")
        yield from _rows(("target", "wanted", "got", ""), rows)


def _prose(text: str) -> Iterator[str]:
    yield from ("", *wrap(text, 120, break_long_words=False, break_on_hyphens=False), "")


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _machine(results: Results) -> Iterator[tuple[str, str]]:
    yield "date", datetime.now(UTC).date().isoformat()
    yield "commit", commit()
    yield "processor", f"{_processor()}, {os.cpu_count()} cores; everything ran on one"
    yield "system", f"{platform.system()} {platform.machine()}"
    yield "Python", platform.python_version()
    packages = sorted({package for each in CONTESTANTS for package in each.packages} | {"jieba", "typer"})
    yield "versions", ", ".join(f"{package} {_version(package)}" for package in packages)
    yield "rounds", str(results.rounds)


def _targets(results: Results) -> Iterator[Target]:
    for measured in results.compared:
        text = measured[0].text
        by_name = {each.contestant.name: each for each in measured if each.passes}
        own, rival = by_name.get(OWN), by_name.get(JIONLP)
        if own:
            wanted = 2 if text.name == "seeds" else 4
            yield Target(f"MB/s a core, {text.name}", f"at least {wanted}", f"{own.rate:.2f}", own.rate >= wanted)
        if own and rival:
            times = times_as_fast(own, rival)
            yield Target(f"times as fast as {JIONLP}, {text.name}", "at least 10", f"{times:.1f}", times >= 10)
    for start, most in zip(results.starts[1:3], (0.8, 2.0), strict=False):
        got = f"{start.ratio:.2f}"
        yield Target(f"start-up of {start.name}", f"at most {most} of the imports", got, start.ratio <= most)
    for grown in results.grown:
        if grown[0].shape == "files":
            last = grown[-1]
            what = f"memory for {last.size / MB:,.0f} MB of reports"
            yield Target(what, "below 300 MB", f"{last.ran.peak / MB:.0f} MB", last.ran.peak < 300 * MB)


def _comparison(measured: Sequence[Measured], rounds: int) -> Iterator[str]:
    text = measured[0].text
    own = next((each for each in measured if each.contestant.name == OWN and each.passes), None)
    yield from ("", f"## Speed: {text.name}")
    yield from _prose(
        f"{text.size / _KB:,.0f} kB in UTF-8: {text.origin}. Medians of {rounds} rounds after a warm-up. {_FAIR}"
    )
    head = ("", "MB/s", "from – to", "found", "found/s", "`extract` is", "memory", "given by", "processor busy")
    yield from _rows(head, (_line(each, own) for each in measured))


def _line(each: Measured, own: Measured | None) -> tuple[str, ...]:
    name = each.contestant.name
    if not each.passes:
        return (name, f"absent ({each.absent})", *([""] * 7))
    times = f"{times_as_fast(own, each):.3g} times as fast" if own and own is not each else ""
    spread = f"{min(each.rates):.3g} – {max(each.rates):.3g}"
    found = f"{median(one.found for one in each.passes):,.0f}"
    memory = f"{each.peak / MB:.0f} MB"
    return (
        name, f"{each.rate:.3g}", spread, found, f"{each.found_a_second:,.0f}", times, memory, each.by,
        f"{each.busy:.0%}",
    )  # fmt: skip


def _whole_command(results: Results) -> Iterator[str]:
    if not results.command_rates:
        return
    rate = median(results.command_rates)
    yield from ("", "## The whole command")
    said = f"`extract FOLDER -o out.csv` on the bulk text, start-up and files included: {rate:.2f} MB/s"
    said += f" ({min(results.command_rates):.2f} – {max(results.command_rates):.2f})."
    own = [each for measured in results.compared for each in measured if each.contestant.name == OWN and each.passes]
    yield from _prose(said + (f" That is {rate / own[-1].rate:.2f} of the speed inside Python." if own else ""))


def _start_up(starts: Sequence[Start]) -> Iterator[str]:
    if not starts:
        return
    yield from ("", "## Start-up")
    yield from _prose(f"{len(starts[0].walls)} rounds. {_STARTING}")
    yield from _rows(
        ("command", "ms, median", "from – to", "ratio"),
        (
            (
                each.name,
                f"{median(each.walls) * 1000:.0f}",
                f"{min(each.walls) * 1000:.0f} – {max(each.walls) * 1000:.0f}",
                f"{each.ratio:.2f}",
            )
            for each in starts
        ),
    )


def _growth(shapes: Sequence[Sequence[Grown]]) -> Iterator[str]:
    if not shapes:
        return
    yield from ("", "## Growth")
    yield from _prose(_GROWING)
    yield from _rows(
        ("input", "MB", "s", "MB/s", "memory, MB"),
        (
            (
                each.shape,
                f"{each.size / MB:.1f}",
                f"{each.ran.wall:.1f}",
                f"{each.size / MB / each.ran.wall:.2f}",
                f"{each.ran.peak / MB:.0f}",
            )
            for grown in shapes
            for each in grown
        ),
    )
    for grown in shapes:
        if len(grown) > 1:
            yield from _prose(
                f"As {grown[0].shape}, the processor time grows with the power {exponent(grown):.2f} of the size."
            )


def _reading() -> Iterator[str]:
    yield from ("", "## What each finds")
    yield from _prose(_UNLIKE)
    yield from (f"- **{each.name}**: {each.does}." for each in CONTESTANTS)


def commit() -> str:
    """The commit that is checked out, and whether the code differs from it."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    changed = git("status", "--porcelain", "--", "indicator_extract", "patterns", "benchmarks/*.py")
    return (git("rev-parse", "--short", "HEAD") or "none") + (", with changes" if changed else "")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def _version(package: str) -> str:
    from indicator_extract import __version__

    if package == "indicator-extract":
        return __version__
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
