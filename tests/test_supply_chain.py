"""What comes from elsewhere: pins that fit the ranges, an audit that tells what it did not do, no code from data."""

from __future__ import annotations

import ast
import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from support import ROOT

from tools import audit

LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
_DIGESTS = r"((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
PINNED = re.compile(rf"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;]+)( ;.*)? \\\n{_DIGESTS}", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _asked_for() -> list[Requirement]:
    """What the project, its extras and its build name, but itself, and but `fuzz`, which few machines can have."""
    named = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for name, extra in PROJECT["project"]["optional-dependencies"].items():
        named += extra if name != "fuzz" else []
    found = [Requirement(words) for words in named]
    return [requirement for requirement in found if requirement.name != "indicator-extract"]


@pytest.mark.parametrize("requirement", _asked_for(), ids=str)
def test_the_lock_fits_the_range(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    pins = [Version(pin[2]) for pin in PINNED.finditer(LOCK) if pin[1] == name]
    assert pins, f"run the command at the top of requirements-dev.lock: {name} is not in it"
    assert all(requirement.specifier.contains(pin) for pin in pins)


def test_the_lock_is_pins_with_digests_and_nothing_else() -> None:
    """No index, no host, no package without a digest."""
    assert re.sub(r"^ *#.*\n", "", PINNED.sub("", LOCK), flags=re.MULTILINE).strip() == ""
    assert "://" not in LOCK
    assert "--index" not in LOCK


BAD = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
GOOD = {"name": "b", "version": "1", "vulns": []}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([GOOD], 0, "1 packages audited, 0 known"),
        ([GOOD, BAD], 1, "a 1: CVE-1, mended in 2"),
        ([BAD, UNKNOWN], 1, "NOT AUDITED, the service knows nothing of them: c"),
        ([GOOD, UNKNOWN], 0, "NOT AUDITED, the service knows nothing of them: c"),
        ([UNKNOWN], 0, "NOTHING WAS AUDITED"),
        (None, 0, "NOTHING WAS AUDITED"),
    ],
)
def test_an_audit_tells_what_it_did_not_do(packages: list[object] | None, status: int, said: str) -> None:
    answer = "" if packages is None else json.dumps({"dependencies": packages})
    message, code = audit.verdict(audit.account(answer), "Connection refused")
    assert code == status
    assert said in message


# What makes objects or code of data. `_sre` is let in at one place: docs/decisions.md, "The cache of compiled …".
FORBIDDEN_MODULES = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "code", "codeop", "runpy", "yaml"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
COMPUTED_IMPORTS = {  # by names that stand in tables of the code
    "__init__.py", "panel/plot.py", "reading/__init__.py", "reading/options.py", "writing/__init__.py",
    "writing/layout.py",
}  # fmt: skip
ENGINE = ROOT / "indicator_extract"


@pytest.mark.parametrize("name", sorted(path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py")))
def test_no_code_comes_from_data(name: str) -> None:
    for node in ast.walk(ast.parse((ENGINE / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & FORBIDDEN_MODULES, ast.unparse(node)
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in FORBIDDEN_MODULES, ast.unparse(node)
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in FORBIDDEN_CALLS, ast.unparse(node)
            if called.endswith("import_module") and not isinstance(node.args[0], ast.Constant):
                assert name in COMPUTED_IMPORTS, ast.unparse(node)
        if isinstance(node, ast.Constant) and node.value == "_sre":
            assert name == "lexicon/compiling.py"
