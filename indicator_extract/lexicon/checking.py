"""The example checker: every example of a pattern file must come out as it says, every near miss must stay away.

The pipeline is passed in as a function, since this room comes before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from indicator_extract.lexicon.loading import models, parsed_files
from indicator_extract.lexicon.schema import Example
from indicator_extract.lexicon.table import Lexicon
from indicator_extract.record import MentionRecord, Record


class Outcome(NamedTuple):
    """What comes out of a text. The targets are rows with the fields `schema.TARGET_FIELDS`.

    `compared` is the text, taken for a name, as names are compared.
    """

    records: Sequence[Record]
    mentions: Sequence[MentionRecord]
    targets: Sequence[object] = ()
    compared: str = ""


Extract = Callable[[str], Outcome]
"""The whole pipeline over one text as a document of its own."""


class Case(NamedTuple):
    """One example or near miss of an entry."""

    file: str
    id: str
    number: int  # from 1, examples and near misses each
    near_miss: bool
    example: Example
    silent: bool  # the entry is never among the rules

    @property
    def name(self) -> str:
        """A name unique over all files."""
        return f"{self.id}-{'near-miss' if self.near_miss else 'example'}-{self.number}"


class Failure(NamedTuple):
    """An example that does not come out as it says."""

    file: str
    id: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file} [{self.id}]: {self.problem}; in `{self.text}`"


def cases(folder: Path) -> Iterator[Case]:
    """The examples and near misses of a folder of pattern files. Raises PatternError where a file is wrong."""
    for file, _, entry in models(parsed_files(folder), need_examples=True):
        for near_miss, examples in ((False, entry.examples), (True, entry.near_misses)):
            for number, example in enumerate(examples, 1):
                yield Case(file, entry.id, number, near_miss, example, entry.silent)


def check(extract: Extract, lexicon: Lexicon, checked: Iterable[Case]) -> list[Failure]:
    """What does not come out as the cases say, and what in them is ambiguous in this lexicon."""
    return [
        Failure(case.file, case.id, case.example.text, problem)
        for case in checked
        for problem in (*_problems(case, extract(case.example.text)), *_ambiguities(lexicon, case.example.text))
    ]


def _problems(case: Case, outcome: Outcome) -> Iterator[str]:
    records, mentions, targets, compared = outcome
    example = case.example
    for what, expected, found in (("record", example.records, records), ("target", example.targets, targets)):
        if expected is not None:
            yield from _row_problems(what, expected, found)
    for wanted in example.mentions:
        if not any(_differences(wanted, mention) == [] for mention in mentions):
            others = ", ".join(f"{mention.text} ({mention.mention_class})" for mention in mentions)
            yield f"no mention is {_listed(wanted)}; the mentions are: {others or 'none'}"
    if example.compared not in (None, compared):
        yield f"as a name it is compared as `{compared}` instead of `{example.compared}`"
    yield from _silent_problems(case) if case.silent else _rule_problems(case, outcome)


def _silent_problems(case: Case) -> Iterator[str]:
    """A near miss of what leaves no trace must say what comes out."""
    if case.near_miss and case.example.records is None and case.example.compared is None:
        yield "a near miss of an entry that is never among the rules: say in `records` what comes out"


def _rule_problems(case: Case, outcome: Outcome) -> Iterator[str]:
    """The entry must be among the rules of its examples, and of none of its near misses."""
    records, mentions = outcome.records, outcome.mentions
    fields = [*(record.rule for record in records), *(mention.rule for mention in mentions)]
    rules = {rule for field in fields for rule in field.split("|")}
    if case.near_miss and case.id in rules:
        yield "a near miss, but the entry is among the rules"
    if not case.near_miss and case.id not in rules:
        yield f"the entry is not among the rules {', '.join(sorted(rules)) or '(none)'}"


def _row_problems(what: str, expected: Sequence[dict[str, str | int]], found: Sequence[Any]) -> Iterator[str]:
    if len(expected) != len(found):
        others = ", ".join(f"{row.indicator} {getattr(row, 'value_text', '')}".strip() for row in found)
        yield f"{len(found)} {what}s instead of {len(expected)}: {others or 'none'}"
        return
    for number, (wanted, row) in enumerate(zip(expected, found, strict=True), 1):
        for difference in _differences(wanted, row):
            yield f"{what} {number}: {difference}"


def _differences(expected: dict[str, str | int], row: object) -> list[str]:
    actual = {name: getattr(row, name) for name in expected}
    return [
        f"{name} is `{actual[name]}` instead of `{value}`"
        for name, value in expected.items()
        if not _same(actual[name], value)
    ]


def _same(actual: object, expected: str | int) -> bool:
    if actual is None:
        return expected == ""
    if isinstance(actual, Decimal):
        try:
            return actual == Decimal(expected)
        except InvalidOperation:
            return False
    return str(actual) == str(expected)


def _listed(expected: dict[str, str | int]) -> str:
    return ", ".join(f"{name} `{value}`" for name, value in expected.items())


def _ambiguities(lexicon: Lexicon, text: str) -> Iterator[str]:
    for role in lexicon.roles:
        for match, other in lexicon.cues(role).ties(text):
            words = text[match.start : match.end]
            yield f"`{words}` is both {match.entry.id} and {other.entry.id}: give one of them a priority"
