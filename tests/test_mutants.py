"""The explained survivors of mutation testing (`tests/mutants.toml`) speak of code that is there."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from support import ROOT

SURVIVORS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))[
    "survivors"
]


@pytest.mark.parametrize("entry", SURVIVORS, ids=lambda entry: entry["reason"][:40])
def test_survivors_are_changes_of_lines_that_are_there(entry: dict[str, Any]) -> None:
    assert set(entry) == {"module", "reason", "changes"}
    source = (ROOT / "indicator_extract" / f"{entry['module']}.py").read_text(encoding="utf-8")
    code = " ".join(source.split())
    for change in entry["changes"]:
        where, _, lines = change.partition(": ")
        before, arrow, after = lines.partition(" => ")
        assert " ".join(before.split()) in code
        assert where == "module" or f" {where.rpartition('.')[2]}(" in code
        assert arrow
        assert before != after


def test_no_survivor_is_explained_twice() -> None:
    changes = [(entry["module"], change) for entry in SURVIVORS for change in entry["changes"]]
    assert len(changes) == len(set(changes))
