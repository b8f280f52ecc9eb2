"""Names that leave something out: filled in where the lexicon then knows them, left alone where it does not."""

from __future__ import annotations

import pytest

from indicator_extract import Extractor

FILLED = {
    # the opening of the name before it
    "全市规模以上工业综合能耗320万吨标准煤，主营业务收入520亿元。": "规模以上工业企业主营业务收入",
    "全市进出口总额520亿元、实绩企业达到320家。": "有进出口实绩企业",
    "全市新能源投资增长12%、装机规模增长32%。": "新能源装机容量",
    # the modifier that the same property had before
    "全社会能源消费总量320万吨标准煤。其中，工业消费量210万吨标准煤。": "工业能源消费量",
    # the clause before
    "全市粮食生产形势喜人，总产量达到52万吨。": "粮食产量",
    "全市打好“保交房”攻坚战，交付1.2万套。": "保交房",
    "全市实施农村公路提升行动，新（改）建320公里。": "新改建农村公路",
    "全市推进秸秆综合利用，综合利用率达到92%。": "秸秆综合利用率",
    # words behind the noun that a number counts
    "全市3200名下岗职工实现了再就业。": "失业人员再就业",
    # an action that goes on over a list
    "全市改造3200户危旧房、1200户城中村。": "城中村改造",
}
ALONE = {
    "全市绿色食品认证32个、有机食品认证12个。": "有机食品认证",  # beside the name before, not part of it
    "全市累计减税5.2亿元、降费3.2亿元。": "降费",
    "全市棚户区改造和房地产开发加快，完成投资52亿元。": "完成投资",  # of the two it would be one
    "全市12个城中村改造试点片区建成安置房。": "城中村",
}


@pytest.mark.parametrize(("text", "name"), [*FILLED.items(), *ALONE.items()])
def test_the_last_claim_of_a_sentence_is_named(extractor: Extractor, text: str, name: str) -> None:
    last = extractor.extract_text(text).records[-1]
    assert (last.indicator, bool(last.indicator_id)) == (name, text in FILLED)


COUNTED = {
    "全市实施32个老旧小区、12个老旧厂区改造。": "老旧小区改造",
    "全市32家畜禽规模养殖场粪污处理设施配套率达到98%。": "规模化养殖场",
    "全市20个省市重点项目开复工率100%。": "省市重点项目",
}


@pytest.mark.parametrize(("text", "name"), COUNTED.items())
def test_a_counted_noun_takes_what_the_lexicon_knows(extractor: Extractor, text: str, name: str) -> None:
    assert extractor.extract_text(text).records[0].indicator == name


LISTED = {
    "全市国企资产总额52亿元，营业总收入、利润总额分别增长7.3%、5.2%。": [
        "国有企业资产总额",
        "国企营业总收入",
        "国有企业利润总额",
    ],
    "全市城乡居民基础养老金、低保标准分别提高25元、50元。": ["城乡居民基础养老金标准", "城乡低保标准"],
    "全市六大特色产业、高技术制造业、数字产业增加值分别增长6.8%、12.3%、7.8%。": [
        "六大特色产业增加值",
        "高技术制造业增加值",
        "数字产业增加值",
    ],
    "全市新增高新技术企业32家，12家规上工业企业实现增加值52亿元。": [
        "新增高新技术企业",
        "规模以上工业企业",
        "规模以上工业增加值",
    ],
    "全市城乡居民收入比由3：1缩小到2.6：1。": ["城乡居民收入比", "城乡居民收入比"],
}


@pytest.mark.parametrize(("text", "names"), LISTED.items())
def test_a_list_gives_each_number_its_own_name(extractor: Extractor, text: str, names: list[str]) -> None:
    assert [record.indicator for record in extractor.extract_text(text).records] == names
