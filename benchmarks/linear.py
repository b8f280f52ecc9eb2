"""`python -m benchmarks.linear`: whether any input takes more than its size; the figures go into docs/reliability.md.

Every shape of `benchmarks.shapes` at three sizes, from its bytes to records; for each the processor time and the power
of its size with which that grows (1: twice the input, twice the time).
"""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from statistics import linear_regression
from typing import Annotated, NamedTuple

import typer

from benchmarks import section
from benchmarks.shapes import FILES, TEXTS, Shape
from indicator_extract import Extractor, ReadError, reading

KB = 1000
SIZES = (64 * KB, 256 * KB, 1000 * KB)
STEEP = 1.3
"""A power above this is more than the noise of a busy machine, where the time itself is more than a moment."""

MOMENT = 1.0  # seconds
PACKAGES = ("lxml", "markdown-it-py", "openpyxl", "pypdfium2", "python-docx")


class Grown(NamedTuple):
    """What one shape took at each size."""

    shape: Shape
    seconds: tuple[float, ...]
    found: int  # records and mentions at the largest size
    refused: str  # why the largest one was refused, "" where it was read

    def power(self, sizes: Sequence[int]) -> float:
        """The power of its size that the time grows with: least squares of the logarithms."""
        return linear_regression([math.log(size) for size in sizes], [math.log(s) for s in self.seconds]).slope

    def steep(self, sizes: Sequence[int]) -> bool:
        """Whether it grows faster than its size."""
        return self.power(sizes) > STEEP and self.seconds[-1] > MOMENT


def main(
    only: Annotated[list[str] | None, typer.Option(help="Shapes whose names hold these words; all without.")] = None,
    size: Annotated[list[int] | None, typer.Option(help="Sizes in kB; 64, 256 and 1000 without.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Write the figures into docs/reliability.md.")] = False,
) -> None:
    """Measure how the time of each kind of input grows with its size."""
    sizes = [each * KB for each in size or ()] or list(SIZES)
    extractor = Extractor()
    grown = []
    for shape in (*TEXTS, *FILES):
        if only and not any(word in shape.name for word in only):
            continue
        grown.append(measured(extractor, shape, sizes))
        typer.echo(" | ".join(_row(grown[-1], sizes)), err=True)
    lines = _page(grown, sizes)
    typer.echo("\n".join(lines))
    if record:
        section.write(section.RELIABILITY, "time", lines)
    raise typer.Exit(1 if any(each.steep(sizes) for each in grown) else 0)


def measured(extractor: Extractor, shape: Shape, sizes: Iterable[int]) -> Grown:
    """One shape at each size, after a small one that warms up."""
    warnings.simplefilter("ignore", UserWarning)
    outcomes = [_once(extractor, shape, wanted) for wanted in (2 * KB, *sizes)][1:]
    _, found, refused = outcomes[-1]
    return Grown(shape, tuple(seconds for seconds, _, _ in outcomes), found, refused)


@contextmanager
def parsers_inside() -> Iterator[None]:
    """Parses in this process what is otherwise parsed in one of its own, so that it is counted here."""
    usual = reading._apart  # noqa: SLF001
    reading._apart = lambda known: known.documents  # noqa: SLF001
    try:
        yield
    finally:
        reading._apart = usual  # noqa: SLF001


def _once(extractor: Extractor, shape: Shape, wanted: int) -> tuple[float, int, str]:
    data, found, refused = shape.made(wanted), 0, ""
    began = time.process_time()
    try:
        with parsers_inside():
            for item in reading.items(shape.file, data):
                if isinstance(item, ReadError):
                    raise item
                _, records, mentions = extractor.extract_document(item)
                found += len(records) + len(mentions)
    except ReadError as error:
        refused = str(error).partition(": ")[2].partition(";")[0].partition(" (")[0]
    return max(time.process_time() - began, 1e-4), found, refused


def _page(grown: Sequence[Grown], sizes: Sequence[int]) -> list[str]:
    steep = [each.shape.name for each in grown if each.steep(sizes)]
    said = f"steeper than their size: {', '.join(steep)}" if steep else "none steeper than its size"
    head = ("input", *(f"{size // KB:,} kB, s" for size in sizes), "power", "numbers")
    return [
        section.made_by(
            "python -m benchmarks.linear", ("lxml", "markdown-it-py", "openpyxl", "pypdfium2", "python-docx")
        ),
        "",
        f"**{len(grown)} kinds of input, {said}.**",
        "",
        *section.table(head, (_row(each, sizes) for each in grown)),
    ]


def _row(each: Grown, sizes: Sequence[int]) -> tuple[str, ...]:
    power = f"{each.power(sizes):.2f}" if each.seconds[-1] > MOMENT / 10 else "—"
    name = each.shape.name.replace("|", "\\|")
    outcome = f"refused: {each.refused}" if each.refused else f"{each.found:,}"
    return (name, *(f"{seconds:.2f}" for seconds in each.seconds), power, outcome)


if __name__ == "__main__":
    typer.run(main)
