"""What a file is, by its bytes: a suffix may lie (a web page saved as .doc), the first bytes do not."""

from __future__ import annotations

import re

from indicator_extract.errors import ReadError
from indicator_extract.reading import archive
from indicator_extract.reading.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?>(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|div|p|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096  # bytes in which a web page says that it is one
_WIDE = "ENCRYPTEDPACKAGE"  # the stream of an Office file with a password, as the directory of the container names it
_CONVERT = "open it in Word, WPS or LibreOffice and save it as {}"

_REFUSED: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"\{\\rtf"), "an RTF file is not supported", _CONVERT.format("docx")),
    (
        re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh[1-9]|\xfd7zXZ\0|\x28\xb5\x2f\xfd"),
        "a packed file other than ZIP is not supported",
        "unpack it first",
    ),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP", re.DOTALL),
        "a picture",
        "read its text first (OCR)",
    ),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml"),
        "an XML file is not supported",
        "save its text as a .txt file in UTF-8",
    ),
)


def format_by_content(source: str, data: bytes, limits: Limits) -> str:
    """The name of a format that its bytes give away (`pdf`, `docx`, `xlsx`, `zip`, `html`), else an empty string.

    Raises:
        ReadError: the file is of a kind that is not read, with what to do instead, or an archive of too many files.
    """
    head = data[:_HEAD]
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(source, data, limits)
    if re.match(rb"\s{0,100}%PDF-", head):
        return "pdf"
    if data.startswith(_OLE):
        raise _legacy(source, data)
    if _HTML.match(head):
        return "html"
    for signature, problem, remedy in _REFUSED:
        if signature.match(head):
            raise ReadError(source, problem, remedy)
    return ""


def _packed(source: str, data: bytes, limits: Limits) -> str:
    """What a ZIP container holds: a Word or Excel file, or files of their own."""
    with archive.opened(source, data, limits) as packed:
        names = set(packed.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names or "content.xml" in names or "ppt/presentation.xml" in names:
        raise ReadError(source, "an Office file of another kind", _CONVERT.format("docx or xlsx"))
    if "[Content_Types].xml" in names:
        raise ReadError(source, "a damaged Office file: its main part is missing", "fetch it again")
    return "zip"


def _legacy(source: str, data: bytes) -> ReadError:
    """An error for the old container of Office and WPS files, and of newer ones with a password."""
    upper = data.upper()
    if _WIDE.encode("utf-16-le") in upper:
        return ReadError(source, "an Office file with a password", "save it without a password")
    sheets = any(name.encode("utf-16-le") in upper for name in ("WORKBOOK", "\x00BOOK\x00"))
    kind = "an old Excel file (.xls, .et)" if sheets else "an old Word or WPS file (.doc, .wps)"
    return ReadError(source, f"{kind} is not supported", _CONVERT.format("xlsx" if sheets else "docx"))
