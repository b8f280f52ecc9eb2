"""Gold file → labels: JSON Lines, each line a claim or a mention as `tests/gold/GUIDELINES.md` defines it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from indicator_extract.errors import ReadError
from indicator_extract.reading import source_name
from indicator_extract.record import PERIOD, Bound, Measure, MentionClass, PeriodSource, Status

SUFFIX = ".gold.jsonl"
"""Of the gold files that a folder gives."""

_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"

Word = Annotated[str, Field(min_length=1)]
Digits = Annotated[str, Field(pattern=_NUMBER)]
Period = Annotated[str, Field(pattern=PERIOD)]

_COMPARED = frozenset({"growth_rate", "avg_growth_rate", "change"})  # measures that have a basis
_TOLD = {
    "missing": "is missing",
    "extra_forbidden": "there is no such field",
    "string_type": "must be a text in quotation marks",
    "string_too_short": "is empty",
    "literal_error": "there is no {input}; choose {expected}",
    "union_tag_invalid": "kind: there is no {tag}; choose {expected_tags}",
    "union_tag_not_found": "kind: is missing; it is 'claim' or 'mention'",
    "dict_type": "is no JSON object",
}
_PATTERNS = {
    _NUMBER: "{input} is no number in plain digits such as '-53.8'",
    PERIOD: "{input} is no period such as '2020', '2020-12-31' or '2016/2020'",
}


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    doc: Word = Field(description="the document: the `source` of its records, or the end of it")
    start: int = Field(ge=0, description="offset of `quote` in the document's text, 0-based")
    end: int = Field(ge=1, description="end of `quote`, exclusive")
    quote: Word = Field(description="the quantity as written: `text[start:end]`")
    note: str = Field("", description="a remark; not read")

    @model_validator(mode="after")
    def _as_long_as_its_quote(self) -> _Label:
        if self.end - self.start != len(self.quote):
            problem = f"start and end are {self.end - self.start} apart, but quote has {len(self.quote)} characters"
            raise ValueError(problem)
        return self


class MentionLabel(_Label):
    """A number that is no claim."""

    kind: Literal["mention"] = Field(description="a number that is no claim")
    mention_class: MentionClass = Field(alias="class", description="`other` neither helps nor harms")


class ClaimLabel(_Label):
    """A claim and its right record. `accept_value` and its like list further answers that are just as right."""

    kind: Literal["claim"] = Field(description="a number that states a quantity about something, or one that does not")
    value: Digits = Field(description="in plain digits, scale words multiplied out; lower end of a range")
    value_high: Digits | None = Field(None, description="upper end of a range")
    unit: str = Field(description="as written, without scale word; empty where there is none")
    measure: Measure = Field(description="what kind of number it is")
    basis: Word | None = Field(
        None, description="of growth and change: yoy, mom, annual_average, unstated, or a base as written"
    )
    bound: Bound = Field(description="how exact the text says the value is")
    status: Status = Field(description="done, expected or planned")
    period: Period | None = Field(description="reference period: `2020`, `2020-12-31`, `2025-01/2025-11`, `2016/2020`")
    period_source: PeriodSource | None = Field(None, description="not scored")
    indicator: Word = Field(description="what is measured")
    optional: bool = Field(False, description="found or not, it neither helps nor harms")
    accept: tuple[str, ...] = Field((), description="names that are just as right")
    accept_value: tuple[Digits, ...] = ()
    accept_unit: tuple[str, ...] = ()
    accept_measure: tuple[Measure, ...] = ()
    accept_basis: tuple[str | None, ...] = ()
    accept_bound: tuple[Bound, ...] = ()
    accept_status: tuple[Status, ...] = ()
    accept_period: tuple[Word | None, ...] = ()  # of any form: guidelines of other labellers may have quarters

    @model_validator(mode="after")
    def _with_a_basis(self) -> ClaimLabel:
        if self.measure in _COMPARED and self.basis is None:
            raise ValueError(f"basis: a {self.measure} has one; say 'unstated' where the text does not")
        return self


Label = ClaimLabel | MentionLabel
_LABEL: TypeAdapter[Label] = TypeAdapter(Annotated[Label, Field(discriminator="kind")])


class Line(NamedTuple):
    """A label and where it stands."""

    file: str
    number: int  # of the line, from 1
    label: Label

    @property
    def place(self) -> str:
        """As messages name it."""
        return f"{self.file}:{self.number}"


class Gold(NamedTuple):
    """What a gold file holds."""

    lines: tuple[Line, ...]
    faults: tuple[str, ...]  # a message for each line that is no label


def gold_files(argument: str) -> list[str]:
    """The gold files of a folder, its `*.gold.jsonl`, sorted; a file is its own. Raises ReadError: there are none."""
    if not os.path.isdir(argument):
        return [argument]
    inside = sorted(str(path) for path in Path(argument).glob(f"*{SUFFIX}") if path.is_file())
    if not inside:
        raise ReadError(source_name(argument), f"no file *{SUFFIX} in this folder", "name the gold files themselves")
    return inside


def read_gold(path: str) -> Gold:
    """The labels of a gold file, and what is wrong with its other lines.

    Raises:
        ReadError: it cannot be read, is no text in UTF-8 or is empty.
    """
    name = source_name(path)
    lines: list[Line] = []
    faults: list[str] = []
    for number, row in enumerate(_text(name, path).split("\n"), 1):
        if not row.strip():
            continue
        label = _label(row)
        if isinstance(label, str):
            faults.append(f"{name}:{number}: {label}")
        else:
            lines.append(Line(name, number, label))
    if not lines and not faults:
        raise ReadError(name, "holds no labels", "give a file with one JSON object a line")
    return Gold(tuple(lines), tuple(faults))


def _text(name: str, path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ReadError(name, "no such file", "check the path") from None
    except UnicodeDecodeError:
        raise ReadError(name, "is not UTF-8", "save it as UTF-8") from None
    except (OSError, ValueError) as error:
        raise ReadError(
            name, f"cannot be read ({getattr(error, 'strerror', None) or error})", "check the path"
        ) from None


def _label(row: str) -> Label | str:
    """The label of a line, or what is wrong with it."""
    try:
        json.loads(row)
        return _LABEL.validate_json(row)
    except ValidationError as error:
        return "; ".join(dict.fromkeys(_told(fault) for fault in error.errors(include_url=False)))
    except (ValueError, RecursionError):
        return "is not JSON; write one JSON object a line"


def _told(fault: Any) -> str:
    """One fault that Pydantic has found, in the words of a gold file."""
    where = ".".join(str(part) for part in fault["loc"] if part not in ("claim", "mention"))
    facts = {"input": repr(fault["input"]), **fault.get("ctx", {})}
    kind = fault["type"]
    said = _PATTERNS.get(facts.get("pattern", ""), "") if kind == "string_pattern_mismatch" else _TOLD.get(kind, "")
    if kind == "value_error":
        said = str(facts["error"])
    return (f"{where}: " if where else "") + (
        said.format(**facts) if said and kind != "value_error" else said or fault["msg"]
    )
