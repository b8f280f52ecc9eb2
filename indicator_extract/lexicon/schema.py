"""What a pattern file may say: one Pydantic model for each type of entry.

Only reading the TOML files needs this module (and Pydantic); the cached path does not import it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from indicator_extract.lexicon.roles import ROLES, SILENT_ROLES
from indicator_extract.record import FIELDS, MentionRecord

Word = Annotated[str, Field(min_length=1)]
TARGET_FIELDS = ("indicator", "indicator_id", "measure", "form", "commitment", "better", "wording", "evidence")
Neighbour = Annotated[str, Field(pattern=r"^[^\\{}]+$")]  # a word; what looks like a regular expression is refused


class Strict(BaseModel):
    """No unknown key, no conversion between types: a float is never taken for a number's text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Example(Strict):
    """A text and what must come out of it: all its records in order, some of its mentions, all its targets in order.

    `compared` is the text, taken for a name, without what makes no difference where names are compared.
    """

    text: Word
    records: list[dict[str, str | int]] | None = None
    mentions: list[dict[str, str | int]] = []
    targets: list[dict[str, str | int]] | None = None
    compared: Word | None = None

    @field_validator("records")
    @classmethod
    def _record_fields(cls, records: list[dict[str, str | int]] | None) -> list[dict[str, str | int]] | None:
        _known(records or [], FIELDS, "a record")
        return records

    @field_validator("mentions")
    @classmethod
    def _mention_fields(cls, mentions: list[dict[str, str | int]]) -> list[dict[str, str | int]]:
        _known(mentions, tuple(MentionRecord.model_fields), "a mention")
        return mentions

    @field_validator("targets")
    @classmethod
    def _target_fields(cls, targets: list[dict[str, str | int]] | None) -> list[dict[str, str | int]] | None:
        _known(targets or [], TARGET_FIELDS, "a target")
        return targets


class PositiveExample(Example):
    """An example says what it expects."""

    @model_validator(mode="after")
    def _expects_something(self) -> PositiveExample:
        if self.records is None and not self.mentions and self.targets is None and self.compared is None:
            raise ValueError("an example needs `records`, `mentions`, `targets` or `compared`")
        return self


def _known(rows: list[dict[str, str | int]], fields: tuple[str, ...], what: str) -> None:
    for name in (name for row in rows for name in row if name not in fields):
        raise ValueError(f"{what} has no field `{name}`")


def _as_example(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


NearMiss = Annotated[Example, BeforeValidator(_as_example)]


class AnyEntry(Strict):
    """What every entry has."""

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
    examples: list[PositiveExample] = []  # at least one, which `loading.models` sees to
    near_misses: list[NearMiss] = []
    note: str = ""
    override: bool = False

    @property
    def silent(self) -> bool:
        """Whether the entry leaves no trace in a `rule`, so that an example can only pin down the records."""
        return False


class CharacterEntry(AnyEntry):
    """Characters replaced one for one before reading."""

    source: str = Field(alias="from", min_length=1)
    to: str
    flag: str = ""

    @property
    def silent(self) -> bool:
        """Always: the numeral that is read names no character."""
        return True

    @model_validator(mode="after")
    def _same_length(self) -> CharacterEntry:
        if len(self.source) != len(self.to):
            raise ValueError(f"`from` has {len(self.source)} characters and `to` has {len(self.to)}")
        return self


class NumeralEntry(AnyEntry):
    """Words of numbers and their values."""

    role: str = Field(pattern=r"^[a-z][a-z_]*$")
    values: dict[Word, str] = Field(min_length=1)

    @property
    def silent(self) -> bool:
        """Always: a record names the form of its numeral, not the words in it."""
        return True


class UnitEntry(AnyEntry):
    """A unit of measure or a classifier; `factor` is exact: `1`, `0.001`, `2000/3`."""

    symbol: Word
    aliases: list[Word] = []
    dimension: Word
    factor: str | None = None
    base: str = ""
    kind: Literal["measure", "classifier"] = "measure"
    not_before: list[Neighbour] = []
    not_after: list[Neighbour] = []

    @field_validator("factor")
    @classmethod
    def _exact(cls, factor: str | None) -> str | None:
        if factor is not None and _fraction(factor) <= 0:
            raise ValueError("must be above zero")
        return factor

    @model_validator(mode="after")
    def _base_with_factor(self) -> UnitEntry:
        if (self.factor is None) != (self.base == ""):
            raise ValueError("`factor` and `base` go together: give both or neither")
        return self


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"`{text}` is not an exact number such as `10000`, `0.001` or `2000/3`") from None


class CueEntry(AnyEntry):
    """Words, or a regular expression, that tell something about the numbers near them."""

    role: str
    words: list[Word] = []
    regex: str = ""
    gives: dict[str, str] = {}
    not_before: list[Neighbour] = []
    not_after: list[Neighbour] = []
    priority: int = 0

    @property
    def silent(self) -> bool:
        """As its role is; and 目前, a period that dates nothing and holds no numeral."""
        return self.role in SILENT_ROLES or self.gives.get("part") == "now"

    @field_validator("role")
    @classmethod
    def _role_exists(cls, role: str) -> str:
        if role not in ROLES:
            raise ValueError(f"there is no role `{role}`; the roles are {', '.join(sorted(ROLES))}")
        return role

    @model_validator(mode="after")
    def _gives_fit_role(self) -> CueEntry:
        if not self.words and not self.regex:
            raise ValueError("a cue needs `words` or `regex`")
        allowed = ROLES[self.role]
        for key, value in self.gives.items():
            if key not in allowed:
                raise ValueError(f"role `{self.role}` gives no `{key}`, only {', '.join(allowed) or 'nothing'}")
            choices = allowed[key]
            if choices is not None and value not in choices:
                raise ValueError(f"`{key}` cannot be `{value}`, only {', '.join(choices)}")
        return self


class IndicatorEntry(AnyEntry):
    """An indicator under the name the National Bureau of Statistics gives it."""

    name: Word
    name_en: Word
    category: Word
    dimension: Word
    unit: str
    aliases: list[Word] = []
