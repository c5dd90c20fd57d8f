"""What stands beside a name, here and in the other version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aligner._tags import base_language
from aligner.checks._everyday import is_everyday
from aligner.checks._name_spots import no_names
from aligner.checks._text import at, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.checks._text import Token
    from aligner.checks._values import Passage

Neighbours = Literal["", "replaced", "shortened"]
_HEAD = 4  # letters of a noun that a compound may begin with


def beside(start: int, passage: Passage, other: Passage) -> Neighbours:
    """Compare the neighbours of a name: ``replaced``, ``shortened`` or nothing to tell.

    A title in its place (``Mr``) does not replace it.
    """
    ours, theirs = tokens(passage.text), tokens(other.text)
    place = place_of(start, ours)
    state: Neighbours = ""
    for step in (1, -1):
        near = at(ours, place + step)
        if not near.text[0].isupper() or near.low in no_names(passage.language):
            continue
        if base_language(passage.language) == "de" and is_everyday(near.low, "de"):
            continue
        rivals = [at(theirs, k - step) for k, token in enumerate(theirs) if token.low == near.low]
        if any(r.text[0].isupper() and r.low not in no_names(other.language) for r in rivals):
            return "replaced"
        if rivals:
            state = "shortened"
    return state


def place_of(start: int, items: Sequence[Token]) -> int:
    """Return which of the tokens begins at *start*."""
    return next(place for place, token in enumerate(items) if token.start == start)


def is_compounded(start: int, passage: Passage, other: Passage) -> bool:
    """Whether *other* makes one word of a name and the noun beside it: ``Orvalänken``."""
    items = tokens(passage.text)
    place = place_of(start, items)
    heads = [
        token.low
        for token in (at(items, place - 1), at(items, place + 1))
        if token.text[0].isupper() and len(token.low) >= _HEAD
    ]
    return any(
        token.low.startswith(head) and len(token.low) > len(head) + 2
        for head in heads
        for token in tokens(other.text)
    )
