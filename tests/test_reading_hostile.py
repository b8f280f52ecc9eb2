"""Files that want to do harm are refused in one line, or read for what is in them; each costs itself at most."""

from __future__ import annotations

import zlib
from pathlib import Path

import hostile
import making
import pytest
from hostile import REPORT, TEXT, cell, docx, paragraph, pdf, pdf_page, stream, xlsx
from support import Run

from indicator_extract import Limits, Options, ReadError
from indicator_extract.model import Document
from indicator_extract.reading import items, read
from indicator_extract.reading.sniff import format_by_content

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
TIGHT = Options(limits=Limits(memory=400 * 1024 * 1024, time=20))
"""A file that costs its limits does so sooner with these."""

_FORMS = [stream(b"/X Do " * 10 + TEXT, FORM % (7 + depth)) for depth in range(9)]
_WIDE_ROW = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999'/></w:tcPr></w:tc></w:tr>"

REFUSED = {
    "docx: billion laughs": (
        "a.docx",
        docx(hostile.laughs(), paragraph("&x9;")),
        "a damaged Word file (Maximum entity",
    ),
    "docx: laughs in an attribute": ("a.docx", docx(hostile.laughs(), '<w:p w:x="&x9;"/>'), "a damaged Word file"),
    "docx: quadratic blowup": ("a.docx", docx(hostile.blowup(), paragraph("&x9;" * 20_000)), "a damaged Word file"),
    "docx: deep": ("a.docx", docx("", "<w:sdt>" * 900 + paragraph(REPORT) + "</w:sdt>" * 900), "a damaged Word file"),
    "docx: bomb": ("a.docx", docx("", paragraph("一" * 3_000_000)), "more than 200 times its packed size; allow more"),
    "docx: wide rows": (
        "a.docx",
        docx("", f"<w:tbl>{_WIDE_ROW * 99}</w:tbl>"),
        "a table of more than 2,000,000 cells",
    ),
    "xlsx: billion laughs": ("a.xlsx", xlsx(hostile.laughs(), cell("A1", "&x9;")), "a damaged Excel file"),
    "xlsx: outside": ("a.xlsx", xlsx(hostile.outside("/etc/passwd"), cell("A1", "&x9;")), "a damaged Excel file"),
    "xlsx: a billion cells": ("a.xlsx", xlsx("", cell("XFD1048576", "1")), "worksheet Sheet1 has more than 2,000,000"),
    "xlsx: a billion merged": (
        "a.xlsx",
        xlsx("", cell("A1", "1"), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "the merged ranges of xl/worksheets/sheet1.xml have more than 2,000,000 cells; undo the merging, or allow more",
    ),
    "xlsx: many merged": (
        "a.xlsx",
        xlsx("", cell("A1", "1"), "<mergeCells>" + '<mergeCell ref="A1:A1000000"/>' * 3 + "</mergeCells>"),
        "the merged ranges of xl/worksheets/sheet1.xml have more than 2,000,000 cells",
    ),
    "html: deep": (
        "a.html",
        b"<html><body>" + b"<div>" * 100_000 + REPORT.encode(),
        "(nested too deeply)",
    ),
    "html: wide table": (
        "a.html",
        b"<html><body><table>" + b"<tr><td rowspan=1000 colspan=1000>1<td>2" * 9,
        "a table of more than 2,000,000 cells",
    ),
    "xml": ("a.html", hostile.laughs().encode() + b"<html>&x9;</html>", "an XML file is not supported"),
    "pdf: pages in a circle": (
        "a.pdf",
        pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>"),
        "a damaged or cut-off PDF file",
    ),
    "pdf: bomb": ("a.pdf", pdf_page(hostile.bomb_stream(600)), "its parser died of it (SIG"),
    "pdf: forms of forms": (
        "a.pdf",
        pdf_page(stream(b"/X Do " + TEXT), *_FORMS, stream(TEXT, FORM % 5), resources=b"/XObject<</X 6 0 R>>"),
        "its parser ",
    ),
    "zip: bomb": ("a.zip", making.as_zip({"a.txt": b"1" * 3_000_000}), "a member unpacks to more than 200 times"),
    "zip: many members": ("a.zip", hostile.many_members(300_000), "more than 10,000 files in one archive"),
    "zip: overlapping members": ("a.zip", hostile.overlapping(999, 200_000), "its members overlap"),
    "zip: in a zip": ("a.zip", making.as_zip({"b.zip": making.as_zip({})}), "an archive inside an archive"),
    "zip: a link": (
        "a.zip",
        hostile.named_members({"a.txt": b"/etc/passwd"}, 0o120777),
        "a symbolic link, which is not",
    ),
    "xz": ("a.txt", b"\xfd7zXZ\0\0", "a packed file other than ZIP is not supported"),
    "webp": ("a.txt", b"RIFF\0\0\0\0WEBPVP8 ", "a picture; read its text first"),
    "program": ("a.txt", b"\x7fELF\2\1\1\0\0\0", "binary data, not text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_one_line(case: str) -> None:
    name, data, message = REFUSED[case]
    assert len(data) < 20_000_000
    with pytest.raises(ReadError) as caught:
        list(read(name, data, TIGHT))
    said = str(caught.value)
    assert said.startswith(name)
    assert message in said
    assert ";" in said, "the way out is missing"
    assert said.isprintable()


READ = {
    "docx: entity of a file": ("a.docx", docx(hostile.outside("/etc/passwd"), paragraph("&x9;") + paragraph(REPORT))),
    "docx: tables in tables": (
        "a.docx",
        docx("", "<w:tbl><w:tr><w:tc>" * 60 + paragraph(REPORT) + "</w:tc></w:tr></w:tbl>" * 60),
    ),
    "html: tables in tables": ("a.html", b"<html><body>" + b"<table><tr><td>" * 100 + REPORT.encode()),
    "html: nested spans": ("a.html", b"<html><body>" + b"<span>" * 1_500 + REPORT.encode()),
    "pdf: giant page": ("a.pdf", pdf_page(stream(TEXT), box=b"-1e30 -1e30 1e30 1e30")),
    "pdf: xref in a circle": ("a.pdf", pdf_page(stream(TEXT)).replace(b"/Root", b"/Prev 9/Root")),
    "pdf: lie about pages": ("a.pdf", pdf_page(stream(TEXT)).replace(b"/Count 1", b"/Count 999999999")),
    "pdf: one box drawn often": (
        "a.pdf",
        pdf_page(stream(zlib.compress(TEXT + b"9 9 50 50 re S " * 5_000), b"/Filter/FlateDecode")),
    ),
}


@pytest.mark.parametrize("case", READ)
def test_read_for_what_is_in_it(case: str) -> None:
    name, data = READ[case]
    (document,) = read(name, data, TIGHT)
    assert "100" in document.text
    assert "root" not in document.text


def test_the_start_of_a_file_is_looked_at_in_no_time() -> None:
    """Each comment could begin at any `<!--` before it: 2 to the power of 500 ways, if all are tried."""
    assert format_by_content("a.html", b"<!---->" * 500 + b"<x", Limits()) == ""
    assert format_by_content("a.html", b"<!---->\n" * 400 + b"<html>", Limits()) == "html"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("../../a.txt", "a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("..\\a.txt", "a.txt"),
        ("x/./../a.txt", "x/a.txt"),
        ("x\x1b[2J\u202e.txt", "x\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}.txt"),
        ("a.txt\0.pdf", "a.txt"),
        ("..", "unnamed"),
        ("报告\n.txt", "报告 .txt"),
    ],
)
def test_the_name_of_a_member_leads_nowhere(written: str, shown: str) -> None:
    (document,) = read("a.zip", hostile.named_members({written: REPORT.encode()}))
    assert document.source == f"a.zip/{shown}"
    assert document.text == REPORT


def test_members_of_one_name_are_told_apart() -> None:
    found = read("a.zip", hostile.named_members({"a.txt": b"1 x", "../a.txt": b"2 x", "b": b"3 x", "/b": b"4 x"}))
    assert [document.source for document in found] == ["a.zip/a.txt", "a.zip/a (2).txt", "a.zip/b", "a.zip/b (2)"]


def test_a_bad_member_costs_only_itself() -> None:
    names = {"a.pdf": pdf_page(hostile.bomb_stream(600)), "b.txt": REPORT.encode()}
    bad, good = items("a.zip", hostile.named_members(names), TIGHT)
    assert isinstance(bad, ReadError)
    assert isinstance(good, Document)
    assert good.text == REPORT


def test_the_batch_goes_on_after_a_death(extract: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_page(hostile.bomb_stream(600)))
    for name, data in (("b.docx", making.as_docx(REPORT)), ("c.html", making.as_html(REPORT))):
        (tmp_path / name).write_bytes(data)
    for jobs in "1", "2":
        done = extract(tmp_path, "--format", "jsonl", "--limit", "memory=400MB", "--jobs", jobs)
        assert done.returncode == 1
        assert done.stdout.count(b"\n") == 4
        (error,) = (line for line in done.stderr.decode().splitlines() if line.startswith("error: "))
        assert "a.pdf: its parser died of it (SIG" in error
        assert "allow more with --limit memory=800MB" in error
