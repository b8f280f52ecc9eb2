"""`python -m benchmarks`: measures everything in one run and writes `benchmarks/RESULTS.md`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from benchmarks.commands import command_rates, growth, starts
from benchmarks.contestants import CONTESTANTS
from benchmarks.measuring import MB, measured, on_one_core
from benchmarks.results import Results, page
from benchmarks.texts import ROOT, Text, bulk, seeds

PARTS = ("speed", "command", "startup", "growth")
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
_KB = 1000


class Amounts(NamedTuple):
    """How much is measured."""

    rounds: int  # of everything that is compared
    starts: int  # rounds of start-up
    bulk: int  # bytes of the bulk text
    files: tuple[int, ...]  # sizes of folders in MB
    one_text: tuple[int, ...]  # sizes of one text in MB; a text may have 32


FULL = Amounts(7, 21, 400 * _KB, (1, 3, 10, 30, 100), (1, 3, 10, 30))
QUICK = Amounts(2, 2, 20 * _KB, (1,), ())


def main(
    only: Annotated[
        list[str] | None, typer.Option(help=f"Only this part ({', '.join(PARTS)}) or this line of the comparison.")
    ] = None,
    text: Annotated[
        Path | None, typer.Option(help="A folder of .txt reports to measure on.", exists=True, file_okay=False)
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A little of everything, to see that it works.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the results go.")] = RESULTS,
) -> None:
    """Measure how fast `extract` is, beside the libraries of benchmarks/requirements.txt."""
    wanted = set(only or PARTS)
    names = {each.name for each in CONTESTANTS}
    if unknown := wanted - names - set(PARTS):
        known = ", ".join((*PARTS, *sorted(names)))
        raise typer.BadParameter(f"there is no {', '.join(sorted(unknown))}; there are {known}", param_hint="--only")
    on_one_core()
    # the page names no folder of the machine
    said = ("python -m benchmarks", *(word for word in sys.argv[1:] if "/" not in word))
    amounts = QUICK if quick else FULL
    results = _run(wanted, amounts, bulk(text, amounts.bulk), Results(" ".join(said), quick, amounts.rounds))
    output.write_text(page(results), encoding="utf-8")
    typer.echo(f"wrote {shlex.quote(str(output))}", err=True)


def _run(wanted: set[str], amounts: Amounts, reports: Text, results: Results) -> Results:
    """The parts that are wanted, one after the other."""
    rivals = [each for each in CONTESTANTS if "speed" in wanted or each.name in wanted]
    if "startup" in wanted:
        _tell("start-up")
        results = results._replace(starts=starts(amounts.starts))
    if rivals:
        _tell("speed")
        compared = [measured(rivals, text, amounts.rounds) for text in (seeds(), reports)]
        results = results._replace(compared=compared)
    if "command" in wanted:
        _tell("the whole command")
        results = results._replace(command_rates=command_rates(reports.documents, amounts.rounds))
    if "growth" in wanted:
        _tell("growth")
        shapes = (("files", amounts.files), ("one text", amounts.one_text))
        grown = [growth(reports.documents, [size * MB for size in sizes], shape) for shape, sizes in shapes if sizes]
        results = results._replace(grown=grown)
    return results


def _tell(part: str) -> None:
    typer.echo(f"measuring {part} …", err=True)


if __name__ == "__main__":
    typer.run(main)
