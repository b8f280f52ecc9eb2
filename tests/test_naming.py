"""Names, measures, bases and periods of whole sentences: rows of (text, what its claims are, in order)."""

from __future__ import annotations

import pytest

from indicator_extract import Extractor

ROWS = {
    # what ends inside a word ends no name
    "2006年，在29个省、自治区、直辖市开展试点。": [("省、自治区、直辖市", "level")],
    "2025年，全省21个地级以上市全覆盖。": [("地级以上市", "level")],
    "2025年，评比表彰项目压减37.5%。": [("评比表彰项目", "growth_rate")],
    "2025年，8个项目列入国家级科技计划。": [("列入国家级科技计划项目", "level")],
    "2025年，上海港成为全球首个年吞吐量超过5000万标准箱的世界大港。": [("年吞吐量", "level")],
    # money belongs to what stands before it, not to the next matter
    "2023年，签约亿元以上项目46个，总投资328.6亿元，其中50亿元以上项目2个。": [
        ("签约亿元以上项目", "level"),
        ("亿元以上项目总投资", "level"),
        ("50亿元以上项目", "level"),
    ],
    "2023年，规划建设露营地8处，总投资约8.6亿元；新增城镇就业10万人以上。": [
        ("建设露营地", "level"),
        ("露营地总投资", "level"),
        ("城镇新增就业", "level"),
    ],
    # a ratio that another turns into
    "2008年，三次产业结构由28.4:41.5:30.1调整为26.9:43.4:29.7。": [
        (f"第{n}产业比重", "share") for n in ("一", "二", "三", "一", "二", "三")
    ],
    # behind the parts, the whole is spoken of again
    "2008年，有各级各类学校312所，其中高中6所、幼儿园10所；在校学生9.86万人。": [
        ("各级各类学校", "level"),
        ("普通高中", "level"),
        ("幼儿园", "level"),
        ("各级各类学校在校学生", "level"),
    ],
    # a rate is no subject of another
    "2023年，办理政协提案118件，办结率100%，满意率98.7%。": [
        ("政协提案", "level"),
        ("政协提案办结率", "level"),
        ("政协提案满意率", "level"),
    ],
    # measures of a place are no subject of one another
    "2008年，全县东西长62公里，南北宽41公里，总面积1684平方公里。": [
        ("东西长", "level"),
        ("南北宽", "level"),
        ("总面积", "level"),
    ],
    # what was completed, and money for it
    "1995年，民宿工程已竣工51项，累计完成投资33.6亿元。": [("民宿工程竣工", "level"), ("民宿工程完成投资", "level")],
    # a number that is only reached is what the clause before says
    "2023年，固定资产投资增长10%以上，其中工业投资占比首次过半，达52.3%。": [
        ("固定资产投资", "growth_rate"),
        ("工业投资占固定资产投资比重", "share"),
    ],
    # the rate of a rate is that of the thing
    "2024年，全省地区生产总值18624.5亿元，增速比一季度加快0.3个百分点，二季度增长5.4%。": [
        ("地区生产总值", "level"),
        ("地区生产总值增速", "change"),
        ("地区生产总值", "growth_rate"),
    ],
    # a bare subject with the rest of the name before it
    "2022年，居民恩格尔系数为31.2%，其中城镇为30.1%，农村为33.4%。": [
        ("恩格尔系数", "level"),
        ("城镇居民恩格尔系数", "level"),
        ("农村居民恩格尔系数", "level"),
    ],
    # a property that leads a list
    "1995年，主要产品产量：发电量4.8亿千瓦小时，水泥21.6万吨，铬矿石11.3万吨。": [
        ("发电量", "level"),
        ("水泥产量", "level"),
        ("铬矿石产量", "level"),
    ],
    # what stands before 、 is said of the count before
    "2024年，力促40个项目竣工、50个项目开工。": [("竣工项目", "level"), ("开工项目", "level")],
    # per head, of what was named before
    "2006年，全县生产总值36.4亿元，年均增长12.8%，人均突破1000美元。": [
        ("地区生产总值", "level"),
        ("地区生产总值", "avg_growth_rate"),
        ("人均地区生产总值", "level"),
    ],
    # what was new, and what there is then
    "2021年，新增高速公路通车里程300公里以上，达到7500公里。": [
        ("新增高速公路通车里程", "level"),
        ("高速公路里程", "level"),
    ],
    # the rest of a budget
    "2023年，上级补助收入98.6亿元，上年结转6.2亿元，调入资金8.9亿元，收入总计188亿元。": [
        ("上级补助收入", "level"),
        ("上年结转", "level"),
        ("调入资金", "level"),
        ("收入总计", "level"),
    ],
    # parts in a bracket end with it
    "2010年，小学212所（其中教学点98个），招生6320人，辍学率0.02%。": [
        ("普通小学", "level"),
        ("教学点", "level"),
        ("普通小学招生", "level"),
        ("小学辍学率", "level"),
    ],
    # a name whose unit does not fit takes the rest of the name before
    "2010年，专任教师4986人：小学2643人，初中1628人。": [
        ("专任教师", "level"),
        ("小学专任教师", "level"),
        ("初中专任教师", "level"),
    ],
    # what stands behind the last of names as well known as one another
    "2021年，化学需氧量、氨氮、挥发性有机物重点工程减排量分别为5.73万吨、0.28万吨、0.75万吨。": [
        ("化学需氧量重点工程减排量", "level"),
        ("氨氮重点工程减排量", "level"),
        ("挥发性有机物重点工程减排量", "level"),
    ],
    # the property of the last amount, over the rates between
    "2008年，固定资产投资52亿元，增长8%，其中石化公司12亿元，增长3%。": [
        ("固定资产投资", "level"),
        ("固定资产投资", "growth_rate"),
        ("石化公司投资", "level"),
        ("石化公司投资", "growth_rate"),
    ],
    # any part of the name before that makes a known one
    "2023年，保费收入21亿元，增长5%，其中财产险9亿元；机动车保有量86万辆，其中新能源汽车2万辆。": [
        ("保费收入", "level"),
        ("保费收入", "growth_rate"),
        ("财产险保费收入", "level"),
        ("机动车保有量", "level"),
        ("新能源汽车保有量", "level"),
    ],
    # the action of the clause before, where that makes a known name
    "2023年末，参加城镇职工基本养老保险32万人，失业保险16万人，工伤保险24万人。": [
        ("城镇职工基本养老保险参保人数", "level"),
        ("失业保险参保人数", "level"),
        ("工伤保险参保人数", "level"),
    ],
    # a known count among properties of its like
    "2023年，国有控股企业增加值增长3%，私营企业增长8%。": [
        ("国有控股企业增加值", "growth_rate"),
        ("私营企业增加值", "growth_rate"),
    ],
    # a whole name takes no property
    "2008年，规模以上工业企业主营业务收入58亿元，利税总额5亿元，其中利润2亿元。": [
        ("规模以上工业企业主营业务收入", "level"),
        ("规模以上工业企业利税总额", "level"),
        ("规模以上工业企业利润总额", "level"),
    ],
    # an action that 、 does not carry on
    "2018年，发生各类生产安全事故1236起、死亡822人。": [
        ("生产安全事故起数", "level"),
        ("生产安全事故死亡人数", "level"),
    ],
    # what contributes also pulls
    "2023年，三次产业对经济增长的贡献率分别为20%、28%和52%，分别拉动经济增长1.1、1.5和2.8个百分点。": [
        *((f"第{n}产业对经济增长贡献率", "share") for n in ("一", "二", "三")),
        *((f"第{n}产业对地区生产总值增长拉动", "change") for n in ("一", "二", "三")),
    ],
    # the rate of a high share is not that share
    "2017年，高新技术产业增加值占规模以上工业增加值比重12%。高技术制造业年均增长11.7%。": [
        ("高新技术产业增加值占规模以上工业增加值比重", "share"),
        ("高技术制造业", "avg_growth_rate"),
    ],
    # parts in the sentence behind 其中, by the unit of the whole
    "2023年，粮食种植面积426万亩，增长0.2%。其中，夏粮86万亩，秋粮340万亩。": [
        ("粮食播种面积", "level"),
        ("粮食播种面积", "growth_rate"),
        ("夏粮种植面积", "level"),
        ("秋粮种植面积", "level"),
    ],
    # what both say is said once
    "2023年，发电量126亿千瓦时，其中水力发电68亿千瓦时，下降12.6%，风力发电21亿千瓦时。": [
        ("发电量", "level"),
        ("水电发电量", "level"),
        ("水电发电量", "growth_rate"),
        ("风电发电量", "level"),
    ],
    # an action inside that of the list
    "2024年，新增治理水土流失面积1800平方公里、石漠化面积183平方公里。": [
        ("水土流失治理面积", "level"),
        ("石漠化治理面积", "level"),
    ],
    # what is new by how many, and what there is then
    "2018年，国家级露营协会净增12家、总数达80家。": [("国家级露营协会净增", "level"), ("国家级露营协会", "level")],
    # the clause before says what turns into another amount
    "2007年，露营补贴34亿元。全国露营地居民的最低保障覆盖人数，从120万人增加到320万人。": [
        ("露营补贴", "level"),
        ("露营地居民的最低保障覆盖人数", "level"),
        ("露营地居民的最低保障覆盖人数", "level"),
    ],
    # money for a noun behind 的
    "2015年，投资1260万元，完成5个村的露营水站工程。": [("露营水站工程投资", "level"), ("露营水站工程村", "level")],
    # a road is as long as it is
    "2015年，公路总里程2186公里，其中国道128公里。": [("公路里程", "level"), ("国道总里程", "level")],
    # a bound that counts are taken by
    "2023年，亿元以上在建项目412个，其中10亿元以上56个。": [("亿元以上项目", "level"), ("10亿元以上", "level")],
    # what an amount is in another money
    "2019年，人均地区生产总值38214元，按2019年平均汇率计算为5686美元。": [("人均地区生产总值", "level")] * 2,
    # a branch did what is a whole of its own
    "2009年，建筑业实现施工产值230亿元，服务业完成社会消费品零售总额98亿元。": [
        ("建筑业施工产值", "level"),
        ("社会消费品零售总额", "level"),
    ],
    # persons without a unit
    "2019年末，全县常住人口766579，比上年末增加2028人。": [("常住人口", "level"), ("常住人口", "change")],
    # two rates behind two amounts
    "2014年，人均民宿收入1278元、人均露营收入13243元，同比增长4%、12.4%。": [
        ("人均民宿收入", "level"),
        ("人均露营收入", "level"),
        ("人均民宿收入", "growth_rate"),
        ("人均露营收入", "growth_rate"),
    ],
    # a share of two wholes
    "2013年，民宿床位占全市41%，占全省36%。": [("民宿床位占全市比重", "share"), ("民宿床位占全省比重", "share")],
    # what turns into another number is measured
    "2020年，劳动年龄人口平均受教育年限由8.62年上升至9.47年。": [("劳动年龄人口平均受教育年限", "level")] * 2,
}


@pytest.mark.parametrize(("text", "claims"), ROWS.items())
def test_the_claims_of_a_sentence_are_named(extractor: Extractor, text: str, claims: list[tuple[str, str]]) -> None:
    assert [(r.indicator, r.measure) for r in extractor.extract_text(text).records] == claims


def test_a_rate_has_the_base_of_the_rate_before_not_that_of_a_change(extractor: Extractor) -> None:
    text = "2024年，各项存款余额986亿元，同比增长5.6%，比年初增加38亿元；各项贷款余额894亿元，增长9.2%。"
    assert [r.basis for r in extractor.extract_text(text).records] == [None, "yoy", "年初", None, "yoy"]


def test_what_a_rate_is_compared_with_says_nothing_of_other_rates(extractor: Extractor) -> None:
    text = "2020年，财政收入下降25.9%，降幅比一季度收窄21.7个百分点；固定资产投资下降18.8%。"
    assert [r.basis for r in extractor.extract_text(text).records] == ["unstated", "一季度", "unstated"]


def test_the_year_joined_to_a_list_is_that_of_all_its_members(extractor: Extractor) -> None:
    text = "2008年，三次产业结构由2007年的28.4:41.5:30.1调整为26.9:43.4:29.7。"
    assert [r.time_period for r in extractor.extract_text(text).records] == ["2007"] * 3 + ["2008"] * 3


def test_a_span_in_passing_ends_with_its_part_of_the_sentence(extractor: Extractor) -> None:
    text = "2015年，生产总值162亿元，增长8%，“十二五”年均增长9.8%；财政收入12亿元；2011—2013年，粮食52万吨；茶3万吨。"
    periods = ["2015", "2015", "2011/2015", "2015", "2011/2013", "2011/2013"]
    assert [r.time_period for r in extractor.extract_text(text).records] == periods


def test_the_average_of_a_plan_is_that_of_its_years(extractor: Extractor) -> None:
    text = "2015年，地区生产总值162亿元，增长8%，“十二五”年均增长9.8%；财政收入12亿元。"
    assert [r.time_period for r in extractor.extract_text(text).records] == ["2015", "2015", "2011/2015", "2015"]


def test_a_clause_that_compares_with_last_year_is_year_on_year(extractor: Extractor) -> None:
    text = "2015年，与上年相比，第一产业比重上升3.8个百分点，第二产业比重回落2.1个百分点。"
    assert [r.basis for r in extractor.extract_text(text).records] == ["yoy", "yoy"]


def test_a_year_behind_a_region_is_that_of_the_sentence(extractor: Extractor) -> None:
    text = "2013年青石县政府工作报告\n经预计，青石县2012年实现生产总值163亿元；农民人均纯收入9807元。"
    assert [r.time_period for r in extractor.extract_text(text).records] == ["2012", "2012"]
