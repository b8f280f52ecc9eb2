"""The public rows of a panel, of its conflicts and of the targets: their fields are the columns of every output."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from indicator_extract.record import PERIOD, Bound, Measure, Number, PeriodSource, PriceBasis, Status

Commitment = Literal["hard", "soft"]
Form = Literal["point", "range", "at_least", "at_most", "about", "none"]
Outcome = Literal["met", "missed", "exceeded"]


class Key(BaseModel):
    """What a number is about: one key, one cell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ref_area: str = Field(description="full name of the region")
    ref_area_code: str = Field(description="its six-digit code, empty where it has none", pattern=r"^(\d{6})?$")
    time_period: str = Field(
        description="reference period; the last day of a year and January to December stand as the year", pattern=PERIOD
    )
    indicator: str = Field(description="canonical name, else the cleaned words")
    indicator_id: str = Field(description="id in the indicator lexicon, empty where it has none")
    measure: Measure = Field(description="what kind of number it is")
    basis: str | None = Field(description="what it compares with; growth that names no base stands as `yoy`")
    price_basis: PriceBasis | None = Field(description="current or constant prices, where said")


class PanelCell(Key):
    """One cell of a panel: the value preferred, and where it comes from."""

    value: Number = Field(description="the value in `unit`; lower end of a range")
    value_high: Number | None = Field(description="upper end of a range")
    unit: str = Field(description="base unit of the dimension (or the one of `--in`), else the unit as written")
    bound: Bound = Field(description="how exact the text says the value is")
    status: Status = Field(description="done, expected or planned")
    period_source: PeriodSource | None = Field(
        description="whether the sentence itself carries the period; a span of years that is inherited may mean its end"
    )
    sources: int = Field(description="documents that state this cell", ge=1)
    records: int = Field(description="records that state this cell", ge=1)
    disagreeing: int = Field(description="records of the same status that say another value, beyond rounding", ge=0)
    source: str = Field(description="source of the record preferred")
    record_id: str = Field(description="its id")
    value_text: str = Field(description="the quantity as written there")
    evidence: str = Field(description="its sentence")


class Conflict(Key):
    """One record of a cell whose records disagree beyond rounding."""

    value: Number = Field(description="the value in `unit`")
    value_high: Number | None = Field(description="upper end of a range")
    unit: str = Field(description="as in the panel")
    bound: Bound = Field(description="how exact the text says the value is")
    status: Status = Field(description="done, expected or planned")
    preferred: Literal["yes", "no"] = Field(description="whether the panel has this value")
    disagrees: Literal["yes", "no"] = Field(description="whether it says another value than the one preferred")
    reported: int | None = Field(description="year that its document is about")
    source: str = Field(description="source of the record")
    record_id: str = Field(description="its id")
    value_text: str = Field(description="the quantity as written")
    evidence: str = Field(description="its sentence")


class Target(Key):
    """What a region aims at in a period, in what words, and what came of it."""

    target: Number | None = Field(description="the target in `unit`; lower end of a range; empty where none is set")
    target_high: Number | None = Field(description="upper end of a range")
    unit: str = Field(description="as in the panel")
    form: Form = Field(description="a point, a range, a lower or upper bound, about a point, or that none is set")
    wording: str = Field(description="the words behind it, as written, joined by `|`")
    commitment: Commitment | None = Field(
        description="hard or soft, by `patterns/targets.toml`; empty: nothing says so"
    )
    stated: int = Field(description="records that state a target for this cell", ge=0)
    result: Number | None = Field(description="the value that came out, in `unit`, where a report states it")
    result_status: Status | None = Field(description="actual or estimate")
    deviation: Number | None = Field(description="result minus target; for a range from its nearer end, 0 inside")
    outcome: Outcome | None = Field(description="met, missed or exceeded (better than a target that is no bound)")
    source: str = Field(description="source of the target")
    record_id: str = Field(description="id of its record, empty where none is set")
    value_text: str = Field(description="the target as written")
    evidence: str = Field(description="its sentence")
    result_source: str | None = Field(description="source of the result")
    result_record_id: str | None = Field(description="id of its record")
    result_evidence: str | None = Field(description="its sentence")
