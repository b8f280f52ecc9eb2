"""Talking to a person on standard error, and leaving with the right exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn, TypeVar

import typer

from indicator_extract.errors import ChoiceError, IndicatorExtractError
from indicator_extract.printable import printable

T = TypeVar("T")
INTERRUPTED = 130  # what a shell expects after Ctrl-C


def say(message: str) -> None:
    """One line on standard error, safe to show whatever names and texts it quotes."""
    print(printable(message), file=sys.stderr)


def finish(work: Callable[[], int]) -> NoReturn:
    """Does a command's work and leaves with the exit status it gives.

    An error this package raises becomes one line and status 1, or 2 where the user asked for what does not exist. A
    reader that closed the pipe (`| head`) has what it
    wanted: that is silent and status 0.
    """
    try:
        status = work()
        sys.stdout.flush()
    except ChoiceError as error:
        raise typer.BadParameter(printable(str(error)), param_hint=error.option) from None
    except IndicatorExtractError as error:
        say(f"error: {error}")
        status = 1
    except BrokenPipeError:
        # Python flushes standard output once more on exit; this gives it a place where that succeeds.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        say("interrupted")
        status = INTERRUPTED
    raise typer.Exit(status)


def with_bar(items: Iterable[T], total: int) -> Iterable[T]:
    """Passes `items` on and shows a progress bar on standard error meanwhile."""
    from rich.console import Console
    from rich.progress import track

    return track(items, total=total, description="reading", console=Console(stderr=True), transient=True)
