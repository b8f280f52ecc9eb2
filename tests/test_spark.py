"""Spark in local mode: the job and the notebook of docs/engines.md, each in a process of its own, as users run them.

Where Java or pyspark is missing these tests are skipped; `test_arrow.py` tests what runs on the executors all the same.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.dataset
import pyarrow.parquet
import pytest
from support import ROOT, environment
from test_arrow import block
from typer.testing import CliRunner

from indicator_extract.cli.commands import extract_app
from indicator_extract.record import FIELDS

JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else shutil.which("java")
JOB = ROOT / "indicator_extract" / "spark" / "job.py"
SETTINGS = (
    "spark.ui.enabled=false",
    "spark.log.level=ERROR",
    "spark.sql.shuffle.partitions=2",
    "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # a short life is not worth compiling for
)

pytest.importorskip("pyspark", reason="pyspark is not installed")
needs_java = pytest.mark.skipif(
    not JAVA or subprocess.run([JAVA, "-version"], capture_output=True, check=False).returncode != 0,
    reason="Spark needs Java, and there is none",
)

Rows = list[dict[str, Any]]
Submit = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds in folders, with a file beside them that cannot be read and one that need not be."""
    folder = tmp_path_factory.mktemp("spark")
    below = folder / "reports" / "更多 1%"
    below.mkdir(parents=True)
    first, *others = sorted((ROOT / "seeds").glob("*.txt"))
    (folder / "reports" / "FIRST.TXT").write_bytes(first.read_bytes())
    for seed in others:
        (below / seed.name).write_bytes(seed.read_bytes())
    (folder / "reports" / "damaged.pdf").write_bytes(b"no pdf at all")
    (folder / "reports" / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="module")
def written(folder: Path) -> Rows:
    """What the command makes of the folder."""
    target = folder / "command.parquet"
    done = CliRunner().invoke(extract_app, [str(folder / "reports"), "-o", str(target)])
    assert done.exit_code == 1, "one file is damaged"
    found: Rows = pyarrow.parquet.read_table(target).to_pylist()
    target.unlink()
    assert len(found) > 500
    return ordered(found)


@pytest.fixture(scope="module")
def submit(folder: Path) -> Submit:
    """Runs a file with `spark-submit` in the folder; gives what it and Spark say, which come out as one."""
    settings = {
        **environment(),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "scratch"),
    }

    def run(*words: str | Path) -> str:
        given = [word for setting in SETTINGS for word in ("--conf", setting)]
        line = ["spark-submit", "--master", "local[2]", *given, *map(str, words)]
        done = subprocess.run(line, cwd=folder, env=settings, capture_output=True, timeout=300, check=False)
        said = (done.stdout + done.stderr).decode()
        assert done.returncode == 0, said
        return said

    return run


@pytest.fixture(scope="module")
def submitted(submit: Submit) -> str:
    """What the job says."""
    return submit(JOB, "reports", "-o", "job")


def rows_in(path: Path) -> Rows:
    """What a reader of Parquet sees in a folder. Spark names a file by its URI."""
    files = pyarrow.dataset.dataset(path, partitioning="hive")
    assert str(files.schema.field("value").type) == "decimal128(38, 12)"
    rows: Rows = files.to_table(columns=list(FIELDS)).to_pylist()
    return ordered([{**row, "source": row["source"].removeprefix("file:")} for row in rows])


def ordered(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: (row["source"], row["start"], row["record_id"]))


@needs_java
def test_the_job_gives_the_records_of_the_command(submitted: str, folder: Path, written: Rows) -> None:
    assert f"{len(written)} records, 1 failed" in submitted
    assert rows_in(folder / "job") == written
    kinds = {f"measure={row['measure']}/status={row['status']}" for row in written}
    parts = (folder / "job").rglob("*.parquet")
    assert {part.parent.relative_to(folder / "job").as_posix() for part in parts} == kinds


@needs_java
def test_the_job_keeps_what_could_not_be_read(submitted: str, folder: Path) -> None:
    parts = (folder / "job" / "_failures").glob("*.json")
    lines = [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]
    source = f"file:{folder}/reports/damaged.pdf"
    failure = f"{source}: not a PDF file, whatever its suffix says; give it the right suffix"
    assert lines == [{"source": source, "failure": failure}]
    assert f"error: {failure}" in submitted


# What the notebook does not do. A job stops the session that is there, so it comes last.
MORE = """
from pathlib import Path

from indicator_extract.spark import SCHEMA
from indicator_extract.spark.job import Job, _files, _refuse_existing, run

files = [path for path in Path("reports").resolve().rglob("*") if path.suffix in (".txt", ".TXT")]
rows = [(str(path), path.read_text(encoding="utf-8"), 1) for path in files]
texts = records(spark.createDataFrame(rows, "path string, text string, other int"))
texts.write.parquet("texts")
assert texts.schema == spark.read.schema(SCHEMA).parquet("texts").schema == spark.read.parquet("texts").schema


def refused(call):
    try:
        call()
    except Exception as error:
        print(f"refused: {type(error).__name__}: {error}")


refused(lambda: records(spark.createDataFrame([("a", "b")], "path string, body string")))
refused(lambda: records(spark.createDataFrame([("a", 5)], "path string, text int")))
refused(lambda: _refuse_existing("panel", spark))
refused(lambda: _files(["absent"], spark))
refused(lambda: _files(["reports/*.png"], spark))
print("status", run(Job(["reports/*.pdf"], "no", [], Settings())))
"""


@needs_java
def test_the_notebook_and_what_is_refused(submit: Submit, folder: Path, written: Rows) -> None:
    script = folder / "notebook.py"
    script.write_text(block("SparkSession") + MORE, encoding="utf-8")
    said = submit(script)
    script.unlink()
    assert rows_in(folder / "panel") == written
    assert rows_in(folder / "texts") == written
    assert "哈尔滨市道里区" in said
    told = [line for line in said.splitlines() if line.startswith(("refused", "status"))]
    wanted = [
        "refused: ReadError: input: needs a column `path` and a column `content` or `text`; it has path",
        "refused: ReadError: input: column `text` is int32; cast it to string",
        "refused: WriteError: panel: is there already; name another folder, or delete it",
        "refused: ReadError: absent: [PATH_NOT_FOUND] Path does not exist: file:",
        "refused: ReadError: reports/*.png: no readable file here; a folder gives its .csv ",
        "status 1",
    ]
    assert [line[: len(start)] for line, start in zip(told, wanted, strict=True)] == wanted


@needs_java
@pytest.mark.usefixtures("submitted")
def test_nothing_else_is_left(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} <= {"reports", "job", "panel", "texts", "scratch"}
    assert not any((folder / "scratch").iterdir())


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--partition-by", "year"], 2, "no column year; choose from source, title"),
        (["--area", "nowhere"], 2, "nowhere"),
        (["--patterns", "absent"], 1, "error: absent: there is no such folder"),
    ],
)
def test_wrong_usage_is_told_before_spark_starts(words: list[str], status: int, message: str, tmp_path: Path) -> None:
    line = [sys.executable, JOB, "reports", "-o", "panel", *words]
    settings = {**environment(), "JAVA_HOME": str(tmp_path)}  # there is no Java
    done = subprocess.run(line, cwd=tmp_path, env=settings, capture_output=True, timeout=60, check=False)
    assert message in " ".join(done.stderr.decode().split())
    assert (done.returncode, done.stdout) == (status, b"")
