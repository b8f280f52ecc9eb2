"""Expressions of time: a row for each form, still symbolic; which of them dates a number is decided later."""

from __future__ import annotations

import pytest
from test_numerals import rendered

from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.periods import PeriodReader, plan_years

LEXICON: Lexicon = load_lexicon()
READER = PeriodReader(LEXICON)


def view(text: str) -> str:
    return text.translate(dict(LEXICON.characters))


# text | expression as printed | anchor | first and last year | part of the year | its months and day | rules
ROWS = """
2020年， | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
２０２０年， | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
2020 年度， | 2020 年度 | absolute | 2020 2020 | - | 0 0 0 | year
二〇二〇年， | 二〇二〇年 | absolute | 2020 2020 | - | 0 0 0 | year
一九八五年， | 一九八五年 | absolute | 1985 1985 | - | 0 0 0 | year
2016—2020年 | 2016—2020年 | absolute | 2016 2020 | - | 0 0 0 | year_range
2016年至2020年 | 2016年至2020年 | absolute | 2016 2020 | - | 0 0 0 | year_range
2016—20年 | 2016—20年 | absolute | 2016 2020 | - | 0 0 0 | year_range
1999—2003年 | 1999—2003年 | absolute | 1999 2003 | - | 0 0 0 | year_range
2010年以来 | 2010年以来 | since | 2010 2010 | - | 0 0 0 | since
2020年末 | 2020年末 | absolute | 2020 2020 | end | 0 0 0 | year year_end
2020年底 | 2020年底 | absolute | 2020 2020 | end | 0 0 0 | year year_end
2020年初 | 2020年初 | absolute | 2020 2020 | start | 0 0 0 | year year_start
2020年全年 | 2020年全年 | absolute | 2020 2020 | - | 0 0 0 | year whole_year
2020年上半年 | 2020年上半年 | absolute | 2020 2020 | months | 1 6 0 | year half
2020年下半年 | 2020年下半年 | absolute | 2020 2020 | months | 7 12 0 | year half
2020年一季度 | 2020年一季度 | absolute | 2020 2020 | months | 1 3 0 | year quarter
2020年第4季度 | 2020年第4季度 | absolute | 2020 2020 | months | 10 12 0 | year quarter
2020年前三季度 | 2020年前三季度 | absolute | 2020 2020 | months | 1 9 0 | year quarters
2020年前两个季度 | 2020年前两个季度 | absolute | 2020 2020 | months | 1 6 0 | year quarters
2020年1-11月 | 2020年1-11月 | absolute | 2020 2020 | months | 1 11 0 | year months
2020年3—10月份 | 2020年3—10月份 | absolute | 2020 2020 | months | 3 10 0 | year months
2020年前11个月 | 2020年前11个月 | absolute | 2020 2020 | months | 1 11 0 | year first_months
前四个月 | 前四个月 | frame | 0 0 | months | 1 4 0 | first_months
2020年11月 | 2020年11月 | absolute | 2020 2020 | months | 11 11 0 | year month
2020年11月末 | 2020年11月末 | absolute | 2020 2020 | month_end | 11 0 0 | year month_end
2020年12月31日 | 2020年12月31日 | absolute | 2020 2020 | day | 12 0 31 | year day
二〇二〇年十二月三十一日 | 二〇二〇年十二月三十一日 | absolute | 2020 2020 | day | 12 0 31 | year day
今年 | 今年 | given | 0 0 | - | 0 0 0 | this_year
去年 | 去年 | given | -1 -1 | - | 0 0 0 | last_year
前年 | 前年 | given | -2 -2 | - | 0 0 0 | year_before_last
明年 | 明年 | given | 1 1 | - | 0 0 0 | next_year
今年上半年 | 今年上半年 | given | 0 0 | months | 1 6 0 | this_year half
去年全年 | 去年全年 | given | -1 -1 | - | 0 0 0 | last_year whole_year
今年12月20日 | 今年12月20日 | given | 0 0 | day | 12 0 20 | this_year day
上年同期 | 上年同期 | same_period | 0 0 | - | 0 0 0 | same_period
2019年同期 | 2019年同期 | absolute | 2019 2019 | same_period | 0 0 0 | year same_period
今年同期 | 今年同期 | given | 0 0 | same_period | 0 0 0 | this_year same_period
去年同期上半年 | 去年同期上半年 | same_period | 0 0 | months | 1 6 0 | same_period half
上年末 | 上年末 | frame | -1 -1 | end | 0 0 0 | prior_year year_end
上年12月 | 上年12月 | frame | -1 -1 | months | 12 12 0 | prior_year month
年末 | 年末 | frame | 0 0 | end | 0 0 0 | year_end
全年 | 全年 | frame | 0 0 | - | 0 0 0 | whole_year
上半年 | 上半年 | frame | 0 0 | months | 1 6 0 | half
1至11月 | 1至11月 | frame | 0 0 | months | 1 11 0 | months
十一月 | 十一月 | frame | 0 0 | months | 11 11 0 | month
12月31日 | 12月31日 | frame | 0 0 | day | 12 0 31 | day
“十三五”期间 | “十三五”期间 | absolute | 2016 2020 | - | 0 0 0 | plan
“十三五”末 | “十三五”末 | absolute | 2020 2020 | end | 0 0 0 | plan_end
“十四五”时期 | “十四五”时期 | absolute | 2021 2025 | - | 0 0 0 | plan
“十四五”前三年 | “十四五”前三年 | absolute | 2021 2023 | - | 0 0 0 | plan_first_years
“十二五”规划 | “十二五”规划 | absolute | 2011 2015 | named | 0 0 0 | plan_named
“十五”期间 | “十五”期间 | absolute | 2001 2005 | - | 0 0 0 | plan
“一五”时期 | “一五”时期 | absolute | 1953 1957 | - | 0 0 0 | plan
“二五”时期 | “二五”时期 | absolute | 1958 1962 | - | 0 0 0 | plan
“三五”时期 | “三五”时期 | absolute | 1966 1970 | - | 0 0 0 | plan
“四五”时期 | “四五”时期 | absolute | 1971 1975 | - | 0 0 0 | plan
“五五”时期 | “五五”时期 | absolute | 1976 1980 | - | 0 0 0 | plan
“六五”时期 | “六五”时期 | absolute | 1981 1985 | - | 0 0 0 | plan
第十个五年计划 | 第十个五年计划 | absolute | 2001 2005 | named | 0 0 0 | plan_ordinal_named
第十三个五年规划期间 | 第十三个五年规划期间 | absolute | 2016 2020 | - | 0 0 0 | plan_ordinal
五年来 | 五年来 | past | 5 5 | - | 0 0 0 | past_years
近十五年 | 近十五年 | past | 15 15 | - | 0 0 0 | past_years
二十年来 | 二十年来 | past | 20 20 | - | 0 0 0 | past_years
今后五年 | 今后五年 | future | 5 5 | - | 0 0 0 | next_years
三年内 | 三年内 | within | 3 3 | - | 0 0 0 | within_years
本届政府任期内 | 本届政府任期内 | past | 5 5 | - | 0 0 0 | term
这一年 | 这一年 | reported | 0 0 | - | 0 0 0 | past_year
目前 | 目前 | now | 0 0 | - | 0 0 0 | now
2020年 上半年 | 2020年 上半年 | absolute | 2020 2020 | months | 1 6 0 | year half
2020年  上半年 | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
2020年  上半年 | 上半年 | frame | 0 0 | months | 1 6 0 | half
2020年，上半年 | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
2020年，上半年 | 上半年 | frame | 0 0 | months | 1 6 0 | half
上半年2020年 | 上半年 | frame | 0 0 | months | 1 6 0 | half
上半年2020年 | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
去年年末 | 去年年末 | given | -1 -1 | end | 0 0 0 | last_year year_end
2020年2021年 | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
2020年2021年 | 2021年 | absolute | 2021 2021 | - | 0 0 0 | year
“十三五”2020年 | “十三五” | absolute | 2016 2020 | named | 0 0 0 | plan_named
“十三五”2020年 | 2020年 | absolute | 2020 2020 | - | 0 0 0 | year
"""


@pytest.mark.parametrize("text", list(dict.fromkeys(row.split(" | ")[0] for row in ROWS.strip().splitlines())))
def test_expressions(text: str) -> None:
    found = []
    for e in READER.scan(view(text)):
        rules = " ".join(rule.removeprefix("period.") for rule in e.rules)
        months = f"{e.month} {e.month_last} {e.day}"
        found.append([text, view(text)[e.start : e.end], e.anchor, f"{e.first} {e.last}", e.sub or "-", months, rules])
    assert found == [row.split(" | ") for row in ROWS.strip().splitlines() if row.startswith(f"{text} | ")]


@pytest.mark.parametrize("text", ["2019-2011年", "每年", "第三年", "20200年"])
def test_what_is_no_time(text: str) -> None:
    assert READER.scan(text) == []


@pytest.mark.parametrize("number", range(1, 100))
def test_small_numbers(number: int) -> None:
    short = rendered(number).removeprefix("一") if 10 <= number < 20 else rendered(number)
    assert READER.number(short) == READER.number(str(number)) == number


def test_no_number() -> None:
    assert (READER.number(None), READER.number("")) == (0, 0)


def test_plans_follow_each_other() -> None:
    years = [plan_years(number) for number in range(1, 16)]
    assert years[0] == (1953, 1957)
    assert years[14] == (2026, 2030)
    assert all(last - first == 4 for first, last in years)
    gaps = [following[0] - plan[1] for plan, following in zip(years, years[1:], strict=False)]
    assert gaps == [1, 4, *[1] * 12], "three years of adjustment after the second"
