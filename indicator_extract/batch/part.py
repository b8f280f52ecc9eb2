"""Documents → Parts: the work on one input, cut into pieces that another process can do and a journal can keep."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indicator_extract.choosing import Choice, Wanted
from indicator_extract.conversion import Converter
from indicator_extract.errors import IndicatorExtractError, PatternError, ReadError
from indicator_extract.model import Document
from indicator_extract.pipeline import Extractor
from indicator_extract.reading import Options, items, source_name
from indicator_extract.writing import Layout, by_name, json_lines, pieces

if TYPE_CHECKING:
    from indicator_extract.pipeline import Extraction
    from indicator_extract.record import Record

CHUNK = 16 * 1024
"""Characters after which a chunk is full: a moment of work, and small beside the memory of a process."""

Chunk = Sequence[Document | str]
"""Documents of one input that stand together, and in their place what could not be read: a message fit for a person."""


class Recipe(NamedTuple):
    """All that decides what becomes of a document. Plain data, so that every process can make the same of it."""

    format: str = "jsonl"
    patterns: Path | None = None
    area: str = ""
    reading: Options = Options()
    wanted: Wanted = Wanted()
    units: tuple[str, ...] = ()  # for base values
    columns: tuple[str, ...] = ()
    mentions: bool = False  # whether they are written too


class Part(NamedTuple):
    """What became of one chunk."""

    records: bytes = b""  # packed for the format (see `writing.pieces`), then compressed
    mentions: bytes = b""  # JSON Lines, compressed
    documents: int = 0
    size: int = 0  # bytes of their texts in UTF-8
    chosen: int = 0  # records
    left_out: int = 0  # records that nobody asked for
    met: int = 0  # mentions
    notes: tuple[str, ...] = ()  # what readers doubt, each once
    details: tuple[str, ...] = ()  # a line or two a document, for those who ask
    failures: tuple[str, ...] = ()


class Maker:
    """Makes Parts by one recipe."""

    def __init__(self, recipe: Recipe) -> None:
        """Loads the patterns.

        Raises:
            PatternError: a pattern file is wrong.
            ChoiceError: something asked for does not exist.
        """
        known = by_name(recipe.format)
        if known is None:
            raise ValueError(recipe.format)
        self.format = known
        self._extractor = Extractor(recipe.patterns, area=recipe.area)
        self._choice = Choice(recipe.wanted, self._extractor.lexicon, self._extractor.unit_of)
        self._convert = Converter(recipe.units, self._extractor.unit_of)
        self._mentions = recipe.mentions
        self.layout = Layout(recipe.columns, None, self._extractor.lexicon.units, recipe.patterns)

    def __call__(self, chunk: Chunk) -> Part:
        """The part of a chunk. A document that a defect of the engine breaks is a failure, and the others go on."""
        records: list[bytes] = []
        mentions: list[bytes] = []
        part = Part(failures=tuple(item for item in chunk if isinstance(item, str)))
        for document in chunk:
            if isinstance(document, str):
                continue
            try:
                extraction = self._extractor.extract_document(document)
                chosen = [self._convert(record) for record in extraction.records if self._choice(record)]
                packed = self._packed(extraction, chosen)
            except PatternError as error:  # an expression of the user's that took too long on this text
                part = part._replace(failures=(*part.failures, f"{document.source}: {error}"))
                continue
            except Exception as error:  # noqa: BLE001 a defect in the engine costs one document, not the batch
                part = part._replace(failures=(*part.failures, defect(document.source, error)))
                continue
            records.append(packed[0])
            mentions.append(packed[1])
            part = _with(part, extraction, len(chosen))
        return part._replace(records=_squeezed(records), mentions=_squeezed(mentions))

    def _packed(self, extraction: Extraction, chosen: Sequence[Record]) -> tuple[bytes, bytes]:
        """The records and the mentions of a document; a format that holds texts has all of it in the first."""
        document, records, mentions = extraction
        if self.format.pack_document:
            known = {record.record_id for record in chosen}
            left_out = [record for record in records if record.record_id not in known]
            packed = self.format.pack_document(document, chosen, left_out, mentions)
        else:
            packed = pieces.pack(self.format, chosen, self.layout)
        return packed, json_lines.pack(mentions) if self._mentions else b""


def chunks(source: str, options: Options) -> Iterator[Chunk]:
    """The documents of one input as they are read, and what is wrong with it or with members of it.

    The same input gives the same chunks, whoever reads it. Never raises for what is wrong with the input.
    """
    chunk: list[Document | str] = []
    length, before = 0, ""
    for file, item in _items(source, options):
        # No chunk has parts of two members of an archive: one that its parser fails on, for want of time or memory, and
        # not when it is read again, moves none of the others.
        if chunk and (file != before or length >= CHUNK):
            yield chunk
            chunk, length = [], 0
        chunk.append(item)
        length += len(item if isinstance(item, str) else item.text)
        before = file
    if chunk:
        yield chunk


def unsqueezed(data: bytes) -> bytes:
    """The bytes of a part's records or mentions."""
    return zlib.decompress(data) if data else b""


def defect(source: str, error: Exception) -> str:
    """What to tell about an error that should not be."""
    problem = f"internal error ({type(error).__name__}: {error})"
    return str(ReadError(source, problem, "please report it"))


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `2,000 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _items(source: str, options: Options) -> Iterator[tuple[str, Document | str]]:
    """The documents and failures of an input, each with the file or member it is of."""
    try:
        for item in items(source, None, options):
            file = item.source.rpartition("#")[0] or item.source
            yield file, item if isinstance(item, Document) else str(item)
    except IndicatorExtractError as error:
        yield source_name(source), str(error)
    except Exception as error:  # noqa: BLE001 a defect in a reader costs one file, not the batch
        yield source_name(source), defect(source_name(source), error)


def _with(part: Part, extraction: Extraction, chosen: int) -> Part:
    """The part, with what one more document adds to its counts and messages."""
    document, records, mentions = extraction
    counts = f"{counted(len(records), 'record')}, {counted(len(mentions), 'mention')}"
    how = (f"{document.source}: read as {document.how}",) if document.how else ()
    return part._replace(
        documents=part.documents + 1,
        size=part.size + len(document.text.encode("utf-8", "replace")),
        chosen=part.chosen + chosen,
        left_out=part.left_out + len(records) - chosen,
        met=part.met + len(mentions),
        notes=tuple(dict.fromkeys((*part.notes, *document.notes))),
        details=(*part.details, *how, f"{document.source}: {counts}"),
    )


def _squeezed(data: Sequence[bytes]) -> bytes:
    joined = b"".join(data)
    return zlib.compress(joined, 1) if joined else b""
