"""The Arrow batch function: what Spark, Ray Data and DuckDB hand over, and what they get."""

from __future__ import annotations

import logging
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from making import as_docx, as_html, as_zip
from support import ROOT, Run

from indicator_extract import ChoiceError, Extractor, PatternError, ReadError
from indicator_extract.arrow import Settings, outcomes, records
from indicator_extract.record import FIELDS

TEXT = "2020年，地区生产总值383.1亿元，同比增长0.6%。"
PAGE = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def block(word: str) -> str:
    """The one example of the page that imports this."""
    (found,) = (code for code in BLOCKS if f"import {word}\n" in code)
    return found


def rows(*cells: dict[str, Any]) -> pyarrow.Table:
    return pyarrow.Table.from_pylist(list(cells))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> pyarrow.Table:
    """What the command writes of the seeds."""
    from typer.testing import CliRunner

    from indicator_extract.cli.commands import extract_app

    path = tmp_path_factory.mktemp("written") / "panel.parquet"
    done = CliRunner().invoke(extract_app, [str(ROOT / "seeds"), "-o", str(path)])
    assert done.exit_code == 0, done.output
    return pyarrow.parquet.read_table(path)


def test_its_records_are_those_of_the_command(seeds: list[Path], written: pyarrow.Table) -> None:
    assert written.num_rows > 500
    contents = [{"path": str(seed), "content": seed.read_bytes()} for seed in seeds]
    texts = [{"path": str(seed), "text": seed.read_text(encoding="utf-8")} for seed in seeds]
    for table in (rows(*contents), rows(*texts)):
        assert records(table).read_all().equals(written)
        assert records(iter(table.to_batches(1))).read_all().equals(written)


def test_outcomes_are_records_and_failures(seeds: list[Path], written: pyarrow.Table) -> None:
    cells = [{"path": str(seed), "content": seed.read_bytes()} for seed in seeds]
    cells.insert(2, {"path": "scan.png", "content": b"\x89PNG\r\n\x1a\n"})
    cells.append({"path": "gone.txt", "content": None})
    table = outcomes(rows(*cells)).read_all()
    assert tuple(table.column_names) == (*FIELDS, "failure")
    good = table.filter(pyarrow.compute.is_null(table["failure"]))
    assert good.drop_columns("failure").equals(written)
    assert [{name: cell for name, cell in row.items() if cell is not None} for row in _bad(table)] == [
        {"source": "scan.png", "failure": "scan.png: a picture; read its text first (OCR)"},
        {"source": "gone.txt", "failure": "gone.txt: neither content nor text; fill one of these columns"},
    ]


def _bad(table: pyarrow.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table.filter(pyarrow.compute.is_valid(table["failure"])).to_pylist()
    return found


def test_any_format_and_members_of_an_archive() -> None:
    members = {"a.txt": TEXT.encode(), "b.html": as_html(TEXT), "c.docx": as_docx(TEXT), "d.pdf": b"no pdf"}
    table = outcomes(rows({"path": "all.zip", "content": as_zip(members)})).read_all()
    assert table["source"].to_pylist() == ["all.zip/a.txt"] * 2 + ["all.zip/b.html"] * 2 + ["all.zip/c.docx"] * 2 + [
        "all.zip/d.pdf"
    ]
    assert table["failure"].null_count == 6


def test_a_failure_is_logged_and_costs_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    gbk = {"path": "old.txt", "content": TEXT.encode("gb18030")}
    with caplog.at_level(logging.WARNING, "indicator_extract"):
        table = records(rows({"path": "a.txt", "content": b""}, gbk)).read_all()
    assert table["source"].to_pylist() == ["old.txt"] * 2
    failed, doubted = caplog.messages
    assert failed == "a.txt: empty file; give a file that holds text"
    assert doubted.startswith("old.txt: ")
    assert "GB18030" in doubted


def test_a_defect_costs_one_input(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Extractor.extract_document

    def broken(self: Extractor, document: Any) -> Any:
        if document.source == "b":
            raise ZeroDivisionError("no")
        return good(self, document)

    monkeypatch.setattr(Extractor, "extract_document", broken)
    table = outcomes(rows(*({"path": name, "text": TEXT} for name in "abc"))).read_all()
    assert table["source"].to_pylist() == ["a", "a", "b", "c", "c"]
    assert _bad(table)[0]["failure"] == "b: internal error (ZeroDivisionError: no); please report it"


def test_what_a_row_says_goes_before_what_the_file_says() -> None:
    text = "全区粮食产量5吨。\r\n"
    told = {"path": "a", "text": text, "title": "道里区统计公报", "year": 2019, "area": "黑龙江省哈尔滨市道里区"}
    table = records(rows(told, {"path": "b", "text": text})).read_all()
    for name, known, unknown in (
        ("title", "道里区统计公报", ""),
        ("time_period", "2019", None),
        ("ref_area_code", "230102", ""),
    ):
        assert table[name].to_pylist() == [known, unknown], name
    page = f"<html><head><title>网站</title></head><body><p>{TEXT}</p></body></html>".encode()
    table = records(rows({"path": "a.html", "content": page, "title": "公报"})).read_all()
    assert set(table["title"].to_pylist()) == {"公报"}


def test_settings(tmp_path: Path) -> None:
    table = rows({"path": "a", "text": TEXT})
    assert set(records(table, Settings(area="230102")).read_all()["ref_area_code"].to_pylist()) == {"230102"}
    csv = rows({"path": "a.csv", "content": f"编号,甲,乙\n1,{TEXT},{TEXT * 3}\n".encode("gb18030")})
    found = records(csv, Settings(encoding="gb18030", text_column="甲")).read_all()
    assert found["value_text"].to_pylist() == ["383.1亿元", "0.6%"]
    with pytest.raises(PatternError, match="no such folder"):
        records(table, Settings(patterns=str(tmp_path / "absent"))).read_all()
    with pytest.raises(ChoiceError, match="nowhere"):
        records(table, Settings(area="nowhere")).read_all()


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"content": b"a"}, "needs a column `path` and a column `content` or `text`; it has content"),
        ({"path": "a", "body": "b"}, "it has path, body"),
        ({"path": "a", "content": "words"}, "column `content` is string; cast it to binary"),
        ({"path": "a", "text": b"words"}, "column `text` is binary; cast it to string"),
        ({"path": "a", "text": "b", "year": "2020"}, "column `year` is string; cast it to integer"),
    ],
)
def test_other_columns_are_refused(cells: dict[str, Any], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        records(rows(cells)).read_all()


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()])
def test_every_kind_of_text_is_taken(kind: pyarrow.DataType) -> None:
    table = rows({"path": "a", "text": TEXT}).cast(pyarrow.schema({"path": kind, "text": kind}))
    assert records(table).read_all().num_rows == 2


def test_it_reads_no_further_than_it_is_asked() -> None:
    read = count()

    def endless() -> Iterator[pyarrow.RecordBatch]:
        while True:
            text = None if next(read) % 2 else TEXT
            yield pyarrow.RecordBatch.from_pylist([{"path": "a", "text": text}], rows({"path": "", "text": ""}).schema)

    found = outcomes(endless())
    assert next(read) == 0
    assert [found.read_next_batch().num_rows for _ in range(3)] == [1, 2, 1]
    assert next(read) < 7


def test_nothing_gives_no_rows_but_columns() -> None:
    empty = rows({"path": "a", "text": ""}).slice(0, 0)
    assert tuple(records(empty).read_all().column_names) == FIELDS
    assert outcomes(iter([])).read_all().num_rows == 0


def test_it_travels_to_other_processes() -> None:
    table = rows({"path": "a", "text": TEXT})
    there = pickle.loads(pickle.dumps(partial(records, settings=Settings(area="230102"))))
    assert there(table).read_all().equals(records(table, Settings(area="230102")).read_all())


# The examples of docs/engines.md


@pytest.fixture
def reports(tmp_path: Path, seeds: list[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for seed in seeds[:2]:
        (folder / seed.name).write_bytes(seed.read_bytes())
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_example_of_duckdb(reports: Path, extract: Run, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block("duckdb"), "engines.md", "exec"), {})
    assert "地区生产总值" in capsys.readouterr().out
    assert extract("reports", "-o", "other.parquet", cwd=reports.parent).returncode == 0
    ours, theirs = (
        pyarrow.parquet.read_table(reports.parent / name).sort_by([("source", "ascending"), ("start", "ascending")])
        for name in ("panel.parquet", "other.parquet")
    )
    assert ours.to_pylist() == theirs.to_pylist()


def test_the_example_of_ray_hands_over_tables(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray is not installed for this: its part here is no more than what it is said to call."""
    files = rows(*({"bytes": path.read_bytes(), "path": str(path)} for path in sorted(reports.iterdir())))
    found: list[pyarrow.Table] = []

    class Dataset:
        def __init__(self, table: pyarrow.Table) -> None:
            self.table = table

        def rename_columns(self, names: dict[str, str]) -> Dataset:
            return Dataset(self.table.rename_columns([names.get(name, name) for name in self.table.column_names]))

        def map_batches(self, call: Callable[[pyarrow.Table], pyarrow.Table], **settings: object) -> Dataset:
            assert settings.pop("batch_format") == "pyarrow"
            assert set(settings) == {"batch_size"}
            return Dataset(call(self.table))

        def write_parquet(self, path: str) -> None:
            assert path == "panel/"
            found.append(self.table)

    def read_binary_files(path: str, *, include_paths: bool) -> Dataset:
        assert (path, include_paths) == ("reports/", True)
        return Dataset(files)

    ray = ModuleType("ray")
    ray.data = SimpleNamespace(read_binary_files=read_binary_files)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ray", ray)
    exec(compile(block("ray"), "engines.md", "exec"), {})
    assert found[0].num_rows > 100
    assert tuple(found[0].column_names) == FIELDS
