"""`evaluate` as a user runs it: partial labels, how documents are found, what is wrong with labels, what is written."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from support import Run
from typer.testing import CliRunner

from indicator_extract.cli.commands import app

TEXT = "2020年，全县地区生产总值300.2亿元，同比增长5.1%，总户数29.4万户。\n十二道街整体恢复。\n"


# Whole and partial


def _label(text: str, quote: str, /, **answers: object) -> dict[str, object]:
    """A line of a gold file; a mention where a class is given, else a claim as the extractor should read it."""
    start = text.index(quote)
    place = {"doc": "a.txt", "start": start, "end": start + len(quote), "quote": quote}
    if "class" in answers:
        return {"kind": "mention", **place, **answers}
    row = {"value": "300.2", "unit": "元", "measure": "level", "bound": "exact", "status": "actual", "period": "2020"}
    return {"kind": "claim", **place, **row, "indicator": "地区生产总值", **answers}


def _gdp(**answers: object) -> dict[str, object]:
    return _label(TEXT, "300.2亿元", **{"value": "30020000000", **answers})


def _growth(**answers: object) -> dict[str, object]:
    return _label(TEXT, "5.1%", **{"value": "5.1", "unit": "%", "measure": "growth_rate", "basis": "yoy", **answers})


def _households(**answers: object) -> dict[str, object]:
    return _label(TEXT, "29.4万户", **{"value": "294000", "unit": "户", "indicator": "总户数", **answers})


def _rows(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)}\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def _evaluate(folder: Path, *rows: object, options: Sequence[str] = (), inputs: Sequence[str] = ("a.txt",)) -> Any:
    """The figures, the differences and what is said, as `evaluate --format json` gives them on these labels."""
    (folder / "labels.jsonl").write_text(_rows(*rows), encoding="utf-8")
    words = ["evaluate", "--gold", "labels.jsonl", "--format", "json", *options, *inputs]
    with chdir(folder):
        done = CliRunner().invoke(app, words, catch_exceptions=False)
    return json.loads(done.stdout) | {"status": done.exit_code, "said": done.stderr}


def test_partial_labels_judge_what_they_label(folder: Path) -> None:
    found = _evaluate(folder, _gdp(), _households())
    assert (found["all"]["labels"], found["all"]["claims"], found["all"]["spurious"]) == ("partial", 2, 0)
    assert (found["all"]["precision"], found["all"]["recall"], found["all"]["full"]) == (1, 1, 1)
    assert (found["status"], found["differences"]) == (0, [])
    assert found["said"] == "1 document, 2 claims, 0 differences\n"


def test_whole_labels_judge_all_between_them(folder: Path) -> None:
    whole = _evaluate(folder, _gdp(), _households(), options=["--labels", "whole"])
    assert (whole["all"]["labels"], whole["all"]["spurious"], whole["all"]["precision"]) == ("whole", 1, 0.6667)
    (extra,) = whole["differences"]
    assert (extra["difference"], extra["got"], extra["gold"]) == ("spurious", "5.1%", "")
    assert extra["evidence"] == TEXT.split("\n")[0]
    full = _evaluate(folder, _label(TEXT, "2020年", **{"class": "date"}), _gdp(), _growth(), _households())
    assert (full["all"]["labels"], full["all"]["f1"]) == ("whole", 1)
    part = _evaluate(folder, _gdp(), _growth(), _households(), options=["--labels", "partial"])
    assert part["all"]["labels"] == "partial"


def test_a_record_of_what_is_no_claim_counts_against_precision(folder: Path) -> None:
    found = _evaluate(folder, _gdp(), _label(TEXT, "29.4万户", **{"class": "name"}))
    assert (found["all"]["labels"], found["all"]["spurious"], found["all"]["precision"]) == ("partial", 1, 0.5)
    neutral = _evaluate(folder, _gdp(), _label(TEXT, "29.4万户", **{"class": "other"}))
    assert (neutral["all"]["spurious"], neutral["all"]["precision"]) == (0, 1)


def test_a_claim_that_is_not_extracted_lowers_recall(folder: Path) -> None:
    text = "2020年，全县地区生产总值平稳。\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    found = _evaluate(folder, _label(text, "平稳"))
    assert (found["all"]["recall"], found["all"]["precision"], found["all"]["value"]) == (0, None, None)
    (missed,) = found["differences"]
    assert (missed["difference"], missed["evidence"]) == ("missed", "2020年，全县地区生产总值平稳。")


def test_numbers_in_words_are_numbers_too(folder: Path) -> None:
    """Without a digit in the text, that most records touch no label says that the labels are partial."""
    text = "钢产量三百万吨，煤产量五百万吨，粮食产量七百万吨，水泥产量九百万吨。\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    ends = [
        _label(text, quote, value=value, unit="吨", period=None, indicator=name)
        for quote, value, name in (("三百万吨", "3000000", "钢产量"), ("九百万吨", "9000000", "水泥产量"))
    ]
    middle = [
        _label(text, quote, value=value, unit="吨", period=None, indicator=name)
        for quote, value, name in (("五百万吨", "5000000", "煤产量"),)
    ]
    assert _evaluate(folder, *ends)["all"]["labels"] == "whole"  # half of them
    text = text.replace("。", "，原油产量八百万吨，布产量四百万吨。")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    last = _label(text, "四百万吨", value="4000000", unit="吨", period=None, indicator="布产量")
    assert _evaluate(folder, ends[0], last)["all"]["labels"] == "partial"
    assert _evaluate(folder, *ends, *middle, last)["all"]["labels"] == "whole"


def test_numbers_that_were_forgotten_are_told_of(folder: Path) -> None:
    text = "".join(f"第{number}条道路长{number}千米。\n" for number in range(11, 31))
    (folder / "a.txt").write_text(text, encoding="utf-8")
    length = [
        _label(text, f"{n}千米", value=str(n), unit="千米", period=None, indicator="道路长") for n in range(11, 31)
    ]
    order = [_label(text, f"第{n}条", **{"class": "ordinal"}) for n in range(11, 31)]
    found = _evaluate(folder, *length, *order[:3], *order[4:])
    assert found["all"]["labels"] == "partial"
    at = text.index("第14条") + 1
    assert f"note: a.txt: 1 number of 40 without a label, the first at {at}; taken for partial" in found["said"]
    assert "note:" not in _evaluate(folder, *length, *order[:3])["said"]


# What a document is called


@pytest.mark.parametrize(
    ("doc", "inputs"),
    [
        ("a.txt", ("a.txt",)),
        ("in/a.txt", ("a.txt",)),
        ("in\\a.txt", ("in/a.txt",)),
        ("a.txt#table1!C5", ("in/a.txt",)),
        ("elsewhere/in/a.txt", ("a.txt", "in/a.txt")),
        ("a.txt", ("a.txt", "in/a.txt")),
    ],
)
def test_a_document_is_found_by_the_end_of_its_path(folder: Path, doc: str, inputs: tuple[str, ...]) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    found = _evaluate(folder, _gdp(doc=doc), inputs=inputs)
    assert (found["status"], [each["document"] for each in found["documents"]]) == (
        0,
        [inputs[-1 if "in" in doc else 0]],
    )


def test_a_name_that_fits_two_documents(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text(TEXT, encoding="utf-8")
    found = _evaluate(folder, _gdp(), _growth(doc="two/a.txt"), inputs=["one/a.txt", "two/a.txt"])
    assert "labels.jsonl:1: doc: a.txt may be one/a.txt or two/a.txt; write its folder too" in found["said"]
    assert (found["status"], found["all"]["claims"]) == (1, 1)


def test_labels_of_members_rows_and_tables(command: Run, folder: Path) -> None:
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("b.txt", TEXT)
    (folder / "t.jsonl").write_text(_rows({"text": TEXT * 2}, {"text": TEXT}), encoding="utf-8")
    cells = "<tr><td>指标</td><td>亿元</td></tr><tr><td>地区生产总值</td><td>300.2</td></tr>"
    page = f"<html><body><p>2020年主要指标</p><table>{cells}</table></body></html>"
    (folder / "p.html").write_text(page, encoding="utf-8")
    read = command("extract", "p.html", "--format", "text", cwd=folder).stdout.decode()
    rows = [
        _gdp(doc="z.zip/b.txt"),
        _gdp(doc="t.jsonl#2"),
        _label(read, "300.2", doc="p.html#table1!B2", value="30020000000"),
    ]
    found = _evaluate(folder, *rows, inputs=["z.zip", "t.jsonl", "p.html"])
    assert [each["document"] for each in found["documents"]] == ["z.zip/b.txt", "t.jsonl#2", "p.html"]
    assert (found["all"]["claims"], found["all"]["full"], found["status"]) == (3, 1, 0)


def test_labels_of_standard_input(command: Run, folder: Path) -> None:
    (folder / "labels.jsonl").write_text(_rows(_gdp(doc="stdin")), encoding="utf-8")
    done = command("evaluate", "--gold", "labels.jsonl", "-", "--format", "csv", cwd=folder, stdin=TEXT.encode())
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[1].startswith("stdin,whole,1,1,0,1,1,1,")


def test_documents_without_labels_are_counted(folder: Path) -> None:
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    found = _evaluate(folder, _gdp(), inputs=["a.txt", "b.txt"])
    assert found["said"].endswith(", 1 document without labels\n")
    assert (found["status"], len(found["documents"])) == (0, 1)


# What is wrong with labels


def _lacking(name: str) -> dict[str, object]:
    return {key: value for key, value in _gdp().items() if key != name}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "is not JSON; write one JSON object a line"),
        ("[1]", "is no JSON object"),
        ({"record_id": "x"}, "kind: is missing; it is 'claim' or 'mention'"),
        (_gdp(kind="record"), "kind: there is no record; choose 'claim', 'mention'"),
        (_lacking("bound"), "bound: is missing"),
        (_gdp(measure="lvl"), "measure: there is no 'lvl'; choose 'level', "),
        (_gdp(accept_indicator=["GDP"]), "accept_indicator: there is no such field"),
        (_gdp(accept_status=["done"]), "accept_status.0: there is no 'done'"),
        (_gdp(value=30020000000), "value: must be a text in quotation marks"),
        (_gdp(value="3亿"), "value: '3亿' is no number in plain digits such as '-53.8'"),
        (_gdp(period="二零二零"), "period: '二零二零' is no period such as '2020'"),
        (_gdp(indicator=""), "indicator: is empty"),
        (_gdp(measure="growth_rate"), "basis: a growth_rate has one; say 'unstated' where the text does not"),
        (_gdp(end=999), "start and end are 985 apart, but quote has 7 characters"),
        (_gdp(start=5, end=12), f"start: the text has '，全县地区生产' at 5; '300.2亿元' is at {TEXT.index('300')}"),
        (_gdp(quote="300.3亿元"), "quote: '300.3亿元' is nowhere in a.txt; was it labelled in another text?"),
        (_gdp(doc="b.txt"), "doc: b.txt is not among the inputs; name that document as an input"),
        (
            _label(TEXT, "总值300.2亿元"),
            "start: '300.2亿元' overlaps '总值300.2亿元' of labels.jsonl:1; leave one of the two",
        ),
        (_label(TEXT, "300", **{"class": "slogan"}), "class: there is no 'slogan'; choose 'date', "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_label_costs_one_line(folder: Path, row: object, said: str) -> None:
    found = _evaluate(folder, row, "", _gdp(), _growth())
    number = 3 if "overlaps" in said else 1
    assert f"error: labels.jsonl:{number}: {said}" in found["said"]
    assert found["status"] == 1
    assert found["said"].endswith(", 1 failed\n")
    assert found["all"]["claims"] == 2, "the good lines are scored"


def test_a_label_that_stands_twice_counts_once(folder: Path) -> None:
    found = _evaluate(folder, _gdp(), _gdp(), _growth())
    assert (found["all"]["claims"], found["status"]) == (2, 0)


def test_of_many_faults_the_first_are_told(folder: Path) -> None:
    found = _evaluate(folder, *["{"] * 14, _gdp())
    assert found["said"].count("is not JSON") == 10
    assert "error: and 4 lines more\n" in found["said"]
    assert found["said"].endswith(", 14 failed\n")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.jsonl", None, "none.jsonl: no such file; check the path"),
        ("empty.jsonl", b"\n", "empty.jsonl: holds no labels"),
        ("bad.jsonl", b"\xff\xfe\x00", "bad.jsonl: is not UTF-8; save it as UTF-8"),
        ("folder", None, "folder: no file *.gold.jsonl in this folder; name the gold files themselves"),
    ],
)
def test_a_gold_file_that_cannot_be_read(
    command: Run, folder: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    elif name == "folder":
        (folder / name).mkdir()
    done = command("evaluate", "--gold", name, "a.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"error: {said}" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_the_other_gold_files_and_inputs_go_on(command: Run, folder: Path) -> None:
    (folder / "gold").mkdir()
    (folder / "gold" / "0.gold.jsonl").write_text("", encoding="utf-8")
    (folder / "gold" / "a.gold.jsonl").write_text(_rows(_gdp()), encoding="utf-8")
    (folder / "gold" / "notes.jsonl").write_text("{", encoding="utf-8")
    (folder / "none").mkdir()
    golds = [word for name in ("none", "none.jsonl", "gold") for word in ("--gold", name)]
    done = command("evaluate", *golds, "none.txt", "a.txt", "--format", "csv", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1].startswith("all,whole,1,1,0,")
    assert [row.split(": ")[1] for row in done.stderr.decode().splitlines()[:-1]] == [
        "none",
        "none.jsonl",
        "gold/0.gold.jsonl",
        "none.txt",
    ]
    assert done.stderr.decode().endswith("1 document, 1 claim, 0 differences, 4 failed\n")


# The command


def test_a_report_for_people(command: Run, folder: Path) -> None:
    labels = (
        _gdp(period="2019"),
        _growth(basis="mom", accept_basis=["yoy"]),
        _label(TEXT, "29.4万户", **{"class": "name"}),
    )
    (folder / "labels.jsonl").write_text(_rows(*labels), encoding="utf-8")
    done = command("evaluate", "--gold", "labels.jsonl", "a.txt", cwd=folder)
    assert done.returncode == 0
    report = done.stdout.decode()
    rows = [row.split() for row in report.splitlines() if row.startswith(("document", "a.txt ", "all "))]
    assert rows[0] == ["document", "labels", "claims", "found", "spurious", "precision", "recall", "f1", "full"]
    assert rows[1] == ["a.txt", "whole", "2", "2", "1", "66.7", "100.0", "80.0", "50.0"]
    assert rows[2] == ["all", *rows[1][1:]]
    assert rows[3] == [
        "document",
        "value",
        "unit",
        "measure",
        "basis",
        "bound",
        "status",
        "period",
        "indicator",
        "exact",
    ]
    assert rows[4] == ["a.txt", *["100.0"] * 6, "50.0", "100.0", "100.0"]
    assert "\na.txt:14  300.2亿元: period 2019, got 2020  (地区生产总值)\n    2020年，全县" in report
    assert "\na.txt:34  29.4万户: spurious  (总户数)\n" in report
    assert done.stderr.decode() == "1 document, 2 claims, 2 differences (period 1, spurious 1)\n"
    short = command("evaluate", "--gold", "labels.jsonl", "a.txt", "--show", "1", cwd=folder).stdout.decode()
    assert short.endswith("\n\n1 difference more; --differences FILE writes them all\n")
    none = command("evaluate", "--gold", "labels.jsonl", "a.txt", "--show", "0", cwd=folder).stdout.decode()
    assert "period 2019" not in none


def test_all_differences_go_to_a_file(command: Run, folder: Path) -> None:
    wrong = _gdp(value="-1", value_high="7", unit="公里", indicator="煤", accept=["=煤炭"])
    found = _evaluate(folder, wrong, options=["--differences", "d.csv"])
    assert (folder / "d.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        f"a.txt,14,21,300.2亿元,value,'-1 to 7,30020000000,煤,{TEXT.splitlines()[0]}",
        f"a.txt,14,21,300.2亿元,unit,公里,元,煤,{TEXT.splitlines()[0]}",
        f"a.txt,14,21,300.2亿元,indicator,煤|=煤炭,地区生产总值,煤,{TEXT.splitlines()[0]}",
    ]
    assert [each["difference"] for each in found["differences"]] == ["value", "unit", "indicator"]
    command("evaluate", "--gold", "labels.jsonl", "a.txt", "--differences", "d.xlsx", cwd=folder)
    assert (folder / "d.xlsx").read_bytes().startswith(b"PK")


def test_units_are_compared_as_records_write_them(folder: Path) -> None:
    text = "2020年，全县公路里程300公里。\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    label = _label(text, "300公里", value="300", unit="公里", indicator="公路里程")
    assert _evaluate(folder, label)["differences"] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "xlsx"), b"there are table, csv, json"),
        (("--labels", "some"), b"there are auto, whole, partial"),
        (("--area", "Atlantis"), b"Atlantis"),
        (("--differences", "a.txt"), b"names no format"),
        (("--differences", "labels.csv"), b"labels.csv is an input"),
    ],
)
def test_wrong_usage_is_refused(command: Run, folder: Path, options: tuple[str, ...], said: bytes) -> None:
    (folder / "labels.csv").write_text(_rows(_gdp()), encoding="utf-8")
    done = command("evaluate", "--gold", "labels.csv", "a.txt", *options, cwd=folder)
    assert (done.returncode, done.stdout) == (1 if "names" in said.decode() else 2, b"")
    assert said in done.stderr
    assert (folder / "labels.csv").read_text(encoding="utf-8") == _rows(_gdp())


def test_options_that_change_what_is_extracted(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "my.toml").write_text(
        '[[cue]]\nid = "my.just_about"\nrole = "bound_before"\nwords = ["堪堪"]\ngives = { bound = "approx" }\n'
        'examples = [{ text = "2020年，全县新增就业堪堪1.2万人。", records = [{ bound = "approx" }] }]\n',
        encoding="utf-8",
    )
    text = "2020年，全县新增就业堪堪1.2万人。\n"
    (folder / "a.txt").write_bytes(text.encode("utf-16"))
    label = _label(
        text, "1.2万人", value="12000", unit="人", bound="approx", indicator="新增就业", accept=["新增就业人数"]
    )
    assert _evaluate(folder, label)["all"]["bound"] == 0
    settings = ["--patterns", "own", "--encoding", "utf-16"]
    assert _evaluate(folder, label, options=settings)["all"]["bound"] == 1
