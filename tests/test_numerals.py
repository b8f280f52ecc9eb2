"""Numerals: a row for each form, and the laws that hold for all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import rows, texts

from indicator_extract.chinese_numerals import ChineseNumerals, Reading
from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.model import Numeral, Span
from indicator_extract.numerals import NumeralReader
from indicator_extract.record import plain

LEXICON: Lexicon = load_lexicon()
READER = NumeralReader(LEXICON)
CHINESE = ChineseNumerals(LEXICON.numeral_words)


def view(text: str) -> str:
    return text.translate(dict(LEXICON.characters))


def scan(text: str, taken: tuple[Span, ...] = ()) -> list[Numeral]:
    numerals = READER.scan(view(text), taken)
    assert all(0 <= n.start < n.end <= len(text) for n in numerals)
    return numerals


# text | numeral as printed | value
ONE_VALUE = """
完成22个 | 22 | 22
达到618.6平方千米 | 618.6 | 618.6
１９８４年 | 1984 | 1984
城镇新增就业1,100万人 | 1,100万 | 11000000
城镇新增就业1，100万人 | 1，100万 | 11000000
总额3,831,023万元 | 3,831,023万 | 38310230000
达到2,350.5万元 | 2,350.5万 | 23505000
共有23 971户 | 23 971 | 23971
增长11. 5% | 11. 5 | 11.5
增长19·5％ | 19·5 | 19.5
增长77．7％ | 77.7 | 77.7
里程1．2万公里 | 1.2万 | 12000
总量3.87万亿元 | 3.87万亿 | 3870000000000
总量1万亿5000万元 | 1万亿5000万 | 1000050000000
预算4亿2千万元 | 4亿2千万 | 420000000
总人口1万2000人 | 1万2000 | 12000
总人口1万2000, | 1万2000 | 12000
共1万2000. | 1万2000 | 12000
补助4000余万元 | 4000余万 | 40000000
受益600多万 | 600多万 | 6000000
存款3万多亿元 | 3万多亿 | 3000000000000
投资10亿多元 | 10亿多 | 1000000000
投资200多亿元 | 200多亿 | 20000000000
惠及1亿多中小学生 | 1亿多 | 100000000
新增20来个 | 20来 | 20
新增50几个 | 50几 | 50
资金5千万元 | 5千万 | 50000000
电缆3百多米 | 3百多 | 300
实现 212.8 亿元 | 212.8 亿 | 21280000000
发展3万户 | 3万 | 30000
装机477万千瓦 | 477万 | 4770000
电厂5千瓦 | 5 | 5
公路2千米 | 2 | 2
热电2×35万千瓦 | 2×35万 | 700000
机组2×660兆瓦 | 2×660 | 1320
产值276.38（不含军工）亿元 | 276.38（不含军工）亿 | 27638000000
占全国1/4 | 1/4 | 0.25
精简1／4 | 1/4 | 0.25
约占全国1/10以上 | 1/10 | 0.1
超3成 | 3成 | 30
约7成出口增量 | 7成 | 70
安排资金l2785万元 | l2785万 | 127850000
补助资金25l亿元 | 25l亿 | 25100000000
投资1O0万元 | 1O0万 | 1000000
下降百分之20 | 百分之20 | 20
下降百分之12.5 | 百分之12.5 | 12.5
第五个 | 五 | 5
新建八百九十个 | 八百九十 | 890
总数四百零二亿元 | 四百零二亿 | 40200000000
三亿零四百七十五元 | 三亿零四百七十五 | 300000475
四百二十七亿四千万元 | 四百二十七亿四千万 | 42740000000
一千六百万亩 | 一千六百万 | 16000000
二亿一千七百万吨 | 二亿一千七百万 | 217000000
三万亿元 | 三万亿 | 3000000000000
一万五千亿元 | 一万五千亿 | 1500000000000
一万零五百人 | 一万零五百 | 10500
几万万农民 | 几万万 | 100000000
一百二十多万人 | 一百二十多万 | 1200000
十万余户 | 十万余 | 100000
十几万人 | 十几万 | 100000
二十几个 | 二十几 | 20
三十多家 | 三十多 | 30
三千六 | 三千六 | 3600
一百二 | 一百二 | 120
两万五千里 | 两万五千 | 25000
两万五 | 两万五 | 25000
十五个 | 十五 | 15
一百一十个 | 一百一十 | 110
一百十五个 | 一百十五 | 115
一万二千万元 | 一万二千万 | 120000000
〇一年 | 〇一 | 1
一千零一个 | 一千零一 | 1001
二〇二〇年 | 二〇二〇 | 2020
一九八○年 | 一九八〇 | 1980
二0一五年 | 二0一五 | 2015
一九八五年 | 一九八五 | 1985
两个 | 两 | 2
增长四点五倍 | 四点五 | 4.5
一点五亿元 | 一点五亿 | 150000000
一点零四吨 | 一点零四 | 1.04
一一四六年 | 一一四六 | 1146
提高零点五个百分点 | 零点五 | 0.5
增长百分之五点八 | 百分之五点八 | 5.8
占百分之五十五点八 | 百分之五十五点八 | 55.8
增长百分之零点二 | 百分之零点二 | 0.2
提高到百分之百 | 百分之百 | 100
增长百分之一百七十八点六 | 百分之一百七十八点六 | 178.6
为千分之三 | 千分之三 | 3
万分之五 | 万分之五 | 5
十万分之8.6 | 十万分之8.6 | 8.6
减少三分之一 | 三分之一 | 0.3333
占四分之三 | 四分之三 | 0.75
近七成 | 七成 | 70
达到七成五 | 七成五 | 75
翻一番 | 一番 | 100
翻了两番 | 两番 | 300
翻三番 | 三番 | 700
翻了一番多。 | 一番多 | 100
实现翻番 | 翻番 | 100
减少一半 | 一半 | 0.5
半年 | 半 | 0.5
几十户 | 几十 | 10
数百家 | 数百 | 100
数亿人 | 数亿 | 100000000
百亿斤 | 百亿 | 10000000000
上万家 | 万 | 10000
千万吨 | 千万 | 10000000
万亿元 | 万亿 | 1000000000000
三公里 | 三 | 3
十分钟 | 十 | 10
五十分钟 | 五十 | 50
三千六百万千瓦 | 三千六百万 | 36000000
二百五十兆瓦 | 二百五十 | 250
"""


@pytest.mark.parametrize("row", ONE_VALUE.strip().splitlines())
def test_one_value(row: str) -> None:
    text, printed, value = row.split(" | ")
    (numeral,) = scan(text)
    assert view(text)[numeral.start : numeral.end] == printed
    assert numeral.value == Decimal(value)
    assert numeral.high is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三个", 2, 3),
        ("三五家", 3, 5),
        ("七八百人", 700, 800),
        ("三四十个", 30, 40),
        ("十五六岁", 15, 16),
        ("二三十万人", 200000, 300000),
        ("一两年", 1, 2),
        ("七八成", 70, 80),
    ],
)
def test_pairs(text: str, low: int, high: int) -> None:
    (numeral,) = scan(text)
    assert (numeral.value, numeral.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("22个", "digits", ""),
        ("八百九十个", "chinese", ""),
        ("百亿斤", "scale", ""),
        ("十亿斤", "chinese", ""),
        ("三分之一", "fraction", ""),
        ("1/4", "fraction", ""),
        ("一半", "fraction", ""),
        ("百分之五", "chinese", "%"),
        ("百分之5", "digits", "%"),
        ("千分之三", "chinese", "‰"),
        ("近七成", "tenths", "%"),
        ("超3成", "tenths", "%"),
        ("翻一番", "doubling", "%"),
        ("翻番", "doubling", "%"),
        ("“十百千万”工程", "unreadable", ""),
        ("一二三产业", "unreadable", ""),
        ("二四百", "unreadable", ""),
        ("一千百", "unreadable", ""),
        ("三百五百", "unreadable", ""),
        ("三十五百", "unreadable", ""),
    ],
)
def test_kinds(text: str, kind: str, unit: str) -> None:
    (numeral,) = scan(text)
    assert (numeral.kind, numeral.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("text", "more"),
    [("180余万元", "余"), ("三十多家", "多"), ("十几个", "几"), ("几十户", "几"), ("数百家", "数"), ("600多，", "多")],
)
def test_more(text: str, more: str) -> None:
    assert [numeral.more for numeral in scan(text)] == [more]


@pytest.mark.parametrize(
    "text",
    [
        "全市统一部署", "进一步", "一些", "万一", "四川", "三亚", "六安", "七台河", "九江", "八达岭", "三农",
        "十分重要", "百姓", "千方百计", "零售", "三公经费", "半导体", "数据", "一点", "提高百分点", "两岸", "万众一心",
        "接二连三", "三三两两", "一带一路", "清零", "四面八方", "五险一金", "千瓦", "长三角", "二氧化碳",
    ],
)  # fmt: skip
def test_words_that_are_no_numbers(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2.31:1，17个区", ["2.31", "1", "17"]),  # a comma is a thousands mark only before three digits
        ("居第1，386个项目", ["1", "386"]),  # and not after a rank
        ("2,3、4", ["2", "3", "4"]),
        ("50多措并举", ["50"]),
        ("5余额", ["5"]),
        ("2020来自", ["2020"]),
        ("接待5000来哈游客", ["5000"]),
        ("收到5000来函，", ["5000"]),
        ("投资5十万元", ["5十万"]),
        ("评为3十佳", ["3"]),
        ("三成立", ["三"]),
        ("全球首架AR-E3000成功首飞", ["3000"]),
        ("O3浓度", ["3"]),
        ("2024/2025", ["2024", "2025"]),
        ("8.6/10万", ["8.6", "10万"]),
        ("21 2.8亿元", ["21", "2.8亿"]),
        ("一九八一和一九八二两年", ["一九八一", "一九八二", "两"]),
        ("七万万两", ["七万万", "两"]),
        ("白银十两", ["十", "两"]),
        ("统一部署三项", ["三"]),
        ("四分之五", []),
        ("/1/4", ["1", "4"]),
        ("企业3成立了", ["3"]),
        ("产值276.38（2019年）亿元", ["276.38", "2019", "亿"]),
        ("零分之五", []),
        ("一番事业", ["一"]),
        ("一批", ["一"]),
    ],
)
def test_what_does_not_belong_together(text: str, printed: list[str]) -> None:
    assert [text[n.start : n.end] for n in scan(text)] == printed


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("调整为19.936.943.2", ("suspect_marks",)),
        ("“3·15”", ("suspect_marks",)),
        ("编号1,100·2", ("suspect_marks",)),
        ("到达23 971户", ("spaced_digits",)),
        ("安排l2785万元", ("lookalike",)),
        ("三分之一", ("rounded",)),
        ("四分之一", ()),
        ("19·5%", ()),
    ],
)
def test_flags(text: str, flags: tuple[str, ...]) -> None:
    assert [numeral.flags for numeral in scan(text)] == [flags]


def test_taken_spans_keep_their_digits() -> None:
    text = "5.2020年12个"
    numerals = scan(text, (Span(2, 7),))
    assert [text[n.start : n.end] for n in numerals] == ["5", "12"]
    (numeral,) = scan("l2785万元", (Span(0, 1),))
    assert (numeral.start, numeral.value) == (1, 27850000)
    (numeral,) = scan("占三成", (Span(2, 3),))
    assert (numeral.start, numeral.end, numeral.value) == (1, 2, 3)


@pytest.mark.parametrize("text", ["占全国1/4。", "增长19·5%", "产值276.38（不含军工）亿元", "机组2×35万千瓦"])
def test_a_numeral_says_the_same_wherever_it_stands(text: str) -> None:
    before = "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，"
    (numeral,), (other,) = scan(text), scan(before + text)
    moved = numeral._replace(start=numeral.start + len(before), end=numeral.end + len(before))
    assert other == moved


def test_decimals_are_those_printed() -> None:
    assert [n.decimals for n in scan("67.00%、3.87万亿元、百分之五点八、12家")] == [2, 2, 1, 0]


@pytest.mark.parametrize("text", texts("numerals"))
def test_whole_numerals(text: str) -> None:
    found = []
    for n in scan(text):
        assert (isinstance(n.decimals, int), isinstance(n.more, str), isinstance(n.unit, str)) == (True, True, True)
        value, high = plain(n.value), "-" if n.high is None else plain(n.high)
        rule, flags = n.rule.removeprefix("numeral."), "+".join(n.flags) or "-"
        row = [text, view(text)[n.start : n.end], value, high, str(n.decimals), n.kind, n.more or "-"]
        found.append([*row, plain(n.scale), n.unit or "-", rule, flags])
    assert found == rows("numerals", text)


def test_digits_and_scale_words_are_all_that_a_lexicon_needs() -> None:
    few = {role: LEXICON.numeral_words[role] for role in ("digit", "small_scale", "big_scale", "fraction")}
    reader = NumeralReader(replace(LEXICON, numeral_words=few))
    text = "增长三千六百亿元、12.5万个和1,100人的三分之一"
    assert [text[n.start : n.end] for n in reader.scan(text)] == ["三千六百亿", "12.5万", "1", "100", "三分之一"]


DIGITS, SMALL = "零一二三四五六七八九", ((1000, "千"), (100, "百"), (10, "十"))


def below_ten_thousand(number: int, *, leading: bool) -> str:
    """A number below 10,000 in Chinese numerals; `leading` where nothing stands before it."""
    words, gap = "", False
    for scale, word in SMALL:
        digit, number = divmod(number, scale)
        if digit:
            words += (DIGITS[0] if gap else "") + DIGITS[digit] + word
        gap = not digit and bool(words or not leading)
    if number:
        words += (DIGITS[0] if gap else "") + DIGITS[number]
    return words


def rendered(number: int) -> str:
    """A number below 10^16 in Chinese numerals, with 零 where a place is left out."""
    words = ""
    for scale, word in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale)
        if not part:
            continue
        gap = DIGITS[0] if words and part < 1000 else ""
        part_words = below_ten_thousand(part, leading=True)
        words += gap + part_words + word
    return words or DIGITS[0]


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_mean_what_was_rendered(number: int) -> None:
    reading = CHINESE.read(rendered(number))
    assert reading is not None
    assert (reading.value, reading.high) == (number, None)


@pytest.mark.parametrize(
    ("word", "reading"),
    [("三千六", Reading(3600)), ("二十三万", Reading(230000, None, 10000)), ("两三", Reading(2, 3))],
)
def test_a_word_is_worth_a_whole_number(word: str, reading: Reading) -> None:
    found = CHINESE.read(word)
    assert found == reading
    assert isinstance(found.value, int)


@given(st.integers(1, 10**12 - 1))
def test_ten_may_stand_without_one(number: int) -> None:
    words = rendered(number)
    if words.startswith("一十"):
        reading = CHINESE.read(words[1:])
        assert reading is not None
        assert reading.value == number


@given(st.integers(1, 10**12 - 1))
def test_a_rendered_number_is_one_numeral(number: int) -> None:
    words = rendered(number)
    (numeral,) = scan(f"共计{words}。")
    assert (numeral.start, numeral.end, numeral.value) == (2, 2 + len(words), number)


@given(st.decimals(0, 10**9, places=3, allow_nan=False), st.sampled_from(["", "百", "千", "万", "亿", "万亿", "千万"]))
def test_digits_and_scale_words(number: Decimal, scale: str) -> None:
    factor = CHINESE.read(scale) if scale else None
    printed = f"{number:f}"
    (numeral,) = scan(f"为{printed}{scale}。")
    assert numeral.value == number * (factor.value if factor else 1)
    assert numeral.decimals == 3
    assert numeral.end == 1 + len(printed) + len(scale)


@given(st.integers(1000, 10**15))
def test_thousands_marks(number: int) -> None:
    (numeral,) = scan(f"为{number:,}元")
    assert numeral.value == number
    assert scan(f"为{number}元")[0].value == number


ALPHABET = "0123456789０９.．·,，/%- 　\n:：～—零〇一二两三五十百千万亿几数半多余来点分之成翻番统些第个元年lOkm（）×"


@given(st.text(alphabet=ALPHABET, max_size=40), st.data())
def test_every_digit_is_in_one_numeral(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    taken = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    numerals = scan(text, tuple(taken))
    spans = sorted([*((n.start, n.end) for n in numerals), *taken])
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    for found in re.finditer("[0-9]", view(text)):
        assert any(start <= found.start() < end for start, end in spans)
    assert all(n.value >= 0 and n.start < n.end for n in numerals)
