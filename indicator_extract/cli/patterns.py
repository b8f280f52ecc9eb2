"""The check of pattern files: examples that must come out as they say, near misses that must stay away."""

from __future__ import annotations

from pathlib import Path

from indicator_extract.cli.terminal import say
from indicator_extract.examples import outcome_of
from indicator_extract.lexicon.checking import Case, cases, check
from indicator_extract.lexicon.loading import patterns_folder
from indicator_extract.pipeline import Extractor
from indicator_extract.printable import printable


def check_patterns(folder: Path | None) -> int:
    """Checks the built-in patterns, with a user's folder laid over them; gives the exit status.

    Raises:
        PatternError: a pattern file cannot be used at all.
    """
    extractor = Extractor(folder)
    checked = _cases(folder)
    failures = check(outcome_of(extractor), extractor.lexicon, checked)
    for failure in failures:
        print(printable(str(failure)))
    say(f"{len(checked):,} examples and near misses, {len(failures):,} failures")
    return 1 if failures else 0


def _cases(folder: Path | None) -> list[Case]:
    """Those of a user's folder, and the built-in ones of the entries it does not replace."""
    own = list(cases(folder)) if folder else []
    replaced = {case.id for case in own}
    return [*(case for case in cases(patterns_folder()) if case.id not in replaced), *own]
