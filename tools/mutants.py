"""Mutation testing: of small faults put into the code that reads numbers, how many do its tests notice?

    pip install -e '.[test]' -r tools/mutants.txt
    python -m tools.mutants                 # every module; writes the figures into docs/reliability.md
    python -m tools.mutants quantities      # one, or several: prints only

A mutant is the source of a module with one small change (`<` for `<=`, `None` for an argument, another number). The
operators of mutmut make them. Each gets a process of its own, forked when the tests are collected, so that no file is
changed and nothing is loaded twice. A mutant is killed when a test fails, the module no longer loads, or time is up.
The survivors are held against `tests/mutants.toml`, which says of each why no test can or should tell it from the
original. A survivor that is not there, or an entry there that is killed, is an error: status 1.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import re
import resource
import sys
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import libcst as cst
import pytest
from libcst.metadata import ByteSpanPositionProvider
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "indicator_extract"
REASONS, REPORT = ROOT / "tests" / "mutants.toml", ROOT / "docs" / "reliability.md"
MARKS = ("<!-- mutants -->\n", "<!-- end of mutants -->\n")
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
    "periods": ("tests/test_periods.py",),
    "normalise": ("tests/test_normalise.py",),
    "conversion": ("tests/test_choosing.py",),
}
"""The mutated modules, and the tests that speak of each."""

COMMANDS = {"command", "extract"}  # fixtures of tests that start another process, which has no mutant
UNMUTATED = {"len", "isinstance"}  # calls that only fail when changed
SECONDS = 6  # of processor time; the tests of a module need one or two
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"


class Mutant(NamedTuple):
    """A module's source with one change, and the change as `tests/mutants.toml` writes it."""

    module: str
    source: str
    change: str


class _Sites(cst.CSTVisitor):
    """The source of each mutant of a module, and the name of the function that it changes."""

    METADATA_DEPENDENCIES = (ByteSpanPositionProvider,)

    def __init__(self, tree: cst.Module) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._tree, self._source, self._around = tree, tree.bytes, list[str]()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator) or _is_unmutated(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._around.append(node.name.value)
        where = ".".join(self._around) or "module"
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += [(where, self._with(node, new)) for new in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._around.pop()

    def _with(self, node: cst.CSTNode, new: cst.CSTNode) -> str:
        """The source with another node in the place of one."""
        span = self.get_metadata(ByteSpanPositionProvider, node)
        printed, other = (self._tree.code_for_node(each).encode() for each in (node, new))
        at = printed.find(self._source[span.start : span.start + span.length])  # blanks may be printed with it
        if at < 0:  # several lines, which are not printed as they stand: the slow way
            return self._tree.deep_replace(node, new).code  # type: ignore[attr-defined]
        start = span.start - at
        return (self._source[:start] + other + self._source[start + len(printed) :]).decode()


def _is_unmutated(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in UNMUTATED


def source_of(module: str) -> str:
    """The source of a module of the engine."""
    return (ROOT / PACKAGE / f"{module}.py").read_text(encoding="utf-8")


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its source."""
    source = source_of(module)
    wrapper = cst.MetadataWrapper(cst.parse_module(source))
    sites = _Sites(wrapper.module)
    wrapper.visit(sites)
    for where, mutated in sites.found:
        yield Mutant(module, mutated, f"{where}: {_change(source, mutated)}")


def _change(source: str, mutated: str) -> str:
    """The lines that differ, as `before => after`."""
    before, after = source.splitlines(), mutated.splitlines()
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return " => ".join(" ".join(line.strip() for line in lines) for lines in (before, after))


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


def _items(session: pytest.Session, module: str) -> list[pytest.Item]:
    """The tests of a module in the order of `TESTS`, laws (which take longest) last."""
    files = [ROOT / file for file in TESTS[module]]
    items = [item for item in session.items if item.path in files and not COMMANDS & set(item.fixturenames)]
    return sorted(items, key=lambda item: (hasattr(item.obj, "hypothesis"), files.index(item.path)))


def _run(session: pytest.Session, items: list[pytest.Item], mutant: Mutant) -> str:
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


def _child(session: pytest.Session, items: Sequence[pytest.Item], mutant: Mutant, writer: int) -> None:
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


def reasons() -> dict[str, dict[str, str]]:
    """For each module its survivors that are explained: change → why it cannot or should not be killed."""
    entries = tomllib.loads(REASONS.read_text(encoding="utf-8"))["survivors"]
    explained: dict[str, dict[str, str]] = {module: {} for module in TESTS}
    for entry in entries:
        explained[entry["module"]] |= dict.fromkeys(entry["changes"], entry["reason"])
    return explained


def _table(outcomes: Sequence[tuple[Mutant, str]]) -> str:
    """The figures, a row a module."""
    rows = [
        "| module | mutants | killed | of these by time | survived | killed, % |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    counts = {module: Counter(outcome for mutant, outcome in outcomes if mutant.module == module) for module in TESTS}
    counts["all"] = sum(counts.values(), Counter())
    for module, count in counts.items():
        if total := count.total():
            killed = total - count[SURVIVED]
            share = f"{100 * killed / total:.1f}"
            rows.append(f"| {module} | {total} | {killed} | {count[TIMEOUT]} | {count[SURVIVED]} | {share} |")
    return "\n".join(rows) + "\n"


def _judge(outcomes: Sequence[tuple[Mutant, str]], modules: Sequence[str]) -> list[str]:
    """What `tests/mutants.toml` does not say, or says wrongly."""
    explained = reasons()
    survived = {(mutant.module, mutant.change) for mutant, outcome in outcomes if outcome == SURVIVED}
    known = {(module, change) for module in modules for change in explained[module]}
    new = [f"not explained: {module} | {change}" for module, change in sorted(survived - known)]
    return new + [
        f"explained, but killed or no more: {module} | {change}" for module, change in sorted(known - survived)
    ]


def _write(table: str) -> None:
    report = REPORT.read_text(encoding="utf-8")
    inside = re.compile(re.escape(MARKS[0]) + ".*" + re.escape(MARKS[1]), re.DOTALL)
    REPORT.write_text(inside.sub(lambda _: f"{MARKS[0]}\n{table}\n{MARKS[1]}", report), encoding="utf-8")


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
    table, doubts = _table(runner.outcomes), _judge(runner.outcomes, chosen)
    sys.stdout.write("\n".join([table, *doubts, ""]))
    if not modules:
        _write(table)
    return 1 if doubts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
