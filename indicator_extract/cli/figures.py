"""Figures of an evaluation for people (table) and for programs (csv, json), and its differences as a grid."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from indicator_extract.batch.part import counted
from indicator_extract.cli.terminal import rich_lines
from indicator_extract.evaluation.judging import EXACT, FIELDS, FULL
from indicator_extract.evaluation.scoring import SHARES, Difference, Score, Scored, total
from indicator_extract.printable import printable
from indicator_extract.writing import grid
from indicator_extract.writing.grid import Cell, Grid
from indicator_extract.writing.layout import Kind

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_ALL = "all"
_COUNTS = ("claims", "found", "spurious")
_RATES = ("precision", "recall", "f1")
_DIGITS = 4  # of a figure, for programs
_FIELDS = (*FIELDS, EXACT)
_HEADS = {EXACT: "exact"}  # shorter, on a terminal
_NOTHING = "nothing"


class Result:
    """What there is to report."""

    def __init__(self, scored: Sequence[Scored], limit: int) -> None:
        self.scored, self.limit = scored, limit  # of differences shown to people

    @cached_property
    def total(self) -> Score:
        """All documents together."""
        return total(each.score for each in self.scored)

    @cached_property
    def differences(self) -> list[Difference]:
        """Those of all documents."""
        return [difference for each in self.scored for difference in each.differences]

    def rows(self) -> Iterator[tuple[str, str, Score]]:
        """The name, the kind of labels and the score of each document, and of all."""
        yield from ((each.document, each.labels, each.score) for each in self.scored)
        kinds = {each.labels for each in self.scored}
        yield _ALL, "mixed" if len(kinds) > 1 else "".join(kinds), self.total


def write_table(result: Result, out: BinaryIO) -> None:
    """What was found, and what was right of it, in per cent; below them the first of the differences."""
    found, right = _table("labels", *_COUNTS, *_RATES, FULL), _table(*_FIELDS)
    for number, (name, labels, score) in enumerate(result.rows(), 1):
        shares = {figure: "" if share is None else f"{100 * share:.1f}" for figure, share in score.figures().items()}
        counts = [f"{getattr(score, count):,}" for count in _COUNTS]
        last = number == len(result.scored)
        found.add_row(_text(name), labels, *counts, *(shares[figure] for figure in (*_RATES, FULL)), end_section=last)
        right.add_row(_text(name), *(shares[figure] for figure in _FIELDS), end_section=last)
    out.writelines(rich_lines([found, "", right]))
    out.writelines(f"{printable(line)}\n".encode() for line in _shown(result))


def _table(*figures: str) -> Table:
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    made.add_column("document", overflow="fold")
    for figure in figures:
        made.add_column(_HEADS.get(figure, figure), justify="left" if figure == "labels" else "right", no_wrap=True)
    return made


def _text(name: str) -> Text:
    from rich.text import Text

    return Text(printable(name))


def _shown(result: Result) -> Iterator[str]:
    """The first differences, each with its evidence, and how many more there are."""
    for each in result.differences[: result.limit]:
        answers = f" {each.gold or _NOTHING}, got {each.got or _NOTHING}" if each.difference in FIELDS else ""
        yield ""
        yield f"{each.document}:{each.start}  {each.quote}: {each.difference}{answers}  ({each.indicator})"
        yield f"    {each.evidence}"
    more = len(result.differences) - result.limit
    if more > 0:
        yield ""
        yield f"{counted(more, 'difference')} more; --differences FILE writes them all"


def write_csv(result: Result, out: BinaryIO) -> None:
    """A row for each document and one for all; shares from 0 to 1, empty where there is nothing to take a share of."""
    rows = [(name, labels, *map(_cell, _rounded(score).values())) for name, labels, score in result.rows()]
    columns: dict[str, Kind] = {"document": "text", "labels": "text", **dict.fromkeys(_COUNTS, "integer")}
    columns |= dict.fromkeys((*_RATES, *SHARES), "number")
    grid.write([Grid("figures", columns, rows)], ".csv", out)


def write_json(result: Result, out: BinaryIO) -> None:
    """The figures of all and of each document, and all differences."""
    rows = [{"document": name, "labels": labels, **_rounded(score)} for name, labels, score in result.rows()]
    whole = {"all": rows[-1], "documents": rows[:-1], "differences": [each._asdict() for each in result.differences]}
    out.write((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())


def grid_of(differences: Sequence[Difference]) -> Grid:
    """The differences as a table: a row for each field that is not right, each claim missed, each spurious record."""
    columns: dict[str, Kind] = {name: "integer" if name in ("start", "end") else "text" for name in Difference._fields}
    return Grid("differences", columns, differences)


def _rounded(score: Score) -> dict[str, float | None]:
    shares = {name: share if share is None else round(share, _DIGITS) for name, share in score.figures().items()}
    return {**{count: getattr(score, count) for count in _COUNTS}, **shares}


def _cell(number: float | None) -> Cell:
    return Decimal(str(number)) if isinstance(number, float) else number


FORMATS: dict[str, Callable[[Result, BinaryIO], None]] = {"table": write_table, "csv": write_csv, "json": write_json}
