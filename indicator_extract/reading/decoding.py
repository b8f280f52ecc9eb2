"""Bytes → text, strictly: a byte that does not fit is an error, never a replacement character.

Order: the encoding the user names; a byte order mark; UTF-8; UTF-16 without a mark; then GB18030 (which contains GBK
and GB2312, and in which most older Chinese files are written) or Big5, whichever gives the commoner characters.
Everything after UTF-8 is a guess and always leaves a note.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.reading.limits import size
from indicator_extract.reading.options import DEFAULTS, Options

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
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030", "big5hkscs": "Big5"}
_SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "utf8": "utf-8"}

# Lead bytes of the rows in which each encoding keeps its common characters and its punctuation marks.
_COMMON = {
    "gb18030": re.compile(rb"[\xa1\xa3\xb0-\xd7][\xa1-\xfe]"),
    "big5hkscs": re.compile(rb"[\xa1-\xa3\xa4-\xc6][\x40-\x7e\xa1-\xfe]"),
}
_PAIRS = {
    "gb18030": re.compile(rb"[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39])"),
    "big5hkscs": re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]"),
}
_SAMPLE = 200_000  # bytes that are enough to tell two encodings apart
_CLEAR = 0.1  # the share of common characters by which one encoding must win
_UTF16_HINT = 0.3  # share of two-byte units that are common in Chinese UTF-16: Han, ASCII, punctuation


class Decoded(NamedTuple):
    """Text without byte order mark, newlines as `\\n`, and what a reader should know about it."""

    text: str
    notes: tuple[str, ...]
    how: str  # the encoding and how it was found
    codec: str  # its name in Python


def decode(source: str, data: bytes, options: Options = DEFAULTS) -> Decoded:
    """Decode one text; `source` is used in messages only.

    Raises:
        ReadError: `data` is empty, too large, binary, or not text in a supported encoding.
    """
    if not data:
        raise ReadError(source, "empty file", "give a file that holds text")
    limits = options.limits
    if len(data) > limits.text:
        raise limits.error(source, "text", f"a text of more than {size(limits.text)}", "split it")
    found = _named(source, data, options.encoding) if options.encoding else _strict(source, data)
    text = found.text
    if "\0" in text or len(_CONTROL.findall(text)) > _STRAY_CONTROLS * len(text):
        raise ReadError(source, "binary data, not text", _SAVE_AS_UTF8)
    text = _NEWLINES.sub("\n", text)
    if not text.strip():
        raise ReadError(source, "blank file", "give a file that holds text")
    return found._replace(text=text)


def _named(source: str, data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(_SUPERSETS.get(name, name))
    except LookupError:
        raise ReadError(source, f"there is no encoding `{encoding}`", "try utf-8, gb18030, big5 or utf-16") from None
    except UnicodeDecodeError as error:
        problem = f"not {encoding}: byte 0x{data[error.start]:02X} at {error.start} does not fit"
        raise ReadError(source, problem, "name another encoding, or none to have it found") from None
    except UnicodeError as error:
        raise ReadError(source, f"not {encoding}: {error}", "name another encoding") from None
    return Decoded(text.removeprefix("\ufeff"), (), f"{encoding}, as asked for", _SUPERSETS.get(name, name))


def _strict(source: str, data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(source, data[len(mark) :], encoding)
    where = f"a zero byte at {data.find(0)}"
    if 0 not in data:
        try:
            return Decoded(data.decode("utf-8"), (), "UTF-8", "utf-8")
        except UnicodeDecodeError as not_utf8:
            where = f"byte 0x{data[not_utf8.start]:02X} at {not_utf8.start}"
    guess = _guess(data)
    if not guess and 0 in data:
        raise ReadError(source, "binary data, not text", _SAVE_AS_UTF8)
    if not guess:
        raise ReadError(source, f"neither UTF-8 nor GB18030, Big5 or UTF-16 text ({where})", _SAVE_AS_UTF8)
    name = _NAMES[guess[0]]
    tried = "".join(f", {_NAMES[other]} fits as well" for other in guess[1:])
    note = f"not UTF-8, read as {name}{tried}; check a few words, or name the encoding with --encoding"
    how = f"{name}, a guess (UTF-8 fails: {where}{tried})"
    return Decoded(data.decode(guess[0]), (note,), how, guess[0])


def _marked(source: str, data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), (), f"{_NAMES[encoding]}, by its byte order mark", encoding)
    except UnicodeDecodeError as error:
        problem = f"its byte order mark says {encoding.upper()}, but byte {error.start} does not fit"
        raise ReadError(source, problem, _SAVE_AS_UTF8) from None


def _guess(data: bytes) -> list[str]:
    """The encodings that fit, the likeliest first; those that clearly lose are left out."""
    if 0 in data:
        return [encoding for encoding in ("utf-16-le", "utf-16-be") if _is_utf16(data, encoding)]
    shares = {encoding: _common_share(data, encoding) for encoding in _COMMON if _fits(data, encoding)}
    # A tie goes to GB18030, in which nearly all such files are.
    ranked = sorted(shares, key=lambda encoding: (-shares[encoding], encoding == "big5hkscs"))
    if len(ranked) > 1 and shares[ranked[0]] - shares[ranked[1]] < _CLEAR:
        return sorted(ranked, key=lambda encoding: encoding == "big5hkscs")
    return ranked[:1]


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _common_share(data: bytes, encoding: str) -> float:
    """Share of the two-byte characters that stand in the rows of common ones."""
    pairs = _PAIRS[encoding].findall(data[:_SAMPLE])
    return sum(1 for pair in pairs if _COMMON[encoding].fullmatch(pair)) / len(pairs) if pairs else 0.0


def _is_utf16(data: bytes, encoding: str) -> bool:
    """Whether the bytes are UTF-16 without a mark: even in number, ASCII with a zero byte among Han characters."""
    if len(data) % 2:
        return False
    sample = data[:_SAMPLE]
    high = sample[1::2] if encoding == "utf-16-le" else sample[0::2]
    zeros, low_zeros = high.count(0), len(sample) // 2 and (sample.count(0) - high.count(0))
    if not zeros or low_zeros > zeros // 4:
        return False
    han = sum(1 for byte in high if 0x4E <= byte <= 0x9F or byte in (0x00, 0x30, 0xFF))
    return han > _UTF16_HINT * len(high) and _fits(data, encoding)
