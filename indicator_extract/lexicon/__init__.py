"""patterns/ → immutable Lexicon: every Chinese word the engine knows, read once and compiled when asked for."""

from indicator_extract.lexicon.cue import Cue, CueMatch
from indicator_extract.lexicon.loading import load_lexicon, patterns_digest
from indicator_extract.lexicon.matching import Cues
from indicator_extract.lexicon.table import Indicator, IndicatorTable, Lexicon
from indicator_extract.lexicon.trie import character_class, trie

__all__ = [
    "Cue", "CueMatch", "Cues", "Indicator", "IndicatorTable", "Lexicon", "character_class", "load_lexicon",
    "patterns_digest", "trie",
]  # fmt: skip
