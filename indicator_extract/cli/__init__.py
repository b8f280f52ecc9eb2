"""The only room that talks to a person: the `extract` and `indicator-extract` commands.

Here stand the entry points and nothing heavy: `--version` is answered before a library is imported.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper

from indicator_extract import __version__


def extract_main() -> None:
    """The `extract` command: the main job."""

    def work() -> None:
        from indicator_extract.cli.commands import extract_app

        extract_app(prog_name="extract")

    _run(work)


def main() -> None:
    """The `indicator-extract` command: the main job and all the others."""

    def work() -> None:
        from indicator_extract.cli.commands import app

        app(prog_name="indicator-extract")

    _run(work)


def _run(work: Callable[[], None]) -> None:
    """Does a command's work, or answers `--version`. A full standard output is one line for help and version too."""
    _open_streams()
    asked = sys.argv[1:2] == ["--version"]
    if not asked:
        _start_quickly()
    _write_utf8()
    try:
        (print_version if asked else work)()
        sys.stdout.flush()
    except OSError as error:
        from indicator_extract.cli.terminal import output_failed

        sys.exit(output_failed(error))


def _open_streams() -> None:
    """Standard streams that are closed (`>&-`) are opened on nothing: else the first file opened would be one of them.

    What is written to such an output fails, and so is told; messages to nobody are lost.
    """
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        while (number := os.open(os.devnull, os.O_RDONLY)) <= 2:  # the lowest number that is free
            os.set_inheritable(number, True)
        os.close(number)
        sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _start_quickly() -> None:
    """What makes a process of its own start sooner, and would be rude of a library."""
    gc.set_threshold(200_000, 20, 20)  # loading makes much that stays, and next to nothing goes in circles
    atexit.register(_leave_quickly)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it looks through every installed package


def _write_utf8() -> None:
    """What is printed is UTF-8, as what is written to files is: the same bytes in every locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _leave_quickly() -> None:
    """No search for garbage on the way out, unless DuckDB is there: it counts what is left and complains at length."""
    if "duckdb" not in sys.modules:
        gc.freeze()


def print_version() -> None:
    """One line with the name of the package and its version."""
    print(f"indicator-extract {__version__}")
