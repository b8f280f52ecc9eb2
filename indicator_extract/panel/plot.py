"""Charts → a picture, PNG or SVG, by matplotlib, in a font that shows Chinese.

The extra `plot` brings Noto Sans SC, so that a picture is the same on every machine. Where that package is missing, a
font of the system that has the characters is taken. In an SVG they are drawn as paths: its reader needs no font.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from indicator_extract.errors import WriteError
from indicator_extract.panel.look import Chart
from indicator_extract.writing.layout import library

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".png", ".svg")
MOST = 12  # lines of one chart that a person can tell apart

_FONT_PACKAGE = "pylopdf_fonts_zh_cn"
_SIZE = (9.0, 4.2)  # inches of one chart
_MOST_TICKS = 12
_EMPTY: dict[str, Any] = {".png": {"Software": None}, ".svg": {"Date": None, "Creator": None}}  # two runs give the same


def write(charts: Sequence[Chart], suffix: str, out: BinaryIO) -> None:
    """Writes the charts below each other.

    Raises:
        WriteError: matplotlib is missing, no font has the characters, or a chart has too many lines.
    """
    library("matplotlib", "plot", "plot")
    for chart in charts:
        if len(chart.series) > MOST:
            problem = f"{len(chart.series):,} regions are too many for one plot ({chart.title})"
            raise WriteError("plot", problem, f"choose at most {MOST}, with --area")
    from matplotlib import rc_context, rcParams
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    font = _font({character for chart in charts for text in (chart.title, *chart.series) for character in _drawn(text)})
    settings: Any = {"font.family": font, "axes.unicode_minus": False, "svg.fonttype": "path", "svg.hashsalt": "x"}
    settings["text.parse_math"] = False  # a $ in a name is a $
    if "text.language" in rcParams:  # from 3.11 on characters are shaped, else in the language of the locale
        settings["text.language"] = "zh-Hans"
    with rc_context(settings):
        figure = Figure(figsize=(_SIZE[0], _SIZE[1] * len(charts)), layout="constrained")
        FigureCanvasAgg(figure)
        for place, chart in zip(figure.subplots(len(charts), squeeze=False).flat, charts, strict=True):
            _draw(chart, place)
        figure.savefig(out, format=suffix[1:], dpi=150, metadata=_EMPTY[suffix])


def _draw(chart: Chart, axes: Axes) -> None:
    from matplotlib.ticker import StrMethodFormatter

    places = {period: place for place, period in enumerate(chart.periods)}
    for area, values in chart.series.items():
        line = axes.plot(
            [places[period] for period in values], [*map(float, values.values())], marker="o", label=_drawn(area)
        )
        hollow = [period for period in values if (area, period) in chart.open]
        axes.plot(
            [places[period] for period in hollow], [float(values[period]) for period in hollow],
            color=line[0].get_color(), linestyle="", marker="o", markerfacecolor="white",
        )  # fmt: skip
    step = len(chart.periods) // _MOST_TICKS + 1
    axes.set_xticks([*places.values()][::step], [*places][::step])
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    alone = next(iter(chart.series)) if len(chart.series) == 1 else ""
    axes.set_title(_drawn(f"{alone} {chart.title}".strip()), loc="left")
    axes.grid(axis="y", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    if not alone:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


def _drawn(text: str) -> str:
    """A text without what has no shape: control and format characters."""
    return "".join(character for character in text if character.isprintable())


def _font(characters: set[str]) -> str:
    """The name of a font that has the characters, made known to matplotlib."""
    from matplotlib import font_manager

    needed = {ord(character) for character in characters if not character.isspace()}
    for path in (*_packed(), *sorted(font_manager.findSystemFonts())):
        if _has(path, needed):
            font_manager.fontManager.addfont(path)
            return str(font_manager.FontProperties(fname=path).get_name())
    remedy = 'pip install "indicator-extract[plot]", which brings one'
    raise WriteError("plot", "no font here has the Chinese characters of this plot", remedy)


def _packed() -> list[str]:
    with suppress(ImportError):
        return [str(import_module(_FONT_PACKAGE).sans_path())]
    return []


def _has(path: str, needed: set[int]) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        return needed <= set(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):
        return False  # a damaged font is none


def suffix_of(path: Path) -> str:
    """The format a path asks for. Raises WriteError where the suffix names no format of pictures."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise WriteError(str(path), "its suffix names no format of pictures", f"end it in {' or '.join(SUFFIXES)}")
    return suffix
