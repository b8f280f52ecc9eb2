"""The gate: what the extractor finds in labelled texts, scored, against floors that may only rise."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from support import ROOT, unaccounted

from indicator_extract import Extraction, Extractor, Record
from indicator_extract.lexicon import load_lexicon
from indicator_extract.writing.json_lines import line

GOLD = ROOT / "tests" / "gold"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


def _extracted(extractor: Extractor, texts: Iterable[Path]) -> list[Extraction]:
    return [extraction for text in texts for extraction in extractor.extract_file(text)]


def _score(extractions: Iterable[Extraction], folder: Path, golds: Iterable[Path], *options: str) -> dict[str, float]:
    found = folder / "found.jsonl"
    found.write_bytes(b"".join(line(record) for extraction in extractions for record in extraction.records))
    words = [sys.executable, GOLD / "score.py", "--json", *options, "--pred", found, "--gold", *golds]
    done = subprocess.run(words, capture_output=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _id_rate(extractions: Iterable[Extraction], golds: Iterable[Path]) -> float:
    """Of the claims whose own name the lexicon knows, the share that got the id of it or of an accepted name."""
    known = load_lexicon().indicators
    records = {Path(extraction.document.source).name: extraction.records for extraction in extractions}
    verdicts = []
    for row in (json.loads(text) for gold in golds for text in gold.read_text(encoding="utf-8").splitlines()):
        if row["kind"] != "claim" or row["optional"] or not known.get(row["indicator"]):
            continue
        right = {indicator.id for name in (row["indicator"], *row["accept"]) if (indicator := known.get(name))}
        found = _overlapping(records[row["doc"]], row["start"], row["end"])
        verdicts.append(found is not None and found.indicator_id in right)
    return sum(verdicts) / len(verdicts)


def _overlapping(records: Iterable[Record], start: int, end: int) -> Record | None:
    """The record that shares most with a span; None where none does."""
    shared = [(min(record.end, end) - max(record.start, start), record) for record in records]
    most, record = max(shared, key=lambda pair: pair[0])
    return record if most > 0 else None


def _below(figures: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The figures that miss their floor, with it."""
    return {name: (round(figures[name], 4), floor) for name, floor in floors.items() if figures[name] < floor}


@pytest.fixture(scope="module")
def of_seeds(extractor: Extractor, seeds: list[Path]) -> list[Extraction]:
    return _extracted(extractor, seeds)


def test_the_labels_of_the_seeds_are_in_order() -> None:
    words = [sys.executable, GOLD / "check_gold.py", ROOT / "seeds", *sorted(GOLD.glob("*.gold.jsonl"))]
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_the_seeds_reach_their_floors(of_seeds: list[Extraction], tmp_path: Path) -> None:
    golds = sorted(GOLD.glob("*.gold.jsonl"))
    figures = _score(of_seeds, tmp_path, golds) | {"indicator_id": _id_rate(of_seeds, golds)}
    assert not _below(figures, FLOORS["seeds"])


def test_every_number_of_the_seeds_is_accounted_for(of_seeds: list[Extraction]) -> None:
    assert not [run for extraction in of_seeds for run in unaccounted(extraction)]


def _text_of(gold: Path, shared: Path) -> Path:
    name = gold.name.replace(".gold.jsonl", ".txt")
    places = (shared / folder / name for folder in ("seeds", "corpus", "corpus/bulk"))
    return next(place for place in places if place.exists())


def test_all_labelled_texts_reach_their_floors(extractor: Extractor, shared: Path, tmp_path: Path) -> None:
    golds = sorted((shared / "gold").glob("*.gold.jsonl"))
    extractions = _extracted(extractor, [_text_of(gold, shared) for gold in golds])
    figures = _score(extractions, tmp_path, golds) | {"indicator_id": _id_rate(extractions, golds)}
    assert not _below(figures, FLOORS["labelled"])
    each = {gold.name: _score(extractions, tmp_path, [gold]) for gold in golds}
    low = {name: below for name, figures in each.items() if (below := _below(figures, FLOORS["each_labelled"]))}
    assert not low


def test_the_spot_checks_reach_their_floors(extractor: Extractor, shared: Path, tmp_path: Path) -> None:
    spots = shared / "gold" / "spots.jsonl"
    names = {json.loads(row)["doc"] for row in spots.read_text(encoding="utf-8").splitlines()}
    texts = sorted(path for path in (shared / "corpus").rglob("*.txt") if path.name in names)
    assert {path.name for path in texts} == names
    figures = _score(_extracted(extractor, texts), tmp_path, [spots], "--spots")
    assert not _below(figures, FLOORS["spots"])
