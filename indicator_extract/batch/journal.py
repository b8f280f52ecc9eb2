"""What is done of an unfinished run: a SQLite file beside the output, which outlives the death of the process.

It holds texts, numbers and packed records, and nothing that could run. An input is known by its name, its size and its
time of change; a part with a failure is not kept, so that a second run tries again what may succeed then.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract.batch.part import Part
from indicator_extract.errors import ChoiceError, WriteError
from indicator_extract.writing.target import named

if TYPE_CHECKING:
    import sqlite3

SUFFIX = ".journal"
PAUSE = 0.5  # seconds between two commits: what a death costs at most
_MAGIC = 0x1E57_0001  # SQLite's application_id: that a file is a journal, and of which layout
_TABLES = (
    "CREATE TABLE job (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE inputs (source BLOB PRIMARY KEY, size INTEGER, changed INTEGER, parts INTEGER)",
    "CREATE TABLE parts (source BLOB, number INTEGER, said TEXT, records BLOB, mentions BLOB, "
    "PRIMARY KEY (source, number))",
    f"PRAGMA application_id = {_MAGIC}",
)


class Done(NamedTuple):
    """What is known of one input."""

    parts: frozenset[int] = frozenset()  # their numbers
    total: int | None = None  # of all its parts; None where it was not read to its end

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do."""
        return len(self.parts) == self.total


class NoJournal:
    """Keeps nothing: for runs that cannot be gone on with."""

    def begin(self, _source: str) -> Done:
        """What is done of an input that is about to be read."""
        return Done()

    def add(self, source: str, number: int, part: Part) -> None:
        """Keeps a part."""

    def end(self, source: str, count: int) -> None:
        """Keeps that an input is read to its end and has so many parts."""

    def part(self, source: str, number: int) -> Part:
        """A part that `begin` has named."""
        raise LookupError(source, number)

    @property
    def is_partial(self) -> bool:
        """Whether the output that is there is what an interruption of this run has left."""
        return False

    def mark_partial(self) -> None:
        """Keeps that the output which is there now is a partial one."""

    def close(self, *, finished: bool) -> None:
        """Ends the run; nothing is kept of one that is finished."""


class Journal(NoJournal):
    """Keeps parts in a file, which is made when the run has lasted a moment."""

    def __init__(self, output: Path, job: Mapping[str, str], *, resume: bool) -> None:
        """`job` says what the result depends on besides the inputs.

        Raises:
            ChoiceError: an unfinished run of another job is to be gone on with.
            WriteError: the journal cannot be read or written.
        """
        self.path = output.with_name(output.name + SUFFIX)
        self._job = job
        self._waiting: list[tuple[str, tuple[object, ...]]] = []
        self._written = time.monotonic()
        self._base: sqlite3.Connection | None = None
        if resume and self.path.exists():
            self._base = self._opened()
            self._refuse_another_job()

    def begin(self, source: str) -> Done:
        """What is done of an input that is about to be read: nothing where it has changed since."""
        key, size, changed = _identity(source)
        if self._base is not None:
            with self._telling():
                rows = self._base.execute("SELECT size, changed, parts FROM inputs WHERE source = ?", (key,)).fetchall()
                if rows and rows[0][:2] == (size, changed):
                    numbers = self._base.execute("SELECT number FROM parts WHERE source = ?", (key,))
                    return Done(frozenset(number for (number,) in numbers), rows[0][2])
        self._write("DELETE FROM parts WHERE source = ?", key)
        self._write("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, NULL)", key, size, changed)
        return Done()

    def add(self, source: str, number: int, part: Part) -> None:
        """Keeps a part, unless something failed in it."""
        if not part.failures:
            said = json.dumps(part[2:])
            row = (os.fsencode(source), number, said, part.records, part.mentions)
            self._write("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)", *row)

    def end(self, source: str, count: int) -> None:
        """Keeps that an input is read to its end and has so many parts."""
        self._write("UPDATE inputs SET parts = ? WHERE source = ?", count, os.fsencode(source))

    def part(self, source: str, number: int) -> Part:
        """A part that `begin` has named."""
        if self._base is None:
            raise LookupError(source, number)
        wanted = "SELECT said, records, mentions FROM parts WHERE source = ? AND number = ?"
        with self._telling():
            said, records, mentions = self._base.execute(wanted, (os.fsencode(source), number)).fetchone()
            fields = (tuple(value) if isinstance(value, list) else value for value in json.loads(said))
        return Part._make((records, mentions, *fields))

    @property
    def is_partial(self) -> bool:
        """Whether the output that is there is what an interruption of this run has left."""
        if self._base is None:
            return False
        with self._telling():
            return bool(self._base.execute("SELECT 1 FROM job WHERE name = 'partial'").fetchone())

    def mark_partial(self) -> None:
        """Keeps that the output which is there now is a partial one."""
        self._write("INSERT OR REPLACE INTO job VALUES ('partial', '')")

    def close(self, *, finished: bool) -> None:
        """Ends the run: the file is gone where it is finished, and complete where it is not."""
        if not finished:
            self._flush()
        if self._base is not None:
            self._base.close()
            if finished:
                self.path.unlink(missing_ok=True)

    def _write(self, command: str, *values: object) -> None:
        self._waiting.append((command, values))
        if time.monotonic() - self._written >= PAUSE:
            self._flush()

    def _flush(self) -> None:
        """Commits what is waiting; the commands run in the order in which they came."""
        with self._telling():
            if self._base is None:
                self._base = self._opened()
                self._start_afresh(self._base)
            for command, values in self._waiting:
                self._base.execute(command, values)
            self._base.execute("COMMIT")
            self._base.execute("BEGIN IMMEDIATE")
        self._waiting.clear()
        self._written = time.monotonic()

    def _opened(self) -> sqlite3.Connection:
        """The file, which no other run can open meanwhile."""
        import sqlite3  # a run that lasts but a moment needs none

        with self._telling():
            base = sqlite3.connect(self.path, timeout=0, isolation_level=None)
            try:
                base.execute("PRAGMA locking_mode = EXCLUSIVE")
                base.execute("BEGIN IMMEDIATE")
                (magic,) = base.execute("PRAGMA application_id").fetchone()
                (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if tables and magic != _MAGIC:
                    raise WriteError(str(self.path), "is in the way, and no journal of this version", "move it away")
            except BaseException:
                base.close()
                raise
            return base

    def _start_afresh(self, base: sqlite3.Connection) -> None:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            base.execute(f"DROP TABLE {name}")
        for command in _TABLES:
            base.execute(command)
        base.executemany("INSERT INTO job VALUES (?, ?)", self._job.items())

    def _refuse_another_job(self) -> None:
        if self._base is None:
            return
        with self._telling():
            if not self._base.execute("SELECT 1 FROM sqlite_master WHERE name = 'job'").fetchone():
                self._start_afresh(self._base)  # it died before its first commit
            stored = dict(self._base.execute("SELECT name, value FROM job WHERE name <> 'partial'"))
        other = [name for name in self._job if stored.get(name) != self._job[name]]
        if other:
            self._base.close()
            problem = f"the unfinished run in {self.path} had other settings ({', '.join(other)})"
            raise ChoiceError("--resume", problem, "give those again, or leave --resume out to start afresh")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turns SQLite's errors into one that names the file and the way out."""
        import sqlite3

        try:
            with named(self.path):
                if not self.path.parent.is_dir():
                    raise FileNotFoundError
                yield
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise WriteError(str(self.path), "another run is writing this output", "wait for its end") from None
            full = "full" in str(error)
            remedy = (
                "free some space; --resume then goes on from there" if full else "remove it, and start without --resume"
            )
            raise WriteError(str(self.path), f"cannot be used as a journal ({error})", remedy) from None


def _identity(source: str) -> tuple[bytes, int, int]:
    """The name of an input, its size in bytes and its time of change in nanoseconds; -1 where nobody can tell."""
    try:
        status = os.stat(source)
    except (OSError, ValueError):
        return os.fsencode(source), -1, -1
    return os.fsencode(source), status.st_size, status.st_mtime_ns
