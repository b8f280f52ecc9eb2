"""What the user wants of an output beyond its format, and the kinds of column a typed format knows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from indicator_extract.errors import WriteError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from indicator_extract.model import Unit
    from indicator_extract.record import MentionRecord

Kind = Literal["text", "integer", "number"]


class Layout(NamedTuple):
    """The columns, and what some formats write beside them."""

    columns: tuple[str, ...] = ()  # names of fields in the order wanted; empty: all
    mentions: deque[MentionRecord] | None = None  # filled while the records come; None where nobody asked for them
    units: Mapping[str, Unit] = {}  # by symbol, for formats that write codes of units
    patterns: Path | None = None  # the user's, for formats that say what a rule is

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns to write."""
        from indicator_extract.record import FIELDS

        return self.columns or FIELDS

    def met(self) -> Iterator[MentionRecord]:
        """The mentions met since this was asked last."""
        while self.mentions:
            yield self.mentions.popleft()


ALL = Layout()


def kinds(row: type[BaseModel]) -> dict[str, Kind]:
    """What each field of a row holds: `number` is a Decimal, everything but an integer else is text."""
    return {name: _kind(field.annotation) for name, field in row.model_fields.items()}


def _kind(annotation: object) -> Kind:
    parts = {annotation, *get_args(annotation)}
    parts |= {inner for part in parts for inner in get_args(part)}
    return "number" if Decimal in parts else "integer" if int in parts else "text"


QUIET = "SET enable_progress_bar = false"
"""What a DuckDB connection is told first: after two seconds it would draw a bar on standard output, among the data."""


def library(name: str, format_name: str, extra: str) -> ModuleType:
    """The module `name`, imported now. Raises WriteError naming the extra to install where it is missing."""
    try:
        return import_module(name)
    except ImportError:
        problem = f"{name.split('.')[0]}, which this needs, is not installed"
        raise WriteError(format_name, problem, f'pip install "indicator-extract[{extra}]"') from None
