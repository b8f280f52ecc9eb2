"""Targets: which one is set, in what words, what came of it, and that none is set."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support import Run
from test_panel import AREA, about, fact, rate, write

from indicator_extract import Extractor, Record
from indicator_extract.panel.base import base_of
from indicator_extract.panel.rows import Target
from indicator_extract.panel.targets import Unset, placed, targets
from indicator_extract.panel.wording import Wording
from indicator_extract.writing import by_name


@pytest.fixture(scope="module")
def wording(extractor: Extractor) -> Wording:
    return Wording(extractor.lexicon)


def made(wording: Wording, records: list[Record], unset: Sequence[Unset] = ()) -> list[dict[str, Any]]:
    with base_of(records, lambda _: True) as base:
        found = targets(base, wording.aims(records), unset)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert all(Target.model_validate(row) for row in rows)
    return rows


def aim(value: str, **changes: Any) -> Record:
    return rate(value, **{"status": "target", "basis": "unstated", "source": "plan.txt", **changes})


@pytest.mark.parametrize(
    ("target", "result", "deviation", "outcome"),
    [
        (aim("5"), rate("5.2"), "0.2", "exceeded"),
        (aim("5"), rate("5"), "0", "met"),
        (aim("5"), rate("4.9"), "-0.1", "missed"),
        (aim("5", bound="approx"), rate("5.4"), "0.4", "met"),
        (aim("5", bound="approx"), rate("4.5"), "-0.5", "met"),
        (aim("5", bound="approx"), rate("4.4"), "-0.6", "missed"),
        (aim("5.5", bound="approx"), rate("5.6"), "0.1", "exceeded"),
        (aim("5", bound="at_least"), rate("5"), "0", "met"),
        (aim("5", bound="at_least"), rate("6.1"), "1.1", "met"),
        (aim("5", bound="at_least"), rate("4.9"), "-0.1", "missed"),
        (aim("3", bound="at_most"), rate("2.1"), "-0.9", "met"),
        (aim("3", bound="at_most"), rate("3.1"), "0.1", "missed"),
        (aim("-20", bound="at_least"), rate("-21"), "-1", "met"),
        (aim("-20", bound="at_least"), rate("-19"), "1", "missed"),
        (aim("-3"), rate("-3.4"), "-0.4", "exceeded"),
        (aim("-3"), rate("-2.6"), "0.4", "missed"),
        (aim("6", value_high=Decimal("6.5"), base_value_high=Decimal("6.5")), rate("6.3"), "0", "met"),
        (aim("6", value_high=Decimal("6.5"), base_value_high=Decimal("6.5")), rate("6.9"), "0.4", "exceeded"),
        (aim("6", value_high=Decimal("6.5"), base_value_high=Decimal("6.5")), rate("5.8"), "-0.2", "missed"),
    ],
)
def test_a_result_is_met_missed_or_exceeded(
    target: Record, result: Record, deviation: str, outcome: str, wording: Wording
) -> None:
    [row] = made(wording, [target, result])
    assert (row["deviation"], row["outcome"]) == (Decimal(deviation), outcome)
    assert (row["result"], row["result_record_id"]) == (result.value, result.record_id)


def test_less_is_better_where_the_table_says_so(wording: Wording) -> None:
    name = {"indicator": "城镇调查失业率", "indicator_id": "", "measure": "level", "basis": None}
    [row] = made(wording, [aim("5.5", bound="approx", **name), rate("5.2", **name)])
    assert row["outcome"] == "exceeded"


@pytest.mark.parametrize(
    ("words", "bound", "evidence", "commitment"),
    [
        ("确保", "exact", "", "hard"),
        ("力争", "exact", "", "soft"),
        ("左右", "approx", "", "soft"),
        ("以上", "at_least", "", "hard"),
        ("力争|以上", "at_least", "", "soft"),
        ("确保|左右", "approx", "", "hard"),
        ("以上", "at_least", "主要预期目标是：地区生产总值增长5%以上。", "soft"),
        ("确保", "exact", "主要预期目标是：确保地区生产总值增长5%。", "hard"),
        ("", "exact", "地区生产总值增长5%。", None),
        ("左右", "approx", "完成约束性指标，地区生产总值增长5%左右。", "hard"),
        ("", "exact", "地区生产总值增长5%，完成预期目标。", None),
        ("将", "exact", "", None),
    ],
)
def test_words_bind(words: str, bound: str, evidence: str, commitment: str | None, wording: Wording) -> None:
    [row] = made(wording, [aim("5", wording=words, bound=bound, evidence=evidence or "x")])
    assert (row["commitment"], row["wording"]) == (commitment, words)


def test_a_user_may_think_otherwise(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(
        """
        [[cue]]
        id = "target.commitment.striving"
        role = "commitment"
        priority = 1
        words = ["力争"]
        gives = { commitment = "hard" }
        override = true
        examples = [{ text = "2025年工作安排\\n力争财政收入增长6%。", targets = [{ commitment = "hard" }] }]
        """,
        encoding="utf-8",
    )
    [row] = made(Wording(Extractor(tmp_path).lexicon), [aim("5", wording="力争")])
    assert row["commitment"] == "hard"


def test_a_range_is_soft(wording: Wording) -> None:
    [row] = made(wording, [aim("6", value_high=Decimal("6.5"), base_value_high=Decimal("6.5"), value_text="6%-6.5%")])
    assert (row["form"], row["target"], row["target_high"], row["commitment"]) == (
        "range", Decimal(6), Decimal("6.5"), "soft",
    )  # fmt: skip


def test_the_latest_report_before_the_period_sets_the_target(wording: Wording) -> None:
    early = [about(2015, "plan2015.txt"), aim("6.5", source="plan2015.txt", time_period="2020")]
    late = [about(2019, "plan2019.txt"), aim("6", source="plan2019.txt", time_period="2020")]
    back = [about(2020, "report2020.txt"), aim("6.1", source="report2020.txt", time_period="2020")]
    [row] = made(wording, [*early, *late, *back])
    assert (row["target"], row["source"], row["stated"]) == (6, "plan2019.txt", 3)


def test_what_is_said_first_is_the_target_and_what_follows_goes_beyond(wording: Wording) -> None:
    [row] = made(wording, [aim("8", start=20, end=22, wording="力争"), aim("7", start=5, end=7)])
    assert (row["target"], row["stated"]) == (7, 2)


def test_a_result_is_of_the_same_period_measure_and_region(wording: Wording) -> None:
    others = [rate("5", time_period="2021"), fact(), rate("5", ref_area_code="131126"), rate("5", basis="mom")]
    [row] = [row for row in made(wording, [aim("5"), *others]) if row["result"] is None]
    assert (row["outcome"], row["deviation"], row["result_source"]) == (None, None, None)


def test_an_estimate_is_a_result_until_an_actual_value_is_known(wording: Wording) -> None:
    estimate, actual = rate("5.1", status="estimate"), rate("5.3", price_basis="constant")
    assert made(wording, [aim("5"), estimate])[0]["result_status"] == "estimate"
    assert made(wording, [aim("5"), actual])[0]["result"] == Decimal("5.3")


# That none is set


REPORT = (
    "2020年安平县政府工作报告\n一、2019年工作回顾\n地区生产总值增长6.1%。\n二、2020年工作安排\n城镇新增就业900人以上。"
)
NONE = "需要说明的是，今年没有提出全年经济增速具体目标，主要因为不确定性很大。"


def test_that_no_target_is_set_is_a_row_of_its_own(extractor: Extractor, wording: Wording) -> None:
    document, records, _ = extractor.extract_text(f"{REPORT}\n{NONE}就业优先。", source="a.txt", title="")
    unset = [*placed(wording.unset(document.text), records, "a.txt")]
    rows = made(wording, [*records, rate("2.3", **_area_of(records))], unset)
    [row] = [row for row in rows if row["form"] == "none"]
    assert (row["indicator_id"], row["measure"], row["basis"], row["time_period"]) == (
        "accounts.gdp", "growth_rate", "yoy", "2020",
    )  # fmt: skip
    assert (row["target"], row["stated"], row["evidence"], row["source"]) == (None, 0, NONE, "a.txt")
    assert (row["result"], row["unit"], row["deviation"], row["record_id"]) == (Decimal("2.3"), "%", None, "")


def _area_of(records: Sequence[Record]) -> dict[str, str]:
    return {"ref_area": records[0].ref_area, "ref_area_code": records[0].ref_area_code}


def test_without_targets_the_year_after_the_report_is_meant(extractor: Extractor, wording: Wording) -> None:
    document, records, _ = extractor.extract_text(f"安平县2019年工作总结\n2019年，地区生产总值增长6.1%。\n{NONE}")
    assert [said.time_period for said in placed(wording.unset(document.text), records, "a.txt")] == ["2020"]
    assert [*placed(wording.unset(NONE), [], "a.txt")] == [], "of no region and no year"


def test_a_report_is_read_where_a_file_holds_no_records(command: Run, tmp_path: Path) -> None:
    (tmp_path / "2020.txt").write_text(f"{REPORT}\n{NONE}", encoding="utf-8")
    later = rate("3.5", **{**AREA, "source": "2021.txt"})
    found, _, _ = next(iter(Extractor().extract_file(tmp_path / "2020.txt")))
    assert found.text.startswith("2020")
    write(by_name("csv"), [later, about(2020, "2021.txt")], tmp_path / "later.csv")
    done = command("targets", tmp_path)
    assert done.returncode == 0, done.stderr
    rows = [*csv.DictReader(io.StringIO(done.stdout.decode()))]
    assert {(row["indicator"], row["form"]) for row in rows} == {("地区生产总值", "none"), ("城镇新增就业", "at_least")}
    assert b"2 files, " in done.stderr
    assert b", 2 targets\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["--indicator", "GDP"], 1),
        (["--measure", "level"], 1),
        (["--since", "2021"], 0),
        (["--category", "accounts"], 1),
        (["--area", "安平"], 2),
    ],
)
def test_statements_are_chosen_as_records_are(words: list[str], kept: int, command: Run, tmp_path: Path) -> None:
    (tmp_path / "2020.txt").write_text(f"{REPORT}\n{NONE}", encoding="utf-8")
    done = command("targets", tmp_path / "2020.txt", *words)
    assert len(done.stdout.decode().splitlines()) == 1 + kept, done.stderr


def test_targets_go_into_a_workbook(command: Run, tmp_path: Path) -> None:
    write(by_name("csv"), [aim("5"), rate("5.1")], tmp_path / "a.csv")
    done = command("targets", tmp_path / "a.csv", "-o", tmp_path / "t.xlsx")
    assert done.returncode == 0, done.stderr
    head, row = openpyxl.load_workbook(tmp_path / "t.xlsx")["targets"].values
    assert dict(zip(head, row, strict=True))["deviation"] == 0.1


def test_a_bad_input_is_named_and_the_rest_is_done(command: Run, tmp_path: Path) -> None:
    write(by_name("csv"), [aim("5")], tmp_path / "a.csv")
    done = command("targets", "a.csv", "no.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert len([*csv.reader(io.StringIO(done.stdout.decode()))]) == 2
    assert "error: no.txt: " in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_table_made_of_records_is_no_report(command: Run, tmp_path: Path) -> None:
    write(by_name("csv"), [aim("5")], tmp_path / "a.csv")
    assert command("targets", "a.csv", "-o", "made.csv", cwd=tmp_path).returncode == 0
    done = command("targets", "made.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "made.csv: is no file of records: it lacks the columns title, section" in done.stderr.decode()
    assert command("targets", ".", cwd=tmp_path).stderr == b"1 file, 1 record, 1 target\n", "a folder leaves it out"
