"""One input after the other in this process: for small inputs, standard input and `--jobs 1`."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from indicator_extract.batch.interrupt import Interrupt
from indicator_extract.batch.journal import Done, NoJournal
from indicator_extract.batch.part import Maker, Part, chunks
from indicator_extract.batch.shelf import Step
from indicator_extract.reading import Options


def run(
    sources: Sequence[str], maker: Maker, options: Options, journal: NoJournal, interrupt: Interrupt
) -> Generator[Step, None, None]:
    """The parts of each input and its end, in order. Ends early where a signal comes."""
    for turn, source in enumerate(sources):
        done = journal.begin(source)
        stored = (journal.part(source, number) for number in range(len(done.parts)))
        total = 0
        for part in stored if done.whole else _made(source, done, maker, options, journal, interrupt):
            yield Step(turn, part)
            total += 1
            if interrupt.signal:
                return
        if interrupt.signal:
            return
        journal.end(source, total)
        yield Step(turn, None)


def _made(
    source: str, done: Done, maker: Maker, options: Options, journal: NoJournal, interrupt: Interrupt
) -> Iterator[Part]:
    reader = enumerate(chunks(source, options))
    while (read := interrupt.give_up_for(lambda: next(reader, None))) is not None:
        number, chunk = read
        if number in done.parts:
            yield journal.part(source, number)
            continue
        part = interrupt.give_up_for(lambda: maker(chunk))  # noqa: B023 called at once
        if part is None:
            return
        journal.add(source, number, part)
        yield part
