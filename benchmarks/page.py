"""`python -m benchmarks.page`: how long a browser takes over a page of many reports, into `benchmarks/PAGE.md`.

Chromium opens the page from disk anew for every round. Times are the browser's own, as a reader waits: what else the
machine does meanwhile counts too.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from benchmarks.measuring import MB
from benchmarks.texts import ROOT, Text, bulk
from indicator_extract import Extractor
from indicator_extract.writing import Layout, page

if TYPE_CHECKING:
    from playwright.sync_api import Page

RESULTS = ROOT / "benchmarks" / "PAGE.md"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
_MS = 1000

_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_ACTIONS = {  # what a reader does, until the next frame is painted; wanted: at most so many seconds
    "filter by indicator": "fill('indicator', '地区生产总值')",
    "filter by status": "fill('status', 'target')",
    "search all sentences": "fill('search', '增长')",
    "clear the filters": "document.getElementById('clear').click()",
    "sort by value": "document.querySelector('th.c-value .dt-column-order').click()",
    "open another document": "document.getElementById('after').click()",
    "charts": "document.getElementById('tab-charts').click()",
}
_TIMED = """async () => {{
    const fill = (name, value) => {{
        FILTERS.elements[name].value = value;
        FILTERS.dispatchEvent(new Event("input"));
    }};
    const before = performance.now();
    {action};
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    return performance.now() - before;
}}"""


class Made(NamedTuple):
    """A page."""

    path: Path
    records: int
    mentions: int
    reports: Text


def main(
    text: Annotated[
        Path | None, typer.Option(help="A folder of .txt reports to measure on.", exists=True, file_okay=False)
    ] = None,
    reports: Annotated[int, typer.Option(help="How many reports the page holds.")] = 50,
    rounds: Annotated[int, typer.Option(help="How often it is opened.")] = 7,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the results go.")] = RESULTS,
) -> None:
    """Measure the evidence page in Chromium: size, first paint, filters."""
    with TemporaryDirectory() as folder:
        made = _page_of(bulk(text, 100 * MB), reports, Path(folder))
        times = _measured(made.path, rounds)
        output.write_text("".join(_lines(made, times, rounds)), encoding="utf-8")
    typer.echo(f"wrote {output.name}", err=True)


def _page_of(text: Text, most: int, folder: Path) -> Made:
    documents = text.documents[:most]
    extractor = Extractor()
    found = [extractor.extract_text(each, source=f"{number:03}.txt") for number, each in enumerate(documents, 1)]
    path, out = folder / "page.html", io.BytesIO()
    page.publish((page.pack(each.document, each.records, (), each.mentions) for each in found), out, Layout(), None)
    path.write_bytes(out.getvalue())
    records, mentions = (sum(map(len, column)) for column in zip(*(each[1:] for each in found), strict=True))
    return Made(path, records, mentions, Text(text.name, documents, text.origin))


def _measured(path: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of each thing in each round."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    times: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for _ in range(rounds):
            opened = browser.new_page(locale="zh-CN", viewport={"width": 1440, "height": 900})
            opened.goto(path.as_uri())
            for name, seconds in _round(opened):
                times.setdefault(name, []).append(seconds)
            opened.close()
        browser.close()
    return times


def _round(opened: Page) -> Iterator[tuple[str, float]]:
    opened.wait_for_selector("#claims tbody tr")
    yield "first paint", opened.evaluate(_PAINT) / _MS
    yield "ready to use", opened.evaluate(_READY) / _MS
    for name, action in _ACTIONS.items():
        yield name, opened.evaluate(_TIMED.format(action=action)) / _MS


def _lines(made: Made, times: dict[str, list[float]], rounds: int) -> Iterator[str]:
    size, texts = made.path.stat().st_size / MB, made.reports
    yield "# The evidence page in a browser\n\nWritten by `python -m benchmarks.page`; do not edit.\n\n"
    yield f"{len(texts.documents)} reports ({texts.size / MB:.1f} MB of text; the first of {texts.origin}), "
    yield f"{made.records:,} records and {made.mentions:,} mentions in one page. Chromium without a screen, opened "
    yield f"anew {rounds} times; medians, and from – to.\n\n"
    yield f"| what | wanted | got | from – to |\n| --- | --- | --- | --- |\n| size | below 15 MB | {size:.1f} MB | |\n"
    for name, values in times.items():
        wanted = {"first paint": "below 2 s"}.get(name, "below 0.2 s" if name.startswith("filter") else "")
        yield f"| {name} | {wanted} | {median(values):.3f} s | {min(values):.3f} – {max(values):.3f} s |\n"


if __name__ == "__main__":
    typer.run(main)
