"""The public contract: one flat, validated row for each claim, and one for each number left out.

The fields and their order are the columns of every output format. Their values are defined in
`tests/gold/GUIDELINES.md`; this module is the only place that spells them out for users.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

PERIOD = r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$"

Measure = Literal["level", "growth_rate", "avg_growth_rate", "change", "share", "multiple"]
Bound = Literal["exact", "approx", "at_least", "at_most"]
Status = Literal["actual", "estimate", "target"]
PriceBasis = Literal["current", "constant"]
PeriodSource = Literal["explicit", "inherited"]
MentionClass = Literal["date", "ordinal", "name", "identifier", "threshold", "other"]


def plain(number: Decimal) -> str:
    """A decimal in plain digits: no exponent, no trailing zeros (`62930000000`, `0.3`, `-27.1`)."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Number = Annotated[Decimal, PlainSerializer(plain, return_type=str)]


class Record(BaseModel):
    """One numeric claim of a document with its whole key, its value and its evidence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(description="the input as named, with a member where it holds several (`a.zip/b.docx`)")
    title: str = Field(description="title of the document, empty where it has none")
    ref_area: str = Field(description="full name of the region the claim is about, empty where unknown")
    ref_area_code: str = Field(description="its six-digit GB/T 2260 code in the year meant", pattern=r"^(\d{6})?$")
    section: str = Field(description="path of headings, joined by ` > `")
    indicator: str = Field(
        description="canonical name (the National Bureau of Statistics' where it has one), else the cleaned words"
    )
    indicator_id: str = Field(description="id in the indicator lexicon, empty where it has none")
    indicator_text: str = Field(description="the words in the document")
    measure: Measure = Field(description="what kind of number it is")
    basis: str | None = Field(
        description="what a rate or change compares with: yoy, mom, annual_average, unstated, or a base as written"
    )
    price_basis: PriceBasis | None = Field(description="current or constant prices")
    value: Number = Field(description="the number with scale words multiplied out, signed; lower end of a range")
    value_high: Number | None = Field(description="upper end of a range")
    unit: str = Field(description="canonical unit as written, without scale word")
    bound: Bound = Field(description="how exact the text says the value is")
    status: Status = Field(description="done, expected or planned")
    wording: str = Field(description="the cue words behind bound and status, as written, joined by `|`")
    time_period: str | None = Field(
        description="reference period, ISO 8601: `2020`, `2020-12-31`, `2025-01/2025-11`, `2016/2020`", pattern=PERIOD
    )
    period_source: PeriodSource | None = Field(description="whether the sentence itself carries the period")
    base_value: Number | None = Field(description="`value` in the base unit of its dimension, exact")
    base_value_high: Number | None = Field(description="`value_high` in the base unit")
    base_unit: str = Field(description="base unit of the dimension")
    decimals: int = Field(description="digits after the point as printed (67.00 has 2)", ge=0)
    value_text: str = Field(description="the quantity as written", min_length=1)
    evidence: str = Field(description="the sentence it stands in, on one line")
    start: int = Field(description="offset of `value_text` in the document's text, 0-based", ge=0)
    end: int = Field(description="end of `value_text`, exclusive", ge=1)
    rule: str = Field(description="ids of the rules that made the record, joined by `|`")
    flags: str = Field(description="what a reader should check, joined by `|`")
    record_id: str = Field(description="stable id: same document text, span and measure give the same id")


class MentionRecord(BaseModel):
    """One number of a document that is not a claim, with the rule that says why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(description="the input as named")
    start: int = Field(description="offset in the document's text", ge=0)
    end: int = Field(description="end, exclusive", ge=1)
    text: str = Field(description="the number as written", min_length=1)
    mention_class: MentionClass = Field(description="date, ordinal, name, identifier, threshold or other")
    rule: str = Field(description="id of the rule that made it a mention")


FIELDS: tuple[str, ...] = tuple(Record.model_fields)
"""The columns, in order."""
