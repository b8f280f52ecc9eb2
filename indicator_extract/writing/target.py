"""Where an output goes: a file that appears whole or not at all.

Bytes go to a hidden file beside the target, which then takes its name. As long as a run writes it, it is locked, so
that the next run knows what a killed one has left. Two runs to one file: each writes its own, and the last to end has
the name. Databases are changed in place, so there a second run is refused.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from indicator_extract.errors import WriteError

try:
    import fcntl
except ImportError:  # Windows, where nobody can remove a file that is open
    fcntl = None  # type: ignore[assignment]

_PART = ".indicator-extract.{}.{}.part"
_LOCK = ".indicator-extract.{}.lock"
_FULL = {errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC}
_ANYBODY = 0o222  # may write


@contextmanager
def open_target(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file `path` when the block ends without an error.

    On any failure the old file stays as it was, on a power cut too: the bytes are on the disk before the name is. What
    killed runs have left is removed. A device or a named pipe is written to directly, and a symbolic link keeps
    pointing where it does.

    Raises:
        WriteError: the folder is missing, is not writable or is full, or `path` is a folder or read-only.
    """
    with named(path):
        _refuse(path)
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        target = path.resolve()
        _remove_leftovers(target)
        with _new_part(target) as part:
            with part.open("wb") as stream:
                yield stream
                if not stream.closed:
                    _sync(stream)
            if target.exists():
                shutil.copymode(target, part)
            os.replace(part, target)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keeps other runs from changing a database while the block lasts. Raises WriteError where another one is at it."""
    with named(path):
        _refuse(path)
        target = path.resolve()
        lock = target.with_name(_LOCK.format(_mark(target)))
        lock.touch()
        with _held(lock, without_locks=True) as mine:
            if not mine:
                raise WriteError(str(path), "another run is writing it", "wait for its end")
            try:
                yield
            finally:
                _remove(lock)


def _sync(stream: BinaryIO) -> None:
    """Puts what was written onto the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def _refuse(path: Path) -> None:
    """Raises WriteError for what could be replaced, but should not be."""
    if path.is_dir():
        raise WriteError(str(path), "is a folder", "name a file in it")
    if path.is_file() and not path.stat().st_mode & _ANYBODY:
        raise WriteError(str(path), "is read-only", "make it writable, or choose another name")


@contextmanager
def _new_part(target: Path) -> Iterator[Path]:
    """A hidden file beside the target, held for the block; removed if it is still there at its end."""
    while True:
        part = target.with_name(_PART.format(_mark(target), secrets.token_hex(4)))
        part.touch(exist_ok=False)
        with _held(part, without_locks=True) as mine:
            if mine:  # else another run has taken it for a leftover
                try:
                    yield part
                finally:
                    _remove(part)
                return


def _remove_leftovers(target: Path) -> None:
    """Removes the hidden files of runs that were killed as they wrote this target."""
    for part in target.parent.glob(_PART.format(_mark(target), "*")):
        with suppress(OSError), _held(part, without_locks=False) as mine:
            if mine:
                _remove(part)


@contextmanager
def _held(path: Path, *, without_locks: bool) -> Iterator[bool]:
    """Locks a file for the block; gives whether nobody else has it and it is still there.

    `without_locks` is the answer where the disk knows no locks. On Windows a file that is open cannot be removed.
    """
    if fcntl is None:
        yield True
        return
    try:
        stream = path.open("rb")
    except FileNotFoundError:  # another run has removed it since it was seen or made
        if not path.parent.is_dir():
            raise
        yield False
        return
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.fstat(stream.fileno()).st_nlink > 0
        except OSError as error:
            mine = without_locks and not isinstance(error, BlockingIOError)
        yield mine


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


class Numbered:
    """Files that belong to a target and lie beside it: page-1.html, page-2.html … beside page.html."""

    def __init__(self, target: Path, targets: ExitStack, taken: Iterable[str]) -> None:
        """They appear when `targets` ends well, and only then. Those in `taken` are never written over."""
        self._target, self._targets = target, targets
        self._taken = {os.path.realpath(path) for path in taken}

    def name(self, number: int) -> str:
        """The name of the file of this number, counted from 1."""
        return f"{self._target.stem}-{number}{self._target.suffix}"

    def put(self, number: int, data: bytes) -> None:
        """Writes a file. Raises WriteError where that cannot be done."""
        path = self._target.with_name(self.name(number))
        if os.path.realpath(path) in self._taken:
            raise WriteError(str(path), "is an input, and a page would take its place", "choose another name with -o")
        stream = self._targets.enter_context(open_target(path))
        stream.write(data)
        _sync(stream)
        stream.close()  # there may be more pages than files that can be open


def _mark(target: Path) -> str:
    """What tells the hidden files of one target from those of another; a name might be too long with more in it."""
    return f"{crc32(os.fsencode(target.name)):08x}"


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Turns an operating system's error into one that names the target."""
    try:
        yield
    except BrokenPipeError:
        raise
    except FileNotFoundError:
        raise WriteError(str(path), "its folder does not exist", f"create {path.parent} first") from None
    except PermissionError:
        raise WriteError(str(path), "no permission to write there", "choose another folder with -o") from None
    except OSError as error:
        full = "free some space there and in the folder for temporary files, or " if error.errno in _FULL else ""
        remedy = f"{full}choose another place with -o"
        raise WriteError(str(path), f"cannot be written ({error.strerror or error})", remedy) from None
