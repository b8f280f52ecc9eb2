"""The files beside this module → a page: template, style, scripts and words in one file that asks nobody for anything.

The page's content security policy forbids all but the style and the scripts that stand in it, by their digests.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicator_extract.printable import printable
from indicator_extract.writing.layout import Layout, library
from indicator_extract.writing.page.data import PageData, Summary, safe_json

if TYPE_CHECKING:
    from indicator_extract.lexicon.rules import Rule

FOLDER = Path(__file__).parent
LIBRARIES = ("vendor/datatables.net/dataTables.min.js",)
SCRIPTS = ("words", "data", "corrections", "reader", "card", "claims", "counts", "charts", "main")
"""In the order in which they run: what one names at its top level, the next ones may use."""


class Maker:
    """Makes pages of one layout."""

    def __init__(self, layout: Layout) -> None:
        """Raises WriteError where Jinja2 is missing."""
        jinja2 = library("jinja2", "html", "page")
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
        )
        self._templates.filters["printable"] = printable
        self._raw = jinja2.utils.markupsafe.Markup
        self._layout = layout

    def page(self, data: PageData) -> bytes:
        """A page of documents."""
        scripts = [_text(name) for name in LIBRARIES]
        scripts += [_text(f"script/{name}.js") for name in SCRIPTS]
        blocks = {"data": data.json(self._rules if data.rules else {}), "words": safe_json(words())}
        return self._made("page.html.j2", scripts, blocks, summary=data.summary)

    def index(self, pages: Sequence[tuple[str, Summary]]) -> bytes:
        """A page that lists pages, each with its file's name."""
        scripts = [_text(f"script/{name}.js") for name in ("words", "index")]
        return self._made("index.html.j2", scripts, {"words": safe_json(words())}, pages=pages)

    def _made(self, template: str, scripts: Sequence[str], blocks: dict[str, str], **values: Any) -> bytes:
        style = _text("page.css")
        made = self._templates.get_template(template).render(
            style=self._raw(style),
            scripts=[self._raw(script) for script in scripts],
            blocks={name: self._raw(text) for name, text in blocks.items()},
            policy=policy(scripts, style),
            **values,
        )
        return str(made).encode("utf-8", "replace")

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        from indicator_extract.lexicon.rules import rules_of

        return rules_of(self._layout.patterns)


def words() -> dict[str, dict[str, str]]:
    """What the page says, by language and key."""
    found: dict[str, dict[str, str]] = json.loads(_text("words.json"))
    return found


def policy(scripts: Iterable[str], style: str) -> str:
    """A content security policy that lets these run and show, and nothing else."""
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )  # fmt: skip


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
