"""The figures of `evaluate`: those of the independent scorer, and what labels made of records must give."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ROOT

from indicator_extract import Extraction, Extractor, Record
from indicator_extract.evaluation.documents import assigned, fitting
from indicator_extract.evaluation.judging import FIELDS, Judge
from indicator_extract.evaluation.labels import ClaimLabel, Label, MentionLabel, read_gold
from indicator_extract.evaluation.names import Names
from indicator_extract.evaluation.scoring import SHARES, Score, account, score, total
from indicator_extract.model import Document
from indicator_extract.writing.json_lines import line

GOLD = ROOT / "tests" / "gold"


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORER = _scorer()


def _judged_by_the_scorer(
    records: Iterable[Record], golds: Iterable[Path], folder: Path, *options: str
) -> dict[str, float]:
    found = folder / "found.jsonl"
    found.write_bytes(b"".join(line(record) for record in records))
    said, before = io.StringIO(), sys.argv
    sys.argv = ["score.py", "--json", *options, "--pred", str(found), "--gold", *map(str, golds)]
    try:
        with redirect_stdout(said):
            SCORER.main()
    finally:
        sys.argv = before
    figures: dict[str, float] = json.loads(said.getvalue())
    return figures


def _figures(whole: Score) -> dict[str, float]:
    """In the scorer's words, which has 0 where there is nothing to take a share of."""
    counts = {"claims": whole.claims, "found": whole.found, "spurious": whole.spurious}
    return counts | {name: share or 0.0 for name, share in whole.figures().items()}


def _scored(extractor: Extractor, extractions: Sequence[Extraction], golds: Iterable[Path]) -> dict[str, Score]:
    lines = [each for gold in golds for each in read_gold(str(gold)).lines]
    documents = {extraction.document.source: extraction for extraction in extractions}
    found = assigned(lines, list(documents))
    assert not found.faults
    scores, judge = {}, Judge(extractor.lexicon)
    for source, own in found.lines.items():
        document, records, _ = documents[source]
        labels, faults = fitting(own, document.text)
        assert not faults
        scores[source] = score(document, labels, records, account(document.text, labels, records).labels, judge).score
    return scores


def _extracted(extractor: Extractor, texts: Iterable[Path]) -> list[Extraction]:
    return [extraction for text in texts for extraction in extractor.extract_file(text)]


# The figures are those of the independent scorer


def test_the_seeds_score_as_with_the_scorer(extractor: Extractor, seeds: list[Path], tmp_path: Path) -> None:
    extractions, golds = _extracted(extractor, seeds), sorted(GOLD.glob("*.gold.jsonl"))
    scores = _scored(extractor, extractions, golds)
    records = [record for extraction in extractions for record in extraction.records]
    assert _figures(total(scores.values())) == _judged_by_the_scorer(records, golds, tmp_path)
    for seed, gold in zip(seeds, golds, strict=True):
        assert _figures(scores[str(seed)]) == _judged_by_the_scorer(records, [gold], tmp_path)


def test_all_labelled_texts_score_as_with_the_scorer(extractor: Extractor, shared: Path, tmp_path: Path) -> None:
    golds = sorted((shared / "gold").glob("*.gold.jsonl"))
    extractions = _extracted(extractor, _texts(shared, golds))
    records = [record for extraction in extractions for record in extraction.records]
    scores = _scored(extractor, extractions, golds)
    assert len(scores) == len(golds)
    assert _figures(total(scores.values())) == _judged_by_the_scorer(records, golds, tmp_path)


def test_the_spot_checks_score_as_with_the_scorer(extractor: Extractor, shared: Path, tmp_path: Path) -> None:
    spots = tmp_path / "spots.jsonl"
    rows = (shared / "gold" / "spots.jsonl").read_text(encoding="utf-8").splitlines()
    some = sorted({json.loads(row)["doc"] for row in rows})[::6]  # each takes time, and test_gold.py has them all
    spots.write_text("".join(f"{row}\n" for row in rows if json.loads(row)["doc"] in some), encoding="utf-8")
    extractions = _extracted(extractor, _texts(shared, [spots]))
    records = [record for extraction in extractions for record in extraction.records]
    figures = _figures(total(_scored(extractor, extractions, [spots]).values()))
    judged = _judged_by_the_scorer(records, [spots], tmp_path, "--spots")
    assert figures == judged


def _texts(shared: Path, golds: Iterable[Path]) -> list[Path]:
    names = {json.loads(row)["doc"] for gold in golds for row in gold.read_text(encoding="utf-8").splitlines()}
    places = [path for folder in ("seeds", "corpus") for path in sorted((shared / folder).rglob("*.txt"))]
    found = {path.name: path for path in reversed(places) if path.name in names}
    assert found.keys() == names
    return list(found.values())


_ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "value": st.sampled_from(["1", "2", "-2"]),
    "value_high": st.sampled_from([None, "3"]),
    "unit": st.sampled_from(["", "户", "千米"]),
    "measure": st.sampled_from(["level", "change"]),
    "basis": st.sampled_from(["yoy", "unstated"]),
    "bound": st.sampled_from(["exact", "approx"]),
    "status": st.sampled_from(["actual", "target"]),
    "indicator": st.sampled_from(["户数", "总户数", "全市户籍人口", "户籍总人口", "耕地", "户"]),
}
_PERIODS = st.sampled_from([None, "2020", "2020-12-31"])


@st.composite
def _labels(draw: st.DrawFn) -> list[Label]:
    """Claims and mentions over a text of 80 characters, none overlapping, at least one claim."""
    cuts = draw(st.lists(st.integers(0, 80), min_size=2, max_size=16, unique=True).map(sorted))
    kinds = draw(st.lists(st.sampled_from(["claim", "claim", "other", "date"]), min_size=8, max_size=8))
    labels: list[Label] = []
    for start, end, kind in zip(cuts[::2], cuts[1::2], ["claim", *kinds], strict=False):
        place = {"doc": "a.txt", "start": start, "end": end, "quote": "x" * (end - start)}
        if kind != "claim":
            labels.append(MentionLabel.model_validate({**place, "kind": "mention", "class": kind}))
            continue
        answers = {name: draw(values) for name, values in _ANSWERS.items()} | {"period": draw(_PERIODS)}
        accepted = {
            f"accept_{name}": tuple(draw(st.lists(_ANSWERS.get(name, _PERIODS), max_size=2)))
            for name in ("value", "unit", "measure", "basis", "bound", "status", "period")
        }
        further = {"accept": tuple(draw(st.lists(_ANSWERS["indicator"], max_size=2))), "optional": draw(st.booleans())}
        labels.append(ClaimLabel.model_validate({**place, "kind": "claim", **answers, **accepted, **further}))
    return labels


@st.composite
def _records(draw: st.DrawFn, template: Record) -> list[Record]:
    spans = draw(st.lists(st.tuples(st.integers(0, 79), st.integers(1, 12)), max_size=8))
    made = []
    for start, length in sorted(spans):
        answers = {name: draw(values) for name, values in _ANSWERS.items()}
        answers |= {"time_period": draw(_PERIODS), "indicator_text": draw(_ANSWERS["indicator"])}
        row = template.model_dump() | answers | {"start": start, "end": start + length, "source": "in/a.txt"}
        made.append(Record.model_validate(row))
    return made


@given(st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_the_labels_the_figures_are_those_of_the_scorer(
    extractor: Extractor, tmp_path: Path, data: st.DataObject
) -> None:
    template = extractor.extract_text("总户数29万户。").records[0]
    labels, records = data.draw(_labels()), data.draw(_records(template))
    gold = tmp_path / "a.gold.jsonl"
    rows = (label.model_dump_json(by_alias=True) for label in labels)
    gold.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    assert [each.label for each in read_gold(str(gold)).lines] == labels
    mine = score(Document("in/a.txt", "x" * 90), labels, records, "whole", Judge(extractor.lexicon)).score
    assert _figures(mine) == _judged_by_the_scorer(records, [gold], tmp_path)


@given(st.text("数量总的达到成完全市区国年末累计预实现辖我a人 \n　“（,", max_size=12))
@settings(deadline=None)
def test_names_lose_what_they_lose_in_the_scorer(extractor: Extractor, name: str) -> None:
    assert Names(extractor.lexicon).bare(name) == SCORER.DROP.sub("", name)


# The extractor's own records as labels


def _claim(record: Record, **changed: object) -> ClaimLabel:
    row = {
        name: getattr(record, name)
        for name in ("start", "end", "unit", "measure", "basis", "bound", "status", "period_source", "indicator")
    }
    row |= {"kind": "claim", "doc": record.source, "quote": record.value_text, "period": record.time_period}
    row |= {"value": str(record.value), "value_high": None if record.value_high is None else str(record.value_high)}
    return ClaimLabel.model_validate(row | changed)


_WRONG: dict[str, Any] = {
    "value": "123456.7",
    "unit": "光年",
    "measure": "multiple",
    "basis": "上届",
    "bound": "at_most",
    "status": "estimate",
    "period": "1907",
    "indicator": "毫不相干",
}


@pytest.fixture(scope="module")
def seed(extractor: Extractor, seeds: list[Path]) -> Extraction:
    return next(extractor.extract_file(seeds[0]))


def _own_labels(seed: Extraction) -> list[Label]:
    claims: list[Label] = [_claim(record) for record in seed.records]
    others: list[Label] = [
        MentionLabel.model_validate(
            {
                "kind": "mention",
                "doc": row.source,
                "start": row.start,
                "end": row.end,
                "quote": row.text,
                "class": "name",
            }
        )
        for row in seed.mentions
    ]
    return sorted([*claims, *others], key=lambda label: label.start)


def test_what_is_extracted_is_right_by_itself(extractor: Extractor, seed: Extraction) -> None:
    labels = _own_labels(seed)
    told = account(seed.document.text, labels, seed.records)
    assert told.labels == "whole"
    scored = score(seed.document, labels, seed.records, told.labels, Judge(extractor.lexicon))
    assert scored.differences == []
    assert scored.score.claims == len(seed.records)
    assert set(scored.score.figures().values()) == {1}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_wrong_field_lowers_its_own_figure_and_no_other(
    extractor: Extractor, seed: Extraction, data: st.DataObject
) -> None:
    """Wrong fields, claims not extracted and records of no claim, in any number, are counted each for itself."""
    fate = st.sampled_from([*FIELDS, "missed", "spurious", "right", "right", "right"])
    fates = data.draw(st.lists(fate, min_size=len(seed.records), max_size=len(seed.records)))
    labels: list[Label] = []
    for record, what in zip(seed.records, fates, strict=True):
        if what == "spurious":
            place = {"doc": record.source, "start": record.start, "end": record.end, "quote": record.value_text}
            labels.append(MentionLabel.model_validate({"kind": "mention", "class": "name", **place}))
        else:
            labels.append(_claim(record, **({what: _WRONG[what]} if what in _WRONG else {})))
    left = [record for record, what in zip(seed.records, fates, strict=True) if what != "missed"]
    scored = score(seed.document, labels, left, "partial", Judge(extractor.lexicon))
    count = {what: fates.count(what) for what in (*FIELDS, "missed", "spurious")}
    assert [each.difference for each in scored.differences] == [what for what in fates if what != "right"]
    claims = len(fates) - count["spurious"]
    found = claims - count["missed"]
    assert (scored.score.claims, scored.score.found, scored.score.spurious) == (claims, found, count["spurious"])
    right = {name: scored.score.right.get(name, 0) for name in SHARES}
    wrong = sum(count[field] for field in FIELDS)
    exact = found - count["indicator"]
    assert right == {field: found - count[field] for field in FIELDS} | {
        "indicator_exact": exact,
        "full": found - wrong + count["basis"],
    }
