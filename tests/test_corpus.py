"""Every real text at hand: read without failure, spans that are quotes, no number dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SHARED, unaccounted

from indicator_extract import Extractor

TEXTS = sorted((SHARED / "corpus").rglob("*.txt")) if (SHARED / "corpus").is_dir() else []


@pytest.mark.skipif(not TEXTS, reason="no ../shared beside the checkout")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_real_text(extractor: Extractor, path: Path) -> None:
    (extraction,) = extractor.extract_file(path)
    text = extraction.document.text
    assert all(text[record.start : record.end] == record.value_text for record in extraction.records)
    assert all(text[mention.start : mention.end] == mention.text for mention in extraction.mentions)
    assert not unaccounted(extraction)
