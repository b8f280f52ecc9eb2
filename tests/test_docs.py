"""The pages of docs/ are true: tables come from the code, examples of patterns hold, recipes run.

`UPDATE_DOCS=1 pytest tests/test_docs.py` writes the tables anew.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from support import ROOT, Run, with_programs

from indicator_extract import Extractor, MentionRecord, Record
from indicator_extract.checks import FLAGS
from indicator_extract.evaluation.labels import ClaimLabel, MentionLabel
from indicator_extract.examples import outcome_of
from indicator_extract.lexicon.checking import cases, check
from indicator_extract.panel.rows import Conflict, PanelCell, Target
from indicator_extract.reading.limits import LIMITS, example
from indicator_extract.record import FIELDS
from indicator_extract.writing.layout import kinds
from indicator_extract.writing.sdmx_csv import COMPONENTS

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<code>.*?)^```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ .*", re.MULTILINE)
UPDATE = "UPDATE_DOCS" in os.environ


def _said(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def _blocks(page: str, kind: str) -> list[str]:
    return [found["code"] for found in BLOCK.finditer(_said(page)) if found["kind"] == kind]


def _fields(row: type[BaseModel]) -> list[str]:
    lines = ["| field | holds | values | meaning |", "| --- | --- | --- | --- |"]
    kind_of = kinds(row)
    for name, field in row.model_fields.items():
        parts = {field.annotation, *get_args(field.annotation)}
        optional = type(None) in parts
        choices = {text for part in parts for text in (part, *get_args(part)) if isinstance(text, str)}
        ordered = sorted(choices, key=lambda text: str(field.annotation).index(repr(text)))
        values = ", ".join(f"`{text}`" for text in ordered)
        holds = kind_of[name] + (" or nothing" if optional else "")
        meaning = (field.description or "").replace("|", r"\|")
        lines.append(f"| `{name}` | {holds} | {values} | {meaning} |")
    return lines


def _components() -> list[str]:
    rows = [f"| `{each.id}` | {each.role} | {each.meaning} |" for each in COMPONENTS]
    return ["| column | role | holds |", "| --- | --- | --- |", *rows]


def _flags() -> list[str]:
    return ["| flag | meaning |", "| --- | --- |", *(f"| `{flag}` | {meaning} |" for flag, meaning in FLAGS.items())]


def _limits() -> list[str]:
    rows = [f"| `{example(limit.name)}` | {limit.meaning} |" for limit in LIMITS]
    return ["| limit, at its default | of what |", "| --- | --- |", *rows]


def _labels() -> list[str]:
    """The fields of a gold file; those of claims that list further answers are one row."""
    kinds = (ClaimLabel, MentionLabel)
    rows = ["| field | of | needed | values | meaning |", "| --- | --- | --- | --- | --- |"]
    for name in dict.fromkeys(name for kind in kinds for name in kind.model_fields if not name.startswith("accept_")):
        fields = {kind.__name__.lower(): kind.model_fields[name] for kind in kinds if name in kind.model_fields}
        field = next(iter(fields.values()))
        parts = [part for each in fields.values() for part in (each.annotation, *get_args(each.annotation))]
        values = ", ".join(f"`{text}`" for part in parts if get_origin(part) is Literal for text in get_args(part))
        of, needed = "both" if len(fields) == len(kinds) else next(iter(fields)), "yes" if field.is_required() else ""
        cells = (f"`{field.alias or name}`", of.removesuffix("label"), needed, values, field.description)
        rows.append(f"| {' | '.join(map(str, cells))} |")
    further = ", ".join(f"`{name}`" for name in ClaimLabel.model_fields if name.startswith("accept_"))
    return [*rows, f"| {further} | claim |  |  | lists of answers that are just as right |"]


@pytest.mark.parametrize(
    ("page", "name", "lines"),
    [
        ("fields.md", "record", _fields(Record)),
        ("fields.md", "mention", _fields(MentionRecord)),
        ("fields.md", "flags", _flags()),
        ("checks.md", "flags", _flags()),
        ("panel.md", "panel", _fields(PanelCell)),
        ("panel.md", "conflict", _fields(Conflict)),
        ("panel.md", "target", _fields(Target)),
        ("sdmx.md", "components", _components()),
        ("evaluate.md", "labels", _labels()),
        ("reliability.md", "limits", _limits()),
    ],
)
def test_a_table_is_made_from_the_code(page: str, name: str, lines: list[str]) -> None:
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, _, rest = _said(page).partition(begin)
    now, _, after = rest.partition(end)
    wanted = "\n" + "".join(f"{line}\n" for line in lines) + "\n"
    if UPDATE:
        (DOCS / page).write_text(before + begin + wanted + end + after, encoding="utf-8")
        return
    assert now == wanted


def test_the_findings_in_the_seeds_are_those_listed_and_each_is_judged(extractor: Extractor, seeds: list[Path]) -> None:
    found = [
        (f"`{seed.name}:{finding.records[0].start}`", f"`{finding.flag}`", finding.message)
        for seed in seeds
        for extraction in extractor.extract_file(seed)
        for finding in extractor.findings(extraction)
    ]
    table = _said("checks.md").partition("\n## The seeds\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| `")
    ]
    assert [tuple(row[:3]) for row in rows] == found
    assert all(len(row[3]) > 20 for row in rows)


@pytest.mark.parametrize("block", _blocks("patterns.md", "toml"), ids=lambda block: block.split("\n")[1])
def test_an_example_of_a_pattern(block: str, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(block, encoding="utf-8")
    extractor = Extractor(tmp_path)
    assert not check(outcome_of(extractor), extractor.lexicon, cases(tmp_path))


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the recipes start from, made from two seeds by their own commands."""
    from typer.testing import CliRunner

    from indicator_extract.cli.commands import extract_app

    folder = tmp_path_factory.mktemp("recipes")
    reports = folder / "reports"
    reports.mkdir()
    for seed in sorted((ROOT / "seeds").glob("*.txt"))[:2]:
        (reports / seed.name).write_bytes(seed.read_bytes())
    for command in _blocks("recipes.md", "sh")[0].splitlines():
        words = [str(folder / word) if "panel." in word else word for word in command.split()[1:]]
        words[words.index("reports/")] = str(reports)
        done = CliRunner().invoke(extract_app, words)
        assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("code", _blocks("recipes.md", "python"), ids=lambda code: code.split("\n")[0])
def test_a_recipe_runs(
    code: str, panel: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(panel)
    exec(compile(code, "recipes.md", "exec"), {})
    assert len(capsys.readouterr().out) > 40, "it shows something"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize("page", ["panel.md", "evaluate.md"])
def test_the_sessions_of_a_page_give_what_they_show(page: str, tmp_path: Path) -> None:
    """Run one after the other on the texts of the page; `UPDATE_DOCS` writes down what they give."""
    for text in _blocks(page, "text"):
        name, _, report = text.partition("\n")
        (tmp_path / name).write_text(report, encoding="utf-8")
    settings = with_programs(tmp_path / "bin")
    for block in _blocks(page, "console"):
        shown = ""
        for command in re.findall(r"^\$ (.*)\n", block, re.MULTILINE):
            done = subprocess.run(
                ["bash", "-c", f"{{ {command}\n}} 2>&1"],
                cwd=tmp_path,
                env=settings,
                capture_output=True,
                timeout=60,
                check=True,
            )
            shown += f"$ {command}\n{done.stdout.decode()}"
        if UPDATE:
            (DOCS / page).write_text(_said(page).replace(block, shown), encoding="utf-8")
            continue
        assert shown == block


def test_the_draft_of_labels_is_a_gold_file(command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made of the extractor's own records, and so right in everything."""
    name, _, report = _blocks("evaluate.md", "text")[0].partition("\n")
    (tmp_path / name).write_text(report, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(_blocks("evaluate.md", "python")[0], "evaluate.md", "exec"), {})
    done = command("evaluate", "--gold", ".", name, "--format", "csv", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == "all,whole,4,4,0" + ",1" * 13


def test_the_recipes_of_choosing_are_right_usage(extract: Run, panel: Path) -> None:
    (panel / "county.txt").write_text("2020年，地区生产总值383.1亿元。", encoding="utf-8")
    for command in _blocks("recipes.md", "sh")[1].splitlines():
        words = [word.strip("'") for word in command.split()[1:]]
        done = extract(*words, cwd=panel)
        assert done.returncode == 0, done.stderr.decode()


def test_the_columns_stata_is_told_about_are_texts() -> None:
    numbers = re.search(r"stringcols\(([\d ]+)\)", _said("recipes.md"))
    assert numbers is not None
    named = [FIELDS[int(number) - 1] for number in numbers[1].split()]
    assert named == ["ref_area", "ref_area_code", "time_period", "record_id"]


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_links_lead_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", _said(page)):
        assert (DOCS / link).exists(), link


# The Chinese README


def _shape(page: str) -> tuple[list[int], list[tuple[str, str]]]:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = [(found["kind"], found["code"]) for found in BLOCK.finditer(text)]
    headings = [len(line.split(" ")[0]) for line in HEADING.findall(BLOCK.sub("", text))]
    return headings, blocks


def test_the_chinese_readme_keeps_step() -> None:
    """The same headings in number and depth, and the same blocks word for word."""
    english, chinese = _shape("README.md"), _shape("README.zh-CN.md")
    if UPDATE and len(english[1]) == len(chinese[1]):
        now = iter(english[1])
        page = ROOT / "README.zh-CN.md"
        text = BLOCK.sub(lambda _: "```{}\n{}```".format(*next(now)), page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
        return
    assert chinese[0] == english[0]
    assert chinese[1] == english[1]


def test_the_chinese_readme_names_every_field() -> None:
    named = re.findall(r"^\| `(\w+)` \|", (ROOT / "README.zh-CN.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(named[: len(FIELDS)]) == FIELDS
