"""Formats that are recognised by their first bytes and not read, so that the message can say what to do instead."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"%PDF-"), "a PDF file"),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive or an Office file (docx, xlsx)"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Office file (doc, xls)"),
    (re.compile(rb"\{\\rtf"), "an RTF file"),
    (re.compile(rb"\x1f\x8b"), "a gzip file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a"), "a picture"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE), "a web page or XML file"),
)


def name_of_format(data: bytes) -> str:
    """What the bytes are, in words (`a PDF file`); empty where nothing is recognised."""
    return next((name for signature, name in _SIGNATURES if signature.match(data)), "")
