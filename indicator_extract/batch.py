"""Many inputs → outcomes, one input after the other. An input that fails is an outcome too: nothing stops a batch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract.errors import IndicatorExtractError, ReadError
from indicator_extract.model import Document
from indicator_extract.reading import FORMATS, Options, items, readable, source_name
from indicator_extract.reading.options import DEFAULTS

if TYPE_CHECKING:
    from indicator_extract.pipeline import Extraction, Extractor


class Inputs(NamedTuple):
    """What the named files and folders come to."""

    sources: tuple[str, ...]  # paths and `-`, each once, in the order to be read
    failures: tuple[str, ...]  # folders that hold nothing to read, one message each
    skipped: int  # files in folders that no reader knows


class Outcome(NamedTuple):
    """What became of one input: its extractions, or the reason why there are none."""

    source: str
    extractions: tuple[Extraction, ...] = ()
    failure: str = ""


def find_inputs(arguments: Iterable[str]) -> Inputs:
    """The files behind files, folders and `-`.

    A folder gives the files below it whose suffix a reader knows, sorted, without hidden ones; a file that is named is
    taken whatever its suffix. A file that is met twice is read once.
    """
    sources: dict[str, str] = {}
    failures: list[str] = []
    skipped = 0
    for argument in arguments:
        found: list[str] = [argument]
        if argument != "-" and os.path.isdir(argument):
            found, others = _files_below(argument, failures)
            skipped += others
        for source in found:
            sources.setdefault(source if source == "-" else os.path.realpath(source), source)
    return Inputs(tuple(sources.values()), tuple(failures), skipped)


def documents(sources: Iterable[str], options: Options = DEFAULTS) -> Iterator[tuple[str, list[Document], list[str]]]:
    """Reads each source in turn: its name, its documents, and what is wrong with it or with members of it."""
    for source in sources:
        found: list[Document] = []
        failures: list[str] = []
        try:
            for item in items(source, None, options):
                if isinstance(item, Document):
                    found.append(item)
                else:
                    failures.append(str(item))
        except IndicatorExtractError as error:
            failures.append(str(error))
        except Exception as error:  # noqa: BLE001 a defect in a reader costs one file, not the batch
            failures.append(_defect(source, error))
        yield source_name(source), found, failures


def run(extractor: Extractor, sources: Iterable[str], options: Options = DEFAULTS) -> Iterator[Outcome]:
    """Reads and extracts each source in turn; never raises for what is wrong with one of them.

    An archive gives an outcome for what could be read, and one for each member that could not.
    """
    for source, found, failures in documents(sources, options):
        yield from (Outcome(source, failure=failure) for failure in failures)
        if not found:
            continue
        try:
            extractions = tuple(map(extractor.extract_document, found))
        except Exception as error:  # noqa: BLE001 a defect in the engine costs one file, not the batch
            yield Outcome(source, failure=_defect(source, error))
        else:
            yield Outcome(source, extractions)


def _defect(source: str, error: Exception) -> str:
    problem = f"internal error ({type(error).__name__}: {error})"
    return str(ReadError(source_name(source), problem, "please report it"))


def _files_below(folder: str, failures: list[str]) -> tuple[list[str], int]:
    """The readable files below a folder and the number of the others; what is wrong is added to `failures`."""
    wrong: list[ReadError] = []

    def unreadable(error: OSError) -> None:
        wrong.append(ReadError(source_name(str(error.filename)), "cannot list this folder", "change its permissions"))

    found: list[str] = []
    others = 0
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            if readable(Path(name)):
                found.append(os.path.join(parent, name))
            else:
                others += 1
    if not found and not wrong:
        wrong.append(_nothing_in(folder))
    failures.extend(map(str, wrong))
    return found, others


def _nothing_in(folder: str) -> ReadError:
    suffixes = " ".join(sorted(suffix for known in FORMATS for suffix in known.suffixes))
    remedy = f"a folder gives its {suffixes} files; name any other file itself"
    return ReadError(source_name(folder), "no readable file in this folder", remedy)
