"""Quantities: units, ranges, ratio lists, common units; a row for each form, and the laws that hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import rows, texts

from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.model import Quantity, Span
from indicator_extract.numerals import NumeralReader
from indicator_extract.quantities import QuantityReader
from indicator_extract.record import plain

LEXICON: Lexicon = load_lexicon()
NUMERALS, QUANTITIES = NumeralReader(LEXICON), QuantityReader(LEXICON)


def view(text: str) -> str:
    return text.translate(dict(LEXICON.characters))


def read(text: str) -> list[Quantity]:
    found = QUANTITIES.read(view(text), NUMERALS.scan(view(text)))
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    return found


def listed(text: str) -> list[str]:
    """Each quantity as `printed = low[~high] unit`."""
    rows = []
    for q in read(text):
        value = plain(q.low) + (f"~{plain(q.high)}" if q.high is not None else "")
        rows.append(f"{view(text)[q.start : q.end]} = {value} {q.unit_text}".rstrip())
    return rows


# text | quantity as printed = value unit
ONE = """
户籍人口631930人 | 631930人 = 631930 人
面积618.6平方千米 | 618.6平方千米 = 618.6 平方千米
面积887.83平方公里 | 887.83平方公里 = 887.83 平方千米
新建8.133公里 | 8.133公里 = 8.133 千米
产能2000万公斤 | 2000万公斤 = 20000000 千克
产值3831023万元 | 3831023万元 = 38310230000 元
税收1.68亿元 | 1.68亿元 = 168000000 元
补助5亿元人民币 | 5亿元人民币 = 500000000 元
补助20块钱 | 20块钱 = 20 元
到位500万美金 | 500万美金 = 5000000 美元
增长5.2％ | 5.2% = 5.2 %
增长百分之四点一 | 百分之四点一 = 4.1 %
提高14.76个百分点 | 14.76个百分点 = 14.76 个百分点
提高2百分点 | 2百分点 = 2 个百分点
下降25个基点 | 25个基点 = 25 个基点
为6.2‰ | 6.2‰ = 6.2 ‰
登记1万余户 | 1万余户 = 10000 户
整治20余万处 | 20余万处 = 200000 处
栽植1.5万余株 | 1.5万余株 = 15000 株
接待1.58万人次 | 1.58万人次 = 15800 人次
出动1.7万余辆次 | 1.7万余辆次 = 17000 辆次
演出500余场次 | 500余场次 = 500 场次
新建22   个 | 22   个 = 22 个
新建22  个 | 22  个 = 22 个
新建22    个 | 22 = 22
用电三千六百二十亿度 | 三千六百二十亿度 = 362000000000 度
发电2600亿千瓦时 | 2600亿千瓦时 = 260000000000 千瓦时
装机477万千瓦 | 477万千瓦 = 4770000 千瓦
产能38GWh | 38GWh = 38 GWh
算力55Eflops | 55Eflops = 55 Eflops
算力1.6万P | 1.6万P = 16000 P
啤酒5万千升 | 5万千升 = 50000 千升
供水18.92万吨/日 | 18.92万吨/日 = 189200 吨/日
标准778元/月 | 778元/月 = 778 元/月
生产率94.5万元/人 | 94.5万元/人 = 945000 元/人
生产率36.5万元／人 | 36.5万元/人 = 365000 元/人
能耗1.0439吨标准煤/万元 | 1.0439吨标准煤/万元 = 1.0439 吨标准煤/万元
均价6500元/平方米 | 6500元/平方米 = 6500 元/平方米
浓度28.5微克每立方米 | 28.5微克每立方米 = 28.5 微克/立方米
浓度33μg/m³ | 33μg/m³ = 33 微克/立方米
时速120公里/小时 | 120公里/小时 = 120 千米/小时
死亡率8.6/10万 | 8.6/10万 = 8.6 /10万
事故0.6人/百亿元 | 0.6人/百亿元 = 0.6 人/百亿元
周转量605425万吨公里 | 605425万吨公里 = 6054250000 吨公里
周转量129000万人公里 | 129000万人公里 = 1290000000 人公里
能耗1.1578吨标准煤 | 1.1578吨标准煤 = 1.1578 吨标准煤
住房3.1万套（间） | 3.1万套（间） = 31000 套（间）
农机32.8万台（套） | 32.8万台（套） = 328000 台（套）
农机33.6万台套 | 33.6万台套 = 336000 台套
防洪50年一遇 | 50年一遇 = 50 年一遇
历时1个多月 | 1个多月 = 1 个月
历时5个多小时 | 5个多小时 = 5 小时
增长2倍多。 | 2倍多 = 2 倍
寿命80.4岁 | 80.4岁 = 80.4 岁
新增600多万， | 600多万 = 6000000
占全国三分之一 | 三分之一 = 0.3333
超两成 | 两成 = 20 %
总指数为99.5，同比 | 99.5 = 99.5
室温20℃ | 20℃ = 20 ℃
产值12.5万吨 | 12.5万吨 = 125000 吨
容量100M | 100 = 100
容量100MB | 100MB = 100 MB
"""


@pytest.mark.parametrize("row", ONE.strip().splitlines())
def test_one_quantity(row: str) -> None:
    text, expected = row.split(" | ")
    assert listed(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.5-5%", "4.5-5% = 4.5~5 %"),
        ("5%—5.5%", "5%—5.5% = 5~5.5 %"),
        ("6%至6.5%", "6%至6.5% = 6~6.5 %"),
        ("6.5%－7%", "6.5%-7% = 6.5~7 %"),
        ("63%～68%", "63%~68% = 63~68 %"),
        ("6%—6.5", "6%—6.5 = 6~6.5 %"),
        ("3至5家", "3至5家 = 3~5 家"),
        ("3~5家", "3~5家 = 3~5 家"),
        ("2 — 3家", "2 — 3家 = 2~3 家"),
        ("1.2亿—1.5亿元", "1.2亿—1.5亿元 = 120000000~150000000 元"),
        ("100万元至300万元", "100万元至300万元 = 1000000~3000000 元"),
        ("3-5万亩", "3-5万亩 = 30000~50000 亩"),
        ("8000—1万元", "8000—1万元 = 8000~10000 元"),
        ("百分之四到五", "百分之四到五 = 4~5 %"),
        ("百分之二到百分之三", "百分之二到百分之三 = 2~3 %"),
        ("六到七成", "六到七成 = 60~70 %"),
        ("三到五百万元", "三到五百万元 = 3000000~5000000 元"),
        ("四千万亩到五千万亩", "四千万亩到五千万亩 = 40000000~50000000 亩"),
        ("二、三百亿度", "二、三百亿度 = 20000000000~30000000000 度"),
        ("五、六倍", "五、六倍 = 5~6 倍"),
        ("四、五十年", "四、五十年 = 40~50 年"),
        ("两、三个", "两、三个 = 2~3 个"),
        ("两三个", "两三个 = 2~3 个"),
        ("18-34岁", "18-34岁 = 18~34 岁"),
        ("二十到三十万元", "二十到三十万元 = 200000~300000 元"),
        ("十至十五万人", "十至十五万人 = 100000~150000 人"),
        ("1至1万元", "1至1万元 = 1~10000 元"),
        ("十至五十万人", "十至五十万人 = 100000~500000 人"),
        ("三百至五百万元", "三百至五百万元 = 3000000~5000000 元"),
        ("五千至八千万元", "五千至八千万元 = 50000000~80000000 元"),
        ("一百二十至三百万元", "一百二十至三百万元 = 1200000~3000000 元"),
        ("十二点五至二十亿元", "十二点五至二十亿元 = 1250000000~2000000000 元"),
        ("一万至五万人", "一万至五万人 = 10000~50000 人"),
        ("十五至二十人", "十五至二十人 = 15~20 人"),
        ("一至三十岁", "一至三十岁 = 1~30 岁"),
        ("1万—20000万元", "1万—20000万元 = 10000~200000000 元"),
        ("5元至10万元", "5元至10万元 = 5~100000 元"),
        ("三到四五年", "三到四五年 = 3~5 年"),
        ("从全年看，增长5%到6%", "5%到6% = 5~6 %"),
        ("从全年看，5%到6%", "5%到6% = 5~6 %"),
        ("抓好一、两个", "一、两个 = 1~2 个"),
        ("-5%至-3%", "-5%至-3% = -5~-3 %"),
        ("-5%～-3%", "-5%~-3% = -5~-3 %"),
        ("-5%—-3%", "-5%—-3% = -5~-3 %"),
        ("5%--8%", "5%--8% = 5~8 %"),
        ("-5%～-8%", "-5%~-8% = -8~-5 %"),
        ("气温零下18至20℃", "零下18至20℃ = -20~-18 ℃"),
        ("气温零下20至18℃", "零下20至18℃ = -20~-18 ℃"),
        ("气温零下18℃至零下20℃", "零下18℃至零下20℃ = -20~-18 ℃"),
        ("气温零下十五到零下二十度", "零下十五到零下二十度 = -20~-15 度"),
        ("气温-18至20℃", "-18至20℃ = -18~20 ℃"),
        ("气温-18～-20℃", "-18~-20℃ = -20~-18 ℃"),
        ("气温零下5至0℃", "零下5至0℃ = -5~0 ℃"),
        ("气温0至-5℃", "0至-5℃ = -5~0 ℃"),
        ("气温3℃～-5℃", "3℃~-5℃ = -5~3 ℃"),
        ("气温负18.5—负16度", "负18.5—负16度 = -18.5~-16 度"),
        ("每户三、五百元", "三、五百元 = 300~500 元"),
        ("三、五个", "三、五个 = 3~5 个"),
        ("干部和三、五百名群众", "三、五百名 = 300~500 名"),
        ("约十五、六万人", "十五、六万人 = 150000~160000 人"),
        ("约一百一十五、六万元", "一百一十五、六万元 = 1150000~1160000 元"),
        ("约二十七、八岁", "二十七、八岁 = 27~28 岁"),
        ("开工\n增收七、八百元", "七、八百元 = 700~800 元"),
    ],
)
def test_ranges(text: str, expected: str) -> None:
    assert listed(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("从5%到6%", ["5% = 5 %", "6% = 6 %"]),
        ("由4到24家", ["4 = 4", "24家 = 24 家"]),
        ("从去年的30%到35%", ["30% = 30 %", "35% = 35 %"]),
        ("由4家增长到24家", ["4家 = 4 家", "24家 = 24 家"]),
        ("6%—5%", ["6% = 6 %", "5% = 5 %"]),
        ("3家—5个", ["3家 = 3 家", "5个 = 5 个"]),
        ("0451-84541585", ["0451 = 451", "84541585 = 84541585"]),
        ("5%\n—6%", ["5% = 5 %", "6% = 6 %"]),
        ("分为一、二类", ["一 = 1 类", "二类 = 2 类"]),
        ("五、6个重点项目", ["五 = 5", "6个 = 6 个"]),
        ("三倍、四倍", ["三倍 = 3 倍", "四倍 = 4 倍"]),
        ("分别有十、十一个", ["十 = 10 个", "十一个 = 11 个"]),
        ("配比1:2至3", ["1 = 1", "2 = 2", "3 = 3"]),
        ("三五至七八家", ["三五 = 3~5", "七八家 = 7~8 家"]),
        ("-5%～-5%", ["-5% = -5 %", "-5% = -5 %"]),
        ("零下5℃至零上10℃", ["零下5℃ = -5 ℃", "10℃ = 10 ℃"]),
        ("气温由3℃至-5℃", ["3℃ = 3 ℃", "-5℃ = -5 ℃"]),
        ("每天新增病例3例至0例", ["3例 = 3 例", "0例 = 0 例"]),
        ("第三、五百户", ["三 = 3", "五百户 = 500 户"]),
        ("列为第三、五百户", ["三 = 3", "五百户 = 500 户"]),
        ("开工\n三、四百万亩", ["三 = 3", "四百万亩 = 4000000 亩"]),
        ("开工\n　　三、五百万亩", ["三 = 3", "五百万亩 = 5000000 亩"]),
        ("开工\n完工\n三、四百万亩", ["三 = 3", "四百万亩 = 4000000 亩"]),
        ("\n三、五百万亩", ["三 = 3", "五百万亩 = 5000000 亩"]),
        ("增收二、三、四百元", ["二 = 200 元", "三 = 300 元", "四百元 = 400 元"]),
        ("分别增收三、四百元", ["三 = 300 元", "四百元 = 400 元"]),
        ("全区辖9镇5乡", ["9 = 9 个", "5 = 5 个"]),
        ("全市辖3区、2市和6个县", ["3 = 3 个", "2 = 2 个", "6个 = 6 个"]),
        ("全市3镇通过验收", ["3 = 3"]),
        ("全市辖12县级单位", ["12 = 12"]),
        ("全市辖12人", ["12人 = 12 人"]),
        ("增收三、六百元", ["三 = 300 元", "六百元 = 600 元"]),
    ],
)
def test_no_ranges(text: str, expected: list[str]) -> None:
    assert listed(text) == expected


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("3.1:28.3:68.3", ["3.1", "28.3", "68.3"]),
        ("8.3∶41.4∶50.3", ["8.3", "41.4", "50.3"]),
        ("16.5︰26.2︰57.3", ["16.5", "26.2", "57.3"]),
        ("3.9：59.5：36.6，分别", ["3.9", "59.5", "36.6"]),
        ("3.6 : 48 : 48.4", ["3.6", "48", "48.4"]),
        ("3.1%:28.3%:68.6%", ["3.1%", "28.3%", "68.6%"]),
        ("12:45:43", ["12", "45", "43"]),
        ("5：1", ["5", "1"]),
        ("1∶3.4", ["1", "3.4"]),
        ("22.5：77.5", ["22.5", "77.5"]),
        ("87：9：4", ["87", "9", "4"]),
        ("5%：6%", ["5%", "6%"]),
    ],
)
def test_ratio_lists(text: str, terms: list[str]) -> None:
    found = read(text)
    assert [view(text)[q.start : q.end] for q in found] == terms
    assert {(q.group, q.group_kind) for q in found} == {(0, "ratio")}


@pytest.mark.parametrize("text", ["09:45:30", "8:30", "23:59", "07：41"])
def test_clock_times(text: str) -> None:
    (quantity,) = read(text)
    assert (quantity.kind, quantity.start, quantity.end, quantity.unit) == ("clock", 0, len(text), None)


@pytest.mark.parametrize("text", ["附件1：2020个", "附1：12个", "1：\n2", "比分三：二"])
def test_colons_that_make_no_ratio(text: str) -> None:
    assert {q.group_kind for q in read(text)} == {""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长3.1、5.2和6.7个百分点", ["3.1 = 3.1 个百分点", "5.2 = 5.2 个百分点", "6.7个百分点 = 6.7 个百分点"]),
        ("分别提高0.9、5.9个百分点", ["0.9 = 0.9 个百分点", "5.9个百分点 = 5.9 个百分点"]),
        ("高于全国12.7个、12个百分点", ["12.7个 = 12.7 个百分点", "12个百分点 = 12 个百分点"]),
        ("分别增长4.9、6.2%", ["4.9 = 4.9 %", "6.2% = 6.2 %"]),
        ("分别达1409万、1305万人次", ["1409万 = 14090000 人次", "1305万人次 = 13050000 人次"]),
        ("分别达1.2、3.4和5.6亿元", ["1.2 = 120000000 元", "3.4 = 340000000 元", "5.6亿元 = 560000000 元"]),
        ("分别达1.28万亿、8200亿元", ["1.28万亿 = 1280000000000 元", "8200亿元 = 820000000000 元"]),
        ("3-5、6-8万亩", ["3-5 = 30000~50000 亩", "6-8万亩 = 60000~80000 亩"]),
        ("分别投入二十、三十万元", ["二十 = 200000 元", "三十万元 = 300000 元"]),
        ("分别投入一万、三百万元", ["一万 = 10000 元", "三百万元 = 3000000 元"]),
        ("分别出口12、15百万美元", ["12 = 12000000 美元", "15百万美元 = 15000000 美元"]),
        ("分别投入三、五百万元", ["三 = 3000000 元", "五百万元 = 5000000 元"]),
    ],
)
def test_a_unit_for_a_list(text: str, expected: list[str]) -> None:
    assert listed(text) == expected
    assert {(q.group, q.group_kind) for q in read(text)} == {(0, "shared_unit")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.9%、6.2%", ["4.9% = 4.9 %", "6.2% = 6.2 %"]),
        ("PM2.5、5个", ["2.5 = 2.5", "5个 = 5 个"]),
        ("第3、5个", ["3 = 3", "5个 = 5 个"]),
        ("居第3、5个", ["3 = 3", "5个 = 5 个"]),
        ("\n二、三类", ["二 = 2", "三类 = 3 类"]),
        ("一、5个", ["一 = 1", "5个 = 5 个"]),
        ("12，5个", ["12 = 12", "5个 = 5 个"]),
        ("二、三类", ["二 = 2", "三类 = 3 类"]),
        ("附件二、5个项目", ["二 = 2", "5个 = 5 个"]),
        ("3个、5个", ["3个 = 3 个", "5个 = 5 个"]),
        ("培训3万人、5万人次", ["3万人 = 30000 人", "5万人次 = 50000 人次"]),
    ],
)
def test_no_unit_for_a_list(text: str, expected: list[str]) -> None:
    assert listed(text) == expected
    assert {q.group_kind for q in read(text)} == {""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自然增长率-1.16‰", "-1.16‰ = -1.16 ‰"),
        ("自然增长率－1.16‰", "-1.16‰ = -1.16 ‰"),
        ("（-5.2%）", "-5.2% = -5.2 %"),
        ("零下18℃", "零下18℃ = -18 ℃"),
        ("零下二三十℃", "零下二三十℃ = -30~-20 ℃"),
        ("为负1.2%", "负1.2% = -1.2 %"),
        ("减负1000万元", "1000万元 = 10000000 元"),
        ("——5个", "5个 = 5 个"),
        ("-5℃", "-5℃ = -5 ℃"),
        ("GB-12个", "12个 = 12 个"),
        ("城区-3号", "3 = 3"),
    ],
)
def test_printed_minus(text: str, expected: str) -> None:
    assert listed(text) == [expected]


# What a classifier would begin another word with: text | quantity
WORDS = """
12人口 | 12 = 12
12人均 | 12 = 12
百万家庭 | 百万 = 1000000
6部门 | 6 = 6
100项目建设 | 100 = 100
3支持 | 3 = 3
5位于 | 5 = 5
2种植面积 | 2 = 2
3大型企业 | 3 = 3
3大系统 | 3大 = 3 大
6次数 | 6 = 6
12方面 | 12 = 12
五分别 | 五 = 5
"""


@pytest.mark.parametrize("row", WORDS.strip().splitlines())
def test_what_may_not_follow_a_unit(row: str) -> None:
    text, expected = row.split(" | ")
    assert listed(text) == [expected]


def parts(text: str, quantity: Quantity) -> list[str]:
    """What a row of `tests/rows/quantities.txt` says of a quantity."""
    q, unit = quantity, quantity.unit
    return [
        text,
        view(text)[q.start : q.end],
        plain(q.low),
        "-" if q.high is None else plain(q.high),
        q.unit_text or "-",
        f"{unit.base} {unit.dimension}" if unit else "-",
        str(q.decimals),
        q.kind,
        q.more or "-",
        f"{q.group_kind} {q.group}" if q.group_kind else "-",
        " ".join(q.rules),
        "+".join(q.flags) or "-",
    ]


@pytest.mark.parametrize("text", texts("quantities"))
def test_whole_quantities(text: str) -> None:
    expected = rows("quantities", text)
    found = read(text)
    assert [parts(text, quantity) for quantity in found] == expected
    assert all(isinstance(q.more, str) and isinstance(q.unit_text, str) for q in found), "empty is no None"
    assert {q.unit.symbol for q in found if q.unit} == {q.unit_text for q in found} - {""}
    assert all(q.group == -1 for q in found if not q.group_kind)


def test_numbers_inside_a_unit_are_no_quantities() -> None:
    assert listed("20年一遇、50年一遇和8.6/10万") == [
        "20年一遇 = 20 年一遇",
        "50年一遇 = 50 年一遇",
        "8.6/10万 = 8.6 /10万",
    ]


def test_a_unit_ends_before_what_is_taken() -> None:
    text, taken = "占地31m2024年竣工", (Span(5, 10),)
    (quantity,) = QUANTITIES.read(text, NUMERALS.scan(text, taken), taken)
    assert (text[quantity.start : quantity.end], quantity.unit) == ("31", None)


def test_digits_and_scale_words_are_all_that_a_lexicon_needs() -> None:
    few = {role: LEXICON.numeral_words[role] for role in ("digit", "small_scale", "big_scale", "fraction")}
    lexicon, text = replace(LEXICON, numeral_words=few), "辖9镇，增收三百元、12万元"
    found = QuantityReader(lexicon).read(text, NumeralReader(lexicon).scan(text))
    assert [text[q.start : q.end] for q in found] == ["9", "三百元", "12万元"]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("150元/亩", Fraction(3, 2000)),
        ("1.0439吨标准煤/万元", Fraction(1, 10**4)),
        ("0.6人/百亿元", Fraction(1, 10**10)),
        ("32万台（套）", Fraction(1)),
    ],
)
def test_a_unit_of_two_keeps_both_relations(text: str, relation: Fraction) -> None:
    unit = read(text)[0].unit
    assert unit is not None
    assert unit.factor is not None
    assert Fraction(unit.factor) / Fraction(unit.divisor) == relation


def test_a_unit_by_the_month_has_no_relation() -> None:
    unit = read("778元/月")[0].unit
    assert unit == ("unit.quotient", "元/月", "money/time", None, 1, "")


def test_rules_and_flags_are_kept() -> None:
    (quantity,) = read("增长15%至23 971%")
    assert quantity.rules == ("numeral.digits", "unit.percent", "quantity.range")
    assert read("l2785万元")[0].flags == ("lookalike",)


def test_a_percentage_and_a_point_are_two_units() -> None:
    units = [q.unit for q in read("5%、5个百分点、5‰")]
    assert len({unit.dimension for unit in units if unit}) == 3


def test_every_alias_has_its_unit() -> None:
    for alias, unit in LEXICON.units.items():
        found = read(f"12{alias}。")
        assert found[0].unit == unit, alias
        assert found[0].end == 2 + len(alias)


NUMBERS = st.decimals(0, 10**7, places=2, allow_nan=False)
UNITS = st.sampled_from(
    ["元", "%", "个百分点", "平方米", "人次", "家", "吨标准煤", "元/平方米", "千瓦时", "微克/立方米"]
)


@given(NUMBERS, st.sampled_from(["", "万", "亿"]), UNITS)
def test_a_quantity_means_what_was_printed(number: Decimal, scale: str, unit: str) -> None:
    printed = f"{number:f}{scale}{unit}"
    (quantity,) = read(f"达到{printed}。")
    assert (quantity.start, quantity.end, quantity.unit_text) == (2, 2 + len(printed), unit)
    assert quantity.low == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]


@given(NUMBERS, NUMBERS, st.sampled_from(["-", "—", "~", "至", "到", "－", "～"]), UNITS, st.booleans())
def test_a_range_is_one_quantity(one: Decimal, other: Decimal, mark: str, unit: str, twice: bool) -> None:
    low, high = sorted((one, other + 1))
    if low == high:
        return
    printed = f"{low:f}{unit if twice else ''}{mark}{high:f}{unit}"
    (quantity,) = read(f"为{printed}。")
    assert (quantity.low, quantity.high, quantity.unit_text) == (low, high, unit)
    assert (quantity.start, quantity.end) == (1, 1 + len(printed))


@given(st.lists(NUMBERS, min_size=2, max_size=4), UNITS)
def test_a_list_shares_its_unit(numbers: list[Decimal], unit: str) -> None:
    found = read(f"分别为{'、'.join(f'{number:f}' for number in numbers)}{unit}。")
    assert [(q.low, q.unit_text) for q in found] == [(number, unit) for number in numbers]


ALPHABET = "0123456789０９.．·,，/%‰- 　\n:：～—（）×l至到、和从零一二两三五十百千万亿几数半多分之成翻番第个元年家人点"


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_every_numeral_is_in_one_quantity(text: str) -> None:
    numerals = NUMERALS.scan(view(text))
    found = QUANTITIES.read(view(text), numerals)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for numeral in numerals:
        assert any(q.start <= numeral.start and numeral.end <= q.end for q in found)
    for q in found:
        assert q.unit_text == (q.unit.symbol if q.unit else "")
        assert q.high is None or q.low < q.high
        assert (q.group < 0) == (q.group_kind == "")
