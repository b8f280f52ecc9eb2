"""The same input gives the same bytes: every output of every command, in one world after the other.

    python -m tests.proofs.determinism [FILE …]

runs the whole matrix on the files named (the seeds), and on files of all formats made from one of them. Exit status 1
where anything differs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.making import as_docx, as_html, as_pdf, as_zip, table_xlsx

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("HOME", "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
LOCALES = (  # language, charset, how Chinese is typed there
    ("zh_CN", "GB18030", "gb18030"),
    ("zh_CN", "GBK", "gbk"),
    ("zh_TW", "BIG5", ""),
    ("zh_CN", "UTF-8", "utf-8"),
    ("tr_TR", "UTF-8", "utf-8"),
    ("tr_TR", "ISO-8859-9", ""),
)


class World(NamedTuple):
    """What may be otherwise on another day or another machine."""

    name: str
    settings: dict[str, str]
    jobs: int = 1
    cold: bool = False  # whether the cache is empty at the start
    under: tuple[str, ...] = ()  # the program that runs the command
    typed: str = "utf-8"  # how a user of this world types Chinese; empty: not at all


NO_UTF8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"}
PLAIN = {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}
HERE = World("one process", PLAIN)
FEW = (
    HERE,
    World("3 workers, POSIX", {**NO_UTF8, "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"}, 3, typed=""),
    World("empty cache", {"LC_ALL": "C.UTF-8", "TZ": "America/St_Johns", "COLUMNS": "300"}, 2, cold=True),
)
MORE = (
    World("second run", PLAIN),
    World("7 workers, hash seed 42, Kiribati", {**PLAIN, "PYTHONHASHSEED": "42", "TZ": "Pacific/Kiritimati"}, 7),
    World("random hash seed, 12 hours west, UTF-8 mode", {"PYTHONUTF8": "1", "TZ": "XXX+12"}),
    World("optimised, narrow terminal", {**PLAIN, "PYTHONOPTIMIZE": "1", "COLUMNS": "40", "TERM": "xterm-256color"}),
)


BRIEF = """
extract reports -o out/records.jsonl --mentions out/mentions.jsonl
extract reports -o out/both.xlsx --mentions out/both.xlsx
extract reports -o out/records.parquet
extract reports -o out/records.sqlite
explain reports/seed.txt
"""
ALL = f"""{BRIEF}
extract reports -o out/records.duckdb
extract reports -o out/records.csv
extract reports -o out/records.tsv
extract reports -o out/page.html
extract reports -o out/records.json
extract reports -o out/sdmx.csv --format sdmx-csv
extract reports -o out/chosen.csv --in 亿元 --indicator 地区生产总值
extract reports --format table
extract reports --format csv
extract reports --format text
check reports --format json
check reports
indicators 生产总值
schema
panel out/records.jsonl -o out/panel.csv
panel out/records.jsonl -o out/panel.xlsx
panel out/records.jsonl -o out/panel.parquet
panel out/records.jsonl -o out/wide.csv --wide --in 亿元 --conflicts out/conflicts.csv
targets reports -o out/targets.csv
show out/records.jsonl --indicator GDP --in 亿元 --plot out/gdp.svg
show out/records.jsonl --indicator GDP --plot out/gdp.png
"""


def fill(folder: Path, files: Sequence[Path]) -> None:
    """Puts the input of all worlds into a folder: the files, and one of each format made from the first seed."""
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy(file, folder)
    text = (ROOT / "seeds" / "000_e5dbcc06a83ba507.txt").read_text(encoding="utf-8")
    rows = [["指标", "2019年（亿元）", "2020年（亿元）"], ["地区生产总值", "380.2", "383.1"]]
    made = {
        "seed.txt": text.encode(),
        "报告.txt": text.encode("gb18030"),
        "页.html": as_html(text),
        "鿏 é.docx": as_docx(text),
        "report.pdf": as_pdf(text),
        "table.xlsx": table_xlsx(rows),
        "rows.csv": ("年份,地区,text\n" + f'2020,道外区,"{text}"\n' * 3).encode(),
        "all.zip": as_zip({"b/页.html": as_html(text), "a.md": text.encode()}),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)


def digests(world: World, root: Path, commands: str = ALL) -> dict[str, str]:
    """What the commands print and write in a world, as digests by name, `root` holding the input."""
    shutil.rmtree(root / "out", ignore_errors=True)
    (root / "out").mkdir()
    if world.cold:
        shutil.rmtree(root / "cache", ignore_errors=True)
    found: dict[str, str] = {}
    for words in filter(None, commands.splitlines()):
        if not (world.typed or words.isascii()):
            continue
        jobs = f" --jobs {world.jobs}" if words.startswith("extract") else ""
        call = [*world.under, sys.executable, "-m", "indicator_extract", *f"{words}{jobs}".split()]
        typed = [word.encode(world.typed or "ascii") for word in call]
        environment = _environment(world, root)
        done = subprocess.run(typed, cwd=root, env=environment, capture_output=True, check=False)
        if done.returncode or b"Traceback" in done.stderr:
            found[f"failed: {words}"] = done.stderr.decode(errors="replace")[-2000:]
        found[f"printed: {words}"] = _digest(done.stdout)
    return found | {path.name: _digest(_content(path)) for path in sorted((root / "out").iterdir())}


def _content(path: Path) -> bytes:
    """The bytes of a file; of a DuckDB file, which is never twice the same, the rows in their order."""
    if path.suffix != ".duckdb":
        return path.read_bytes()
    import duckdb

    with duckdb.connect(str(path), read_only=True) as base:
        return repr(base.execute("FROM records").fetchall()).encode()


def _environment(world: World, root: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(root / "cache"), **world.settings}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def differences(worlds: Sequence[World], root: Path, commands: str = ALL) -> Iterator[str]:
    """A line for each output that is otherwise in one of the worlds than in the first one, or that failed."""
    first = digests(worlds[0], root, commands)
    yield from (f"{worlds[0].name}: {name}: {said}" for name, said in first.items() if name.startswith("failed"))
    for world in worlds[1:]:
        print(f"  {world.name}", file=sys.stderr, flush=True)
        other = digests(world, root, commands)
        names = first.keys() | other.keys() if world.typed else other.keys()
        for name in sorted(names):
            if first.get(name) != other.get(name):
                yield f"{world.name}: {name} {other.get(name, '')[-500:]}"


def main() -> int:
    """Runs the matrix and prints what differs, and how much was compared."""
    began = time.monotonic()
    files = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        fill(root / "reports", files)
        worlds = [*FEW, *MORE, *_with_clocks(), *_with_locales(root / "locales")]
        found = list(differences(worlds, root))
        inputs = len(list((root / "reports").iterdir()))
    print(*found, sep="\n")
    taken = f"{time.monotonic() - began:.0f} s"
    commands = len(list(filter(None, ALL.splitlines())))
    print(
        f"{len(worlds)} worlds, {inputs} input files, {commands} commands each: {len(found)} outputs differ ({taken})"
    )
    return 1 if found else 0


def _with_clocks() -> Iterator[World]:
    """Worlds of another day, where the program that makes them (Debian's package faketime) is installed."""
    if shutil.which("faketime"):
        for time_of_day in ("2031-02-28 23:59:58", "1999-12-31 12:00:00"):
            yield World(f"on {time_of_day}", PLAIN, under=("faketime", "-m", time_of_day))


def _with_locales(folder: Path) -> Iterator[World]:
    """Worlds with locales that are made here, where the program that makes them and its sources are installed."""
    folder.mkdir()
    for language, charset, typed in LOCALES:
        name = f"{language}.{charset}"
        call = ["localedef", "-c", "-i", language, "-f", charset, str(folder / name)]
        if shutil.which(call[0]) and subprocess.run(call, capture_output=True, check=False).returncode in (0, 1):
            yield World(f"locale {name}", {**NO_UTF8, "LOCPATH": str(folder), "LC_ALL": name}, typed=typed)


if __name__ == "__main__":
    sys.exit(main())
