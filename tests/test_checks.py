"""What does not fit together is flagged, what rounding explains is not; flags change nothing else."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicator_extract import Extractor
from indicator_extract.checks import FLAGS, check, flagged
from indicator_extract.checks.figures import half_unit

# For each check texts that must raise its flag (and the flags that must come with it) and texts that must raise none.

FLAGGED = [
    ("shares_sum", "2020年，全区三次产业结构为3.1:28.3:68.3。"),
    ("shares_sum", "2020年，第一产业比重为3.8%，第二产业比重为80.9%，第三产业比重为25.3%。"),
    ("shares_sum", "2016年，全市中直与地方经济比重为31.3：78.7。"),
    ("parts_total", "2020年，全区土地面积618.6平方千米，其中市区面积40.62平方千米，郊区面积557.98平方千米。"),
    ("parts_total", "2020年，全市进出口总额100亿元，其中出口60亿元，进口50亿元。"),
    ("parts_total", "2020年，全市粮食产量52万吨，其中水稻62万吨。"),
    ("growth_levels", "2019年，全市财政收入50亿元。\n2020年，全市财政收入60亿元，同比增长10%。"),
    ("growth_levels", "2020年，全市财政收入60亿元，比上年增加10亿元，增长30%。"),
    ("growth_levels", "2019年，全市地区生产总值50亿元。\n2020年，全市地区生产总值55亿元，同比增长60%。"),
    ("growth_levels", "2019年，全市森林覆盖率30.5%。\n2020年，全市森林覆盖率35.2%，比上年提高7.4个百分点。"),
    ("from_to", "2020年，全市粮食产量由50万吨提高到60万吨，增长30%。"),
    ("from_to", "2020年，全市粮食产量由50万吨提高到60万吨，增长2.1倍。"),
    ("from_to", "2020年，全市森林覆盖率由30.5%提高到35.2%，提高7.4个百分点。"),
    ("from_to", "2020年，城镇登记失业率由4.5%下降到4.1%，下降0.8个百分点。"),
    ("from_to", "全市财政收入从2015年的50亿元增加到2020年的100亿元，平均每年增加20亿元。"),
    ("share_range", "2020年，全市民生支出占一般公共预算支出比重达到875%。"),
    ("average_growth", "全市财政收入从2015年的50亿元增加到2020年的100亿元，年均增长20%。"),
    ("average_growth", "2016—2019年，全区地区生产总值增长25%，年均增长8.7%。"),
    ("average_growth", "2010年财政收入50亿元。\n2015年财政收入100亿元。\n2011—2015年财政收入年均增长20%。"),
    ("magnitude", "2020年，全市森林覆盖率达到425%。"),
    ("magnitude", "2020年，全市城镇居民人均可支配收入3.5元。"),
    ("conflict", "2020年，全市一般公共预算收入52.3亿元。\n2020年，全市一般公共预算收入54.1亿元。"),
    ("suspect_text", "2020年，全市人口自然增长率3.5%。"),
    ("suspect_text", "2020年，全市一般公共预算收入52.3亿元。\n2020年，全市一般公共预算收入523亿元。"),
    ("suspect_text", "2020年，全市三次产业结构为3.1:28.6:683。"),
]  # fmt: skip
FITTING = [
    ("shares_sum", "2020年，全区三次产业结构为3.1:28.3:68.5。"),  # 99.9, by rounding
    ("shares_sum", "2020年，全市投入比例为5:3:2。"),  # no percentages
    ("shares_sum", "2020年，全市三次产业结构为0.1:98.8:1.0。"),  # the last is not read as a member
    ("parts_total", "2020年，全区土地面积618.6平方千米，其中市区面积40.62平方千米，郊区面积577.98平方千米。"),
    ("parts_total", "2020年，全市进出口总额100亿元，其中出口60.2亿元。"),  # one part of two
    ("parts_total", "2012年末，固定电话用户60万户，其中城市固定电话用户48.1万户；移动电话用户350.3万户。"),
    ("growth_levels", "2019年，全市财政收入50亿元。\n2020年，全市财政收入60亿元，同比增长21%。"),  # 59.5 to 60.5
    (
        "growth_levels",
        "2019年，全市地区生产总值50亿元。\n2020年，全市地区生产总值55亿元，同比增长6%。",
    ),  # constant prices
    ("growth_levels", "2019年，全市固定资产投资50亿元。\n2020年，全市固定资产投资40亿元，同比增长6%。"),  # own basis
    ("from_to", "2020年，全市粮食产量由50万吨提高到60万吨，增长20%。"),
    ("from_to", "2020年，城镇登记失业率由4.5%下降到4.1%，下降0.4个百分点。"),
    ("from_to", "全市财政收入从2015年的50亿元增加到2020年的100亿元，平均每年增加10亿元。"),
    ("from_to", "全市高新技术企业由12家增加到25家，增长1.1倍。"),  # 1.1 and 2.1 both fit
    ("from_to", "困难残疾人生活补贴、重度残疾人护理补贴标准分别从每人每月202元、270元提高到209元、280元。"),
    ("share_range", "2020年，全市造林完成年度计划的113%。"),
    ("average_growth", "全市财政收入从2015年的50亿元增加到2020年的100亿元，年均增长14.9%。"),
    ("average_growth", "2016—2019年，全区地区生产总值增长25%，年均增长5.7%。"),
    ("magnitude", "2020年，全市投资完成率达到120%。"),
    ("magnitude", "2020年，全市城镇居民人均可支配收入3.5万元。"),
    ("conflict", "2020年，全市一般公共预算收入52.3亿元。\n2020年，全市一般公共预算收入52.27亿元。"),
    ("conflict", "2020年，全市一般公共预算收入52.3亿元。\n2021年，全市一般公共预算收入54.1亿元。"),
    ("conflict", "2020年，全市签约额52.3亿元。\n2020年，全市签约额54.1亿元。"),  # of many things
    ("suspect_text", "2020年，全市人口自然增长率3.5‰。"),
]


def raised(extractor: Extractor, text: str) -> set[str]:
    return {
        flag for record in extractor.extract_text(text).records for flag in record.flags.split("|") if flag in FLAGS
    }


@pytest.mark.parametrize(("flag", "text"), FLAGGED)
def test_what_does_not_fit_is_flagged(extractor: Extractor, flag: str, text: str) -> None:
    assert flag in raised(extractor, text)


@pytest.mark.parametrize(("flag", "text"), FITTING)
def test_what_fits_is_not(extractor: Extractor, flag: str, text: str) -> None:
    assert not raised(extractor, text), flag


def test_each_flag_has_a_case_of_both_kinds() -> None:
    assert {flag for flag, _ in FLAGGED} == {flag for flag, _ in FITTING} == set(FLAGS)


def test_a_finding_names_the_numbers_and_what_would_fit(extractor: Extractor) -> None:
    (finding,) = extractor.findings(extractor.extract_text("2020年，全区三次产业结构为3.1:28.3:68.3。"))
    assert [record.value_text for record in finding.records] == ["3.1", "28.3", "68.3"]
    assert finding.message == "the shares make up 99.7 ± 0.15 %, where 100 % would fit"


def test_a_flag_joins_those_of_the_record(extractor: Extractor) -> None:
    records = extractor.extract_text("2020年，全市森林覆盖率达到l25%。\n").records
    assert [record.flags for record in records] == ["lookalike|magnitude"]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("383.1亿元", "5000000"),
        ("3831023万元", "5000"),
        ("700亿元", "50000000"),
        ("67.00%", "0.005"),
        ("0.5%", "0.05"),
        ("1,100万人", "5000"),
        ("２３９７１户", "0.5"),
        ("百分之五十五点八", "0.05"),
        ("四百二十七亿四千万元", "5000000"),
        ("-1.16‰", "0.005"),
        ("0人", "0.5"),
    ],
)
def test_half_a_unit_of_the_last_printed_digit(extractor: Extractor, text: str, half: str) -> None:
    (record,) = extractor.extract_text(f"2020年，全市财政收入{text}。").records
    assert half_unit(record) == Decimal(half)


# Laws

amounts = st.decimals("1", "9000", places=4)
shares = st.lists(st.integers(1, 1000), min_size=3, max_size=3)
places = st.integers(0, 2)
law = settings(max_examples=60)


def shown(number: Decimal, digits: int) -> str:
    """A true number as a text prints it."""
    return str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


@given(parts=shares, digits=places)
@law
def test_rounded_shares_fit(extractor: Extractor, parts: list[int], digits: int) -> None:
    ratio = ":".join(shown(Decimal(100 * part) / sum(parts), digits) for part in parts)
    assert not raised(extractor, f"2020年，全市三次产业结构为{ratio}。")


@given(parts=st.tuples(amounts, amounts), digits=st.tuples(places, places, places))
@law
def test_rounded_parts_fit(extractor: Extractor, parts: tuple[Decimal, Decimal], digits: tuple[int, int, int]) -> None:
    whole, one, other = map(shown, (sum(parts), *parts), digits)
    assert not raised(extractor, f"2020年，全市进出口总额{whole}亿元，其中出口{one}亿元，进口{other}亿元。")


@given(base=amounts, level=amounts, digits=st.tuples(places, places, places, places))
@law
def test_rounded_growth_fits(
    extractor: Extractor, base: Decimal, level: Decimal, digits: tuple[int, int, int, int]
) -> None:
    grown, change = (level / base - 1) * 100, level - base
    verbs = ("增长", "增加") if change >= 0 else ("下降", "减少")
    before, after, rate, difference = map(shown, (base, level, abs(grown), abs(change)), digits)
    texts = [
        f"2019年，全市财政收入{before}亿元。\n2020年，全市财政收入{after}亿元，同比{verbs[0]}{rate}%。",
        f"2020年，全市财政收入{after}亿元，比上年{verbs[1]}{difference}亿元，{verbs[0]}{rate}%。",
        f"全市财政收入由2019年的{before}亿元{verbs[1]}到2020年的{after}亿元，{verbs[0]}{rate}%。",
    ]
    for text in texts:
        assert not raised(extractor, text)


@given(
    base=amounts, rate=st.decimals("0.1", "30", places=3), numbers=st.integers(2, 9), digits=st.tuples(places, places)
)
@law
def test_rounded_averages_fit(
    extractor: Extractor, base: Decimal, rate: Decimal, numbers: int, digits: tuple[int, int]
) -> None:
    level = base * (1 + rate / 100) ** numbers
    average, total = shown(rate, digits[0]), shown((level / base - 1) * 100, digits[1])
    first, last = 2020 - numbers, 2020
    levels = f"全市财政收入从{first}年的{shown(base, 2)}亿元增加到{last}年的{shown(level, 2)}亿元"
    assert not raised(extractor, f"{levels}，年均增长{average}%。")
    assert not raised(extractor, f"{first + 1}—{last}年，全市财政收入增长{total}%，年均增长{average}%。")


@given(number=amounts, digits=st.tuples(places, places))
@law
def test_one_number_rounded_in_two_ways_is_no_conflict(
    extractor: Extractor, number: Decimal, digits: tuple[int, int]
) -> None:
    one, other = (f"2020年，全市一般公共预算收入{shown(number, each)}亿元。" for each in digits)
    assert not raised(extractor, f"{one}\n{other}收入质量提高。\n{one}")


@given(parts=st.tuples(st.integers(1, 900), st.integers(1, 900)), off=st.integers(1, 90), more=st.booleans())
@law
def test_what_rounding_cannot_explain_is_flagged(
    extractor: Extractor, parts: tuple[int, int], off: int, more: bool
) -> None:
    one, other = parts
    whole = max(1, one + other + (off if more else -off))
    flags = raised(extractor, f"2020年，全市进出口总额{whole}.0亿元，其中出口{one}.0亿元，进口{other}.0亿元。")
    assert ("parts_total" in flags) == (whole != one + other)


numbers = st.decimals("0.1", "999", places=1).map(str)
sentences: list[Callable[[str, str, str], str]] = [
    lambda a, b, c: f"2020年，全市三次产业结构为{a}:{b}:{c}。\n",
    lambda a, b, c: f"2020年，全市进出口总额{a}亿元，其中出口{b}亿元，进口{c}亿元。\n",
    lambda a, b, c: f"2020年，全市粮食产量由{a}万吨提高到{b}万吨，增长{c}%。\n",
    lambda a, b, c: f"2020年，全市一般公共预算收入{a}亿元。\n2020年，全市一般公共预算收入{b}亿元，增长{c}%。\n",
    lambda a, b, c: f"2020年，全市人口出生率{a}%，森林覆盖率{b}%，研发投入占比达到{c}%。\n",
]


@given(st.lists(st.tuples(st.sampled_from(sentences), numbers, numbers, numbers), min_size=1, max_size=4))
@law
def test_flags_are_all_that_changes(
    extractor: Extractor, chosen: list[tuple[Callable[[str, str, str], str], str, str, str]]
) -> None:
    text = "".join(sentence(a, b, c) for sentence, a, b, c in chosen)
    records = extractor.extract_text(text).records
    bare = [record.model_copy(update={"flags": ""}) for record in records]
    findings = check(bare, text, extractor.lexicon)
    again = flagged(bare, findings)
    assert [record.model_copy(update={"flags": ""}) for record in again] == bare
    concerned = {record.record_id: set[str]() for record in bare}
    for finding in findings:
        assert not finding.stated.meets(finding.allowed)
        for record in finding.records:
            concerned[record.record_id].add(finding.flag)
    assert {each.record_id: set(filter(None, each.flags.split("|"))) for each in again} == concerned
    assert flagged(again, check(again, text, extractor.lexicon)) == again
