"""The look: a table with a sparkline, and a plot in a font that shows Chinese."""

from __future__ import annotations

import io
import struct
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Run
from test_panel import fact, rate, write

from indicator_extract import WriteError
from indicator_extract.panel import plot
from indicator_extract.panel.look import Chart, sparkline
from indicator_extract.writing import by_name

CHART = Chart(
    "地区生产总值 level", "亿元", ("2019", "2020"), {"安平县": {"2019": Decimal(3), "2020": Decimal(4)}}, frozenset()
)


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"),
        ([1, None, 8], "▁ █"),
        ([5], "▄"),
        ([-3, -3], "▄▄"),
        ([], ""),
        ([None], " "),
        ([-1, 0, 1], "▁▅█"),
    ],
)
def test_a_sparkline(values: list[int | None], bars: str) -> None:
    assert sparkline([None if value is None else Decimal(value) for value in values]) == bars


@given(st.lists(st.none() | st.decimals(-(10**12), 10**12, places=2), max_size=20))
def test_bars_are_ordered_as_values_are(values: list[Decimal | None]) -> None:
    bars = sparkline(values)
    assert len(bars) == len(values)
    known = [(value, bar) for value, bar in zip(values, bars, strict=True) if value is not None]
    assert all(first_bar <= bar for first, first_bar in known for value, bar in known if first <= value)
    assert [bar == " " for bar in bars] == [value is None for value in values]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "r.csv"
    other = {"ref_area": "清河县", "ref_area_code": "130534"}
    found = [
        fact(time_period="2018"),
        fact(value="390", time_period="2020", status="estimate"),
        rate("5.1"),
        fact(**other),
    ]
    write(by_name("csv"), found, path)
    return path


def test_show_prints_a_table_for_each_measure(command: Run, records: Path) -> None:
    done = command("show", records, "--indicator", "GDP", "--in", "亿元")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == [
        "地区生产总值 growth_rate (%)",
        "ref_area   2020",
        "───────────────────",
        "安平县      5.1   ▄",
        "",
        "地区生产总值 level (亿元)",
        "ref_area    2018   2019    2020",
        "─────────────────────────────────────",
        "安平县     383.1           390*   ▁ █",
        "清河县                    383.1     ▄",
    ]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["--indicator", "粮食产量"], 1, "error: no record fits"),
        (["--indicator", "GPD"], 2, "GPD is not in the indicator lexicon; did you mean"),
        (
            ["--indicator", "GDP", "--plot", "x.gif"],
            1,
            "x.gif: its suffix names no format of pictures; end it in .png or .svg",
        ),
        (["--indicator", "GDP", "--area", "大兴"], 2, "no record is about 大兴; there are"),
        ([], 2, "--indicator"),
    ],
)
def test_errors_are_kind(words: list[str], status: int, says: str, command: Run, records: Path) -> None:
    done = command("show", records, *words, cwd=records.parent)
    assert done.returncode == status
    assert says in " ".join(done.stderr.decode().replace("│", " ").split())
    assert "Traceback" not in done.stderr.decode()
    assert not (records.parent / "x.gif").exists()


def test_a_plot_is_a_picture_with_both_measures(command: Run, records: Path) -> None:
    done = command("show", records, "--indicator", "GDP", "--plot", records.with_suffix(".png"))
    assert (done.returncode, done.stderr) == (0, b"")
    data = records.with_suffix(".png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert (width, height) == (1350, 1260), "two charts below each other"


def drawn(suffix: str, *charts: Chart) -> bytes:
    out = io.BytesIO()
    plot.write(charts, suffix, out)
    return out.getvalue()


@pytest.mark.parametrize("suffix", plot.SUFFIXES)
def test_two_runs_give_the_same_picture(suffix: str) -> None:
    assert drawn(suffix, CHART) == drawn(suffix, CHART)


def test_the_language_of_the_locale_shapes_no_character() -> None:
    import matplotlib

    if "text.language" not in matplotlib.rcParams:
        pytest.skip("characters are not shaped before matplotlib 3.11")
    chart = CHART._replace(series={"安平县": {"2020": Decimal(38_310_230_000)}})  # the + of its scale is shaped
    with matplotlib.rc_context({"text.language": "en"}):
        abroad = drawn(".png", chart)
    with matplotlib.rc_context({"text.language": "zh-Hans"}):
        assert drawn(".png", chart) == abroad


def test_each_character_is_drawn_by_its_own_glyph() -> None:
    from matplotlib.ft2font import FT2Font

    image = drawn(".svg", CHART).decode()
    font = FT2Font(plot._packed()[0])
    glyphs = [font.get_char_index(ord(character)) for character in "地区生产总值安平县亿元"]
    assert 0 not in glyphs, "the glyph of what a font has not"
    assert all(f'id="NotoSansSC-Regular-{glyph:x}"' in image for glyph in glyphs)
    assert "<text" not in image, "its reader needs no font"


def test_a_system_font_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    [packed] = plot._packed()
    monkeypatch.setattr(plot, "_FONT_PACKAGE", "no_such_package")
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [__file__, packed])
    assert drawn(".png", CHART).startswith(b"\x89PNG")


def test_without_a_font_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    monkeypatch.setattr(plot, "_FONT_PACKAGE", "no_such_package")
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [__file__])
    with pytest.raises(WriteError, match=r'no font .* Chinese .*; pip install "indicator-extract\[plot\]"'):
        drawn(".png", CHART)


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from indicator_extract.writing import layout

    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(layout, "import_module", missing)
    with pytest.raises(WriteError, match=r'matplotlib.*not installed; pip install "indicator-extract\[plot\]"'):
        drawn(".png", CHART)


def test_too_many_lines_are_refused() -> None:
    many = {f"县{number}": {"2020": Decimal(number)} for number in range(13)}
    with pytest.raises(WriteError, match="13 regions are too many"):
        drawn(".png", CHART._replace(series=many))
