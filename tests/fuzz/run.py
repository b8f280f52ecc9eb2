"""One target in this process: `python -m tests.fuzz.run TARGET FOLDER RUNS SEED`, for `python -m tests.fuzz`.

libFuzzer leaves the process without any of Python's endings, so what is to be known is written as it comes.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import atheris

MOST_SECONDS = 3.0
"""Seconds of processor time that one input may take; what never comes back is libFuzzer's to stop."""

_HANG = 120  # seconds of the clock
_LONGEST = 8192  # bytes of an input
_PACKAGES = ["indicator_extract"]
_UNWATCHED = [
    f"indicator_extract.lexicon.{name}" for name in ("cue", "edges", "matching", "trie")
]  # passed by everything
_TOLD_EVERY = 200
_ALWAYS = ("-rss_limit_mb=2048", "-print_final_stats=1", "-len_control=0", "-keep_seed=1", "-reduce_inputs=0")


class Run:
    """The inputs of one run, what came of them, and where that is kept."""

    def __init__(self, target: object, folder: Path) -> None:
        self.target, self.folder = target, folder
        self.inputs = self.taken = 0
        self.slowest = 0.0
        self.broken: set[str] = set()

    def one(self, data: bytes) -> None:
        """One input; what it breaks is kept once for each place in the code."""
        began = time.process_time()
        try:
            self.taken += self.target.holds(data)
            problem = ""
        except Exception as error:  # noqa: BLE001 whatever it is, it is a finding
            problem = _place(error)
        took = time.process_time() - began
        self.inputs += 1
        if took > self.slowest:
            self.slowest = took
            if took > MOST_SECONDS:
                problem = problem or "slow"
        if problem and problem not in self.broken:
            self.broken.add(problem)
            self._keep(data, problem)
        if self.inputs % _TOLD_EVERY == 0 or self.inputs < _TOLD_EVERY:
            self._tell()

    def _keep(self, data: bytes, problem: str) -> None:
        name = hashlib.sha256(data).hexdigest()[:12]
        (self.folder / f"{name}.input").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(problem, encoding="utf-8")
        sys.stderr.write(f"FOUND {name}: {problem.splitlines()[-1]}\n")

    def _tell(self) -> None:
        said = {
            "inputs": self.inputs,
            "taken": self.taken,
            "slowest": self.slowest,
            "broken": len(self.broken),
            "seconds": time.process_time(),
        }
        (self.folder / "told.json").write_text(json.dumps(said), encoding="utf-8")


def _place(error: Exception) -> str:
    """Where it happened and what, without what differs from input to input."""
    frames = traceback.extract_tb(error.__traceback__)
    places = "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames[1:])
    said = str(error).split("\n")[0]
    first = said.split(":")[0] if isinstance(error, AssertionError) else ""
    return f"{places}\n{type(error).__name__} {first}"


def _imported_when_used() -> Iterator[str]:
    """What the package imports inside its functions: only what is imported now is watched."""
    import indicator_extract

    for room in ("reading", "writing", "lexicon", "panel", "checks"):
        path = Path(indicator_extract.__file__).with_name(room)
        yield from (f"indicator_extract.{room}.{file.stem}" for file in path.glob("*.py") if file.stem != "__init__")


def _mutator(target: object) -> object:
    """libFuzzer's own mutations in turn with those of the target."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.2:
            return atheris.Mutate(data, most)
        return target.mutate(bytes(data), rng)[:most]

    return mutate


def main(name: str, folder: Path, runs: int, seed: int) -> None:
    """Runs one target until `runs` inputs are done. Does not come back."""
    with atheris.instrument_imports(include=_PACKAGES, exclude=_UNWATCHED):
        from .targets import TARGETS

        for module in _imported_when_used():
            import_module(module)
    target = next(each for each in TARGETS if each.name == name)
    warnings.simplefilter("ignore")
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (corpus / f"{number:04}").write_bytes(data)
    run = Run(target, folder)
    longest = max(_LONGEST, *(len(data) for data in target.seeds()))
    words = [f"-runs={runs}", f"-seed={seed}", f"-timeout={_HANG}", f"-max_len={longest}", *_ALWAYS]
    words += [f"-artifact_prefix={folder}/stopped-", str(corpus)]
    atheris.Setup([sys.argv[0], *words], run.one, custom_mutator=_mutator(target))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
