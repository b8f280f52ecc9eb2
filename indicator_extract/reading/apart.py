"""Parsers that a hostile file can hurt, in a process of their own: what kills or hangs it costs one file.

The process (`child`) is started for the first file that needs it and serves all further ones; after a death it is
started anew. It is a plain `python -c`, and no worker of `multiprocessing`: that would import the user's main module
once more, and workers of a pool may have none.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from indicator_extract.errors import ReadError
from indicator_extract.model import Document
from indicator_extract.reading import FORMATS
from indicator_extract.reading.child import Question, asked, documents_of, read_answer, receive, send
from indicator_extract.reading.limits import Limits, size
from indicator_extract.reading.options import Options

PATIENCE = 5
"""How many times its processor time a parser may take by the clock: the machine may be busy."""

_DYING = 5  # seconds that a process which has closed its pipe may take to end
_RUN = "import sys; sys.path[:] = sys.argv[1:]; from indicator_extract.reading.child import main; main()"
# Its own group: Ctrl-C reaches the parent only.
_GROUP: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": 0x200}


def documents(kind: str, source: str, data: bytes, options: Options) -> Iterator[Document]:
    """The documents of one file, read as the format `kind`.

    Raises:
        ReadError: what the format raises; or its parser died, or took more time or memory than it may.
    """
    if not sys.executable or getattr(sys, "frozen", False):  # a program that is no Python cannot start one
        known = next(known for known in FORMATS if known.name == kind)
        yield from known.documents(source, data, options)
        return
    answer = _KEEPER.ask(Question(kind, source, options), data)
    if "error" in answer:
        raise ReadError(source, answer["error"])
    if "defect" in answer:
        raise ReadError(source, f"internal error ({answer['defect']})", "please report it")
    yield from documents_of(answer)


class _Keeper:
    """Has the process, if one is running, and gives it to one thread at a time."""

    def __init__(self) -> None:
        self._forget()
        atexit.register(self.end)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)  # the process is the parent's

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: Question, data: bytes) -> dict[str, Any]:
        """The answer to a question. Raises ReadError where the process dies of it or breaks a limit."""
        with self._lock:
            late = threading.Event()
            try:
                answer = self._answer(question, data, late)
            except (EOFError, OSError):
                raise _death(question, self.end(_DYING), late=late.is_set()) from None
            except BaseException:  # Ctrl-C, say: what it answers later is nobody's
                self.end()
                raise
            if "memory" in answer:
                self.end()
                raise _too_large(question)
            return answer

    def _answer(self, question: Question, data: bytes, late: threading.Event) -> dict[str, Any]:
        process = self._running(question.source)
        if process.stdin is None or process.stdout is None:
            raise EOFError

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(min(question.options.limits.time * PATIENCE, threading.TIMEOUT_MAX), stop)
        timer.daemon = True
        timer.start()
        try:
            send(process.stdin, asked(question))
            send(process.stdin, data)
            answer = read_answer(receive(process.stdout))
        finally:
            timer.cancel()
        return answer

    def _running(self, source: str) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-P", "-c", _RUN, *sys.path]
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            try:
                self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, **_GROUP)  # noqa: S603
            except OSError as error:
                problem = f"no process can be started to read it ({error.strerror})"
                raise ReadError(source, problem, "end other programs, and try again") from None
        return self._process

    def end(self, patience: float = 0) -> int:
        """Ends the process, if there is one and it does not so itself in so many seconds; gives its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                stream.close() if stream else None
        return process.wait()


_KEEPER = _Keeper()


def _death(question: Question, status: int, *, late: bool) -> ReadError:
    limits: Limits = question.options.limits
    if late or status == -getattr(signal, "SIGXCPU", 0):
        return limits.error(question.source, "time", f"its parser worked for more than {limits.time} seconds")
    cause = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    problem = (
        f"its parser died of it ({cause}); it is damaged, hostile, or needs more than {size(limits.memory)} of memory"
    )
    return limits.error(question.source, "memory", problem, "open and save it again")


def _too_large(question: Question) -> ReadError:
    limits = question.options.limits
    return limits.error(question.source, "memory", f"its parser needs more than {size(limits.memory)} of memory")
