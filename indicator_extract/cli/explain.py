"""How a number was read: what each part of its record says, and the rules behind that part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from indicator_extract.cli.terminal import say
from indicator_extract.lexicon.rules import Rule, rules_of, topic_of
from indicator_extract.pipeline import Extraction, Extractor
from indicator_extract.printable import printable
from indicator_extract.reading import Options, read, source_name
from indicator_extract.reading.options import DEFAULTS
from indicator_extract.record import MentionRecord, Record, plain

_PLACE = re.compile(r"(.+):(\d+)", re.DOTALL)
_CONTEXT = 20  # characters shown on each side of a mention


def explain(place: str, patterns: Path | None, reading: Options = DEFAULTS) -> int:
    """Prints how each number of a file, or the one at an offset, was read; gives the exit status.

    Raises:
        ReadError: the file cannot be read.
        PatternError: a pattern file is wrong.
    """
    source, offset = _source_and_offset(place)
    extractor = Extractor(patterns)
    extractions = [extractor.extract_document(document) for document in read(source, None, reading)]
    rules = rules_of(patterns)
    status = 0
    for extraction in extractions:
        numbers: list[Record | MentionRecord] = [*extraction.records, *extraction.mentions]
        numbers.sort(key=lambda row: row.start)
        chosen = [row for row in numbers if offset is None or row.start <= offset < row.end]
        for row in chosen:
            print("\n".join(printable(line) for line in _lines(row, extraction, rules)), end="\n\n")
        if not chosen:
            say(f"error: {_missing(source, offset, numbers)}")
            status = 1
    return status


def _source_and_offset(place: str) -> tuple[str, int | None]:
    found = _PLACE.fullmatch(place)
    if found is None or Path(place).exists():
        return place, None
    return found[1], int(found[2])


def _missing(source: str, offset: int | None, numbers: list[Record | MentionRecord]) -> str:
    where = source_name(source) + ("" if offset is None else f": no number at offset {offset}")
    if offset is None or not numbers:
        return f"{where}: no number in it; look at the text itself"
    nearest = min(numbers, key=lambda row: min(abs(row.start - offset), abs(row.end - 1 - offset)))
    return f"{where}; the nearest is `{_quote(nearest)}` at {nearest.start}"


def _quote(row: Record | MentionRecord) -> str:
    return row.value_text if isinstance(row, Record) else row.text


def _lines(row: Record | MentionRecord, extraction: Extraction, rules: Mapping[str, Rule]) -> Iterator[str]:
    if isinstance(row, Record):
        kind, parts = "record", _record_parts(row)
    else:
        kind, parts = "mention", _mention_parts(row, extraction.document.text)
    yield f"{row.source}:{row.start}-{row.end}  {_quote(row)}  ({kind})"
    behind = _behind(row.rule, rules)
    for part, value in parts.items():
        yield f"  {part:<10} {value}"
        yield from behind.pop(part, ())
    leftovers = [line for lines in behind.values() for line in lines]
    if leftovers:
        yield "  also"
        yield from leftovers


def _record_parts(record: Record) -> dict[str, str]:
    value = plain(record.value) + (f" to {plain(record.value_high)}" if record.value_high is not None else "")
    unit = record.unit or "none"
    if record.base_value is not None and record.base_unit != record.unit:
        unit += f" ({plain(record.base_value)} {record.base_unit})"
    basis = f" ({record.basis})" if record.basis else ""
    prices = f", {record.price_basis} prices" if record.price_basis else ""
    id_of_indicator = f" ({record.indicator_id})" if record.indicator_id else ""
    parts = {
        "evidence": record.evidence,
        "numeral": f"{value}, {record.decimals} decimals",
        "unit": unit,
        "bound": record.bound,
        "indicator": f"{record.indicator}{id_of_indicator}, in the text: {record.indicator_text}",
        "measure": f"{record.measure}{basis}{prices}",
        "period": f"{record.time_period or 'unknown'} ({record.period_source or 'not found'})",
        "status": record.status,
        "wording": record.wording,
        "section": record.section,
        "flags": record.flags,
    }
    return {part: value for part, value in parts.items() if value}


def _mention_parts(mention: MentionRecord, text: str) -> dict[str, str]:
    around = text[max(0, mention.start - _CONTEXT) : mention.end + _CONTEXT]
    return {"evidence": around, "mention": mention.mention_class}


def _behind(field: str, rules: Mapping[str, Rule]) -> dict[str, list[str]]:
    """The rules of a record by the part they stand behind, a line each."""
    behind: dict[str, list[str]] = {}
    for name in field.split("|"):
        rule = rules.get(name)
        topic = rule.topic if rule else topic_of(name)
        where = f"{rule.file}{': ' + rule.note if rule.note else ''}" if rule else "built into the engine"
        behind.setdefault(topic, []).append(f"  {'':<10}   by {name} ({where})")
    return behind
