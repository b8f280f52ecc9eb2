"""Mutants → what becomes of each when the tests of its module run against it."""

from __future__ import annotations

import ast
import gc
import importlib
import os
import resource
import sys
import time
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from tools.mutants.making import PACKAGE, ROOT, Mutant, mutants_of, source_of

NUMERALS, QUANTITIES = "tests/test_numerals.py", "tests/test_quantities.py"
TESTS = {
    "numerals": (NUMERALS,),
    "digit_numerals": (NUMERALS, QUANTITIES),
    "chinese_numerals": (NUMERALS, QUANTITIES),
    "chinese_forms": (NUMERALS, QUANTITIES),
    "numeral_words": (NUMERALS, QUANTITIES),
    "quantities": (QUANTITIES,),
    "quantity_groups": (QUANTITIES,),
    "unit_reader": (QUANTITIES,),
    "normalise": ("tests/test_normalise.py",),
    "periods": ("tests/test_periods.py",),
    "conversion": ("tests/test_choosing.py",),
}
"""The mutated modules, and the tests that speak of each."""

COMMANDS = {"command", "extract"}  # fixtures of tests that start another process, which has no mutant
SECONDS = 6  # of processor time; the tests of a module need one or two
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"


class Runner:
    """A plugin of pytest: instead of running the collected tests, it runs them for each mutant of `modules`."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules
        self.outcomes: list[tuple[Mutant, str]] = []

    def pytest_configure(self) -> None:
        """Laws get the same examples each time, and few."""
        from hypothesis import HealthCheck, settings  # pytest wants to be the first to import it

        slow = list(HealthCheck)
        settings.register_profile(
            "mutants", derandomize=True, database=None, deadline=None, max_examples=30, suppress_health_check=slow
        )
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """What pytest calls once the tests are collected."""
        gc.freeze()  # a fork then copies fewer pages
        for module in self._modules:
            items = _items(session, module)
            _users(f"{PACKAGE}.{module}")  # once, before all forks
            if _run(session, items, Mutant(module, source_of(module), "")) != SURVIVED:
                raise pytest.UsageError(f"the tests of {module} fail without a mutant")
            since, count = time.monotonic(), Counter[str]()
            for mutant in mutants_of(module):
                outcome = _run(session, items, mutant)
                count[outcome] += 1
                self.outcomes.append((mutant, outcome))
                _progress(module, count, time.monotonic() - since)
            sys.stderr.write("\n")
        return True


def _progress(module: str, count: Counter[str], seconds: float) -> None:
    sys.stderr.write(f"\r{module}: {count.total()} mutants, {count[SURVIVED]} survived, {seconds:.0f} s ")
    sys.stderr.flush()


def _items(session: pytest.Session, module: str) -> list[pytest.Function]:
    """The tests of a module in the order of `TESTS`, laws (which take longest) last."""
    files = [ROOT / file for file in TESTS[module]]
    functions = (item for item in session.items if isinstance(item, pytest.Function) and item.path in files)
    items = [item for item in functions if not COMMANDS & set(item.fixturenames)]
    return sorted(items, key=lambda item: (hasattr(item.obj, "hypothesis"), files.index(item.path)))


def _run(session: pytest.Session, items: list[pytest.Function], mutant: Mutant) -> str:
    """What becomes of a mutant, in a process of its own; the test that killed it comes first for the next one."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        _child(session, items, mutant, writer)
    os.close(writer)
    with open(reader, encoding="ascii") as pipe:
        killer = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if killer:
        items.insert(0, items.pop(int(killer)))
    return SURVIVED if status == 0 else KILLED if status == 1 else TIMEOUT


def _child(session: pytest.Session, items: Sequence[pytest.Function], mutant: Mutant, writer: int) -> None:
    """Leaves with status 0 where every test passes and with 1 otherwise; the system ends it when its time is up."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        _load(mutant, sorted({item.module.__name__ for item in items}))
        for at, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os.write(writer, str(at).encode())
                break
    except BaseException:  # noqa: BLE001 whatever a mutant raises while it is loaded
        os._exit(1)
    os._exit(1 if session.testsfailed else 0)


def _load(mutant: Mutant, tests: Sequence[str]) -> None:
    """Puts the mutant into its module, and loads anew what has taken names from there: modules and tests."""
    module = importlib.import_module(f"{PACKAGE}.{mutant.module}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(mutant.source, module.__file__ or "", "exec"), module.__dict__)  # noqa: S102
        for name in [*_users(module.__name__), *tests]:
            importlib.reload(sys.modules[name])


@cache
def _users(name: str) -> list[str]:
    """The loaded modules of the engine that import `name`, directly or not, each after those it imports."""
    loaded = [module for module in sys.modules if module.startswith(f"{PACKAGE}.")]
    imports = {module: _imports(module) for module in loaded}
    stale, users = {name}, list[str]()
    while new := [module for module in loaded if module not in stale and imports[module] & stale]:
        stale.update(new)
    waiting = stale - {name}
    while waiting:
        ready = sorted(module for module in waiting if not imports[module] & waiting - {module})
        users += ready
        waiting -= set(ready)
    return users


def _imports(module: str) -> set[str]:
    tree = ast.parse(Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
