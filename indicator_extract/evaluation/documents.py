"""Names in gold files → documents, and lines → labels that fit the text of their document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from indicator_extract.evaluation.labels import Label, Line

_CELL = re.compile(r"#.+![A-Z]+[0-9]+")  # what the record of a table's cell has behind the source of its document


class Found(NamedTuple):
    """The documents that lines are about, by source, and the names that lead to none."""

    lines: Mapping[str, Sequence[Line]]
    faults: Sequence[str]


def may_be(name: str, source: str) -> bool:
    """Whether a document has the file name that a gold file gives; folders may differ."""
    return _in_common(name, source) > 0


def assigned(lines: Iterable[Line], sources: Sequence[str]) -> Found:
    """The lines of each document. Of several with the file name, the one whose folders agree furthest."""
    named: dict[str, list[Line]] = {}
    for line in lines:
        named.setdefault(line.label.doc, []).append(line)
    found: dict[str, list[Line]] = {}
    faults: list[str] = []
    for name, own in named.items():
        common = {source: _in_common(name, source) for source in sources}
        most = max(common.values(), default=0)
        best = [source for source, shared in common.items() if shared == most > 0]
        if len(best) == 1:
            found.setdefault(best[0], []).extend(own)
        elif best:
            faults.append(f"{own[0].place}: doc: {name} may be {' or '.join(best)}; write its folder too")
        else:
            faults.append(f"{own[0].place}: doc: {name} is not among the inputs; name that document as an input")
    return Found(found, faults)


def _in_common(name: str, source: str) -> int:
    """How many parts at the end of two paths are the same; a name as long as the source and the same has one more."""
    mine, theirs = name.replace("\\", "/").split("/"), source.replace("\\", "/").split("/")
    if mine[-1].startswith(f"{theirs[-1]}#") and _CELL.fullmatch(mine[-1], len(theirs[-1])):
        mine[-1] = theirs[-1]
    shared = 0
    for one, other in zip(reversed(mine), reversed(theirs), strict=False):
        if one != other:
            break
        shared += 1
    return shared + (mine == theirs)


def fitting(lines: Iterable[Line], text: str) -> tuple[list[Label], list[str]]:
    """The labels of a document in order, each span once, and what is wrong with the others."""
    labels: list[Label] = []
    faults: list[str] = []
    before: Line | None = None
    for line in sorted(lines, key=lambda line: (line.label.start, line.label.end)):
        problem = _problem(line.label, text) or (before and _clash(line, before))
        if problem:
            faults.append(f"{line.place}: {problem}")
        elif before is None or line.label != before.label:
            labels.append(line.label)
            before = line
    return labels, faults


def _problem(label: Label, text: str) -> str:
    """What is wrong with a label in this text; empty where it stands as quoted."""
    there = text[label.start : label.end]
    if there == label.quote:
        return ""
    places = [found.start() for found in re.finditer(re.escape(label.quote), text)]
    if not places:
        return f"quote: {label.quote!r} is nowhere in {label.doc}; was it labelled in another text?"
    nearest = min(places, key=lambda place: abs(place - label.start))
    return f"start: the text has {there!r} at {label.start}; {label.quote!r} is at {nearest}"


def _clash(line: Line, before: Line) -> str:
    """What is wrong between two labels of one document; empty where they are apart or the same."""
    if line.label.start >= before.label.end or line.label == before.label:
        return ""
    return f"start: {line.label.quote!r} overlaps {before.label.quote!r} of {before.place}; leave one of the two"
