"""Choosing: which records stay, in which unit, of which region, and what is said of what does not exist."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from support import Run
from test_writing import record

from indicator_extract import ChoiceError, Extractor, Record
from indicator_extract.choosing import Choice, Wanted, columns_of, indicator_of
from indicator_extract.conversion import Converter

TEXT = (
    "2020年，道里区地区生产总值383.1亿元，同比增长0.6%。耕地面积3.5万亩。居民消费价格上涨2.1%。"
    "2021年上半年，社会消费品零售总额12亿元。“十三五”时期，新增市场主体3至5万户。"
)


def kept(extractor: Extractor, *records: Record, **wanted: object) -> list[str]:
    choice = Choice(Wanted(**wanted), extractor.lexicon, extractor.unit_of)  # type: ignore[arg-type]
    return [each.record_id for each in records if choice(each)]


def amount(value: str, unit: str, base: str, base_unit: str, **more: object) -> Record:
    return record(value=Decimal(value), unit=unit, base_value=Decimal(base), base_unit=base_unit, **more)


# Which stay

GDP = record(record_id="gdp", indicator_id="accounts.gdp", measure="level", status="target", time_period="2020")
CPI = record(record_id="cpi", indicator="居民消费价格", indicator_id="prices.cpi", time_period="2021-01/2021-06")
OWN = record(record_id="own", indicator="新增市场主体", time_period="2016/2020", measure="level")
LOST = record(record_id="lost", indicator="什么", time_period=None)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["gdp", "cpi", "own", "lost"]),
        ({"indicators": ["GDP"]}, ["gdp"]),
        ({"indicators": ["国内生产总值"]}, ["gdp"]),
        ({"indicators": ["accounts.gdp", "*市场主体"]}, ["gdp", "own"]),
        ({"indicators": ["accounts.*"]}, ["gdp"]),
        ({"measures": ["level"]}, ["gdp", "own"]),
        ({"measures": ["level", "growth_rate"]}, ["gdp", "cpi", "own", "lost"]),
        ({"statuses": ["target"]}, ["gdp"]),
        ({"categories": ["accounts"]}, ["gdp"]),
        ({"measures": ["level"], "statuses": ["actual"]}, ["own"]),
        ({"since": "2020"}, ["gdp", "cpi"]),
        ({"since": "2016", "until": "2020"}, ["gdp", "own"]),
        ({"until": "2020-12-31"}, ["gdp", "own"]),
        ({"since": "2021-01", "until": "2021-06"}, ["cpi"]),
        ({"since": "2021-02"}, []),
        ({"until": "2021-06-15"}, ["gdp", "own"]),
    ],
)
def test_what_stays(extractor: Extractor, wanted: dict[str, object], expected: list[str]) -> None:
    assert kept(extractor, GDP, CPI, OWN, LOST, **wanted) == expected


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        ("0", ["small", "large", "range"]),
        ("300", ["large", "range"]),
        ("1亿元", ["large"]),
        ("1,000 万元", ["small", "large"]),
        ("400亩", ["range"]),
        ("-5%", []),
    ],
)
def test_how_large(extractor: Extractor, least: str, expected: list[str]) -> None:
    small = amount("20", "元", "20000000", "元", record_id="small")
    large = amount("38310000000", "元", "38310000000", "元", record_id="large")
    several = amount("200", "亩", "133333", "平方米", record_id="range")
    several = several.model_copy(update={"value_high": Decimal(600), "base_value_high": Decimal(400_000)})
    below = amount("-27.1", "%", "-27.1", "%", record_id="below")
    assert kept(extractor, small, large, several, below, least=least) == expected


@pytest.mark.parametrize(
    ("wanted", "option", "said"),
    [
        ({"indicators": ["地区总产值"]}, "--indicator", "did you mean 地区生产总值"),
        ({"indicators": ["accounts.gpd"]}, "--indicator", "did you mean"),
        ({"indicators": ["qqqq"]}, "--indicator", "'*qqqq*'"),
        ({"measures": ["levl"]}, "--measure", "did you mean level?"),
        ({"statuses": ["x"]}, "--status", "there are actual, estimate, target"),
        ({"categories": ["price"]}, "--category", "did you mean prices"),
        ({"since": "2020-13"}, "--since", "2020-13 is no date"),
        ({"since": "last year"}, "--since", "write 2020, 2020-06 or 2020-06-30"),
        ({"until": "2020-02-30"}, "--until", "is no date"),
        ({"since": "2021", "until": "2020"}, "--until", "2020 is before 2021"),
        ({"least": "much"}, "--min-value", "much is no number"),
        ({"least": "3什么"}, "--min-value", "什么 is no unit"),
    ],
)
def test_what_does_not_exist(extractor: Extractor, wanted: dict[str, object], option: str, said: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        kept(extractor, **wanted)
    assert caught.value.option == option
    assert said in str(caught.value)


def test_three_names_of_one_thing(extractor: Extractor) -> None:
    names = ("GDP", "地区生产总值", "生产总值", "国内生产总值", "accounts.gdp")
    assert {indicator_of(name, extractor.lexicon).id for name in names} == {"accounts.gdp"}


def test_columns() -> None:
    assert columns_of(["value, unit", "indicator,value"]) == ("value", "unit", "indicator")
    assert columns_of([]) == ()
    with pytest.raises(ChoiceError, match="there is no vale; did you mean value"):
        columns_of(["vale"])


# In which unit


@pytest.mark.parametrize(
    ("unit", "before", "expected"),
    [
        ("亿元", ("38310000000", "元", "38310000000", "元"), ("383.1", "亿元")),
        ("万亩", ("35000", "亩", "23333333.33333333333333333333", "平方米"), ("3.5", "万亩")),
        ("亩", ("1", "平方米", "1", "平方米"), ("0.0015", "亩")),
        ("亩", ("12000", "公顷", "120000000", "平方米"), ("180000", "亩")),
        ("吨", ("500", "千克", "500", "千克"), ("0.5", "吨")),
        ("元/亩", ("3", "元/平方米", "3", "元/平方米"), ("2000", "元/亩")),
        ("亿元", ("5", "美元", "5", "美元"), ("5", "美元")),
        ("亿元", ("3", "%", "3", "%"), ("3", "%")),
        ("万元", ("5000", "", "5000", "元"), ("0.5", "万元")),
        ("万元", ("5000", "什么", "5000", "元"), ("0.5", "万元")),
        ("万元", ("700", "美元", "5000", "元"), ("0.5", "万元")),
        ("天", ("2", "月", "60", "天"), ("60", "天")),
        ("亿元", ("1" * 30 + ".12", "元", "1" * 30 + ".12", "元"), ("1" * 22 + ".1111111112", "亿元")),
    ],
)
def test_units(extractor: Extractor, unit: str, before: tuple[str, ...], expected: tuple[str, str]) -> None:
    found = Converter([unit], extractor.unit_of)(amount(*before))
    assert (found.base_value, found.base_unit) == (Decimal(expected[0]), expected[1])
    assert (found.value, found.unit) == (Decimal(before[0]), before[1])


def test_a_range_and_an_endless_quotient(extractor: Extractor) -> None:
    several = amount("1000", "元", "1000", "元")
    several = several.model_copy(update={"value_high": Decimal(3000), "base_value_high": Decimal(3000)})
    found = Converter(["万元", "米/秒"], extractor.unit_of)(several)
    assert (found.base_value, found.base_value_high) == (Decimal("0.1"), Decimal("0.3"))
    speed = Converter(["米/秒"], extractor.unit_of)(amount("350", "千米/小时", "97.2", "米/秒"))
    assert speed.base_value == Decimal("97.22222222222222222222222222"), "28 digits"


def test_an_upper_end_in_a_unit_that_is_not_known(extractor: Extractor) -> None:
    several = amount("5000", "什么", "5000", "元").model_copy(
        update={"value_high": Decimal(1), "base_value_high": Decimal(6000)}
    )
    assert Converter(["万元"], extractor.unit_of)(several).base_value_high == Decimal("0.6")


def test_an_upper_end_without_a_base_value_stays_without(extractor: Extractor) -> None:
    half = amount("1000", "元", "1000", "元").model_copy(update={"value_high": Decimal(3000)})
    assert Converter(["万元"], extractor.unit_of)(half).base_value_high is None


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (["什么"], "什么 is no unit; write it as the reports do, scale word included"),
        (["亿"], "亿 is no unit; write it as the reports do, scale word included"),
        (["亿元", "万元"], "亿元 and 万元 measure the same; name one unit for each dimension"),
        (["岁"], "岁 has no exact relation to other units; leave it out"),
    ],
)
def test_no_unit(extractor: Extractor, units: list[str], said: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        Converter(units, extractor.unit_of)
    assert (caught.value.option, str(caught.value)) == ("--in", said)


# Of which region


@pytest.mark.parametrize("area", ["230102", "道里区", "哈尔滨市道里区", "黑龙江省哈尔滨市道里区"])
def test_an_area(area: str) -> None:
    extraction = Extractor(area=area).extract_text("2020年，地区生产总值383.1亿元。")
    assert [(each.ref_area, each.ref_area_code) for each in extraction.records] == [
        ("黑龙江省哈尔滨市道里区", "230102")
    ]
    assert not extraction.records[0].flags


def test_an_area_that_is_no_more() -> None:
    (found,) = Extractor(area="静海县").extract_text("2010年，地区生产总值383.1亿元。").records
    assert found.ref_area_code == "120223"


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("鼓楼区", "name the code: 320106"),
        ("到里区", "did you mean 道里区"),
        ("999999", "no region had the code 999999"),
        ("qq", "six-digit code"),
    ],
)
def test_no_area(area: str, said: str) -> None:
    with pytest.raises(ChoiceError, match=said):
        Extractor(area=area)


# The command


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_command_chooses(extract: Run, report: Path) -> None:
    options = ("--indicator", "GDP", "--measure", "level", "--in", "亿元", "--area", "230102", "--since", "2020")
    done = extract(report, *options, "--columns", "base_value,base_unit,ref_area_code", "--format", "jsonl")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"base_value": "383.1", "base_unit": "亿元", "ref_area_code": "230102"}
    ]
    assert b"1 record chosen of 6" in done.stderr


def test_columns_of_every_text_format(extract: Run, report: Path) -> None:
    for name in ("csv", "tsv"):
        head = extract(report, "--columns", "unit,value", "--format", name).stdout.splitlines()[0]
        assert head in (b"unit,value", b"unit\tvalue")
    table = extract(report, "--columns", "evidence,value", "--format", "table").stdout.decode()
    assert table.split()[:2] == ["evidence", "value"]
    array = json.loads(extract(report, "--columns", "unit,value", "--format", "json").stdout)
    assert list(array[0]) == ["unit", "value"]


@pytest.mark.parametrize(
    "options",
    [
        ("--indicator", "地区总产值"),
        ("--measure", "levl"),
        ("--columns", "vale"),
        ("--in", "什么"),
        ("--area", "到里区"),
        ("--since", "x"),
    ],
)
def test_a_wrong_name_is_wrong_usage(extract: Run, report: Path, options: tuple[str, str]) -> None:
    out = report.with_name("out.csv")
    done = extract(report, *options, "-o", out)
    assert done.returncode == 2
    assert f"Invalid value for {options[0]}" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not out.exists()


# The list of indicators


def test_indicators_are_listed_and_searched(command: Run) -> None:
    every = command("indicators").stdout.decode().splitlines()
    assert every[0].split("\t")[:3] == ["id", "name", "name_en"]
    assert len(every) > 400
    found = [line.split("\t") for line in command("indicators", "gdp").stdout.decode().splitlines()[1:]]
    assert "accounts.gdp" in [row[0] for row in found]
    prices = command("indicators", "--category", "prices").stdout.decode().splitlines()[1:]
    assert {line.split("\t")[3] for line in prices} == {"prices"}


def test_no_such_indicator(command: Run) -> None:
    done = command("indicators", "地区总产值")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "did you mean 地区生产总值" in done.stderr.decode()
    assert command("indicators", "--category", "x").returncode == 2


def test_shell_completion_is_there(command: Run) -> None:
    assert b"--install-completion" in command("--help").stdout
