"""Regular expressions of cues: built-in ones run in `re`, a user's in `regex` under a time limit."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache, cached_property
from time import thread_time
from typing import TYPE_CHECKING, TypeAlias

from indicator_extract.errors import PatternError
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.lexicon.cue import CueMatch, CueRule
from indicator_extract.lexicon.extent import extent
from indicator_extract.lexicon.outline import Outline, outline
from indicator_extract.lexicon.trie import neighbours

if TYPE_CHECKING:
    import regex

    Found: TypeAlias = re.Match[str] | regex.Match[str] | None

TIME_LIMIT = 0.25
"""Seconds of processor time that one call of a user's regular expression may take, and …"""
A_CHARACTER = 1e-6
"""… for each character that it is given to search."""
TIME_IN_ALL = 5.0
"""Seconds that all its calls may take, beside `A_CALL` for each and `A_CHARACTER` for each character searched."""
A_CALL = 1e-4
LARGEST = 5_000
"""Steps that a user's regular expression may have with its repeats written out."""

_GROUP_NAME = re.compile(r"(?<!\\)\(\?P<\w+>")
_REFERS_BACK = re.compile(r"\(\?P=|\(\?\(|\\[1-9]")
_FUZZY = re.compile(r"(?<!\\)\{[\s\d]*(?:[<=\s\d]*[eids]\b)")  # regex takes (?:abc){e<=1}; to `re` it is plain text
_EMPTY = "the regular expression matches where there is nothing", "demand at least one character"


class Limited:
    """A user's regular expression: the same calls under a time limit, for each and for all of them."""

    def __init__(self, source: str, rule: CueRule) -> None:
        import regex  # only a user's folder needs it

        self._rule = rule
        self._left = TIME_IN_ALL  # threads that share it may count a little wrong
        try:
            self._compiled = regex.compile(source)
        except (regex.error, RecursionError, OverflowError) as error:
            raise PatternError(rule.file, rule.cue.id, *_bad(error)) from None

    def match(self, text: str, pos: int, endpos: int) -> Found:
        """As `re.Pattern.match`."""
        return self._run(self._compiled.match, text, pos, endpos)

    def search(self, text: str, pos: int, endpos: int) -> Found:
        """As `re.Pattern.search`."""
        found = self._run(self._compiled.search, text, pos, endpos)
        self._left += A_CHARACTER * ((found.start() if found else endpos) - pos)
        return found

    def matches_nothing(self) -> bool:
        """Whether it matches where there is nothing."""
        return self._run(self._compiled.fullmatch, "", 0, 0) is not None

    def _run(self, call: Callable[..., Found], text: str, pos: int, endpos: int) -> Found:
        began = thread_time()
        try:
            found = call(text, pos, endpos, timeout=TIME_LIMIT + A_CHARACTER * (endpos - pos))
        except TimeoutError:
            raise self._too_slow(f"took longer than {TIME_LIMIT} s") from None
        self._left += A_CALL - (thread_time() - began)
        if self._left < 0:
            raise self._too_slow("took too long over all the places where it was tried")
        return found

    def _too_slow(self, problem: str) -> PatternError:
        remedy = "avoid repeats inside repeats such as (a+)+, or list the words in `words`"
        return PatternError(self._rule.file, self._rule.cue.id, f"the regular expression {problem}", remedy)


Matcher: TypeAlias = re.Pattern[str] | Limited


class Expression:
    """The regular expression of one rule, compiled when first needed: a short text needs few."""

    def __init__(self, rule: CueRule) -> None:
        self.rule = rule
        self.source = expression_source(rule)
        self.outline = Outline() if rule.user else outline(self.source)

    @cached_property
    def matcher(self) -> Matcher:
        """The compiled expression."""
        return self._compiled(self.source)

    @property
    def anonymous(self) -> str:
        """The source without group names, so that it can stand beside others."""
        return _GROUP_NAME.sub("(?:", self.source)

    def may_start(self, character: str) -> bool:
        """Whether a match can start with this character."""
        return _may_be(self.outline.first, character)

    def may_end(self, character: str) -> bool:
        """Whether a match can end with this character."""
        return _may_be(self.outline.last, character)

    def at(self, text: str, pos: int, end: int) -> CueMatch | None:
        """The match that starts at `pos`."""
        found = self.matcher.match(text, pos, end)
        if found is None or found.end() == pos or not self.rule.allows(text, pos, found.end()):
            return None
        return CueMatch(pos, found.end(), self.rule.cue, found.groupdict())

    def before(self, text: str, pos: int, end: int) -> CueMatch | None:
        """The longest match in `text[pos:end]` that ends at `end`."""
        found = self._tail.search(text, pos, end)
        if found is None or found.start() == end or not self.rule.allows(text, found.start(), end):
            return None
        return CueMatch(found.start(), end, self.rule.cue, found.groupdict())

    @cached_property
    def _tail(self) -> Matcher:
        return self._compiled(rf"(?:{self.source})\Z")

    def _compiled(self, source: str) -> Matcher:
        return Limited(source, self.rule) if self.rule.user else compiled(source)


def _may_be(parts: str, character: str) -> bool:
    return not parts or _class(parts).match(character) is not None


@cache
def _class(parts: str) -> re.Pattern[str]:
    return compiled(f"[{parts}]")


def expression_source(rule: CueRule) -> str:
    """The rule's regular expression with what may not stand around it."""
    return f"{neighbours('', (), rule.not_after)}(?:{rule.regex}){neighbours('', rule.not_before, ())}"


def check_expression(rule: CueRule) -> None:
    """Raise PatternError where a rule's regular expression cannot be used."""
    problem = _problem(rule)
    if problem:
        raise PatternError(rule.file, rule.cue.id, *problem)
    if rule.user and Limited(expression_source(rule), rule).matches_nothing():  # `regex` refuses a few that `re` takes
        raise PatternError(rule.file, rule.cue.id, *_EMPTY)


def _problem(rule: CueRule) -> tuple[str, str] | None:
    """What is wrong with the regular expression, and the way out."""
    if _REFERS_BACK.search(rule.regex):
        return "the regular expression refers back to a group", "spell the part out again"
    if _FUZZY.search(rule.regex):
        return "the regular expression allows for errors", "spell out what may stand there"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # a set inside a set: `re` and `regex` would differ
            compiled = re.compile(expression_source(rule))
    except (re.error, FutureWarning, OverflowError, RecursionError) as error:
        return _bad(error)
    if compiled.groups != len(compiled.groupindex):
        return "the regular expression has a group without name", "write (?:…) or (?P<name>…)"
    if extent(rule.regex) > LARGEST:
        return f"the regular expression has more than {LARGEST:,} steps with its repeats written out", "repeat less"
    return None if rule.user or not compiled.fullmatch("") else _EMPTY


def _bad(error: Exception) -> tuple[str, str]:
    return f"bad regular expression: {error}", "correct `regex`, or list the words in `words`"
