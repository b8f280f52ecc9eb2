"""Numbers written out in every form that reports use (`written.py`), read by the engine and by a library of others.

    python -m tests.proofs.numerals [--numbers N] [--seed S]

writes N numbers (one million), reads each, and counts those that come back otherwise: another place, value, upper end,
unit or 多. `cn2an` is asked about those forms that it knows; where it disagrees, it is counted. Exit status 1 where the
engine is wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from decimal import Decimal
from typing import Any

from indicator_extract.lexicon import load_lexicon
from indicator_extract.numerals import NumeralReader
from tests.proofs.written import Case, Expected, cases

ANSWERS = ("agrees", "differs", "refuses")
SHOWN = 5  # disagreements of a form that are printed


class Engine:
    """Reads a text as the pipeline does."""

    def __init__(self) -> None:
        lexicon = load_lexicon()
        self._scan = NumeralReader(lexicon).scan
        self._characters = dict(lexicon.characters)

    def __call__(self, text: str) -> tuple[Expected, ...]:
        found = self._scan(text.translate(self._characters))
        return tuple(Expected(n.start, n.end, n.value, n.high, n.unit, n.more) for n in found)


def of_others(alone: str) -> Any:
    """What cn2an makes of a number by itself; None where it does not take it, or fails."""
    import cn2an

    try:
        return cn2an.cn2an(alone, "smart")
    except (ValueError, LookupError, TypeError):
        return None


def main() -> int:
    """Reads the numbers and prints the account."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=9)
    asked = parser.parse_args()
    began, read = time.monotonic(), Engine()
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    texts: set[int] = set()
    for case in cases(asked.numbers, asked.seed):
        counts[case.form] += 1
        texts.add(hash(case.text))
        if (found := read(case.text)) != case.expected:
            wrong[case.form] += 1
            if wrong[case.form] <= SHOWN:
                print(f"engine: {case.form}: {case.text} {_said(found)} for {_said(case.expected)}")
        if case.alone:
            _ask(case, others)
    taken = f"seed {asked.seed}, {time.monotonic() - began:.0f} s"
    print(f"{sum(counts.values()):,} numbers, {len(texts):,} texts, {taken}: {sum(wrong.values())} wrong")
    for form, count in counts.items():
        said = ", ".join(f"{what} {others[form, what]:,}" for what in ANSWERS if others[form, what])
        print(f"  {form}: {count:,}, engine wrong {wrong[form]:,}, cn2an {said or 'not asked'}")
    return 1 if wrong else 0


def _ask(case: Case, others: Counter[tuple[str, str]]) -> None:
    answer, (expected,) = of_others(case.alone), case.expected
    value = expected.value / 100 if expected.unit == "%" else expected.value
    what = "refuses" if answer is None else "agrees" if _equal(answer, value) else "differs"
    others[case.form, what] += 1
    if what == "differs" and others[case.form, what] <= SHOWN:
        print(f"cn2an: {case.form}: {case.alone} is {answer}, not {value}")


def _equal(answer: Any, value: Decimal) -> bool:
    """Whether a double is the number, as near as doubles come."""
    return abs(float(answer) - float(value)) <= 1e-12 * abs(float(value))


def _said(found: tuple[Expected, ...]) -> str:
    return "; ".join(" ".join(str(part) for part in each if part not in ("", None)) for each in found) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
