"""The region a user names: by its code, by a name that one region only has, or by a chain of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indicator_extract.errors import ChoiceError
from indicator_extract.regions.table import Region

if TYPE_CHECKING:
    from indicator_extract.regions import Regions

OPTION = "--area"
_CODE = re.compile(r"\d{6}")
_SHOWN = 8  # of the regions that share a name


def chosen_area(regions: Regions, words: str) -> Region:
    """The region of this name or code, as it was in the last year that had it.

    Raises:
        ChoiceError: there is none, or there are several of the name; the message names what comes near.
    """
    first, last = regions.years
    for year in range(last, first - 1, -1):
        found = regions.find(words, year) if not _CODE.fullmatch(words) else [regions.at(words, year)]
        known = [region for region in found if region is not None]
        if len(known) > 1:
            raise ChoiceError(OPTION, f"{len(known)} regions are called {words}", f"name the code: {_listed(known)}")
        if known:
            return known[0]
    if _CODE.fullmatch(words):
        raise ChoiceError(OPTION, f"no region had the code {words} in {first}-{last}", "name it by its full name")
    from difflib import get_close_matches

    near = get_close_matches(words, regions.names, n=3, cutoff=0.5)
    remedy = f"did you mean {', '.join(near)}?" if near else "name it by its six-digit code"
    raise ChoiceError(OPTION, f"{words} is no region of GB/T 2260", remedy)


def _listed(regions: list[Region]) -> str:
    said = [f"{region.code} {region.full_name}" for region in regions[:_SHOWN]]
    return ", ".join(said) + (" …" if len(regions) > _SHOWN else "")
