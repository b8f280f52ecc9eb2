"""Mutation testing: of small faults put into the code that reads numbers, how many do its tests notice?

    pip install -e '.[test]' -r tools/mutants/requirements.txt
    python -m tools.mutants                 # every module
    python -m tools.mutants quantities      # one, or several

A mutant is the source of a module with one small change (`<` for `<=`, `None` for an argument, another number). The
operators of mutmut make them. Each gets a process of its own, forked when the tests are collected, so that no file is
changed and nothing is loaded twice. A mutant is killed when a test fails, the module no longer loads, or time is up.
The survivors are held against `tests/mutants.toml`, which says of each why no test can or should tell it from the
original. A survivor that is not there, or an entry there that is killed, is an error: status 1. The figures go into
`docs/reliability.md`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import pytest

from tools.mutants.figures import doubts_of, figures_of, table, write
from tools.mutants.making import ROOT
from tools.mutants.running import TESTS, Runner


def main(modules: Sequence[str]) -> int:
    """Runs the mutants of some modules, or of all where none is named; the exit status."""
    os.chdir(ROOT)
    chosen = list(modules) or list(TESTS)
    runner = Runner(chosen)
    files = list(dict.fromkeys(file for module in chosen for file in TESTS[module]))
    quick = ["--assert=plain", "--tb=no"]  # nobody reads why a test failed
    status = pytest.main([*files, "-q", "-s", "-p", "no:cacheprovider", *quick], [runner])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return int(status)
    figures, doubts = figures_of(runner.outcomes), doubts_of(runner.outcomes, chosen)
    sys.stdout.write("\n".join([table(figures), *doubts, ""]))
    write(figures)
    return 1 if doubts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
