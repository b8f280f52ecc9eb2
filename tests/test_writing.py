"""Writing: each format gives back what went in, and nothing is half-written."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_extract import MentionRecord, Record, WriteError
from indicator_extract.record import FIELDS
from indicator_extract.writing import FORMATS, Layout, by_name, by_suffix, json_lines, pieces
from indicator_extract.writing.delimited import as_it_was, safe
from indicator_extract.writing.target import open_target


def record(**changes: Any) -> Record:
    fields: dict[str, Any] = {
        "source": "seeds/a.txt",
        "title": "政府工作报告",
        "ref_area": "",
        "ref_area_code": "",
        "section": "",
        "indicator": "地区生产总值",
        "indicator_id": "",
        "indicator_text": "地区生产总值",
        "measure": "growth_rate",
        "basis": "yoy",
        "price_basis": None,
        "value": Decimal("-27.10"),
        "value_high": None,
        "unit": "%",
        "bound": "exact",
        "status": "actual",
        "wording": "",
        "time_period": "2020",
        "period_source": "explicit",
        "base_value": None,
        "base_value_high": None,
        "base_unit": "",
        "decimals": 2,
        "value_text": "27.10%",
        "evidence": '地区生产总值，"同比"下降27.10%\n',
        "start": 5,
        "end": 11,
        "rule": "a|b",
        "flags": "",
        "record_id": "r1",
    }
    return Record(**{**fields, **changes})


def written(name: str, *records: Record) -> str:
    known = by_name(name)
    assert known is not None
    out = io.BytesIO()
    pieces.write(known, (pieces.pack(known, [one], Layout()) for one in records), out, Layout())
    return out.getvalue().decode()


BIG = record(value=Decimal("62930000000.5"), value_high=Decimal("7E+10"), unit="元", base_value=Decimal("1E+3"))


def test_csv_comes_back() -> None:
    head, first, second = csv.reader(io.StringIO(written("csv", record(), BIG), newline=""))
    assert tuple(head) == FIELDS
    row = dict(zip(head, first, strict=True))
    assert row["value"] == "-27.1"
    assert row["price_basis"] == row["value_high"] == ""
    assert row["evidence"] == record().evidence
    big = dict(zip(head, second, strict=True))
    assert (big["value"], big["value_high"], big["base_value"]) == ("62930000000.5", "70000000000", "1000")


def test_tsv_is_one_line_a_record() -> None:
    lines = written("tsv", record(evidence="一\t二\n三\u2028四")).splitlines()
    assert len(lines) == 2
    assert len(lines[1].split("\t")) == len(FIELDS)
    assert "一 二 三 四" in lines[1]


def test_json_and_json_lines_come_back() -> None:
    odd = record(evidence="一\u2028二\x85三")
    array = json.loads(written("json", record(), odd))
    lines = [json.loads(line) for line in written("jsonl", record(), odd).splitlines()]
    assert array == lines
    assert tuple(lines[0]) == FIELDS
    assert lines[0]["value"] == "-27.1"
    assert lines[1]["evidence"] == odd.evidence
    assert [Record(**line) for line in lines] == [record(), odd]


def test_mentions_are_json_lines() -> None:
    mention = MentionRecord(source="a.txt", start=1, end=4, text="第七次", mention_class="ordinal", rule="x")
    assert MentionRecord(**json.loads(json_lines.line(mention))) == mention


def test_the_table_is_for_reading() -> None:
    page = written("table", BIG, record())
    assert "62,930,000,000.5 to 70,000,000,000" in page
    assert "-27.1" in page
    assert "a.txt" in page
    assert "\x1b" not in page, "colours belong on a terminal only"


def test_the_table_runs_no_escape_sequence() -> None:
    page = written("table", record(indicator="\x1b[2J\u202e[bold]额"))
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "[bold]额" in page


@pytest.mark.parametrize(
    "known",
    [known for known in FORMATS if not known.append and not known.binary and not known.publish],
    ids=lambda known: known.name,
)
def test_no_records_is_a_valid_file(known: Any) -> None:
    text = written(known.name)
    expected = {"csv": ",".join(FIELDS) + "\n", "tsv": "\t".join(FIELDS) + "\n", "json": "[]\n", "jsonl": ""}
    assert text == expected.get(known.name, text)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\tx", "＝1", "－1", " =1", "\u3000-1", "'=1", "''+1", "\r=1"]
)
def test_formulas_are_disarmed(text: str) -> None:
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        _, row = csv.reader(io.StringIO(written(name, record(indicator=text)), newline=""), delimiter=delimiter)
        cell = row[FIELDS.index("indicator")]
        assert cell.lstrip()[0] not in "=+-@＝＋－＠\t\r"
        assert as_it_was(cell) in (text, text.replace("\r", " "), text.replace("\t", " "))
        assert row[FIELDS.index("value")] == "-27.1", "a negative number is no formula"


@pytest.mark.parametrize("text", ["", "5%", "地区=生产", "'quoted", "' '=1", " 1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert safe(text) == text


@given(st.text("'=+-@ \t\r\na＝\u3000"))
def test_what_is_disarmed_comes_back(text: str) -> None:
    assert as_it_was(safe(text)) == text
    assert not re.match(r"\s*[=+\-@＝]", safe(text))


@pytest.mark.parametrize(
    ("path", "name"), [("a.csv", "csv"), ("a.TSV", "tsv"), ("a.json", "json"), ("a.ndjson", "jsonl"), ("a.txt", None)]
)
def test_a_suffix_names_its_format(path: str, name: str | None) -> None:
    known = by_suffix(Path(path))
    assert (known.name if known else None) == name


def test_a_target_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with open_target(target) as stream:
        stream.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")

    def fail() -> None:
        with open_target(target) as stream:
            stream.write(b"new")
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_target_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "out.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    with open_target(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_device_is_written_to_not_replaced() -> None:
    with open_target(Path(os.devnull)) as stream:
        stream.write(b"gone")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def _unwritable(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_bytes(b"")
    yield tmp_path / "folder.csv", "is a folder"
    yield tmp_path / "absent" / "out.csv", "its folder does not exist"
    yield tmp_path / "file" / "out.csv", "cannot be written"


def test_what_cannot_be_written_names_the_target_and_the_way_out(tmp_path: Path) -> None:
    for target, problem in _unwritable(tmp_path):
        with pytest.raises(WriteError) as caught, open_target(target):
            pass
        assert problem in str(caught.value)
        assert str(caught.value).startswith(f"{target}: ")
        assert ";" in str(caught.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with pytest.raises(WriteError, match="cannot be written"), open_target(Path("/dev/full")) as stream:
        stream.write(b"x" * 100_000)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_locked_folder_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WriteError, match="no permission"), open_target(tmp_path / "out.csv"):
            pass
    finally:
        tmp_path.chmod(0o700)
