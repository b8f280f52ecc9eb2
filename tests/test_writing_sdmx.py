"""SDMX-CSV: read back with sdmx1 against its data structure, every code in its list."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sdmx.model import v30
from sdmx.reader.csv import Reader
from support import Run
from test_writing import record

from indicator_extract import Extractor, Record
from indicator_extract.lexicon import load_lexicon
from indicator_extract.record import plain
from indicator_extract.regions import load_regions
from indicator_extract.writing import Layout, sdmx_csv
from indicator_extract.writing.sdmx_period import time_period

CODE = re.compile(r"[A-Za-z0-9_@$-]+")  # IDType of the SDMX schemas
TIME = re.compile(
    r"\d{4}|\d{4}-\d\d|\d{4}-\d\d-\d\d|\d{4}-[SQ]\d|\d{4}-\d\d-\d\d/P\d+[YMD]"
)  # ObservationalTimePeriod, as far as it is used

# CL_OBS_STATUS 2.2 of the SDMX global registry.
OBS_STATUS = set("ABDEFGHIJKLMNOPQSUVW")
CODES = {
    "MEASURE": {"LEVEL", "GROWTH_RATE", "AVG_GROWTH_RATE", "CHANGE", "SHARE", "MULTIPLE"},
    "BASIS": {"YOY", "MOM", "ANNUAL_AVERAGE", "UNSTATED", "_O", "_Z"},
    "PRICE_BASIS": {"CURRENT", "CONSTANT", "_Z"},
    "UNIT_MULT": {"0"},  # CL_UNIT_MULT: units
    "DECIMALS": {str(number) for number in range(30)},  # CL_DECIMALS
    "OBS_STATUS": OBS_STATUS,
    "BOUND": {"EXACT", "APPROX", "AT_LEAST", "AT_MOST"},
}
UNITS = load_lexicon().units


def structure() -> v30.Dataflow:
    """The data structure that docs/sdmx.md describes."""
    whole = v30.DataStructureDefinition(id="DSD_CLAIMS")
    for component in sdmx_csv.COMPONENTS:
        if component.role == "dimension":
            whole.dimensions.getdefault(component.id)
        elif component.role == "measure":
            whole.measures.append(v30.Measure(id=component.id))
        else:
            whole.attributes.append(v30.DataAttribute(id=component.id))
    return v30.Dataflow(id="DF_CLAIMS", structure=whole)


def text_of(*records: Record) -> str:
    out = io.BytesIO()
    sdmx_csv.frame([sdmx_csv.pack(records, Layout(units=UNITS))], out)
    return out.getvalue().decode()


def observations(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as stream:  # read_sdmx leaves a file open that it opens itself
        message: Any = Reader().convert(stream, structure())
    return [
        {
            **{name: value.value for name, value in each.dimension.values.items()},
            **{name: value.value for name, value in each.attached_attribute.items()},
            "OBS_VALUE": each.value,
        }
        for data in message.data
        for each in data.obs
    ]


@pytest.fixture(scope="module")
def seed_records() -> list[Record]:
    extractor = Extractor()
    seeds = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
    return [record for seed in seeds for each in extractor.extract_file(seed) for record in each.records]


def test_sdmx1_reads_it_back(seed_records: list[Record], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text_of(*seed_records), encoding="utf-8")
    found = observations(path)
    assert len(found) == len(seed_records)
    for row, known in zip(found, seed_records, strict=True):
        number = known.value if known.base_value is None else known.base_value
        assert row["OBS_VALUE"] == plain(number)
        assert row["CLAIM"] == known.record_id
        assert row["INDICATOR_NAME"] == known.indicator
        assert row["TIME_PERIOD"] == time_period(known.time_period or "")


def test_every_code_is_in_its_list(seed_records: list[Record]) -> None:
    lists = {
        **CODES,
        "REF_AREA": {*load_regions().codes, "_U"},
        "INDICATOR": {
            sdmx_csv.indicator_code(known.id) for known in load_lexicon().indicators.by_name.values()
        } | {"_U"},
    }  # fmt: skip
    seen = set()
    for row in csv.DictReader(io.StringIO(text_of(*seed_records), newline="")):
        assert not {name: row[name] for name, codes in lists.items() if row[name] not in codes}
        assert CODE.fullmatch(row["UNIT_MEASURE"])
        assert CODE.fullmatch(row["CLAIM"])
        assert TIME.fullmatch(row["TIME_PERIOD"]) or not row["TIME_PERIOD"]
        seen.add((row["STRUCTURE"], row["STRUCTURE_ID"], row["ACTION"]))
    assert seen == {("dataflow", "INDICATOR_EXTRACT:DF_CLAIMS(1.0)", "I")}


def test_no_two_indicators_or_units_share_a_code() -> None:
    indicators = {known.id for known in load_lexicon().indicators.by_name.values()}
    units = {unit.id: unit.symbol for unit in UNITS.values()}
    assert len({sdmx_csv.indicator_code(name) for name in indicators}) == len(indicators)
    assert len({sdmx_csv.unit_code(symbol, UNITS) for symbol in units.values()}) == len(units)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("", ""),
        ("2020", "2020"),
        ("2020-03", "2020-03"),
        ("2020-12-31", "2020-12-31"),
        ("2025-01/2025-03", "2025-Q1"),
        ("2025-10/2025-12", "2025-Q4"),
        ("2025-01/2025-06", "2025-S1"),
        ("2025-07/2025-12", "2025-S2"),
        ("2025-01/2025-09", "2025-01-01/P9M"),
        ("2024-11/2025-02", "2024-11-01/P4M"),
        ("2016/2020", "2016-01-01/P5Y"),
        ("2020-01-15/2020-02-14", "2020-01-15/P31D"),
        ("2020-02/2020-02-29", "2020-02-01/P29D"),
        ("2019/2020-06", "2019-01-01/P547D"),
    ],
)
def test_periods(period: str, expected: str) -> None:
    assert time_period(period) == expected


@pytest.mark.parametrize(
    ("symbol", "code"),
    [
        ("", "_Z"),
        ("元", "YUAN"),
        ("%", "PERCENT"),
        ("元/平方米", "YUAN_PER_SQUARE_METRE"),
        ("元/亩", "YUAN_PER_MU"),
        ("什么", "_U"),
        ("元/什么", "_U"),
    ],
)
def test_units(symbol: str, code: str) -> None:
    assert sdmx_csv.unit_code(symbol, UNITS) == code


def test_status_and_value() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(
                text_of(
                    record(status="target", base_value=Decimal("3E+8"), base_unit="元"),
                    record(status="estimate", basis="“十二五”期末", value_high=Decimal("1.50")),
                    record(evidence="=1\n二\u2028三", time_period=None, indicator_id="accounts.gdp"),
                ),
                newline="",
            )
        )
    )
    assert [row["OBS_STATUS"] for row in rows] == ["F", "E", "A"]
    assert [row["OBS_VALUE"] for row in rows] == ["300000000", "-27.1", "-27.1"]
    assert [row["UNIT_MEASURE"] for row in rows] == ["YUAN", "PERCENT", "PERCENT"]
    assert (rows[1]["BASIS"], rows[1]["BASIS_NAME"], rows[1]["OBS_VALUE_HIGH"]) == ("_O", "“十二五”期末", "1.5")
    assert (rows[2]["INDICATOR"], rows[2]["TIME_PERIOD"]) == ("ACCOUNTS_GDP", "")
    assert rows[2]["EVIDENCE"] == "'=1 二 三"


def test_the_command(extract: Run, seeds: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert extract(seeds[0], "--format", "sdmx-csv", "-o", path).returncode == 0
    assert observations(path)
    for option in (("--columns", "value"), ("--in", "亿元")):
        done = extract(seeds[0], "--format", "sdmx-csv", *option)
        assert done.returncode == 2
        assert b"of its own" in done.stderr
