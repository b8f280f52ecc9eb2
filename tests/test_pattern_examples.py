"""Every example and near miss of patterns/, through the whole pipeline: one test each."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicator_extract import Extractor
from indicator_extract.examples import outcome_of
from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.lexicon.checking import Case, Extract, cases, check
from indicator_extract.lexicon.loading import patterns_folder

FOLDER = patterns_folder()


def _name(case: Case) -> str:
    return f"{Path(case.file).relative_to(FOLDER).as_posix()}:{case.name}"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def outcome(extractor: Extractor) -> Extract:
    return outcome_of(extractor)


@pytest.mark.parametrize("case", list(cases(FOLDER)), ids=_name)
def test_pattern_example(case: Case, outcome: Extract, lexicon: Lexicon) -> None:
    failures = check(outcome, lexicon, [case])
    assert not failures, "\n".join(map(str, failures))
