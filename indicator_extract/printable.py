"""Text made safe for a terminal: nothing in it moves the cursor, colours the screen or turns its direction."""

from __future__ import annotations


def printable(text: str) -> str:
    """`text` on one line: white space as a blank, control and bidirectional characters as U+FFFD."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
