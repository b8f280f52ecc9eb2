"""ZIP archives: their members one by one, within limits; and the guard for Office files, which are ZIP archives too."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.reading.limits import MAX_FILE, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FREE, size

_UTF8_NAME = 0x800  # the flag that a member's name is UTF-8
_ENCRYPTED = 0x1
_HIDDEN = ("__MACOSX/",)


class Member(NamedTuple):
    """One file of an archive."""

    name: str  # archive/member
    data: bytes


def members(source: str, data: bytes) -> Iterator[Member | ReadError]:
    """The files of an archive in the order of their names; one that cannot be unpacked is yielded as its error.

    Folders, hidden files and the resource forks of macOS are left out.

    Raises:
        ReadError: the archive is damaged, empty, or breaks a limit as a whole.
    """
    with _opened(source, data) as archive:
        _check(source, archive)
        files = sorted((_name(info), info) for info in archive.infolist() if not info.is_dir())
        wanted = [(name, info) for name, info in files if not _hidden(name)]
        if not wanted:
            raise ReadError(source, "no file in this archive", "give one that holds reports")
        for name, info in wanted:
            yield _unpacked(f"{source}/{name}", archive, info)


def guard(source: str, data: bytes) -> None:
    """Checks the sizes that an Office file states before a library unpacks it. Raises ReadError."""
    with _opened(source, data) as archive:
        _check(source, archive)
        for info in archive.infolist():
            if info.flag_bits & _ENCRYPTED:
                raise ReadError(source, "an Office file with a password", "save it without a password")


def _opened(source: str, data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadError(source, f"damaged or cut off ({error})", "fetch it again") from None


def _check(source: str, archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise ReadError(source, f"more than {MAX_MEMBERS:,} files in one archive", "split it")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ReadError(source, f"unpacks to more than {size(MAX_UNPACKED)}", "split it")
    for info in infos:
        if info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            problem = f"a member unpacks to more than {MAX_RATIO} times its packed size"
            raise ReadError(source, problem, "unpack it yourself if you trust it")


def _unpacked(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member | ReadError:
    """The bytes of a member. The size it states may be a lie, so no more than that is ever unpacked."""
    if info.flag_bits & _ENCRYPTED:
        return ReadError(name, "needs a password", "unpack it first")
    if info.file_size > MAX_FILE:
        return ReadError(name, f"larger than {size(MAX_FILE)}", "split it")
    try:
        with archive.open(info) as file:
            data = file.read(info.file_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        return ReadError(name, f"cannot be unpacked ({error})", "fetch the archive again")
    return Member(name, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; older programs in China write it in GBK, which zipfile takes for the code page 437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _hidden(name: str) -> bool:
    return name.startswith(_HIDDEN) or any(part.startswith(".") for part in name.split("/"))
