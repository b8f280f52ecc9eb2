"""Who is measured: a name and a loader, which gives a function from a text to the number of things found in it.

A library is imported by its loader, so that one that is not installed is told as absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

Reader = Callable[[str], int]

OWN = "extract"
JIONLP = "JioNLP, money and time"


class Contestant(NamedTuple):
    """One thing that reads numbers."""

    name: str
    load: Callable[[], Reader]
    packages: tuple[str, ...]  # whose versions belong to the results
    does: str  # what it finds and what it leaves to others


def _own() -> Reader:
    from indicator_extract import Extractor
    from indicator_extract.model import Document
    from indicator_extract.writing.delimited import pack_csv

    extractor = Extractor()

    def read(text: str) -> int:
        records = extractor.extract_document(Document("benchmark.txt", text, "")).records
        pack_csv(records)
        return len(records)

    return read


def _jionlp(*kinds: str) -> Callable[[], Reader]:
    def load() -> Reader:
        import jionlp

        money, time = jionlp.ner.extract_money, jionlp.ner.extract_time
        readers: dict[str, Reader] = {
            "money": lambda text: len(money(text, with_parsing=True)),
            "time": lambda text: len(time(text, with_parsing=True)),
        }
        return _sum(readers[kind] for kind in kinds)

    return load


def _recognizers_number() -> Reader:
    from recognizers_number import recognize_number
    from recognizers_text import Culture

    return lambda text: len(recognize_number(text, Culture.Chinese))


def _recognizers_units() -> Reader:
    import recognizers_number_with_unit as units
    from recognizers_text import Culture

    models = (units.recognize_currency, units.recognize_dimension, units.recognize_age, units.recognize_temperature)

    def reader(model: Callable[[str, str], list[object]]) -> Reader:
        return lambda text: len(model(text, Culture.Chinese))

    return _sum([reader(model) for model in models])


def _bare_scan() -> Reader:
    import regex

    numeral = regex.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[〇零一二三四五六七八九十百千万亿两]+")
    return lambda text: sum(1 for _ in numeral.finditer(text))


def _sum(readers: Iterable[Reader]) -> Reader:
    all_of_them = tuple(readers)
    return lambda text: sum(read(text) for read in all_of_them)


_SUITE = ("recognizers-text-number", "recognizers-text-number-with-unit")
_RECOGNIZERS_UNITS = "Recognizers-Text, number with unit"

CONTESTANTS = (
    Contestant(
        OWN, _own, ("indicator-extract", "pydantic"),
        "claims: indicator, measure, period, region, status, bound and value of each number, as validated rows of CSV",
    ),
    Contestant(
        JIONLP, _jionlp("money", "time"), ("jionlp",),
        "amounts of money and expressions of time, each parsed by itself; no other unit, no name of what is measured",
    ),
    Contestant("JioNLP, money", _jionlp("money"), ("jionlp",), "the first half of the line above"),
    Contestant("JioNLP, time", _jionlp("time"), ("jionlp",), "the second half of it"),
    Contestant(
        "Recognizers-Text, number", _recognizers_number, _SUITE,
        "numbers with their values as floats; no unit, no name, no period",
    ),
    Contestant(
        _RECOGNIZERS_UNITS, _recognizers_units, _SUITE,
        "currency, dimension, age and temperature: numbers with a unit it knows; no name, no period, no sign of a fall",
    ),
    Contestant(
        "bare regex scan", _bare_scan, ("regex",),
        "runs of digits and of numeral characters, dates and names too; says nothing about them",
    ),
)  # fmt: skip
