"""What does not fit together in the inputs: read, extracted, checked and reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indicator_extract.batch.inputs import find_inputs
from indicator_extract.batch.part import counted, defect
from indicator_extract.checks import FLAGS, Finding
from indicator_extract.cli.documents import documents
from indicator_extract.cli.report import FORMATS
from indicator_extract.cli.terminal import say, standard_output
from indicator_extract.errors import ChoiceError
from indicator_extract.pipeline import Extractor
from indicator_extract.reading import Options

FLAGGED = 3  # exit status where a flag of --fail-on was raised
_ANY = "any"


class Job(NamedTuple):
    """What the command line asks for."""

    inputs: list[str]
    format: str
    fail_on: tuple[str, ...]
    patterns: Path | None
    area: str
    reading: Options


class Tally:
    """What the summary counts."""

    def __init__(self) -> None:
        self.failed = self.documents = 0
        self.flags = Counter[str]()

    def __str__(self) -> str:
        flags = ", ".join(f"{flag} {count:,}" for flag, count in sorted(self.flags.items()))
        said = f"{counted(self.documents, 'document')}, {counted(self.flags.total(), 'finding')}"
        return said + (f" ({flags})" if flags else "") + (f", {self.failed:,} failed" if self.failed else "")


def report(job: Job) -> int:
    """Writes the report to standard output; gives the exit status: 0, 1 some input failed, 3 a flag to fail on.

    Raises:
        ChoiceError: there is no such format, flag or region.
        PatternError: a pattern file is wrong.
    """
    write, wanted = FORMATS.get(job.format), _flags_to_fail_on(job.fail_on)
    if write is None:
        raise ChoiceError("--format", f"there is no {job.format} here", f"there are {', '.join(FORMATS)}")
    extractor, tally = Extractor(job.patterns, area=job.area), Tally()
    out = standard_output()
    write(_findings(extractor, job, tally), out)
    out.flush()
    say(str(tally))
    if wanted & tally.flags.keys():
        return FLAGGED
    return 1 if tally.failed else 0


def _flags_to_fail_on(asked: tuple[str, ...]) -> set[str]:
    for flag in asked:
        if flag not in FLAGS and flag != _ANY:
            raise ChoiceError("--fail-on", f"no check raises {flag}", f"there are {', '.join(FLAGS)} and {_ANY}")
    return set(FLAGS) if _ANY in asked else set(asked)


def _findings(extractor: Extractor, job: Job, tally: Tally) -> Iterator[Finding]:
    """The findings of each document in turn."""
    inputs = find_inputs(job.inputs)
    for failure in inputs.failures:
        _tell(failure, tally)
    for document in documents(inputs.sources, job.reading, lambda failure: _tell(failure, tally)):
        try:
            found = extractor.findings(extractor.extract_document(document))
        except Exception as error:  # noqa: BLE001 a defect in the engine costs one document, not the batch
            _tell(defect(document.source, error), tally)
            continue
        tally.documents += 1
        tally.flags.update(finding.flag for finding in found)
        yield from found


def _tell(failure: str, tally: Tally) -> None:
    say(f"error: {failure}")
    tally.failed += 1
