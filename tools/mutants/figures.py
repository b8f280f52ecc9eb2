"""What became of the mutants → a table in the report, and what `tests/mutants.toml` does not say of the survivors."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tools.mutants.making import ROOT, Mutant
from tools.mutants.running import KILLED, SURVIVED, TESTS, TIMEOUT

REASONS, REPORT = ROOT / "tests" / "mutants.toml", ROOT / "docs" / "reliability.md"
MARKS = ("<!-- mutants -->\n", "<!-- end of mutants -->\n")


def reasons() -> dict[str, dict[str, str]]:
    """For each module its survivors that are explained: change → why it cannot or should not be killed."""
    entries = tomllib.loads(REASONS.read_text(encoding="utf-8"))["survivors"]
    explained: dict[str, dict[str, str]] = {module: {} for module in TESTS}
    for entry in entries:
        explained[entry["module"]] |= dict.fromkeys(entry["changes"], entry["reason"])
    return explained


class Figures(NamedTuple):
    """What became of the mutants of a module."""

    killed: int  # of any cause
    by_time: int
    survived: int

    def row(self, module: str) -> str:
        """Its line of the table."""
        mutants = self.killed + self.survived
        share = f"{100 * self.killed / mutants:.1f}" if mutants else "-"
        return f"| {module} | {mutants} | {self.killed} | {self.by_time} | {self.survived} | {share} |"


def figures_of(outcomes: Sequence[tuple[Mutant, str]]) -> dict[str, Figures]:
    """By module."""
    counts: dict[str, Counter[str]] = {}
    for mutant, outcome in outcomes:
        counts.setdefault(mutant.module, Counter())[outcome] += 1
    return {module: Figures(n[KILLED] + n[TIMEOUT], n[TIMEOUT], n[SURVIVED]) for module, n in counts.items()}


def table(figures: Mapping[str, Figures]) -> str:
    """A row a module, and one of all."""
    rows = [figures[module].row(module) for module in TESTS if module in figures]
    total = Figures(*(sum(column) for column in zip(*figures.values(), strict=True)))
    head = [
        "| module | mutants | killed | of these by time | survived | killed, % |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows, total.row("all")]) + "\n"


def write(figures: Mapping[str, Figures]) -> None:
    """Into the report, beside what it says of other modules."""
    report = REPORT.read_text(encoding="utf-8")
    before, rows, after = re.split("|".join(map(re.escape, MARKS)), report)
    cells = (row.split(" | ") for row in re.findall(r"^\| (\w+ \| [0-9].*) \|$", rows, re.MULTILINE))
    known = {row[0]: Figures(int(row[2]), int(row[3]), int(row[4])) for row in cells if row[0] in TESTS}
    REPORT.write_text(f"{before}{MARKS[0]}\n{table(known | dict(figures))}\n{MARKS[1]}{after}", encoding="utf-8")


def doubts_of(outcomes: Sequence[tuple[Mutant, str]], modules: Sequence[str]) -> list[str]:
    """What `tests/mutants.toml` does not say, or says wrongly."""
    explained = reasons()
    survived = {(mutant.module, mutant.change) for mutant, outcome in outcomes if outcome == SURVIVED}
    known = {(module, change) for module in modules for change in explained[module]}
    new = [f"not explained: {module} | {change}" for module, change in sorted(survived - known)]
    return new + [
        f"explained, but killed or no more: {module} | {change}" for module, change in sorted(known - survived)
    ]
