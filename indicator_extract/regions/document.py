"""The region a document is about: from its title and opening, else from the names in its text, else none."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from indicator_extract.regions.evidence import KINDS, STRONG, WEAKEST, Evidence, Witness, lines_of
from indicator_extract.regions.names import SHORTEST, Names
from indicator_extract.regions.rows import Row
from indicator_extract.regions.table import COUNTRY, Region, Table
from indicator_extract.regions.words import Words

HEAD_LENGTH = 1500  # characters that count as the opening where the caller names none
LEAST = 3  # names that must speak for a region known from the text alone
LEAD = 2  # how many times as much must speak for a region as for the next one
WEIGHTS = (3, 2)  # what one mention of a region's prefecture and of its province says for it; its neighbours say 1

AMBIGUOUS = "ambiguous_area"  # several regions fit: the likeliest, or none
INFERRED = "inferred_area"  # known only from the names in the text, or from a newspaper's
UNCODED = "uncoded_area"  # a town or a development zone, which has no code of its own


class Reading(NamedTuple):
    """One document and what has been found out about its words."""

    text: str
    year: int | None
    levels: Counter[str]  # how often the text speaks of its own 市, 区, 省 … (全市, 区委)

    @property
    def level(self) -> str:
        """The most frequent one, empty where two are equally so."""
        first, second = [*self.levels.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] > second[1] else ""


class Locator:
    """Finds the regions of documents."""

    def __init__(self, table: Table, words: Words, names: Names) -> None:
        self._table, self._words, self._names = table, words, names
        self._witness = Witness(table, words, names)

    def of_document(self, title: str, head: str, text: str, year: int | None) -> tuple[Region | None, tuple[str, ...]]:
        """See `Regions.of_document`."""
        titles, lines = lines_of(title), lines_of(head or text[:HEAD_LENGTH])
        for line in (*titles, *self._witness.headings(lines)):
            if place := self._uncoded(line, year):
                return place, (UNCODED,)
        levels = Counter(found["kind"] or found["body"] for found in self._words.level.finditer(text))
        reading = Reading(text, year, levels)
        evidence = list(self._witness.evidence(titles, lines, lines_of(text[-HEAD_LENGTH:]), year))
        inferred = all(one.kind == WEAKEST for one in evidence)
        rows = (self._from_names(reading) if inferred else ()) or self._from_evidence(evidence, reading)
        row, doubt = self._settled(rows, reading)
        if row is None:
            return None, doubt
        if self._contradicts(evidence, row, reading):
            doubt = (AMBIGUOUS,)
        return self._table.region(row, year), (*doubt, INFERRED) if inferred else doubt

    def _contradicts(self, evidence: list[Evidence], row: Row, reading: Reading) -> bool:
        """Whether a title or meeting speaks for a region that has nothing to do with the one found."""
        strong = (one for one in evidence if one.kind in STRONG)
        return any(not any(self._related(row, other, reading.year) for other in one.rows) for one in strong)

    def _uncoded(self, line: str, year: int | None) -> Region | None:
        """The town or development zone that a title begins with."""
        at = begin = self._words.start(line)
        above = ""
        found = next(iter(self._names.find(line, at, len(line), year)), None)
        if found and found.start == at:
            if len(found.rows) > 1:
                return None
            at, begin = found.end, found.last
            above = self._table.region(found.rows[0], year).full_name
        for kind in ("zone", "town"):
            place = self._words.regex[kind].match(line, at)
            if place and self._words.regex["after_place"].match(line, place.end()):
                alone = line[begin:at] in self._table.by_name and place.groupdict().get("own") != ""
                return Region("", place[0] if alone else line[begin : place.end()], above + place[0])
        return None

    def _from_evidence(self, evidence: list[Evidence], reading: Reading) -> tuple[Row, ...]:
        """The regions the strongest evidence allows, narrowed by what the rest says."""
        ranked = sorted(evidence, key=lambda one: KINDS.index(one.kind))
        if not ranked:
            return ()
        best = [one for one in ranked if one.kind == ranked[0].kind]
        at_level = [one for one in best if any(self._words.kind(row.name) == reading.level for row in one.rows)]
        if reading.level and not at_level and best[0].kind == WEAKEST:
            return ()
        rows = (at_level or best)[0].rows
        for other in ranked:
            rows = self._narrowed(rows, other.rows, reading)
        return rows

    def _narrowed(self, rows: tuple[Row, ...], others: tuple[Row, ...], reading: Reading) -> tuple[Row, ...]:
        """The rows that lie in the others or hold them; a smaller other one where the text speaks of its level."""
        table, year = self._table, reading.year
        inner = tuple(o for o in others if any(o != row and table.is_in(o, row.code, year) for row in rows))
        if len(inner) == 1 and self._words.kind(inner[0].name) == reading.level != self._words.kind(rows[0].name):
            return inner
        return (
            tuple(row for row in rows if any(table.is_in(row, other.code, year) for other in others))
            or tuple(row for row in rows if any(table.is_in(other, row.code, year) for other in others))
            or rows
        )

    def _settled(self, rows: tuple[Row, ...], reading: Reading) -> tuple[Row | None, tuple[str, ...]]:
        """One of the rows that fit, and the doubt that stays."""
        if len(rows) > 1:
            rows = tuple(row for row in rows if self._words.kind(row.name) == reading.level) or rows
        if len(rows) <= 1:
            return (rows[0] if rows else None), ()
        ranked = sorted(((self._support(row, rows, reading), row) for row in rows), key=lambda one: -one[0])
        (first, row), (second, _) = ranked[:2]
        if first > second:
            return row, () if first >= LEAD and first >= LEAD * second else (AMBIGUOUS,)
        highest = [row for _, row in ranked if _rank(row) == min(_rank(row) for _, row in ranked)]
        return (highest[0] if len(highest) == 1 else None), (AMBIGUOUS,)

    def _support(self, row: Row, rivals: tuple[Row, ...], reading: Reading) -> int:
        """How strongly the other names in the text speak for one of several regions of one name."""
        table, text = self._table, reading.text
        when = table.when(row, reading.year)
        own = {rival.name for rival in rivals} | {rival.short for rival in rivals}
        above = zip(WEIGHTS, table.lineage(row, reading.year)[1:], strict=False)
        weight = sum(each * min(LEAST, text.count(r.short)) for each, r in above if r.short not in own)
        parent = table.parent(row, when)
        kin = {r.name for code in (row.code, parent.code if parent else "") for r in table.children(code, when)}
        return weight + sum(name in text for name in kin - own)

    def _from_names(self, reading: Reading) -> tuple[Row, ...]:
        """The region of the text's level that the names in the text speak for, if they plainly do."""
        country = self._table.by_code[COUNTRY][-1]
        if reading.level == self._words.kind(country.name):
            return (country,) if reading.levels[reading.level] >= LEAST else ()
        named, inside = self._counted(reading)
        scores = {
            row: named[row] + len(inside.get(row, ()))
            for row in {*named, *inside}
            if not reading.level or self._words.kind(row.name) == reading.level
        }
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        if not ranked or ranked[0][1] < LEAST:
            return ()
        best, most = ranked[0]
        rivals = (score for row, score in ranked[1:] if not self._related(row, best, reading.year))
        return (best,) if most >= LEAD * next(rivals, 0) else ()

    def _related(self, one: Row, other: Row, year: int | None) -> bool:
        return self._table.is_in(one, other.code, year) or self._table.is_in(other, one.code, year)

    def _counted(self, reading: Reading) -> tuple[Counter[Row], dict[Row, set[str]]]:
        """How often each region is named, and by which names regions directly in it are."""
        named: Counter[Row] = Counter()
        inside: dict[Row, set[str]] = {}
        for found in self._names.find(reading.text, 0, len(reading.text), reading.year, short=True):
            if len(found.rows) == 1 and (
                self._names.is_plain(reading.text, found) or found.end - found.last > SHORTEST
            ):
                named[found.rows[0]] += 1
            for row in found.rows:
                if parent := self._table.parent(row, self._table.when(row, reading.year)):
                    inside.setdefault(parent, set()).add(row.short)
        return named, inside


def _rank(row: Row) -> int:
    """0 for a province, 1 for a prefecture, 2 for a county."""
    return 0 if row.code.endswith("0000") else 1 if row.code.endswith("00") else 2
