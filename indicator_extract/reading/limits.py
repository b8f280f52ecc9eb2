"""What an input may cost. Each limit is named in the message of the input that breaks it."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MAX_FILE = 100 * MEGABYTE
"""Bytes of one file or of standard input."""

MAX_TEXT = 32 * MEGABYTE
"""Bytes of one text: a yearbook of a thousand pages has five million."""

LONG = 4 * MEGABYTE
"""Bytes beyond which a file of rows (CSV, TSV, JSON Lines) is read row by row: such a file may have any size."""

MAX_UNPACKED = 256 * MEGABYTE
"""Bytes of all members of one archive or Office file, as they come out of it."""

MAX_MEMBERS = 10_000
"""Files in one archive."""

MAX_RATIO = 200
"""How many times larger a member may be than its packed form; text packs ten times at most."""

RATIO_FREE = MEGABYTE
"""A member up to this size may pack as well as it likes: a small file of blanks is no attack."""

MAX_PAGES = 5_000
"""Pages of one PDF file."""

MAX_CELLS = 2_000_000
"""Cells of one workbook or table, empty ones of merged ranges among them."""


def size(count: int) -> str:
    """A number of bytes for a message: `100 MB`."""
    return f"{count // MEGABYTE} MB"
