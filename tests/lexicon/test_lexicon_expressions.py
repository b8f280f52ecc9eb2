"""Expressions that take too long: a user's is stopped and named, wherever it runs; a built-in one cannot."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from support import Run, environment

from indicator_extract.errors import PatternError
from indicator_extract.lexicon import expressions, load_lexicon
from indicator_extract.lexicon.cue import Cue, CueRule
from indicator_extract.lexicon.expressions import Expression, Limited, check_expression
from indicator_extract.lexicon.extent import extent

parse: Callable[[str], Any] = import_module("re._parser").parse
ENDLESS = import_module("re._constants").MAXREPEAT
BUILT_IN = {rule.cue.id: rule for rules in load_lexicon()._rules.values() for rule in rules if rule.regex}

every_built_in = pytest.mark.parametrize("rule", BUILT_IN.values(), ids=BUILT_IN)


def _rule(regex: str, *, user: bool = True) -> CueRule:
    return CueRule(Cue("my.slow", "status", {}, 0, ()), "my.toml", regex, (), (), user)


def test_the_engine_that_runs_an_expression() -> None:
    """What is built in runs in `re`, without limit and fast; a user's runs in `regex`, under one."""
    assert type(Expression(_rule("a+b", user=False)).matcher).__name__ == "Pattern"
    assert isinstance(Expression(_rule("a+b")).matcher, Limited)
    assert isinstance(Expression(_rule("a+b"))._tail, Limited)


EXPLODING = ["(?:a+)+b", "(?:a|aa)+b", "(?:a+?)+?b", "(?:(?:a{1,90}){1,90}){1,90}b", "(?=(?:a+)+b)a"]


@pytest.mark.parametrize("regex", EXPLODING)
def test_an_exploding_expression_is_stopped_and_named(regex: str) -> None:
    with pytest.raises(PatternError, match=r"my\.toml \[my\.slow\]: the regular expression took longer than 0\.25 s"):
        Limited(regex, _rule(regex)).search("a" * 5000, 0, 5000)


# as Python would write them out to compile them: memory and time without end
HUGE = ["(?:a?){4000000000}b", "(?:ab){400000000}", "(?:(?:(?:(?:a?){1000}){1000}){1000})b", "(?=(?:a?){100000})b"]


@pytest.mark.parametrize("regex", HUGE)
def test_an_expression_that_cannot_be_compiled_is_refused_before(regex: str) -> None:
    with pytest.raises(
        PatternError, match=r"\[my\.slow\]: the regular expression has more than 5,000 steps .*; repeat"
    ):
        check_expression(_rule(regex))


@pytest.mark.parametrize("regex", ["(?:" * 2000 + "a" + ")" * 2000, "(?:a?){0,9999999999}b"])
def test_an_expression_beyond_what_python_takes_is_refused(regex: str) -> None:
    with pytest.raises(PatternError, match=r"\[my\.slow\]: bad regular expression: "):
        check_expression(_rule(regex))


@pytest.mark.parametrize(
    ("regex", "steps"),
    [("ab", 2), ("a{3}", 4), ("a{2,9}", 3), ("a?b*", 4), ("(?:ab){5}", 11), ("(?P<n>ab|cde)", 7), ("(?=ab)a", 4)],
)
def test_the_extent_of_an_expression(regex: str, steps: int) -> None:
    assert extent(regex) == steps


@pytest.mark.parametrize("regex", ["(?:abc){e<=1}d", "(?:abc){i}", "(?:abc){2i+2d<=4}", "(?:a){1<=e<3}", "a{s<2,e<3}"])
def test_only_what_python_understands_alike_is_taken(regex: str) -> None:
    with pytest.raises(PatternError, match="the regular expression allows for errors; spell out"):
        check_expression(_rule(regex))


def test_calls_that_are_slow_one_by_one_are_stopped_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(expressions, "thread_time", lambda: next(clock) * 0.2)
    slow = Limited("a+b", _rule("a+b"))
    for _ in range(25):  # five seconds, in calls of a fifth of a second
        slow.match("aaa", 0, 3)
    with pytest.raises(PatternError, match=r"\[my\.slow\]: the regular expression took too long over all the places"):
        slow.match("aaa", 0, 3)


def test_long_texts_have_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search over ten million characters is no explosion, however slow the machine."""
    clock = iter(range(1000))
    monkeypatch.setattr(expressions, "thread_time", lambda: next(clock) * 5.0)
    fast = Limited("a+b", _rule("a+b"))
    given: list[float] = []
    fast._compiled = type("Spy", (), {"search": lambda _, *__, timeout: given.append(timeout)})()
    for _ in range(9):
        assert fast.search("", 0, 10_000_000) is None
    assert given == [pytest.approx(10.25)] * 9


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_document_that_makes_it_explode_fails_alone(extract: Run, tmp_path: Path, jobs: str) -> None:
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "slow.toml").write_text(
        "[[cue]]\nid = 'my.slow'\nrole = 'status'\nregex = '(?:甲|甲甲)+乙'\ngives = { status = 'target' }\n"
        "examples = [{ text = '甲乙完成5亿元', records = [{ value = '500000000' }] }]\n",
        encoding="utf-8",
    )
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, words in (("a", ""), ("b", "甲" * 70), ("c", "")):
        (reports / f"{name}.txt").write_text(f"2020年，工业增加值5亿元，{words}增长5%。\n", encoding="utf-8")
    done = extract(reports, "--patterns", tmp_path / "my", "--jobs", jobs, "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 4
    (error,) = [line for line in done.stderr.decode().splitlines() if line.startswith("error")]
    assert "b.txt: " in error
    assert "slow.toml [my.slow]: the regular expression took longer than 0.25 s; avoid repeats" in error
    assert "internal" not in error


@every_built_in
def test_no_built_in_expression_repeats_without_end(rule: CueRule) -> None:
    """So each try to match costs at most so much, at each place of a text: no text takes more than its length."""
    endless = [value for op, value in _walk(parse(rule.regex)) if "REPEAT" in str(op) and value[1] == ENDLESS]
    assert not endless, "write {1,30} for +, {0,30} for *"


def test_no_built_in_expression_explodes() -> None:
    """Each against strings pumped from its own alphabet; a process that never ends is ended."""
    code = "from tests.lexicon.test_lexicon_expressions import pump_all; pump_all()"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**environment(), "PYTHONPATH": _paths()}, capture_output=True, check=False
    )
    assert done.returncode == 0, f"never ends: {done.stdout.decode()} {done.stderr.decode()[-300:]}"


def _paths() -> str:
    return ":".join(path for path in sys.path if path)


def pump_all() -> None:
    """Matches every built-in expression everywhere in the pumped strings. In a process of its own."""
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))  # a thousand times what it takes, or for ever
    for rule in BUILT_IN.values():
        sys.stdout.write(f"\r{rule.cue.id}")
        sys.stdout.flush()
        expression = Expression(rule)
        for text in pumped(rule.regex):
            expression.matcher.search(text, 0, len(text))
            expression.before(text, max(0, len(text) - 40), len(text))


def pumped(regex: str) -> Iterator[str]:
    """Runs of each character that an expression knows, of pairs of them, and of what it could match."""
    characters = sorted({_sample(op, value) for op, value in _walk(parse(regex))} - {""})
    for one in characters:
        yield one * 200
        for other in characters[:20]:
            yield (one + other) * 60
    shortest = _shortest(parse(regex))
    yield shortest * 40 + shortest[:-1]


def _walk(items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for op, value in items:
        yield op, value
        for inner in _inside(str(op), value):
            yield from _walk(inner)


def _inside(op: str, value: Any) -> list[Any]:
    """The sequences within one part of a parse tree."""
    if "REPEAT" in op:
        return [value[2]]
    if op == "BRANCH":
        return list(value[1])
    if op == "SUBPATTERN":
        return [value[3]]
    if op in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if op in ("IN", "ATOMIC_GROUP") else []


def _sample(op: Any, value: Any) -> str:
    """A character that a part stands for, or ""."""
    if str(op) in ("LITERAL", "NOT_LITERAL"):
        return chr(value)
    if str(op) == "RANGE":
        return chr(value[0])
    return {"CATEGORY_DIGIT": "5", "CATEGORY_SPACE": " "}.get(str(value), "") if str(op) == "CATEGORY" else ""


def _shortest(items: Iterable[Any]) -> str:
    """About the shortest text that an expression could match."""
    parts = []
    for op, value in items:
        if "REPEAT" in str(op):
            parts.append(_shortest(value[2]) * max(1, value[0]))
        elif str(op) in ("BRANCH", "SUBPATTERN"):
            parts.append(_shortest(_inside(str(op), value)[0]))
        elif str(op) == "IN":
            parts.append(next((s for s in (_sample(*part) for part in value) if s), "国"))
        else:
            parts.append(_sample(op, value))
    return "".join(parts)
