"""Quantities → claims: what each number is about.

One question a file; `attribute.py` is the order they are asked in.
"""

from indicator_extract.attribution.attribute import Attributor
from indicator_extract.attribution.evidence import Title

__all__ = ["Attributor", "Title"]
