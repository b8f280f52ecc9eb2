"""CSV and JSON Lines: one document a row, its text in one column, what the others say about it as metadata.

The text column is the one named by the user, else the one whose name says so, else the one with the longest texts.
Names of columns are cues of the lexicon (role `column`).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.lexicon import load_lexicon
from indicator_extract.model import Document
from indicator_extract.reading.decoding import Decoded, decode
from indicator_extract.reading.limits import MAX_TEXT
from indicator_extract.reading.options import DEFAULTS, Options

_DELIMITERS = (",", "\t", ";", "|")
_SHORTEST_TEXT = 40  # characters on average below which no column is taken for reports
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAMPLE = 200  # rows that are enough to choose a column
_NEWLINES = re.compile(r"\r\n?")
_NAME_IT = "name it with --text-column"


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
    decoded = decode(source, data, options)
    csv.field_size_limit(MAX_TEXT)
    delimiter = _delimiter(source, decoded.text)
    try:
        rows = _csv_rows(decoded.text, delimiter, strict=True)
    except csv.Error as error:
        decoded = decoded._replace(notes=(*decoded.notes, f"its quotation marks are not those of CSV ({error})"))
        rows = _csv_rows(decoded.text, delimiter, strict=False)
    yield from _documents(source, rows, decoded, options, "CSV")


def _csv_rows(text: str, delimiter: str, *, strict: bool) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    # What stands beyond the last column of the head has no name, and a short row has no value for the last ones.
    return [{n: v for n, v in row.items() if isinstance(n, str) and isinstance(v, str)} for row in reader]


def json_documents(source: str, data: bytes, options: Options = DEFAULTS) -> Iterator[Document]:
    """A document for each line of a JSON Lines file.

    Raises:
        ReadError: a line is no JSON object, or no field holds texts.
    """
    decoded = decode(source, data, options)
    rows = []
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            raise ReadError(source, f"line {number} is not JSON", "give one JSON object a line") from None
        if not isinstance(row, dict):
            raise ReadError(source, f"line {number} is no JSON object", "give one JSON object a line")
        rows.append({name: value for name, value in row.items() if isinstance(value, str)})
    yield from _documents(source, rows, decoded, options, "JSON Lines")


def _documents(
    source: str, rows: Sequence[Mapping[str, str]], decoded: Decoded, options: Options, kind: str
) -> Iterator[Document]:
    if not rows:
        raise ReadError(source, "no rows below its head", "give one report a row")
    roles = _roles(source, rows, options.text_column)
    blank = sum(1 for row in rows if not row.get(roles.text, "").strip())
    skipped = (f"{blank} rows without text left out",) if blank else ()
    for number, row in enumerate(rows, 1):
        text = _NEWLINES.sub("\n", row.get(roles.text, ""))
        if not text.strip():
            continue
        year = _YEAR.search(row.get(roles.year, ""))
        yield Document(
            source=f"{source}#{number}",
            text=text,
            title=row.get(roles.title, "").strip(),
            year=int(year[0]) if year else None,
            area=row.get(roles.area, "").strip(),
            notes=(*decoded.notes, *skipped),
            how=f"{kind}, text in column `{roles.text}`, {decoded.how}",
        )


def _delimiter(source: str, text: str) -> str:
    """The mark between the fields of the head: by the suffix, else the one that is there most often."""
    if Path(source).suffix.lower() == ".tsv":
        return "\t"
    head = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


def _roles(source: str, rows: Sequence[Mapping[str, str]], asked: str) -> Roles:
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


def _text_column(source: str, rows: Sequence[Mapping[str, str]], names: Sequence[str], asked: str, named: str) -> str:
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
