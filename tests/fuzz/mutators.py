"""Mutators that know what they mutate: (bytes, random numbers) → bytes. The same numbers give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable

from .words import sentence, word

Mutator = Callable[[bytes, random.Random], bytes]

_LINE = re.compile(r"[^\n]*\n?")
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (
    b"0",
    b"1",
    b"-1",
    b"2",
    b"65535",
    b"65536",
    b"2147483648",
    b"4294967295",
    b"99999999999999999999",
    b"1e9",
    b"",
)
_MOST_CHARACTERS = 100
_REGEX = (
    "(?:",
    ")",
    "|",
    "+",
    "*",
    "?",
    "{2}",
    "{0,3}",
    "{9}",
    "[一-龥]",
    "[^，]",
    "\\d",
    "\\s",
    ".",
    "(?=",
    "(?<!",
    "(?P<n>",
    "^",
    "$",
    "\\b",
    "增长",
    "{n}",
    "年",
)
_KEYS = (
    "status",
    "mention",
    "bound_before",
    "period",
    "heading",
    "unit",
    "1/3",
    "0",
    "1e999",
    "NaN",
    "一",
    "5亿元",
    "",
    "my.cue",
    "unit.percent",
)
_EITHER_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_COLUMNS = ("text", "正文", "标题", "title", "年份", "year", "地区", "province", "value", "record_id", "")


def text(data: bytes, rng: random.Random) -> bytes:
    """Text: words put in, taken out, moved, doubled."""
    said = data.decode("utf-8", "ignore")
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        said = edited(said, rng)
    return said[:_MOST_CHARACTERS].encode("utf-8", "ignore")


def edited(said: str, rng: random.Random) -> str:
    """One change to a text."""
    start = rng.randint(0, len(said))
    end = min(len(said), start + rng.choice((0, 0, 1, 2, 5, 20)))
    kind = rng.random()
    if kind < 0.6:
        return said[:start] + word(rng) + said[end:]
    if kind < 0.75:
        return said[:start] + said[end:]
    if kind < 0.85:
        return said[:end] + said[start:end] * rng.choice((1, 1, 2, 10)) + said[end:]
    if kind < 0.95:
        return said[:start] + sentence(rng) + said[start:]
    at = rng.randint(0, len(said))
    return said[at:] + said[:at]


def with_number(data: bytes, rng: random.Random) -> bytes:
    """One number of the data is another one."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    place = rng.choice(found)
    return data[: place.start()] + rng.choice(_NUMBERS) + data[place.end() :]


def lines(data: bytes, rng: random.Random) -> bytes:
    """Lines and quoted texts: rows of CSV, JSON Lines, Markdown, TOML."""
    if rng.random() < 0.4:
        return text(data, rng)
    said = data.decode("utf-8", "ignore")
    rows = [row for row in _LINE.findall(said) if row]
    if not rows:
        return sentence(rng).encode("utf-8", "ignore")
    at, kind = rng.randrange(len(rows)), rng.random()
    if kind < 0.2:
        rows[at : at + 1] = []
    elif kind < 0.4:
        rows[at:at] = rows[at : at + rng.randint(1, 3)]
    elif kind < 0.5:
        rows[at] = rows[at].rstrip("\n")
    elif kind < 0.75:
        rows[at] = rng.choice(("\t", "  ", "> ", "- ", "1. ", "# ", "| ", "```\n", "\\", '"', ",", "{", "[")) + rows[at]
    else:
        rows[at] = edited(rows[at], rng)
    return "".join(rows).encode("utf-8", "ignore")


def toml(data: bytes, rng: random.Random) -> bytes:
    """Pattern files: what stands between quotes is another text or expression; sometimes the lines are changed."""
    if rng.random() < 0.25:
        return lines(data, rng)
    said = data.decode("utf-8", "ignore")
    quoted = list(_EITHER_QUOTED.finditer(said))
    if not quoted:
        return lines(data, rng)
    place = rng.choice(quoted)
    inner = place[0][1:-1]
    at = rng.randint(0, len(inner))
    new = rng.choice(
        (word(rng), "".join(rng.choices(_REGEX, k=rng.randint(1, 4))), inner[:at], inner + inner, rng.choice(_KEYS))
    )
    changed = inner[:at] + new + inner[at:] if rng.random() < 0.5 else new
    return (said[: place.start() + 1] + changed + said[place.end() - 1 :]).encode("utf-8", "ignore")


def cells(data: bytes, rng: random.Random) -> bytes:
    """Rows of CSV or JSON Lines: one cell is another text; sometimes the lines themselves are changed."""
    said = data.decode("utf-8", "ignore")
    if rng.random() < 0.25:
        return lines(data, rng)
    try:
        if said.lstrip()[:1] in ("{", "["):
            return _json_cell(said, rng).encode("utf-8", "surrogatepass")
        return _csv_cell(said, rng).encode("utf-8", "ignore")
    except (ValueError, IndexError, csv.Error, RecursionError):
        return lines(data, rng)


def _json_cell(said: str, rng: random.Random) -> str:
    whole = said.lstrip().startswith("[")
    rows = json.loads(said) if whole else [json.loads(line) for line in said.splitlines() if line.strip()]
    row = rng.choice(rows)
    names = list(row) if isinstance(row, dict) else []
    if names:
        name = rng.choice(names)
        row[name] = _value(row[name], rng)
        if rng.random() < 0.1:
            row[rng.choice((*_COLUMNS, sentence(rng)))] = row.pop(name)
    ascii_only = rng.random() < 0.2
    return (
        json.dumps(rows, ensure_ascii=ascii_only)
        if whole
        else "\n".join(json.dumps(each, ensure_ascii=ascii_only) for each in rows)
    )


def _value(old: object, rng: random.Random) -> object:
    if isinstance(old, str) and rng.random() < 0.8:
        return edited(old, rng)
    return rng.choice((None, True, 1, -0.5, 1e400, [], {}, [1, ["a"]], "\ud800", "1e5", "NaN", sentence(rng)))


def _csv_cell(said: str, rng: random.Random) -> str:
    delimiter = max(",\t;|", key=said.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(said, newline=""), delimiter=delimiter))
    row = rng.choice(rows)
    at = rng.randrange(len(row)) if row else 0
    row[at : at + 1] = [edited(row[at], rng) if row else "", *(["more"] if rng.random() < 0.05 else [])]
    out = io.StringIO(newline="")
    csv.writer(
        out, delimiter=delimiter, lineterminator=rng.choice(("\n", "\r\n")), quoting=rng.choice((0, 1))
    ).writerows(rows)
    return out.getvalue()


def raw(data: bytes, rng: random.Random) -> bytes:
    """Bytes: some changed, taken out, doubled; a number changed."""
    kind, start = rng.random(), rng.randint(0, len(data))
    end = min(len(data), start + rng.choice((1, 2, 4, 30)))
    if kind < 0.25:
        return with_number(data, rng)
    if kind < 0.6:
        return data[:start] + rng.randbytes(end - start) + data[end:]
    if kind < 0.8:
        return data[:start] + data[end:]
    return data[:end] + data[start:end] * rng.choice((1, 2, 8)) + data[end:]


def encoded(data: bytes, rng: random.Random) -> bytes:
    """Text in one of the encodings that are read, then perhaps bytes."""
    codec = rng.choice(("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"))
    if rng.random() < 0.5:
        return raw(data, rng)
    said = text(data, rng).decode("utf-8").encode(codec, "ignore")
    return raw(said, rng) if rng.random() < 0.3 else said
