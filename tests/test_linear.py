"""No input takes more steps than its size: calls are counted, not seconds, at three sizes of each kind of input."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

from benchmarks import linear, section
from benchmarks.shapes import FILES, TEXTS, Shape
from indicator_extract import Extractor, ReadError, segment
from indicator_extract.reading import items, pdf_tables

SIZE = 2_000  # bytes, then twice and four times that
FEW = 500  # calls of one function that come and go with the odd sentence more


def _calls(extractor: Extractor, shape: Shape, size: int) -> Counter[str]:
    """How often each function of Python or C is called, a generator resumed, between the bytes and the records."""
    data, counts = shape.made(size), Counter[str]()

    def counted(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            counts[f"{frame.f_code.co_filename}:{frame.f_code.co_firstlineno}"] += 1
        elif event == "c_call":
            counts[getattr(argument, "__qualname__", "")] += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        with linear.parsers_inside():
            for item in items(shape.file, data):
                if not isinstance(item, ReadError):
                    extractor.extract_document(item)
    except ReadError:
        pass
    finally:
        sys.setprofile(before)
    return counts


def _steep(one: Counter[str], two: Counter[str], four: Counter[str]) -> list[str]:
    """The functions whose calls grow faster than the input; a square makes the second step four times the first."""
    return [name for name in four if four[name] - two[name] > 2.6 * (two[name] - one[name]) + FEW]


@pytest.mark.parametrize("shape", [*TEXTS, *FILES], ids=lambda shape: shape.name)
def test_calls_grow_no_faster_than_the_input(
    extractor: Extractor, shape: Shape, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "SENTENCE_LENGTH", 50)  # a piece of a sentence may cost its square …
    monkeypatch.setattr(pdf_tables, "MAX_RULES", 20)  # … and so may the rules of a page, which cross
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _calls(extractor, shape, SIZE)  # what is made once
        one, two, four = (_calls(extractor, shape, SIZE * times) for times in (1, 2, 4))
    assert _steep(one, two, four) == []


def test_the_count_would_show_a_square() -> None:
    """The law above can fail: a stage that looks at everything for each thing is seen."""

    class Careless:
        def extract_document(self, document: object) -> None:
            text = document.text  # type: ignore[attr-defined]
            for _ in text:
                any(character == "x" for character in text)

    one, two, four = (_calls(Careless(), TEXTS[0], 100 * times) for times in (1, 2, 4))  # type: ignore[arg-type]
    assert len(_steep(one, two, four)) == 1


def test_what_a_long_sentence_says_is_not_repeated_for_each_of_its_numbers(extractor: Extractor) -> None:
    """Evidence is a sentence, and a sentence ends: else a megabyte of them would make a terabyte."""
    text = "产值12亿元，" * 4000
    records = extractor.extract_text(text).records
    assert len(records) == 4000
    assert max(len(record.evidence) for record in records) <= 2 * segment.SENTENCE_LENGTH
    assert all(text[record.start : record.end] == record.value_text == "12亿元" for record in records)


def test_what_a_long_row_says_is_not_repeated_for_each_of_its_cells(extractor: Extractor) -> None:
    row = "<tr>" + "<td>工业</td>" + "<td>12</td>" * 3000 + "</tr>"
    page = f"<html><table>{row}{row}</table></html>".encode()
    (document,) = items("a.html", page)
    records = extractor.extract_document(document).records  # type: ignore[arg-type]
    assert len(records) > 3000
    assert max(len(record.evidence) for record in records) < 3000


def test_a_sentence_that_is_cut_loses_no_number(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it is cut, within a number or its unit too."""
    for length in range(3, 30):
        monkeypatch.setattr(segment, "SENTENCE_LENGTH", length)
        text = "2020年地区生产总值383.1亿元增长0.6%，其中工业增加值1亿5000万元，增长百分之五点五，占33.3%"
        done = extractor.extract_text(text)
        spans = sorted((row.start, row.end) for row in (*done.records, *done.mentions))
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert {text[start:end] for start, end in spans} >= {
            "383.1亿元",
            "0.6%",
            "1亿5000万元",
            "百分之五点五",
            "33.3%",
        }


def test_a_title_from_outside_is_no_longer_than_a_title(extractor: Extractor) -> None:
    record = extractor.extract_text("产值12亿元。", title="公" * 10_000).records[0]
    assert record.title == "公" * 500


def test_the_command_writes_its_part_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n<!-- time -->\nold\n<!-- end of time -->\n## B\n", encoding="utf-8")
    grown = linear.measured(Extractor(), TEXTS[0], (100, 200, 400))
    section.write(page, "time", linear._page([grown], (100, 200, 400)))
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert "| only `5` |" in text
    assert text.startswith("# A\n<!-- time -->\n\n`python -m benchmarks.linear`, ")
    assert text.endswith("\n\n<!-- end of time -->\n## B\n")
    with pytest.raises(ValueError, match="has no part between <!-- fuzzing -->"):
        section.write(page, "fuzzing", [])


@pytest.mark.parametrize(("seconds", "steep"), [((1, 2, 4), False), ((1, 4, 16), True), ((0.01, 0.04, 0.16), False)])
def test_what_is_steep(seconds: tuple[float, ...], steep: bool) -> None:
    grown = linear.Grown(TEXTS[0], seconds, 0, "")
    assert grown.steep((1000, 2000, 4000)) is steep
