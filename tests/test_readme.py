"""The README is true: its sessions give what it shows, its table of fields is that of the record.

`UPDATE_README=1 pytest tests/test_readme.py` writes what is true now into it.
"""

from __future__ import annotations

import os
import re
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from support import ROOT, with_programs

from indicator_extract import Extractor, Record
from indicator_extract.examples import outcome_of
from indicator_extract.lexicon.checking import cases, check

README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
BLOCK = re.compile(r"```(?P<kind>python|toml)\n(?P<code>.*?)```", re.DOTALL)
FIELDS = re.compile(r"<!-- fields -->\n.*?<!-- end of fields -->\n", re.DOTALL)
UPDATE = "UPDATE_README" in os.environ


def _said() -> str:
    return README.read_text(encoding="utf-8")


def _replace(old: str, new: str) -> None:
    README.write_text(_said().replace(old, new), encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize("session", list(CONSOLE.finditer(_said())), ids=lambda session: session["command"])
def test_a_session(session: re.Match[str], tmp_path: Path) -> None:
    settings = with_programs(tmp_path)
    command = session["command"].replace(".venv/bin/", "")
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=settings, capture_output=True, timeout=60, check=True)
    output = done.stdout.decode()
    if UPDATE:
        _replace(session[0], f"```console\n$ {session['command']}\n{output}```")
        return
    assert output == session["output"]


def test_the_table_of_fields() -> None:
    meanings = {name: (field.description or "").replace("|", r"\|") for name, field in Record.model_fields.items()}
    rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in meanings.items())
    table = f"<!-- fields -->\n\n| field | meaning |\n| --- | --- |\n{rows}\n<!-- end of fields -->\n"
    found = FIELDS.search(_said())
    assert found is not None
    if UPDATE:
        _replace(found[0], table)
        return
    assert found[0] == table


def _block(kind: str) -> str:
    return next(found["code"] for found in BLOCK.finditer(_said()) if found["kind"] == kind)


def test_the_example_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(_block("python"), "README.md", "exec"), {})
    level, growth = (line.split() for line in capsys.readouterr().out.splitlines())
    assert level[:2] == ["地区生产总值", "level"]
    assert Decimal(level[2]) == 38_310_000_000
    assert growth == ["地区生产总值", "growth_rate", "0.6", "%"]


def test_the_example_of_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(_block("toml"), encoding="utf-8")
    extractor = Extractor(tmp_path)
    assert not check(outcome_of(extractor), extractor.lexicon, cases(tmp_path))
