"""The example checker, with a pipeline that is made up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from indicator_extract.lexicon import loading
from indicator_extract.lexicon.checking import Outcome, cases, check
from indicator_extract.lexicon.roles import ROLES, SILENT_ROLES
from indicator_extract.record import MentionRecord, Record

CUE = "[[cue]]\nid = 'x.y'\nrole = 'status'\n"

Write = Callable[..., Path]


def record(**changes: object) -> Record:
    fields = {name: "" if field.annotation is str else None for name, field in Record.model_fields.items()}
    fixed = {"measure": "level", "value": Decimal(3831023), "unit": "元", "bound": "exact", "status": "actual"}
    span = {"decimals": 0, "value_text": "5", "start": 0, "end": 1, "rule": "x.y|z.z"}
    return Record.model_validate({**fields, **fixed, **span, **changes})


MENTION = MentionRecord(source="", start=0, end=3, text="第七次", mention_class="ordinal", rule="x.y")


def _checked(write: Write, content: str, outcome: Outcome) -> list[str]:
    folder = write("checked", f=content)
    lexicon = loading.build(loading.read_folder(folder, {}, user=False).entries)
    failures = check(lambda _: Outcome(*outcome), lexicon, cases(folder))
    assert all(failure.file.endswith("f.toml") for failure in failures)
    return [f"{failure.id} {failure.text}: {failure.problem}" for failure in failures]


def _entry(example: str = "", near_miss: str = "") -> str:
    return f"{CUE}words = ['a']\nexamples = [{example}]\nnear_misses = [{near_miss}]\n"


@pytest.mark.parametrize(
    ("example", "outcome", "problems"),
    [
        ("{text='a', records=[{value='3831023.0', unit='元', basis='', decimals=0}]}", ([record()], []), []),
        ("{text='a', records=[]}", ([], [MENTION]), []),
        ("{text='a', records=[{}]}", ([], [MENTION]), ["x.y a: 0 records instead of 1: none"]),
        ("{text='a', records=[]}", ([record(indicator="b")], []), ["x.y a: 1 records instead of 0: b 5"]),
        (
            "{text='a', records=[{value='5', measure='share', value_high='1'}]}",
            ([record()], []),
            [
                "x.y a: record 1: value is `3831023` instead of `5`",
                "x.y a: record 1: measure is `level` instead of `share`",
                "x.y a: record 1: value_high is `None` instead of `1`",
            ],
        ),
        (
            "{text='a', records=[{value='much'}]}",
            ([record()], []),
            ["x.y a: record 1: value is `3831023` instead of `much`"],
        ),
        ("{text='a', records=[{}]}", ([record(rule="z.z")], []), ["x.y a: the entry is not among the rules z.z"]),
        ("{text='a', records=[]}", ([], []), ["x.y a: the entry is not among the rules (none)"]),
        ("{text='a', mentions=[{text='第七次', mention_class='ordinal'}]}", ([record()], [MENTION]), []),
        (
            "{text='a', mentions=[{text='第七次', mention_class='date'}]}",
            ([], [MENTION]),
            ["x.y a: no mention is text `第七次`, mention_class `date`; the mentions are: 第七次 (ordinal)"],
        ),
    ],
)
def test_examples_are_checked(write: Write, example: str, outcome: Outcome, problems: list[str]) -> None:
    assert _checked(write, _entry(example), outcome) == problems


@pytest.mark.parametrize(
    ("near_miss", "rule", "problems"),
    [
        ("'b'", "z.z", []),
        ("'b'", "z.z|x.y", ["x.y b: a near miss, but the entry is among the rules"]),
        ("{text='b', records=[{unit='人'}]}", "z.z", ["x.y b: record 1: unit is `元` instead of `人`"]),
    ],
)
def test_near_misses_are_checked(write: Write, near_miss: str, rule: str, problems: list[str]) -> None:
    found = _checked(write, _entry("{text='a', records=[{}]}", near_miss), ([record(rule=rule)], []))
    assert [problem for problem in found if problem.startswith("x.y b")] == problems


SILENT = _entry("{text='a', records=[{}]}", "'b', {text='c', records=[{unit='人'}]}").replace("'status'", "'arrival'")
CHARACTER = (
    "[[character]]\nid = 'x.y'\nfrom = 'a'\nto = 'b'\nexamples = [{text='a', records=[{}]}]\nnear_misses = ['b']\n"
)
NUMERAL = "[[numeral]]\nid = 'x.y'\nrole = 'digit'\nvalues = {a='1'}\nexamples = [{text='a', records=[{}]}]\n"
UNSAID = "x.y b: a near miss of an entry that is never among the rules: say in `records` what comes out"


@pytest.mark.parametrize(
    ("content", "rule", "problems"),
    [
        (SILENT, "z.z", [UNSAID, "x.y c: record 1: unit is `元` instead of `人`"]),
        (SILENT.replace("'b', ", "").replace("人", "元"), "x.y", []),
        (CHARACTER, "z.z", [UNSAID]),
        (NUMERAL, "z.z", []),
    ],
)
def test_an_entry_without_trace_pins_down_records(write: Write, content: str, rule: str, problems: list[str]) -> None:
    assert _checked(write, content, ([record(rule=rule)], [])) == problems


def test_silent_roles_are_roles() -> None:
    assert SILENT_ROLES.issubset(ROLES)


def test_an_ambiguity_in_an_example_is_a_failure(write: Write) -> None:
    example = "examples = [{text='第二', records=[{}]}]\n"
    content = f"{CUE}regex = '第.'\n{example}{CUE.replace('x.y', 'z.z')}words = ['第二']\n{example}"
    problem = "第二: `第二` is both x.y and z.z: give one of them a priority"
    assert _checked(write, content, ([record()], [])) == [f"x.y {problem}", f"z.z {problem}"]
    assert _checked(write, content.replace("words", "priority = 1\nwords"), ([record()], [])) == []


def test_cases_have_names_of_their_own(write: Write) -> None:
    folder = write("named", f=_entry("{text='a', records=[]}, {text='b', records=[]}", "'c'"))
    names = [(case.name, case.example.text) for case in cases(folder)]
    assert names == [("x.y-example-1", "a"), ("x.y-example-2", "b"), ("x.y-near-miss-1", "c")]
