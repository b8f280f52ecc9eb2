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
    "全市集成电路、茶具、锂电池出口分别增长7.9%、6.7%、5.4%。": ["集成电路出口", "茶具出口", "锂电池出口"],
    "全市地区生产总值、社会消费品零售总额分别增长7.9%、6.7%。": ["地区生产总值", "社会消费品零售总额"],
    "全市就业增长8%，其中外地就业占12%，返乡就业占32%。": ["就业", "外地就业占比", "返乡就业占比"],
    "全市结构调整、绿化占16%。": ["结构调整、绿化占比"],
    "全市城乡居民收入比由3：1缩小到2.6：1。": ["城乡居民收入比", "城乡居民收入比"],
}


@pytest.mark.parametrize(("text", "names"), LISTED.items())
def test_a_list_gives_each_number_its_own_name(extractor: Extractor, text: str, names: list[str]) -> None:
    assert [record.indicator for record in extractor.extract_text(text).records] == names


OWN_WORDS = {
    # a size describes the noun behind it, and the words before it are another noun's
    "推进滨河港30万吨级游船航道、沿江12公里栈道等项目。": ["游船航道", "栈道"],
    "建成11公里雨水沟、16公里污水沟。": ["建成雨水沟", "建成污水沟"],
    "全市茶叶种植面积52万亩左右。": ["茶叶种植面积"],
    "全市栈道里程320公里居全省前列。": ["栈道里程"],
    # what the money built; the noun behind 的 with the verb in it, without the one behind it
    "投资650万元建成6座露营地。": ["露营地投资", "建成露营地"],
    "投资599万元的露营地一期改造工程完工。": ["露营地一期改造工程投资"],
    # an action is not done twice: its object is a noun
    "筹措7亿元实施就业惠民工程。": ["筹措实施就业惠民工程"],
    "新增2个特色民宿集群、总数达8个。": ["新增特色民宿集群", "特色民宿集群"],
    "中央财政安排27亿元民宿改造资金。": ["民宿改造资金"],
    "苹果、猕猴桃产量分别增长7%、8%。": ["苹果产量", "猕猴桃产量"],
    "以旧换新带动茶具零售额增长12%。": ["茶具零售额"],
    "推进32个行业绿色化改造全覆盖。": ["行业绿色化改造"],
    "新增发电装机418万千瓦、总装机达915万千瓦。": ["新增发电装机", "发电装机容量"],
    "茶叶产量12万吨，城镇登记失业率，由4.2%下降到3.9%。": ["茶叶产量", "城镇登记失业率", "城镇登记失业率"],
    "11家企业入选民宿百强。": ["入选民宿百强企业"],
    "取消65项协会及其分会实施的收费。": ["取消收费"],
    "招募茶艺师3000名等举措落地。": ["招募茶艺师"],
    "保障性民宿基本建成470套、新开工630套。": ["保障性民宿建成", "新开工保障性民宿"],
    "一批民宿项目落地、投资超38亿元。": ["一批民宿项目投资"],
    "滨河机场货邮和旅客吞吐量分别达到4.6万吨、1.2万人次。": ["滨河机场货邮吞吐量", "机场旅客吞吐量"],
    "民宿接待收入12亿元，较“十三五”末净增3亿元。": ["民宿接待收入", "民宿接待收入净增"],
    "实施民宿工程项目2758个、完工2746个。": ["实施民宿工程项目", "完工民宿工程项目"],
}


@pytest.mark.parametrize(("text", "names"), OWN_WORDS.items())
def test_a_number_has_the_words_that_are_its_own(extractor: Extractor, text: str, names: list[str]) -> None:
    assert [record.indicator for record in extractor.extract_text("2020年，" + text).records] == names
