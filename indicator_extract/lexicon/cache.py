"""A private cache of the checked built-in entries: reading and validating the TOML files takes most of a start.

JSON only, in a folder that no other user can write to. Where that is not to be had, nothing is cached.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# a change of these changes what is stored
_CODE = (
    "schema.py", "expecting.py", "validating.py", "roles.py", "loading.py", "table.py", "compiling.py", "outline.py",
    "trie.py",
)  # fmt: skip


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
    """What was stored in the file of this name under this key, or None."""
    folder = _folder()
    if folder is None:
        return None
    try:
        stored_key, _, data = (folder / f"{name}.json").read_bytes().partition(b"\n")
        return json.loads(data) if stored_key == key.encode() else None
    except (OSError, ValueError):
        return None


def store(name: str, key: str, data: Mapping[str, Any]) -> None:
    """Keep the data for the next start, in place of what was in the file of this name."""
    folder = _folder()
    if folder is None:
        return
    partial = folder / f"{name}.{os.getpid()}.part"
    try:
        partial.write_text(f"{key}\n{json.dumps(data, ensure_ascii=False)}", encoding="utf-8")
        partial.replace(folder / f"{name}.json")
    except OSError:
        partial.unlink(missing_ok=True)


def _folder() -> Path | None:
    """The cache folder, made where needed; None unless it is this user's alone."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(named) if os.path.isabs(named) else Path.home() / ".cache"
        folder = base / "indicator-extract"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):
        return None
    private = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o077)
    return folder if private else None
