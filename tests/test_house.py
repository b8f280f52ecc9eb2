"""The house rules that no linter knows: where Chinese words live, how long things are, who may import whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "indicator_extract"
MODULES = sorted(ENGINE.rglob("*.py"))
BENCHMARKS = sorted((ROOT / "benchmarks").rglob("*.py"))
STAGES = {"reading", "segment", "numerals", "quantities", "attribution", "normalise", "checks", "writing", "tables"}
HAN = re.compile(r"[\u3400-\u9fff]")


def _name(path: Path) -> str:
    return path.relative_to(ENGINE).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=_name)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _docstrings(tree: ast.Module) -> set[int]:
    """Ids of the nodes that are texts standing alone: docstrings, of names too."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


@every_module
def test_no_chinese_word_in_the_engine(path: Path) -> None:
    tree = _tree(path)
    documented = _docstrings(tree)
    found = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
        if HAN.search(node.value)
    ]
    assert not found, "Chinese words belong in patterns/"


@pytest.mark.parametrize("path", [*MODULES, *BENCHMARKS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300
    functions = (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef))
    long = [f"{node.name}: {length}" for node in functions if (length := _length(node)) >= 40]
    assert not long


def _length(function: ast.FunctionDef) -> int:
    """Lines of a function, its docstring and its parameters left out."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@every_module
def test_a_stage_imports_no_other_stage(path: Path) -> None:
    own = _name(path).removesuffix(".py").split("/")[0]
    if own not in STAGES:
        return
    rooms = {name.split(".")[1] for name in _imported(_tree(path)) if name.startswith("indicator_extract.")}
    assert not rooms & (STAGES - {own})
