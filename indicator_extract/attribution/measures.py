"""What kind of number is it, of which sign, and compared with what?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from indicator_extract.lexicon import CueMatch, Lexicon
from indicator_extract.model import COLONS, Bounded, Clause, Measured, Quantity, Site, Span

RATES = frozenset({"percent", "permille", "permyriad", "times"})  # a growth word makes them rates of growth
CARRIED = frozenset({"share", "growth_rate", "avg_growth_rate"})  # what a bare rate goes on with
PRICE_REACH = 12  # characters before a claim's context in which 按可比价格计算 stands
REACH = 24  # characters before a ratio in which its structure is named


class Growth(NamedTuple):
    """A word of growth before the number."""

    cue: CueMatch
    verb: bool


class MeasureReader:
    """Reads measures with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._verbs, self._nouns, self._after = cues("growth_verb"), cues("growth_noun"), cues("growth_after")
        self._arrival, self._filler = cues("arrival"), cues("measure_filler")
        self._comparison, self._pull = cues("comparison"), cues("pull")
        self._structure, self._joiner = cues("structure"), cues("joiner")
        self._share, self._multiple, self._average = cues("share"), cues("multiple"), cues("average")
        self._basis, self._basis_words, self._price = cues("basis"), cues("basis_words"), cues("price_basis")

    def read(
        self,
        view: str,
        site: Site,
        bounded: Bounded,
        before: Measured | None,
        listed: bool,
        is_bare: Callable[[], bool],
        lead: Span | None = None,
    ) -> Measured:
        """The measure of a quantity.

        `before` is the measure of the claim before it in the sentence; `listed`: nothing but 、 or 和 between them;
        `is_bare` tells whether nothing before it names anything (在执行中争取达到百分之五); few numbers need it;
        `lead` is the clause before its own, where that has no number.
        """
        quantity, left, end = site.quantity, site.left, bounded.left_end
        if listed and before:
            return before._replace(left_end=end, rules=(*before.rules, "measure.listed"))
        dimension = quantity.unit.dimension if quantity.unit else ""
        if dimension == "point":
            return self._point(view, left, end, before)
        if dimension in RATES or quantity.kind in ("fraction", "tenths", "doubling") or quantity.group_kind == "ratio":
            return self._rate(view, site, bounded, before, is_bare, lead)
        return self._amount(view, site, bounded)

    # -- the three kinds of number

    def _point(self, view: str, left: int, end: int, before: Measured | None) -> Measured:
        """个百分点: always a change; the sign is that of the last word of growth, comparison or pull."""
        last: CueMatch | None = None
        for cues in (self._verbs, self._nouns, self._comparison, self._pull):
            for match in cues.finditer(view, left, end):
                if last is None or match.start >= last.end or match.end > last.end:
                    last = match
        if last is None:
            sign = before.sign if before and before.measure == "change" else 1
            return self._grown("change", sign, view, left, end, end, ())
        pull = self._pull.search(view, left, end)
        sign = -1 if "-" in (last.entry.gives["sign"], pull.entry.gives["sign"] if pull else "+") else 1
        rules = (pull.entry.id, last.entry.id) if pull and pull.entry.id != last.entry.id else (last.entry.id,)
        stop = end if last.entry.role == "pull" else last.start
        return self._grown("change", sign, view, left, stop, end, rules)

    def _rate(
        self,
        view: str,
        site: Site,
        bounded: Bounded,
        before: Measured | None,
        is_bare: Callable[[], bool],
        lead: Span | None,
    ) -> Measured:
        """%, ‰, 倍, 成, fractions: growth, share, multiple, or a level that is a rate itself."""
        left, end, quantity = site.left, bounded.left_end, site.quantity
        if quantity.group_kind == "ratio":
            return self._ratio(view, left, end, quantity)
        growth = self._growth(view, left, end)
        if growth or quantity.kind == "doubling":
            grown = self._growth_rate(view, left, end, growth)
            yearly = before is not None and before.basis == "annual_average" and is_bare()
            return _averaged(grown) if yearly else grown
        found = self._grown_behind(view, site, end) or self._part(view, left, end, quantity)
        found = found or self._reduced(view, left, end) or self._led(view, site, end, lead, is_bare)
        if found:
            return found
        if before and before.measure in CARRIED and is_bare():
            return before._replace(left_end=end, rules=("measure.carried",))
        return _plain("level", end, "measure.level")

    def _ratio(self, view: str, left: int, end: int, quantity: Quantity) -> Measured:
        """3.1:28.3:68.3: shares where a structure is named; 2.6:1 is a level."""
        if _to_one(view, quantity):
            return _plain("level", end, "measure.ratio")
        cue = self._structure.search(view, left, end) or self._structure.search(view, max(0, left - REACH), end)
        return _plain("share", end, cue.entry.id) if cue else _plain("level", end, "measure.ratio")

    def _grown_behind(self, view: str, site: Site, end: int) -> Measured | None:
        """1.5%的正增长."""
        behind = self._after.match(view, site.quantity.end, site.right)
        if behind is None or self._share.search(view, site.left, end):
            return None
        sign = -1 if behind.entry.gives["sign"] == "-" else 1
        return self._grown("growth_rate", sign, view, site.left, end, end, (behind.entry.id,))

    def _part(self, view: str, left: int, end: int, quantity: Quantity) -> Measured | None:
        """A multiple (…的2.7倍) or a share (占…, 达到…的64%)."""
        if quantity.unit and quantity.unit.dimension == "times":
            return _plain("multiple", end, "measure.multiple")
        share = self._share.search(view, left, end) or self._multiple.ends(view, left, end)
        return _plain("share", end, share.entry.id) if share else None

    def _led(self, view: str, site: Site, end: int, lead: Span | None, is_bare: Callable[[], bool]) -> Measured | None:
        """工业投资占比首次过半，达52.3%: a number that is only reached is what the clause before says."""
        reached = lead is not None and not view[site.left : site.quantity.start].isspace()
        share = self._share.search(view, *lead) if lead and reached and site.left < site.quantity.start else None
        return _plain("share", end, share.entry.id) if share and is_bare() else None

    def _reduced(self, view: str, left: int, end: int) -> Measured | None:
        """压减办理环节84%: an action of reducing with its object."""
        start = self._opening(view, left, end)
        opening = None if self._arrival.match(view, start, end) else self._verbs.match(view, start, end)
        if opening is None or opening.entry.gives["sign"] == "+":
            return None
        return self._grown("growth_rate", -1, view, left, end, end, (opening.entry.id,))

    def _amount(self, view: str, site: Site, bounded: Bounded) -> Measured:
        """Money, counts and physical amounts: a level, or a change right behind a word of growth."""
        left, end = site.left, bounded.left_end
        growth = self._growth(view, left, end)
        comparison = self._comparison.ends(view, left, end)
        cue = growth.cue if growth and growth.verb else None
        if cue and self._is_action(view, bounded.right_start, left, cue.start):
            cue = None
        behind_base = comparison and left == comparison.start and end == comparison.end  # 比计划3000亿元超过1070亿元
        if cue is None and comparison and (behind_base or self._basis_words.ends(view, left, comparison.start)):
            cue = comparison
        if cue is None:
            return Measured("level", 1, None, self._price_basis(view, left, end), end, ("measure.level",))
        sign = -1 if cue.entry.gives["sign"] == "-" else 1
        return self._grown("change", sign, view, left, cue.start, end, (cue.entry.id,))

    def _is_action(self, view: str, right: int, left: int, start: int) -> bool:
        """增加1420名社区工作者: the counted noun stands behind, and nothing says that the number is compared."""
        if not view[right : right + 1].isalpha() or self._after.match(view, right) or self._joiner.match(view, right):
            return False
        return not self._basis.search(view, left, start) and not self._basis_words.ends(view, left, start)

    # -- growth

    def _growth(self, view: str, left: int, end: int) -> Growth | None:
        """The word of growth that governs the number: a verb next to it, or a noun with 达到, 控制在 … between."""
        while end > left:
            arrival = self._arrival.ends(view, left, end)
            noun = self._nouns.ends(view, left, end)
            if noun and not (arrival and arrival.start < noun.start):
                return Growth(noun, False)
            if arrival:
                return self._growth_noun(view, left, arrival.start)
            verb = self._verbs.ends(view, left, end)
            if verb:
                return Growth(verb, True)
            filler = self._filler.ends(view, left, end)
            if filler is None:
                return None
            end = filler.start
        return None

    def _growth_noun(self, view: str, left: int, end: int) -> Growth | None:
        """增速 before 达到 or 保持在; a verb there means that a level is reached."""
        end = self._unfilled(view, left, end)
        noun = self._nouns.ends(view, left, end)
        plain = self._verbs.ends(view, left, end)
        return Growth(noun, False) if noun and not (plain and plain.start <= noun.start) else None

    def _growth_rate(self, view: str, left: int, end: int, growth: Growth | None) -> Measured:
        if growth is None:
            return self._grown("growth_rate", 1, view, left, end, end, ("measure.doubling",))
        sign = -1 if growth.cue.entry.gives["sign"] == "-" else 1
        return self._grown("growth_rate", sign, view, left, growth.cue.start, end, (growth.cue.entry.id,))

    def _grown(
        self, measure: str, sign: int, view: str, left: int, stop: int, end: int, rules: tuple[str, ...]
    ) -> Measured:
        """A rate or change with its basis; `stop` is where the words of growth begin."""
        average = self._average.search(view, left, end)
        price = self._price_basis(view, left, end)
        if average:
            measure = "avg_growth_rate" if measure == "growth_rate" else measure
            return Measured(
                measure, sign, "annual_average", price, min(stop, average.start), (*rules, average.entry.id)
            )
        known = self._basis.search(view, left, end)
        if known:
            basis = known.entry.gives["basis"]
            return Measured(measure, sign, basis, price, min(stop, known.start), (*rules, known.entry.id))
        words = self._basis_words.ends(view, left, stop)
        stop = self._unfilled(view, left, stop)
        words = words or self._basis_words.ends(view, left, stop) or self._basis_words.ends(view, left, end)
        base = (words.groups.get("base") or words.groups.get("with") or "").strip() if words else ""
        if words and base:
            at = view.find(base, words.start)
            return Measured(
                measure, sign, base, price, min(stop, words.start), (*rules, words.entry.id), Span(at, at + len(base))
            )
        return Measured(measure, sign, "unstated", price, stop, rules)

    # -- helpers

    def _unfilled(self, view: str, left: int, end: int) -> int:
        """End of the context without 了, 分别, 约 … at its end."""
        while end > left and (filler := self._filler.ends(view, left, end)):
            end = filler.start
        return end

    def _opening(self, view: str, left: int, end: int) -> int:
        while left < end and not view[left].isalnum():
            left += 1
        return left

    def _price_basis(self, view: str, left: int, end: int) -> str | None:
        cue = self._price.search(view, max(0, left - PRICE_REACH), end)
        return cue.entry.gives["price_basis"] if cue else None

    def base(self, view: str, clause: Clause) -> Measured | None:
        """与2010年相比，…: a clause that says what the numbers behind it are compared with."""
        words = self._basis_words.ends(view, clause.start, clause.end)
        base = (words.groups.get("with") or "").strip() if words else ""
        if words is None or not base:
            return None
        if known := self._basis.ends(view, clause.start, clause.end):
            return Measured("", 1, known.entry.gives["basis"], None, clause.end, (known.entry.id,))  # 与上年相比，…
        at = view.find(base, words.start)
        return Measured("", 1, base, None, clause.end, (words.entry.id,), Span(at, at + len(base)))

    def is_gap(self, measured: Measured) -> bool:
        """Whether it is the distance to something else (高于全省1.2个百分点), which says nothing about later rates."""
        return any(entry.id in measured.rules for entry in self._comparison.entries)


def _averaged(measured: Measured) -> Measured:
    """平均每年增加42亿元，增长4.9%: the rate of a yearly change is a yearly one."""
    if measured.basis != "unstated":
        return measured
    rules = (*measured.rules, "basis.average")
    return measured._replace(measure="avg_growth_rate", basis="annual_average", rules=rules)


def _plain(measure: str, end: int, rule: str) -> Measured:
    """A measure that compares with nothing."""
    return Measured(measure, 1, None, None, end, (rule,))


def _to_one(view: str, quantity: Quantity) -> bool:
    """A ratio to one (2.6:1): a level of its own, not parts of a whole."""
    colon, one, digit = (view[quantity.end + at : quantity.end + at + 1] for at in range(3))
    return colon in COLONS and one == "1" and not digit.isdigit()
