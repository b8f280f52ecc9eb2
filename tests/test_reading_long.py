"""Files of rows that are too long for memory: read row by row, with the same documents as one read as a whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indicator_extract import Limits, Options, ReadError, reading
from indicator_extract.model import Document
from indicator_extract.reading import read, rereading

TEXT = "2020年，{0}县地区生产总值{1}亿元，同比增长0.6%。\n固定资产投资增长3.1%。"
REPORTS = [(f"报告{n}", str(2000 + n % 20), TEXT.format("甲乙丙丁"[n % 4], n)) for n in range(300)]


def as_csv(delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("标题", "年份", "正文"), *REPORTS])
    return out.getvalue()


def as_json() -> str:
    rows = ({"标题": title, "年份": year, "正文": text} for title, year, text in REPORTS)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


FILES = {"reports.csv": as_csv(), "reports.tsv": as_csv("\t"), "reports.jsonl": as_json()}


@pytest.fixture
def row_by_row(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Iterator[Document]]:
    """Reads a file as if it were a long one; `read` of its bytes is what it is compared with."""
    monkeypatch.setattr(reading, "LONG", 100)
    monkeypatch.setattr(rereading, "HEAD", 4000)  # the encoding is known from the first lines
    monkeypatch.setattr(reading, "_bytes_of", None)  # must not be called
    return read


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_documents_as_from_memory(
    name: str, encoding: str, tmp_path: Path, row_by_row: Callable[[Path], Iterator[Document]]
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name].encode(encoding))
    found = list(row_by_row(path))
    whole = list(read(str(path), path.read_bytes()))
    # The way to the encoding may differ in its words: the first byte that is no UTF-8 is looked for in the first lines.
    assert [document._replace(how="") for document in found] == [document._replace(how="") for document in whole]
    assert len(found) == len(REPORTS)
    assert found[299].text == REPORTS[299][2]


def test_bad_quotation_marks_are_told(tmp_path: Path, row_by_row: Callable[[Path], Iterator[Document]]) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(as_csv() + '"x" y,2020,' + TEXT.format("戊", 5).split("\n")[0], encoding="utf-8")
    found = list(row_by_row(path))
    assert len(found) == len(REPORTS) + 1
    assert "quotation marks" in found[0].notes[0]


def test_what_is_wrong_far_behind_is_told_before_the_first_document(
    tmp_path: Path, row_by_row: Callable[[Path], Iterator[Document]]
) -> None:
    bad = {
        "bytes.csv": (as_csv().encode() + b"\xff\xfe", "byte 0xFF further on is not"),
        "line.jsonl": (as_json().encode() + b"no JSON\n", "line 301 is not JSON"),
    }
    for name, (data, problem) in bad.items():
        path = tmp_path / name
        path.write_bytes(data)
        documents = row_by_row(path)
        with pytest.raises(ReadError, match=problem):
            next(documents)


def test_a_line_without_end_is_refused(tmp_path: Path, row_by_row: Callable[..., Iterator[Document]]) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(as_json() + "[" * 6000, encoding="utf-8")
    with pytest.raises(ReadError, match="a line of more than 5,000 bytes; give one report a row, or allow more with"):
        list(row_by_row(path, None, Options(limits=Limits(text=5000))))


def test_a_long_file_that_is_no_table_is_refused_as_a_short_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONG", 100)
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n" + bytes(1000))
    with pytest.raises(ReadError, match="a picture"):
        list(read(path))
