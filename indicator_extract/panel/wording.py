"""Records and texts → what the words of a target bind to: hard or soft, and the statements that none is set.

The words stand in `patterns/targets.toml`. A record of a target has its words in `wording` and `evidence`. That no
target is set holds no number, so it is in no record and is looked for in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.record import Record

_FORMS = {"approx": "about", "exact": "point"}


class Aim(NamedTuple):
    """What the words say about one target."""

    indicator: str
    indicator_id: str
    measure: str
    form: str  # point, range, at_least, at_most, about, none
    commitment: str  # hard, soft, "" where nothing says so
    better: str  # less or more: on which side of the target a result is better
    wording: str
    evidence: str  # the sentence
    record_id: str = ""  # of its record, "" where no target is set


class Wording:
    """Reads the words of targets with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words, self._frames = lexicon.cues("commitment"), lexicon.cues("commitment_frame")
        self._ranges = lexicon.cues("commitment_range")
        self._less, self._none = lexicon.cues("less_is_better"), lexicon.cues("no_target")
        self._ends, self._indicators = lexicon.cues("sentence_end"), lexicon.indicators

    def aims(self, records: Iterable[Record]) -> Iterator[Aim]:
        """What the words of each record that is a target say."""
        for record in records:
            if record.status == "target":
                form = "range" if record.value_high is not None else _FORMS.get(record.bound, record.bound)
                yield Aim(
                    record.indicator, record.indicator_id, record.measure, form, self._commitment(record),
                    self._better(record.indicator), record.wording, record.evidence, record.record_id,
                )  # fmt: skip

    def unset(self, text: str) -> Iterator[Aim]:
        """The statements of a text that no target is set for an indicator of the lexicon, in order."""
        for match in self._none.finditer(text):
            known = self._indicators.get(match.groups.get("indicator") or "")
            if known is not None:
                measure = match.entry.gives.get("measure", "level")
                words = text[match.start : match.end]
                better, sentence = self._better(known.name), self._sentence(text, match)
                yield Aim(known.name, known.id, measure, "none", "", better, words, sentence)

    def _commitment(self, record: Record) -> str:
        words = [match for word in record.wording.split("|") for match in self._words.finditer(word)]
        verbs = [match for match in words if match.entry.priority]
        before = record.evidence.partition(record.value_text)[0]
        frames = self._frames.finditer(record.evidence if before == record.evidence else before)
        between = self._ranges.finditer(record.value_text if record.value_high is not None else "")
        for rank in (verbs, [*frames], words, [*between]):
            if rank:
                return rank[-1].entry.gives.get("commitment", "")
        return ""

    def _better(self, indicator: str) -> str:
        return "less" if self._less.search(indicator) else "more"

    def _sentence(self, text: str, match: CueMatch) -> str:
        line = text.rfind("\n", 0, match.start) + 1
        starts = [line, *(end.end for end in self._ends.finditer(text, line, match.start))]
        line_end = text.find("\n", match.end)
        stop = len(text) if line_end < 0 else line_end
        end = self._ends.search(text, match.end, stop)
        return text[starts[-1] : end.end if end else stop].strip()
