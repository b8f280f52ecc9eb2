"""The cues of one role: words in one trie with a table beside it, and regular expressions.

The rule between two cues at one place: the longest match, then the higher priority, then the id that sorts first
(the example checker reports that last case as an ambiguity).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from indicator_extract.errors import PatternError
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.lexicon.cue import Cue, CueMatch, CueRule
from indicator_extract.lexicon.edges import Edges
from indicator_extract.lexicon.expressions import Expression, Matcher
from indicator_extract.lexicon.trie import guarded_trie, trie

REACH = 40
"""Characters that `ends` lets a regular expression reach back, so that it costs the same in any text."""

INSIDE_NUMBER = "(?<![0-9](?=[0-9]))"
"""Regex source that holds everywhere but between two digits: a scan looks at a number once, not at each digit of it."""

_NO_GROUPS: Mapping[str, str | None] = MappingProxyType({})


class Cues:
    """All cues of one role, each table made when it is first needed: a short text asks few roles.

    An expression sees nothing past `endpos`; `not_before`, `not_after` and lookbehinds see the text around the window.
    """

    def __init__(self, role: str, rules: Sequence[CueRule]) -> None:
        self.role, self._listed = role, rules

    @cached_property
    def entries(self) -> tuple[Cue, ...]:
        """By id."""
        return tuple(rule.cue for rule in sorted(self._listed, key=lambda rule: rule.cue.id))

    @cached_property
    def _rules(self) -> dict[str, CueRule]:
        return {word: rule for rule in self._listed for word in rule.cue.words}

    @cached_property
    def _expressions(self) -> list[Expression]:
        return [Expression(rule) for rule in self._listed if rule.regex]

    @cached_property
    def _heads(self) -> Edges:
        return Edges(self._rules, 0, [(e, e.may_start) for e in self._expressions])

    @cached_property
    def _tails(self) -> Edges:
        return Edges(self._rules, -1, [(e, e.may_end) for e in self._expressions])

    @property
    def words(self) -> frozenset[str]:
        """All words that are listed, whatever their neighbours."""
        return frozenset(self._rules)

    @property
    def pairs(self) -> dict[str, str]:
        """Of marks that open something: each with the one that closes it."""
        return {w: to for e in self.entries for w, to in zip(e.words, e.gives["closes"], strict=True)}

    @cached_property
    def _tree(self) -> re.Pattern[str]:
        return compiled(trie(self._rules))

    @cached_property
    def _needle(self) -> re.Pattern[str] | None:
        """Finds what every match of an expression holds; None where that is unknown."""
        needles = [expression.outline.needles for expression in self._expressions]
        return compiled(f"[{''.join(needles)}]") if all(needles) else None

    @cached_property
    def pattern(self) -> str:
        """Regex source of the whole role without groups, for use inside another pattern.

        Raises PatternError where a user's folder adds a regular expression, which must not run without time limit.
        """
        for rule in (expression.rule for expression in self._expressions if expression.rule.user):
            problem = f"role `{self.role}` takes words, not a regular expression"
            raise PatternError(rule.file, rule.cue.id, problem, "list the words in `words`")
        return self._joined(guarded_trie((word, r.not_before, r.not_after) for word, r in self._rules.items()))

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[CueMatch]:
        """The cues from left to right, none overlapping another."""
        end = len(text) if endpos is None else endpos
        if self._expressions and (self._needle is None or self._needle.search(text, pos, end)):
            return self._scan(text, pos, end)
        if self._rules and (found := self._tree.search(text, pos, end)):
            return self._scan_words(text, found.start(), end)
        return iter(())

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> CueMatch | None:
        """The first cue."""
        return next(self.finditer(text, pos, endpos), None)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> CueMatch | None:
        """The cue that starts at `pos`."""
        end = len(text) if endpos is None else endpos
        edge = self._heads[text[pos : pos + 1]] if pos < end else None
        if edge is None:
            return None
        best = self._word_at(text, pos, end, edge.lengths)
        for expression in edge.expressions:
            found = expression.at(text, pos, end)
            if found:
                best = found if best is None else min(best, found, key=_preference)
        return best

    def ends(self, text: str, pos: int = 0, endpos: int | None = None) -> CueMatch | None:
        """The longest cue in `text[pos:endpos]` that ends at `endpos`; a regular expression reaches 40 characters.

        `not_before` and `not_after` see the text on both sides of the window.
        """
        end = len(text) if endpos is None else endpos
        edge = self._tails[text[end - 1 : end]] if end > pos else None
        if edge is None:
            return None
        best = self._word_before(text, pos, end, edge.lengths)
        for expression in edge.expressions:
            found = expression.before(text, max(pos, end - REACH), end)
            if found:
                best = found if best is None else min(best, found, key=_reaching_back)
        return best

    def ties(self, text: str) -> Iterator[tuple[CueMatch, CueMatch]]:
        """The matches that only the order of ids decides, each with the match it was preferred to."""
        if not self._expressions:
            return
        end = len(text)
        for match in self._scan(text, 0, end):
            at, edge = match.start, self._heads[text[match.start]]
            if edge is None:
                continue
            others = (self._word_at(text, at, end, edge.lengths), *(e.at(text, at, end) for e in edge.expressions))
            for other in filter(None, others):
                if other.entry.id != match.entry.id and _preference(other)[:2] == _preference(match)[:2]:
                    yield match, other

    def _joined(self, words: str) -> str:
        """Regex source of the words and of the expressions that run without time limit."""
        builtin = [expression for expression in self._expressions if not expression.rule.user]
        if not builtin:
            return words
        sources = [expression.anonymous for expression in builtin]
        firsts = {expression.outline.first for expression in builtin}
        if self._rules:
            sources.append(words)
            firsts.add("".join(sorted({re.escape(word[0]) for word in self._rules})))
        skip = f"(?=[{''.join(sorted(firsts))}])" if all(firsts) else ""
        skip += INSIDE_NUMBER
        return f"{skip}(?:{'|'.join(sources)})"

    @cached_property
    def _scanners(self) -> list[Matcher]:
        """One for all that is built in, one for each expression under a time limit."""
        limited = [expression.matcher for expression in self._expressions if expression.rule.user]
        return [compiled(self._joined(self._tree.pattern)), *limited]

    def _scan_words(self, text: str, pos: int, end: int) -> Iterator[CueMatch]:
        going_on = True
        while going_on:
            going_on = False
            for found in self._tree.finditer(text, pos, end):
                start, stop = found.span()
                match = self._word_at(text, start, stop, range(stop - start, 0, -1))
                if match:
                    yield match
                pos = match.end if match else start + 1
                if pos != stop:  # a word was refused for what stands beside it: search again from there
                    going_on = True
                    break

    def _scan(self, text: str, pos: int, end: int) -> Iterator[CueMatch]:
        heads = [-1] * len(self._scanners)  # where each scanner matches next: it is asked again only when passed by
        while True:
            for index, scanner in enumerate(self._scanners):
                if heads[index] < pos:
                    found = scanner.search(text, pos, end)
                    heads[index] = found.start() if found else end
            pos = min(heads)
            if pos >= end:
                return
            best = self.match(text, pos, end)
            if best:
                yield best
            pos = best.end if best else pos + 1

    def _word_at(self, text: str, pos: int, end: int, lengths: Iterable[int]) -> CueMatch | None:
        """The longest word at `pos` that its neighbours allow."""
        for length in lengths:
            stop = pos + length
            if stop <= end and (rule := self._rules.get(text[pos:stop])) and rule.allows(text, pos, stop):
                return CueMatch(pos, stop, rule.cue, _NO_GROUPS)
        return None

    def _word_before(self, text: str, pos: int, end: int, lengths: Iterable[int]) -> CueMatch | None:
        for length in lengths:
            start = end - length
            if start >= pos and (rule := self._rules.get(text[start:end])) and rule.allows(text, start, end):
                return CueMatch(start, end, rule.cue, _NO_GROUPS)
        return None


def _preference(match: CueMatch) -> tuple[int, int, str]:
    return -match.end, -match.entry.priority, match.entry.id


def _reaching_back(match: CueMatch) -> tuple[int, int, str]:
    return match.start, -match.entry.priority, match.entry.id
