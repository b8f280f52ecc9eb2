"""A base of facts → the grid of targets, with what became of them, and of the statements that none is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract.panel.base import add, run
from indicator_extract.panel.cells import grid_of
from indicator_extract.panel.rows import Target
from indicator_extract.panel.wording import Aim
from indicator_extract.writing.grid import Grid

if TYPE_CHECKING:
    import duckdb

    from indicator_extract.record import Record

_ORDER = "ORDER BY region, subject, measure, time_period, basis NULLS FIRST, price_basis NULLS FIRST, unit"
_AIM = ("record_id", "form", "commitment", "better")


class Unset(NamedTuple):
    """A statement that no target is set, with the region and the year it is about."""

    ref_area: str
    ref_area_code: str
    time_period: str
    indicator: str
    indicator_id: str
    measure: str
    form: str
    better: str
    wording: str
    source: str
    record_id: str
    value_text: str
    evidence: str


def targets(base: duckdb.DuckDBPyConnection, aims: Iterable[Aim], unset: Sequence[Unset]) -> Grid:
    """The targets, one row each, with the fields of `Target`."""
    add(base, "aim", _AIM, [tuple(getattr(aim, name) for name in _AIM) for aim in dict.fromkeys(aims)])
    add(base, "unset", Unset._fields, unset)
    run(base, "targets")
    return grid_of(base, "targets", Target, f"SELECT {{}} FROM target {_ORDER}")


def placed(statements: Iterable[Aim], records: Sequence[Record], source: str) -> Iterator[Unset]:
    """The statements of one document with its region and the year that it sets targets for.

    Both are those of most of its records; a document without either says nothing that a table could hold.
    """
    areas = Counter((record.ref_area, record.ref_area_code) for record in records if record.ref_area)
    years = Counter(year for record in records if record.status == "target" and (year := _year(record)))
    done = Counter(year for record in records if record.status == "actual" and (year := _year(record)))
    year = _most(years) or (str(int(_most(done)) + 1) if done else "")
    if not areas or not year:
        return
    name, code = areas.most_common(1)[0][0]
    for number, said in enumerate(statements, 1):
        yield Unset(
            name, code, year, said.indicator, said.indicator_id, said.measure, said.form, said.better, said.wording,
            source, f"{source}:{number}", said.wording, said.evidence,
        )  # fmt: skip


def _year(record: Record) -> str:
    period = record.time_period or ""
    return period if period.isdigit() else ""


def _most(years: Counter[str]) -> str:
    """The year named most often, the later one of two."""
    return max(years, key=lambda year: (years[year], year), default="")
