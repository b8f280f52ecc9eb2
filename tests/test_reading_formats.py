"""The same report gives the same records whatever file it comes in; what each format alone can do."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import making
import pytest
from support import ROOT, SHARED, unaccounted

from indicator_extract import Extractor, ReadError, Record
from indicator_extract.reading import Options, items, read

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
OWN_FIELDS = {"source", "start", "end", "record_id"}  # the id says where in the text
FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "gbk": ("report.txt", lambda text: text.encode("gb18030")),
    "utf-16": ("report.txt", lambda text: text.encode("utf-16")),
    "markdown": ("report.md", lambda text: "\n\n".join(making.lines_of(text)).encode()),
    "html": ("report.html", making.as_html),
    "docx": ("report.docx", making.as_docx),
    "pdf": ("report.pdf", making.as_pdf),
    "zip": ("reports.zip", lambda text: making.as_zip({"2020/report.txt": text.encode()})),
    "zip of docx": ("reports.zip", lambda text: making.as_zip({"report.docx": making.as_docx(text)})),
    "jsonl": ("reports.jsonl", lambda text: json.dumps({"content": text, "id": 7}).encode()),
}


def _shown(record: Record, blanks: bool) -> dict[str, object]:
    """What must be the same; a PDF file keeps no blanks where a line ends."""
    row = {name: value for name, value in record.model_dump().items() if name not in OWN_FIELDS}
    for name, value in row.items():
        if isinstance(value, str):  # empty lines are no part of a page
            row[name] = re.sub(r"\n+", "\n", value) if blanks else "".join(value.split())
    return row


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_every_format_gives_the_same_records(extractor: Extractor, seed: Path, name: str) -> None:
    file, make = FORMATS[name]
    (document,) = read(file, make(_text(seed)))
    extraction = extractor.extract_document(document)
    expected = extractor.extract_text(_text(seed))
    blanks = name != "pdf"
    assert [_shown(r, blanks) for r in extraction.records] == [_shown(r, blanks) for r in expected.records]
    assert not unaccounted(extraction)
    assert all(document.text[r.start : r.end] == r.value_text for r in extraction.records)


def test_a_pdf_in_two_columns_is_read_column_by_column() -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=10, leading=16, wordWrap="CJK", firstLineIndent=20)
    lines = [line.strip() for line in making.lines_of(_text(SEEDS[3]))]
    buffer = io.BytesIO()
    book = BaseDocTemplate(buffer)
    book.addPageTemplates(PageTemplate(frames=[Frame(60, 60, 230, 700), Frame(310, 60, 230, 700)]))
    book.build([Paragraph(line, style) for line in lines])
    (document,) = read("two.pdf", buffer.getvalue())
    assert document.text.split("\n")[:-1] == lines


# -- web pages


def _page(body: str) -> str:
    (document,) = read("page.html", f"<html><head><title>公报</title></head><body>{body}</body></html>".encode())
    return document.text


PROSE = "<p>2020年，全市地区生产总值100亿元，比上年增长5.5%，其中第一产业10亿元，增长3%。</p>" * 3


@pytest.mark.parametrize(
    ("body", "absent"),
    [
        (f"{PROSE}<script>var x = 12345;</script>", "12345"),
        (f"<nav><a href='/'>电话 12345</a></nav>{PROSE}", "12345"),
        (f"<ul><li><a>新闻12345</a></li><li><a>通知公告</a></li></ul>{PROSE}", "12345"),
        (f"<div>{PROSE}</div><div><p>热线：12345</p></div>", "12345"),
        (f"{PROSE}<div style='display: none'>12345</div>", "12345"),
        (f"{PROSE}<footer>12345</footer>", "12345"),
    ],
    ids=["script", "menu", "links", "footer div", "hidden", "footer"],
)
def test_what_is_not_the_report_is_left_out(body: str, absent: str) -> None:
    text = _page(body)
    assert absent not in text
    assert text.count("100亿元") == 3


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<p>增长<span>1</span><b>2</b>.<i>5</i>%，完成</p>", "增长12.5%，完成"),
        ("<p>面积<br>10平方千米，</p>", "面积\n10平方千米，"),
        ("<p>绿地10km<sup>2</sup>，占比</p>", "绿地10km²，占比"),
        ("<p>增长5.5%<sup>[1]</sup>，完成</p>", "增长5.5%[¹]，完成"),
        ("<p>全市\n\t完成投资</p>", "全市完成投资"),
        ("<p>GDP\n growth，</p>", "GDP growth，"),
        ("<table><tr><td><p>全文，一。</p><p>全文，二。</p></td></tr></table>", "全文，一。\n全文，二。"),
    ],
)
def test_the_words_of_a_page(body: str, line: str) -> None:
    assert _page(body) == line + "\n"


def test_a_headline_outside_of_the_content_stands_first() -> None:
    assert _page(f"<div><h1>2020年统计公报</h1></div><div>{PROSE}</div>").startswith("2020年统计公报\n2020年，")


def test_the_page_says_its_encoding() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body>{PROSE}</body></html>'.encode("gb18030")
    (document,) = read("page.html", page)
    assert "地区生产总值" in document.text
    assert not document.notes
    assert "gb2312" in document.how


# -- word processing


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    paragraph = document.add_paragraph("增长")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>4.5%</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {space}><w:r><w:t>5.5%</w:t></w:r></w:ins>"))
    run = paragraph.add_run("2")
    run.font.superscript = True
    data = making._saved(document.save)
    assert next(read("a.docx", data)).text == "增长5.5%²\n"


# -- CSV and JSON Lines

REPORT = "2020年，全市地区生产总值达到100亿元，比上年增长5.5%；粮食产量65万吨，比上年增长1.2%。"


def _csv(head: list[str], *rows: list[str], delimiter: str = ",") -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([head, *rows])
    return buffer.getvalue().encode("utf-8-sig")


def test_columns_of_a_csv_file_are_metadata() -> None:
    data = _csv(
        ["省份", "年份", "标题", "网址", "正文"], ["河南省", "2020", "公报", "https://a", REPORT], ["", "", "", "", ""]
    )
    (document,) = read("reports.csv", data)
    assert (document.source, document.text) == ("reports.csv#1", REPORT)
    assert (document.area, document.year, document.title) == ("河南省", 2020, "公报")
    assert document.notes == ("1 rows without text left out",)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_text_column_is_found_by_itself(delimiter: str) -> None:
    data = _csv(["id", "x", "y"], ["1", REPORT, "short"], ["2", REPORT + "完", "short"], delimiter=delimiter)
    first, second = read("reports.csv", data)
    assert (first.text, second.source) == (REPORT, "reports.csv#2")


def test_the_text_column_is_named() -> None:
    data = _csv(["id", "x", "y"], ["1", REPORT * 2, REPORT])
    (document,) = read("reports.csv", data, Options(text_column="y"))
    assert document.text == REPORT
    with pytest.raises(ReadError, match="no column `z`; the columns are id, x, y"):
        list(read("reports.csv", data, Options(text_column="z")))


def test_lines_of_json() -> None:
    rows = [
        {"region": "河南省", "year": 2020, "content": REPORT},
        {"region": "河北省", "year": "2021", "content": REPORT},
    ]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    first, second = read("reports.jsonl", data)
    assert (first.year, first.area, second.source, second.year) == (2020, "河南省", "reports.jsonl#2", 2021)


# -- archives


def test_members_are_read_in_order_and_a_bad_one_costs_only_itself() -> None:
    members = {
        "b.txt": REPORT.encode(),
        "a/c.html": making.as_html(REPORT),
        "bad.pdf": b"%PDF-1.7 cut",
        "__MACOSX/x.txt": b"x",
        ".hidden.txt": b"x",
        "inner.zip": making.as_zip({"d.txt": REPORT.encode()}),
    }
    found = list(items("all.zip", making.as_zip(members)))
    names = [str(item).split(";")[0] if isinstance(item, ReadError) else item.source for item in found]
    assert names == [
        "all.zip/a/c.html",
        "all.zip/b.txt",
        "all.zip/bad.pdf: a damaged or cut-off PDF file",
        "all.zip/inner.zip: an archive inside an archive",
    ]


def test_names_in_gbk_are_read() -> None:
    data = making.as_zip({"aaaa.txt": REPORT.encode()}).replace(b"aaaa.txt", "报告".encode("gbk") + b".txt")
    (document,) = read("all.zip", data)
    assert document.source == "all.zip/报告.txt"


# -- everything at hand

CORPUS = (
    sorted(path for path in (SHARED / "corpus").rglob("*") if path.suffix in (".html", ".docx", ".csv"))
    if (SHARED / "corpus").is_dir()
    else []
)


@pytest.mark.skipif(not CORPUS, reason="no ../shared beside the checkout")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_real_file(extractor: Extractor, path: Path) -> None:
    for extraction in extractor.extract_file(path):
        text = extraction.document.text
        assert extraction.records
        assert all(text[record.start : record.end] == record.value_text for record in extraction.records)
        assert not unaccounted(extraction)
