"""Which numbers are no claims: dates, ordinals, names, identifiers, thresholds, and counts that are turns of phrase."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from indicator_extract.lexicon import Lexicon, character_class
from indicator_extract.lexicon.compiling import compiled
from indicator_extract.model import COLONS, Mention, Quantity, TimeExpr

SMALL = 10  # Chinese numerals up to ten are turns of phrase in a text that writes its numbers in digits
QUOTED = 14  # a longer quotation is a sentence, not a name
YEARS = range(1900, 2101)
LATIN = "mention.latin"  # letters beside a number that are no unit (5G, 4A级)
PLAN = "period.plan"
NO_NUMBER = {"clock": ("date", "mention.clock"), "unreadable": ("other", "mention.unreadable")}
TURN = 12  # characters before a number in which 由 stands
LONGEST_NAME = 12  # characters of an indicator's name before a number
NEAR = 6  # characters before a number in which a word decides
RATES = frozenset({"percent", "permille", "permyriad", "point", "times"})


class MentionReader:
    """Tells mentions from claims with the cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = lexicon.cues
        self._patterns, self._own_points = cues("mention"), cues("own_points")
        self._before, self._after = cues("bound_before"), cues("bound_after")
        self._measured, self._grade, self._scale = cues("measured"), cues("grade"), cues("scale_cue")
        self._reached, self._from = cues("reached"), cues("from")
        self._growth, self._arrival, self._actions = cues("growth_verb"), cues("arrival"), cues("predicate")
        self._classifiers, self._known = lexicon.classifiers, lexicon.indicators
        self._quotes = cues("quote").pairs
        self._opening = compiled(character_class(self._quotes))

    def split(
        self, view: str, quantities: Sequence[Quantity], exprs: Sequence[TimeExpr]
    ) -> tuple[list[Quantity], list[Mention]]:
        """The quantities that are claims, and the mentions, time expressions among them."""
        mentions = [
            Mention(e.start, e.end, _class(e), "|".join(e.rules)) for e in exprs if _numeric(view[e.start : e.end])
        ]
        fixed = [(m.start, m.end, m.entry.gives["class"], m.entry.id) for m in self._patterns.finditer(view)]
        starts = [f[0] for f in fixed]
        chinese = self._writes_chinese(quantities)
        claims = []
        for quantity in quantities:
            index = bisect_right(starts, quantity.end - 1) - 1
            if index >= 0 and fixed[index][1] > quantity.start and not (quantity.unit and fixed[index][3] == LATIN):
                mentions.append(Mention(quantity.start, quantity.end, *fixed[index][2:]))
                continue
            verdict = self._judge(view, quantity, chinese)
            if verdict:
                mentions.append(Mention(quantity.start, quantity.end, *verdict))
            else:
                claims.append(quantity)
        return claims, sorted(mentions)

    @staticmethod
    def _writes_chinese(quantities: Sequence[Quantity]) -> bool:
        """Whether the document writes its larger numbers in Chinese numerals."""
        chinese = sum(q.kind == "chinese" and q.low > SMALL for q in quantities)
        return chinese > sum(q.kind == "digits" for q in quantities)

    def _judge(self, view: str, quantity: Quantity, chinese: bool) -> tuple[str, str] | None:
        """Class and rule of a mention, None for a claim."""
        if quantity.kind in NO_NUMBER:
            return NO_NUMBER[quantity.kind]
        if self._in_quotation(view, quantity):
            return "name", "mention.quoted"
        if self._beside_latin(view, quantity):
            return "name", LATIN
        if quantity.kind == "scale":
            return self._judge_scale(view, quantity)
        return self._judge_small(view, quantity, chinese) or self._judge_by_unit(view, quantity)

    def _judge_by_unit(self, view: str, quantity: Quantity) -> tuple[str, str] | None:
        """A number that bounds a noun, has no unit, or is a length of time."""
        if self._is_threshold(view, quantity):
            return "threshold", "mention.threshold"
        if quantity.unit is None:
            return self._judge_bare(view, quantity)
        return self._judge_duration(view, quantity) if quantity.unit.dimension == "time" else None

    def _in_quotation(self, view: str, quantity: Quantity) -> bool:
        """Inside a short quotation that says more than the quantity: “15分钟健身圈”."""
        if self._opening.search(view, max(0, quantity.start - QUOTED), quantity.start) is None:
            return False
        for opening, closing in self._quotes.items():
            start = view.rfind(opening, max(0, quantity.start - QUOTED), quantity.start)
            if start < 0 or view.find(closing, start + 1, quantity.start) >= 0:
                continue
            end = view.find(closing, quantity.end, start + 2 * QUOTED)
            if end >= 0 and end - start - 1 <= QUOTED:
                return True
        return False

    def _beside_latin(self, view: str, quantity: Quantity) -> bool:
        """A part of a name (PM2.5, 5G); a number behind GDP or CPI is none."""
        start = quantity.start
        while start and _latin(view[start - 1]):
            start -= 1
        if self._known.get(view[start : quantity.start]):
            return False
        before, after = view[quantity.start - 1 : quantity.start], view[quantity.end : quantity.end + 1]
        return _latin(before) or (_latin(after) and quantity.unit is None)

    def _judge_scale(self, view: str, quantity: Quantity) -> tuple[str, str] | None:
        """百亿, 万亩, 千家: a claim only after a word such as 突破, else a threshold or a grade (百亿级, 亿元以上)."""
        left = max(0, quantity.start - NEAR)
        if quantity.unit is None:
            return "other", "mention.scale"
        said = self._before.ends(view, left, quantity.start) or self._scale.ends(view, left, quantity.start)
        after = self._after.match(view, quantity.end)
        if said and after and not view[after.end : after.end + 1].isalpha():
            return None  # 产量达百亿斤以上
        if self._grade.match(view, quantity.end) or self._is_threshold(view, quantity):
            return "threshold", "mention.grade"
        if said:
            return None
        return "other", "mention.scale"

    def _judge_small(self, view: str, quantity: Quantity, chinese: bool) -> tuple[str, str] | None:
        """一项, 三大: counts in words, in a text that writes its numbers in digits."""
        if quantity.kind != "chinese" or quantity.more or _dimension(quantity) in RATES:
            return None
        if self._own_points.search(view, max(0, quantity.start - 3), quantity.start):
            return "other", "mention.own_points"
        size = abs(quantity.low)
        if quantity.unit is None and size <= SMALL:
            return "other", "mention.small"
        small = size <= (1 if chinese else SMALL)
        return ("other", "mention.small") if small else None

    def _is_threshold(self, view: str, quantity: Quantity) -> bool:
        """A bound right before a noun or a count: 30亿元以上项目, 10吨以下燃煤小锅炉, 其中10亿元以上56个."""
        if _dimension(quantity) in RATES:
            return False
        after = self._after.match(view, quantity.end)
        if after is None:
            return False
        left = max(0, quantity.start - NEAR)
        if _dimension(quantity) != "time" and self._reached.ends(view, left, quantity.start):
            return False
        counted = quantity.unit is not None and quantity.unit.id in self._classifiers
        if counted and self._actions.ends(view, left, quantity.start):
            return False  # 培育10个以上全国农业品牌精品
        at = after.end
        following = view[at : at + 1]
        return following.isalnum() and not self._arrival.match(view, at)

    def _judge_bare(self, view: str, quantity: Quantity) -> tuple[str, str] | None:
        """A number without unit is a claim only where a word says that something is measured (指数为100.7)."""
        if quantity.group_kind == "ratio" and quantity.low == 1 and _closes_ratio(view, quantity):
            return "other", "mention.ratio_base"
        if quantity.group_kind or quantity.kind in ("fraction", "tenths", "doubling"):
            return None
        left = max(0, quantity.start - NEAR)
        measured = self._measured.ends(view, left, quantity.start) or self._before.ends(view, left, quantity.start)
        scaled = quantity.low >= 10000 and not view[quantity.end - 1 : quantity.end].isdigit()
        if scaled or (quantity.kind == "chinese" and quantity.low > 100):
            return None
        if (measured and not view[quantity.end : quantity.end + 1].isalpha()) or self._turns(view, quantity):
            return None
        if quantity.decimals == 0 and quantity.low in YEARS:
            return "date", "mention.bare_year"
        return "other", "mention.bare"

    def _turns(self, view: str, quantity: Quantity) -> bool:
        """由2010年的105.32下降为103.10, 由8.62年上升至9.47年: what turns into another number is measured."""
        arrival = self._arrival.match(view, quantity.end)
        opened = arrival and self._from.search(view, max(0, quantity.start - TURN), quantity.start)
        return bool(opened) and view[arrival.end : arrival.end + 1].isnumeric() if arrival else False

    def _is_named(self, view: str, quantity: Quantity) -> bool:
        """Whether the name of an indicator that takes such a unit stands right before: 平均预期寿命78.5岁."""
        start, unit = quantity.start, quantity.unit
        names = (self._known.get(view[at:start]) for at in range(max(0, start - LONGEST_NAME), start - 1))
        return any(known.takes(unit) for known in names if known and unit)

    def _judge_duration(self, view: str, quantity: Quantity) -> tuple[str, str] | None:
        """年, 个月, 天, 小时, 岁: a claim where it is measured (寿命达80岁), else a span in passing."""
        if self._turns(view, quantity):
            return None
        left = max(0, quantity.start - NEAR)
        cues = (self._measured, self._growth, self._arrival, self._before, self._from)
        if self._is_named(view, quantity) or any(cue.ends(view, left, quantity.start) for cue in cues):
            following = view[quantity.end : quantity.end + 1]
            if not following or not following.isalpha() or self._after.match(view, quantity.end):
                return None
        return "other", "mention.duration"


def _dimension(quantity: Quantity) -> str:
    return quantity.unit.dimension if quantity.unit else ""


def _class(expr: TimeExpr) -> str:
    """A plan is a name (“十四五”), all other times are dates."""
    return "name" if expr.anchor == "absolute" and any(PLAN in rule for rule in expr.rules) else "date"


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _numeric(text: str) -> bool:
    return any(c.isnumeric() for c in text)


def _closes_ratio(view: str, quantity: Quantity) -> bool:
    """The 1 of 2.6:1."""
    before, after = view[quantity.start - 1 : quantity.start], view[quantity.end : quantity.end + 1]
    return before in COLONS and after not in COLONS
