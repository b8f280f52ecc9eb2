"""Where numerals stand, and that every step keeps offsets, against oracles that are slow and obvious.

`python -m tests.proofs.spans` compares whole reports.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_extract.model import Document
from indicator_extract.reading.assembly import Assembly, Piece
from indicator_extract.reading.decoding import decode
from indicator_extract.reading.limits import Limits
from indicator_extract.reading.options import Options
from indicator_extract.segment import Segmenter
from tests.proofs import numerals, spans
from tests.proofs.written import cases

SEGMENTER = Segmenter(spans.LEXICON)
CHARACTERS = dict(spans.LEXICON.characters)
ODD = st.text(alphabet="０９．，,。；：、 　\u00a0\n一二、（）“”2年全市GDP增长⼈次○萬億％", max_size=60)


def test_numerals_of_the_seeds_begin_and_end_where_brute_force_says(seeds: list[Path]) -> None:
    for path in seeds:
        text = SEGMENTER.view(Document(path.name, path.read_text(encoding="utf-8")))
        assert len(set(spans.by_brute_force(text))) > 20
        assert [where for why, where in spans.differences(text) if not why] == []


NEIGHBOURS = (
    "1",
    "25",
    "3125",
    "1,125",
    "3.5",
    ".",
    ",",
    "，",
    "万",
    "亿",
    "千瓦",
    "余",
    "多",
    "几",
    "余额",
    "元",
    "户",
    "%",
)


@given(st.lists(st.sampled_from(NEIGHBOURS), max_size=10).map("".join))
def test_numerals_of_any_text_too(text: str) -> None:
    assert [where for why, where in spans.differences(text) if not why] == []


def test_numbers_in_one_text_stand_where_they_were_put() -> None:
    read, random, every = numerals.Engine(), Random(5), list(cases(1500, seed=5))
    for _ in range(300):
        text, expected = "", []
        for case in random.sample(every, 5):
            expected += [
                each._replace(start=each.start + len(text), end=each.end + len(text)) for each in case.expected
            ]
            text += case.text
        assert list(read(text)) == expected


@given(ODD)
def test_a_view_has_each_character_in_its_place(text: str) -> None:
    """One for one; only blanks and line breaks inside a sentence become blanks."""
    view = SEGMENTER.view(Document("", text))
    assert len(view) == len(text)
    for shown, character in zip(view, text, strict=True):
        assert shown == CHARACTERS.get(ord(character), character) or (shown == " " and character.isspace())


def _decoded_slowly(text: str) -> str:
    out = ""
    for at, character in enumerate(text):
        if character == "\n" and text[at - 1 : at] == "\r":
            continue
        out += "\n" if character == "\r" else character
    return out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@given(middle=st.text(alphabet="\r\n一a2，。 ", max_size=30))
def test_decoding_changes_line_ends_alone(encoding: str, middle: str) -> None:
    text = f"二〇二〇年{middle}完成"
    named = Options(encoding=encoding.removesuffix("-sig"))
    for options in (named, Options()) if encoding in {"utf-8", "utf-8-sig", "utf-16"} else (named,):
        assert decode("a.txt", text.encode(encoding), options).text == _decoded_slowly(text)


WORDS = st.text(alphabet="1年亿元 \t\n", max_size=5)


@given(
    st.lists(st.one_of(WORDS, st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=3)), max_size=5)
)
def test_cells_stand_where_the_text_has_them(parts: list[str | list[list[str]]]) -> None:
    """The n-th field of a row of the text is the n-th cell, by counting characters from the beginning."""
    assembly = Assembly("a", Limits())
    for part in parts:
        if isinstance(part, str):
            assembly.line(part)
        else:
            assembly.table(
                [Piece(words, row, col) for row, cells in enumerate(part) for col, words in enumerate(cells)]
            )
    document = assembly.document()
    for table in document.tables:
        for cell in table.cells:
            line_start = document.text.rfind("\n", 0, cell.start) + 1
            line = document.text[line_start : document.text.index("\n", line_start)]
            before = sum(len(field) + 1 for field in line.split("\t")[: cell.col])
            assert (cell.start, cell.end) == (
                line_start + before,
                line_start + before + len(line.split("\t")[cell.col]),
            )
            assert "\n" not in document.text[cell.start : cell.end]
            assert table.start <= cell.start <= cell.end <= table.end
