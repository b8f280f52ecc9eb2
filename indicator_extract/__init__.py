"""Numeric claims of Chinese government reports as validated records.

    from indicator_extract import Extractor

    extraction = Extractor().extract_text("2020年，地区生产总值3831023万元，同比增长0.6%。")
    for record in extraction.records:
        print(record.indicator, record.value, record.unit)

The names below and the modules `arrow` and `spark` are the public interface; everything else may change without
notice. The names are imported on first use, so that `import indicator_extract` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicator_extract.errors import ChoiceError, IndicatorExtractError, PatternError, ReadError, WriteError
    from indicator_extract.pipeline import Extraction, Extractor
    from indicator_extract.reading.limits import Limits
    from indicator_extract.reading.options import Options
    from indicator_extract.record import MentionRecord, Record

__version__ = "0.1.0"

__all__ = [
    "ChoiceError",
    "Extraction",
    "Extractor",
    "IndicatorExtractError",
    "Limits",
    "MentionRecord",
    "Options",
    "PatternError",
    "ReadError",
    "Record",
    "WriteError",
    "__version__",
]

_HOMES = {
    "ChoiceError": "errors",
    "Extraction": "pipeline",
    "Extractor": "pipeline",
    "IndicatorExtractError": "errors",
    "Limits": "reading.limits",
    "MentionRecord": "record",
    "Options": "reading.options",
    "PatternError": "errors",
    "ReadError": "errors",
    "Record": "record",
    "WriteError": "errors",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
