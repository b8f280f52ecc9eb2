"""Typed outputs: what xlsx, Parquet, SQLite and DuckDB hold is what went in, read back with other tools."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet
import pytest
from support import Run
from test_writing import BIG, record

from indicator_extract import MentionRecord, Record, WriteError
from indicator_extract.record import FIELDS
from indicator_extract.writing import FORMATS, Layout, by_name, by_suffix, workbook
from indicator_extract.writing.layout import library

HOSTILE = [
    '=HYPERLINK("http://a.b","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=1+1",
    "http://a.b/c",
    "{=1}",
    "a\tb",
    "a\nb",
    " a ",
]
LONG = record(value=Decimal(1234567890123456789), base_value=Decimal(2) / 3, record_id="r2")
MENTION = MentionRecord(source="a.txt", start=1, end=4, text="第七次", mention_class="ordinal", rule="x")


def book(*records: Record, layout: Layout | None = None) -> openpyxl.Workbook:
    out = io.BytesIO()
    workbook.write(iter(records), out, layout or Layout())
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def cells(sheet: Any, row: int) -> dict[str, Any]:
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


# xlsx


def test_xlsx_has_types() -> None:
    sheet = book(record(), BIG)["records"]
    row, big = cells(sheet, 2), cells(sheet, 3)
    assert tuple(row) == FIELDS
    assert (row["value"].value, row["value"].data_type) == (-27.1, "n")
    assert row["value"].number_format == "#,##0.0"
    assert (big["value"].value, big["value_high"].value) == (62930000000.5, 70000000000)
    assert big["value_high"].number_format == "#,##0"
    assert (row["start"].value, row["start"].data_type) == (5, "n")
    assert (row["time_period"].value, row["time_period"].data_type) == ("2020", "s")
    assert row["price_basis"].value is None


def test_xlsx_keeps_what_excel_would_round_as_text() -> None:
    row = cells(book(LONG)["records"], 2)
    assert (row["value"].value, row["value"].data_type) == ("1234567890123456789", "s")
    assert row["base_value"].value == "0.6666666666666666666666666667"
    exact = cells(book(record(value=Decimal(123456789012345), base_value=Decimal("1E+20")))["records"], 2)
    assert exact["value"].value == 123456789012345
    assert exact["base_value"].value == 1e20


def test_xlsx_is_ready_to_look_at() -> None:
    sheet = book(record(), BIG)["records"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AD3"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["Y"].width > sheet.column_dimensions["Z"].width, "evidence is wider than an offset"


@pytest.mark.parametrize("text", HOSTILE)
def test_xlsx_text_stays_text(text: str) -> None:
    cell = cells(book(record(evidence=text))["records"], 2)["evidence"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


def test_xlsx_takes_any_text() -> None:
    control = cells(book(record(title="a\x00\x1fb\uffff_x0041_𠮷"))["records"], 2)["title"].value
    assert "𠮷" in control
    long = cells(book(record(evidence="长" * 40_000))["records"], 2)["evidence"].value
    assert len(long) == 32_767
    assert long.endswith("长…")


def test_xlsx_has_mentions_on_request() -> None:
    assert book(record()).sheetnames == ["records"]
    both = book(record(), layout=Layout(mentions=deque([MENTION])))
    assert both.sheetnames == ["records", "mentions"]
    assert cells(both["mentions"], 2)["text"].value == "第七次"
    assert cells(both["mentions"], 2)["end"].value == 4


def test_xlsx_is_the_same_each_time() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    workbook.write([record()], first)
    workbook.write([record()], second)
    assert first.getvalue() == second.getvalue()
    assert zipfile.ZipFile(first).testzip() is None


def test_xlsx_refuses_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert book(record(), BIG)["records"].max_row == 3
    with pytest.raises(WriteError, match="a worksheet holds 2 rows"):
        book(record(), BIG, record())
    assert not list(tmp_path.iterdir()), "nothing is left behind"


# Parquet


def parquet(path: Path, *records: Record, layout: Layout | None = None) -> Path:
    known = by_suffix(path)
    assert known is not None
    assert known.write is not None
    with path.open("wb") as out:
        known.write(iter(records), out, layout or Layout())
    return path


def test_parquet_has_types(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", record(), BIG)
    schema = pyarrow.parquet.read_schema(path)
    assert tuple(schema.names) == FIELDS
    assert str(schema.field("value").type) == "decimal128(38, 12)"
    assert str(schema.field("start").type) == "int64"
    assert str(schema.field("time_period").type) == "string"
    rows = pyarrow.parquet.read_table(path).to_pylist()
    assert (rows[0]["value"], rows[0]["price_basis"]) == (Decimal("-27.1"), None)
    assert [Record(**{**row, "value": row["value"]}) for row in rows] == [record(), BIG]


def test_parquet_opens_in_duckdb(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", record(), BIG)
    assert duckdb.sql(f"SELECT sum(value), count(*) FROM '{path}'").fetchall() == [(Decimal("62929999973.4"), 2)]


def test_parquet_says_what_it_cannot_hold(tmp_path: Path) -> None:
    huge = record(value=Decimal("1E+30"), flags="a")
    (row,) = pyarrow.parquet.read_table(parquet(tmp_path / "a.parquet", huge)).to_pylist()
    assert row["value"] is None
    assert row["flags"] == "a|out_of_range"


def test_parquet_of_nothing_and_of_chosen_columns(tmp_path: Path) -> None:
    assert pyarrow.parquet.read_table(parquet(tmp_path / "a.parquet")).num_rows == 0
    layout = Layout(("value", "indicator"))
    table = pyarrow.parquet.read_table(parquet(tmp_path / "b.parquet", record(), layout=layout))
    assert table.to_pylist() == [{"value": Decimal("-27.100000000000"), "indicator": "地区生产总值"}]


# Databases


def append(path: Path, *records: Record, layout: Layout | None = None) -> None:
    known = by_suffix(path)
    assert known is not None
    assert known.append is not None
    known.append(iter(records), path, layout or Layout())


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    connect = duckdb.connect if path.suffix == ".duckdb" else sqlite3.connect
    base: Any = connect(str(path))
    try:
        found: list[tuple[Any, ...]] = base.execute(query).fetchall()
        return found
    finally:
        base.close()


@pytest.fixture(params=["a.sqlite", "a.db", "a.duckdb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_a_database_is_added_to_and_not_doubled(database: Path) -> None:
    append(database, record(), record(title="again"), LONG)
    append(database, LONG, record(record_id="r3", title="new"), record(title="newest"))
    assert rows(database, "SELECT record_id, title FROM records ORDER BY record_id") == [
        ("r1", "newest"),
        ("r2", "政府工作报告"),
        ("r3", "new"),
    ]


def test_a_database_holds_mentions_on_request(database: Path) -> None:
    for _ in range(2):
        append(database, record(), layout=Layout(mentions=deque([MENTION])))
    assert rows(database, 'SELECT text, "start" FROM mentions') == [("第七次", 1)]


def test_a_database_is_left_alone_when_the_work_fails(database: Path) -> None:
    def failing() -> Iterator[Record]:
        yield LONG
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        append(database, *failing())
    known = by_suffix(database)
    assert known is not None
    assert known.append is not None
    with pytest.raises(ArithmeticError):
        known.append(failing(), database, Layout())
    assert not database.exists()
    append(database, record())
    with pytest.raises(ArithmeticError):
        known.append(failing(), database, Layout())
    assert rows(database, "SELECT record_id FROM records") == [("r1",)]


def test_what_is_no_database_is_one_line(database: Path) -> None:
    with pytest.raises(WriteError, match="its folder does not exist"):
        append(database.parent / "absent" / database.name, record())
    database.write_bytes(b"not a database, but long enough to look at" * 99)
    with pytest.raises(WriteError, match="cannot be written as a database"):
        append(database, record())


def test_other_columns_are_refused(database: Path) -> None:
    append(database, record())
    with pytest.raises(WriteError, match="other columns"):
        append(database, record(), layout=Layout(("record_id", "value")))


def test_numbers_are_exact(tmp_path: Path) -> None:
    append(tmp_path / "a.duckdb", record(), LONG)
    query = "SELECT value, base_value FROM records ORDER BY record_id"
    assert rows(tmp_path / "a.duckdb", query) == [
        (Decimal("-27.1"), None),
        (Decimal(1234567890123456789), Decimal("0.666666666667")),
    ]
    append(tmp_path / "a.sqlite", record(), LONG, record(record_id="r3", value=Decimal("123456789.0123456789")))
    assert rows(tmp_path / "a.sqlite", query) == [
        (-27.1, None),
        (1234567890123456789, "0.6666666666666666666666666667"),
        ("123456789.0123456789", None),
    ]


# The command


def test_the_command_writes_them_all(extract: Run, seeds: list[Path], tmp_path: Path) -> None:
    plain = extract(seeds[0], "--format", "jsonl").stdout.count(b"\n")
    for name in ("a.xlsx", "a.parquet", "a.db", "a.duckdb"):
        for _ in range(2):
            done = extract(seeds[0], "-o", tmp_path / name)
            assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["records"].max_row == plain + 1
    assert pyarrow.parquet.read_table(tmp_path / "a.parquet").num_rows == plain
    for name in ("a.db", "a.duckdb"):
        assert rows(tmp_path / name, "SELECT count(*) FROM records") == [(plain,)]


def test_mentions_go_beside_the_records(extract: Run, seeds: list[Path], tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.db"):
        assert extract(seeds[0], "-o", tmp_path / name, "--mentions", tmp_path / name).returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["mentions"]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM mentions") == [(sheet.max_row - 1,)]
    assert extract(seeds[0], "-o", tmp_path / "a.csv", "--mentions", tmp_path / "a.csv").returncode == 2


def test_hostile_text_in_a_report(extract: Run, tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("=HYPERLINK(1,2)2020年地区生产总值383亿元\n+1+1 粮食产量5吨\n@SUM 人口\t3万人", encoding="utf-8")
    assert extract(report, "-o", tmp_path / "a.xlsx").returncode == 0
    cells_of = openpyxl.load_workbook(tmp_path / "a.xlsx")["records"]
    assert {cell.data_type for row in cells_of.iter_rows() for cell in row} <= {"s", "n"}
    done = extract(report, "--format", "csv")
    assert b",=HYPER" not in done.stdout
    assert b"'=HYPERLINK(1" in done.stdout


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_database_needs_a_file(extract: Run, seeds: list[Path], name: str) -> None:
    done = extract(seeds[0], "--format", name)
    assert done.returncode == 2
    assert b"name it with -o" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(extract: Run, seeds: list[Path]) -> None:
    for name in ("xlsx", "parquet"):
        done = extract(seeds[0], "--format", name, "-o", "/dev/full")
        assert done.returncode == 1
        assert [line[:6] for line in done.stderr.splitlines()] == [b"error:"]


def test_a_missing_library_names_its_extra() -> None:
    with pytest.raises(WriteError, match=r'pip install "indicator-extract\[xlsx\]"'):
        library("no_such_library", "xlsx", "xlsx")


def test_every_format_is_in_the_help(command: Run) -> None:
    said = "".join(command("extract", "--help").stdout.decode().split())
    assert all(known.name in said for known in FORMATS)
    assert by_name("no such") is None
