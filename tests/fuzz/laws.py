"""The laws that hold for every input, whatever it is. A broken one is an AssertionError; any other error is a crash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from benchmarks.linear import parsers_inside
from indicator_extract import Extraction, Extractor, IndicatorExtractError, MentionRecord, ReadError, Record
from indicator_extract.model import Document, Numeral, Span
from indicator_extract.numerals import NumeralReader
from indicator_extract.periods import PeriodReader
from indicator_extract.quantities import QuantityReader
from indicator_extract.reading import items
from indicator_extract.segment import Segmenter

_DIGITS = re.compile(r"[0-9０-９]")
_ENDS = re.compile(r"[\n\r]")


@cache
def extractor() -> Extractor:
    """One for all inputs of a process."""
    return Extractor()


@cache
def _stages() -> tuple[Segmenter, PeriodReader, NumeralReader, QuantityReader]:
    lexicon = extractor().lexicon
    return Segmenter(lexicon), PeriodReader(lexicon), NumeralReader(lexicon), QuantityReader(lexicon)


def numbers(text: str) -> None:
    """Text → quantities: in order, none over another; each numeral in one of them, each digit in one or a date."""
    segmenter, periods, numerals, quantities = _stages()
    view = segmenter.view(Document("", text))
    assert len(view) == len(text), "the view has another length than the text"
    dates = [Span(expr.start, expr.end) for expr in periods.scan(view)]
    _in_order(dates, len(text))
    found = numerals.scan(view, dates)
    _in_order(found, len(text))
    amounts = quantities.read(view, found, dates)
    _in_order(sorted([*dates, *(Span(amount.start, amount.end) for amount in amounts)]), len(text))
    for numeral in found:
        assert sum(a.start <= numeral.start and numeral.end <= a.end for a in amounts) == 1, f"{numeral} in no quantity"
    _accounted(view, [*dates, *amounts])
    assert numerals.scan(view, dates) == found, "not the same twice"


def document(given: Document) -> Extraction:
    """Document → records and mentions."""
    done = extractor().extract_document(given)
    rows: list[Record | MentionRecord] = [*done.records, *done.mentions]
    for record in done.records:
        assert given.text[record.start : record.end] == record.value_text, f"{record.value_text!r} is not at its place"
        assert Record.model_validate_json(record.model_dump_json()) == record, "not the same through JSON"
    for mention in done.mentions:
        assert given.text[mention.start : mention.end] == mention.text, f"{mention.text!r} is not at its place"
    spans = sorted(Span(row.start, row.end) for row in rows)
    _in_order(spans, len(given.text))
    _accounted(given.text, spans)
    again = extractor().extract_document(given)
    assert again == done, "not the same twice"
    assert len({record.record_id for record in done.records}) == len(done.records), "two records have one id"
    extractor().findings(done)
    return done


def file(name: str, data: bytes, *, further: bool = False) -> bool:
    """File → documents, which with `further` go through all stages; False where it is refused, and rightly so."""
    found = _read(name, data)
    assert found == _read(name, data), "not the same twice"
    for item in found:
        if isinstance(item, ReadError):
            message(item, name)
            continue
        _readable(item)
        if further or item.tables:
            document(item)
    return any(isinstance(item, Document) for item in found)


class _RefusedError(ReadError):
    """A refusal that equals another with the same words."""

    def __init__(self, error: ReadError) -> None:
        self.source, self.args = error.source, error.args

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _RefusedError) and str(self) == str(other)

    __hash__ = ReadError.__hash__


def _read(name: str, data: bytes) -> list[Document | ReadError]:
    found: list[Document | ReadError] = []
    try:
        with parsers_inside():
            found.extend(_RefusedError(item) if isinstance(item, ReadError) else item for item in items(name, data))
    except ReadError as error:
        found.append(_RefusedError(error))
    return found


def message(error: IndicatorExtractError, name: str) -> None:
    """One line that names the input first."""
    said = str(error)
    assert said.startswith(name), f"names no file: {said!r}"
    assert not _ENDS.search(said.removeprefix(name)), f"more than one line: {said!r}"


def _readable(given: Document) -> None:
    """Line ends are one kind, something is said, and the cells of tables lie in their order in the text."""
    assert "\r" not in given.text
    assert given.text.strip()
    given.text.encode()  # no halves of characters
    end = 0
    for table in given.tables:
        assert end <= table.start <= table.end <= len(given.text), "a table is out of place"
        end = table.end
        cells = sorted(table.cells)
        for cell in cells:
            assert table.start <= cell.start <= cell.end <= table.end, "a cell is outside of its table"
        for one, other in pairwise(cells):
            assert one.end < other.start, "two cells share a place"


def _in_order(spans: Sequence[Span | Numeral | object], length: int) -> None:
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= length, f"out of order or over another: {span}"  # type: ignore[attr-defined]
        end = span.end  # type: ignore[attr-defined]


def _accounted(text: str, spans: Sequence[object]) -> None:
    """Every digit lies in one of the spans."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)  # type: ignore[attr-defined]
    for found in _DIGITS.finditer(text):
        assert covered[found.start()], f"{found[0]} at {found.start()} is not accounted for"
