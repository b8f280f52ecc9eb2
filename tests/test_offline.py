"""Nothing here talks to a network: every command runs in processes that the kernel ends at their first socket."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import seccomp
from support import ROOT, environment

from tests.proofs import determinism

pytestmark = pytest.mark.skipif(not seccomp.possible(), reason="the filter is one of Linux")


def _run(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    call = [sys.executable, str(ROOT / "tests" / "seccomp.py"), sys.executable, *words]
    return subprocess.run(call, cwd=cwd, env=environment(), capture_output=True, timeout=600, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_a_socket_would_be_seen(code: str, tmp_path: Path) -> None:
    assert _run("-c", code, cwd=tmp_path).returncode == seccomp.DIED


def test_a_child_is_watched_too(tmp_path: Path) -> None:
    inner = [sys.executable, "-c", "import socket; socket.socket(socket.AF_INET)"]
    code = f"import subprocess, sys; sys.exit(subprocess.run({inner!r}).returncode != {seccomp.DIED})"
    assert _run("-c", code, cwd=tmp_path).returncode == 0


COMMANDS = """
extract reports -o out/records.jsonl --jobs 2
extract reports -o out/both.xlsx --mentions out/both.xlsx --jobs 1
extract reports -o out/records.parquet
extract reports -o out/page.html
extract reports -o out/records.duckdb
panel out/records.jsonl -o out/panel.xlsx
targets reports -o out/targets.csv
show out/records.jsonl --indicator GDP --plot out/gdp.svg
"""


def test_no_command_opens_a_socket(tmp_path: Path) -> None:
    """Every reader, in this process and in workers, and every library that writes."""
    determinism.fill(tmp_path / "reports", [])
    (tmp_path / "out").mkdir()
    for words in filter(None, COMMANDS.splitlines()):
        done = _run("-m", "indicator_extract", *words.split(), cwd=tmp_path)
        assert done.returncode == 0, (words, done.returncode, done.stderr.decode())
