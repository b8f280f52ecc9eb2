"""ZIP archives: their members one by one, within limits; and the guard for Office files, which are ZIP archives too.

Nothing is ever unpacked to a disk, so a member's name leads nowhere; it is made harmless all the same, since it stands
in records (`source`) and on screens.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.printable import printable
from indicator_extract.reading.limits import RATIO_FREE, Limits, size

_UTF8_NAME = 0x800  # the flag that a member's name is UTF-8
_ENCRYPTED = 0x1
_HIDDEN = ("__MACOSX/",)
_ENTRY = b"PK\x01\x02"  # begins each entry of the directory
_END = b"PK\x05\x06"  # begins what ends the directory
_END_LENGTH = 22
_LOCATOR = b"PK\x06\x07"  # 20 bytes before that, where the directory is in the larger form (ZIP64)
_DRIVE = re.compile(r"[A-Za-z]:")
_ZIP = "damaged or cut-off ZIP, Word or Excel file"


class Member(NamedTuple):
    """One file of an archive."""

    name: str  # archive/member
    data: bytes


def members(source: str, data: bytes, limits: Limits) -> Iterator[Member | ReadError]:
    """The files of an archive in the order of their names; one that cannot be unpacked is yielded as its error.

    Folders, hidden files and the resource forks of macOS are left out.

    Raises:
        ReadError: the archive is damaged, empty, or breaks a limit as a whole.
    """
    with opened(source, data, limits) as archive:
        _check(source, archive, len(data), limits)
        files = [(_name(info), info) for info in archive.infolist() if not info.filename.endswith("/")]
        wanted = sorted((file for file in files if not _hidden(file[0])), key=lambda file: file[0])
        if not wanted:
            raise ReadError(source, "no file in this archive", "give one that holds reports")
        met = Counter[str]()
        for name, info in wanted:
            met[name] += 1
            yield _unpacked(f"{source}/{_numbered(name, met[name])}", archive, info, limits)


def guard(source: str, data: bytes, limits: Limits) -> None:
    """Checks the sizes that an Office file states before a library unpacks it. Raises ReadError."""
    with opened(source, data, limits) as archive:
        _check(source, archive, len(data), limits)
        for info in archive.infolist():
            if info.flag_bits & _ENCRYPTED:
                raise ReadError(source, "an Office file with a password", "save it without a password")


def opened(source: str, data: bytes, limits: Limits) -> zipfile.ZipFile:
    """An archive with its directory read. Raises ReadError where it is damaged or has too many members."""
    if _entries(data) > limits.members:  # before the directory takes a hundred times its size in memory
        raise limits.error(source, "members", f"more than {limits.members:,} files in one archive", "split it")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadError(source, f"a {_ZIP} ({printable(str(error))})", "fetch it again") from None


def _entries(data: bytes) -> int:
    """At least as many entries as the directory has: those in its bytes, in all bytes where they are not known."""
    end = len(data) - _END_LENGTH
    if not (data[end:].startswith(_END) and data.endswith(b"\0\0")):  # as zipfile looks for it
        end = data.rfind(_END)
    length = int.from_bytes(data[end + 12 : end + 16], "little")
    known = length <= end and data[max(0, end - 20) : max(0, end - 16)] != _LOCATOR
    return data.count(_ENTRY, end - length if known else 0)


def _check(source: str, archive: zipfile.ZipFile, length: int, limits: Limits) -> None:
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > limits.unpacked:
        problem = f"unpacks to more than {size(limits.unpacked)}"
        raise limits.error(source, "unpacked", problem, "split it")
    if sum(info.compress_size for info in infos) > length:
        raise ReadError(source, "its members overlap, as no honest archive's do", "do not trust it")
    for info in infos:
        if info.file_size > RATIO_FREE and info.file_size > limits.ratio * max(info.compress_size, 1):
            problem = f"a member unpacks to more than {limits.ratio} times its packed size"
            raise limits.error(source, "ratio", problem)


def _unpacked(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Member | ReadError:
    """The bytes of a member. The size it states may be a lie, so no more than that is ever unpacked."""
    if info.flag_bits & _ENCRYPTED:
        return ReadError(name, "needs a password", "unpack it first")
    if stat.S_ISLNK(info.external_attr >> 16):
        return ReadError(name, "a symbolic link, which is not followed", "put the file itself into the archive")
    if info.file_size > limits.file:
        return limits.error(name, "file", f"larger than {size(limits.file)}", "split it")
    try:
        with archive.open(info) as file:
            data = file.read(info.file_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        return ReadError(name, f"cannot be unpacked ({printable(str(error))})", "fetch the archive again")
    return Member(name, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member without what could lead out of the archive or disturb a screen."""
    parts = printable(_decoded(info)).replace("\\", "/").split("/")
    if _DRIVE.match(parts[0]):
        parts[0] = parts[0][2:]
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _decoded(info: zipfile.ZipInfo) -> str:
    """A name as text; older programs in China write it in GBK, which zipfile takes for the code page 437."""
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


def _numbered(name: str, turn: int) -> str:
    """A name that no other member has: `a.txt`, then `a (2).txt`."""
    path = PurePosixPath(name)
    return name if turn == 1 else str(path.with_name(f"{path.stem} ({turn}){path.suffix}"))


def _hidden(name: str) -> bool:
    return name.startswith(_HIDDEN) or any(part.startswith(".") for part in name.split("/"))
