"""The process for parsers, as `apart` starts it: files come over standard input, their documents go to standard output.

Messages are frames: a length of eight bytes, then that many bytes. A question is two frames, what is asked as JSON and
the file; the answer is one, JSON again: nothing that comes back could run. While a file is parsed, the memory of this
process and its processor time have limits, and it ends when nobody is there any more.
"""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from typing import IO, Any, NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.model import Cell, Document, Table
from indicator_extract.reading import FORMATS
from indicator_extract.reading.limits import NONE, Limits
from indicator_extract.reading.options import Options

HEAD = 8  # bytes of the length before a frame
_DEEP = 20_000  # calls within calls: pages with 2,000 elements that nobody closed are read

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class Question(NamedTuple):
    """What is asked."""

    kind: str  # the name of a format
    source: str
    options: Options


def main() -> None:
    """The life of the process: questions are answered in turn until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    gc.set_threshold(50_000, 20, 20)  # as in the command: see `cli`
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    sys.setrecursionlimit(_DEEP)
    _limit("RLIMIT_CORE", 0)
    questions: SimpleQueue[tuple[bytes, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    by_name = {known.name: known for known in FORMATS}
    while True:
        head, data = questions.get()
        question = question_of(head)
        _limit_work(question.options.limits)
        try:
            documents = list(by_name[question.kind].documents(question.source, data, question.options))
            send(out, answer_of(documents))
        except MemoryError:
            send(out, b'{"memory": true}')  # the parent takes a new process for the next file
        except ReadError as error:
            send(out, json.dumps({"error": str(error).removeprefix(f"{question.source}: ")}).encode())
        except Exception as error:  # noqa: BLE001 a defect in a reader costs one file
            send(out, json.dumps({"defect": f"{type(error).__name__}: {error}"}).encode())


def asked(question: Question) -> bytes:
    """A question as the bytes of its first frame."""
    return json.dumps(question).encode()


def question_of(head: bytes) -> Question:
    """A question from the bytes of its first frame."""
    kind, source, (encoding, text_column, limits) = json.loads(head)
    return Question(kind, source, Options(encoding, text_column, Limits(*limits)))


def answer_of(documents: Sequence[Document]) -> bytes:
    """Documents as the bytes of an answer."""
    return json.dumps({"documents": documents}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read_answer(frame: bytes) -> dict[str, Any]:
    """An answer from its bytes: `documents`, `error`, `defect` or `memory`."""
    answer: dict[str, Any] = json.loads(frame.decode("utf-8", "surrogatepass"))
    return answer


def documents_of(answer: dict[str, Any]) -> Iterator[Document]:
    """The documents of an answer."""
    for fields in answer["documents"]:
        found = Document._make(fields)
        tables = (Table._make(table) for table in found.tables)
        made = (table._replace(cells=tuple(map(Cell._make, table.cells))) for table in tables)
        yield found._replace(notes=tuple(found.notes), tables=tuple(made))


def send(stream: IO[bytes], frame: bytes) -> None:
    """Sends a frame at once."""
    stream.write(len(frame).to_bytes(HEAD, "big"))
    stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """The next frame. Raises EOFError where the other side is gone."""
    head = stream.read(HEAD)
    length = int.from_bytes(head, "big")
    frame = stream.read(length)
    if len(head) < HEAD or len(frame) < length:
        raise EOFError
    return frame


def _listen(stream: IO[bytes], questions: SimpleQueue[tuple[bytes, bytes]]) -> None:
    """Takes the questions, and ends the process in the midst of its work when the parent is gone."""
    try:
        while True:
            questions.put((receive(stream), receive(stream)))
    finally:
        os._exit(1)


def _limit_work(limits: Limits) -> None:
    """Lets this process have so much memory, and so much more processor time than it has had."""
    if resource is None:
        return
    _limit("RLIMIT_AS", limits.memory)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit("RLIMIT_CPU", NONE if limits.time == NONE else math.ceil(used.ru_utime + used.ru_stime) + limits.time)


def _limit(name: str, value: int) -> None:
    """Sets a limit of the operating system, as far as it has one and lets it be set."""
    if resource is None:
        return
    number = getattr(resource, name)
    _, most = resource.getrlimit(number)
    wanted = resource.RLIM_INFINITY if value == NONE else value
    allowed = most if most != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or wanted > most) else wanted
    try:
        resource.setrlimit(number, (allowed, most))
    except (ValueError, OSError):  # macOS has no limit of memory
        return
