"""Given segments of several sentences: aligned by their sentences, and joined again.

What a caller has cut may be lines or paragraphs, and the weights are fitted to sentences. Such a
version is cut once more, and the beads that hold sentences of one segment are one bead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner._align._documents import Aligned, align_documents, alone, in_order
from aligner._options import AlignOptions
from aligner._segment import segment_document
from aligner._types import Bead, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aligner._progress import ProgressCallback
    from aligner._segment import Segmenter
    from aligner._types import Document, Segment
    from aligner._vectors import SegmentVectors

    Place = tuple[int, int]

# A mark of an end inside: the segment may hold several sentences.
_SEVERAL = re.compile(r"[.!?\u2026][^\w\s]*\s+[^\w\s]*\w")


@dataclass(frozen=True, slots=True)
class Cut:
    """A version as it is aligned.

    Attributes:
        document: the version as it was given.
        finer: the same, cut into sentences where its segments hold several.
        owner: for each segment of *finer* the one of *document* that it is part of.
    """

    document: Document
    finer: Document
    owner: tuple[int, ...]

    @property
    def is_finer(self) -> bool:
        """Whether there is a segment of several sentences."""
        return self.finer is not self.document


def uncut(document: Document) -> Cut:
    """Return the version as it stands."""
    return Cut(document, document, tuple(range(len(document.segments))))


def cut_again(document: Document, options: AlignOptions, segmenter: Segmenter | None = None) -> Cut:
    """Return the version cut into sentences, unless its segments are some already.

    *Options* that speak of beads, such as anchors and their greatest size, mean the segments as
    they were given: with them it is left as it stands.
    """
    plain = replace(options, cascade=False) == AlignOptions()
    segments = document.segments if plain else ()
    several = [k for k, segment in enumerate(segments) if _SEVERAL.search(segment.text)]
    parts: dict[int, list[Segment]] = {k: [] for k in several}
    for sentence in _sentences(document, several, segmenter):
        parts[several[sentence.block]].append(sentence)
    if not any(len(part) > 1 for part in parts.values()):
        return uncut(document)
    found = [(k, one) for k, whole in enumerate(segments) for one in parts.get(k) or [whole]]
    sentences = [replace(one, block=n) for n, (_, one) in enumerate(found)]
    return Cut(document, document.with_segments(sentences), tuple(k for k, _ in found))


def _sentences(
    document: Document, chosen: Sequence[int], segmenter: Segmenter | None
) -> tuple[Segment, ...]:
    """Return the sentences of the segments *chosen*, each of which is a block."""
    segments = [document.segments[k] for k in chosen]
    blocks = tuple(Block(s.start, s.end, s.kind, s.level, s.place) for s in segments)
    whole = replace(document, blocks=blocks, segments=())
    return segment_document(whole, segmenter=segmenter).segments if blocks else ()


def align_cut(
    cuts: Sequence[Cut],
    vectors: Mapping[str, SegmentVectors],
    options: AlignOptions,
    progress: ProgressCallback | None = None,
) -> Aligned:
    """Return the beads of the versions as they were given; see `align_documents`.

    Args:
        vectors: of the segments of each version as it was cut, by name.
    """
    aligned = align_documents([cut.finer for cut in cuts], vectors, options, progress)
    if not any(cut.is_finer for cut in cuts):
        return aligned
    by_name = {cut.document.name: cut for cut in cuts}
    beads = joined(aligned.beads, cuts)
    ladders = tuple(
        joined(ladder, [by_name[name] for name in ladder[0].versions]) if ladder else ladder
        for ladder in aligned.ladders
    )
    return Aligned(beads, ladders)


def joined(beads: Sequence[Bead], cuts: Sequence[Cut]) -> tuple[Bead, ...]:
    """Return the beads of the segments as they were given, from those of their sentences.

    A bead is as sure as the least sure of its segments, and a segment as the surest bead of its
    sentences. What moved is one bead if nothing of its segments stands in order.
    """
    names = tuple(cut.document.name for cut in cuts)
    joiner = _Joiner(names, [cut.owner for cut in cuts])
    unmoved = [bead for bead in beads if not bead.moved]
    linked = {place for bead in unmoved if not bead.is_null for place in joiner.segments(bead)}
    moved = [
        bead
        for bead in joiner.moved([bead for bead in beads if bead.moved])
        if linked.isdisjoint(_places(bead))
    ]
    elsewhere = {place for bead in moved for place in _places(bead)}
    standing = [bead for bead in unmoved if elsewhere.isdisjoint(joiner.segments(bead))]
    left = [
        alone(names, (v, k), bead.probability)
        for bead in beads
        if bead.moved and elsewhere.isdisjoint(joiner.segments(bead))
        for v, k in _places(bead)
    ]
    stretches = joiner.stretches(tuple(in_order(standing, left)))
    found = [bead for some in stretches for bead in joiner.merged(some)]
    return tuple(in_order(found, moved))


class _Joiner:
    """Puts sentences together that are parts of one segment."""

    def __init__(self, names: tuple[str, ...], owners: Sequence[Sequence[int]]) -> None:
        self._names = names
        self._owners = owners

    def stretches(self, beads: Sequence[Bead]) -> Iterator[list[Bead]]:
        """Yield the beads in pieces, cut wherever a segment ends in every version."""
        last: dict[Place, int] = {}
        for bead in beads:
            for v, side in enumerate(bead.sides):
                last.update({(v, self._owners[v][k]): k for k in side})
        unfinished: set[int] = set()
        stretch: list[Bead] = []
        for bead in beads:
            stretch.append(bead)
            for v, side in enumerate(bead.sides):
                if side and last[v, self._owners[v][side[-1]]] == side[-1]:
                    unfinished.discard(v)
                elif side:
                    unfinished.add(v)
            if not unfinished:
                yield stretch
                stretch = []

    def merged(self, stretch: Sequence[Bead]) -> Iterator[Bead]:
        """Yield a bead of all that hangs together in a stretch, and what stands alone."""
        links = [bead for bead in stretch if not bead.is_null]
        sure, least = self._each(links, max), self._each(stretch, min)
        parts = _closed(map(self.segments, links), set(least))
        if not _agree(parts):
            parts = _closed([set().union(*parts)], set(least))
        beads = [
            Bead(self._names, self._sides(part), min(sure[p] for p in part if p in sure))
            for part in parts
        ]
        rest = sorted(set(least).difference(*parts))
        yield from in_order(beads, [alone(self._names, place, least[place]) for place in rest])

    def moved(self, beads: Sequence[Bead]) -> list[Bead]:
        """Return what moved, those with a segment in common as one bead."""
        sure = self._each(beads, min)
        return [
            Bead(self._names, self._sides(part), min(map(sure.__getitem__, part)), moved=True)
            for part in _connected(map(self.segments, beads))
        ]

    def segments(self, bead: Bead) -> set[Place]:
        """Return the segments that the sentences of a bead are parts of."""
        return {(v, self._owners[v][k]) for v, k in _places(bead)}

    def _sides(self, part: set[Place]) -> tuple[tuple[int, ...], ...]:
        sides: list[list[int]] = [[] for _ in self._names]
        for v, k in sorted(part):
            sides[v].append(k)
        return tuple(map(tuple, sides))

    def _each(
        self, beads: Iterable[Bead], choose: Callable[[float, float], float]
    ) -> dict[Place, float]:
        """Return for each segment the greatest or least probability of the beads it is in."""
        found: dict[Place, float] = {}
        for bead in beads:
            for place in self.segments(bead):
                found[place] = choose(found.get(place, bead.probability), bead.probability)
        return found


def _closed(parts: Iterable[set[Place]], standing: set[Place]) -> list[set[Place]]:
    """Return the parts with what stands between their segments; those that then meet are one."""
    found = _connected(parts)
    while True:
        filled = [_filled(part, standing) for part in found]
        joined = _connected(filled)
        if len(joined) == len(found):
            return filled
        found = joined


def _connected(parts: Iterable[set[Place]]) -> list[set[Place]]:
    """Return the parts, those with a segment in common as one."""
    groups: dict[Place, set[Place]] = {}
    for part in parts:
        met = {id(groups[place]): groups[place] for place in part if place in groups}
        whole = max(met.values(), key=len, default=set())
        for some in (part, *met.values()):
            if some is not whole:
                whole |= some
                groups.update(dict.fromkeys(some, whole))
    return list({id(whole): whole for whole in groups.values()}.values())


def _filled(part: set[Place], standing: set[Place]) -> set[Place]:
    """Return a part with what stands in its versions between its first and its last segments."""
    sides: dict[int, list[int]] = {}
    for v, k in part:
        sides.setdefault(v, []).append(k)
    between = {(v, k) for v, side in sides.items() for k in range(min(side), max(side) + 1)}
    return between & standing


def _agree(parts: Sequence[set[Place]]) -> bool:
    """Whether the parts stand in this order in every version."""
    ends: dict[int, int] = {}
    for part in parts:
        if any(k <= ends.get(v, -1) for v, k in part):
            return False
        for v, k in part:
            ends[v] = max(ends.get(v, -1), k)
    return True


def _places(bead: Bead) -> set[Place]:
    """Return the segments of a bead, each as its version and its index."""
    return {(v, k) for v, side in enumerate(bead.sides) for k in side}
