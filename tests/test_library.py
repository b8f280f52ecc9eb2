"""The library as a program uses it: its public names, its results, and that it may be shared."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import environment

import indicator_extract
from indicator_extract import ChoiceError, Extractor, IndicatorExtractError, PatternError, ReadError, WriteError

PUBLIC = [
    "ChoiceError",
    "Extraction",
    "Extractor",
    "IndicatorExtractError",
    "Limits",
    "MentionRecord",
    "Options",
    "PatternError",
    "ReadError",
    "Record",
    "WriteError",
    "__version__",
]


def test_the_public_names() -> None:
    assert indicator_extract.__all__ == PUBLIC
    assert all(getattr(indicator_extract, name) is not None for name in PUBLIC)
    assert set(PUBLIC) <= set(dir(indicator_extract))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = indicator_extract.no_such_name


def test_the_package_is_typed() -> None:
    assert (Path(indicator_extract.__file__).parent / "py.typed").exists()


def test_importing_costs_nothing() -> None:
    code = "import sys, indicator_extract; print(sorted(m for m in sys.modules if 'indicator_extract' in m))"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=True)
    assert done.stdout.decode().strip() == "['indicator_extract']"


def test_every_error_is_of_one_family() -> None:
    for error in (ChoiceError, PatternError, ReadError, WriteError):
        assert issubclass(error, IndicatorExtractError)


def test_a_text(extractor: Extractor) -> None:
    text = "2020年，地区生产总值383.1亿元，同比增长0.6%。"
    extraction = extractor.extract_text(text, source="a")
    level, growth = extraction.records
    assert (level.indicator, level.value, level.unit) == ("地区生产总值", Decimal(38_310_000_000), "元")
    assert (growth.measure, growth.basis, growth.value) == ("growth_rate", "yoy", Decimal("0.6"))
    assert extraction.document.text == text
    assert [mention.mention_class for mention in extraction.mentions] == ["date"]


def test_a_file(extractor: Extractor, seeds: list[Path]) -> None:
    (extraction,) = extractor.extract_file(seeds[0])
    assert extraction.document.source == str(seeds[0])
    assert extraction.records
    assert list(extractor.extract_file(str(seeds[0]))) == [extraction]
    assert extractor.extract_document(extraction.document) == extraction


def test_what_cannot_be_read_raises(extractor: Extractor, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(extractor.extract_file(tmp_path / "absent.txt"))
    with pytest.raises(PatternError, match="no such folder"):
        Extractor(tmp_path / "absent")


def test_results_cannot_be_changed(extractor: Extractor) -> None:
    (record,) = extractor.extract_text("2020年，地区生产总值5亿元。").records
    with pytest.raises(ValueError, match="frozen"):
        record.value = Decimal(6)  # type: ignore[misc]


def test_threads_may_share_an_extractor(seeds: list[Path]) -> None:
    shared = Extractor()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda path: list(shared.extract_file(path)), seeds))
    assert together == [list(Extractor().extract_file(path)) for path in seeds]


WORDS = "2020年 地区生产总值 383.1亿元 ， 。 \n 增长 0.6% 约 5—6% 一、 三成 ① 12345 户"
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_spans_are_quotes_and_no_digit_is_dropped(extractor: Extractor, text: str) -> None:
    extraction = extractor.extract_text(text)
    for record in extraction.records:
        assert text[record.start : record.end] == record.value_text
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.text
    spans = [(row.start, row.end) for row in (*extraction.records, *extraction.mentions)]
    for place, character in enumerate(text):
        if character in "0123456789":
            assert any(start <= place < end for start, end in spans), f"{character} at {place} of {text!r}"
