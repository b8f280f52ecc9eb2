"""The fuzzer's targets without the fuzzer: what broke a law once, what it starts from, some mutations."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from tests.fuzz import laws
from tests.fuzz.targets import TARGETS, Target

REGRESSIONS = ROOT / "tests" / "fuzz" / "regressions"
KNOWN = sorted(path for path in REGRESSIONS.rglob("*") if path.is_file())
BY_NAME = {target.name: target for target in TARGETS}

every_target = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: path.relative_to(REGRESSIONS).as_posix())
def test_what_broke_a_law_once(path: Path) -> None:
    BY_NAME[path.parent.name].holds(path.read_bytes())


@every_target
def test_what_is_mutated_is_not_refused_as_it_is(target: Target) -> None:
    assert all(target.holds(data) for data in target.seeds())


@every_target
@settings(max_examples=12, deadline=None)
@given(numbers=st.integers(0, 2**32), rounds=st.integers(1, 6))
def test_mutated_inputs_keep_the_laws(target: Target, numbers: int, rounds: int) -> None:
    rng = random.Random(numbers)
    data = rng.choice(target.seeds())
    for _ in range(rounds):
        data = target.mutate(data, rng)
    target.holds(data)


@every_target
def test_the_same_numbers_mutate_alike(target: Target) -> None:
    data = target.seeds()[0]
    for number in range(20):
        assert target.mutate(data, random.Random(number)) == target.mutate(data, random.Random(number))


def test_the_shares_are_of_a_thousand() -> None:
    assert sum(target.share for target in TARGETS) == 1000


def test_a_broken_law_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The laws themselves can fail: a pipeline that forgets its mentions is found out."""
    real = laws.extractor()
    forgetful = type("Forgetful", (), {"extract_document": lambda _, d: real.extract_document(d)._replace(mentions=())})
    monkeypatch.setattr(laws, "extractor", forgetful)
    with pytest.raises(AssertionError, match="not accounted for"):
        BY_NAME["text"].holds("2020年。".encode())
