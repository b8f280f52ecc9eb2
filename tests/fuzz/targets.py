"""What is fuzzed: a row a target, with what it starts from, how it is mutated, and what must hold."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from indicator_extract import PatternError, ReadError, Record
from indicator_extract.lexicon import load_lexicon
from indicator_extract.lexicon.checking import cases
from indicator_extract.lexicon.loading import read_folder
from indicator_extract.model import Document
from indicator_extract.panel.load import records_of
from indicator_extract.record import FIELDS
from indicator_extract.writing import FORMATS, Layout
from indicator_extract.writing.pieces import pack, write

from . import laws, markup, mutators, seeds


class Target(NamedTuple):
    """One thing that takes inputs."""

    name: str
    share: int  # of a thousand inputs
    seeds: Callable[[], Sequence[bytes]]
    mutate: mutators.Mutator
    holds: Callable[[bytes], bool]  # whether the input was taken; raises where a law is broken


def _numbers(data: bytes) -> bool:
    laws.numbers(_text(data))
    return True


def _pipeline(data: bytes) -> bool:
    """The first line may be a title beside the text."""
    text = _text(data)
    title, mark, rest = text.partition("\x1d")
    laws.document(Document("a.txt", rest, title) if mark else Document("a.txt", text))
    return True


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")


@cache
def _folder() -> Path:
    """A folder of this process for what is read from the disk only."""
    made = tempfile.TemporaryDirectory(prefix="fuzz-")
    _KEPT.append(made)
    return Path(made.name)


_WHOLE_LEXICONS = 16  # one in so many pattern files is laid over the built-in ones, which takes a hundred times as long
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _long_table(name: str, data: bytes) -> bool:
    """As a file on the disk that is read row by row: the same documents, in the same order."""
    from indicator_extract.reading import columns

    path = _folder() / name
    path.write_bytes(data)
    try:
        found = list(columns.long_documents(name, path))
    except ReadError:
        return False
    for document in found:
        assert document.text.strip()
    assert [d.text for d in found] == [d.text for d in columns.long_documents(name, path)], "not the same twice"
    return True


def _patterns(data: bytes) -> bool:
    """A user's pattern file: loaded and its examples run, or refused with its name."""
    folder = _folder() / "patterns"
    folder.mkdir(exist_ok=True)
    file = folder / "my.toml"
    file.write_bytes(data)
    try:
        if crc32(data) % _WHOLE_LEXICONS:
            read_folder(folder, {}, user=True)
        else:
            load_lexicon(folder)
        list(cases(folder))
    except PatternError as error:
        laws.message(error, str(file))
        return False
    return True


def _records(data: bytes) -> bool:
    """A file of records, read again."""
    path = _folder() / "records"
    path.write_bytes(data)
    try:
        found = list(records_of(path))
    except ReadError as error:
        laws.message(error, str(path))
        return False
    assert found == list(records_of(path)), "not the same twice"
    return True


_LINEWISE = tuple(known for known in FORMATS if known.name in ("csv", "tsv", "json", "jsonl", "sdmx-csv"))
_TEXTS = (
    "source",
    "title",
    "section",
    "indicator",
    "indicator_text",
    "basis",
    "unit",
    "wording",
    "value_text",
    "evidence",
    "rule",
    "flags",
)


def _writers(data: bytes) -> bool:
    """A record whose texts are any: written in every format of text, and read again."""
    text = data.decode("utf-8", "ignore")
    for number, record in enumerate(seeds.records()[:2]):
        field = _TEXTS[(len(data) + number) % len(_TEXTS)]
        _written(record.model_copy(update={field: text or "a", "evidence": text}))
    return True


def _written(record: Record) -> None:
    for known in _LINEWISE:
        buffer, layout = io.BytesIO(), Layout(units=laws.extractor().lexicon.units)
        write(known, [pack(known, [record], layout)], buffer, layout)
        path = _folder() / f"out.{known.name}"
        path.write_bytes(buffer.getvalue())
        if known.name == "sdmx-csv":
            continue
        (back,) = records_of(path)
        kept = known.name in ("json", "jsonl")
        for field in FIELDS:
            one, other = getattr(record, field), getattr(back, field)
            same = one == other if kept else _flat(one) == _flat(other)
            assert same, f"{known.name}: {field} was {one!r}, is {other!r}"


def _flat(value: object) -> object:
    """What CSV and TSV keep of a text: blanks may be others, a leading apostrophe may go."""
    return "".join(value.split()).lstrip("'") if isinstance(value, str) else value


def _reader(name: str, share: int, made: Callable[[], Sequence[bytes]], mutate: mutators.Mutator) -> Target:
    return Target(name.partition(".")[2], share, made, mutate, partial(laws.file, name))


TARGETS: tuple[Target, ...] = (
    Target("text", 50, seeds.texts, mutators.text, _pipeline),
    Target("numbers", 200, seeds.texts, mutators.text, _numbers),
    Target("decoding", 281, seeds.encodings, mutators.encoded, partial(laws.file, "a.txt")),
    _reader("a.csv", 150, partial(seeds.files, "csv"), mutators.cells),
    _reader("a.tsv", 80, partial(seeds.files, "csv"), mutators.cells),
    _reader("a.jsonl", 150, partial(seeds.files, "jsonl"), mutators.cells),
    Target("long", 12, partial(seeds.files, "csv"), mutators.cells, partial(_long_table, "a.csv")),
    _reader("a.html", 15, partial(seeds.files, "html"), markup.markup),
    _reader("a.md", 15, partial(seeds.files, "md"), mutators.lines),
    _reader("a.docx", 6, partial(seeds.container, "docx"), markup.packed(markup.xml)),
    _reader("a.xlsx", 4, partial(seeds.container, "xlsx"), markup.packed(markup.xml)),
    _reader("a.pdf", 4, seeds.pdfs, mutators.raw),
    _reader("a.zip", 6, seeds.archives, markup.packed(mutators.lines)),
    Target("patterns", 6, seeds.pattern_files, mutators.toml, _patterns),
    Target("records", 16, seeds.record_files, mutators.cells, _records),
    Target("writers", 5, seeds.texts, mutators.text, _writers),
)
