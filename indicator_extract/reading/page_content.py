"""What of a web page is its content: the element that holds nearly all of its prose, without lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "nav",
        "footer",
        "aside",
        "button",
        "select",
        "option",
        "textarea",
        "iframe",
        "object",
        "svg",
        "canvas",
        "input",
        "map",
        "audio",
        "video",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PROSE = re.compile("[，。；、]")
_MOST = 0.8  # share of the prose that the main element holds
_LINKED = 0.5  # share of linked words that makes an element a menu
_FEW_LINKS = 2


def is_unseen(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of an element, or only what belongs to the site."""
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def is_boilerplate(element: HtmlElement) -> bool:
    """Whether an element is a list of links."""
    links = list(element.iter("a"))
    if len(links) < _FEW_LINKS:
        return False
    linked = sum(len(link.text_content().strip()) for link in links)
    return linked > _LINKED * len("".join(element.text_content().split()))


def main_content(root: HtmlElement) -> HtmlElement:
    """The innermost element that holds at least four fifths of the page's prose and table cells; else the body."""
    body = root.find("body")
    start = root if body is None else body
    weights: dict[HtmlElement, int] = {}
    total = 0
    for element in _seen(start):
        own = _weight(element)
        total += own
        at: HtmlElement | None = element
        while own and at is not None:
            weights[at] = weights.get(at, 0) + own
            at = at.getparent() if at is not start else None
    chosen = start
    while total:
        inner = next((child for child in chosen if weights.get(child, 0) >= _MOST * total), None)
        if inner is None or inner.tag in ("p", "table", "tbody", "tr", "span"):
            break
        chosen = inner
    return chosen


def _seen(start: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that a browser shows, links left out."""
    waiting = [start]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [c for c in element if isinstance(c.tag, str) and c.tag != "a" and not is_unseen(c)]


def _weight(element: HtmlElement) -> int:
    """Characters of prose that stand right in an element: runs with Chinese punctuation, and cells of tables."""
    runs = [element.text or "", *(child.tail or "" for child in element)]
    is_cell = element.tag in ("td", "th") or any(a.tag in ("td", "th") for a in element.iterancestors("td", "th"))
    return sum(len(run.strip()) for run in runs if _PROSE.search(run) or is_cell)
