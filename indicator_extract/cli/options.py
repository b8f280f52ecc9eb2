"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Patterns = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of your own pattern files, laid over the built-in ones by id."),
]
