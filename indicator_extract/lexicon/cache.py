"""A private cache of the checked built-in entries: reading and validating the TOML files takes most of a start.

JSON only, in a folder that no other user can write to. Where that is not to be had, nothing is cached. What is damaged
is not used: a digest over it stands before it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# a change of these changes what is stored
_CODE = (
    "schema.py", "expecting.py", "validating.py", "roles.py", "loading.py", "table.py", "compiling.py", "outline.py",
    "trie.py",
)  # fmt: skip

KEPT = 4
"""Files of one name that stay: several installed versions need one each, and must not replace those of the others."""


def key_of(contents: Mapping[str, bytes]) -> str:
    """A digest of the pattern files and of the code that reads them."""
    import hashlib

    digest = hashlib.sha256()
    code = {name: Path(__file__).with_name(name).read_bytes() for name in _CODE}
    for name, content in sorted({**contents, **code}.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def load(name: str, key: str) -> Any:
    """What was stored in this name under this key, or None."""
    folder = _folder()
    if folder is None:
        return None
    try:
        head, _, data = _file(folder, name, key).read_bytes().partition(b"\n")
        return json.loads(data) if head.decode() == f"{key} {_digest(data)}" else None
    except (OSError, ValueError):
        return None


def store(name: str, key: str, data: Mapping[str, Any]) -> None:
    """Keep the data for the next start; of other keys, the newest are kept beside it."""
    folder = _folder()
    if folder is None:
        return
    partial = folder / f"{name}.{os.getpid()}.part"
    packed = json.dumps(data, ensure_ascii=False).encode()
    try:
        partial.write_bytes(f"{key} {_digest(packed)}\n".encode() + packed)
        partial.replace(_file(folder, name, key))
        files = sorted(folder.glob(f"{name}-*.json"), key=lambda file: file.stat().st_mtime_ns)
        for old in files[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        partial.unlink(missing_ok=True)


def _file(folder: Path, name: str, key: str) -> Path:
    return folder / f"{name}-{key[:16]}.json"


def _folder() -> Path | None:
    """The cache folder, made where needed; None unless it is this user's alone.

    What is read from there is trusted as Python trusts its own `__pycache__`. So the folder must be this user's and
    closed to all others, no link, and nobody but this user and root may be able to put another one in its place.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(named) if os.path.isabs(named) else Path.home() / ".cache"
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = base.resolve() / "indicator-extract"
        folder.mkdir(mode=0o700, exist_ok=True)
        private = not hasattr(os, "getuid") or _is_private(folder)
    except (OSError, RuntimeError):
        return None
    return folder if private else None


def _is_private(folder: Path) -> bool:
    """Whether only this user can enter the folder, and only this user and root can move it or a folder above it."""
    own = folder.lstat()
    if not stat.S_ISDIR(own.st_mode) or own.st_uid != os.getuid() or own.st_mode & 0o077:
        return False
    return all(_is_steady(above.stat()) for above in folder.parents)


def _is_steady(above: os.stat_result) -> bool:
    """Whether no other user can rename what lies in this folder; in /tmp, the sticky bit sees to that."""
    closed = not above.st_mode & 0o022 or bool(above.st_mode & stat.S_ISVTX)
    return closed and above.st_uid in (0, os.getuid())


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
