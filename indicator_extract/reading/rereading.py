"""A text that can be read several times, from memory or, where it is too long for that, from the disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from indicator_extract.errors import ReadError
from indicator_extract.reading.decoding import Decoded, decode
from indicator_extract.reading.limits import Limits, size
from indicator_extract.reading.options import Options

HEAD = 1024 * 1024
"""Bytes from which the encoding of a long file is known."""


class Text(NamedTuple):
    """A text and what a reader should know about it."""

    source: str
    opened: Callable[[], TextIO]  # the text from its beginning, line ends as they are
    notes: tuple[str, ...]
    how: str  # the encoding and how it was found
    limits: Limits

    def lines(self) -> Generator[str, None, None]:
        """The lines with their ends. Raises ReadError where one is longer than a text may be."""
        with self.opened() as stream:
            longest = self.limits.text
            while line := stream.readline(longest):
                if len(line) == longest:
                    problem = f"a line of more than {size(longest)}"
                    raise self.limits.error(self.source, "text", problem, "give one report a row")
                yield line


def in_memory(source: str, decoded: Decoded, options: Options) -> Text:
    """A text that is decoded as a whole."""
    return Text(source, lambda: io.StringIO(decoded.text, newline=""), decoded.notes, decoded.how, options.limits)


def on_disk(source: str, path: Path, options: Options) -> Text:
    """A text of which no more than a line is in memory; its encoding is that of its first lines.

    Raises:
        ReadError: the first lines are no text.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    end = head.rfind(b"\n") + 1 or len(head)
    decoded = decode(source, head[: end + (end % 2 if b"\0" in head else 0)], options)  # UTF-16 has pairs of bytes

    def opened() -> TextIO:
        stream = path.open(encoding=decoded.codec, newline="")
        if stream.read(1) != "\ufeff":
            stream.seek(0)
        return stream

    return Text(source, opened, decoded.notes, decoded.how, options.limits)


@contextmanager
def telling(source: str) -> Iterator[None]:
    """Turns what goes wrong on the way through a file into a ReadError."""
    try:
        yield
    except UnicodeDecodeError as error:
        problem = f"its beginning is {error.encoding}, but byte 0x{error.object[error.start]:02X} further on is not"
        raise ReadError(source, problem, "name its encoding with --encoding") from None
    except OSError as error:
        raise ReadError(source, f"cannot be read ({error.strerror or error})", "check the path") from None
