"""Files and folders → the records in them, as the commands that work on records want them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple, cast

import typer

from indicator_extract.batch.inputs import files_below
from indicator_extract.choosing import Choice, Wanted
from indicator_extract.cli.terminal import say
from indicator_extract.conversion import Converter
from indicator_extract.errors import ChoiceError, IndicatorExtractError, ReadError
from indicator_extract.panel.load import SUFFIXES, holds, records_of
from indicator_extract.panel.targets import Unset, placed
from indicator_extract.panel.wording import Aim, Wording
from indicator_extract.pipeline import Extractor
from indicator_extract.reading import Options, readable, source_name
from indicator_extract.record import Record

_NEAR = 3  # regions named where the one asked for is in no record


class Ask(NamedTuple):
    """What the command line asks for."""

    inputs: list[str]
    output: Path | None = None  # None: standard output
    wanted: Wanted = Wanted()
    units: tuple[str, ...] = ()
    area: str = ""
    patterns: Path | None = None
    reading: Options = Options()


@dataclass
class Gatherer:
    """Reads the inputs of a job, tells what fails and counts."""

    ask: Ask
    reports: bool = False  # whether what is no file of records is a report to extract from
    files: int = 0
    failed: int = 0
    read: int = 0
    aims: list[Aim] = field(default_factory=list)  # what the words of the targets asked for say
    unset: list[Unset] = field(default_factory=list)  # that no target is set, where reports say so

    def __post_init__(self) -> None:
        self.extractor = Extractor(self.ask.patterns)
        self._choice = Choice(self.ask.wanted, self.extractor.lexicon, self.extractor.unit_of)
        self._convert = Converter(self.ask.units, self.extractor.unit_of)
        self.wording = Wording(self.extractor.lexicon)
        self._areas: set[tuple[str, str]] = set()  # names and codes met

    def records(self) -> Iterator[Record]:
        """All records of all inputs, base values converted; an input that fails costs one line."""
        for path, known in self._inputs():
            try:
                found = [*records_of(path)] if known else [*self._extracted(path)]
            except IndicatorExtractError as error:
                self._fail(error)
                continue
            self.files += 1
            self.read += len(found)
            yield from map(self._convert, found)

    def wants(self, record: Record) -> bool:
        """Whether a record is asked for."""
        self._areas.add((record.ref_area, record.ref_area_code))
        wanted = self._in_area(record.ref_area, record.ref_area_code) and self._choice(record)
        if wanted:
            self.aims.extend(self.wording.aims([record]))
        return wanted

    def statements(self) -> list[Unset]:
        """The statements that no target is set, where they are asked for."""
        chosen = (said for said in self.unset if self._choice(cast(Record, said)))  # it asks for what both have
        return [said for said in chosen if self._in_area(said.ref_area, said.ref_area_code)]

    def check_area(self) -> None:
        """Raises ChoiceError where no record is about the region asked for."""
        if not self.ask.area or not self._areas or any(self._in_area(*area) for area in self._areas):
            return
        names = sorted({name for name, _ in self._areas if name})
        some = get_close_matches(self.ask.area, names, n=_NEAR, cutoff=0.3) or names[:_NEAR]
        raise ChoiceError(
            "--area", f"no record is about {self.ask.area}", f"there are {', '.join(some)}" if some else ""
        )

    def _in_area(self, name: str, code: str) -> bool:
        return not self.ask.area or self.ask.area in name or self.ask.area == code

    def _inputs(self) -> Iterator[tuple[Path, bool]]:
        """The files to read, each once, and whether it is known to hold records."""
        met: set[str] = set()
        for argument in self.ask.inputs:
            for path in self._below(Path(argument)) if os.path.isdir(argument) else [Path(argument)]:
                real = os.path.realpath(path)
                if real in met:
                    continue
                met.add(real)
                try:
                    known = not self.reports or holds(path) != "neither"
                except ReadError as error:
                    self._fail(error)
                    continue
                yield path, known

    def _below(self, folder: Path) -> list[Path]:
        """The files of a folder to read: those of records, and reports where they are wanted."""
        found, _, wrong = files_below(str(folder), self._takes)
        if not found and not wrong:
            what = "neither records nor reports" if self.reports else "no file of records"
            remedy = "name a file that `extract -o` has written"
            wrong = [ReadError(source_name(folder), f"{what} in this folder", remedy)]
        for error in wrong:
            self._fail(error)
        return [*map(Path, found)]

    def _takes(self, path: Path) -> bool:
        found = holds(path) if path.suffix.lower() in SUFFIXES else "neither"
        return found == "records" or (found == "neither" and self.reports and readable(path))

    def _extracted(self, path: Path) -> Iterator[Record]:
        """The records of a report; the statements that no target is set are kept."""
        for document, records, _ in self.extractor.extract_file(path, self.ask.reading):
            self.unset.extend(placed(self.wording.unset(document.text), records, document.source))
            yield from records

    def _fail(self, error: IndicatorExtractError) -> None:
        self.failed += 1
        say(f"error: {error}")


def refuse_overwriting(inputs: Iterable[str], *outputs: Path | None, option: str = "-o") -> None:
    """Raises typer.BadParameter where an output is an input, or two outputs are one file."""
    taken = {os.path.realpath(path) for path in inputs}
    for path in filter(None, outputs):
        if os.path.realpath(path) in taken:
            raise typer.BadParameter(f"{path} is an input, or named twice; choose another name", param_hint=option)
        taken.add(os.path.realpath(path))
