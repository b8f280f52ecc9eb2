"""Many inputs by several worker processes. A worker that dies is replaced, and costs one chunk at most.

Each worker has a pipe of its own and one task at a time, so that it is always known what a dead one was doing. Why no
library's pool does this stands in `docs/decisions.md`. A limit on the time that a file may take belongs into `_listen`.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, deque
from collections.abc import Generator, Sequence
from itertools import count
from multiprocessing.connection import Connection, wait

from indicator_extract.batch.handle import Handle
from indicator_extract.batch.interrupt import Interrupt
from indicator_extract.batch.journal import NoJournal
from indicator_extract.batch.part import Part, Recipe
from indicator_extract.batch.shelf import Place, Shelf, Step
from indicator_extract.batch.worker import HAND_OVER, KEEP, Ended, Input, Made, Piece, Read, Ready
from indicator_extract.errors import ReadError
from indicator_extract.reading import source_name

TRIES = 3
"""Workers that a chunk may bring to their death: memory may have run short, or somebody ended a process."""

STILLBORN = 10
"""Workers that may die in all before they begin to work, until what they were to do is blamed for it."""


class Pool:
    """The workers, what they do and what is to be done."""

    def __init__(
        self, sources: Sequence[str], recipe: Recipe, size: int, journal: NoJournal, interrupt: Interrupt
    ) -> None:
        """`size` is the number of workers; they are started when there is something for them to do."""
        self._sources, self._recipe, self._size = sources, recipe, size
        self._journal, self._interrupt = journal, interrupt
        self.shelf = Shelf(lambda place: journal.part(sources[place.turn], place.number))
        self.workers: dict[Connection, Handle] = {}
        self._next = 0  # the first input that nobody was given yet
        self._again: deque[int] = deque()  # inputs whose worker has died
        self._pieces: list[Piece] = []  # chunks handed over, in order
        self._taken: dict[int, set[int]] = {}  # of inputs being read: the chunks that are done or handed over
        self._deaths: Counter[Place] = Counter()
        self._stillborn = 0

    def run(self) -> Generator[Step, None, None]:
        """The parts of each input and its end, in order. Ends early where a signal comes."""
        try:
            while not self._interrupt.signal:
                self._deal()
                yield from self.shelf.ready()
                if self.shelf.head.turn == len(self._sources):
                    return
                self._listen()
        finally:
            for worker in self.workers.values():
                worker.kill()

    # What is to be done

    def _deal(self) -> None:
        """Answers those who ask, and gives tasks to those who have none, in the order of the inputs."""
        for worker in self.workers.values():
            if worker.asks is not None:
                self._answer(worker, worker.asks)
        while (len(self.workers) < self._size or self._idle()) and (task := self._task()) is not None:
            (self._idle() or self._hired()).give(task)

    def _answer(self, worker: Handle, place: Place) -> None:
        """Tells a worker what to do with a chunk; nothing where so much is done already that it had better wait."""
        if self._pieces and self._pieces[0].place < place:
            worker.give(self._pieces.pop(0))
        elif self.shelf.full and place.turn != self.shelf.head.turn:
            return
        elif place.number and len(self._pieces) < self._size - 1:
            worker.order(HAND_OVER)
        else:
            worker.order(KEEP)

    def _task(self) -> Input | Piece | None:
        if self._again:
            turn = self._again.popleft()
            return Input(turn, self._sources[turn], frozenset(self._taken[turn]))
        if self._pieces:
            return self._pieces.pop(0)
        while self._next < len(self._sources) and not self.shelf.full:
            turn, source = self._next, self._sources[self._next]
            self._next += 1
            done = self._journal.begin(source)
            for number in done.parts:
                self.shelf.put(Place(turn, number), None)
            if not done.whole:
                self._taken[turn] = set(done.parts)
                return Input(turn, source, done.parts)
            self.shelf.end(turn, len(done.parts))
        return None

    def _idle(self) -> Handle | None:
        return next((worker for worker in self.workers.values() if worker.task is None), None)

    def _hired(self) -> Handle:
        worker = Handle(self._recipe)
        self.workers[worker.link] = worker
        return worker

    # What is done

    def _listen(self) -> None:
        """Waits until a worker says something or dies. Only workers that have a task do."""
        links = [link for link, worker in self.workers.items() if worker.task is not None]
        for link in (self._interrupt.give_up_for(lambda: wait(links)) or ()) if links else ():
            worker = self.workers[link]  # type: ignore[index]  # `wait` gives what it was given
            try:
                answer = worker.link.recv()
            except (EOFError, OSError):
                self._bury(worker)
            else:
                self._take(worker, answer)

    def _take(self, worker: Handle, answer: Ready | Read | Made | Piece | Ended) -> None:
        if isinstance(answer, Ready):
            worker.ready = True
        elif isinstance(answer, Read):
            worker.asks = answer.place
        elif isinstance(answer, Piece):
            worker.at = None
            self._taken[answer.place.turn].add(answer.place.number)
            insort(self._pieces, answer, key=lambda piece: piece.place)
        elif isinstance(answer, Made):
            self._made(worker, answer)
        else:
            worker.task = None
            del self._taken[answer.turn]
            self.shelf.end(answer.turn, answer.total)
            self._journal.end(self._sources[answer.turn], answer.total)

    def _made(self, worker: Handle, made: Made) -> None:
        if worker.first is not None:
            worker.first = None
        elif isinstance(worker.task, Piece):
            worker.task = None
        else:
            worker.at = None
            self._taken[made.place.turn].add(made.place.number)
        self.shelf.put(made.place, made.part)
        self._journal.add(self._sources[made.place.turn], made.place.number, made.part)

    # Deaths

    def _bury(self, worker: Handle) -> None:
        """Another worker takes over what a dead one was doing, unless that has been the end of too many."""
        cause = worker.cause_of_death()
        del self.workers[worker.link]
        worker.kill()  # it may have closed its pipe only
        piece = worker.first or (worker.task if isinstance(worker.task, Piece) else None)
        if piece is not None:
            if self._fatal(piece.place, worker):
                self.shelf.put(piece.place, self._failed(piece.place.turn, cause))
            else:
                insort(self._pieces, piece, key=lambda other: other.place)
        if isinstance(worker.task, Input):
            turn = worker.task.turn
            if piece is None:
                self._blame(worker, turn, cause)
            if turn in self._taken:
                self._again.append(turn)

    def _blame(self, worker: Handle, turn: int, cause: str) -> None:
        """Lays a death to the chunk that was read, or else to reading the next one: then the input ends there."""
        taken = self._taken[turn]
        read = worker.at or worker.asks
        place = read or Place(turn, next(number for number in count() if number not in taken))
        if not self._fatal(place, worker):
            return
        self.shelf.put(place, self._failed(turn, cause))
        taken.add(place.number)
        if read is None:
            last = max(taken)
            for number in set(range(last)) - taken:
                self.shelf.put(Place(turn, number), Part())
            self.shelf.end(turn, last + 1)
            del self._taken[turn]

    def _fatal(self, place: Place, worker: Handle) -> bool:
        """Whether the work at this place has been the end of too many workers."""
        if not worker.ready and self._stillborn < STILLBORN:
            self._stillborn += 1
            return False
        self._deaths[place] += 1
        return self._deaths[place] >= TRIES

    def _failed(self, turn: int, cause: str) -> Part:
        problem = f"the worker reading it died {TRIES} times ({cause})"
        remedy = "what it could not finish is left out; it may need more memory than there is"
        return Part(failures=(str(ReadError(source_name(self._sources[turn]), problem, remedy)),))
