"""The same input gives the same bytes, whatever the number of workers, the locale, the clock and the cache.

A few worlds and outputs; `python -m tests.proofs.determinism` compares many.
"""

from __future__ import annotations

import ast
import os
from pathlib import Path

import duckdb
import pytest
from support import ROOT

from indicator_extract import Extractor
from indicator_extract.batch.inputs import find_inputs
from indicator_extract.writing import database
from tests.proofs import determinism

CLOCKS = {
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
    *(f"{owner}.{name}" for owner in ("date", "datetime") for name in ("today", "now", "utcnow")),
}
CHANCE = {"random", "uuid"}  # `secrets` names files that are renamed when they are whole


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    determinism.fill(tmp_path / "reports", [])
    assert list(determinism.differences(determinism.FEW, tmp_path, determinism.BRIEF)) == []


def test_a_difference_would_be_seen(tmp_path: Path) -> None:
    worlds = [determinism.HERE, determinism.World("another line", {})]
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("2020年，地区生产总值383亿元。", encoding="utf-8")

    assert list(determinism.differences(worlds, tmp_path, "extract reports --format csv")) == []
    worlds[1] = worlds[1]._replace(under=("sh", "-c", 'echo; exec "$@"', "sh"))
    (found,) = determinism.differences(worlds, tmp_path, "extract reports --format csv")
    assert found.startswith("another line: printed: extract reports --format csv")


@pytest.mark.parametrize("path", sorted((ROOT / "indicator_extract").rglob("*.py")), ids=lambda path: path.stem)
def test_no_rule_asks_for_the_date_or_for_chance(path: Path) -> None:
    """The year of a report comes from the report. How long a run takes is asked of `time.monotonic` alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert not ast.unparse(node.func).endswith(tuple(CLOCKS)), ast.unparse(node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name.split(".")[0] for alias in node.names} | {getattr(node, "module", None) or ""}
            assert not names & CHANCE, ast.unparse(node)


def test_files_of_a_folder_are_read_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    names = [b"b.txt", b"\xe6\x8a\xa5.txt", b"\xc3\xa9.txt", b"\xff.txt", b"A.txt", "\U00020000.txt".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("1", encoding="utf-8")
    found = [os.path.basename(os.fsencode(source)) for source in find_inputs([str(tmp_path)]).sources]
    assert found == sorted(names)


def test_a_duckdb_file_has_its_rows_in_the_order_given(tmp_path: Path, extractor: Extractor) -> None:
    (record,) = extractor.extract_text("2020年，地区生产总值383亿元。").records
    names = [f"{number * 7919 % 10007:05}" for number in range(1000)]
    file = tmp_path / "a.duckdb"
    database.append_duckdb((record.model_copy(update={"record_id": name}) for name in names), file)
    with duckdb.connect(str(file), read_only=True) as base:
        assert [name for (name,) in base.execute("SELECT record_id FROM records").fetchall()] == names
