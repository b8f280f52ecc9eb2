"""SDMX-CSV 2.0: each record an observation of the data structure INDICATOR_EXTRACT:DSD_CLAIMS(1.0).

`COMPONENTS` is the mapping; `docs/sdmx.md` is made from it. Where SDMX has a cross-domain code list (CL_OBS_STATUS,
CL_UNIT_MULT, CL_DECIMALS), its codes are used. Texts stand on one line, as some readers split the file at line breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from indicator_extract.writing.delimited import on_one_line, packed
from indicator_extract.writing.layout import ALL, Layout
from indicator_extract.writing.sdmx_period import time_period

if TYPE_CHECKING:
    from indicator_extract.model import Unit
    from indicator_extract.record import Record

STRUCTURE_ID = "INDICATOR_EXTRACT:DF_CLAIMS(1.0)"
UNKNOWN, NOT_APPLICABLE, OTHER = "_U", "_Z", "_O"  # as in the cross-domain code lists

OBS_STATUS = {"actual": "A", "estimate": "E", "target": "F"}
"""CL_OBS_STATUS: normal value, estimated value, forecast value."""

_BASES = {"yoy", "mom", "annual_average", "unstated"}


class Component(NamedTuple):
    """A column: what it is in the data structure, and what of a record it holds."""

    id: str
    role: Literal["dimension", "measure", "attribute"]
    meaning: str
    of: Callable[[Record, Mapping[str, Unit]], str]


def pack(records: Iterable[Record], layout: Layout = ALL) -> bytes:
    """The rows of records; `layout.units` gives the codes of units."""
    start = ("dataflow", STRUCTURE_ID, "I")
    return packed((*start, *(component.of(record, layout.units) for component in COMPONENTS)) for record in records)


def frame(pieces: Iterable[bytes], out: BinaryIO, _layout: Layout = ALL) -> None:
    """Writes the head and the packed rows below it."""
    out.write(packed([["STRUCTURE", "STRUCTURE_ID", "ACTION", *(component.id for component in COMPONENTS)]]))
    out.writelines(pieces)


def indicator_code(name: str) -> str:
    """The code of an id of the lexicon (`accounts.gdp`: ACCOUNTS_GDP): codes have no points."""
    return name.replace(".", "_").upper() or UNKNOWN


def unit_code(symbol: str, units: Mapping[str, Unit]) -> str:
    """The code of a unit by its symbol (元/平方米: YUAN_PER_SQUARE_METRE), `_Z` for a number without unit."""
    if not symbol:
        return NOT_APPLICABLE
    if symbol in units:
        return units[symbol].id.removeprefix("unit.").replace(".", "_").upper()
    parts = symbol.split("/")
    known = len(parts) > 1 and all(part in units for part in parts)
    return "_PER_".join(unit_code(part, units) for part in parts) if known else UNKNOWN


def _value(record: Record, end: str = "") -> str:
    from indicator_extract.record import plain

    own: Decimal | None = getattr(record, f"value{end}")
    base: Decimal | None = getattr(record, f"base_value{end}")
    number = own if base is None else base
    return "" if number is None else plain(number)


def _unit(record: Record) -> str:
    return record.unit if record.base_value is None else record.base_unit


def _basis(record: Record) -> str:
    if record.basis is None:
        return NOT_APPLICABLE
    return record.basis.upper() if record.basis in _BASES else OTHER


COMPONENTS = (
    Component("REF_AREA", "dimension", "`ref_area_code`; `_U` where empty", lambda r, _: r.ref_area_code or UNKNOWN),
    Component(
        "INDICATOR",
        "dimension",
        "`indicator_id` in capitals, `_` for the point; `_U` where empty",
        lambda r, _: indicator_code(r.indicator_id),
    ),
    Component("MEASURE", "dimension", "`measure` in capitals", lambda r, _: r.measure.upper()),
    Component(
        "BASIS", "dimension", "`basis` in capitals; `_O` for words of the text, `_Z` for none", lambda r, _: _basis(r)
    ),
    Component(
        "PRICE_BASIS",
        "dimension",
        "`price_basis` in capitals; `_Z` where empty",
        lambda r, _: (r.price_basis or NOT_APPLICABLE).upper(),
    ),
    Component("CLAIM", "dimension", "`record_id`: two texts may state one thing", lambda r, _: r.record_id),
    Component(
        "TIME_PERIOD", "dimension", "`time_period` as SDMX writes it", lambda r, _: time_period(r.time_period or "")
    ),
    Component("OBS_VALUE", "measure", "`base_value`; `value` where the unit has no base", lambda r, _: _value(r)),
    Component("OBS_VALUE_HIGH", "attribute", "the same of `value_high`", lambda r, _: _value(r, "_high")),
    Component(
        "UNIT_MEASURE",
        "attribute",
        "id of the unit in capitals, `_PER_` between two; `_Z` without unit, `_U` outside the lexicon",
        lambda r, units: unit_code(_unit(r), units),
    ),
    Component("UNIT_MULT", "attribute", "always 0: no power of ten is left out", lambda _, __: "0"),
    Component("DECIMALS", "attribute", "digits after the point of OBS_VALUE", lambda r, _: _decimals(r)),
    Component(
        "OBS_STATUS",
        "attribute",
        "`status`: " + ", ".join(f"`{code}` {status}" for status, code in OBS_STATUS.items()),
        lambda r, _: OBS_STATUS[r.status],
    ),
    Component("BOUND", "attribute", "`bound` in capitals", lambda r, _: r.bound.upper()),
    Component("INDICATOR_NAME", "attribute", "`indicator`", lambda r, _: on_one_line(r.indicator)),
    Component("REF_AREA_NAME", "attribute", "`ref_area`", lambda r, _: on_one_line(r.ref_area)),
    Component("UNIT_NAME", "attribute", "the unit in Chinese", lambda r, _: on_one_line(_unit(r))),
    Component("BASIS_NAME", "attribute", "`basis`", lambda r, _: on_one_line(r.basis or "")),
    Component("WORDING", "attribute", "`wording`", lambda r, _: on_one_line(r.wording)),
    Component("EVIDENCE", "attribute", "`evidence`", lambda r, _: on_one_line(r.evidence)),
    Component("SOURCE", "attribute", "`source`", lambda r, _: on_one_line(r.source)),
    Component("FLAGS", "attribute", "`flags`", lambda r, _: on_one_line(r.flags)),
)
"""The columns after STRUCTURE, STRUCTURE_ID and ACTION, in order."""


def _decimals(record: Record) -> str:
    return str(len(_value(record).partition(".")[2]))
