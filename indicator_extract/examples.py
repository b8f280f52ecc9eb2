"""One text through everything that patterns tell about, as the example checker of the lexicon wants it."""

from __future__ import annotations

from indicator_extract.evaluation.names import Names
from indicator_extract.lexicon.checking import Extract, Outcome
from indicator_extract.panel.wording import Wording
from indicator_extract.pipeline import Extractor


def outcome_of(extractor: Extractor) -> Extract:
    """A function from a text to its records, its mentions and its targets, and to what is compared of it as a name."""
    wording, names = Wording(extractor.lexicon), Names(extractor.lexicon)

    def outcome(text: str) -> Outcome:
        _, records, mentions = extractor.extract_text(text)
        return Outcome(records, mentions, [*wording.aims(records), *wording.unset(text)], names.bare(text))

    return outcome
