"""Reading: every supported encoding gives the same text, and what is no text is refused with the way out."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicator_extract import ReadError
from indicator_extract.reading import read, readable, source_name

TEXT = "2020年，地区生产总值383亿元。\n同比增长0.6%。\n"

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16-le": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16-be": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "gb18030": TEXT.encode("gb18030"),
    "gbk": TEXT.encode("gbk"),
    "gb18030 with mark": "\ufeff".encode("gb18030") + TEXT.encode("gb18030"),
    "windows line ends": TEXT.replace("\n", "\r\n").encode(),
    "old mac line ends": TEXT.replace("\n", "\r").encode(),
}

REFUSED = {
    "nothing": (b"", "empty file"),
    "blanks": (b" \n\t\r\n", "blank file"),
    "only a mark": (codecs.BOM_UTF8, "blank file"),
    "zero bytes": (b"abc\0\0\0def", "binary data"),
    "control characters": (bytes(range(1, 32)) * 9, "binary data"),
    "no encoding": (b"\xff\xfa\x80\x81" * 9, "neither UTF-8 nor GB18030"),
    "cut utf-8": ("产".encode()[:2] + b"\xff", "neither UTF-8 nor GB18030"),
    "a mark that lies": (codecs.BOM_UTF8 + "产".encode("gb18030") + b"\xff", "byte order mark"),
    "odd utf-16": (codecs.BOM_UTF16_LE + b"a", "byte order mark"),
    "xml": (b"<?xml version='1.0'?><a>5%</a>", "an XML file"),
    "picture": (b"\x89PNG\r\n", "a picture"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    (document,) = read("report.txt", data)
    assert document.text == TEXT
    assert document.source == "report.txt"


@pytest.mark.parametrize("name", ENCODED)
def test_only_a_guess_leaves_a_note(name: str) -> None:
    (document,) = read("report.txt", ENCODED[name])
    assert bool(document.notes) == (name in {"gb18030", "gbk"})


@pytest.mark.parametrize(("data", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(read("odd.txt", data))
    message = str(caught.value)
    assert message.startswith("odd.txt: ")
    assert problem in message
    assert ";" in message, "the way out is missing"
    assert "\n" not in message


def test_a_stray_control_character_does_not_cost_the_report() -> None:
    text = TEXT * 20 + "\x02"
    (document,) = read("scraped.txt", text.encode())
    assert document.text == text


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file; check the path"):
        list(read(tmp_path / "absent.txt"))
    with pytest.raises(ReadError, match="is a folder; give a file"):
        list(read(tmp_path))


def test_standard_input_has_a_name() -> None:
    (document,) = read("-", TEXT.encode())
    assert document.source == "stdin"


def test_a_file_name_that_is_no_utf8_still_makes_a_valid_source() -> None:
    assert source_name("b\udcff.txt") == "b\N{REPLACEMENT CHARACTER}.txt"


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("a.txt", True),
        ("A.TXT", True),
        ("a.md", True),
        ("a.pdf", True),
        ("a.doc", True),
        ("a.png", False),
        ("a", False),
    ],
)
def test_a_folder_gives_the_files_a_reader_knows(name: str, taken: bool) -> None:
    assert readable(Path(name)) is taken


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_text_comes_back_untouched(text: str) -> None:
    (document,) = read("any.txt", codecs.BOM_UTF8 + text.encode())
    assert document.text == text


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        (document,) = read("any.txt", data)
    except ReadError:
        return
    assert document.text.strip()
    assert "\r" not in document.text
