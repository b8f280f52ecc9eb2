#!/usr/bin/env python3
"""Score the records of tables (JSON Lines) against labelled cells. Standard library only.

usage: score_tables.py --pred RECORDS.jsonl --gold CELLS.jsonl... [--errors N] [--json]

A record is that of the cell its source names (page.html#table1!C5). Tables count from 1 in a source and from 0 in the labels,
where tables without values count as well; so each table of a document is matched to the labelled table, in order, that
shares the most of its numbers. `value_unit` is the share of labelled cells with right value and unit; the shares of the
other fields are of all labelled cells too. Fields and further right answers are those of score.py beside this file.
"""
import argparse
import collections
import json
import re
import sys
from pathlib import Path

from score import likeness, right

PLACE = re.compile(r"(?P<doc>.*)#(?P<table>[^#!]*)!(?P<col>[A-Z]+)(?P<row>\d+)")
FIELDS = ("value", "unit", "measure", "basis", "period", "status", "indicator")


def column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def located(path):
    """Records by document and table, then by row and column."""
    tables = collections.defaultdict(dict)
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        place = PLACE.fullmatch(record["source"])
        if place:
            key = (Path(place["doc"]).name, place["table"])
            tables[key][int(place["row"]) - 1, column(place["col"])] = record
    return tables


def matched(labelled, tables):
    """For each labelled table, the found one that shares most of its numbers."""
    pairs = {}
    for (doc, number), cells in labelled.items():
        best, most = {}, 0
        for (other, _), records in tables.items():
            if other != doc:
                continue
            shared = sum(1 for place, cell in cells.items() if place in records and records[place]["value_text"] == cell["quote"])
            if shared > most:
                best, most = records, shared
        pairs[doc, number] = best
    return pairs


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pred", required=True, help="records as JSON Lines")
    ap.add_argument("--gold", required=True, nargs="+", help="labelled cells")
    ap.add_argument("--errors", type=int, default=0, help="print this many examples of each kind of error")
    ap.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    args = ap.parse_args()

    labelled = collections.defaultdict(dict)
    for path in args.gold:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            cell = json.loads(line)
            labelled[cell["doc"], cell["table"]][cell["row"], cell["col"]] = {"value_high": None, **cell}
    tally, errors = collections.Counter(), collections.defaultdict(list)
    used = 0
    pairs = matched(labelled, located(args.pred))
    for key, cells in labelled.items():
        records = pairs[key]
        used += sum(1 for place in records if place in cells)
        tally["spurious"] += sum(1 for place in records if place not in cells)
        for place, cell in cells.items():
            tally["cells"] += 1
            name = f"{key[0]} table {key[1]} {place} {cell['quote']} ({cell['indicator']})"
            record = records.get(place)
            if record is None:
                errors["missed"].append(name)
                continue
            tally["found"] += 1
            ok = {field: right(cell, record, field) for field in FIELDS}
            ok["value_unit"] = ok["value"] and ok["unit"]
            ok["indicator_exact"] = likeness(cell, record) == 1.0
            for field, good in ok.items():
                tally[field] += good
                if not good and field in FIELDS:
                    got = {"period": record["time_period"], "indicator": f"{record['indicator']} / {record['indicator_text']}"}
                    errors[field].append(f"{name}: want {cell[field]!r}, got {got.get(field, record.get(field))!r}")
    figures = {"cells": tally["cells"], "found": tally["found"], "spurious": tally["spurious"]}
    for field in ("value_unit", *FIELDS, "indicator_exact"):
        figures[field] = tally[field] / tally["cells"] if tally["cells"] else 0.0
    if args.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for key, value in figures.items():
            print(f"{key:15} {value:.4f}" if isinstance(value, float) else f"{key:15} {value}")
    for kind, rows in errors.items():
        for row in rows[: args.errors]:
            print(f"{kind}: {row}", file=sys.stderr)


if __name__ == "__main__":
    main()
