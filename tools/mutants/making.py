"""A module of the engine → its mutants, made by the operators of mutmut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "indicator_extract"
UNMUTATED = {"len", "isinstance"}  # calls that only fail when changed


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
            return str(self._tree.deep_replace(node, new).code)  # type: ignore[attr-defined]
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
