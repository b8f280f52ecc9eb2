"""Reports as files of every format, made from their text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from html import escape

Rows = Sequence[Sequence[str]]


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def as_html(text: str) -> bytes:
    """A saved page: a menu and a footer around the report, numbers split by inline tags."""
    paragraphs = "\n".join(f"<p>\n\t{_split(escape(line))}\n</p>" for line in lines_of(text))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><style>p {{ margin: 1em }}</style><script>var a = 5;</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/1">政务公开 12</a></li><li><a href="/2">互动</a></li></ul></div>
<div id="main"><div class="content">{paragraphs}</div></div>
<div class="footer"><p>版权所有 电话 0451-12345678</p><p>备案号 05001234</p></div>
</body></html>""".encode()


def _split(line: str) -> str:
    """Each run of digits in tags of its own, as word processors write it."""
    return "".join(f"<span>{char}</span>" if char.isascii() and char.isdigit() else char for char in line)


def as_docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for line in text.removesuffix("\n").split("\n"):
        paragraph = document.add_paragraph()
        middle = len(line) // 2  # runs end anywhere in a real file
        paragraph.add_run(line[:middle])
        paragraph.add_run(line[middle:]).bold = True
    return _saved(document.save)


def as_pdf(text: str) -> bytes:
    """Pages with running head and page number, lines wrapped at the margin, paragraphs indented by two characters."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=22)

    def furniture(canvas: object, page: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawString(60, 815, "政府工作报告汇编")  # type: ignore[attr-defined]
        canvas.drawCentredString(300, 20, f"- {page.page} -")  # type: ignore[attr-defined]

    buffer = io.BytesIO()
    story = [Paragraph(escape(line.strip()), style) for line in lines_of(text)]
    SimpleDocTemplate(buffer).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def as_zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def table_html(rows: Rows, before: str = "") -> bytes:
    """A page with one table; a cell may begin with `2x1 ` for its columns and rows."""
    body = ""
    for row in rows:
        body += "<tr>" + "".join(_cell(cell) for cell in row) + "</tr>\n"
    heading = "".join(f"<p>{line}</p>" for line in before.split("\n"))
    return f"<html><body>{heading}<table>{body}</table></body></html>".encode()


def _cell(cell: str) -> str:
    size, _, words = cell.partition(" ") if cell[:1].isdigit() and "x" in cell[:3] else ("", "", cell)
    cols, _, rows = size.partition("x")
    return f'<td colspan="{cols}" rowspan="{rows}">{words}</td>' if size else f"<td>{words}</td>"


def table_docx(rows: Rows, before: str = "") -> bytes:
    import docx

    document = docx.Document()
    for line in before.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for col, words in enumerate(cells):
            table.cell(row, col).text = words
    return _saved(document.save)


def table_xlsx(rows: Sequence[Sequence[object]], before: str = "", name: str = "Sheet1") -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for line in before.split("\n"):
        sheet.append([line])
    for row in rows:
        sheet.append(list(row))
    return _saved(book.save)


def table_pdf(rows: Rows, before: str = "", *, ruled: bool = True) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    table = Table([list(row) for row in rows], colWidths=[150] * len(rows[0]))
    table.setStyle([("FONT", (0, 0), (-1, -1), "STSong-Light", 10), *grid])
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build([*(Paragraph(line, style) for line in before.split("\n")), table])
    return buffer.getvalue()


def table_markdown(rows: Rows, before: str = "") -> bytes:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return (before + "\n\n" + "\n".join(lines) + "\n").encode()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()
