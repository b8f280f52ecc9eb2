"""Fuzzing: mutated inputs for every reader, the text pipeline, the lexicon loader, the writers; the laws all must keep.

    pip install -e '.[fuzz]'
    python -m tests.fuzz                         every target, the shares of `targets.py`
    python -m tests.fuzz text csv --runs 5000    these, that many inputs each

What breaks a law is kept as a file; it goes into `regressions/TARGET/`, which `tests/test_fuzz.py` replays.
"""
