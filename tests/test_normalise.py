"""Names and units meet in the record: one thing has one id, and a number that cannot be it has none."""

from __future__ import annotations

import re

import pytest

from indicator_extract import Extractor, Record
from indicator_extract.model import Document

TITLE = "黑龙江省哈尔滨市道里区2020年国民经济和社会发展统计公报"


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


def test_a_whole_record(extractor: Extractor) -> None:
    text = (
        "一、综合\n（一）经济增长\n2020年，全区地区生产总值达到了历史最高水平，总量为383.10亿元， \n  其中税收3亿元。\n"
    )
    record = extractor.extract_document(Document("a.txt", text, TITLE)).records[0]
    assert record.model_dump(exclude={"record_id"}) == {
        "source": "a.txt",
        "title": TITLE,
        "ref_area": "黑龙江省哈尔滨市道里区",
        "ref_area_code": "230102",
        "section": "一、综合 > （一）经济增长",
        "indicator": "地区生产总值",
        "indicator_id": "accounts.gdp",
        "indicator_text": "地区生产总值总量",
        "measure": "level",
        "basis": None,
        "price_basis": None,
        "value": "38310000000",
        "value_high": None,
        "unit": "元",
        "bound": "exact",
        "status": "actual",
        "wording": "",
        "time_period": "2020",
        "period_source": "explicit",
        "base_value": "38310000000",
        "base_value_high": None,
        "base_unit": "元",
        "decimals": 2,
        "value_text": "383.10亿元",
        "evidence": "2020年，全区地区生产总值达到了历史最高水平，总量为383.10亿元，其中税收3亿元。",
        "start": text.index("383"),
        "end": text.index("383") + 8,
        "rule": "numeral.digits|unit.yuan|measure.level|period.year|status.done|name.filled|accounts.gdp",
        "flags": "",
    }


def only(extractor: Extractor, text: str, value_text: str, title: str = "") -> Record:
    """The one record of a text that has these words."""
    records = extractor.extract_text(text, title=title).records
    (record,) = (record for record in records if record.value_text == value_text)
    return record


FIELDS = ("value", "value_high", "unit", "base_value", "base_value_high", "base_unit")

# text | value as printed | value | upper end | unit | base value | upper end | base unit
VALUES = """
2020年，全市粮食产量达到67.00亿斤。 | 67.00亿斤 | 6700000000 | - | 斤 | 3350000000 | - | 千克
2020年，全市造林面积达到3至5万亩。 | 3至5万亩 | 30000 | 50000 | 亩 | 20000000 | 33333333.33333333333333333333 | 平方米
2020年，全市税收收入同比下降3.50%至5%。 | 3.50%至5% | -5 | -3.5 | % | -5 | -3.5 | %
2020年，全市税收收入同比增长3%至5.5%。 | 3%至5.5% | 3 | 5.5 | % | 3 | 5.5 | %
2020年，全市税收收入同比下降5.2%。 | 5.2% | -5.2 | - | % | -5.2 | - | %
2020年，全市税收收入同比下降-1.2%。 | -1.2% | -1.2 | - | % | -1.2 | - | %
2020年，全市税收收入同比下降0至5%。 | 0至5% | -5 | 0 | % | -5 | 0 | %
2020年，全市税收收入同比下降0.5%。 | 0.5% | -0.5 | - | % | -0.5 | - | %
2020年，全市税收收入同比增长0%。 | 0% | 0 | - | % | 0 | - | %
2020年，全市税收收入同比下降0%。 | 0% | 0 | - | % | 0 | - | %
2020年，全市人口自然增长率为-1.16‰。 | -1.16‰ | -1.16 | - | ‰ | -1.16 | - | ‰
2020年，全市三次产业结构为3.1:28.3:68.6。 | 28.3 | 28.3 | - | % | 28.3 | - | %
2020年，全市城乡居民收入比为2.31:1。 | 2.31 | 2.31 | - | - | - | - | -
2020年，全市农业机械拥有量达到32.8万台（套）。 | 32.8万台（套） | 328000 | - | 台（套） | 328000 | - | 台（套）
2020年，全市居民消费价格指数为102.5。 | 102.5 | 102.5 | - | - | - | - | -
2020年，全市供水管道漏损率约为十万分之8.6。 | 十万分之8.6 | 8.6 | - | /10万 | 8.6 | - | /10万
"""


@pytest.mark.parametrize("line", VALUES.strip().splitlines())
def test_values_in_both_units(extractor: Extractor, line: str) -> None:
    text, printed, *expected = line.split(" | ")
    record = only(extractor, text, printed)
    row = record.model_dump()
    assert [row[field] or "-" for field in FIELDS] == expected
    assert str(record.value) == row["value"], "no zeros after it"


@pytest.mark.parametrize(
    ("title", "text", "name", "rule"),
    [
        (
            "中华人民共和国2023年国民经济和社会发展统计公报",
            "全年地区生产总值1260582亿元。",
            "国内生产总值",
            "name.national",
        ),
        ("", "2023年，全国地区生产总值1260582亿元。", "国内生产总值", "name.national"),
        ("", "2023年，全国地区生产总值增长5.2%。", "国内生产总值", "name.national"),
        ("", "2023年，全国粮食产量13908亿斤。", "粮食产量", "agriculture.grain_output"),
        (TITLE, "全年国内生产总值383亿元。", "地区生产总值", "accounts.gdp"),
    ],
)
def test_the_countrys_product_is_domestic(extractor: Extractor, title: str, text: str, name: str, rule: str) -> None:
    (record,) = extractor.extract_text(text, title=title).records
    assert record.indicator == name
    assert record.rule.split("|")[-1] == rule
    assert record.indicator_text in text


@pytest.mark.parametrize(
    ("title", "text", "area", "code"),
    [
        (TITLE, "2020年，税收收入3亿元。", "黑龙江省哈尔滨市道里区", "230102"),
        (TITLE, "2020年，全省税收收入3亿元。", "黑龙江省", "230000"),
        (TITLE, "2020年，全市税收收入3亿元，居全省第3位。", "黑龙江省哈尔滨市", "230100"),
        ("黑龙江省哈尔滨市1990年统计公报", "1990年，阿城县税收收入3亿元。", "黑龙江省哈尔滨市", "230100"),
        ("", "2020年，税收收入3亿元。", "", ""),
        ("", "2020年，哈尔滨市道里区税收收入3亿元。", "黑龙江省哈尔滨市道里区", "230102"),
    ],
)
def test_whose_number_it_is(extractor: Extractor, title: str, text: str, area: str, code: str) -> None:
    record = only(extractor, text, "3亿元", title)
    assert (record.ref_area, record.ref_area_code) == (area, code)


@pytest.mark.parametrize(
    ("text", "wording", "flags"),
    [
        ("力争税收收入达到3亿元左右。", "力争|左右", ""),
        ("2021年，税收收入预计达到3亿元以上。", "预计达|以上", ""),
        ("2020年，税收收入达到l3亿元。", "", "lookalike"),
        ("2020年，粮食产量达到l3亿元。", "", "lookalike|dimension"),
        ("2020年，达到l3亿元。", "", "lookalike|no_indicator"),
    ],
)
def test_words_and_flags_in_order(extractor: Extractor, text: str, wording: str, flags: str) -> None:
    (record,) = extractor.extract_text(text).records
    assert (record.wording, record.flags) == (wording, flags)


def test_the_words_of_a_name_that_was_filled_in(extractor: Extractor) -> None:
    record = only(extractor, "2020年，第一产业增加值3.1亿元，第二产业28.3亿元。", "28.3亿元")
    assert (record.indicator, record.indicator_text) == ("第二产业增加值", "第二产业")


def test_a_base_of_its_own_and_every_rule(extractor: Extractor) -> None:
    (record,) = extractor.extract_text("2020年，税收收入比２０１５年下降3%左右。").records
    assert (record.basis, record.wording) == ("２０１５年", "左右")
    assert record.rule.split("|") == [
        "numeral.digits", "unit.percent", "bound.or_so", "measure.growth.down", "basis.other", "period.year",
        "status.done", "name.left", "finance_public.tax_revenue",
    ]  # fmt: skip


def test_a_doubt_about_the_region_is_a_flag(extractor: Extractor) -> None:
    (record,) = extractor.extract_text("2020年，税收收入3亿元。", title="朝阳区2020年政府工作报告").records
    assert record.ref_area_code == ""
    assert record.flags == "ambiguous_area"


def test_ids_tell_texts_places_and_measures_apart(extractor: Extractor) -> None:
    text = "2020年，税收收入3亿元，增长5%，利润3亿元。"
    ids = [record.record_id for record in extractor.extract_text(text).records]
    ids += [record.record_id for record in extractor.extract_text(f"{text}\n").records]
    assert len(set(ids)) == 6
    assert [record.record_id for record in extractor.extract_text(text, source="b", title="b").records] == ids[:3]
    assert all(re.fullmatch("r[0-9a-f]{15}", record_id) for record_id in ids)
    assert ids[0] == "r3763edb908af8c6", "an id stays what it is from version to version"
