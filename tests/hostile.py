"""Files that want to do harm, made by code: bombs, loops, lies. None is larger than a few megabytes on the disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import making

REPORT = "2020年，全市地区生产总值达到100亿元，比上年增长5.5%。"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "word/document.xml"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_part(office: bytes, part: str, data: bytes) -> bytes:
    """An Office file one part of which is replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), part]):
            new.writestr(name, data if name == part else old.read(name))
    return target.getvalue()


# -- XML


def laughs(depth: int = 9) -> str:
    """A document type whose entity `&x9;` is 10 ** 9 times a word."""
    rows = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, depth + 1))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x0 "100 ">{rows}]>'


def blowup() -> str:
    """A document type with one long entity, for a text that names it often."""
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x9 "{"100 " * 50_000}">]>'


def outside(path: str) -> str:
    """A document type whose entity is a file of this machine."""
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x9 SYSTEM "file://{path}">]>'


def docx(head: str, body: str) -> bytes:
    """A Word file with a document type and a body of its own."""
    document = f'{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return with_part(making.as_docx(REPORT), BODY, document.encode())


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def xlsx(head: str, rows: str, after: str = "") -> bytes:
    """An Excel file with a document type and rows of its own."""
    sheet = f'{head}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_part(making.table_xlsx([["a"]]), "xl/worksheets/sheet1.xml", sheet.encode())


def cell(place: str, words: str) -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{words}</t></is></c></row>'


# -- PDF


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF file of these objects, the first of which has the number 1."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root %d 0 R>>\n" % (size, table, size, root)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % (out.rfind(b"xref\n0"))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def pdf_page(content: bytes, *more: bytes, box: bytes = b"0 0 600 800", resources: bytes = b"") -> bytes:
    """A PDF file of one page; `content` is object 4, and `more` the objects from 6 on."""
    has = b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>" % resources
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]%b>>" % (box, has)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *more,
    )  # fmt: skip


TEXT = b"BT /F 12 Tf 50 700 Td (GDP 100 in 2020) Tj ET "


def bomb_stream(megabytes: int) -> bytes:
    """A stream that unpacks to so many megabytes of operators, packed twice."""
    packer = zlib.compressobj(9)
    block = TEXT + b" " * (1024 * 1024 - len(TEXT))
    once = b"".join([packer.compress(block) for _ in range(megabytes)]) + packer.flush()
    return stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")


# -- ZIP


def many_members(count: int) -> bytes:
    """An archive that says it has so many members, all of which are one and the same."""
    data = making.as_zip({"a.txt": b"1"})
    start = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    entry = data[start:end]
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, start, 0)
    return data[:start] + entry * count + tail


def overlapping(count: int, size: int) -> bytes:
    """An archive of `count` names for one and the same packed member of `size` bytes."""
    data = making.as_zip({"a.txt": REPORT.encode() * (size // len(REPORT.encode()))})
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(count))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return data[:start] + entries + tail


def named_members(names: dict[str, bytes], mode: int = 0) -> bytes:
    """An archive whose members have these names as they stand; `mode` is that of a file of Unix."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in names.items():
            info = zipfile.ZipInfo("x")
            info.filename, info.external_attr = name, mode << 16
            packed.writestr(info, data)
    return buffer.getvalue()
