"""Text made safe for a terminal: nothing in it moves the cursor, colours the screen or turns its direction."""

from __future__ import annotations

import re

# Controls but tab and line feed, format characters that turn or hide text, line separators, tags.
_ACTIVE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"
    "\\U000e0000-\\U000e007f]"
)


def printable(text: str) -> str:
    """`text` on one line: white space as a blank, control and bidirectional characters as U+FFFD."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def harmless(text: str) -> str:
    """`text` with its lines and blanks as they are, control and bidirectional characters as U+FFFD."""
    return text if text.isascii() and text.isprintable() else _ACTIVE.sub("\N{REPLACEMENT CHARACTER}", text)
