"""Labels and records of a document → counts and differences; counts → figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from indicator_extract.evaluation.judging import EXACT, FIELDS, FULL, Judge, said, wanted
from indicator_extract.evaluation.labels import ClaimLabel, Label, MentionLabel
from indicator_extract.evaluation.matching import Pair, matched, touch
from indicator_extract.model import Document, Span
from indicator_extract.record import Record

Labels = Literal["whole", "partial"]

SHARES = (*FIELDS, EXACT, FULL)
"""The figures that are shares of right answers."""

_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
_NEUTRAL = "other"  # the class of mentions that neither help nor harm
_AROUND = 20  # characters shown on each side of a claim that was not found


class Score(NamedTuple):
    """What was counted, of one document or of all."""

    claims: int = 0  # that must be found
    found: int = 0
    spurious: int = 0  # records of what is no claim
    right: Mapping[str, int] = Counter[str]()  # of those found, by field

    def figures(self) -> dict[str, float | None]:
        """Precision, recall and f1, the share right in each field of those found, and in full of all claims.

        None where there is nothing to take a share of.
        """
        precision, recall = _share(self.found, self.found + self.spurious), _share(self.found, self.claims)
        both = (precision or 0) + (recall or 0)
        f1 = None if recall is None else 2 * (precision or 0) * recall / both if both else 0.0
        shares = {name: _share(self.right.get(name, 0), self.claims if name == FULL else self.found) for name in SHARES}
        return {"precision": precision, "recall": recall, "f1": f1, **shares}


def total(scores: Iterable[Score]) -> Score:
    """All of them together."""
    each = list(scores)
    right = sum((Counter(one.right) for one in each), Counter[str]())
    return Score(
        sum(one.claims for one in each), sum(one.found for one in each), sum(one.spurious for one in each), right
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


class Difference(NamedTuple):
    """Where a record is not what the label says."""

    document: str
    start: int
    end: int
    quote: str
    difference: str  # the field, or missed, or spurious
    gold: str  # the right answers, joined by `|`; empty for a number that is no claim
    got: str
    indicator: str
    evidence: str


class Scored(NamedTuple):
    """One document with its labels and what came of them."""

    document: str
    labels: Labels
    score: Score
    differences: Sequence[Difference]


class Account(NamedTuple):
    """How much of a stretch of text is labelled: from the first label to the last."""

    digits: int  # numbers in digits
    bare: Sequence[int]  # where those begin that have no label
    most_records: bool  # whether most of the records there touch a label: numbers may be in words

    @property
    def labels(self) -> Labels:
        """Whether all numbers of the stretch are labelled, or some that somebody has looked at."""
        return "partial" if self.bare or not self.most_records else "whole"


def account(text: str, labels: Sequence[Label], records: Sequence[Record]) -> Account:
    """What of a text is labelled, between the first of its labels and the last."""
    first, last = _reach(labels)
    runs = [Span(*found.span()) for found in _DIGITS.finditer(text, first, last)]
    inside = [record for record in records if first <= record.start and record.end <= last]
    labelled = sum(1 for record in inside if _touching(record, labels))
    bare = [run.start for run in runs if not _touching(run, labels)]
    return Account(len(runs), bare, 2 * labelled >= len(inside))


def score(document: Document, labels: Sequence[Label], records: Sequence[Record], kind: Labels, judge: Judge) -> Scored:
    """Holds the records of a document against its labels, at least one.

    Where the labels are whole, all records between the first and the last are judged, else those that touch a label.
    """
    claims = [label for label in labels if isinstance(label, ClaimLabel)]
    neutral = [label for label in labels if isinstance(label, MentionLabel) and label.mention_class == _NEUTRAL]
    pairs, others = matched(claims, _judged(labels, records, kind))
    spurious = [record for record in others if not _touching(record, neutral)]
    counts = [Score(spurious=len(spurious))]
    differences = [_extra(document.source, record) for record in spurious]
    for pair in (pair for pair in pairs if not pair.claim.optional):
        right = judge.verdict(pair.claim, pair.record) if pair.record else {}
        counts.append(Score(1, int(pair.record is not None), 0, Counter(name for name, good in right.items() if good)))
        differences += _differences(document, pair, right)
    return Scored(document.source, kind, total(counts), sorted(differences, key=lambda each: each.start))


def _judged(labels: Sequence[Label], records: Sequence[Record], kind: Labels) -> list[Record]:
    if kind == "partial":
        return [record for record in records if _touching(record, labels)]
    first, last = _reach(labels)
    return [record for record in records if first <= record.start and record.end <= last + 1]  # 1: a unit left out


def _reach(labels: Sequence[Label]) -> tuple[int, int]:
    return min(label.start for label in labels), max(label.end for label in labels)


def _touching(one: Record | Span, labels: Iterable[Label]) -> bool:
    return any(touch(one, label) for label in labels)


def _differences(document: Document, pair: Pair, right: Mapping[str, bool]) -> Iterator[Difference]:
    claim, record = pair
    place = (document.source, claim.start, claim.end, claim.quote)
    if record is None:
        line = document.text[max(0, claim.start - _AROUND) : claim.end + _AROUND]
        yield Difference(*place, "missed", claim.quote, "", claim.indicator, " ".join(line.split()))
        return
    for field in (field for field in FIELDS if not right[field]):
        gold, got = wanted(claim, field), said(record, field)
        yield Difference(*place, field, gold, got, claim.indicator, record.evidence)


def _extra(source: str, record: Record) -> Difference:
    place = (source, record.start, record.end, record.value_text)
    return Difference(*place, "spurious", "", record.value_text, record.indicator, record.evidence)
