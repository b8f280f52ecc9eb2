"""Files, folders and `-` → the inputs to read, in the order to read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
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
    failures: list[ReadError] = []
    skipped = 0
    for argument in arguments:
        found: list[str] = [argument]
        if argument != "-" and os.path.isdir(argument):
            found, others, wrong = files_below(argument, readable)
            if not found and not wrong:
                wrong = [_nothing_in(argument)]
            failures += wrong
            skipped += others
        for source in found:
            sources.setdefault(source if source == "-" else os.path.realpath(source), source)
    return Inputs(tuple(sources.values()), tuple(map(str, failures)), skipped)


def files_below(folder: str, takes: Callable[[Path], bool]) -> tuple[list[str], int, list[ReadError]]:
    """The files below a folder that are wanted, sorted, the number of the others, and what is wrong.

    Hidden files and folders are left out. A link is not followed out of the folder, nor to a folder, since what is in
    the folder may come from anywhere; and what is no file, such as a named pipe, is not opened.
    """
    found: list[str] = []
    others = 0
    wrong: list[ReadError] = []

    def unreadable(error: OSError) -> None:
        wrong.append(ReadError(source_name(str(error.filename)), "cannot list this folder", "change its permissions"))

    within = os.path.join(os.path.realpath(folder), "")
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        # by their bytes: as text, names are sorted otherwise in another locale
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=os.fsencode)
        paths = [os.path.join(parent, name) for name in sorted(files, key=os.fsencode) if not name.startswith(".")]
        links = [path for name in folders if os.path.islink(path := os.path.join(parent, name))]
        wrong += [_link(path) for path in links if not _is_within(path, within)]
        for path in paths:
            if os.path.islink(path) and not _is_within(path, within):
                wrong.append(_link(path))
            elif not os.path.isfile(path) and os.path.exists(path):
                wrong.append(
                    ReadError(source_name(path), "is no file but a pipe or a device", "name it to have it read")
                )
            elif takes(Path(path)):
                found.append(path)
            else:
                others += 1
    return found, others, wrong


def _is_within(path: str, folder: str) -> bool:
    return os.path.join(os.path.realpath(path), "").startswith(folder)


def _link(path: str) -> ReadError:
    return ReadError(
        source_name(path), "a link that leads out of the folder is not followed", "name it to have it read"
    )


def size_of(source: str) -> int:
    """Bytes of a file; 0 for standard input and for what cannot be asked."""
    try:
        return 0 if source == "-" else os.stat(source).st_size
    except (OSError, ValueError):
        return 0


def _nothing_in(folder: str) -> ReadError:
    suffixes = " ".join(sorted(suffix for known in FORMATS for suffix in known.suffixes))
    remedy = f"a folder gives its {suffixes} files; name any other file itself"
    return ReadError(source_name(folder), "no readable file in this folder", remedy)
