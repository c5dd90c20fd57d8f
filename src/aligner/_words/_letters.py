"""Words by their letters, so that cognates meet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from aligner._encode import unit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SURFACE = 96
"""Dimensions of the vector of a word's letters."""
_PLAIN = str.maketrans("äöüåéèáóíñkzß", "aouaeeaoincss")


def surfaces(words: Sequence[str]) -> NDArray[np.float32]:
    """Return a unit vector of the pairs and triples of letters of each word, by hashing.

    >>> one, other = surfaces(["parlament", "parliament"])
    >>> bool(one @ other > 0.6)
    True
    """
    places: list[int] = []
    for row, word in enumerate(words):
        plain = word if word.isalnum() else "".join(c for c in word if c.isalnum())
        letters = f"<{plain.translate(_PLAIN)}>"
        first = row * 2 * SURFACE
        for size in (2, 3):
            grams = [letters[i : i + size] for i in range(len(letters) - size + 1)]
            places += [first + place for place in map(_hashed, grams)]
    counts = np.bincount(np.array(places, np.int64), minlength=len(words) * 2 * SURFACE)
    less, more = counts.reshape(-1, 2, SURFACE).transpose(1, 0, 2)
    out = (more - less).astype(np.float32)
    return unit_rows(out)


@lru_cache(maxsize=65536)
def _hashed(letters: str) -> int:
    """Return where letters count: in the first half of the places they count against."""
    code = crc32(letters.encode())
    return code % SURFACE + (SURFACE if code & 0x10000 else 0)
