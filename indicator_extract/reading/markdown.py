"""Markdown: its words without the marks of headings, emphasis and links; its tables as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indicator_extract.model import Document
from indicator_extract.reading.assembly import Assembly, Piece
from indicator_extract.reading.decoding import decode
from indicator_extract.reading.options import DEFAULTS, Options

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAKS = frozenset({"softbreak", "hardbreak"})
_WORDS = frozenset({"text", "code_inline", "text_special"})


def documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """The one document of a Markdown file.

    Raises:
        ReadError: the bytes are not text.
    """
    from markdown_it import MarkdownIt  # rich, which is always installed, brings it

    text, notes, how = decode(source, data, options)
    # A paragraph may be indented by four blanks here, as in any Chinese text; HTML stays as it is written.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "html_inline"])
    assembly = Assembly()
    _blocks(parser.parse(text), assembly)
    yield assembly.document(source, notes=notes, how=f"Markdown, {how}")


def _blocks(tokens: Sequence[Token], assembly: Assembly) -> None:
    """Adds each block of words and each table."""
    number = ""
    pieces: list[Piece] | None = None
    row = col = 0
    for token in tokens:
        if token.type == "table_open":
            pieces, row = [], -1
        elif token.type == "table_close":
            assembly.table(pieces or [])
            pieces = None
        elif token.type == "tr_open":
            row, col = row + 1, 0
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline" and pieces is not None:
            pieces.append(Piece(_words(token), row, col))
            col += 1
        elif token.type in ("inline", "fence", "code_block"):
            assembly.line(number + (_words(token) if token.type == "inline" else token.content.rstrip("\n")))
            number = ""


def _words(token: Token) -> str:
    """The words of a run of inline text, pictures left out."""
    parts = []
    for child in token.children or ():
        if child.type in _BREAKS:
            parts.append("\n")
        elif child.type in _WORDS:
            parts.append(child.content)
    return "".join(parts)
