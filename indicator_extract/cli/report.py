"""Findings as a report for people (text) and for programs (csv, json)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import BinaryIO

from indicator_extract.checks import Finding
from indicator_extract.checks.figures import Range
from indicator_extract.printable import printable
from indicator_extract.record import Record, plain
from indicator_extract.writing.delimited import on_one_line, packed

_OF_RECORD = (
    "record_id", "source", "start", "end", "ref_area", "indicator", "measure", "time_period", "value_text", "evidence",
)  # fmt: skip
_OF_FINDING = ("flag", "message", "stated_low", "stated_high", "allowed_low", "allowed_high", "unit")


def write_text(findings: Iterable[Finding], out: BinaryIO) -> None:
    """A head line for each finding; below it the numbers concerned, and the sentences they stand in."""
    out.writelines("".join(f"{printable(line)}\n" for line in (*_lines(finding), "")).encode() for finding in findings)


def _lines(finding: Finding) -> Iterator[str]:
    first = finding.records[0]
    yield f"{first.source}:{first.start}  {finding.flag}  {finding.message}"
    for evidence, group in groupby(finding.records, key=lambda record: record.evidence):
        for record in group:
            period = f", {record.time_period}" if record.time_period else ""
            value = " ".join(record.value_text.split())
            yield f"  {record.start}-{record.end}  {record.indicator} {value}  ({record.measure}{period})"
        yield f"    {evidence}"


def write_csv(findings: Iterable[Finding], out: BinaryIO) -> None:
    """A row for each record of a finding; the rows of one finding share its number, counted from 1."""
    out.write(packed([("finding", *_OF_FINDING, *_OF_RECORD)]))
    for number, finding in enumerate(findings, 1):
        shared = _of_finding(finding)
        rows = ({**shared, **_of_record(record)} for record in finding.records)
        out.write(packed((number, *(_cell(name, value) for name, value in row.items())) for row in rows))


def _cell(name: str, value: str | int | None) -> str | int:
    """Texts cannot be formulas and stay on one line; the limits are numbers, minus and all."""
    number = name.endswith(("_low", "_high"))
    return on_one_line(value) if isinstance(value, str) and not number else "" if value is None else value


def write_json(findings: Iterable[Finding], out: BinaryIO) -> None:
    """An array of findings, each with its records; numbers are strings of plain digits, as in records."""
    rows = [{**_of_finding(each), "records": [_of_record(record) for record in each.records]} for each in findings]
    out.write((json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())


def _of_finding(finding: Finding) -> dict[str, str]:
    limits = (*_limits(finding.stated), *_limits(finding.allowed))
    return dict(zip(_OF_FINDING, (finding.flag, finding.message, *limits, finding.unit), strict=True))


def _limits(numbers: Range) -> tuple[str, str]:
    low, high = (plain(Decimal(end)) for end in numbers)
    return low, high


def _of_record(record: Record) -> dict[str, str | int | None]:
    return {name: getattr(record, name) for name in _OF_RECORD}


FORMATS: dict[str, Callable[[Iterable[Finding], BinaryIO], None]] = {
    "text": write_text,
    "csv": write_csv,
    "json": write_json,
}
