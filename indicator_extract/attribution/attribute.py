"""The order of decisions: anchor and frames once a document, then claim by claim from left to right.

Each decision uses only earlier ones: bound, measure, period, status, name. Lists are found first and named once.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicator_extract.attribution.anchor import Anchor, AnchorReader
from indicator_extract.attribution.evidence import Title
from indicator_extract.attribution.bounds import BoundReader
from indicator_extract.attribution.dating import DateReader, Member
from indicator_extract.attribution.frames import FrameReader, Setting
from indicator_extract.attribution.lists import ListReader
from indicator_extract.attribution.measures import MeasureReader
from indicator_extract.attribution.mentions import MentionReader
from indicator_extract.attribution.names import NOTHING, Memory, NameReader
from indicator_extract.attribution.phrases import Phraser
from indicator_extract.attribution.places import Placer
from indicator_extract.attribution.statuses import Carried, StatusReader
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

NO_BASE = (None, "unstated", "annual_average")
PULLS = frozenset({"measure.pull", "measure.drag"})


class Attributor:
    """Attributes the quantities of documents with one lexicon. Holds no state between documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        phraser = self._phraser = Phraser(lexicon)
        self._anchors, self._frames = AnchorReader(lexicon), FrameReader(lexicon)
        self._mentions, self._placer = MentionReader(lexicon), Placer(lexicon)
        self._bounds, self._measures = BoundReader(lexicon), MeasureReader(lexicon)
        self._dates, self._statuses = DateReader(lexicon), StatusReader(lexicon)
        self._names, self._lists = NameReader(lexicon, phraser), ListReader(lexicon, phraser)

    def attribute(
        self,
        document: Document,
        title: Title,
        view: str,
        blocks: Sequence[Block],
        exprs: Sequence[TimeExpr],
        quantities: Sequence[Quantity],
        regions: frozenset[str] = frozenset(),
    ) -> tuple[list[Claim], list[Mention]]:
        """All claims and mentions of a document, in order."""
        anchor = self._anchors.read(document, title, view, blocks, exprs)
        settings = self._frames.settings(title, view, blocks, exprs, anchor)
        kept, mentions = self._mentions.split(view, quantities, exprs)
        claims: list[Claim] = []
        memory, block_start = NOTHING, -1
        for passage in self._placer.passages(view, blocks, kept):
            if passage.block.start != block_start:
                memory, block_start = NOTHING, passage.block.start
            setting = settings[passage.sentence.start]
            if not self._names.continues(view, passage):
                memory = memory._replace(subject="", action="")
            found, memory = self._passage(view, passage, exprs, setting, anchor, memory, regions)
            claims += found
        return claims, mentions

    def _passage(
        self,
        view: str,
        passage: Passage,
        exprs: Sequence[TimeExpr],
        setting: Setting,
        anchor: Anchor,
        memory: Memory,
        regions: frozenset[str],
    ) -> tuple[list[Claim], Memory]:
        """The claims of one sentence, and what it hands on to the next."""
        inside = [e for e in exprs if passage.sentence.start <= e.start < passage.sentence.end]
        governors = self._dates.governors(view, passage, inside, setting, anchor)
        starts = self._lists.runs(view, passage)
        claims: list[Claim] = []
        carried: Carried | None = None
        measured: Measured | None = None
        compared: Measured | None = None
        names: list[str] | None = None
        bounds = [self._bounds.read(view, site) for site in passage.sites]
        passage = passage._replace(sites=_apart(passage.sites, bounds))
        for index, (site, bounded) in enumerate(zip(passage.sites, bounds, strict=True)):
            listed = starts[index] < index
            bare = not self._phraser.strip(self._phraser.words(view, site.left, bounded.left_end, inside))
            measured = self._measures.read(view, site, bounded, measured, listed, bare)
            measured = _compared(measured, compared)
            compared = measured if measured.basis not in NO_BASE else compared
            member = _member(passage.sites, bounds, starts, index)
            dated = self._dates.read(view, site, bounded, measured, governors, setting, member)
            stated, carried = self._statuses.read(
                view, site, bounded, dated, setting, anchor, carried, passage.sentence.start
            )
            if not listed:
                count = starts.count(index)
                before = [c.named.indicator for c in claims]
                ended = passage.sites[index - 1].quantity.end if index else passage.sentence.start
                names = (
                    self._lists.names(view, site, bounded, measured, inside, count, before, ended)
                    if count > 1
                    else None
                )
            if names:
                name = names[index - starts[index]]
                named = Named(name, name, ("name.listed",))
            elif listed:
                named = claims[-1].named
            else:
                named = self._names.read(view, passage, index, bounded, measured, inside, memory)
            named = _without_region(named, regions)
            memory = self._names.remember(named, memory)
            flags = anchor.flags if dated.source == "inherited" else ()
            claims.append(Claim(site, passage.block, passage.sentence, bounded, measured, dated, stated, named, flags))
        return claims, memory


def _compared(measured: Measured, before: Measured | None) -> Measured:
    """A base stated once holds for the rates after it in its sentence: 比上年增长3.5%；肉牛增长0.8%."""
    if measured.basis != "unstated" or before is None or any(rule in PULLS for rule in measured.rules):
        return measured
    return measured._replace(basis=before.basis, base=before.base, rules=(*measured.rules, "basis.carried"))


def _apart(sites: Sequence[Site], bounds: Sequence[Bounded]) -> tuple[Site, ...]:
    """Sites whose left context begins behind the bound of the claim before (…个以上、…)."""
    moved = list(sites)
    for index in range(1, len(sites)):
        end = bounds[index - 1].right_start
        if moved[index].left < end <= moved[index].quantity.start:
            moved[index] = moved[index]._replace(left=end)
    return tuple(moved)


def _without_region(named: Named, regions: frozenset[str]) -> Named:
    """香坊区地区生产总值 → 地区生产总值: the region is a field of its own."""
    name = named.indicator
    while word := max((w for w in regions if name.startswith(w) and len(name) - len(w) > 1), key=len, default=""):
        name = name[len(word) :]
    return named._replace(indicator=name) if name != named.indicator else named


def _member(sites: Sequence[Site], bounds: Sequence[Bounded], starts: Sequence[int], index: int) -> Member:
    """The place of a claim in its list."""
    first, count = starts[index], starts.count(starts[index])
    last = first + count - 1
    left = Span(sites[first].left, bounds[first].left_end)
    return Member(index - first, count, left, Span(bounds[last].right_start, sites[last].right))
