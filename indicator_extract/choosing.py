"""Records → fewer records: those of the indicators, measures, statuses, categories, periods and sizes asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import NamedTuple, get_args

from indicator_extract.errors import ChoiceError
from indicator_extract.lexicon.table import Indicator, Lexicon
from indicator_extract.model import Quantity
from indicator_extract.record import FIELDS, Measure, Record, Status

UnitOf = Callable[[str], Quantity | None]

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_AMOUNT = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(.*)", re.DOTALL)
_PATTERN = re.compile(r"[*?]")
_NEAR = 3  # suggestions for a name that does not exist


class Wanted(NamedTuple):
    """What the user asks for, as typed. An empty part asks for nothing."""

    indicators: Sequence[str] = ()
    measures: Sequence[str] = ()
    statuses: Sequence[str] = ()
    categories: Sequence[str] = ()
    since: str = ""
    until: str = ""
    least: str = ""


class Least(NamedTuple):
    """The smallest value: in a base unit, or in whatever unit the record has where `base` is empty."""

    number: Decimal
    base: str = ""


class Choice:
    """Says of a record whether it is wanted. Parts that ask for something must all agree."""

    def __init__(self, wanted: Wanted, lexicon: Lexicon, unit_of: UnitOf) -> None:
        """`unit_of` reads the words of a unit (see `Extractor.unit_of`).

        Raises:
            ChoiceError: something asked for does not exist; the message names what comes near.
        """
        self._patterns = [name for name in wanted.indicators if _PATTERN.search(name)]
        plain = (name for name in wanted.indicators if not _PATTERN.search(name))
        self._ids = frozenset(indicator_of(name, lexicon).id for name in plain)
        self._measures = _all_of("--measure", wanted.measures, get_args(Measure))
        self._statuses = _all_of("--status", wanted.statuses, get_args(Status))
        self._in_categories = _in_categories(wanted.categories, lexicon) if wanted.categories else frozenset()
        self._since = _day("--since", wanted.since, last=False) if wanted.since else ""
        self._until = _day("--until", wanted.until, last=True) if wanted.until else ""
        if self._since and self._until and self._since > self._until:
            raise ChoiceError("--until", f"{wanted.until} is before {wanted.since}", "exchange --since and --until")
        self._least = _least(wanted.least, unit_of) if wanted.least else None
        named = (
            (wanted.indicators, self._has_indicator),
            (wanted.measures, lambda record: record.measure in self._measures),
            (wanted.statuses, lambda record: record.status in self._statuses),
            (wanted.categories, lambda record: record.indicator_id in self._in_categories),
            (wanted.since or wanted.until, self._has_period),
            (wanted.least, self._has_size),
        )
        self._tests: list[Callable[[Record], bool]] = [test for asked, test in named if asked]

    def __call__(self, record: Record) -> bool:
        """Whether the record is wanted."""
        return all(test(record) for test in self._tests)

    def _has_indicator(self, record: Record) -> bool:
        return record.indicator_id in self._ids or any(
            fnmatchcase(name, pattern) for pattern in self._patterns for name in (record.indicator, record.indicator_id)
        )

    def _has_period(self, record: Record) -> bool:
        """Whether the whole period lies between the two days. One that is unknown does not."""
        if record.time_period is None:
            return False
        first, _, last = record.time_period.partition("/")
        begins, ends = _edge(first, last=False), _edge(last or first, last=True)
        return begins >= self._since and (not self._until or ends <= self._until)

    def _has_size(self, record: Record) -> bool:
        least = self._least
        if least is None or not least.base:
            high = record.value if record.value_high is None else record.value_high
            return least is None or high >= least.number
        base = record.base_value if record.base_value_high is None else record.base_value_high
        return record.base_unit == least.base and base is not None and base >= least.number


def columns_of(asked: Iterable[str]) -> tuple[str, ...]:
    """The names of columns, which may stand in one word with commas between, each once.

    Raises:
        ChoiceError: there is no such column.
    """
    names = [name.strip() for words in asked for name in words.split(",") if name.strip()]
    _all_of("--columns", names, FIELDS)
    return tuple(dict.fromkeys(names))


def indicator_of(name: str, lexicon: Lexicon) -> Indicator:
    """The indicator of a name, an alias or an id.

    Raises:
        ChoiceError: there is none; the message names what comes near.
    """
    by_name = lexicon.indicators.by_name
    by_id = {known.id: known for known in by_name.values()}
    found = by_name.get(name) or by_id.get(name)
    if found is not None:
        return found
    near = near_names(name, lexicon)
    remedy = f"did you mean {', '.join(near)}?" if near else "`indicator-extract indicators WORD` searches them"
    problem = f"{name} is not in the indicator lexicon"
    raise ChoiceError("--indicator", problem, f"{remedy} Names outside the lexicon: '*{name}*'")


def near_names(word: str, lexicon: Lexicon) -> list[str]:
    """At most three names or ids of indicators that come near a word."""
    from difflib import get_close_matches  # only a misspelt name needs it

    by_name = lexicon.indicators.by_name
    ids = [known.id for known in by_name.values()]
    close = get_close_matches(word, [*by_name, *dict.fromkeys(ids)], n=2 * _NEAR, cutoff=0.5)
    shown = (by_name[name].name if name in by_name else name for name in close)  # two aliases may be one indicator
    return list(dict.fromkeys(shown))[:_NEAR]


def _in_categories(asked: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    """The ids of the indicators of these categories."""
    category_of = {known.id: known.category for known in lexicon.indicators.by_name.values()}
    categories = _all_of("--category", asked, sorted(set(category_of.values())))
    return frozenset(name for name, category in category_of.items() if category in categories)


def _all_of(option: str, asked: Sequence[str], known: Sequence[str]) -> frozenset[str]:
    for name in asked:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=_NEAR, cutoff=0.5)
            remedy = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(known)}"
            raise ChoiceError(option, f"there is no {name}", remedy)
    return frozenset(asked)


def _day(option: str, text: str, *, last: bool) -> str:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(_edge(text, last=False))
    except ValueError:
        raise ChoiceError(option, f"{text} is no date", "write 2020, 2020-06 or 2020-06-30") from None
    return _edge(text, last=last)


def _edge(text: str, *, last: bool) -> str:
    """The first or last day of a year or month, as a text that compares by time: no month is longer than 31 days."""
    ends = ("-12-31", "-31") if last else ("-01-01", "-01")
    return text + {4: ends[0], 7: ends[1]}.get(len(text), "")


def _least(text: str, unit_of: UnitOf) -> Least:
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ChoiceError("--min-value", f"{text} is no number", "write 100, or 1.5 with a unit behind it")
    number = Decimal(found[1].replace(",", ""))
    if not found[2]:
        return Least(number)
    read = unit_of(found[2])
    unit = read.unit if read else None
    if read is None or unit is None or unit.factor is None:
        raise ChoiceError("--min-value", f"{found[2]} is no unit with a relation to others", "leave it out")
    return Least(number * read.low * unit.factor / unit.divisor, unit.base)
