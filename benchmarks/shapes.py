"""Inputs that would hurt a careless reader, of any size: one thing over and over, or inside itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

_SENTENCE = "2020年，全区地区生产总值383.1亿元，同比增长0.6%。"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/xml"/>'
_OFFICE = "application/vnd.openxmlformats-officedocument"


class Shape(NamedTuple):
    """One kind of input: its name, the name of its file, and its bytes, about so many as are asked for."""

    name: str
    file: str
    made: Callable[[int], bytes]


def _again(unit: str, before: str = "", after: str = "") -> Callable[[int], bytes]:
    """A unit over and over, between a beginning and an end."""
    size = len(unit.encode())

    def made(wanted: int) -> bytes:
        return (before + unit * max(1, wanted // size) + after).encode()

    return made


def _nested(opening: str, closing: str, before: str = "", after: str = "") -> Callable[[int], bytes]:
    """An opening over and over, then as many closings, with a sentence inside."""
    size = len((opening + closing).encode())

    def made(wanted: int) -> bytes:
        depth = max(1, wanted // size)
        return (before + opening * depth + _SENTENCE + closing * depth + after).encode()

    return made


def _office(parts: Callable[[bytes], dict[str, bytes]], made: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """An Office file whose main part is of the size asked for."""

    def whole(wanted: int) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in parts(made(wanted)).items():
                archive.writestr(name, content)
        return buffer.getvalue()

    return whole


def _word(body: bytes) -> dict[str, bytes]:
    kind = f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.wordprocessingml.document.main+xml"/>'
    return {
        "[Content_Types].xml": f"{_TYPES}{kind}</Types>".encode(),
        "_rels/.rels": _related("officeDocument", "word/document.xml"),
        "word/document.xml": f"<w:document {_WORD}><w:body>".encode() + body + b"</w:body></w:document>",
    }


def _sheet(rows: bytes) -> dict[str, bytes]:
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_OFFICE}.spreadsheetml.{kind}+xml"/>'
        for part, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    sheets = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
    book = f'<workbook {_SHEET} xmlns:r="{_RELATIONS}">{sheets}</workbook>'
    return {
        "[Content_Types].xml": f"{_TYPES}{kinds}</Types>".encode(),
        "_rels/.rels": _related("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _related("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": book.encode(),
        "xl/worksheets/sheet1.xml": f"<worksheet {_SHEET}><sheetData>".encode() + rows + b"</sheetData></worksheet>",
    }


def _related(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="r1" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'.encode()


def _pdf(drawn: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """A PDF file of one page with a content stream of the size asked for; readers find its parts without a table."""

    def made(wanted: int) -> bytes:
        stream = drawn(wanted)
        return b"\n".join(
            (
                b"%PDF-1.4",
                b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
                b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
                b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R",
                b"/Resources<</Font<</F 5 0 R>>>>>> endobj",
                b"4 0 obj <</Length %d>> stream" % len(stream),
                stream,
                b"endstream endobj",
                b"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj",
                b"trailer <</Root 1 0 R>>",
            )
        )

    return made


def _lines(wanted: int) -> bytes:
    """Lines of words all over a page, one below the other again and again."""
    return (
        b"BT /F 9 Tf "
        + b"".join(b"1 0 0 1 50 %d Tm (GDP 12.5 5%%) Tj " % (780 - number % 70 * 11) for number in range(wanted // 35))
        + b"ET"
    )


def _rules(wanted: int) -> bytes:
    """Level and upright lines that cross, and a word."""
    crossed = (b"%d 10 m %d 790 l S 10 %d m 590 %d l S " % (x, x, y, y) for x, y in _places(wanted // 44))
    return b"".join(crossed) + b"BT /F 9 Tf 50 50 Td (5) Tj ET"


def _places(count: int) -> list[tuple[int, int]]:
    return [(10 + number * 7 % 580, 10 + number * 11 % 780) for number in range(count)]


def _text(name: str, unit: str) -> Shape:
    return Shape(name, "a.txt", _again(unit))


_TABLE = "<tr><td>工业</td><td>12</td><td>5.5</td></tr>\n"
_ROW = '<row><c t="inlineStr"><is><t>工业</t></is></c><c><v>12</v></c></row>'
_RUN = "<w:r><w:t>5</w:t></w:r>"
_PARAGRAPH = f"<w:p><w:r><w:t>{_SENTENCE}</w:t></w:r></w:p>"
_CELLS = f"<w:tr><w:tc>{_PARAGRAPH}</w:tc><w:tc><w:p/></w:tc></w:tr>"

TEXTS: tuple[Shape, ...] = (
    *(_text(f"only `{one.strip() or one.encode('unicode_escape').decode()}`", one) for one in "5一、%年（“国.a|十 \n"),
    _text("unclosed brackets", "（“《["),
    _text("nested list marks", "（一）工业（1）煤炭"),
    _text("nested headings", "一、经济\n（一）工业\n1.煤炭\n（1）产量\n"),
    _text("headings", "概况\n"),
    _text("commas and numbers, one sentence", "1,2,3，"),
    _text("claims, one sentence", "产值12亿元，"),
    _text("growth rates, one sentence", "工业、农业分别增长5%、6%，"),
    _text("numbers without a mark", "增长5个百分点"),
    _text("ratios", "3:4:"),
    _text("ranges", "1-2-"),
    _text("years, one sentence", "2020年，"),
    _text("plans, one clause", "“十三五”"),
    _text("scale words", "十百千万"),
    _text("percentages in words", "百分之五"),
    _text("names of regions", "黑龙江省哈尔滨市"),
    _text("wrapped lines", "全年工业增加值的增长情况，比上年有所提高、\n"),
    _text("report", _SENTENCE + "\n"),
    _text("rows of a table", "工业\t12\t5.5\n"),
    _text("one row of a table", "12\t"),
    _text("tables", "指标\t2019\t2020\n工业\t12\t5.5\n\n概况\n\n"),
    _text("a table of bars", "| 工业 | 12 |\n"),
)
FILES: tuple[Shape, ...] = (
    Shape("HTML: nested blocks", "a.html", _nested("<div>", "</div>", "<html>")),
    Shape("HTML: nested words", "a.html", _nested("<b>", "</b>", "<html><p>")),
    Shape("HTML: nested tables", "a.html", _nested("<table><tr><td>", "</td></tr></table>", "<html>")),
    Shape("HTML: paragraphs", "a.html", _again(f"<p>{_SENTENCE}</p>\n", "<html>")),
    Shape("HTML: links", "a.html", _again("<li><a href='a'>工业</a></li>", f"<html><p>{_SENTENCE}</p>")),
    Shape("HTML: rows", "a.html", _again(_TABLE, "<html><table>", "</table>")),
    Shape("HTML: one row", "a.html", _again("<td>12</td>", "<html><table><tr>", "</table>")),
    Shape("HTML: open tags", "a.html", _again("<p>5<", "<html>")),
    Shape("HTML: one comment", "a.html", _again("<!-- ", "<html><p>5</p>")),
    Shape("Markdown: nested quotes", "a.md", _again("> ", "", _SENTENCE)),
    Shape("Markdown: nested lists", "a.md", _again("- ", "", _SENTENCE)),
    Shape("Markdown: open brackets", "a.md", _again("[", "", _SENTENCE)),
    Shape("Markdown: links", "a.md", _again("[工业](a) ")),
    Shape("Markdown: stars", "a.md", _again("**工 ", "", _SENTENCE)),
    Shape("Markdown: backticks", "a.md", _again("`工 ", "", _SENTENCE)),
    Shape("Markdown: rows", "a.md", _again("| 工业 | 12 |\n", "| a | b |\n| --- | --- |\n")),
    Shape("CSV: one cell", "a.csv", _again(_SENTENCE, "text\n")),
    Shape("CSV: quotes", "a.csv", _again('"', f"text\n{_SENTENCE * 3}\n")),
    Shape("CSV: rows", "a.csv", _again(f"{_SENTENCE * 2}\n", "text\n")),
    Shape("CSV: columns", "a.csv", _again("a,", "", f"text\n{_SENTENCE}\n")),
    Shape("JSON Lines: one text", "a.jsonl", _again(_SENTENCE, '{"text": "', '"}')),
    Shape("JSON Lines: nested", "a.jsonl", _again("[", '{"text": ')),
    Shape("Word: paragraphs", "a.docx", _office(_word, _again(_PARAGRAPH))),
    Shape("Word: one paragraph of many runs", "a.docx", _office(_word, _again(_RUN, "<w:p>", "</w:p>"))),
    Shape("Word: rows", "a.docx", _office(_word, _again(_CELLS, "<w:tbl>", "</w:tbl>"))),
    Shape("Word: nested tables", "a.docx", _office(_word, _nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"))),
    Shape("Excel: rows", "a.xlsx", _office(_sheet, _again(_ROW))),
    Shape("Excel: one row", "a.xlsx", _office(_sheet, _again("<c><v>12</v></c>", "<row>", "</row>"))),
    Shape("PDF: lines over each other", "a.pdf", _pdf(_lines)),
    Shape("PDF: one line", "a.pdf", _pdf(lambda wanted: b"BT /F 9 Tf 50 50 Td (" + b"5 " * (wanted // 2) + b") Tj ET")),
    Shape("PDF: crossing rules", "a.pdf", _pdf(_rules)),
)
