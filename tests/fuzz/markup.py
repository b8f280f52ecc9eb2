"""Mutators of markup and of the containers that hold it: HTML, XML, ZIP, Word and Excel files."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from contextlib import suppress
from copy import deepcopy
from typing import Any

from .mutators import Mutator, edited, raw, with_number
from .words import sentence, word

_TOKEN = re.compile(r"<[^<>]*>|[^<>]+")
_QUOTED = re.compile(r'"[^"\n]*"')
_VALUES = (
    "",
    "0",
    "1",
    "-1",
    "3",
    "16384",
    "99999999",
    "1e9",
    "superscript",
    "restart",
    "continue",
    "true",
    "d",
    "s",
    "n",
    "inlineStr",
    "A1",
    "A1:XFD99",
)
_ODD_NAMES = (
    "../a.txt",
    "/a.txt",
    "a/../../b.txt",
    "a.zip",
    ".hidden",
    "\u202ea.txt",
    "a\x00.txt",
    "词.txt",
    "a" * 300,
    "",
    "CON",
    "a\\b.csv",
)


def markup(data: bytes, rng: random.Random) -> bytes:
    """HTML or XML: tags and the words between them doubled, nested, swapped, taken away, changed."""
    said = data.decode("utf-8", "surrogateescape")
    tokens = _TOKEN.findall(said)
    for _ in range(rng.choice((1, 1, 2, 4))):
        if tokens:
            tokens = _retagged(tokens, rng)
    return "".join(tokens).encode("utf-8", "surrogateescape")


def _retagged(tokens: list[str], rng: random.Random) -> list[str]:
    at = rng.randrange(len(tokens))
    until = min(len(tokens), at + rng.choice((1, 1, 2, 5, 12)))
    kind = rng.random()
    if kind < 0.25:
        return tokens[:at] + tokens[until:]
    if kind < 0.45:
        return tokens[:until] + tokens[at:until] * rng.choice((1, 1, 3, 20)) + tokens[until:]
    if kind < 0.55:
        other = rng.randrange(len(tokens))
        return tokens[:other] + tokens[at:until] + tokens[other:]
    return [*tokens[:at], _changed(tokens[at], rng), *tokens[at + 1 :]]


def _changed(token: str, rng: random.Random) -> str:
    if not token.startswith("<"):
        return sentence(rng).replace("<", "&lt;").replace("\x00", "")
    kind = rng.random()
    if kind < 0.3:
        return with_number(token.encode("utf-8", "surrogateescape"), rng).decode("utf-8", "surrogateescape")
    if kind < 0.6:
        said = (
            f'"{rng.choice(("", "1", "0", "-1", "99999999", "superscript", "restart", "d", "s", "n", sentence(rng)))}"'
        )
        return _QUOTED.sub(lambda found: said if rng.random() < 0.5 else found[0], token)
    if kind < 0.8:
        return token.replace("</", "<") if token.startswith("</") else token.replace("<", "</", 1)
    return edited(token, rng)


def xml(data: bytes, rng: random.Random) -> bytes:
    """XML that stays XML, mostly: elements doubled, nested, moved, taken away; their words and attributes changed."""
    from lxml import etree

    if rng.random() < 0.1:
        return markup(data, rng)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return markup(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4))):
        _grafted(list(root.iter(etree.Element)), rng)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _grafted(elements: list[Any], rng: random.Random) -> None:
    """One change to one element of a tree."""
    element, kind = rng.choice(elements), rng.random()
    parent = element.getparent()
    if kind < 0.35 or parent is None:
        with suppress(ValueError):  # characters that XML cannot hold
            element.text = sentence(rng)
    elif kind < 0.55:
        for _ in range(rng.choice((1, 1, 3, 30))):
            parent.insert(parent.index(element), deepcopy(element))
    elif kind < 0.65:
        parent.remove(element)
    elif kind < 0.75:
        rng.choice(elements).append(deepcopy(element))
    elif element.attrib:
        _set(element, rng)


def _set(element: Any, rng: random.Random) -> None:
    name = rng.choice(list(element.attrib))
    with suppress(ValueError):
        element.set(name, rng.choice((*_VALUES, element.get(name) + "1", word(rng))))


def packed(inner: Mutator) -> Mutator:
    """A mutator of ZIP containers: one member changed by `inner`, renamed, doubled or taken away, and packed anew."""

    def mutate(data: bytes, rng: random.Random) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [(info.filename, archive.read(info)) for info in archive.infolist()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
            return raw(data, rng)
        if not members or rng.random() < 0.05:
            return raw(data, rng)
        members = _changed_member(members, inner, rng)
        return pack(members, zipfile.ZIP_DEFLATED if rng.random() < 0.3 else zipfile.ZIP_STORED)

    return mutate


def _changed_member(members: list[tuple[str, bytes]], inner: Mutator, rng: random.Random) -> list[tuple[str, bytes]]:
    at = max(rng.randrange(len(members)) for _ in range(3))  # the later ones hold the words
    name, content = members[at]
    kind = rng.random()
    if kind < 0.03:
        return members[:at] + members[at + 1 :]
    if kind < 0.06:
        return [*members, members[at]]
    if kind < 0.1:
        return [*members[:at], (rng.choice(_ODD_NAMES), content), *members[at + 1 :]]
    return [*members[:at], (name, inner(content, rng)), *members[at + 1 :]]


def pack(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP container; a name may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a name comes twice is the point
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()
