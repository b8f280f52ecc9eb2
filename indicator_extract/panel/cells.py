"""A base of facts → the grids of a panel: long or wide, and its conflicts. What is preferred stands in `facts.sql`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicator_extract.panel.base import run
from indicator_extract.panel.rows import Conflict, PanelCell
from indicator_extract.writing.grid import Grid
from indicator_extract.writing.layout import Kind, kinds

if TYPE_CHECKING:
    import duckdb
    from pydantic import BaseModel

_ORDER = "ORDER BY region, subject, measure, basis NULLS FIRST, price_basis NULLS FIRST, unit, time_period"
_KEYS: dict[str, Kind] = {"ref_area": "text", "ref_area_code": "text", "time_period": "text"}


def settle(base: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables `rival` and `cell` of the facts."""
    run(base, "cells")


def panel(base: duckdb.DuckDBPyConnection) -> Grid:
    """The cells, one row each, with the fields of `PanelCell`."""
    renamed = "SELECT * EXCLUDE (ref_area, indicator), area AS ref_area, name AS indicator FROM cell"
    return grid_of(base, "panel", PanelCell, f"SELECT {{}} FROM ({renamed}) {_ORDER}")


def conflicts(base: duckdb.DuckDBPyConnection) -> Grid:
    """The records of each cell whose records disagree, with the fields of `Conflict`, the one preferred first."""
    rivals = """
        SELECT
            rival.* EXCLUDE (preferred, disagrees, ref_area, indicator),
            rival.area AS ref_area,
            rival.name AS indicator,
            CASE WHEN rival.preferred THEN 'yes' ELSE 'no' END AS preferred,
            CASE WHEN rival.disagrees THEN 'yes' ELSE 'no' END AS disagrees
        FROM rival JOIN cell ON rival.best.record_id = cell.record_id
        WHERE cell.disagreeing > 0
    """
    return grid_of(base, "conflicts", Conflict, f"SELECT {{}} FROM ({rivals}) {_ORDER}, turn")


def wide(base: duckdb.DuckDBPyConnection, *, everything: bool) -> Grid:
    """A row for each region and period, a column for each indicator, measure and unit.

    Names outside the lexicon would make a column each, and most hold one number: they come only with `everything`.
    """
    base.execute("CREATE TEMP TABLE columned AS FROM cell WHERE indicator_id <> '' OR ?", [everything])
    run(base, "wide")
    found = base.execute("SELECT * EXCLUDE (region) FROM wide ORDER BY region, time_period")
    names = [column[0] for column in found.description or ()]
    order = [*_KEYS, *names[len(_KEYS) :]]
    places = [names.index(name) for name in order]
    columns: dict[str, Kind] = {name: _KEYS.get(name, "number") for name in order}
    return Grid("panel", columns, [[row[place] for place in places] for row in found.fetchall()])


def grid_of(base: duckdb.DuckDBPyConnection, name: str, row: type[BaseModel], query: str) -> Grid:
    """The rows of a query whose `{}` stands for the fields of a row."""
    columns: Sequence[str] = tuple(row.model_fields)
    return Grid(name, kinds(row), base.execute(query.format(", ".join(columns))).fetchall())
