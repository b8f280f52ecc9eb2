"""What the mutators start from: the small files of `seeds/`, made for this, and texts from the pattern files."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from indicator_extract.lexicon.loading import patterns_folder, toml_files
from indicator_extract.record import Record
from indicator_extract.writing import Layout, by_name
from indicator_extract.writing.pieces import pack, write

from . import markup
from .laws import extractor
from .words import examples

REPORT = """二、经济发展
2020年，全区地区生产总值383.1亿元，同比增长0.6%，其中：工业增加值120亿元，增长5—6%。
粮食、蔬菜产量分别达到1.2万吨和3万吨。
"""
_FOLDER = Path(__file__).with_name("seeds")
_SPREAD = 300  # texts of examples to start from
_SHORT = 60  # characters
_PATTERN_FILES, _THEIR_SIZE = 4, 3000  # the shortest of the built-in ones, and so much of each


@cache
def texts() -> list[bytes]:
    """The shorter texts of examples, evenly taken."""
    found = [text for text in examples() if len(text) <= _SHORT]
    return [REPORT.encode(), *(text.encode() for text in found[:: max(1, len(found) // _SPREAD)])]


def encodings() -> list[bytes]:
    """One text in each encoding that is read."""
    codecs = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
    return [REPORT.encode(codec, "ignore") for codec in codecs]


@cache
def files(kind: str) -> list[bytes]:
    """The files of a folder in `seeds/`."""
    return [file.read_bytes() for file in sorted((_FOLDER / kind).iterdir())]


@cache
def container(kind: str) -> list[bytes]:
    """A folder in `seeds/` as one Office file, the part with the words last."""
    top = _FOLDER / kind
    parts = sorted(file for file in top.rglob("*") if file.is_file())
    return [markup.pack([(file.relative_to(top).as_posix(), file.read_bytes()) for file in parts])]


@cache
def archives() -> list[bytes]:
    """Archives of files of several kinds."""
    members = [("a/报告.txt", REPORT.encode())]
    members += [(f"b.{kind}", files(kind)[0]) for kind in ("csv", "md", "html")]
    return [markup.pack(members), markup.pack(members[:1])]


@cache
def pdfs() -> list[bytes]:
    """PDF files whose words stand uncompressed in them: running text, and a ruled table."""
    from reportlab import rl_config

    from tests.making import as_pdf, table_pdf

    usual = rl_config.invariant, rl_config.pageCompression, rl_config.useA85
    rl_config.invariant, rl_config.pageCompression, rl_config.useA85 = 1, 0, 0
    try:
        return [as_pdf(REPORT), table_pdf([["指标", "2019年"], ["工业", "12"]], "公报\n单位：亿元")]
    finally:
        rl_config.invariant, rl_config.pageCompression, rl_config.useA85 = usual


@cache
def pattern_files() -> list[bytes]:
    """Entries of every kind, as a user writes them."""
    built_in = sorted((file.read_bytes() for file in toml_files(patterns_folder())), key=len)[:_PATTERN_FILES]
    beginnings = [data[:_THEIR_SIZE].rpartition(b"\n[[")[0] for data in built_in]
    return [*files("patterns"), *(data.replace(b"\nid = ", b"\noverride = true\nid = ") for data in beginnings)]


@cache
def records() -> tuple[Record, ...]:
    """The records of one text."""
    return extractor().extract_text(REPORT, source="a.txt").records


@cache
def record_files() -> list[bytes]:
    """Records as files of text in each format that is read again."""
    found = []
    for name in ("csv", "tsv", "json", "jsonl"):
        buffer, known = io.BytesIO(), by_name(name)
        assert known is not None
        write(known, [pack(known, records()[:2], Layout())], buffer, Layout())
        found.append(buffer.getvalue())
    return found
