"""Periods and statuses in short documents of every shape: who gives the year, what headings open, what a number takes.

Each table of `tests/frames/` is a family, each of its rows a document of its own. A row lists the claims that matter,
in the order of the text: `value_text` finds the record; a field that may be read in several ways lists all right
answers, the best first. A row that a careful reader could doubt says so in `xfail`, and fails as soon as it passes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from support import ROOT

from indicator_extract import Extractor, Record

FIELDS = ("time_period", "status", "period_source", "measure")


def _rows() -> Iterator[Any]:
    for path in sorted((ROOT / "tests" / "frames").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["document"]:
            doubt = row.get("xfail")
            marks = [pytest.mark.xfail(reason=doubt, strict=True)] if doubt else []
            yield pytest.param(row, id=f"{path.stem}:{row['id']}", marks=marks)


def _wrong(claim: Mapping[str, Any], record: Record) -> list[str]:
    """The listed fields of a claim that the record has otherwise."""
    wrong = []
    for field in FIELDS:
        wanted = claim.get(field)
        right = [wanted] if isinstance(wanted, str) else wanted
        if right and getattr(record, field) not in right:
            wrong.append(f"{claim['value_text']}: {field} is {getattr(record, field)}, not {' or '.join(right)}")
    return wrong


@pytest.mark.parametrize("row", list(_rows()))
def test_frames(row: Mapping[str, Any], extractor: Extractor) -> None:
    records = extractor.extract_text(row["text"], title=row.get("title", "")).records
    wrong, at = [], 0
    for claim in row["claims"]:
        found = next((i for i in range(at, len(records)) if records[i].value_text == claim["value_text"]), None)
        if found is None:
            wrong.append(f"{claim['value_text']}: no record")
            continue
        at = found + 1
        wrong += _wrong(claim, records[found])
    assert not wrong, "\n".join(wrong)
