"""The order of decisions: anchor and frames once a document, then claim by claim from left to right.

Each decision uses only earlier ones: bound, measure, period, status, name. Lists are found first and named once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from indicator_extract.attribution.anchor import Anchor, AnchorReader
from indicator_extract.attribution.bounds import BoundReader
from indicator_extract.attribution.dating import DateReader, Member
from indicator_extract.attribution.evidence import Title
from indicator_extract.attribution.frames import FrameReader, Setting
from indicator_extract.attribution.lists import ListReader
from indicator_extract.attribution.measures import MeasureReader
from indicator_extract.attribution.memory import NOTHING, Memory, MemoryKeeper
from indicator_extract.attribution.mentions import MentionReader
from indicator_extract.attribution.names import NameReader
from indicator_extract.attribution.phrases import Phraser
from indicator_extract.attribution.places import Placer
from indicator_extract.attribution.statuses import Carried, Place, StatusReader
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import (
    Block,
    Bounded,
    Claim,
    Document,
    Measured,
    Mention,
    Named,
    Passage,
    Quantity,
    Site,
    Span,
    TimeExpr,
)

BRACKETS = (("（", "）"), ("(", ")"))
NO_BASE = (None, "unstated", "annual_average")
PULLS = frozenset({"measure.pull", "measure.drag"})


class Context(NamedTuple):
    """What a sentence is read with: what holds around it, and what stands in it."""

    view: str
    passage: Passage
    bounds: Sequence[Bounded]
    starts: Sequence[int]  # for each claim, the first claim of its list
    exprs: Sequence[TimeExpr]  # inside the sentence
    setting: Setting
    anchor: Anchor
    regions: tuple[str, ...]  # the words by which the document's region is called, longest first


class Compared(NamedTuple):
    """A measure with a base of its own, and whether it is a change in percentage points."""

    measured: Measured
    in_points: bool


class State(NamedTuple):
    """What the claims of a sentence hand on from one to the next."""

    memory: Memory
    measured: Measured | None = None
    compared: Sequence[Compared] = ()  # those with a base of their own, the last of each measure, the latest first
    carried: Carried | None = None
    names: Sequence[str] = ()  # of the members of the list under way
    whole: Memory | None = None  # what was handed on before 其中, until the parts end


class Attributor:
    """Attributes the quantities of documents with one lexicon. Holds no state between documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        phraser, self._known = Phraser(lexicon), lexicon.indicators
        self._phraser = phraser
        self._anchors, self._frames = AnchorReader(lexicon), FrameReader(lexicon)
        self._mentions, self._placer = MentionReader(lexicon), Placer(lexicon)
        self._bounds, self._measures = BoundReader(lexicon), MeasureReader(lexicon)
        self._dates, self._statuses = DateReader(lexicon), StatusReader(lexicon)
        self._memories = MemoryKeeper(lexicon, phraser)
        self._names, self._lists = NameReader(lexicon, phraser), ListReader(lexicon, phraser)

    def attribute(
        self,
        document: Document,
        title: Title,
        view: str,
        blocks: Sequence[Block],
        exprs: Sequence[TimeExpr],
        quantities: Sequence[Quantity],
        regions: Collection[str] = (),
    ) -> tuple[list[Claim], list[Mention]]:
        """All claims and mentions of a document, in order."""
        anchor = self._anchors.read(document, title, view, blocks, exprs)
        settings = self._frames.settings(title, view, blocks, exprs, anchor)
        kept, mentions = self._mentions.split(view, quantities, exprs)
        names = tuple(sorted(regions, key=len, reverse=True))
        claims: list[Claim] = []
        memory, block_start, at = NOTHING, -1, 0
        for passage in self._placer.passages(view, blocks, kept):
            if passage.block.start != block_start:
                memory, block_start = NOTHING, passage.block.start
            if memory is not NOTHING and not self._memories.is_part(view, passage.sentence.start):
                memory = memory._replace(subject="", action="", unit=None)
            inside, at = _inside(exprs, passage, at)
            context = self._context(view, passage, inside, settings[passage.sentence.start], anchor, names)
            found, memory = self._claims(context, memory)
            claims += found
        return claims, mentions

    def _context(
        self,
        view: str,
        passage: Passage,
        exprs: Sequence[TimeExpr],
        setting: Setting,
        anchor: Anchor,
        regions: tuple[str, ...],
    ) -> Context:
        starts = self._lists.runs(view, passage)
        bounds = [self._bounds.read(view, site) for site in passage.sites]
        apart = Passage(passage.block, passage.sentence, self._names.apart(view, _apart(passage.sites, bounds)))
        return Context(view, apart, bounds, starts, exprs, setting, anchor, regions)

    def _claims(self, context: Context, memory: Memory) -> tuple[list[Claim], Memory]:
        """The claims of one sentence, and what it hands on to the next."""
        view, passage = context.view, context.passage
        governors = self._dates.governors(view, passage, context.exprs, context.setting, context.anchor)
        claims: list[Claim] = []
        state = State(memory)
        for index, (site, bounded) in enumerate(zip(passage.sites, context.bounds, strict=True)):
            state = self._against(context, index, self._parted(context, index, state))
            measured = self._measured(context, index, state)
            member = _member(passage.sites, context.bounds, context.starts, index)
            dated = self._dates.read(view, site, bounded, measured, governors, context.setting, member)
            place = Place(site, bounded, passage.sentence.start)
            stated, carried = self._statuses.read(view, place, dated, context.setting, context.anchor, state.carried)
            named, names = self._named(context, index, measured, claims, state)
            compared = state.compared
            if measured.basis not in NO_BASE and not self._measures.is_gap(measured):
                one = Compared(measured, _in_points(site))
                compared = (one, *(other for other in compared if other.measured.measure != measured.measure))
            memory = self._memories.remember(named, state.memory, site.quantity.unit)
            state = State(memory, measured, compared, carried, names, state.whole)
            flags = context.anchor.flags if dated.source == "inherited" else ()
            flags = (*flags, *self._names.doubts(named))
            block, sentence = passage.block, passage.sentence
            claims.append(Claim(site, block, sentence, bounded, measured, dated, stated, named, flags))
        return claims, state.memory

    def _against(self, context: Context, index: int, state: State) -> State:
        """The state with the base that a clause since the last claim states."""
        sites = context.passage.sites
        after = sites[index - 1].quantity.end if index else context.passage.sentence.start
        for clause in context.passage.sentence.clauses:
            if after <= clause.end <= sites[index].clause.start and (base := self._measures.base(context.view, clause)):
                return state._replace(compared=(Compared(base, in_points=False),))
        return state

    def _parted(self, context: Context, index: int, state: State) -> State:
        """学校312所，其中高中6所、幼儿园10所；在校学生9.8万人: behind the parts, the whole is spoken of again."""
        view, site = context.view, context.passage.sites[index]
        if index and any(self._memories.is_part(view, start) for start in (site.clause.start, site.left)):
            return state._replace(whole=state.whole or state.memory)
        if state.whole is None or not self._memories.ends_parts(view, context.passage.sites[index - 1], site):
            return state
        return state._replace(memory=state.whole, whole=None)

    def _measured(self, context: Context, index: int, state: State) -> Measured:
        view, site, bounded = context.view, context.passage.sites[index], context.bounds[index]

        def is_bare() -> bool:
            return not self._phraser.strip(self._phraser.words(view, site.left, bounded.left_end, context.exprs))

        listed = context.starts[index] < index
        measured = self._measures.read(
            view, site, bounded, state.measured, listed, is_bare, _lead(context.passage, index)
        )
        return _compared(measured, state.compared, in_points=_in_points(site))

    def _named(
        self, context: Context, index: int, measured: Measured, claims: Sequence[Claim], state: State
    ) -> tuple[Named, Sequence[str]]:
        """The name of a claim, and the names of the members of its list."""
        start, names = context.starts[index], state.names
        if start == index:
            names = self._lists.names(
                context.view, context.passage, context.starts, index, measured, context.exprs, claims
            )
        if names:
            name = names[index - start]
            named = Named(name, name, ("name.listed",))
        elif start < index:
            named = claims[-1].named
        else:
            bounded = context.bounds[index]
            named = self._names.read(
                context.view, context.passage, index, bounded, measured, context.exprs, state.memory
            )
        return self._cleared(named, context, index), names

    def _cleared(self, named: Named, context: Context, index: int) -> Named:
        """A name without the region, and without 新增 where its words say 累计."""
        first = context.passage.sites[context.starts[index]]
        name = self._phraser.stock(context.view[first.left : first.quantity.start], named.indicator)
        return self._without_region(
            named._replace(indicator=name) if name != named.indicator else named, context.regions
        )

    def _without_region(self, named: Named, regions: tuple[str, ...]) -> Named:
        """香坊区地区生产总值 → 地区生产总值: the region is a field of its own; 全国重点实验室 is a name."""
        name = _balanced(named.indicator)
        while name.startswith(regions) and not self._known.get(name):
            word = next((w for w in regions if name.startswith(w) and len(name) - len(w) > 1), "")
            if not word:
                break
            name = self._phraser.strip(name[len(word) :])  # 青石县实现生产总值
        return named._replace(indicator=name) if name != named.indicator else named


def _lead(passage: Passage, index: int) -> Span | None:
    """The clause before that of a claim, where no number stands in it."""
    site, clauses = passage.sites[index], passage.sentence.clauses
    at = clauses.index(site.clause) - 1 if site.clause in clauses else -1
    if at < 0 or (index and passage.sites[index - 1].quantity.end > clauses[at].start):
        return None
    return Span(*clauses[at])


def _inside(exprs: Sequence[TimeExpr], passage: Passage, at: int) -> tuple[list[TimeExpr], int]:
    """The time expressions of a sentence, and where to look for those of the next."""
    while at < len(exprs) and exprs[at].start < passage.sentence.start:
        at += 1
    first = at
    while at < len(exprs) and exprs[at].start < passage.sentence.end:
        at += 1
    return list(exprs[first:at]), at


def _in_points(site: Site) -> bool:
    return site.quantity.unit is not None and site.quantity.unit.dimension == "point"


def _compared(measured: Measured, compared: Sequence[Compared], *, in_points: bool) -> Measured:
    """A base stated once holds for the rates after it in its sentence: 比上年增长3.5%；肉牛增长0.8%.

    That of the same measure comes first: 同比增长5.6%，比年初增加38亿元；贷款增长9.2% is 同比. What a rate itself is
    compared with says nothing of others: 降幅比一季度收窄21.7个百分点；投资下降18.8%.
    """
    if measured.basis != "unstated" or any(rule in PULLS for rule in measured.rules):
        return measured
    usable = [other.measured for other in compared if in_points or not other.in_points or other.measured.base is None]
    before = next((other for other in usable if other.measure == measured.measure), next(iter(usable), None))
    if before is None:
        return measured
    rules = (*measured.rules, "basis.carried", *(() if before.measure else before.rules))
    return measured._replace(basis=before.basis, base=before.base, rules=rules)


def _apart(sites: Sequence[Site], bounds: Sequence[Bounded]) -> tuple[Site, ...]:
    """Sites whose left context begins behind the bound of the claim before (…个以上、…)."""
    moved = list(sites)
    for index in range(1, len(sites)):
        end = bounds[index - 1].right_start
        if moved[index].left < end <= moved[index].quantity.start:
            moved[index] = moved[index]._replace(left=end)
    return tuple(moved)


def _balanced(name: str) -> str:
    """A name without what lies beyond a bracket that nothing opens or closes."""
    for opening, closing in () if name.isalnum() else BRACKETS:
        if name.count(opening) != name.count(closing):
            name = name.rpartition(closing)[2] if closing in name else name.partition(opening)[0]
    return name


def _member(sites: Sequence[Site], bounds: Sequence[Bounded], starts: Sequence[int], index: int) -> Member:
    """The place of a claim in its list."""
    first, count = starts[index], starts.count(starts[index])
    last = first + count - 1
    left = Span(sites[first].left, bounds[first].left_end)
    return Member(index - first, count, left, Span(bounds[last].right_start, sites[last].right))
