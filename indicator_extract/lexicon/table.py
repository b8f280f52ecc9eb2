"""The Lexicon: what the pattern files say, as tables ready for use. Nothing in it changes after it is built."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from indicator_extract.errors import PatternError
from indicator_extract.lexicon.cue import Cue, CueRule
from indicator_extract.lexicon.expectations import TRAITS, Expectations, Names, Plausible, Structure
from indicator_extract.lexicon.matching import Cues
from indicator_extract.lexicon.trie import guarded_trie
from indicator_extract.model import Unit

TIMES = "_times"  # persons and person-times, areas and areas treated count the same thing


class Entry(NamedTuple):
    """One validated entry of a pattern file, as plain data (without examples)."""

    kind: str
    id: str
    file: str
    data: Mapping[str, Any]
    user: bool  # from a user's folder, not built in


class Indicator(NamedTuple):
    """An indicator of the lexicon."""

    id: str
    name: str
    name_en: str
    category: str
    dimension: str
    unit: str

    def takes(self, unit: Unit) -> bool:
        """Whether a level in this unit can be one of this indicator: money has no 公斤."""
        if unit.dimension == self.dimension:
            return True
        dimensions = {dimension.removesuffix(TIMES) for dimension in self.dimension.split("|")}
        return unit.dimension.removesuffix(TIMES) in dimensions


class IndicatorTable:
    """The indicators by name and alias; `get` gives the one of a name, None where there is none."""

    def __init__(self, by_name: Mapping[str, Indicator]) -> None:
        self.by_name = by_name
        self.get: Callable[[str], Indicator | None] = (
            by_name.get
        )  # the mapping's own: it is asked a dozen times a claim
        self._sorted = sorted(by_name)

    def opens(self, words: str) -> bool:
        """Whether any name or alias begins with these words."""
        at = bisect_left(self._sorted, words)
        return at < len(self._sorted) and self._sorted[at].startswith(words)


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """Every word the engine knows."""

    characters: Mapping[int, str]  # for str.translate, one character for one
    lookalikes: frozenset[str]  # the characters whose replacement is to be flagged
    numeral_words: Mapping[str, Mapping[str, str]]  # role -> word -> value
    units: Mapping[str, Unit]  # symbol or alias -> unit
    unit_pattern: str  # regex source of all symbols and aliases, longest first
    classifiers: frozenset[str]  # ids of the units that are classifiers
    indicators: IndicatorTable
    expectations: Expectations
    _rules: Mapping[str, Sequence[CueRule]]
    _cues: dict[str, Cues] = field(default_factory=dict, init=False)  # built when first asked for: compiling is slow

    @property
    def roles(self) -> tuple[str, ...]:
        """The cue roles that have entries."""
        return tuple(sorted(self._rules))

    def cues(self, role: str) -> Cues:
        """The cues of a role; none where no entry has it."""
        if role not in self._cues:
            self._cues[role] = Cues(role, self._rules.get(role, ()))
        return self._cues[role]


def _refuse_doubles(what: str, said: Sequence[tuple[str, Entry]]) -> None:
    """Raises PatternError where two entries say the same word: it names both."""
    if len(dict(said)) == len(said):  # as mostly
        return
    owners: dict[str, Entry] = {}
    for word, entry in said:
        first = owners.setdefault(word, entry)
        if first is not entry:
            blamed, other = (entry, first) if entry.user or not first.user else (first, entry)
            problem = f"{what} `{word}` is already in {other.id} ({other.file})"
            raise PatternError(blamed.file, blamed.id, problem, "take it out of one of the two")


def build(entries: Iterable[Entry]) -> Lexicon:
    """The lexicon of these entries, whatever their order. Raises PatternError where a word is said twice."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        by_kind.setdefault(entry.kind, []).append(entry)
    characters = by_kind.get("character", [])
    units = by_kind.get("unit", [])
    indicators = _indicators(by_kind.get("indicator", []))
    return Lexicon(
        characters=_characters(characters),
        lookalikes=frozenset("".join(entry.data["source"] for entry in characters if entry.data["flag"])),
        numeral_words=_numeral_words(by_kind.get("numeral", [])),
        units=_units(units),
        unit_pattern=_unit_pattern(units),
        classifiers=frozenset(entry.id for entry in units if entry.data["kind"] == "classifier"),
        indicators=indicators,
        expectations=_expectations(by_kind, indicators),
        _rules=_rules(by_kind.get("cue", [])),
    )


def _characters(entries: Iterable[Entry]) -> dict[int, str]:
    pairs = [(pair, entry) for entry in entries for pair in zip(entry.data["source"], entry.data["to"], strict=True)]
    _refuse_doubles("character", [(source, entry) for (source, _), entry in pairs])
    return {ord(source): to for (source, to), _ in pairs}


def _numeral_words(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    said: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries:
        role = entry.data["role"]
        said.setdefault(role, []).extend((word, entry) for word in entry.data["values"])
        table.setdefault(role, {}).update(entry.data["values"])
    for words in said.values():
        _refuse_doubles("numeral", words)
    return table


def _names(entry: Entry) -> tuple[str, ...]:
    """Symbol or name, with the aliases."""
    return (entry.data.get("symbol") or entry.data["name"], *entry.data["aliases"])


def _said(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    return [(name, entry) for entry in entries for name in _names(entry)]


def _units(entries: Sequence[Entry]) -> dict[str, Unit]:
    said = _said(entries)
    _refuse_doubles("unit", said)
    made = {entry.id: _unit(entry) for entry in entries}
    return {name: made[entry.id] for name, entry in said}


def _unit(entry: Entry) -> Unit:
    data = entry.data
    ratio = None if data["factor"] is None else Fraction(data["factor"])
    factor = None if ratio is None else Decimal(ratio.numerator)
    divisor = Decimal(ratio.denominator if ratio else 1)
    return Unit(entry.id, data["symbol"], data["dimension"], factor, divisor, data["base"])


def _unit_pattern(entries: Iterable[Entry]) -> str:
    return guarded_trie((name, entry.data["not_before"], entry.data["not_after"]) for name, entry in _said(entries))


def _indicators(entries: Sequence[Entry]) -> IndicatorTable:
    said = _said(entries)
    _refuse_doubles("indicator", said)
    fields = itemgetter(*Indicator._fields[1:])
    made = {entry.id: Indicator(entry.id, *fields(entry.data)) for entry in entries}
    return IndicatorTable({name: made[entry.id] for name, entry in said})


def _expectations(by_kind: Mapping[str, list[Entry]], known: IndicatorTable) -> Expectations:
    """What checks hold numbers against, names as ids where the lexicon has them."""

    def key(name: str) -> str:
        indicator = known.get(name)
        return indicator.id if indicator else name

    def names(entries: Iterable[Entry]) -> Names:
        data = [entry.data for entry in entries]
        said, begins, ends = (tuple(word for each in data for word in each[part]) for part in Names._fields)
        return Names(frozenset({*said, *map(key, said)}), begins, ends)

    plausible: dict[tuple[str, str], list[Plausible]] = {}
    for entry in by_kind.get("plausible", []):
        data = entry.data
        ends = Decimal(data["low"]), Decimal(data["high"])
        held = Plausible(entry.id, data["flag"], names([entry]), frozenset(data["bases"]), *ends)
        for measure in data["measures"]:
            plausible.setdefault((measure, data["unit"]), []).append(held)
    structures = (
        Structure(entry.id, key(entry.data["whole"]), tuple(map(key, entry.data["parts"])), entry.data["complete"])
        for entry in by_kind.get("structure", [])
    )
    traits = by_kind.get("trait", [])
    by_trait = {trait: names(each for each in traits if each.data["trait"] == trait) for trait in TRAITS}
    return Expectations(tuple(structures), plausible, **by_trait)


def cue_rule(entry: Entry) -> CueRule:
    """A cue entry as the matcher takes it."""
    data = entry.data
    cue = Cue(entry.id, data["role"], MappingProxyType(data["gives"]), data["priority"], tuple(data["words"]))
    return CueRule(cue, entry.file, data["regex"], tuple(data["not_before"]), tuple(data["not_after"]), entry.user)


def _rules(entries: Iterable[Entry]) -> dict[str, list[CueRule]]:
    table: dict[str, list[CueRule]] = {}
    said: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries:
        role = entry.data["role"]
        said.setdefault(role, []).extend((word, entry) for word in entry.data["words"])
        table.setdefault(role, []).append(cue_rule(entry))
    for role, words in said.items():
        _refuse_doubles(f"in role {role}, the word", words)
    return table
