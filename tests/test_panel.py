"""The panel: what a cell is, which record it takes, what is a conflict, and what the command writes."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT, Run
from test_writing import record

from indicator_extract import ReadError, Record, WriteError
from indicator_extract.panel import cells
from indicator_extract.panel.base import base_of, left_out
from indicator_extract.panel.load import holds, records_of
from indicator_extract.panel.rows import Conflict, PanelCell
from indicator_extract.writing import FORMATS, Format, Layout, by_name, grid, layout, pieces
from indicator_extract.writing.grid import Grid

AREA = {"ref_area": "安平县", "ref_area_code": "131125"}
KEPT = [known for known in FORMATS if known.name not in ("table", "xlsx", "html", "sdmx-csv")]


def fact(**changes: Any) -> Record:
    """A record of GDP in 亿元, one in each document unless told otherwise."""
    value = Decimal(changes.pop("value", "383.1"))
    size = {"value": value * 10**8, "base_value": value * 10**8, "base_unit": "元", "unit": "元"}
    text = {"value_text": f"{value}亿元", "decimals": max(0, -int(value.as_tuple().exponent))}
    key = {"indicator_id": "accounts.gdp", "measure": "level", "basis": None}
    return record(**{**AREA, **size, **text, **key, "record_id": f"r{value}{sorted(changes.items())}", **changes})


def rate(value: str = "5.1", **changes: Any) -> Record:
    texts = {"value_text": f"{value}%", "decimals": len(value.partition(".")[2]), "indicator_id": "accounts.gdp"}
    number = {"value": Decimal(value), "base_value": Decimal(value), "base_unit": "%"}
    return record(**{**AREA, **texts, **number, "record_id": f"r{value}{sorted(changes.items())}", **changes})


def about(year: int, source: str) -> Record:
    """What makes a document one about this year."""
    return rate("1.5", source=source, time_period=str(year), indicator_id="prices.cpi", indicator="居民消费价格")


def made(records: list[Record], table: str = "panel") -> list[dict[str, Any]]:
    with base_of(records, lambda _: True) as base:
        cells.settle(base)
        found = cells.panel(base) if table == "panel" else cells.conflicts(base)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def gdp(records: list[Record]) -> dict[str, Any]:
    [cell] = [cell for cell in made(records) if cell["indicator_id"] == "accounts.gdp"]
    return cell


BETWEEN = rate("5", value_high=Decimal("5.5"), base_value_high=Decimal("5.5"), value_text="5%-5.5%", decimals=1)


# Preference


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ({"status": "actual"}, {"status": "estimate"}),
        ({"status": "estimate"}, {"status": "target"}),
        ({"source": "b2021.txt"}, {"source": "b2020.txt"}),
        ({"bound": "exact"}, {"bound": "approx"}),
        ({"bound": "exact"}, {"bound": "at_least"}),
        ({"period_source": "explicit"}, {"period_source": "inherited"}),
        ({"value": "383.14"}, {"value": "383.1"}),
        ({"status": "actual", "bound": "approx"}, {"status": "estimate", "bound": "exact"}),
        ({"source": "b2021.txt", "bound": "approx"}, {"source": "b2020.txt", "bound": "exact"}),
    ],
)
def test_one_record_is_preferred(taken: dict[str, Any], left: dict[str, Any]) -> None:
    years = [about(2020, "b2020.txt"), about(2021, "b2021.txt")]
    first, second = fact(**taken), fact(**{"value": "390", **left})
    for records in ([first, second], [second, first]):
        assert gdp([*years, *records])["record_id"] == first.record_id


def test_a_document_is_about_the_year_of_most_of_its_actual_values() -> None:
    plans = [rate(f"{n}", source="old.txt", time_period="2030", status="target", indicator_id="x.y") for n in range(5)]
    years = [about(2020, "old.txt"), about(2021, "new.txt")]
    facts = [fact(source="old.txt"), fact(source="new.txt", value="390")]
    assert gdp([*years, *plans, *facts])["source"] == "new.txt"


def test_cells_of_a_table_are_one_document() -> None:
    found = gdp([fact(source="a.html#table1!C5"), fact(source="a.html#table2!AB12", start=5, record_id="x")])
    assert (found["sources"], found["records"]) == (1, 2)


def test_the_same_text_in_two_files_counts_once() -> None:
    found = gdp([fact(source="a.txt", record_id="same"), fact(source="copy.txt", record_id="same")])
    assert (found["sources"], found["records"], found["source"]) == (1, 1, "a.txt")


# What is one cell


def test_units_of_one_dimension_are_one_cell() -> None:
    found = gdp([fact(), fact(source="b.txt", value_text="3831000万元", unit="万元", decimals=0)])
    assert (found["unit"], found["value"], found["sources"]) == ("元", Decimal(38310000000), 2)


def test_growth_without_a_base_is_over_the_year_before() -> None:
    assert gdp([rate(basis="unstated"), rate(basis="yoy", source="b.txt")])["sources"] == 2


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("2020-12-31", "2020"),
        ("2020-01/2020-12", "2020"),
        ("2020-01/2021-12", "2020-01/2021-12"),
        ("2020-12", "2020-12"),
        ("2020-06-30", "2020-06-30"),
        ("2016/2020", "2016/2020"),
    ],
)
def test_a_whole_year_has_one_name(period: str, shown: str) -> None:
    assert gdp([fact(time_period=period)])["time_period"] == shown


@pytest.mark.parametrize("changes", [{"price_basis": "constant"}, {"time_period": "2021"}, {"ref_area_code": "131126"}])
def test_what_differs_in_the_key_is_another_cell(changes: dict[str, Any]) -> None:
    assert len(made([fact(), fact(**changes)])) == 2


def test_what_has_no_period_or_no_region_is_counted_and_left_out() -> None:
    records = [fact(time_period=None, period_source=None), fact(ref_area="", ref_area_code=""), fact()]
    with base_of(records, lambda _: True) as base:
        assert left_out(base) == (1, 1)
    assert len(made(records)) == 1


def test_digits_are_kept() -> None:
    exact = Decimal("12345678901234567890123.456789012345")
    assert gdp([fact(base_value=exact)])["value"] == exact


# Conflicts


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        (fact(value="198.5"), fact(value="198.46"), False),
        (fact(value="198.5"), fact(value="198.45"), False),
        (fact(value="198.5"), fact(value="198.44"), True),
        (rate("5.1"), rate("5.2"), True),
        (rate("5.1"), rate("5.1", source="b.txt"), False),
        (fact(value="5120"), fact(value="5000", bound="at_least"), False),
        (fact(value="4900"), fact(value="5000", bound="at_least"), True),
        (fact(value="5120"), fact(value="5000", bound="at_most"), True),
        (fact(value="700"), fact(value="690", bound="approx"), False),
        (fact(value="700"), fact(value="690", status="estimate"), False),
        (rate("-20"), rate("-25", bound="at_least"), True),
        (rate("-26"), rate("-25", bound="at_least"), False),
        (rate("5.2"), BETWEEN, False),
        (rate("5.9"), BETWEEN, True),
    ],
)
def test_values_disagree_beyond_rounding_and_bounds(first: Record, second: Record, *, disagree: bool) -> None:
    assert gdp([first, second])["disagreeing"] == int(disagree)
    rows = made([first, second], "conflicts")
    assert [(row["preferred"], row["disagrees"]) for row in rows] == (
        [("yes", "no"), ("no", "yes")] if disagree else []
    )


# Laws


def _records() -> st.SearchStrategy[list[Record]]:
    one = st.builds(
        lambda source, period, value, status, bound, number: fact(
            source=source, time_period=period, value=value, status=status, bound=bound, start=number, end=number + 1,
            record_id=f"{source}{number}",
        ),
        st.sampled_from(["a.txt", "b.txt", "c.txt#table1!B2"]),
        st.sampled_from(["2019", "2020", "2020-12-31", "2021"]),
        st.sampled_from(["1", "1.04", "2", "383.1"]),
        st.sampled_from(["actual", "estimate", "target"]),
        st.sampled_from(["exact", "approx", "at_least", "at_most"]),
        st.integers(0, 30),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=8, unique_by=lambda each: each.record_id)


@settings(max_examples=25)
@given(_records(), st.randoms())
def test_a_panel_has_one_value_a_cell_whatever_the_order(records: list[Record], order: random.Random) -> None:
    found = made(records)
    keys = [
        tuple(row[name] for name in ("ref_area_code", "time_period", "indicator_id", "measure", "unit"))
        for row in found
    ]
    assert len(keys) == len(set(keys))
    by_id = {each.record_id: each for each in records}
    for row in found:
        chosen = by_id[row["record_id"]]
        assert (row["value"], row["bound"], row["status"]) == (chosen.base_value, chosen.bound, chosen.status)
        assert PanelCell.model_validate(row)
    assert sum(row["records"] for row in found) == len(records)
    mixed = [*records]
    order.shuffle(mixed)
    assert made(mixed) == found
    assert made(mixed, "conflicts") == made(records, "conflicts")
    assert all(Conflict.model_validate(row) for row in made(records, "conflicts"))


def test_no_progress_bar_is_drawn_among_the_data() -> None:
    with base_of([fact()], lambda _: True) as base:
        assert base.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_each_connection_is_quiet() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "indicator_extract").rglob("*.py")]
    opened = [
        source[at.end() :] for source in sources for at in re.finditer(r"(?:duckdb|engine)\.connect\(.*\n", source)
    ]
    assert len(opened) == 3
    assert all(after.lstrip().startswith("base.execute(QUIET)") for after in opened)


# Record files


@pytest.mark.parametrize("known", KEPT, ids=lambda known: known.name)
def test_what_was_written_is_read_back(known: Any, tmp_path: Path) -> None:
    odd = fact(evidence='=1+1,\n"x"\u2028y', title="'quoted", value_high=None, section="a\tb")
    records = [odd, rate("-27.1", time_period=None, period_source=None, basis=None), fact(value="0.000001")]
    path = tmp_path / f"records{min(known.suffixes)}"
    write(known, records, path)
    back = [*records_of(path)]
    assert holds(path) == "records"
    if known.name != "tsv":  # which has a blank for a line break
        assert [each.model_dump() for each in sorted(back, key=_id)] == [
            each.model_dump() for each in sorted(records, key=_id)
        ]
    assert [each.value for each in sorted(back, key=_id)] == [each.value for each in sorted(records, key=_id)]


def _id(each: Record) -> str:
    return each.record_id


def write(known: Format | None, records: list[Record], path: Path) -> None:
    assert known is not None
    packed = [pieces.pack(known, records, Layout())]
    if known.append:
        pieces.append(known, packed, path, Layout())
        return
    with path.open("wb") as out:
        pieces.write(known, packed, out, Layout())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "a.csv",
            b"year,gdp\n2020,5\n",
            "is no file of records: it lacks the columns source, title, ref_area, ref_area_code …",
        ),
        ("a.csv", b"", "is no file of records: it holds none"),
        ("a.jsonl", b'{"source": 1}\n', "it lacks the columns title"),
        ("a.json", b"[1, 2]", "it holds none"),
        ("a.json", b"[1, 2", "is no file of records"),
        ("a.parquet", b"PAR1 and so on", "is no file of records"),
        ("a.sqlite", b"SQLite format 3\0 and so on", "is no file of records"),
        ("a.duckdb", b"12345678DUCK and so on", "is no file of records"),
        ("a.csv", "数字".encode("gb18030"), "is no file of records"),
    ],
)
def test_what_is_no_file_of_records_is_named(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert holds(tmp_path / name) == "neither"
    with pytest.raises(ReadError) as caught:
        [*records_of(tmp_path / name)]
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert says in str(caught.value)
    assert "extract -o" in str(caught.value)


def test_a_row_that_is_no_record_is_named(tmp_path: Path) -> None:
    row = json.loads(fact().model_dump_json())
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({**row, "measure": "size"}), encoding="utf-8")
    with pytest.raises(ReadError, match=r"row 2 is no record \(measure: .*\); write it anew"):
        [*records_of(tmp_path / "a.jsonl")]


# Grids


def test_a_grid_is_the_same_in_every_format(tmp_path: Path) -> None:
    shown = Grid(
        "g", {"名 [元]": "text", "n": "number", "i": "integer"}, [("=1", Decimal("0.10"), 3), (None, None, None)]
    )
    for suffix in grid.SUFFIXES:
        with (tmp_path / f"g{suffix}").open("wb") as out:
            grid.write([shown, shown._replace(name="h")], suffix, out)
    assert (tmp_path / "g.csv").read_text(encoding="utf-8") == "名 [元],n,i\n'=1,0.1,3\n,,\n"
    assert (tmp_path / "g.tsv").read_text(encoding="utf-8") == "名 [元]\tn\ti\n'=1\t0.1\t3\n\t\t\n"
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    assert book.sheetnames == ["g", "h"]
    assert [*book["h"].values] == [("名 [元]", "n", "i"), ("=1", 0.1, 3)]
    table = pyarrow.parquet.read_table(tmp_path / "g.parquet")
    assert [[*row.values()] for row in table.to_pylist()] == [["=1", Decimal("0.10"), 3], [None, None, None]]


def test_an_empty_grid_has_its_columns(tmp_path: Path) -> None:
    with (tmp_path / "g.parquet").open("wb") as out:
        grid.write([Grid("g", {"a": "text", "n": "number"}, [])], ".parquet", out)
    assert pyarrow.parquet.read_table(tmp_path / "g.parquet").column_names == ["a", "n"]


def test_a_worksheet_that_is_too_wide_is_an_error() -> None:
    wide = Grid("g", {str(number): "number" for number in range(16_385)}, [])
    with pytest.raises(WriteError, match="16,384 columns; write csv"):
        grid.write([wide], ".xlsx", io.BytesIO())


# The command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    write(by_name("csv"), [fact(), rate(), about(2020, "a.txt")], folder / "a.csv")
    write(
        by_name("csv"),
        [fact(source="b.txt", value="390"), rate("9", status="target"), about(2021, "b.txt")],
        folder / "b.csv",
    )
    (folder / "notes.csv").write_text("year,gdp\n2020,5\n", encoding="utf-8")
    return folder


def rows(data: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(data.decode()))]


def test_panel_takes_a_folder_and_says_what_it_did(command: Run, files: Path) -> None:
    done = command("panel", files, "--indicator", "GDP")
    assert done.returncode == 0
    assert [(row["measure"], row["value"], row["status"]) for row in rows(done.stdout)] == [
        ("growth_rate", "5.1", "actual"),
        ("level", "39000000000", "actual"),
    ]
    assert done.stderr.decode() == "2 files, 6 records, 2 cells, 1 with conflicts\n"


def test_targets_are_in_the_panel_only_if_asked_for(command: Run, files: Path) -> None:
    done = command("panel", files, "--status", "target")
    assert [row["value"] for row in rows(done.stdout)] == ["9"]


def test_wide_has_a_column_for_each_measure(command: Run, files: Path) -> None:
    done = command("panel", files, "--wide", "--in", "亿元")
    head, *values = done.stdout.decode().splitlines()
    assert head.split(",") == [
        "ref_area", "ref_area_code", "time_period",
        "地区生产总值 growth_rate [%]", "地区生产总值 level [亿元]", "居民消费价格 growth_rate [%]",
    ]  # fmt: skip
    assert values == ["安平县,131125,2020,5.1,390,1.5", "安平县,131125,2021,,,1.5"]


def test_an_xlsx_has_the_conflicts_on_a_second_sheet(command: Run, files: Path, tmp_path: Path) -> None:
    done = command("panel", files, "-o", tmp_path / "p.xlsx", "--conflicts", tmp_path / "c.csv")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["panel", "conflicts"]
    written = rows((tmp_path / "c.csv").read_bytes())
    assert [(row["value"], row["preferred"], row["reported"]) for row in written] == [
        ("39000000000", "yes", "2021"),
        ("38310000000", "no", "2020"),
    ]
    assert book["conflicts"].max_row == 3


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["no.csv"], 1, "no.csv: cannot be read (No such file or directory); check the path"),
        (["in/notes.csv"], 1, "in/notes.csv: is no file of records: it lacks the columns source,"),
        (["in/a.csv", "in/notes.csv"], 1, "1 file, 3 records, 3 cells, 0 with conflicts, 1 failed"),
        (["empty"], 1, "empty: no file of records in this folder"),
        (["in", "--indicator", "地区总产值"], 2, "地区总产值 is not in the indicator lexicon; did you mean"),
        (["in", "--area", "安平市"], 2, "no record is about 安平市; there are 安平县"),
        (["in", "-o", "x.docx"], 1, "x.docx: its suffix names no format of tables"),
        (["in/a.csv", "-o", "in/a.csv"], 2, "in/a.csv is an input, or named twice; choose another name"),
        (["in", "-o", "x.csv", "--conflicts", "x.csv"], 2, "x.csv is an input, or named twice"),
    ],
)
def test_errors_are_kind(words: list[str], status: int, says: str, command: Run, files: Path) -> None:
    (files.parent / "empty").mkdir()
    done = command("panel", *words, cwd=files.parent)
    assert done.returncode == status
    assert says in " ".join(done.stderr.decode().replace("│", " ").split())
    assert "Traceback" not in done.stderr.decode()


def test_without_duckdb_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(layout, "import_module", missing)
    with (
        pytest.raises(WriteError, match=r'duckdb.*not installed; pip install "indicator-extract\[duckdb\]"'),
        base_of([], lambda _: True),
    ):
        pass
