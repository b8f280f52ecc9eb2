"""From folders of TOML files to a Lexicon: reading, macros, and a user's folder laid over the built-in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from indicator_extract.errors import PatternError
from indicator_extract.lexicon import cache as private_cache
from indicator_extract.lexicon.expressions import check_expression
from indicator_extract.lexicon.table import Entry, Lexicon, build, cue_rule

if TYPE_CHECKING:
    from indicator_extract.lexicon.schema import AnyEntry

_PACKAGE = Path(__file__).resolve().parents[1]
LONGEST_REGEX = 20_000  # macros of macros grow without bound
_LEFT_OUT = {"id", "examples", "near_misses", "note"}  # of no use once an entry is checked
_MACRO = re.compile(r"(?<!\\[pPN])\{([a-z][a-z0-9_]*)\}")


class Folder(NamedTuple):
    """What the files of one folder say."""

    macros: Mapping[str, str]
    entries: list[Entry]


def load_lexicon(overlay: Path | None = None) -> Lexicon:
    """The built-in lexicon, with the entries of a user's folder laid over it by id.

    Raises PatternError where a pattern file is wrong. The built-in lexicon is made once a process.
    """
    if overlay is None:
        return _builtin_lexicon()
    builtin = _builtin_folder()
    added = read_folder(overlay, builtin.macros, user=True)
    return build(_overlaid(builtin.entries, added.entries))


def patterns_folder() -> Path:
    """The built-in patterns: packed into the package, or at the top of a checkout."""
    packed = _PACKAGE / "_patterns"
    return packed if packed.is_dir() else _PACKAGE.parent / "patterns"


def patterns_digest(overlay: Path | None = None) -> str:
    """What tells these patterns from others: a digest of all files, with those of a user's folder."""
    builtin = _builtin_digest()
    return builtin if overlay is None else f"{builtin} {_digest(overlay)}"


@cache
def _builtin_digest() -> str:
    return _digest(patterns_folder())


def _digest(folder: Path) -> str:
    return private_cache.key_of({str(file): file.read_bytes() for file in toml_files(folder)})


@cache
def _builtin_lexicon() -> Lexicon:
    return build(_builtin_folder().entries)


@cache
def _builtin_folder() -> Folder:
    key = _builtin_digest()
    stored = private_cache.load("lexicon", key)
    if stored:
        return Folder(stored["macros"], [Entry(*fields) for fields in stored["entries"]])
    read = read_folder(patterns_folder(), {}, user=False)
    private_cache.store("lexicon", key, read._asdict())
    return read


def toml_files(folder: Path) -> list[Path]:
    """The pattern files of a folder. Raises PatternError where there are none."""
    files = sorted(folder.rglob("*.toml"))
    if not folder.is_dir():
        raise PatternError(str(folder), "", "there is no such folder", "name a folder of .toml pattern files")
    if not files:
        raise PatternError(str(folder), "", "the folder holds no .toml file", "name a folder of .toml pattern files")
    return files


def read_folder(folder: Path, macros: Mapping[str, str], *, user: bool) -> Folder:
    """The validated entries of a folder, with the macros of the folder and those given put into their place."""
    tables = parsed_files(folder)
    known = _macros(tables, macros)
    entries: dict[str, Entry] = {}
    for file, kind, model in models(tables, need_examples=user):
        data = model.model_dump(exclude=_LEFT_OUT)
        if data.get("regex"):
            data["regex"] = _expanded(data["regex"], known, file, model.id)
        entry = Entry(kind, model.id, file, data, user)
        first = entries.setdefault(model.id, entry)
        if first is not entry:
            raise PatternError(file, model.id, f"the id is already in {first.file}", "give each entry an id of its own")
        if data.get("regex"):
            check_expression(cue_rule(entry))
    return Folder(known, list(entries.values()))


def parsed_files(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The files of a folder as plain data. Raises PatternError where there is none or one cannot be read."""
    return [(str(file), _parsed(file)) for file in toml_files(folder)]


def _parsed(file: Path) -> dict[str, Any]:
    import tomllib  # the cached path does without

    try:
        document = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PatternError(str(file), "", f"not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:  # besides its own error, tomllib lets those of huge numbers pass
        raise PatternError(str(file), "", f"not TOML: {error}", "correct the file there") from None
    except OSError as error:
        raise PatternError(str(file), "", f"cannot be read: {error.strerror}", "check its permissions") from None
    for name, value in document.items():
        rows = value if isinstance(value, list) else [None]
        if not (isinstance(value, dict) if name == "macros" else all(isinstance(row, dict) for row in rows)):
            raise PatternError(str(file), name, "unknown key", "a file holds [[tables]] of entries and [macros]")
    return document


def models(tables: Iterable[tuple[str, dict[str, Any]]], *, need_examples: bool) -> Iterator[tuple[str, str, AnyEntry]]:
    """Each entry of the parsed files with its file and type, validated."""
    from indicator_extract.lexicon import validating  # Pydantic is slow to import and the cached path does without

    for file, document in tables:
        for kind, rows in document.items():
            if kind == "macros":
                continue
            if kind not in validating.TYPES:
                names = ", ".join(f"[[{name}]]" for name in validating.TYPES)
                raise PatternError(file, kind, "unknown table", f"the tables are {names} and [macros]")
            for number, row in enumerate(rows, 1):
                entry = validating.validated(kind, row, file, number)
                if need_examples and not entry.examples:
                    raise PatternError(file, entry.id, "it has no example", "add one to `examples`")
                yield file, kind, entry


def _macros(tables: Iterable[tuple[str, dict[str, Any]]], given: Mapping[str, str]) -> dict[str, str]:
    known = dict(given)
    for file, document in tables:
        for name, source in document.get("macros", {}).items():
            if name in known:
                raise PatternError(file, name, "the macro is already defined", "give it another name")
            if not isinstance(source, str):
                raise PatternError(file, name, "a macro is a string", "put the regular expression in quotes")
            known[name] = source
    return known


def _expanded(source: str, macros: Mapping[str, str], file: str, entry: str, inside: tuple[str, ...] = ()) -> str:
    """The source with each `{name}` replaced; macros may use macros, but not themselves."""

    def replaced(found: re.Match[str]) -> str:
        name = found[1]
        if name not in macros:
            raise PatternError(file, entry, f"there is no macro `{name}`", "define it under [macros]")
        if name in inside:
            raise PatternError(file, entry, f"the macro `{name}` uses itself", "spell it out")
        return f"(?:{_expanded(macros[name], macros, file, entry, (*inside, name))})"

    expanded = _MACRO.sub(replaced, source)
    if len(expanded) > LONGEST_REGEX:
        raise PatternError(file, entry, f"longer than {LONGEST_REGEX} characters with its macros", "use fewer macros")
    return expanded


def _overlaid(builtin: Iterable[Entry], added: Iterable[Entry]) -> list[Entry]:
    merged = {entry.id: entry for entry in builtin}
    for entry in added:
        old = merged.get(entry.id)
        if old and not entry.data["override"]:
            problem = f"the id is already built in ({old.file})"
            raise PatternError(entry.file, entry.id, problem, "add override = true to replace it")
        if entry.data["override"] and (old is None or old.kind != entry.kind):
            problem = f"there is no built-in {entry.kind} of this id to override"
            raise PatternError(entry.file, entry.id, problem, "correct the id, or take override = true away")
        merged[entry.id] = entry
    return list(merged.values())
