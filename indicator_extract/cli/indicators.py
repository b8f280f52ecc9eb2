"""The indicators of the lexicon, listed and searched."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from indicator_extract.choosing import near_names
from indicator_extract.cli.terminal import say
from indicator_extract.errors import ChoiceError
from indicator_extract.lexicon import load_lexicon
from indicator_extract.printable import printable

HEAD = ("id", "name", "name_en", "category", "dimension", "unit", "aliases")
_ON_SCREEN = ("id", "name", "name_en", "unit")  # aliases would leave no room for the rest
Row = tuple[str, ...]


def print_indicators(word: str, category: str, patterns: Path | None) -> int:
    """Prints the indicators with `word` in a name or id, of `category` if one is named; gives the exit status.

    Raises:
        ChoiceError: there is no such category.
        PatternError: a pattern file is wrong.
    """
    lexicon = load_lexicon(patterns)
    aliases: dict[str, list[str]] = {}
    for name, known in lexicon.indicators.by_name.items():
        aliases.setdefault(known.id, []).extend([name] if name != known.name else [])
    every = sorted(set(lexicon.indicators.by_name.values()))
    rows: list[Row] = [(*known, "|".join(aliases[known.id])) for known in every]
    categories = sorted({known.category for known in every})
    if category and category not in categories:
        raise ChoiceError("--category", f"there is no {category}", f"there are {', '.join(categories)}")
    found = [row for row in rows if _fits(row, word.casefold()) and category in ("", row[HEAD.index("category")])]
    if not found:
        near = near_names(word, lexicon)
        say(f"error: no indicator with {word}" + (f"; did you mean {', '.join(near)}?" if near else ""))
        return 1
    _print(found)
    say(f"{len(found):,} of {len(rows):,} indicators")
    return 0


def _fits(row: Row, word: str) -> bool:
    return any(word in cell.casefold() for cell in row)


def _print(rows: Sequence[Row]) -> None:
    if not sys.stdout.isatty():
        lines = ("\t".join(map(printable, row)) for row in (HEAD, *rows))
        sys.stdout.buffer.writelines(f"{line}\n".encode() for line in lines)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for name in _ON_SCREEN:
        table.add_column(name, overflow="fold")
    for row in rows:
        cells = dict(zip(HEAD, row, strict=True))
        table.add_row(*(Text(printable(cells[name])) for name in _ON_SCREEN))
    Console().print(table)
