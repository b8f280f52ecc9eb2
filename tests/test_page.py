"""The evidence page: what it holds, that nothing in a document can run in it, both languages, several pages."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT, Run

from indicator_extract import Extraction, Extractor, MentionRecord, Record, WriteError
from indicator_extract.checks import FLAGS
from indicator_extract.model import Document
from indicator_extract.record import FIELDS, Bound, Measure, MentionClass, PeriodSource, PriceBasis, Status
from indicator_extract.writing import Layout, by_name, page
from indicator_extract.writing.page import assets, data

FOLDER = ROOT / "indicator_extract" / "writing" / "page"
HOSTILE = (
    "政府工作报告\n</script><script>alert(1)</script> <!-- \"'& "
    "2020年，\u202e地区生产总值\x07383.1亿元，同比增长0.6%。\u2028"
)


class Elements(HTMLParser):
    """The elements of a page: what stands in scripts and styles, and all attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.void = {"meta", "input", "link", "img", "br"}
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, dict(attrs), list[str]())
        self.found.append(element)
        if tag not in self.void:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, "every element is closed where it should be"

    def handle_data(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)


def elements(html: bytes) -> list[tuple[str, dict[str, str | None], str]]:
    parser = Elements()
    parser.feed(html.decode())
    parser.close()
    return [(tag, attributes, "".join(texts)) for tag, attributes, texts in parser.found]


def held(html: bytes) -> Any:
    """The data of a page."""
    (text,) = (text for tag, attributes, text in elements(html) if tag == "script" and attributes.get("id") == "data")
    return json.loads(text)


def packed(extractions: Iterable[Extraction]) -> list[bytes]:
    return [page.pack(document, records, (), mentions) for document, records, mentions in extractions]


def written(pieces: Iterable[bytes], layout: Layout | None = None) -> bytes:
    out = io.BytesIO()
    assert page.publish(pieces, out, layout or Layout(), None) == 0
    return out.getvalue()


class Shelf:
    """Keeps the pages that are laid beside the list of them."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}

    def name(self, number: int) -> str:
        return f"page-{number}.html"

    def put(self, number: int, text: bytes) -> None:
        self.pages[self.name(number)] = text


@pytest.fixture(scope="module")
def seeds_page(seeds: list[Path], extractor: Extractor) -> bytes:
    return written(packed(each for seed in seeds for each in extractor.extract_file(seed)))


# What it holds


def rows(held_: Any, document: Any) -> list[dict[str, Any]]:
    """The records of a document of a page as they went in."""
    counted = {"start", "end", "decimals"}

    def cell(name: str, value: int) -> Any:
        return value if name in counted else None if value < 0 else held_["strings"][value]

    names = held_["fields"]
    return [{name: cell(name, value) for name, value in zip(names, row, strict=True)} for row in document["records"]]


def test_every_record_and_mention_comes_back(seeds_page: bytes, seeds: list[Path], extractor: Extractor) -> None:
    found = held(seeds_page)
    assert tuple(found["fields"]) == FIELDS
    for seed, document in zip(seeds, found["documents"], strict=True):
        (extraction,) = extractor.extract_file(seed)
        assert document["text"] == extraction.document.text
        assert [Record(**row) for row in rows(found, document)] == list(extraction.records)
        mentions = [
            MentionRecord(
                source=document["source"], start=start, end=end, text=document["text"][start:end],
                mention_class=found["strings"][kind], rule=found["strings"][rule],
            )
            for start, end, kind, rule in document["mentions"]
        ]  # fmt: skip
        assert mentions == list(extraction.mentions)


def test_rules_are_told_with_file_and_note(seeds_page: bytes) -> None:
    rules = held(seeds_page)["rules"]
    topic, file, note = rules["accounts.gdp"]
    assert (topic, file) == ("indicator", "patterns/indicators/accounts.toml")
    assert note
    assert "numeral.digits" not in rules, "it is built into the engine"


def test_what_nobody_asked_for_is_marked_as_such(extract: Run, seeds: list[Path]) -> None:
    (document,) = held(extract(seeds[0], "--format", "html", "--indicator", "GDP").stdout)["documents"]
    (whole,) = held(extract(seeds[0], "--format", "html").stdout)["documents"]
    spans = {tuple(row[FIELDS.index("start") : FIELDS.index("end") + 1]) for row in document["records"]}
    others = {tuple(span) for span in document["left_out"]}
    every = {tuple(row[FIELDS.index("start") : FIELDS.index("end") + 1]) for row in whole["records"]}
    assert spans
    assert not spans & others
    assert spans | others == every
    assert not whole["left_out"]
    assert document["mentions"]


def test_columns_and_units_are_those_asked_for(extract: Run, seeds: list[Path]) -> None:
    done = extract(
        seeds[0], "--format", "html", "--indicator", "GDP", "--columns", "indicator,base_value", "--in", "亿元"
    )
    found = held(done.stdout)
    assert found["columns"] == ["indicator", "base_value"]
    level = rows(found, found["documents"][0])[0]
    assert (Decimal(level["base_value"]), level["base_unit"]) == (Decimal("383.1023"), "亿元")


def test_cells_of_tables_point_into_the_text(extractor: Extractor) -> None:
    text = "2020年主要指标\n指标\t单位\t数值\n地区生产总值\t亿元\t383.1\n粮食产量\t万吨\t12.5\n"
    found = held(written(packed([extractor.extract_document(Document("a.txt", text))])))
    (document,) = found["documents"]
    read = rows(found, document)
    assert {row["source"] for row in read} == {"a.txt#table1!C2", "a.txt#table1!C3"}
    assert [text[row["start"] : row["end"]] for row in read] == ["383.1", "12.5"]
    assert document["source"] == "a.txt", "the name that corrections carry"


def test_no_document_is_a_valid_page() -> None:
    assert held(written([]))["documents"] == []


# Nothing in a document can run


DOCUMENT = Document("a", "5个", "a", notes=("a",))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_stays_data(text: str) -> None:
    html = written([page.pack(Document(text, f"{text}5个", text, notes=(text,)), (), (), ())])
    assert [tag for tag, _, _ in elements(html)] == [tag for tag, _, _ in elements(written([]))]
    whole = re.sub("[\ud800-\udfff]", "\ufffd", text)
    (document,) = held(html)["documents"]
    assert (document["text"], document["source"], document["notes"]) == (f"{whole}5个", whole, [whole])


def test_hostile_text_ends_no_element(extractor: Extractor) -> None:
    html = written(packed([extractor.extract_text(HOSTILE, source="<b>&\"'.txt")]))
    found = held(html)
    assert found["documents"][0]["text"] == HOSTILE
    source = html.decode()
    for unsafe in ("<script>alert", "<b>", "\u202e", "\u2028", "\x07"):
        assert unsafe not in source


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(html: bytes) -> dict[str, list[str]]:
    (content,) = (
        attributes["content"]
        for tag, attributes, _ in elements(html)
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert content is not None
    return {name: sources for name, *sources in (part.split() for part in content.split(";"))}


def test_the_policy_allows_what_is_there_and_nothing_else(seeds_page: bytes) -> None:
    found = elements(seeds_page)
    scripts = [text for tag, attributes, text in found if tag == "script" and attributes.get("type") is None]
    styles = [text for tag, _, text in found if tag == "style"]
    assert policy_of(seeds_page) == {
        "default-src": ["'none'"],
        "script-src": [digest(text) for text in scripts],
        "style-src": [digest(text) for text in styles],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert len(scripts) == len(assets.LIBRARIES) + len(assets.SCRIPTS)
    policy = next(index for index, (_, attributes, _) in enumerate(found) if "http-equiv" in attributes)
    assert all(tag not in ("script", "style") for tag, _, _ in found[:policy]), "it comes before what it rules"


def test_the_page_asks_for_nothing(seeds_page: bytes) -> None:
    for _, attributes, _ in elements(seeds_page):
        assert not {"src", "srcset", "action", "style", "poster", "data"} & attributes.keys()
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_the_same_input_gives_the_same_bytes(seeds_page: bytes, seeds: list[Path], extractor: Extractor) -> None:
    assert written(packed(each for seed in seeds for each in extractor.extract_file(seed))) == seeds_page


# Words


def scripts_text() -> str:
    return "".join(
        (FOLDER / "script" / f"{name}.js").read_text(encoding="utf-8") for name in (*assets.SCRIPTS, "index")
    )


def keys_used() -> set[str]:
    templates = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.j2"))
    found = set(re.findall(r'data-t(?:-label)?="([\w.]+)"', templates))
    script = scripts_text()
    for call in re.findall(r"\bt\((.*)", script):
        found |= set(re.findall(r'"([a-z]+\.[a-z_]+|title|summary|comma|class)"', call))
    return found | set(re.findall(r'"(wrong\.\w+)"', script))


def keys_of_values() -> set[str]:
    """What the page says of the fields and of every value that a record can have."""
    kinds = {
        "measure": get_args(Measure), "bound": get_args(Bound), "status": get_args(Status),
        "period_source": get_args(PeriodSource), "price_basis": get_args(PriceBasis), "class": get_args(MentionClass),
        "basis": ("yoy", "mom", "annual_average", "unstated"), "flag": (*FLAGS, *documented_flags()), "field": FIELDS,
        "verdict": ("right", "wrong", "no_claim", "none"), "sign": ("right", "wrong", "no_claim", "none"),
    }  # fmt: skip
    return {f"{kind}.{value}" for kind, values in kinds.items() for value in values}


def documented_flags() -> list[str]:
    table = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8").partition("\n## Flags\n")[2]
    return [
        name
        for name in re.findall(r"^\| `(\w+)` \|", table.partition("\n## ")[0], re.MULTILINE)
        if name != "out_of_range"
    ]


def test_both_languages_say_all_that_is_said_and_no_more() -> None:
    words = assets.words()
    assert set(words) == {"en", "zh"}
    used = keys_used() | keys_of_values()
    for language in words.values():
        said = {key for key in language if not key.startswith("topic.")}
        assert said == used
    assert set(words["en"]) == set(words["zh"])


def test_both_languages_have_the_same_gaps_and_own_words() -> None:
    english, chinese = assets.words()["en"], assets.words()["zh"]
    for key, said in english.items():
        assert re.findall(r"\{\w+\}|_[A-Z]+_", said).sort() == re.findall(r"\{\w+\}|_[A-Z]+_", chinese[key]).sort()
        assert not re.search("[\u4e00-\u9fff]", said)
        assert key.startswith("sign.") or re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", chinese[key]), key


def test_every_topic_of_a_rule_has_words(seeds_page: bytes) -> None:
    topics = {f"topic.{topic}" for topic, _, _ in held(seeds_page)["rules"].values()}
    assert topics <= set(assets.words()["en"])


def test_the_values_a_reader_may_choose_are_those_of_a_record() -> None:
    script = (FOLDER / "script" / "corrections.js").read_text(encoding="utf-8")
    for name, choices in (("measure", Measure), ("bound", Bound), ("status", Status)):
        assert f"{name}: {json.dumps(get_args(choices))}" in script
    assert f"CLASSES = {json.dumps(get_args(MentionClass))}" in script


# Several pages


def test_what_is_too_much_for_a_page_is_laid_on_several(
    seeds: list[Path], extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = packed(each for seed in seeds for each in extractor.extract_file(seed))
    monkeypatch.setattr(page, "MOST_BYTES", 150_000)
    shelf, out = Shelf(), io.BytesIO()
    count = page.publish(pieces, out, Layout(), shelf)
    assert count == len(shelf.pages) > 1
    documents = [document["source"] for html in shelf.pages.values() for document in held(html)["documents"]]
    assert documents == [str(seed) for seed in seeds]
    links = [attributes["href"] for tag, attributes, _ in elements(out.getvalue()) if tag == "a"]
    assert links == list(shelf.pages)
    texts = " ".join(text for tag, _, text in elements(out.getvalue()) if tag == "li")
    assert all(seed.name in texts for seed in seeds)
    assert policy_of(out.getvalue())["default-src"] == ["'none'"]


def test_no_page_is_larger_than_it_may_be(
    seeds: list[Path], extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 200_000
    monkeypatch.setattr(page, "MOST_BYTES", most)
    shelf = Shelf()
    page.publish(
        packed(each for seed in seeds for each in extractor.extract_file(seed)) * 4, io.BytesIO(), Layout(), shelf
    )
    bare = len(written([]))
    rules = max(len(data.safe_json(held(html)["rules"]).encode()) for html in shelf.pages.values())
    assert all(len(html) <= most + bare + rules for html in shelf.pages.values())
    assert any(len(held(html)["documents"]) > 1 for html in shelf.pages.values())


def test_the_reckoned_size_is_that_of_the_data(seeds: list[Path], extractor: Extractor) -> None:
    made = data.PageData(Layout())
    empty = len(made.json({}).encode())
    for line in packed(each for seed in seeds for each in extractor.extract_file(seed)):
        made.add(json.loads(line))
    assert abs(len(made.json({}).encode()) - empty - made.size) < 20


def test_many_documents_are_too_much_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_DOCUMENTS", 2)
    shelf = Shelf()
    assert page.publish([page.pack(DOCUMENT, (), (), ())] * 5, io.BytesIO(), Layout(), shelf) == 3


def test_standard_output_has_room_for_one_page_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_DOCUMENTS", 1)
    out = io.BytesIO()
    with pytest.raises(WriteError, match="name a file with -o"):
        page.publish([page.pack(DOCUMENT, (), (), ())] * 2, out, Layout(), None)
    assert not out.getvalue(), "nothing is half-written"


# The command


def test_any_number_of_processes_gives_the_same_page(extract: Run, seeds: list[Path], tmp_path: Path) -> None:
    made = []
    for jobs in ("1", "2"):
        target = tmp_path / f"{jobs}.html"
        assert extract(*seeds, "-o", target, "--jobs", jobs).returncode == 0
        made.append(target.read_bytes())
    assert made[0] == made[1]
    assert made[0] == extract(*seeds, "--format", "html").stdout


def _rows(folder: Path, number: int) -> Path:
    """A file of so many short reports."""
    path = folder / "reports.jsonl"
    lines = (json.dumps({"text": f"2020年，地区生产总值{index + 1}亿元。"}) for index in range(number))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_pages_lie_beside_the_list_and_that_is_told(extract: Run, tmp_path: Path) -> None:
    reports = _rows(tmp_path, page.MOST_DOCUMENTS + 1)
    done = extract(reports, "--text-column", "text", "-o", tmp_path / "out.htm")
    assert done.returncode == 0, done.stderr.decode()
    assert b"lists out-1.htm to out-2.htm beside it" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"reports.jsonl", "out.htm", "out-1.htm", "out-2.htm"}
    assert len(held((tmp_path / "out-1.htm").read_bytes())["documents"]) == page.MOST_DOCUMENTS
    done = extract(reports, "--text-column", "text", "--format", "html")
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"name a file with -o" in done.stderr


def test_a_page_takes_the_place_of_no_input(extract: Run, tmp_path: Path) -> None:
    reports, old = _rows(tmp_path, page.MOST_DOCUMENTS + 1), tmp_path / "out-1.html"
    old.write_text("<p>2020年，地区生产总值383.1亿元。</p>", encoding="utf-8")
    done = extract(reports, old, "-o", tmp_path / "out.html", "--text-column", "text")
    assert done.returncode == 1
    assert b"out-1.html: is an input" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} - {"out.html.journal"} == {"reports.jsonl", "out-1.html"}
    assert "383.1" in old.read_text(encoding="utf-8")


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(WriteError, match=r'pip install "indicator-extract\[page\]"'):
        written([])


def test_the_format_is_known() -> None:
    known = by_name("html")
    assert known is not None
    assert known.suffixes == {".html", ".htm"}


def test_what_is_bundled_has_its_licence_and_a_note() -> None:
    note = (FOLDER / "vendor" / "README.md").read_text(encoding="utf-8")
    for library in assets.LIBRARIES:
        folder = (FOLDER / library).parent
        assert f"`{folder.name}`" in note
        version = re.search(rf"`{re.escape(folder.name)}` \| ([\d.]+) \|", note)
        assert version is not None
        assert version[1] in (FOLDER / library).read_text(encoding="utf-8")[:200]
        assert "Permission is hereby granted" in (folder / "License.txt").read_text(encoding="utf-8")
