"""Bytes → text, strictly: a byte that does not fit is an error, never a replacement character.

Order: a byte order mark decides; else UTF-8; else GB18030, which contains GBK and GB2312 and in which most older
Chinese files are written. GB18030 accepts many byte sequences that mean something else, so it always leaves a note.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from indicator_extract.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_STRAY_CONTROLS = 0.01  # scraped text holds a stray one now and then; a binary file is full of them
_NEWLINES = re.compile(r"\r\n?")
_SAVE_AS_UTF8 = "save it as UTF-8 text and try again"


class Decoded(NamedTuple):
    """Text without byte order mark, newlines as `\\n`, and what a reader should know about it."""

    text: str
    notes: tuple[str, ...]


def decode(source: str, data: bytes) -> Decoded:
    """Decode one text; `source` is used in messages only.

    Raises:
        ReadError: `data` is empty, binary, or not text in a supported encoding.
    """
    if not data:
        raise ReadError(source, "empty file", "give a file that holds text")
    text, notes = _strict(source, data)
    if "\0" in text or len(_CONTROL.findall(text)) > _STRAY_CONTROLS * len(text):
        raise ReadError(source, "binary data, not text", _SAVE_AS_UTF8)
    text = _NEWLINES.sub("\n", text)
    if not text.strip():
        raise ReadError(source, "blank file", "give a file that holds text")
    return Decoded(text, notes)


def _strict(source: str, data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(source, data[len(mark) :], encoding)
    try:
        return Decoded(data.decode("utf-8"), ())
    except UnicodeDecodeError as not_utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            where = f"byte 0x{data[not_utf8.start]:02X} at {not_utf8.start}"
            raise ReadError(source, f"neither UTF-8 nor GB18030 text ({where})", _SAVE_AS_UTF8) from None
        return Decoded(text, ("not UTF-8, read as GB18030; check a few words if the file is not GBK or GB2312",))


def _marked(source: str, data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), ())
    except UnicodeDecodeError as error:
        problem = f"its byte order mark says {encoding.upper()}, but byte {error.start} does not fit"
        raise ReadError(source, problem, _SAVE_AS_UTF8) from None
