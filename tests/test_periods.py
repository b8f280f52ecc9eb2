"""Expressions of time: a row for each form, still symbolic; which of them dates a number is decided later."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support import rows, texts
from test_numerals import rendered

from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.periods import PeriodReader, plan_years

LEXICON: Lexicon = load_lexicon()
READER = PeriodReader(LEXICON)


def view(text: str) -> str:
    return text.translate(dict(LEXICON.characters))


@pytest.mark.parametrize("text", texts("periods"))
def test_expressions(text: str) -> None:
    found = []
    for e in READER.scan(view(text)):
        rules = " ".join(rule.removeprefix("period.") for rule in e.rules)
        months = f"{e.month} {e.month_last} {e.day}"
        assert isinstance(e.sub, str), "empty is no None"
        found.append([text, view(text)[e.start : e.end], e.anchor, f"{e.first} {e.last}", e.sub or "-", months, rules])
    assert found == rows("periods", text)


@pytest.mark.parametrize("text", ["2019-2011年", "每年", "第三年", "20200年"])
def test_what_is_no_time(text: str) -> None:
    assert READER.scan(text) == []


@pytest.mark.parametrize("number", range(1, 100))
def test_small_numbers(number: int) -> None:
    short = rendered(number).removeprefix("一") if 10 <= number < 20 else rendered(number)
    assert READER.number(short) == READER.number(str(number)) == number


@pytest.mark.parametrize("text", [None, "", "数"])
def test_no_number(text: str | None) -> None:
    assert READER.number(text) == 0


def test_plans_follow_each_other() -> None:
    years = [plan_years(number) for number in range(1, 16)]
    assert years[0] == (1953, 1957)
    assert years[14] == (2026, 2030)
    assert all(last - first == 4 for first, last in years)
    gaps = [following[0] - plan[1] for plan, following in pairwise(years)]
    assert gaps == [1, 4, *[1] * 12], "three years of adjustment after the second"
