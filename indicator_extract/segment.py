"""Document → view and blocks: headings, paragraphs, sentences, clauses.

The view is the text the later stages read: equal in length to the document's text, so that every offset is the
document's own.
Characters of equal meaning are one (full-width digits, look-alikes), and a line break inside a sentence is a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indicator_extract.lexicon import Lexicon, character_class
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import Block, Clause, Document, Sentence

HEADING_LENGTH = 60  # a longer line is a paragraph, whatever it starts with
PLAIN_HEADING_LENGTH = 42  # the same for a line without a number
WRAPPED_LENGTH = 18  # a shorter line is not one of running text that was cut
TITLE_BLOCKS = 20  # titles stand in the first lines
PLAIN = 4  # level of a heading without number
INSIDE_NUMBERS = frozenset(",:")  # marks that end no clause between two digits (1,100; 3.1:28.3)
SENTENCE_LENGTH = 2_000  # a longer sentence is read in pieces; the longest of 36,453 real ones has 639 characters
QUOTE_LENGTH = 40  # punctuation inside a longer quotation ends clauses all the same


class Marks(NamedTuple):
    """The punctuation marks of the pattern files as sets and maps of single characters."""

    sentence_end: frozenset[str]
    clause_end: frozenset[str]
    continues: frozenset[str]
    opens: dict[str, str]  # opening bracket -> closing one
    quotes: dict[str, str]


class Segmenter:
    """Cuts documents with the marks of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._characters = {chr(code): to for code, to in lexicon.characters.items()}
        self._odd = compiled(character_class(self._characters))
        self._run_ins = lexicon.cues("run_in_heading")
        self._headings, self._documents = lexicon.cues("heading"), lexicon.cues("document")
        self._marks = Marks(
            lexicon.cues("sentence_end").words,
            lexicon.cues("clause_end").words,
            lexicon.cues("continues").words,
            lexicon.cues("bracket").pairs,
            lexicon.cues("quote").pairs,
        )
        self._ending = self._marks.sentence_end | self._marks.clause_end
        plain = character_class({*self._ending, *self._marks.quotes} - INSIDE_NUMBERS)
        self._mark = compiled(rf"{plain}|{character_class(INSIDE_NUMBERS & self._ending)}(?:(?<!\d.)|(?!\d))")

    def view(self, document: Document) -> str:
        """The text to read, equal in length to `document.text`."""
        text = self._odd.sub(lambda found: self._characters[found[0]], document.text)
        if "\n" not in text:
            return text
        out = list(text)
        lines = _lines(text)
        for (start, end), (next_start, next_end) in pairwise(lines):
            if self._is_cut(text[start:end], text[next_start:next_end]):
                out[end:next_start] = " " * (next_start - end)
        return "".join(out)

    def _is_cut(self, line: str, following: str) -> bool:
        """Whether the line break between two lines stands inside a sentence."""
        line, following = line.rstrip(), following.strip()
        if not line or not following or line[-1] in self._marks.sentence_end or self._headings.match(following):
            return False
        if following[0] in self._marks.continues:
            return True
        stripped = line.strip()
        if len(stripped) < WRAPPED_LENGTH or (line[-1] in self._marks.clause_end and line[-1] not in ",，、"):
            return False
        if self._headings.match(stripped) and len(stripped) < HEADING_LENGTH:
            return False
        return any(mark in stripped[:-1] for mark in "，。,；;、") and following[0] not in self._marks.quotes

    def blocks(self, view: str) -> list[Block]:
        """Headings and paragraphs of the view in order, each with its sentences and the headings above it."""
        found: list[Block] = []
        path: list[tuple[int, str]] = []
        for start, end in _lines(view):
            line = view[start:end]
            level = self._heading_level(line)
            if level:
                path = [(above, words) for above, words in path if above < level]
            headings = tuple(words for _, words in path)
            kind = "heading" if level else "paragraph"
            found.append(Block(start, end, kind, level, headings, tuple(self._run_in(view, start, end))))
            if level:
                path.append((level, line.strip()))
        return found

    def title(self, view: str, blocks: Sequence[Block]) -> str:
        """The title among the first lines: the one that names a kind of document, else the first if it is short."""
        head = [b for b in blocks[:TITLE_BLOCKS] if b.kind == "heading" and b.level == PLAIN]
        named = [b for b in head if self._documents.search(view, b.start, b.end)]
        first = [b for b in head[:1] if b is blocks[0]]
        return "".join(view[b.start : b.end].strip() for b in (named or first)[:1])

    def _heading_level(self, line: str) -> int:
        """1 to 3 for a numbered heading, 4 for a short line without number, 0 for a paragraph."""
        line = line.strip()
        numbered = self._headings.match(line)
        if numbered and len(line) <= HEADING_LENGTH and sum(map(line.count, self._marks.sentence_end)) <= 1:
            return int(numbered.entry.gives["level"])
        if len(line) <= PLAIN_HEADING_LENGTH and line[-1] not in self._ending:
            return PLAIN
        return 0

    def _run_in(self, view: str, start: int, end: int) -> list[Sentence]:
        """Sentences of one block, the words that open it like a heading apart: 教育　全县有各级各类学校412所."""
        head = self._run_ins.match(view, start, end)
        if head is None:
            return self._sentences(view, start, end)
        return self._sentences(view, start, head.end) + self._sentences(view, head.end, end)

    def _sentences(self, view: str, start: int, end: int) -> list[Sentence]:
        """Sentences of one block. Marks inside quotations do not end them, but one that is too long ends anyhow."""
        found: list[Sentence] = []
        clauses: list[Clause] = []
        sentence_start = clause_start = start
        for at, after in self._short_enough(self._ends(view, start, end), start, end):
            clauses.append(Clause(clause_start, at))
            clause_start = after
            if after - sentence_start >= SENTENCE_LENGTH or view[at] in self._marks.sentence_end:
                found.append(Sentence(sentence_start, after, tuple(clauses)))
                clauses, sentence_start = [], after
        if view[sentence_start:end].strip():
            clauses.append(Clause(clause_start, end))
            found.append(Sentence(sentence_start, end, tuple(clauses)))
        return found

    def _ends(self, view: str, start: int, end: int) -> list[int]:
        """Where clauses and sentences end."""
        marks = [match.start() for match in self._mark.finditer(view, start, end)]
        ends, passed = [], start  # what lies before `passed` is inside a quotation
        for at in marks:
            if at < passed:
                continue
            if view[at] in self._marks.quotes:
                passed = self._quoted(view, at, end)
            else:
                ends.append(at)
        return ends

    @staticmethod
    def _short_enough(ends: Iterable[int], start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a clause ends and the next begins: at its mark; where there is none for too long, without one."""
        for at in ends:
            yield from ((cut, cut) for cut in range(start + SENTENCE_LENGTH, at, SENTENCE_LENGTH))
            yield at, at + 1
            start = at + 1
        yield from ((cut, cut) for cut in range(start + SENTENCE_LENGTH, end, SENTENCE_LENGTH))

    def _quoted(self, view: str, at: int, end: int) -> int:
        """The end of the quotation opened at `at`; `at` where it is long or left open."""
        close = view.find(self._marks.quotes[view[at]], at + 1, min(end, at + QUOTE_LENGTH))
        return max(close, at)


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that are not blank."""
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans
