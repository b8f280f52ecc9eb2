"""Files, folders and `-` → the inputs to read, in the order to read them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.reading import FORMATS, readable, source_name


class Inputs(NamedTuple):
    """What the named files and folders come to."""

    sources: tuple[str, ...]  # paths and `-`, each once, in the order to be read
    failures: tuple[str, ...]  # folders that hold nothing to read, one message each
    skipped: int  # files in folders that no reader knows


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


def size_of(source: str) -> int:
    """Bytes of a file; 0 for standard input and for what cannot be asked."""
    try:
        return 0 if source == "-" else os.stat(source).st_size
    except (OSError, ValueError):
        return 0


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
