"""Bad input: one line that names the file, the problem and the way out; nothing hangs and no memory is spent on it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import hostile
import making
import pytest
from support import Run

from indicator_extract import Limits, ReadError
from indicator_extract.reading import FORMATS, archive, items, read
from indicator_extract.reading.options import DEFAULTS

REPORT = "2020年，全市地区生产总值达到100亿元，比上年增长5.5%。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _ole(stream: str) -> bytes:
    return _OLE + stream.encode("utf-16-le") + b"\0" * 512


def _locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(100, 700, "100")
    canvas.save()
    return buffer.getvalue()


def _scan() -> bytes:
    """A page with lines and no text."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    return buffer.getvalue()


BAD = {
    "encrypted pdf": ("a.pdf", _locked_pdf(), "a PDF file with a password; save it without a password"),
    "scanned pdf": ("a.pdf", _scan(), "a PDF file without text layer (a scan); read its text first (OCR)"),
    "cut pdf": ("a.pdf", making.as_pdf(REPORT)[:700], "a damaged or cut-off PDF file; fetch it again"),
    "cut docx": ("a.docx", making.as_docx(REPORT)[:9000], "a damaged or cut-off ZIP, Word or Excel file"),
    "docx of garbage": (
        "a.docx",
        hostile.with_part(making.as_docx(REPORT), hostile.BODY, b"<a><b>"),
        "a damaged Word file",
    ),
    "cut xlsx": ("a.xlsx", making.table_xlsx([["a"]])[:2000], "a damaged or cut-off ZIP, Word or Excel file"),
    "empty xlsx": ("a.xlsx", making.table_xlsx([]), "no words or numbers in this workbook"),
    "old word": ("a.doc", _ole("WordDocument"), "open it in Word, WPS or LibreOffice and save it as docx"),
    "wps": ("a.wps", _ole("WordDocument"), "an old Word or WPS file (.doc, .wps) is not supported; open it in Word"),
    "old excel": ("a.xls", _ole("Workbook"), "an old Excel file (.xls, .et) is not supported; open it in Word"),
    "locked office": ("a.docx", _ole("EncryptedPackage"), "an Office file with a password; save it without a password"),
    "rtf": ("a.doc", rb"{\rtf1 abc}", "an RTF file is not supported; open it in Word"),
    "not a docx": ("a.docx", REPORT.encode(), "not a DOCX file, whatever its suffix says"),
    "not a pdf": ("a.pdf", REPORT.encode(), "not a PDF file, whatever its suffix says"),
    "picture": ("a.pdf", b"\xff\xd8\xff\xe0 jpeg", "a picture; read its text first (OCR)"),
    "empty page": ("a.html", b"<html><body><script>1</script></body></html>", "no text in this page"),
    "no text column": ("a.csv", b"year,value\n2020,100\n", "no column holds texts; name it with --text-column"),
    "head alone": ("a.csv", b"year,text\n", "no rows below its head"),
    "no json": ("a.jsonl", b"[1, 2\n", "line 1 is not JSON; give one JSON object a line"),
    "json of lists": ("a.jsonl", b"[1, 2]\n", "line 1 is no JSON object"),
    "deep json": ("a.jsonl", b"[" * 100_000, "line 1 is not JSON"),
    "empty archive": ("a.zip", making.as_zip({}), "no file in this archive"),
    "packed otherwise": ("a.gz", b"\x1f\x8b\x08\0", "unpack it first"),
    "presentation": ("a.pptx", making.as_zip({"ppt/presentation.xml": b"<a/>"}), "an Office file of another kind"),
}


@pytest.mark.parametrize(("name", "data", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_in_one_line(name: str, data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(read(name, data))
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    assert message in said
    assert ";" in said, "the way out is missing"
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.doc", making.as_html), ("a.xls", making.as_html), ("a.txt", making.as_docx), ("a.docx", making.as_pdf)],
)
def test_a_wrong_suffix_is_told(name: str, make: object) -> None:
    (document,) = read(name, make(REPORT))  # type: ignore[operator]
    assert REPORT in document.text
    assert document.notes[0].startswith(f"its suffix is {Path(name).suffix}, but it is ")


def test_an_archive_inside_an_archive_costs_only_itself() -> None:
    inner = making.as_zip({"b.txt": REPORT.encode()})
    bad, good = items("a.zip", making.as_zip({"a.zip": inner, "b.txt": REPORT.encode()}))
    assert str(bad) == "a.zip/a.zip: an archive inside an archive; unpack it first"
    assert getattr(good, "text", "") == REPORT


def test_a_member_that_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    data = bytearray(making.as_zip({"a.txt": b"1" * 5000}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    (member,) = archive.members("a.zip", bytes(data), Limits())
    assert isinstance(member, ReadError) or len(member.data) <= 100


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process = {known.name: known.documents for known in FORMATS}
    for module, name, data, extra in (
        ("pypdfium2", "a.pdf", b"%PDF-1.4", "pdf"),
        ("docx", "a.docx", making.as_docx(REPORT), "office"),
        ("openpyxl", "a.xlsx", making.table_xlsx([[1]]), "office"),
        ("lxml.html", "a.html", b"<p>1</p>", "html"),
    ):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(ReadError) as caught:
            list(in_this_process[Path(name).suffix[1:]](name, data, DEFAULTS))
        assert str(caught.value).endswith(f'is not installed; pip install "indicator-extract[{extra}]"')


def test_the_batch_goes_on(extract: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_scan())
    (tmp_path / "b.doc").write_bytes(_ole("WordDocument"))
    (tmp_path / "c.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "d.zip").write_bytes(making.as_zip({"e.txt": REPORT.encode(), "f.pdf": b"%PDF-1.4"}))
    done = extract(tmp_path, "--format", "jsonl")
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 4
    errors = done.stderr.decode()
    assert errors.count("error: ") == 3
    assert "d.zip/f.pdf: a damaged or cut-off PDF file" in errors
    assert "2 files, 4 records" in errors


# -- encodings


TRADITIONAL = "民國一百年，本市土地面積為2,215平方公里，人口總數較上年增加，經濟發展與財政收入均有成長。" * 3


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (REPORT * 3, "gb18030", "GB18030"),
        (REPORT * 3, "gbk", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        (REPORT * 3, "utf-16-le", "UTF-16"),
        (REPORT * 3, "utf-16-be", "UTF-16"),
    ],
)
def test_an_encoding_that_is_guessed_is_told(text: str, encoding: str, found: str) -> None:
    (document,) = read("a.txt", text.encode(encoding))
    assert document.text == text
    assert document.notes[0].startswith(f"not UTF-8, read as {found}")
    assert f"{found}, a guess (UTF-8 fails: " in document.how


def test_the_encoding_is_named(extract: Run, tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_bytes(TRADITIONAL.encode("big5"))
    done = extract(report, "--format", "text", "--encoding", "big5", "-v")
    assert done.stdout.decode() == TRADITIONAL
    assert done.stderr.decode() == f"{report}: read as text, big5, as asked for\n"
    wrong = extract(report, "--encoding", "utf-8")
    assert wrong.returncode == 1
    assert b"a.txt: not utf-8: byte 0x" in wrong.stderr
    unknown = extract(report, "--encoding", "klingon")
    assert b"there is no encoding `klingon`; try utf-8" in unknown.stderr


def test_offsets_point_into_the_text_that_is_printed(extract: Run, tmp_path: Path) -> None:
    import json

    for name, data in (
        ("a.docx", making.as_docx(REPORT)),
        ("a.pdf", making.as_pdf(REPORT)),
        ("a.html", making.as_html(REPORT)),
    ):
        (tmp_path / name).write_bytes(data)
        text = extract(tmp_path / name, "--format", "text").stdout.decode()
        rows = [json.loads(row) for row in extract(tmp_path / name, "--format", "jsonl").stdout.splitlines()]
        assert [text[row["start"] : row["end"]] for row in rows] == ["100亿元", "5.5%"]
