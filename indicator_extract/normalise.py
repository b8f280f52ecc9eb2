"""Claim → Record: canonical name, base unit, ISO period, evidence, stable id."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Claim, Document, Quantity
from indicator_extract.record import Record
from indicator_extract.regions import Region, Regions

NOWHERE = Region("", "", "")


class Origin(NamedTuple):
    """What all records of a document share."""

    document: Document
    title: str
    digest: str  # identity of the text
    region: Region | None
    doubts: tuple[str, ...]  # about the region


class Normaliser:
    """Makes records with the indicators and units of one lexicon, and the regions."""

    def __init__(self, lexicon: Lexicon, regions: Regions) -> None:
        self._indicators, self._regions = lexicon.indicators, regions
        self._percent = lexicon.units.get("%")

    def record(self, claim: Claim, origin: Origin) -> Record:
        """The public row of a claim."""
        document = origin.document
        quantity, named, dated = claim.site.quantity, claim.named, claim.dated
        region = self._region(claim, origin)
        indicator = self._indicators.get(named.indicator)
        low, high = _signed(quantity, claim.measured.sign)
        unit = quantity.unit or (self._percent if quantity.group_kind == "ratio" and claim.measured.measure == "share" else None)
        base = _base(low, high, quantity)
        cues = sorted({*claim.bounded.words, *claim.stated.words})
        rules = (
            *quantity.rules, *claim.bounded.rules, *claim.measured.rules, *dated.rules, *claim.stated.rules,
            *named.rules, *((indicator.id,) if indicator else ()),
        )
        return Record.model_construct(
            source=document.source,
            title=document.title or origin.title,
            ref_area=region.full_name,
            ref_area_code=region.code,
            section=" > ".join(claim.block.headings),
            indicator=indicator.name if indicator else named.indicator,
            indicator_id=indicator.id if indicator else "",
            indicator_text=named.text or named.indicator,
            measure=claim.measured.measure,
            basis=document.text[slice(*claim.measured.base)] if claim.measured.base else claim.measured.basis,
            price_basis=claim.measured.price_basis,
            value=low,
            value_high=high,
            unit=unit.symbol if unit else quantity.unit_text,
            bound=claim.bounded.bound,
            status=claim.stated.status,
            wording="|".join(word for _, word in cues),
            time_period=dated.period,
            period_source=dated.source,
            base_value=base[0],
            base_value_high=base[1],
            base_unit=base[2],
            decimals=quantity.decimals,
            value_text=document.text[quantity.start : quantity.end],
            evidence=document.text[claim.sentence.start : claim.sentence.end].strip(),
            start=quantity.start,
            end=quantity.end,
            rule="|".join(dict.fromkeys(rules)),
            flags="|".join(dict.fromkeys((*quantity.flags, *claim.flags, *origin.doubts))),
            record_id=_id(origin.digest, quantity, claim.measured.measure),
        )


    def _region(self, claim: Claim, origin: Origin) -> Region:
        """The region a claim is about, in the year meant: its own (全省, a named town) or the document's."""
        text, site = origin.document.text, claim.site
        words = text[min(site.clause.start, site.left) : site.quantity.start]
        return self._regions.of_claim(origin.region or NOWHERE, words, claim.dated.last or None)


def _signed(quantity: Quantity, sign: int) -> tuple[Decimal, Decimal | None]:
    """Value and upper end with the sign of the words; a printed minus keeps its own."""
    if sign > 0 or quantity.low < 0:
        return quantity.low, quantity.high
    if quantity.high is None:
        return -quantity.low, None
    return -quantity.high, -quantity.low


def _base(low: Decimal, high: Decimal | None, quantity: Quantity) -> tuple[Decimal | None, Decimal | None, str]:
    unit = quantity.unit
    if unit is None or unit.factor is None:
        return None, None, ""
    scale = unit.factor
    return low * scale / unit.divisor, None if high is None else high * scale / unit.divisor, unit.base


def digest_of(text: str) -> str:
    """Identity of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _id(digest: str, quantity: Quantity, measure: str) -> str:
    key = f"{digest}:{quantity.start}:{quantity.end}:{measure}"
    return "r" + hashlib.sha256(key.encode()).hexdigest()[:15]  # a letter first: no spreadsheet takes it for a number
