"""Where an output goes: a file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from indicator_extract.errors import WriteError

_PART = ".indicator-extract.{}.{}.part"


@contextmanager
def open_target(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file `path` when the block ends without an error.

    They are written to a hidden file beside it, which is then renamed: on any failure the old file stays as it was.
    A device or a named pipe is written to directly, and a symbolic link keeps pointing where it does.

    Raises:
        WriteError: the folder is missing, is not writable or is full, or `path` is a folder.
    """
    with named(path):
        if path.is_dir():
            raise WriteError(str(path), "is a folder", "name a file in it")
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        target = path.resolve()
        part = target.with_name(_PART.format(_mark(target), secrets.token_hex(4)))
        try:
            with part.open("xb") as stream:
                yield stream
            if target.exists():
                shutil.copymode(target, part)
            os.replace(part, target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise


def remove_leftovers(path: Path) -> None:
    """Removes the hidden files of runs that were killed as they wrote this target. No run may be writing it now."""
    target = path.resolve()
    for part in target.parent.glob(_PART.format(_mark(target), "*")):
        with suppress(OSError):
            part.unlink()


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
        raise WriteError(str(path), f"cannot be written ({error.strerror})", "choose another place with -o") from None
