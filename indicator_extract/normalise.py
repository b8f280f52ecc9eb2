"""Claim → Record: canonical name, base unit, ISO period, evidence, stable id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from indicator_extract.lexicon import Indicator, Lexicon
from indicator_extract.model import Claim, Document, Quantity, Unit
from indicator_extract.record import Record, plain
from indicator_extract.regions import COUNTRY, Region, Regions

_CUT = re.compile(r"\s*\n\s*")  # a line break inside a sentence: files of one report break at different places
UNFIT = "dimension"  # flag: the unit is not one of the indicator that the name says
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
        self._national = lexicon.cues("national_term")
        self._percent = lexicon.units.get("%")

    def record(self, claim: Claim, origin: Origin) -> Record:
        """The public row of a claim, validated."""
        quantity, document = claim.site.quantity, origin.document
        indicator = self._indicators.get(claim.named.indicator)
        doubts = () if indicator is None or _fits(claim, indicator) else (UNFIT,)
        row = self._key(claim, origin, None if doubts else indicator) | self._value(claim)
        row |= {
            "source": document.source,
            "title": document.title or origin.title,
            "section": " > ".join(claim.block.headings),
            "value_text": document.text[quantity.start : quantity.end],
            "evidence": _on_one_line(document.text[claim.sentence.start : claim.sentence.end]),
            "start": quantity.start,
            "end": quantity.end,
            "flags": _joined(quantity.flags, claim.flags, doubts, origin.doubts),
            "record_id": _id(origin.digest, quantity, claim.measured.measure),
        }
        return Record.model_validate(row)

    def _key(self, claim: Claim, origin: Origin, indicator: Indicator | None) -> dict[str, Any]:
        """Whose number it is: region, indicator, measure, basis, period, status, and the rules that said so."""
        named, measured, dated = claim.named, claim.measured, claim.dated
        region = self._region(claim, origin)
        name, renamed = self._named(indicator.name, region) if indicator else (named.indicator, ())
        return {
            "ref_area": region.full_name,
            "ref_area_code": region.code,
            "indicator": name,
            "indicator_id": indicator.id if indicator else "",
            "indicator_text": named.text or named.indicator,
            "measure": measured.measure,
            "basis": origin.document.text[slice(*measured.base)] if measured.base else measured.basis,
            "price_basis": measured.price_basis,
            "status": claim.stated.status,
            "time_period": dated.period,
            "period_source": dated.source,
            "rule": _joined(
                claim.site.quantity.rules, claim.bounded.rules, measured.rules, dated.rules, claim.stated.rules,
                named.rules, (indicator.id,) if indicator else (), renamed,
            ),
        }  # fmt: skip

    def _named(self, name: str, region: Region) -> tuple[str, tuple[str, ...]]:
        """An indicator's name in a region: 地区生产总值 is 国内生产总值 for the country; with the rule that says so."""
        term = self._national.search(name) if region.code == COUNTRY else None
        if term is None:
            return name, ()
        return name[: term.start] + term.entry.gives["national"] + name[term.end :], (term.entry.id,)

    def _value(self, claim: Claim) -> dict[str, Any]:
        """How much: value and base value with their units, bound and the words that say so."""
        quantity = claim.site.quantity
        low, high = _signed(quantity, claim.measured.sign)
        share = quantity.group_kind == "ratio" and claim.measured.measure == "share"
        unit = quantity.unit or (self._percent if share else None)
        base, base_high, base_unit = _base(low, high, unit)
        cues = sorted({*claim.bounded.words, *claim.stated.words})
        return {
            "value": _plain(low),
            "value_high": _plain(high),
            "unit": unit.symbol if unit else quantity.unit_text,
            "bound": claim.bounded.bound,
            "wording": "|".join(word for _, word in cues),
            "base_value": _plain(base),
            "base_value_high": _plain(base_high),
            "base_unit": base_unit,
            "decimals": quantity.decimals,
        }

    def _region(self, claim: Claim, origin: Origin) -> Region:
        """The region a claim is about, in the year meant: its own (全省, a named town) or the document's."""
        text, site = origin.document.text, claim.site
        words = text[min(site.clause.start, site.left) : site.quantity.start]
        return self._regions.of_claim(origin.region or NOWHERE, words, claim.dated.last or None)


def _fits(claim: Claim, indicator: Indicator) -> bool:
    """Whether a level can be one of the indicator its name says. Rates fit anything."""
    unit = claim.site.quantity.unit
    return unit is None or claim.measured.measure not in ("level", "share") or indicator.takes(unit)


def _on_one_line(sentence: str) -> str:
    return (_CUT.sub("", sentence) if "\n" in sentence else sentence).strip()


def _joined(*ids: Iterable[str]) -> str:
    """The ids, each once, in order."""
    return "|".join(dict.fromkeys(chain(*ids)))


def _signed(quantity: Quantity, sign: int) -> tuple[Decimal, Decimal | None]:
    """Value and upper end with the sign of the words; a printed minus keeps its own."""
    if sign > 0 or quantity.low < 0:
        return quantity.low, quantity.high
    if quantity.high is None:
        return -quantity.low, None
    return -quantity.high, -quantity.low


def _plain(number: Decimal | None) -> Decimal | None:
    """Without trailing zeros after the point: 476000.0 is 476000."""
    return None if number is None else Decimal(plain(number))


def _base(low: Decimal, high: Decimal | None, unit: Unit | None) -> tuple[Decimal | None, Decimal | None, str]:
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
