"""The visible list of stages, from a document to its records: the only module that imports them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indicator_extract import reading
from indicator_extract.attribution import Attributor, Title
from indicator_extract.lexicon import Lexicon, load_lexicon
from indicator_extract.model import Document, Mention, Span
from indicator_extract.normalise import Normaliser, digest_of
from indicator_extract.numerals import NumeralReader
from indicator_extract.periods import PeriodReader
from indicator_extract.quantities import QuantityReader
from indicator_extract.record import MentionRecord, Record
from indicator_extract.segment import Segmenter


class Extraction(NamedTuple):
    """Everything a document says in numbers."""

    document: Document
    records: tuple[Record, ...]
    mentions: tuple[MentionRecord, ...]


class Extractor:
    """Reads numbers with one lexicon. Built once; safe to share between threads, since it changes nothing in itself."""

    def __init__(self, patterns: str | Path | None = None) -> None:
        """Load the built-in patterns, with the user's folder `patterns` laid over them. Raises PatternError."""
        self.lexicon: Lexicon = load_lexicon(Path(patterns) if patterns else None)
        self._segmenter = Segmenter(self.lexicon)
        self._periods = PeriodReader(self.lexicon)
        self._numerals, self._quantities = NumeralReader(self.lexicon), QuantityReader(self.lexicon)
        self._attributor = Attributor(self.lexicon)
        self._normaliser = Normaliser(self.lexicon)

    def extract_text(self, text: str, *, source: str = "", title: str = "") -> Extraction:
        """The records and mentions of a text (newlines `\\n`, no byte order mark)."""
        return self.extract_document(Document(source, text, title))

    def extract_file(self, path: str | Path) -> Iterator[Extraction]:
        """The extraction of each document in a file. Raises ReadError."""
        for document in reading.read(path):
            yield self.extract_document(document)

    def extract_document(self, document: Document) -> Extraction:
        """The stages in order."""
        view = self._segmenter.view(document)
        blocks = self._segmenter.blocks(view)
        exprs = self._periods.scan(view)
        title = Title(document.title, self._periods.scan(document.title))
        found = self._numerals.scan(view, [Span(e.start, e.end) for e in exprs])
        amounts = self._quantities.read(view, found)
        claims, mentions = self._attributor.attribute(document, title, view, blocks, exprs, amounts)
        digest = digest_of(document.text)
        records = tuple(self._normaliser.record(claim, document, digest) for claim in claims)
        return Extraction(document, records, tuple(_mention(m, document) for m in mentions))


def _mention(mention: Mention, document: Document) -> MentionRecord:
    start, end = mention.start, mention.end
    return MentionRecord(
        source=document.source, start=start, end=end, text=document.text[start:end],
        mention_class=mention.mention_class, rule=mention.rule,
    )
