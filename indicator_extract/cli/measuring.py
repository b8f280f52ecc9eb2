"""How right the extractor is on labelled inputs: read, extracted, held against the labels and reported."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from indicator_extract.batch.inputs import find_inputs
from indicator_extract.batch.part import counted, defect
from indicator_extract.cli.documents import documents
from indicator_extract.cli.figures import FORMATS, Result, grid_of
from indicator_extract.cli.gather import refuse_overwriting
from indicator_extract.cli.terminal import say
from indicator_extract.errors import ChoiceError, ReadError
from indicator_extract.evaluation.documents import assigned, fitting, may_be
from indicator_extract.evaluation.judging import Judge
from indicator_extract.evaluation.labels import Label, Line, gold_files, read_gold
from indicator_extract.evaluation.scoring import Labels, Scored, account, score
from indicator_extract.model import Document
from indicator_extract.pipeline import Extractor
from indicator_extract.reading import Options
from indicator_extract.writing import grid
from indicator_extract.writing.target import open_target

_KINDS: dict[str, Labels | None] = {"auto": None, "whole": "whole", "partial": "partial"}
_FAULTS = 10  # of one gold file that are told; one in a wrong format has as many as lines
_NEARLY = 0.9  # the share of labelled numbers from which on the others may have been forgotten


class Job(NamedTuple):
    """What the command line asks for."""

    inputs: list[str]
    gold: list[str]
    format: str
    differences: Path | None
    show: int
    labels: str
    patterns: Path | None
    area: str
    reading: Options


def measure(job: Job) -> int:
    """Writes the figures, and the differences where they are asked for; gives the exit status: 0, 1 something failed.

    Raises:
        ChoiceError: there is no such format, kind of labels or region.
        PatternError: a pattern file is wrong.
        WriteError: the differences cannot be written.
        typer.BadParameter: they would overwrite an input.
    """
    for option, asked, known in (("--format", job.format, FORMATS), ("--labels", job.labels, _KINDS)):
        if asked not in known:
            raise ChoiceError(option, f"there is no {asked} here", f"there are {', '.join(known)}")
    suffix = grid.suffix_of(job.differences, "--differences")
    refuse_overwriting([*job.inputs, *job.gold], job.differences, option="--differences")
    run = _Run(job)
    scored = list(run.scored())
    if scored:
        result = Result(scored, job.show)
        FORMATS[job.format](result, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        if job.differences:
            with open_target(job.differences) as out:
                grid.write([grid_of(result.differences)], suffix, out)
        say(_summary(result, run))
    return 1 if run.failed or not scored else 0


class _Run:
    """Goes through the inputs; what cannot be used is told and counted."""

    def __init__(self, job: Job) -> None:
        self._job, self._kind = job, _KINDS[job.labels]
        self._extractor = Extractor(job.patterns, area=job.area)
        self._judge = Judge(self._extractor.lexicon)
        self.failed = self.unlabelled = 0

    def scored(self) -> Iterator[Scored]:
        """Each labelled document in the order of the inputs."""
        lines = list(self._lines())
        candidates = self._candidates({line.label.doc for line in lines})
        found = assigned(lines, [document.source for document in candidates])
        self._fail(*found.faults)
        for document in candidates:
            if document.source not in found.lines:
                self.unlabelled += 1
                continue
            labels, faults = fitting(found.lines[document.source], document.text)
            self._fail_some(faults)
            if labels:
                yield from self._of(document, labels)

    def _lines(self) -> Iterator[Line]:
        """The labels of all gold files."""
        for argument in self._job.gold:
            try:
                files = gold_files(argument)
            except ReadError as error:
                self._fail(str(error))
                continue
            for file in files:
                yield from self._lines_of(file)

    def _lines_of(self, file: str) -> Iterator[Line]:
        try:
            gold = read_gold(file)
        except ReadError as error:
            self._fail(str(error))
            return
        self._fail_some(gold.faults)
        yield from gold.lines

    def _candidates(self, names: set[str]) -> list[Document]:
        """The documents that the labels may be about. The others are read no further."""
        inputs = find_inputs(self._job.inputs)
        self._fail(*inputs.failures)
        kept = []
        for document in documents(inputs.sources, self._job.reading, self._fail):
            if any(may_be(name, document.source) for name in names):
                kept.append(document)
            else:
                self.unlabelled += 1
        return kept

    def _of(self, document: Document, labels: Sequence[Label]) -> Iterator[Scored]:
        try:
            records = self._extractor.extract_document(document).records
        except Exception as error:  # noqa: BLE001 a defect in the engine costs one document, not the batch
            self._fail(defect(document.source, error))
            return
        told = account(document.text, labels, records)
        if self._kind is None and told.bare and len(told.bare) <= (1 - _NEARLY) * told.digits:
            missing = (
                f"{counted(len(told.bare), 'number')} of {told.digits:,} without a label, the first at {told.bare[0]}"
            )
            say(f"note: {document.source}: {missing}; taken for partial: label them, or say --labels whole")
        yield score(document, labels, records, self._kind or told.labels, self._judge)

    def _fail(self, *failures: str) -> None:
        for failure in failures:
            say(f"error: {failure}")
        self.failed += len(failures)

    def _fail_some(self, faults: Sequence[str]) -> None:
        """Tells the first of many faults of one kind."""
        self._fail(*faults[:_FAULTS])
        if len(faults) > _FAULTS:
            say(f"error: and {len(faults) - _FAULTS:,} lines more")
            self.failed += len(faults) - _FAULTS


def _summary(result: Result, run: _Run) -> str:
    kinds = Counter(each.difference for each in result.differences)
    detail = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
    said = [counted(len(result.scored), "document"), counted(result.total.claims, "claim")]
    said.append(counted(len(result.differences), "difference") + (f" ({detail})" if detail else ""))
    if run.unlabelled:
        said.append(f"{counted(run.unlabelled, 'document')} without labels")
    if run.failed:
        said.append(f"{run.failed:,} failed")
    return ", ".join(said)
