"""Tables: the same cells from every format, and one row for each way a table says what its cells mean."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import making
import pytest
from support import ROOT, unaccounted

from indicator_extract import Extractor, Record
from indicator_extract.reading import read
from indicator_extract.writing.json_lines import line

ROWS = [
    ["指标", "绝对数（亿元）", "比上年增长（%）"],
    ["地区生产总值", "4000.5", "10.0"],
    ["第一产业", "153.6", "-11.0"],
    ["其中：农业", "100.0", "1.2"],
    ["固定资产投资", "1,375.5", "持平"],
]
TITLE = "2012年国民经济和社会发展统计公报\n表1 2012年主要指标"
EXPECTED = [
    ("B2", "地区生产总值", "400050000000", "元", "level", None, "2012"),
    ("C2", "地区生产总值", "10", "%", "growth_rate", "yoy", "2012"),
    ("B3", "第一产业增加值", "15360000000", "元", "level", None, "2012"),
    ("C3", "第一产业增加值", "-11", "%", "growth_rate", "yoy", "2012"),
    ("B4", "农业增加值", "10000000000", "元", "level", None, "2012"),
    ("C4", "农业增加值", "1.2", "%", "growth_rate", "yoy", "2012"),
    ("B5", "固定资产投资", "137550000000", "元", "level", None, "2012"),
]
FORMATS: dict[str, tuple[str, Callable[..., bytes], str]] = {
    "tabs": ("a.txt", lambda rows, title: (title + "\n" + "\n".join("\t".join(r) for r in rows)).encode(), "table1"),
    "bars": ("a.txt", lambda rows, title: (title + "\n" + "\n".join("|".join(r) for r in rows)).encode(), "table1"),
    "markdown": ("a.md", making.table_markdown, "table1"),
    "html": ("a.html", making.table_html, "table1"),
    "docx": ("a.docx", making.table_docx, "table1"),
    "pdf": ("a.pdf", making.table_pdf, "table1"),
    "pdf without rules": ("a.pdf", lambda rows, title: making.table_pdf(rows, title, ruled=False), "table1"),
    "xlsx": ("a.xlsx", making.table_xlsx, "Sheet1"),
}


def _row(record: Record) -> tuple[object, ...]:
    place = record.source.partition("!")[2]
    value = f"{record.value:f}".rstrip("0").rstrip(".") if "." in f"{record.value:f}" else f"{record.value:f}"
    return place, record.indicator, value, record.unit, record.measure, record.basis, record.time_period


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_cells(extractor: Extractor, name: str) -> None:
    file, make, table = FORMATS[name]
    (document,) = read(file, make(ROWS, TITLE))
    extraction = extractor.extract_document(document)
    shift = 2 if name == "xlsx" else 0  # its title stands in rows of its own
    expected = [(f"{place[0]}{int(place[1:]) + shift}", *rest) for place, *rest in EXPECTED]
    assert [_row(record) for record in extraction.records] == expected
    assert all(record.source.startswith(f"{file}#{table}!") for record in extraction.records)
    assert all(document.text[r.start : r.end] == r.value_text for r in extraction.records)
    assert all("table." in record.rule for record in extraction.records)
    assert not unaccounted(extraction)


Cells = list[tuple[str, ...]]
CASES: dict[str, tuple[str, Cells]] = {
    "unit of the caption": (
        "2020年财政\n单位：万元\n指标\t绝对数\n财政收入\t12.5\n财政支出\t30",
        [("财政收入", "125000", "元", "2020"), ("财政支出", "300000", "元", "2020")],
    ),
    "unit of the row": (
        "2020年情况\n指标\t指标值\n社会消费品零售总额（万元）\t527\n城镇登记失业率（%）\t3.5",
        [("社会消费品零售总额", "5270000", "元", "2020"), ("城镇登记失业率", "3.5", "%", "2020")],
    ),
    "unit in a column": (
        "2020年情况\n指标\t单位\t数量\n粮食产量\t万吨\t650\n用电量\t亿千瓦时\t9.5",
        [("粮食产量", "6500000", "吨", "2020"), ("全社会用电量", "950000000", "千瓦时", "2020")],
    ),
    "unit in the cell": (
        "2020年概况\n土地面积\t618.6平方千米\n户籍人口\t63.2万人",
        [
            ("土地面积", "618.6", "平方千米", "2020"),
            ("户籍人口", "632000", "人", "2020"),
        ],
    ),
    "unit in brackets of the title": (
        "2020年用电量（万千瓦时）\n月份\t用电量\n1月\t100\n1-2月\t300",
        [("全社会用电量", "1000000", "千瓦时", "2020-01"), ("全社会用电量", "3000000", "千瓦时", "2020-01/2020-02")],
    ),
    "years in the head": (
        "地区生产总值\n单位：亿元\n指标\t2010\t2020年\n地区生产总值\t100\t300",
        [("地区生产总值", "10000000000", "元", "2010"), ("地区生产总值", "30000000000", "元", "2020")],
    ),
    "years in the rows": (
        "粮食生产\n年份\t粮食产量（万吨）\n2010年\t650\n2011\t679",
        [("粮食产量", "6500000", "吨", "2010"), ("粮食产量", "6790000", "吨", "2011")],
    ),
    "months in the head": (
        "2016年主要指标\n指标\t1-6月（亿元）\n社会消费品零售总额\t527",
        [("社会消费品零售总额", "52700000000", "元", "2016-01/2016-06")],
    ),
    "end of the year": (
        "2012年人口\n指标\t年末数（万人）\t比重（%）\n总人口\t281.7\t100.0\n其中：男性\t140.9\t50.0",
        [
            ("总人口", "2817000", "人", "2012-12-31"),
            ("总人口比重", "100", "%", "2012-12-31"),
            ("男性人口", "1409000", "人", "2012-12-31"),
            ("男性人口比重", "50", "%", "2012-12-31"),
        ],
    ),
    "growth is of the latest year": (
        "主要指标\n指标\t2020年（亿元）\t2019年（亿元）\t比上年增长%\n财政收入\t12\t10\t20",
        [
            ("财政收入", "1200000000", "元", "2020"),
            ("财政收入", "1000000000", "元", "2019"),
            ("财政收入", "20", "%", "2020"),
        ],
    ),
    "a decline in words": (
        "2020年情况\n指标\t产量（吨）\t比上年下降（%）\n原油\t100\t5",
        [
            ("原油产量", "100", "吨", "2020"),
            ("原油产量", "-5", "%", "2020"),
        ],
    ),
    "a decline as an arrow": (
        "2020年情况\n指标\t产量（吨）\t比上年增长（%）\n原油\t100\t↓5",
        [
            ("原油产量", "100", "吨", "2020"),
            ("原油产量", "-5", "%", "2020"),
        ],
    ),
    "change of a stock": (
        "2012年末存贷款\n单位：亿元\n指标\t12月末\t比年初增减额\n存款余额\t1970.6\t-26.3",
        [
            ("金融机构本外币各项存款余额", "197060000000", "元", "2012-12-31"),
            ("金融机构本外币各项存款余额", "-2630000000", "元", "2012-12-31"),
        ],
    ),
    "price indices": (
        "2020年居民消费价格\n指标\t指数（上年=100）\n食品烟酒\t102.5",
        [("食品烟酒指数", "102.5", "", "2020")],
    ),
    "footnotes": (
        "2020年情况\n单位：亿元\n指标\t绝对数\n地区生产总值[1]\t100.5*\n固定资产投资②\t50.5³",
        [
            ("地区生产总值", "10050000000", "元", "2020"),
            ("固定资产投资", "5050000000", "元", "2020"),
        ],
    ),
    "groups": (
        "2020年畜牧业\n指标\t指标值\n期末存栏\t\n生猪（万头）\t10\n羊（万只）\t2\n全年出栏\t\n生猪（万头）\t20",
        [("生猪存栏", "100000", "头", "2020"), ("羊存栏", "20000", "只", "2020"), ("生猪出栏", "200000", "头", "2020")],
    ),
    "parts with the name of their whole": (
        "2020年投资\n指标\t投资额（亿元）\n房地产开发投资\t30\n其中：住宅\t20",
        [("房地产开发投资", "3000000000", "元", "2020"), ("房地产开发住宅投资额", "2000000000", "元", "2020")],
    ),
    "serial numbers": (
        "2020年情况\n序号\t指标\t绝对数（亿元）\n1\t财政收入\t12\n2\t财政支出\t30",
        [
            ("财政收入", "1200000000", "元", "2020"),
            ("财政支出", "3000000000", "元", "2020"),
        ],
    ),
    "two tables side by side": (
        "2020年产量\n产品\t产量（吨）\t产品\t产量（吨）\n原油\t100\t水泥\t200",
        [
            ("原油产量", "100", "吨", "2020"),
            ("水泥产量", "200", "吨", "2020"),
        ],
    ),
    "two tables one above the other": (
        "2020年情况\n金融\t\n\t单位：亿元\n指标\t3月末\n存款余额\t10\n外贸\t\n\t单位：万美元\n指标\t1-3月\n出口总额\t20",
        [
            ("金融机构本外币各项存款余额", "1000000000", "元", "2020-03-31"),
            ("出口总额", "200000", "美元", "2020-01/2020-03"),
        ],
    ),
    "a list of contents": ("目录\n一、综合\t3\n二、农业\t12", []),
    "words without numbers": ("名单\n姓名\t职务\n张三\t省长\n李四\t市长", []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_cell_means(extractor: Extractor, name: str) -> None:
    text, expected = CASES[name]
    extraction = extractor.extract_text(text)
    found = [_row(record) for record in extraction.records]
    assert [(row[1], row[2], row[3], row[6]) for row in found] == expected
    assert not unaccounted(extraction)


def test_targets_and_bounds(extractor: Extractor) -> None:
    text = "“十四五”主要指标\n指标\t单位\t2020年\t2025年目标\n地区生产总值\t亿元\t100\t150左右\n城镇化率\t%\t60\t65以上"
    rows = [(r.value_text, r.status, r.bound, r.wording, r.time_period) for r in extractor.extract_text(text).records]
    assert rows == [
        ("100", "actual", "exact", "", "2020"),
        ("150", "target", "approx", "左右", "2025"),
        ("60", "actual", "exact", "", "2020"),
        ("65", "target", "at_least", "以上", "2025"),
    ]


def test_regions_in_the_rows(extractor: Extractor) -> None:
    text = "2020年各区粮食产量\n地区\t粮食产量（万吨）\n哈尔滨市道里区\t6.5\n哈尔滨市呼兰区\t67.9"
    rows = [(r.ref_area, r.ref_area_code, r.indicator) for r in extractor.extract_text(text).records]
    assert rows == [
        ("黑龙江省哈尔滨市道里区", "230102", "粮食产量"),
        ("黑龙江省哈尔滨市呼兰区", "230111", "粮食产量"),
    ]


def test_merged_cells_are_spread_out(extractor: Extractor) -> None:
    rows = [
        ["1x2 指标", "2x1 2012年", "2x1 2011年"],
        ["亿元", "增长%", "亿元", "增长%"],
        ["地区生产总值", "100", "5", "95", "4"],
    ]
    (document,) = read("a.html", making.table_html(rows, "2012年公报\n主要指标"))
    found = [(r.value_text, r.unit, r.time_period) for r in extractor.extract_document(document).records]
    assert found == [("100", "元", "2012"), ("5", "%", "2012"), ("95", "元", "2011"), ("4", "%", "2011")]


def test_a_workbook_shows_what_its_formats_show(extractor: Extractor) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2020年"
    sheet.append(["指标", "绝对数（亿元）", "占比"])
    sheet.append(["地区生产总值", 12.300000000000001, 0.055])
    sheet["C2"].number_format = "0.0%"
    sheet["B2"].number_format = "#,##0.00"
    data = making._saved(book.save)
    (document,) = read("a.xlsx", data)
    assert document.text == "2020年\n指标\t绝对数（亿元）\t占比\n地区生产总值\t12.30\t5.5%\n"
    level, share = extractor.extract_document(document).records
    assert (level.source, level.value_text, level.decimals, level.time_period) == (
        "a.xlsx#2020年!B2",
        "12.30",
        2,
        "2020",
    )
    assert (share.value_text, share.unit, share.measure) == ("5.5%", "%", "share")


def test_text_around_a_table_is_read_once(extractor: Extractor) -> None:
    text = (
        "2020年公报\n一、综合\n全年地区生产总值100亿元，比上年增长5%。\n表1 主要指标\n"
        "指标\t绝对数（亿元）\n财政收入\t12\n财政支出\t30\n全年粮食产量65万吨，比上年增长1%。\n"
    )
    records = extractor.extract_text(text).records
    assert [r.value_text for r in records] == ["100亿元", "5%", "12", "30", "65万吨", "1%"]
    above, inside = "一、综合", "一、综合 > 表1 主要指标"
    assert [r.section for r in records] == [above, above, inside, inside, above, above]


FLOORS = {"value_unit": 0.95, "indicator": 0.95, "measure": 0.95, "period": 0.95, "basis": 0.95}


def test_the_labelled_cells_reach_their_floors(extractor: Extractor, shared: Path, tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    page = shared / "corpus" / "daqing_2012_tjgb.html"
    found.write_bytes(b"".join(line(r) for extraction in extractor.extract_file(page) for r in extraction.records))
    gold = shared / "gold" / "daqing_2012_tjgb.tables.jsonl"
    words = [sys.executable, ROOT / "tests" / "gold" / "score_tables.py", "--json", "--pred", found, "--gold", gold]
    figures = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    assert not figures["spurious"]
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
