"""Names and units meet in the record: one thing has one id, and a number that cannot be it has none."""

from __future__ import annotations

import pytest

from indicator_extract import Extractor


@pytest.mark.parametrize("name", ["GDP", "地区生产总值", "生产总值", "国内生产总值", "地区生产总值（GDP）"])
def test_ways_of_naming_one_thing_have_one_id(extractor: Extractor, name: str) -> None:
    (record,) = extractor.extract_text(f"2020年，全市{name}520亿元。").records
    assert (record.indicator_id, record.flags) == ("accounts.gdp", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2020年，全市地区生产总值52公斤。", "地区生产总值"),
        ("2020年，全市粮食产量52亿元。", "粮食产量"),
        ("2020年，全市财政收入3000人。", "财政收入"),
        ("2020年，全市农村公路里程52公顷。", "农村公路里程"),
    ],
)
def test_a_unit_that_does_not_fit_refuses_the_id(extractor: Extractor, text: str, name: str) -> None:
    (record,) = extractor.extract_text(text).records
    assert (record.indicator, record.indicator_id, record.flags) == (name, "", "dimension")


@pytest.mark.parametrize(
    ("text", "indicator_id"),
    [
        ("2020年，全市粮食产量52公斤。", "agriculture.grain_output"),
        ("2020年，全市粮食产量增长5%。", "agriculture.grain_output"),
        ("2020年，全市森林覆盖率提高1.2个百分点。", "environment.forest_coverage"),
    ],
)
def test_another_unit_of_the_dimension_and_rates_fit(extractor: Extractor, text: str, indicator_id: str) -> None:
    (record,) = extractor.extract_text(text).records
    assert (record.indicator_id, record.flags) == (indicator_id, "")
