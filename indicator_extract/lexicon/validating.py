"""A table of a pattern file → an entry of its type, or an error fit for the person who wrote it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from indicator_extract.errors import PatternError
from indicator_extract.lexicon.expecting import PlausibleEntry, StructureEntry, TraitEntry
from indicator_extract.lexicon.schema import AnyEntry, CharacterEntry, CueEntry, IndicatorEntry, NumeralEntry, UnitEntry

TYPES: dict[str, type[AnyEntry]] = {
    "character": CharacterEntry,
    "numeral": NumeralEntry,
    "unit": UnitEntry,
    "cue": CueEntry,
    "indicator": IndicatorEntry,
    "structure": StructureEntry,
    "plausible": PlausibleEntry,
    "trait": TraitEntry,
}


def validated(kind: str, table: dict[str, Any], file: str, number: int) -> AnyEntry:
    """The table as an entry of its type, or a PatternError naming file and id (`cue 3` where it has none)."""
    name = table.get("id")
    try:
        return TYPES[kind].model_validate(table)
    except ValidationError as error:
        entry = name if isinstance(name, str) and name else f"{kind} {number}"
        raise PatternError(file, entry, *_explained(kind, error)) from None


def _explained(kind: str, error: ValidationError) -> tuple[str, str]:
    """The first problem in one line, and the way out."""
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = " ".join(first["msg"].removeprefix("Value error, ").split())
    if first["type"] == "extra_forbidden":
        return f"unknown key `{where}`", f"a {kind} has the keys {', '.join(_keys(kind))}"
    if first["type"] == "missing":
        return f"`{where}` is missing", "add it"
    if first["type"] == "value_error":
        return (f"`{where}`: " if where else "") + message, ""
    if where.startswith(("not_before", "not_after")):
        return f"`{where}` is not a plain word", "put other conditions into `regex` as (?!…) or (?<!…)"
    return f"`{where}`: {message[0].lower()}{message[1:]}", ""


def _keys(kind: str) -> list[str]:
    return [field.alias or name for name, field in TYPES[kind].model_fields.items()]
