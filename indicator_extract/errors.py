"""What can go wrong, as one tree.

    IndicatorExtractError              anything this package raises on purpose
    ├── ReadError                      an input cannot be read: names the file and the way out
    ├── PatternError                   a pattern file is wrong: names the file, the id and the way out
    ├── WriteError                     an output cannot be written: names the target and the way out
    └── ChoiceError                    what is asked for does not exist: names the option and what comes near

Every message is one line, fit for a person, and needs no traceback.
"""

from __future__ import annotations


class IndicatorExtractError(Exception):
    """Base of every error this package raises on purpose."""


class ReadError(IndicatorExtractError):
    """An input cannot be read as text."""

    def __init__(self, source: str, problem: str, remedy: str = "") -> None:
        self.source = source
        super().__init__(f"{source}: {problem}" + (f"; {remedy}" if remedy else ""))


class PatternError(IndicatorExtractError):
    """A pattern file or one of its entries is wrong."""

    def __init__(self, file: str, entry: str, problem: str, remedy: str = "") -> None:
        self.file, self.entry = file, entry
        where = f"{file} [{entry}]" if entry else file
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))


class WriteError(IndicatorExtractError):
    """An output cannot be written."""

    def __init__(self, target: str, problem: str, remedy: str = "") -> None:
        self.target = target
        super().__init__(f"{target}: {problem}" + (f"; {remedy}" if remedy else ""))


class ChoiceError(IndicatorExtractError):
    """A name, unit, region or period that the user asks for does not exist or cannot be read."""

    def __init__(self, option: str, problem: str, remedy: str = "") -> None:
        self.option = option
        super().__init__(problem + (f"; {remedy}" if remedy else ""))
