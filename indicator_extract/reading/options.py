"""What the user says about the inputs, and how a library that is not installed is reported."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from indicator_extract.errors import ReadError
from indicator_extract.reading.limits import Limits


class Options(NamedTuple):
    """Settings that hold for every input of a run."""

    encoding: str = ""  # of texts, instead of finding it out
    text_column: str = ""  # of CSV and JSON Lines, instead of finding it out
    limits: Limits = Limits()


DEFAULTS = Options()


def library(name: str, source: str, extra: str) -> ModuleType:
    """The module `name`, imported now. Raises ReadError naming the extra to install where it is missing."""
    try:
        return import_module(name)
    except ImportError:
        remedy = f'pip install "indicator-extract[{extra}]"'
        raise ReadError(source, f"{name.split('.')[0]}, which reads this format, is not installed", remedy) from None
