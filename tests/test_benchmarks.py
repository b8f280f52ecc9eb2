"""The benchmarks run and say what they measured. How fast anything is, no test says."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from support import ROOT, environment

from benchmarks.commands import Grown, Ran, exponent
from benchmarks.contestants import CONTESTANTS, Contestant
from benchmarks.measuring import Measured, Pass, measured, times_as_fast
from benchmarks.results import Results, page
from benchmarks.texts import Text, bulk, seeds, size_of, until, varied

TINY = Text("tiny", ("2020年，地区生产总值383.1亿元，同比增长0.6%。", "粮食产量50万吨。"), "two sentences")
BY_NAME = {each.name: each for each in CONTESTANTS}


def test_contestants_that_are_there_are_measured_in_every_round() -> None:
    own, scan = measured([BY_NAME["extract"], BY_NAME["bare regex scan"]], TINY, 3)
    assert [each.found for each in own.passes] == [3, 3, 3]
    assert [each.found for each in scan.passes] == [6, 6, 6]  # 2020, 383.1, 亿, 0.6, 50, 万
    assert own.by == "document"
    assert own.peak > 1_000_000
    assert not own.absent


def test_a_rival_that_is_not_there_is_told_as_absent() -> None:
    missing = Measured(Contestant("nobody", lambda: len, (), "nothing"), TINY, absent="ModuleNotFoundError: nobody")
    assert "| nobody | absent (ModuleNotFoundError: nobody) |" in page(Results("", False, 1, [[missing]]))


def test_a_ratio_is_that_of_the_rounds() -> None:
    def one(*seconds: float) -> Measured:
        return Measured(CONTESTANTS[0], TINY, tuple(Pass(2 * cpu, cpu, 1) for cpu in seconds))

    assert times_as_fast(one(1, 1, 10), one(4, 5, 60)) == 5


@pytest.mark.parametrize("power", [1, 2])
def test_the_exponent_of_growth(power: int) -> None:
    grown = [Grown("files", size, Ran(0, 3 * size**power, 0)) for size in (1, 3, 10, 30)]
    assert exponent(grown) == pytest.approx(power)


def test_varied_text_has_other_numbers_and_the_same_dates_and_words() -> None:
    first, second = islice(varied(("12月31日，2020年产值383.1亿元",)), 2)
    assert first == "12月31日，2020年产值383.1亿元"
    assert re.fullmatch(r"12月31日，2020年产值[1-9]\d\d\.[1-9]亿元", second)
    assert second != first
    assert list(islice(varied(("产值383.1亿元",)), 5)) == list(islice(varied(("产值383.1亿元",)), 5))


def test_text_is_as_long_as_it_has_to_be(tmp_path: Path) -> None:
    documents = list(until(varied(seeds().documents), 200_000))
    assert size_of(documents) >= 200_000 > size_of(documents[:-1])
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text("一二三四五\n", encoding="utf-8")  # 16 bytes
    assert bulk(tmp_path, 60).size == 80


def test_the_command_writes_a_page_of_results(tmp_path: Path) -> None:
    out = tmp_path / "results.md"
    words = [sys.executable, "-m", "benchmarks", "--quick", "--only", "startup", "--only", "extract", "-o", str(out)]
    subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, timeout=120, check=True)
    said = out.read_text(encoding="utf-8")
    assert "**A quick run" in said
    assert str(tmp_path) not in said
    assert re.search(
        r"^\| start-up of `extract --version` \| at most 0.8 of the imports \| \d+\.\d\d \|", said, re.MULTILINE
    )
    assert re.search(r"^\| extract \| [\d.]+ \| [\d.]+ – [\d.]+ \| \d{3} \|", said, re.MULTILINE)
    tables = re.findall(r"(?:^\|.*\n)+", said, re.MULTILINE)
    assert len(tables) == 5  # machine, targets, two texts, start-up
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_a_misspelt_part_is_told() -> None:
    words = [sys.executable, "-m", "benchmarks", "--only", "spede"]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"there is no spede" in done.stderr
