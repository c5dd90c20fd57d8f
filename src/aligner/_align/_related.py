"""Which versions do not appear to be versions of the same text as the others, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aligner._align._excerpts import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Bead, Document

# Of two versions of a text at least one has this share of its letters in the other as well.
_LEAST = 0.2
_LIKELY = 0.5  # probability of a bead that counts as something in common
_FEWEST = 4  # segments of a version that says enough to be judged


@dataclass(frozen=True, slots=True)
class _Share:
    """What a version has in common with others: segments and share of its letters."""

    segments: int
    letters: float


def of_versions(documents: Sequence[Document], beads: Sequence[Bead]) -> Iterator[str]:
    """Yield a sentence for each version that is none of this text, or lacks much of it."""
    found = unrelated(documents, beads)
    yield from found.values()
    yield from lacking(documents, beads, {name for names in found for name in names})


def unrelated(documents: Sequence[Document], beads: Sequence[Bead]) -> dict[tuple[str, ...], str]:
    """Return the versions that do not appear to be of this text, with a sentence that says so.

    Each stands by itself, but two that have nothing in common, and no third beside them, together.
    A version is one of the text if it is linked, over others where need be, with the greatest group
    of versions. A version of a few segments says too little, and is not spoken of.
    """
    filled = [v for v, document in enumerate(documents) if _size(document)]
    if len(filled) < 2:
        return {}
    groups = {v: {v} for v in filled}
    for v, w in combinations(filled, 2):
        shares = _share(documents, beads, v, (w,)), _share(documents, beads, w, (v,))
        if max(share.letters for share in shares) >= _LEAST:
            together = groups[v] | groups[w]
            groups.update(dict.fromkeys(together, together))
    text = max(groups.values(), key=len, default=set())
    if len(text) == 1 and len(filled) == 2:
        if not all(_speaks(documents[v]) for v in filled):
            return {}
        names = tuple(documents[v].name for v in filled)
        return {names: _strangers(documents, beads, filled[0], filled[1])}
    found = [v for v in filled if v not in text or len(text) == 1]
    return {
        (documents[v].name,): _stranger(documents, beads, v) for v in found if _speaks(documents[v])
    }


def _speaks(document: Document) -> bool:
    return len(document.segments) >= _FEWEST


def _size(document: Document) -> int:
    return sum(len(segment.text) for segment in document.segments)


def _share(
    documents: Sequence[Document], beads: Sequence[Bead], version: int, others: Sequence[int]
) -> _Share:
    """Return what a version has in likely beads with one of the *others*."""
    likely = (bead.sides for bead in beads if bead.probability >= _LIKELY)
    segments = [
        k for sides in likely if any(map(sides.__getitem__, others)) for k in sides[version]
    ]
    document = documents[version]
    letters = sum(len(document.segments[k].text) for k in segments)
    return _Share(len(segments), letters / _size(document))


def _evidence(
    documents: Sequence[Document], beads: Sequence[Bead], version: int, others: Sequence[int]
) -> str:
    share = _share(documents, beads, version, others)
    count = len(documents[version].segments)
    return f"{share.segments} of {count} segments ({share.letters:.0%} of the letters)"


def _strangers(documents: Sequence[Document], beads: Sequence[Bead], v: int, w: int) -> str:
    one, other = documents[v].name, documents[w].name
    return (
        f"{one} and {other} do not appear to be versions of the same text: "
        f"{_evidence(documents, beads, v, (w,))} of {one} and "
        f"{_evidence(documents, beads, w, (v,))} of {other} have a counterpart."
    )


def _stranger(documents: Sequence[Document], beads: Sequence[Bead], version: int) -> str:
    others = [w for w in range(len(documents)) if w != version]
    return (
        f"{documents[version].name} does not appear to be a version of this text: only "
        f"{_evidence(documents, beads, version, others)} have a counterpart."
    )
