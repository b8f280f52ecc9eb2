"""Claim → Record: canonical name, base unit, ISO period, evidence, stable id."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Claim, Document, Quantity
from indicator_extract.record import Record


class Normaliser:
    """Makes records with the indicators and units of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._indicators = lexicon.indicators
        self._percent = lexicon.units.get("%")

    def record(self, claim: Claim, document: Document, digest: str) -> Record:
        """The public row of a claim. `digest` identifies the document's text."""
        quantity, named, dated = claim.site.quantity, claim.named, claim.dated
        indicator = self._indicators.get(named.indicator)
        low, high = _signed(quantity, claim.measured.sign)
        unit = quantity.unit or (self._percent if quantity.group_kind == "ratio" else None)
        base = _base(low, high, quantity)
        cues = sorted({*claim.bounded.words, *claim.stated.words})
        rules = (
            *quantity.rules, *claim.bounded.rules, *claim.measured.rules, *dated.rules, *claim.stated.rules,
            *named.rules, *((indicator.id,) if indicator else ()),
        )
        return Record.model_construct(
            source=document.source,
            title=document.title,
            ref_area=document.area,
            ref_area_code="",
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
            flags="|".join(dict.fromkeys((*quantity.flags, *claim.flags))),
            record_id=_id(digest, quantity, claim.measured.measure),
        )


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
    return hashlib.sha256(key.encode()).hexdigest()[:16]
