"""What is measured on: the seeds, and many reports. Without the corpus, reports are made from the seeds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
BULK = ROOT.parent / "shared" / "corpus" / "bulk"

_SENTENCE_END = re.compile(r"(?<=[。！？；\n])")
_NUMBER = re.compile(r"\d+(?![\d年月日])")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Text(NamedTuple):
    """Documents that are measured together."""

    name: str
    documents: tuple[str, ...]
    origin: str  # for the reader of the results

    @property
    def size(self) -> int:
        """Bytes in UTF-8."""
        return size_of(self.documents)


def size_of(documents: Iterable[str]) -> int:
    """Bytes of the documents in UTF-8."""
    return sum(len(document.encode()) for document in documents)


def seeds() -> Text:
    """The sample reports: text that is dense with numbers."""
    return Text("seeds", _read(ROOT / "seeds"), "the five reports of `seeds/`")


def bulk(folder: Path | None, size: int) -> Text:
    """At least `size` bytes of reports: those of a folder of .txt files, taken evenly, or made from the seeds.

    Without a folder the corpus beside the checkout is taken where it is there.
    """
    folder = folder or (BULK if BULK.is_dir() else None)
    if folder is None:
        made = tuple(until(varied(seeds().documents), size))
        return Text("bulk", made, f"{len(made)} reports made from the seeds with other numbers")
    found = _read(folder)
    step = max(1, size_of(found) // size)
    taken = found[::step]
    return Text("bulk", taken, f"{len(taken)} of the {len(found)} reports of `{folder.name}/`")


def varied(documents: Sequence[str]) -> Iterator[str]:
    """The documents again and again without end, every round with other numbers; always the same."""
    for number in count():
        yield from variation(documents, number)


def variation(documents: Sequence[str], number: int) -> list[str]:
    """The documents with other numbers: each number gives other ones, 0 those that are there. Dates stay."""
    if not number:
        return list(documents)
    other = partial(_another, random.Random(number))
    return [_NUMBER.sub(other, document) for document in documents]


def until(documents: Iterable[str], size: int) -> Iterator[str]:
    """As many of the documents as it takes to have `size` bytes."""
    for document in documents:
        yield document
        size -= len(document.encode())
        if size <= 0:
            return


def sentences(document: str) -> list[str]:
    """The sentences of a document, for a library that is faster on short texts."""
    return [sentence for sentence in _SENTENCE_END.split(document) if sentence.strip()]


def _read(folder: Path) -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt")))


def _another(dice: random.Random, number: re.Match[str]) -> str:
    """A number of as many digits; a year stays what it is."""
    if _YEAR.fullmatch(number[0]):
        return number[0]
    return dice.choice("123456789") + "".join(dice.choices("0123456789", k=len(number[0]) - 1))
