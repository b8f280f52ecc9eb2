"""The evidence page in a browser: headless Chromium opens the page of the seeds from disk, and a reader uses it.

Skipped where there is no Chromium. Whatever the page prints to the console or asks of the network fails the test.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import ROOT, Run
from test_page import HOSTILE, Shelf, packed, written

from indicator_extract import Extractor
from indicator_extract.writing import Layout
from indicator_extract.writing import page as room

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
SEED = "000_e5dbcc06a83ba507.txt"
GOLD = ROOT / "tests" / "gold"

Opened = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium to look at the page with")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def seeds_file(tmp_path_factory: pytest.TempPathFactory, seeds: list[Path], extractor: Extractor) -> Path:
    path = tmp_path_factory.mktemp("page") / "seeds.html"
    path.write_bytes(written(packed(each for seed in seeds for each in extractor.extract_file(seed))))
    return path


@pytest.fixture
def opened(browser: Browser, seeds_file: Path) -> Iterator[Opened]:
    """Opens a page from disk; at the end, nothing may have gone wrong in it and nothing may have left it."""
    contexts, wrong = [], []

    def asked(address: str) -> None:
        if not address.startswith(("file:", "blob:")):
            wrong.append(f"asked for {address}")

    def open_page(path: Path = seeds_file, address: str = "", **settings: Any) -> Page:
        settings = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}, **settings}
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda request: asked(request.url))
        page.goto(f"{path.as_uri()}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def mark(page: Page, quote: str) -> Locator:
    """The mark of a number in the text."""
    return page.locator("#article .n", has_text=re.compile(f"^{re.escape(quote)}$")).first


def row(page: Page, words: str) -> Locator:
    return page.locator("#claims tbody tr", has_text=words).first


def in_view(place: Locator) -> bool:
    return bool(
        place.evaluate(
            "place => { const at = place.getBoundingClientRect();"
            " const there = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);"
            " return there?.closest('.n, tr') === place }"
        )
    )


def downloaded(page: Page) -> list[dict[str, Any]]:
    with page.expect_download() as waiting:
        page.click("#download")
    assert waiting.value.suggested_filename.endswith(".gold.jsonl")
    return [json.loads(line) for line in Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()]


# Reading


def test_a_row_leads_to_its_number_and_back(opened: Opened) -> None:
    page = opened()
    page.select_option("#filter-document", label="004_6be6b5e529658cc8.txt")
    first = page.locator("#claims tbody tr").nth(30)
    claim = first.get_attribute("data-claim")
    first.locator("a").click()
    place = page.locator(f'#article .n[data-key="c{claim}"]')
    assert page.locator("#document").input_value() == "4", "its document is opened"
    assert in_view(place)
    assert place.evaluate("place => place === document.activeElement")
    page.click("#card >> text=In the table")
    back = page.locator(f'#claims tr[data-claim="{claim}"]')
    assert back.locator("a").evaluate("link => link === document.activeElement")
    assert in_view(back)
    page.go_back()
    page.locator("#article .n:focus").wait_for()


def test_a_number_leads_to_a_row_that_a_filter_hides(opened: Opened) -> None:
    page = opened()
    page.fill("#filter-search", "no such words")
    assert page.locator("#claims tbody tr[data-claim]").count() == 0
    mark(page, "22.48亿元").click()
    page.click("#card >> text=In the table")
    assert in_view(row(page, "2,248,000,000"))
    assert page.input_value("#filter-search") == ""


def test_the_card_says_all_fields_and_rules(opened: Opened) -> None:
    page = opened()
    mark(page, "0.6%").click()
    card = page.inner_text("#card")
    for words in (
        "地区生产总值",
        "growth rate",
        "year before",
        "2020",
        "accounts.gdp",
        "patterns/indicators/accounts.toml",
    ):
        assert words in card
    mark(page, "2020年末").hover()
    assert "no claim" in page.inner_text("#card"), "pointing shows another number"
    page.mouse.move(5, 5)
    assert "0.6%" in page.inner_text("#card h2"), "and the chosen one comes back"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("indicator", "地区生产总值", lambda claim: "地区生产总值" in claim["indicator"]),
        ("measure", "growth_rate", lambda claim: claim["measure"] == "growth_rate"),
        ("status", "target", lambda claim: claim["status"] == "target"),
        ("flag", "any", lambda claim: bool(claim["flags"])),
        ("flag", "none", lambda claim: not claim["flags"]),
        ("year", "2021", lambda claim: _covers(claim["time_period"], 2021)),
        ("search", "民生 支出", lambda claim: all(word in _said_of(claim) for word in ("民生", "支出"))),
    ],
)
def test_a_filter_leaves_what_fits(
    opened: Opened, extract: Run, name: str, value: str, expected: Callable[[dict[str, Any]], bool]
) -> None:
    claims = [json.loads(line) for line in extract(ROOT / "seeds", "--format", "jsonl").stdout.splitlines()]
    count = sum(map(expected, claims))
    assert 0 < count < len(claims)
    page = opened()
    place = page.locator(f"#filter-{name}")
    if place.evaluate("place => place.tagName") == "SELECT":
        place.select_option(value)
    else:
        place.fill(value)
    assert re.search(rf"of {count}\b", page.inner_text(".dt-info"))
    page.click("#clear")
    assert f"of {len(claims)}" in page.inner_text(".dt-info")


def _covers(period: str | None, year: int) -> bool:
    first, _, last = (period or "0000").partition("/")
    return int(first[:4]) <= year <= int((last or first)[:4])


def _said_of(claim: dict[str, Any]) -> str:
    fields = ("indicator", "indicator_text", "evidence", "ref_area", "section", "source")
    return "\n".join(claim[name] for name in fields)


def test_columns_sort_as_numbers(opened: Opened) -> None:
    page = opened()
    values: list[list[float]] = []
    for direction in ("ascending", "descending"):
        page.locator("#claims th.c-value .dt-column-order").click()  # sorted is after the click, not in it
        page.wait_for_selector(f'#claims th.c-value[aria-sort="{direction}"]')
        cells = page.locator("#claims td.c-value > span").evaluate_all("cells => cells.map((c) => c.firstChild.data)")
        values.append([float(cell.replace(",", "").replace("\N{MINUS SIGN}", "-").split("–")[0]) for cell in cells])
    assert values[0] == sorted(values[0])
    assert values[1] == sorted(values[1], reverse=True)
    assert values[0][0] < 0 < values[1][0]


def test_counts_and_charts_follow_the_filters(opened: Opened) -> None:
    page = opened()
    page.click("#tab-counts")
    assert page.locator("#view-counts tbody").first.locator("tr").count() == 5
    page.click("#tab-charts")
    figures = page.locator("#view-charts figure")
    every = figures.count()
    name = figures.first.locator("strong").inner_text()
    page.fill("#filter-indicator", name)
    assert 0 < figures.count() < every
    assert all(name in words for words in figures.all_inner_texts())
    page.click("#tab-counts")
    assert all(name in words for words in page.locator("#view-counts tbody").nth(1).locator("th").all_inner_texts())
    page.click("#tab-charts")
    assert figures.first.locator("circle").count() == figures.first.locator(".points li").count() > 1
    figures.first.locator(".points a").first.click()
    assert page.evaluate("document.activeElement.matches('#article .claim')")


# Correcting


def test_corrections_are_downloaded_kept_and_loaded(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    mark(page, "618.6平方千米").click()
    page.click(".judging .v-right")
    mark(page, "22.48亿元").click()
    page.click(".judging .v-wrong")
    page.fill("#correct-indicator", "农业总产值")
    page.fill("#correct-value", "22,48")
    page.select_option("#correct-measure", "growth_rate")
    page.click(".correcting .main")
    assert page.get_attribute("#correct-value", "aria-invalid") == "true", "what is no number is not taken"
    assert page.inner_text("#wrong-basis"), "nor a growth of unknown basis"
    page.fill("#correct-value", "2248000000")
    page.select_option("#correct-measure", "level")
    page.click(".correcting .main")
    mark(page, "3个").click()
    page.click(".judging .v-no_claim")
    page.click(".classes >> text=ordinal")
    mark(page, "百大").click()
    page.click(".judging .v-claim")
    page.fill("#correct-indicator", "省百大项目")
    page.fill("#correct-value", "100")
    page.click(".correcting .main")
    lines = downloaded(page)
    _are_gold(lines)
    assert [line["quote"] for line in lines] == ["618.6平方千米", "22.48亿元", "3个", "百大"]
    right, wrong, no_claim, missed = lines
    assert (right["value"], right["unit"], right["indicator"]) == ("618.6", "平方千米", "土地面积")
    assert (wrong["indicator"], wrong["value"], wrong["measure"]) == ("农业总产值", "2248000000", "level")
    assert (no_claim["kind"], no_claim["class"]) == ("mention", "ordinal")
    assert (missed["kind"], missed["value"]) == ("claim", "100")

    page.reload()
    assert "4 judged" in page.inner_text("#judged"), "kept where the browser keeps things"
    assert downloaded(page) == lines
    saved = tmp_path / "seeds.gold.jsonl"
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in [*lines, {**right, "doc": "other.txt"}])
    saved.write_text(text, encoding="utf-8")
    other = opened()
    other.set_input_files("#file", saved)
    other.get_by_text("4 lines loaded, 1 fit").wait_for()
    assert downloaded(other) == lines


def _are_gold(lines: list[dict[str, Any]]) -> None:
    """As the gold files of the project, key by key, with offsets that fit."""
    given = [json.loads(line) for line in (GOLD / "001_fa73faf2aa12b17e.gold.jsonl").read_text("utf-8").splitlines()]
    for line in lines:
        like = next(each for each in given if each["kind"] == line["kind"])
        assert set(line) == {key for key in like if not key.startswith(("accept_", "note"))}
        text = Path(line["doc"]).read_text("utf-8-sig")
        assert text[line["start"] : line["end"]] == line["quote"]


def test_a_judgement_can_be_taken_back(opened: Opened) -> None:
    page = opened()
    mark(page, "618.6平方千米").click()
    page.click(".judging .v-right")
    assert page.is_enabled("#download")
    page.click(".judging >> text=Take back")
    assert page.is_disabled("#download")


def test_selected_words_become_a_claim(opened: Opened) -> None:
    page = opened()
    page.evaluate("""() => {
        const text = [...document.querySelectorAll("#article p")].flatMap((p) => [...p.childNodes])
            .find((node) => node.nodeType === 3 && node.data.includes("街道办事处"));
        const range = document.createRange();
        range.setStart(text, text.data.indexOf("街道"));
        range.setEnd(text, text.data.indexOf("街道") + 5);
        getSelection().addRange(range);
    }""")
    page.click("#select")
    page.fill("#correct-indicator", "街道")
    page.fill("#correct-value", "1")
    page.click(".correcting .main")
    (line,) = downloaded(page)
    assert line["quote"] == "街道办事处"
    _are_gold([line])


def test_a_browser_that_keeps_nothing_is_told_of(opened: Opened) -> None:
    page = opened()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    page.reload()
    mark(page, "618.6平方千米").click()
    page.click(".judging .v-right")
    assert "download the corrections" in page.inner_text("#notice")
    assert len(downloaded(page)) == 1


def test_corrections_score_the_extractor(opened: Opened, command: Run, tmp_path: Path) -> None:
    """What was judged right is right, what was corrected counts as wrong in that field and no other."""
    page = opened()
    for quote in ("618.6平方千米", "40.62平方千米"):
        mark(page, quote).click()
        page.click(".judging .v-right")
    mark(page, "22.48亿元").click()
    page.click(".judging .v-wrong")
    page.fill("#correct-value", "2248000001")
    page.click(".correcting .main")
    gold = tmp_path / "page.gold.jsonl"
    gold.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in downloaded(page)), encoding="utf-8")
    done = command("evaluate", "--gold", gold, ROOT / "seeds" / SEED, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads(done.stdout)
    total = said["all"]
    assert (total["claims"], total["found"], total["spurious"]) == (3, 3, 0)
    assert total["unit"] == total["measure"] == total["period"] == total["indicator"] == 1
    assert total["value"] == pytest.approx(2 / 3, abs=0.001)
    assert [(each["quote"], each["gold"], each["got"]) for each in said["differences"]] == [
        ("22.48亿元", "2248000001", "2248000000")
    ]


# Everybody


def test_the_keyboard_reaches_everything(opened: Opened) -> None:
    page = opened()

    def focused(script: str) -> Any:
        return page.evaluate(f"(here => {script})(document.activeElement)")

    page.keyboard.press("Tab")
    assert focused("here.className") == "skip"
    page.keyboard.press("Enter")
    assert focused("here.id") == "text"
    for _ in range(12):
        page.keyboard.press("Tab")
        if focused("here.matches('#article .n')"):
            break
    first = focused("here.dataset.key")
    assert first == "c0", "the numbers of a text are one stop"
    page.keyboard.press("ArrowRight")
    assert focused("here.dataset.key") == "c1"
    assert "市区面积" in page.inner_text("#card h2"), "the card goes along"
    page.keyboard.press("Enter")
    assert focused("here.id") == "card"
    page.keyboard.press("Escape")
    assert focused("here.dataset.key") == "c1"
    page.focus("#tab-claims")
    page.keyboard.press("ArrowRight")
    assert focused("here.id") == "tab-counts"
    assert page.is_visible("#view-counts")
    page.keyboard.press("ArrowLeft")
    page.focus("#claims th.c-value .dt-column-order")
    page.keyboard.press("Enter")
    page.wait_for_selector('#claims th.c-value[aria-sort="ascending"]')
    page.focus("#claims tbody a")
    page.keyboard.press("Enter")
    assert focused("here.matches('#article .n')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_no_barrier_that_axe_knows(opened: Opened, language: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(locale=language, color_scheme=scheme)
    page.click("#legend summary")
    states = ["#tab-counts", "#tab-charts", "#tab-claims", "#article .n.flagged", "#card .v-wrong"]
    for state in [None, *states]:
        if state:
            page.locator(state).first.click()
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], state


def test_languages_follow_the_reader(opened: Opened) -> None:
    page = opened(locale="zh-CN")
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert page.inner_text("h1") == "数字与出处"
    for part in ("#filters label", ".tabs", "#claims thead", "#card"):
        assert not re.search("[A-Za-z]{3,}", " ".join(page.locator(part).all_inner_texts())), part
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    for part in ("#filters label", ".tabs", "#claims thead", "#card"):
        assert not re.search("[\u4e00-\u9fff]", " ".join(page.locator(part).all_inner_texts())), part
    page.reload()
    assert page.inner_text("h1") == "Numbers and where they come from", "the choice is kept"


def test_light_and_dark_follow_the_reader(opened: Opened) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        page = opened(color_scheme=scheme)
        shade = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)[0]"
        shades[scheme] = page.evaluate(shade)
        page.click("#theme")
        shades[f"after {scheme}"] = page.evaluate(shade)
    assert shades["light"] > 200 > 60 > shades["dark"]
    assert (shades["after light"], shades["after dark"]) == (shades["dark"], shades["light"])


def test_on_a_phone_the_table_is_below_and_nothing_sticks_out(opened: Opened) -> None:
    page = opened(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    text, numbers = page.locator("#text").bounding_box(), page.locator("#numbers").bounding_box()
    assert text is not None
    assert numbers is not None
    assert numbers["y"] >= text["y"] + text["height"]
    mark(page, "618.6平方千米").tap()
    card = page.locator("#card").bounding_box()
    assert card is not None
    assert card["y"] + card["height"] == pytest.approx(844, abs=2)
    assert "土地面积" in page.inner_text("#card")


def test_paper_shows_text_and_table_without_controls(opened: Opened) -> None:
    page = opened()
    page.emulate_media(media="print")
    for hidden in ("#filters", ".switches", ".tabs", ".bar", "#card"):
        assert page.is_hidden(hidden)
    assert page.is_visible("#article")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#claims tbody tr").count() == page.evaluate("CLAIMS.length"), "all rows, not one page of them"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#claims tbody tr").count() == 50


def test_hostile_text_shows_as_text(opened: Opened, extractor: Extractor, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>\u202e.txt"
    path = tmp_path / "hostile.html"
    text = f"{HOSTILE}\n𠮷𠮷县粮食产量12.5万吨，<b>粗粮</b>3万吨。"
    path.write_bytes(written(packed([extractor.extract_text(text, source=name)])))
    page = opened(path)
    page.on("dialog", lambda _: pytest.fail("a script of the document ran"))
    said = page.inner_text("#article")
    for words in ("</script><script>alert(1)</script>", "<b>粗粮</b>", "U+202E", "U+0007", "U+2028"):
        assert words in said
    assert "<img src=x onerror=alert(1)>⟨U+202E⟩.txt" in page.inner_text("#document")
    assert page.locator("img, #article b, #article script").count() == 0
    mark(page, "12.5万吨").click()
    assert "12.5万吨" in page.inner_text("#card .context strong"), "offsets count characters"
    page.click(".judging .v-right")
    (line,) = downloaded(page)
    assert text[line["start"] : line["end"]] == line["quote"] == "12.5万吨"


def test_what_is_put_in_does_not_run_and_asks_nobody(browser: Browser, seeds_file: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(seeds_file.as_uri())
    page.evaluate("""() => {
        const made = document.createElement("script");
        made.textContent = "window.ran = true";
        document.body.append(made);
        document.body.insertAdjacentHTML("beforeend", "<img src='https://example.invalid/' onerror='ran = true'>");
    }""")
    assert page.evaluate("fetch('https://example.invalid/').then(() => true, () => false)") is False
    assert page.evaluate("window.ran") is None
    refused = " ".join(words for words in said if "Content Security Policy" in words)
    assert all(kind in refused for kind in ("inline script", "connect", "image"))
    context.close()


def test_rows_of_tables_are_tables_with_marks(opened: Opened, extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "table.html"
    text = "2020年主要指标\n指标\t单位\t数值\n地区生产总值\t亿元\t383.1\n粮食产量\t万吨\t12.5\n"
    path.write_bytes(written(packed([extractor.extract_text(text, source="a.txt")])))
    page = opened(path)
    assert page.locator("#article table.cells td .n").all_inner_texts() == ["383.1", "12.5"]
    mark(page, "383.1").click()
    assert "a.txt#table1!C2" in page.inner_text("#card")
    page.click(".judging .v-right")
    assert downloaded(page)[0]["doc"] == "a.txt"


def test_the_list_of_pages_leads_to_them(
    opened: Opened, seeds: list[Path], extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 150_000)
    shelf = Shelf()
    with (tmp_path / "page.html").open("wb") as out:
        room.publish(packed(each for seed in seeds for each in extractor.extract_file(seed)), out, Layout(), shelf)
    for name, html in shelf.pages.items():
        (tmp_path / name).write_bytes(html)
    page = opened(tmp_path / "page.html", locale="zh-CN")
    assert page.inner_text("h1") == "数字与出处"
    page.click("table a >> nth=1")
    page.wait_for_selector("#claims tbody tr")
    assert page.url.endswith("page-2.html")
