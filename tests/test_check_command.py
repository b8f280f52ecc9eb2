"""`indicator-extract check` as a user runs it: the report in each format, what goes where, how it leaves."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support import Run

WRONG = "2020年，全市三次产业结构为3.1:28.3:68.3。\n"
TWICE = "2020年，全市一般公共预算收入52.3亿元。\n全年保持稳定。\n2020年，全市一般公共预算收入54.1亿元。\n"
RIGHT = "2020年，全市三次产业结构为3.1:28.3:68.6。\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name, text in (("a.txt", WRONG), ("b.txt", RIGHT), ("c.txt", TWICE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_report_for_people(command: Run, reports: Path) -> None:
    done = command("check", "a.txt", "b.txt", "c.txt", cwd=reports)
    assert done.returncode == 0
    assert done.stdout.decode() == (
        "a.txt:15  shares_sum  the shares make up 99.7 ± 0.15 %, where 100 % would fit\n"
        "  15-18  第一产业比重 3.1  (share, 2020)\n"
        "  19-23  第二产业比重 28.3  (share, 2020)\n"
        "  24-28  第三产业比重 68.3  (share, 2020)\n"
        "    2020年，全市三次产业结构为3.1:28.3:68.3。\n"
        "\n"
        "c.txt:16  conflict  one fact is stated twice, here with 5,230,000,000 ± 5,000,000 元, "
        "where 5,405,000,000 to 5,415,000,000 元 would fit\n"
        "  16-22  一般公共预算收入 52.3亿元  (level, 2020)\n"
        "    2020年，全市一般公共预算收入52.3亿元。\n"
        "  48-54  一般公共预算收入 54.1亿元  (level, 2020)\n"
        "    2020年，全市一般公共预算收入54.1亿元。\n"
        "\n"
    )
    assert done.stderr.decode() == "3 documents, 2 findings (conflict 1, shares_sum 1)\n"


def test_a_row_for_each_record_of_a_finding(command: Run, reports: Path) -> None:
    done = command("check", reports, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [(row["finding"], row["flag"], row["value_text"]) for row in rows] == [
        ("1", "shares_sum", "3.1"),
        ("1", "shares_sum", "28.3"),
        ("1", "shares_sum", "68.3"),
        ("2", "conflict", "52.3亿元"),
        ("2", "conflict", "54.1亿元"),
    ]
    assert {row["stated_low"] for row in rows} == {"99.55", "5225000000"}
    text = (reports / "c.txt").read_text(encoding="utf-8")
    assert [text[int(row["start"]) : int(row["end"])] for row in rows[3:]] == ["52.3亿元", "54.1亿元"]


def test_findings_as_json(command: Run, reports: Path) -> None:
    done = command("check", reports / "a.txt", "--format", "json")
    (finding,) = json.loads(done.stdout)
    assert (finding["flag"], finding["allowed_low"], finding["unit"]) == ("shares_sum", "100", "%")
    assert [record["indicator"] for record in finding["records"]] == ["第一产业比重", "第二产业比重", "第三产业比重"]
    assert json.loads(command("check", reports / "b.txt", "--format", "json").stdout) == []


def test_the_records_of_a_report_are_those_of_an_extraction(command: Run, reports: Path) -> None:
    (finding,) = json.loads(command("check", reports / "a.txt", "--format", "json").stdout)
    flagged = [
        json.loads(line) for line in command("extract", reports / "a.txt", "--format", "jsonl").stdout.splitlines()
    ]
    assert [(row["record_id"], "shares_sum") for row in finding["records"]] == [
        (row["record_id"], row["flags"]) for row in flagged
    ]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--fail-on", "shares_sum"), 3),
        (("--fail-on", "any"), 3),
        (("--fail-on", "magnitude"), 0),
        (("--fail-on", "magnitude", "--fail-on", "conflict"), 3),
    ],
)
def test_the_status_to_fail_on(command: Run, reports: Path, options: tuple[str, ...], status: int) -> None:
    assert command("check", reports, *options).returncode == status


def test_nothing_found_is_nothing_to_fail_on(command: Run, reports: Path) -> None:
    done = command("check", reports / "b.txt", "--fail-on", "any")
    assert (done.returncode, done.stdout) == (0, b"")


def test_an_input_that_fails_costs_one_line(command: Run, reports: Path) -> None:
    done = command("check", reports / "a.txt", reports / "missing.txt")
    assert done.returncode == 1
    assert b"shares_sum" in done.stdout
    assert b"missing.txt" in done.stderr
    assert b"Traceback" not in done.stderr
    assert command("check", reports / "a.txt", reports / "missing.txt", "--fail-on", "any").returncode == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fail-on", "shares"), b"shares_sum"),
        (("--format", "xlsx"), b"text, csv, json"),
        (("--area", "Atlantis", "--format", "csv"), b"Atlantis"),
    ],
)
def test_what_does_not_exist_is_refused(command: Run, reports: Path, options: tuple[str, ...], said: bytes) -> None:
    done = command("check", reports, *options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr


def test_patterns_of_a_user_are_at_work(command: Run, reports: Path) -> None:
    own = reports / "own"
    own.mkdir()
    (own / "my.toml").write_text(
        '[[plausible]]\nid = "my.small"\nnames = ["一般公共预算收入"]\nmeasures = ["level"]\nunit = "元"\nlow = "0"\n'
        'high = "1000000000"\nexamples = [{ text = "2020年，全县一般公共预算收入52.3亿元。", '
        'records = [{ flags = "magnitude" }] }]\n',
        encoding="utf-8",
    )
    (own / "d.txt").write_text("2020年，全县一般公共预算收入52.3亿元。", encoding="utf-8")
    assert command("check", own / "d.txt").stdout == b""
    assert b"magnitude" in command("check", own / "d.txt", "--patterns", own).stdout
