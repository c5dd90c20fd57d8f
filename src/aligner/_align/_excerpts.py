"""Which versions lack a good part of the text, and whether it is one stretch of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from aligner._types import Bead, Document

_SHARE, _FEWEST = 0.25, 8  # of the passages of the others, and passages, that a note is worth
_SCATTERED = 4  # stretches that are lacking
_STRETCH = 0.8  # of what is lacking stands in a row


def lacking(
    documents: Sequence[Document], beads: Sequence[Bead], strangers: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for each version that lacks much of what the others have.

    A reader who knows that a version is an excerpt reads the passages that it lacks otherwise.

    Args:
        strangers: names of the versions that are none of this text.
    """
    for v, document in enumerate(documents):
        others = [w for w, other in enumerate(documents) if w != v and other.name not in strangers]
        if document.name in strangers or not document.segments or not others:
            continue
        there = [
            bool(bead.sides[v])
            for bead in beads
            if 2 * sum(bool(bead.sides[w]) for w in others) > len(others)
        ]
        gone = there.count(False)
        if gone >= max(_FEWEST, _SHARE * len(there)):
            *names, last = (documents[w].name for w in others)
            of = f"{', '.join(names)} and {last}" if names else last
            said = f"{document.name} lacks {gone} of {len(there)} passages of {of}"
            yield f"{said}{_where(there)}."


def _where(there: Sequence[bool]) -> str:
    """Return what the places of the lacking passages tell: most of them in a row, or all over."""
    runs = [(has, len(list(group))) for has, group in groupby(there)]
    least = _STRETCH * there.count(False)
    ends = (("first: it may begin late", runs[0]), ("last: it may end early", runs[-1]))
    for told, (has, length) in ends:
        if not has and length >= least:
            return f"; {length} of them are the {told}"
    is_scattered = sum(not has for has, _ in runs) >= _SCATTERED
    return ", here and there: it may be abridged" if is_scattered else ""
