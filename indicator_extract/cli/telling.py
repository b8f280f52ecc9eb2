"""Steps of a batch → what is told about them on standard error: errors, notes, counts, and the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicator_extract.batch.inputs import Inputs
from indicator_extract.batch.part import Part, counted
from indicator_extract.batch.shelf import Step
from indicator_extract.cli.terminal import say


class Tally:
    """Tells what becomes of each input, and counts for the summary."""

    def __init__(self, inputs: Inputs, *, verbose: bool) -> None:
        self.sources, self._verbose = inputs.sources, verbose
        self.skipped = inputs.skipped
        self.failed = len(inputs.failures)
        self.ended = self.files = self.records = self.left_out = self.mentions = 0

    @property
    def whole(self) -> bool:
        """Whether every input has been read to its end."""
        return self.ended == len(self.sources)

    def __str__(self) -> str:
        said = [counted(self.files, "file"), counted(self.records, "record"), counted(self.mentions, "mention")]
        if self.left_out:
            said[1] += f" chosen of {self.records + self.left_out:,}"
        if self.failed:
            said.append(f"{self.failed:,} failed")
        if self.skipped:
            said.append(f"{self.skipped:,} skipped (no format that can be read)")
        return ", ".join(said)

    def parts(self, steps: Iterable[Step]) -> Iterator[Part]:
        """The parts that hold something; the others are told and counted only."""
        told: set[str] = set()  # notes about the input
        any_read = False  # of it
        for turn, part in steps:
            if part is None:
                self.ended += 1
                told, any_read = set(), False
                continue
            self._tell(self.sources[turn], part, told)
            if part.documents:
                self.files += not any_read
                any_read = True
                yield part

    def _tell(self, source: str, part: Part, told: set[str]) -> None:
        """Failures and what a reader doubts are always told, each once; how it read, to those who ask."""
        for failure in part.failures:
            say(f"error: {failure}")
        for note in part.notes:
            if note not in told:
                say(f"note: {source}: {note}")
        told.update(part.notes)
        for detail in part.details if self._verbose else ():
            say(detail)
        self.failed += len(part.failures)
        self.records += part.chosen
        self.left_out += part.left_out
        self.mentions += part.met
