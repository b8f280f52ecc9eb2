"""Ids of rules → what a person is told about them: the part of a record they stand behind, their file, their note."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indicator_extract.lexicon.loading import models, parsed_files, patterns_folder

# The part a rule stands behind, by the type of its entry, else by the first word of its id.
_PART_OF = {
    "character": "numeral",
    "quantity": "unit",
    "name": "indicator",
    "basis": "measure",
    "price": "measure",
    "anchor": "period",
    "frame": "period",
    "section": "status",
}
_TYPES = {"character", "numeral", "unit", "indicator"}  # of entries; what a cue is about, its id says


class Rule(NamedTuple):
    """An entry of a pattern file, as an explanation names it."""

    topic: str
    file: str
    note: str


def rules_of(patterns: Path | None) -> dict[str, Rule]:
    """Every entry by id; a user's folder comes last and so replaces what it overrides. Raises PatternError."""
    found = dict(_in_folder(patterns_folder(), Path("patterns")))
    if patterns is not None:
        found.update(_in_folder(patterns, patterns))
    return found


def topic_of(name: str, kind: str = "") -> str:
    """The part of a record that the rule `name` stands behind; `kind` is the type of its entry, where it has one."""
    word = kind if kind in _TYPES else name.split(".")[0]
    return _PART_OF.get(word, word)


def _in_folder(folder: Path, shown_as: Path) -> Iterator[tuple[str, Rule]]:
    for file, kind, entry in models(parsed_files(folder), need_examples=False):
        yield entry.id, Rule(topic_of(entry.id, kind), str(shown_as / Path(file).relative_to(folder)), entry.note)
