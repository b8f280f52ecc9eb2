"""jieba and rjieba: two programs, one dictionary."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicator_extract import Extractor
from indicator_extract.attribution import words

pytest.importorskip("rjieba")

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
LISTS = (  # coordinated names that the lexicon does not know: what their tail is, only words tell
    "2020年，全县城镇、农村民宿接待收入分别为3亿元、5亿元。苹果、柑橘种植基地分别为3个、5个。"
    "村级、镇级民宿接待游客分别为3万人次、5万人次。"
)
SEED_TEXT = "".join(path.read_text(encoding="utf-8") for path in SEEDS)
PARTS = st.integers(0, len(SEED_TEXT) - 1).flatmap(lambda at: st.integers(1, 14).map(lambda n: SEED_TEXT[at : at + n]))


@pytest.fixture(scope="module")
def both() -> tuple[words.Dictionary, words.Dictionary]:
    return words.Jieba(), words.Rjieba()


@given(part=PARTS)
@settings(max_examples=500)
def test_both_cut_alike_and_know_the_same_words(part: str, both: tuple[words.Dictionary, words.Dictionary]) -> None:
    slow, fast = both
    assert slow.cut(part) == fast.cut(part)
    assert slow.has(part) == fast.has(part)


def test_both_give_the_same_records(
    both: tuple[words.Dictionary, words.Dictionary], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def records(dictionary: words.Dictionary) -> list[str]:
        class Spy:
            def has(self, word: str) -> bool:
                asked.append(word)
                return dictionary.has(word)

            def cut(self, text: str) -> list[str]:
                return dictionary.cut(text)

        monkeypatch.setattr(words, "dictionary", Spy)
        extractor = Extractor()
        texts = [*(path.read_text(encoding="utf-8") for path in SEEDS), LISTS]
        return [record.model_dump_json() for text in texts for record in extractor.extract_text(text).records]

    slow, fast = map(records, both)
    assert slow == fast
    assert len(asked) >= 6, "no text asks for words: the test shows nothing"


def test_jieba_is_read_from_its_package_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of its cache is read, whoever has put it there, and none is written."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "indicator-extract").mkdir(mode=0o700)
    planted = [tmp_path / "indicator-extract" / "jieba.cache", tmp_path / "jieba.cache"]
    for file in planted:
        file.write_bytes(marshal.dumps(({"村级": 0}, 1)))
    assert words.Jieba().has("经济")
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == planted
