"""Cells → charts: the series of each region, as a table with a sparkline. `plot` draws the same charts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract.printable import printable
from indicator_extract.record import plain

if TYPE_CHECKING:
    import duckdb
    from rich.table import Table

_BARS = "▁▂▃▄▅▆▇█"
_GAP = " "
_YEAR = re.compile(r"\d{4}")

_SERIES = """
    SELECT concat_ws(' ', name, measure, CASE WHEN basis NOT IN ('yoy', 'annual_average') THEN basis END, price_basis),
        unit, area, time_period, value, status
    FROM cell
    ORDER BY ALL
"""


class Chart(NamedTuple):
    """One measure of an indicator: the series of each region over the same periods."""

    name: str  # indicator, measure, and the basis where it is not the usual one
    unit: str
    periods: tuple[str, ...]
    series: Mapping[str, Mapping[str, Decimal]]  # region -> period -> value
    open: frozenset[tuple[str, str]]  # region and period of values that are not actual

    @property
    def title(self) -> str:
        """Name and unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


def charts(base: duckdb.DuckDBPyConnection) -> list[Chart]:
    """A chart for each indicator, measure and unit among the cells."""
    groups: dict[tuple[str, str], list[tuple[str, str, Decimal, str]]] = {}
    for name, unit, *point in base.execute(_SERIES).fetchall():
        groups.setdefault((name, unit), []).append((*point,))
    return [_chart(name, unit, points) for (name, unit), points in groups.items()]


def _chart(name: str, unit: str, points: Sequence[tuple[str, str, Decimal, str]]) -> Chart:
    series: dict[str, dict[str, Decimal]] = {}
    for area, period, value, _ in points:
        series.setdefault(area, {})[period] = value
    unsettled = frozenset((area, period) for area, period, _, status in points if status != "actual")
    return Chart(name, unit, _spread({period for _, period, _, _ in points}), series, unsettled)


def _spread(periods: set[str]) -> tuple[str, ...]:
    """The periods in order; where all are years, those between them too, so that a gap shows as one."""
    if all(_YEAR.fullmatch(period) for period in periods):
        return tuple(map(str, range(int(min(periods)), int(max(periods)) + 1)))
    return tuple(sorted(periods))


def sparkline(values: Sequence[Decimal | None]) -> str:
    """A bar for each value, from the lowest to the highest of them; a blank where there is none."""
    known = [value for value in values if value is not None]
    low, span = min(known, default=Decimal(0)), max(known, default=Decimal(0)) - min(known, default=Decimal(0))
    top = len(_BARS) - 1
    return "".join(
        _GAP if value is None else _BARS[round((value - low) / span * top) if span else top // 2] for value in values
    )


def table(chart: Chart) -> Table:
    """A row for each region, a column for each period, and the sparkline; * marks what is not actual."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    made.add_column("ref_area", overflow="fold")
    for period in chart.periods:
        made.add_column(Text(printable(period)), justify="right", no_wrap=True)
    made.add_column("", no_wrap=True)
    for area, values in chart.series.items():
        cells = [_shown(chart, area, period) for period in chart.periods]
        made.add_row(Text(printable(area)), *cells, sparkline([values.get(period) for period in chart.periods]))
    return made


def _shown(chart: Chart, area: str, period: str) -> str:
    value = chart.series[area].get(period)
    if value is None:
        return ""
    return format(Decimal(plain(value)), ",f") + ("*" if (area, period) in chart.open else "")
