"""The period and status that hold at a place of a document, for what stands outside of running text: tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from indicator_extract.attribution.anchor import Anchor, AnchorReader
from indicator_extract.attribution.evidence import Title
from indicator_extract.attribution.frames import FrameReader, Setting
from indicator_extract.attribution.timing import Period, frame_of, of_frame, resolve
from indicator_extract.lexicon import Lexicon
from indicator_extract.model import Block, Dated, Document, Frame, TimeExpr


class Framer:
    """Reads the framing of documents with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._anchors, self._frames = AnchorReader(lexicon), FrameReader(lexicon)

    def read(
        self, document: Document, title: Title, view: str, blocks: Sequence[Block], exprs: Sequence[TimeExpr]
    ) -> Framing:
        """The framing of a document from its running text."""
        anchor = self._anchors.read(document, title, view, blocks, exprs)
        return Framing(anchor, self._frames.settings(title, view, blocks, exprs, anchor))


class Framing:
    """Answers when and whether done, for any offset of one document."""

    def __init__(self, anchor: Anchor, settings: Mapping[int, Setting]) -> None:
        self._anchor, self._settings = anchor, settings
        self._starts = sorted(settings)

    def frame_at(self, offset: int) -> Frame:
        """The period of the sentence before `offset`; of the document where there is none."""
        setting = self._at(offset)
        return setting.frame if setting else Frame(self._anchor.reported, self._anchor.reported)

    def status_at(self, offset: int, last: int) -> str:
        """Done (`actual`) or planned (`target`), by the section; what ends by the year reported is done."""
        setting = self._at(offset)
        return setting.status if setting and last > self._anchor.reported else "actual"

    def frame_of(self, expr: TimeExpr, frame: Frame) -> Frame:
        """The period an expression sets for what stands below it; `frame` where its year is unknown."""
        found = frame_of(expr, self._anchor, frame)
        return found if found.first else frame

    def dated(self, expr: TimeExpr | None, frame: Frame, source: str) -> Dated:
        """What an expression means inside a frame; the frame itself where there is no expression."""
        period: Period | None = resolve(expr, self._anchor, frame) if expr else of_frame(frame)
        if period is None:
            return Dated(None, 0, 0, None, ())
        return Dated(*period, source, expr.rules if expr else ())

    def _at(self, offset: int) -> Setting | None:
        index = bisect_right(self._starts, offset) - 1
        return self._settings[self._starts[index]] if index >= 0 else None
