"""Numbers in every written form come back as they were meant. `python -m tests.proofs.numerals` reads a million."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.proofs import numerals
from tests.proofs.written import FORMS, cardinal, cases

NUMBERS = 4_000


def test_every_form_is_read_as_it_was_meant() -> None:
    read, forms, wrong = numerals.Engine(), set(), []
    for case in cases(NUMBERS, seed=1):
        forms.add(case.form)
        if (found := read(case.text)) != case.expected:
            wrong.append((case.text, found, case.expected))
    assert wrong == []
    assert len(forms) > len(FORMS)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (10, "一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (30_000_475, "三千万零四百七十五"),
        (100_000_500, "一亿零五百"),
        (20_300_000, "二千零三十万"),
        (1_234_500_000_000, "一万二千三百四十五亿"),
    ],
)
def test_the_writer_itself(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_what_another_library_takes_it_reads_alike() -> None:
    """cn2an knows plain Chinese numerals; its values of `9927.812百` and the like are cut off doubles."""
    pytest.importorskip("cn2an")
    asked = [
        case for case in cases(NUMBERS, seed=2) if case.form in {"Chinese", "shortened", "digits among scale words"}
    ]
    answers = [(case.alone, numerals.of_others(case.alone), case.expected[0].value) for case in asked]
    taken = [(alone, Decimal(answer), value) for alone, answer, value in answers if answer is not None]
    assert len(taken) > len(asked) / 2
    assert [row for row in taken if row[1] != row[2]] == []
