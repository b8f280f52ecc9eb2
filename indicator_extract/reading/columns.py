"""CSV and JSON Lines: one document a row, its text in one column, what the others say about it as metadata.

The text column is the one named by the user, else the one whose name says so, else the one with the longest texts.
Names of columns are cues of the lexicon (role `column`).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.lexicon import load_lexicon
from indicator_extract.model import Document
from indicator_extract.reading.decoding import decode
from indicator_extract.reading.options import DEFAULTS, Options
from indicator_extract.reading.rereading import Text, in_memory, on_disk, telling

JSON_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_DELIMITERS = (",", "\t", ";", "|")
_SHORTEST_TEXT = 40  # characters on average below which no column is taken for reports
_YEAR = re.compile(r"(?:19|20)\d\d")
_HALF = re.compile("[\ud800-\udfff]")  # half of a character, which an escape in JSON can be and no file
_SAMPLE = 200  # rows that are enough to choose a column
_NEWLINES = re.compile(r"\r\n?")
_NAME_IT = "name it with --text-column"
_LONGEST_FIELD = 2**31 - 1  # that the csv module can be told on every platform


Row = Mapping[str, str]


class Roles(NamedTuple):
    """Which column says what; an empty name where none does."""

    text: str
    title: str
    year: str
    area: str


def csv_documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """A document for each row of a CSV or TSV file.

    Raises:
        ReadError: the bytes are no text, no rows, or no column holds texts.
    """
    return _csv(source, in_memory(source, decode(source, data, options), options), options)


def json_documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """A document for each line of a JSON Lines file.

    Raises:
        ReadError: a line is no JSON object, or no field holds texts.
    """
    return _json(source, in_memory(source, decode(source, data, options), options), options)


def long_documents(source: str, path: Path, options: Options = DEFAULTS) -> Iterator[Document]:
    """The documents of a CSV, TSV or JSON Lines file of any size, which is read row by row.

    Raises:
        ReadError: as above, or the file cannot be read to its end.
    """
    lines = path.suffix.lower() in JSON_SUFFIXES
    with telling(source):
        yield from (_json if lines else _csv)(source, on_disk(source, path, options), options)


def _csv(source: str, text: Text, options: Options) -> Iterator[Document]:
    csv.field_size_limit(min(options.limits.text, _LONGEST_FIELD))
    delimiter = _delimiter(source, text)
    strict = True
    try:
        for _ in _csv_rows(text, delimiter, strict=True):
            pass
    except csv.Error as error:
        strict = False
        text = text._replace(notes=(*text.notes, f"its quotation marks are not those of CSV ({error})"))
    return _documents(source, lambda: _csv_rows(text, delimiter, strict=strict), text, options, "CSV")


def _csv_rows(text: Text, delimiter: str, *, strict: bool) -> Iterator[Row]:
    with closing(text.lines()) as lines:
        for row in csv.DictReader(lines, delimiter=delimiter, strict=strict):
            # What stands beyond the last column of the head has no name, and a short row no value for the last ones.
            yield {n: v for n, v in row.items() if isinstance(n, str) and isinstance(v, str)}


def _json(source: str, text: Text, options: Options) -> Iterator[Document]:
    return _documents(source, lambda: _json_rows(source, text), text, options, "JSON Lines")


def _json_rows(source: str, text: Text) -> Iterator[Row]:
    with closing(text.lines()) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line, parse_int=str, parse_float=str)
            except (ValueError, RecursionError):
                raise ReadError(source, f"line {number} is not JSON", "give one JSON object a line") from None
            if not isinstance(row, dict):
                raise ReadError(source, f"line {number} is no JSON object", "give one JSON object a line")
            yield {name: _HALF.sub("\ufffd", value) for name, value in row.items() if isinstance(value, str)}


def _documents(
    source: str, rows: Callable[[], Iterator[Row]], text: Text, options: Options, kind: str
) -> Iterator[Document]:
    """Reads the rows twice: what is wrong with one of them is told before the first document."""
    sample = list(islice(rows(), _SAMPLE))
    if not sample:
        raise ReadError(source, "no rows below its head", "give one report a row")
    roles = _roles(source, sample, options.text_column)
    blank = sum(1 for row in rows() if not row.get(roles.text, "").strip())
    skipped = (f"{blank} rows without text left out",) if blank else ()
    for number, row in enumerate(rows(), 1):
        said = _NEWLINES.sub("\n", row.get(roles.text, ""))
        if not said.strip():
            continue
        year = _YEAR.search(row.get(roles.year, ""))
        yield Document(
            source=f"{source}#{number}",
            text=said,
            title=row.get(roles.title, "").strip(),
            year=int(year[0]) if year else None,
            area=row.get(roles.area, "").strip(),
            notes=(*text.notes, *skipped),
            how=f"{kind}, text in column `{roles.text}`, {text.how}",
        )


def _delimiter(source: str, text: Text) -> str:
    """The mark between the fields of the head: by the suffix, else the one that is there most often."""
    if Path(source).suffix.lower() == ".tsv":
        return "\t"
    with closing(text.lines()) as lines:
        head = next(lines, "")
    return max(_DELIMITERS, key=head.count)


def _roles(source: str, rows: Sequence[Row], asked: str) -> Roles:
    names = list(dict.fromkeys(name for row in rows[:_SAMPLE] for name in row))
    fields: dict[str, str] = {}
    cues = load_lexicon().cues("column")
    for name in names:
        match = cues.match(name.strip().lower())
        if match and match.end == len(name.strip()):
            fields.setdefault(match.entry.gives["field"], name)
    return Roles(
        _text_column(source, rows, names, asked, fields.get("text", "")),
        fields.get("title", ""),
        fields.get("year", ""),
        fields.get("area", ""),
    )


def _text_column(source: str, rows: Sequence[Row], names: Sequence[str], asked: str, named: str) -> str:
    if asked:
        if asked not in names:
            raise ReadError(source, f"no column `{asked}`", f"the columns are {', '.join(names)}")
        return asked
    lengths = {name: [len(row[name]) for row in rows[:_SAMPLE] if row.get(name, "").strip()] for name in names}
    means = {name: sum(said) / len(said) if said else 0.0 for name, said in lengths.items()}
    longest = max(names, key=lambda name: means[name], default="")
    if named and means[named] >= _SHORTEST_TEXT:
        return named
    if not longest or means[longest] < _SHORTEST_TEXT:
        raise ReadError(source, "no column holds texts", _NAME_IT)
    return longest
