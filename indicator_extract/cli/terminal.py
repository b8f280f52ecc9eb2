"""Talking to a person on standard error, and leaving with the right exit status."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, NoReturn, cast

import typer

from indicator_extract.errors import ChoiceError, IndicatorExtractError
from indicator_extract.printable import harmless, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from indicator_extract.batch.shelf import Step

_WIDTH_OF_A_FILE = 160  # columns, where no terminal says how wide it is

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def say(message: str) -> None:
    """One line on standard error, safe to show whatever names and texts it quotes."""
    print(printable(message), file=sys.stderr)


def rich_lines(parts: Iterable[RenderableType]) -> list[bytes]:
    """The lines of titles and tables for standard output, at the width of the terminal if there is one."""
    from rich.console import Console

    on_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else _WIDTH_OF_A_FILE
    page = io.StringIO()
    console = Console(file=page, width=width, force_terminal=on_terminal, highlight=False, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return [f"{line.rstrip()}\n".encode() for line in page.getvalue().splitlines()]


def refused(error: ChoiceError) -> typer.BadParameter:
    """The error as wrong usage of its option."""
    return typer.BadParameter(printable(str(error)), param_hint=error.option)


def finish(work: Callable[[], int]) -> NoReturn:
    """Does a command's work and leaves with the exit status it gives.

    An error this package raises becomes one line and status 1, or 2 where the user asked for what does not exist; so
    does standard output that is full or closed. A reader that closed the pipe (`| head`) has what it wanted: that is
    silent and status 0.
    """
    try:
        status = work()
        sys.stdout.flush()
    except ChoiceError as error:
        raise refused(error) from None
    except IndicatorExtractError as error:
        say(f"error: {error}")
        status = 1
    except OSError as error:
        status = output_failed(error)
    except KeyboardInterrupt:
        say("interrupted")
        status = INTERRUPTED
    raise typer.Exit(status)


def output_failed(error: OSError) -> int:
    """Exit status where standard output cannot be written, told in one line; 0 and silence where its reader left.

    Raises the error of a file again: that is a defect, since each has an error of its own.
    """
    if error.filename is not None:
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # on exit Python flushes once more: now it can
    if isinstance(error, BrokenPipeError):
        return 0
    say(f"error: standard output cannot be written ({error.strerror or error}); write to a file with -o")
    return 1


def standard_output() -> BinaryIO:
    """Where data goes without -o: as it is into a pipe or a file, and harmless on a terminal."""
    return cast(BinaryIO, _Screen(sys.stdout.buffer)) if sys.stdout.isatty() else sys.stdout.buffer


class _Screen:
    """A terminal on which nothing that is written moves the cursor or turns the direction of text."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: bytes) -> int:
        self._out.write(harmless(self._decoder.decode(data)).encode())
        return len(data)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.write(piece)

    def flush(self) -> None:
        self._out.flush()


def with_bar(steps: Iterable[Step], sizes: Sequence[int]) -> Iterator[Step]:
    """Passes the steps of a batch on and shows meanwhile on standard error how far it is, how fast and how long still.

    `sizes` are the bytes of the inputs: those of a large one are counted as its texts come.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    files = TextColumn(f"{{task.fields[files]:,}} of {len(sizes):,} files")
    columns = (TextColumn("reading"), BarColumn(), files, TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=max(sum(sizes), 1), files=0)
        before = within = 0
        for step in steps:
            if step.part is None:
                before, within = before + sizes[step.turn], 0
            else:
                within = min(within + step.part.size, sizes[step.turn])
            progress.update(task, completed=before + within, files=step.turn + (step.part is None))
            yield step
