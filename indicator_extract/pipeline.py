"""The visible list of stages, from a document to its records: the only module that imports them all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract import reading
from indicator_extract.attribution import Attributor, Title
from indicator_extract.attribution.framing import Framer, Framing
from indicator_extract.checks import Finding, check, flagged
from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.model import Block, Document, Located, Mention, Quantity, Span
from indicator_extract.normalise import NOWHERE, Normaliser, Origin, digest_of
from indicator_extract.numerals import NumeralReader
from indicator_extract.periods import PeriodReader
from indicator_extract.quantities import QuantityReader
from indicator_extract.reading.options import DEFAULTS, Options
from indicator_extract.record import MentionRecord, Record
from indicator_extract.regions import Region, load_regions
from indicator_extract.regions.area import chosen_area
from indicator_extract.segment import Segmenter
from indicator_extract.tables.find import Found, TableFinder

if TYPE_CHECKING:
    from indicator_extract.tables.read import TableReader

TITLE_LENGTH = 500
"""Characters of a title that comes with a document, at most."""


class Extraction(NamedTuple):
    """Everything a document says in numbers."""

    document: Document
    records: tuple[Record, ...]
    mentions: tuple[MentionRecord, ...]


class Extractor:
    """Reads numbers with one lexicon. Built once; safe to share between threads, since it changes nothing in itself."""

    def __init__(self, patterns: str | Path | None = None, *, area: str = "") -> None:
        """Load the built-in patterns, with the user's folder `patterns` laid over them.

        `area`, a name or six-digit code, is the region of every document; without it, each document tells its own.

        Raises:
            PatternError: a pattern file is wrong.
            ChoiceError: `area` is no region, or several.
        """
        self.lexicon: Lexicon = load_lexicon(Path(patterns) if patterns else None)
        self._segmenter = Segmenter(self.lexicon)
        self._periods = PeriodReader(self.lexicon)
        self._numerals, self._quantities = NumeralReader(self.lexicon), QuantityReader(self.lexicon)
        self._regions = load_regions()
        self._area = chosen_area(self._regions, area) if area else None
        self._attributor = Attributor(self.lexicon)
        self._framer = Framer(self.lexicon)
        self._table_finder = TableFinder(self.lexicon)
        self._normaliser = Normaliser(self.lexicon, self._regions)

    def extract_text(self, text: str, *, source: str = "", title: str = "") -> Extraction:
        """The records and mentions of a text (newlines `\\n`, no byte order mark)."""
        return self.extract_document(Document(source, text, title))

    def extract_file(self, path: str | Path, options: Options = DEFAULTS) -> Iterator[Extraction]:
        """The extraction of each document in a file. Raises ReadError."""
        for document in reading.read(path, None, options):
            yield self.extract_document(document)

    def extract_document(self, document: Document) -> Extraction:
        """The stages in order; rows of tables go their own way."""
        document = document._replace(title=document.title[:TITLE_LENGTH])  # it stands in every record
        tables = self._table_finder.find(document)
        view = self._segmenter.view(self._table_finder.running(document, tables) if tables else document)
        blocks = self._segmenter.blocks(view)
        exprs = self._periods.scan(view)
        title = Title(document.title, self._periods.scan(document.title))
        region, doubts = self._region_of(document)
        times = [Span(e.start, e.end) for e in exprs]
        amounts = self._quantities.read(view, self._numerals.scan(view, times), times)
        strip = self._regions.strip_words(region, document.year) if region else frozenset()
        claims, mentions = self._attributor.attribute(document, title, view, blocks, exprs, amounts, strip)
        origin = Origin(document, self._segmenter.title(view, blocks), digest_of(document.text), region, doubts)
        records = [self._normaliser.record(claim, origin) for claim in claims]
        if tables:
            framing = self._framer.read(document, title, view, blocks, exprs)
            located, others = self._from_tables(document, tables, blocks, framing)
            records += [self._normaliser.record(one.claim, self._origin(origin, one)) for one in located]
            records.sort(key=lambda record: record.start)
            quantities = [claim.site.quantity for claim in claims]
            spoken = sorted([*((q.start, q.end) for q in quantities), *((m.start, m.end) for m in mentions)])
            mentions = sorted([*mentions, *_apart(others, spoken)])  # a title is read with the text and with its table
        records = flagged(records, check(records, document.text, self.lexicon))
        return Extraction(document, tuple(records), tuple(_mention(m, document) for m in mentions))

    def findings(self, extraction: Extraction) -> list[Finding]:
        """What the flags of the checks rest on: which records do not fit together, and why."""
        return check(extraction.records, extraction.document.text, self.lexicon)

    def _region_of(self, document: Document) -> tuple[Region | None, tuple[str, ...]]:
        """The region the user has named, under its name in the document's year, else what the document tells."""
        if self._area is not None:
            return self._regions.at(self._area.code, document.year) or self._area, ()
        return self._regions.of_document(document.area or document.title, "", document.text, document.year)

    @cached_property
    def _table_reader(self) -> TableReader:
        from indicator_extract.tables.read import TableReader

        return TableReader(self.lexicon)

    def _from_tables(
        self, document: Document, tables: Sequence[Found], blocks: Sequence[Block], framing: Framing
    ) -> tuple[list[Located], list[Mention]]:
        """The same stages for the cells of tables."""
        from indicator_extract.tables.read import Numbers  # most reports have no table

        view = self._table_finder.view(document, tables)
        exprs = self._periods.scan(view)
        times = [Span(e.start, e.end) for e in exprs]
        amounts = self._quantities.read(view, self._numerals.scan(view, times), times)
        numbers = Numbers(view, amounts, exprs, self.unit_of)
        return self._table_reader.read(document, tables, numbers, blocks, framing)

    @lru_cache(maxsize=4096)  # noqa: B019 an extractor lives as long as its process, and a table repeats its units
    def unit_of(self, words: str) -> Quantity | None:
        """What 1 makes with these words behind it, None where they are no unit: a unit is what may follow a number."""
        text = f"1{words.strip()}".translate(self.lexicon.characters)
        found = self._quantities.read(text, self._numerals.scan(text))
        whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text)
        return found[0] if whole and found[0].unit is not None else None

    def _origin(self, origin: Origin, located: Located) -> Origin:
        """The origin of one cell: its place, and the region that its row names."""
        document = origin.document._replace(source=f"{origin.document.source}#{located.place}")
        if not located.area:
            return origin._replace(document=document)
        within = origin.region.code if origin.region else ""
        found = self._regions.find(located.area, located.claim.dated.last or None, within)
        region = self._regions.of_claim(origin.region or NOWHERE, located.area, located.claim.dated.last or None)
        return origin._replace(document=document, region=found[0] if len(found) == 1 else region)


def _apart(mentions: Iterable[Mention], taken: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """The mentions that share no place with the spans, which are in order and do not overlap."""
    for mention in mentions:
        at = bisect_left(taken, (mention.end,))  # the spans before it begin before the end of the mention
        if not at or taken[at - 1][1] <= mention.start:
            yield mention


def _mention(mention: Mention, document: Document) -> MentionRecord:
    start, end = mention.start, mention.end
    row = {
        "source": document.source,
        "start": start,
        "end": end,
        "text": document.text[start:end],
        "mention_class": mention.mention_class,
        "rule": mention.rule,
    }
    return MentionRecord.model_validate(row)
