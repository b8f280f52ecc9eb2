"""Markdown: its words without the marks of headings, emphasis and links; its tables as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from indicator_extract.errors import ReadError
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
        ReadError: the bytes are not text, or a table is too large.
    """
    from markdown_it import MarkdownIt  # rich, which is always installed, brings it

    text, notes, how, _ = decode(source, data, options)
    # A paragraph may be indented by four blanks here, as in any Chinese text; HTML stays as it is written.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "html_inline"])
    blocks = _Blocks(Assembly(source, options.limits))
    for token in parser.parse(text):
        blocks.add(token)
    if blocks.assembly.empty:
        raise ReadError(source, "no text in this Markdown file", "save it as .txt")
    yield blocks.assembly.document(notes=notes, how=f"Markdown, {how}")


class _Blocks:
    """Puts blocks of words and tables together from the tokens of a parser."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self._number = ""  # of the list item that is to come
        self._pieces: list[Piece] | None = None  # of the table that is open
        self._row = self._col = 0

    def add(self, token: Token) -> None:
        """Adds a token, the next in order."""
        if token.type == "list_item_open":
            self._number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in ("inline", "fence", "code_block") and self._pieces is None:
            words = _words(token) if token.type == "inline" else token.content.rstrip("\n")
            self.assembly.line(self._number + words)
            self._number = ""
        else:
            self._add_to_table(token)

    def _add_to_table(self, token: Token) -> None:
        if token.type == "table_open":
            self._pieces, self._row = [], -1
        elif token.type == "tr_open":
            self._row, self._col = self._row + 1, 0
        elif token.type == "inline" and self._pieces is not None:
            self._pieces.append(Piece(_words(token), self._row, self._col))
            self._col += 1
        elif token.type == "table_close":
            self.assembly.table(self._pieces or [])
            self._pieces = None


def _words(token: Token) -> str:
    """The words of a run of inline text, pictures left out."""
    parts = []
    for child in token.children or ():
        if child.type in _BREAKS:
            parts.append("\n")
        elif child.type in _WORDS:
            parts.append(child.content)
    return "".join(parts)
