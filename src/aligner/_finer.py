"""Given segments of several sentences: aligned by their sentences, and joined again.

What a caller has cut may be lines or paragraphs, and the weights are fitted to sentences. Such a
version is cut once more, and the beads that hold sentences of one segment are one bead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner._align import Aligned, align_documents
from aligner._options import AlignOptions
from aligner._related import notes
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
    alone = [replace(one, block=n) for n, (_, one) in enumerate(found)]
    return Cut(document, document.with_segments(alone), tuple(k for k, _ in found))


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
    return Aligned(beads, ladders, notes([cut.document for cut in cuts], beads))


def joined(beads: Sequence[Bead], cuts: Sequence[Cut]) -> tuple[Bead, ...]:
    """Return the beads of the segments as they were given, from those of their sentences.

    A bead is as sure as the least sure of its segments, and a segment as the surest bead of its
    sentences. What moved is one bead if nothing of its segments stands in order.
    """
    joiner = _Joiner(tuple(cut.document.name for cut in cuts), [cut.owner for cut in cuts])
    in_order = [bead for bead in beads if not bead.moved]
    linked = {place for bead in in_order if _is_match(bead) for place in joiner.segments(bead)}
    moved = [
        bead
        for bead in joiner.merged_by_segment(bead for bead in beads if bead.moved)
        if linked.isdisjoint(_places(bead))
    ]
    elsewhere = {place for bead in moved for place in _places(bead)}
    standing = [bead for bead in in_order if elsewhere.isdisjoint(joiner.segments(bead))]
    left = [
        joiner.alone((v, k), bead.probability)
        for bead in beads
        if bead.moved and elsewhere.isdisjoint(joiner.segments(bead))
        for v, k in _places(bead)
    ]
    stretches = joiner.stretches(tuple(_in_order(standing, left)))
    found = [bead for some in stretches for bead in joiner.merged(some)]
    return tuple(_in_order(found, moved))


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
        links = [bead for bead in stretch if _is_match(bead)]
        sure, alone = self._each(links, max), self._each(stretch, min)
        parts = _closed(map(self.segments, links), set(alone))
        if not _agree(parts):
            parts = _closed([set().union(*parts)], set(alone))
        beads = [
            Bead(self._names, self._sides(part), min(sure[p] for p in part if p in sure))
            for part in parts
        ]
        rest = sorted(set(alone).difference(*parts))
        yield from _in_order(beads, [self.alone(place, alone[place]) for place in rest])

    def merged_by_segment(self, beads: Iterable[Bead]) -> list[Bead]:
        """Return what moved, those with a segment in common as one bead."""
        found: dict[Place, Bead] = {}
        for bead in beads:
            part = self.segments(bead)
            same = {found[place] for place in part if place in found}
            part.update(*map(_places, same))
            probability = min(one.probability for one in (bead, *same))
            whole = Bead(self._names, self._sides(part), probability, moved=True)
            found.update(dict.fromkeys(part, whole))
        return list(dict.fromkeys(found.values()))

    def segments(self, bead: Bead) -> set[Place]:
        """Return the segments that the sentences of a bead are parts of."""
        return {(v, self._owners[v][k]) for v, k in _places(bead)}

    def alone(self, place: Place, probability: float) -> Bead:
        """Return the bead of a segment, or a sentence, without counterpart."""
        sides = tuple((place[1],) if v == place[0] else () for v in range(len(self._names)))
        return Bead(self._names, sides, probability)

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
    done: list[set[Place]] = []
    for part in parts:
        whole = _filled(part, standing)
        while met := [other for other in done if not other.isdisjoint(whole)]:
            done = [other for other in done if other not in met]
            whole = _filled(whole.union(*met), standing)
        done.append(whole)
    return done


def _filled(part: set[Place], standing: set[Place]) -> set[Place]:
    first, last = dict(sorted(part, reverse=True)), dict(sorted(part))
    return {(v, k) for v, k in standing if v in first and first[v] <= k <= last[v]}


def _agree(parts: Sequence[set[Place]]) -> bool:
    """Whether the parts stand in this order in every version."""
    ends: dict[int, int] = {}
    for part in parts:
        if any(k <= ends.get(v, -1) for v, k in part):
            return False
        ends.update(sorted(part))
    return True


def _is_match(bead: Bead) -> bool:
    return sum(map(bool, bead.sides)) > 1


def _places(bead: Bead) -> set[Place]:
    return {(v, k) for v, side in enumerate(bead.sides) for k in side}


def _in_order(beads: Sequence[Bead], others: Sequence[Bead]) -> Iterator[Bead]:
    """Yield the beads, and each of the *others* where its first version has it."""
    waiting: dict[int, list[Bead]] = {}
    for bead in others:
        waiting.setdefault(_first(bead)[0], []).append(bead)
    for found in waiting.values():
        found.sort(key=_first, reverse=True)
    for bead in beads:
        for v, side in enumerate(bead.sides):
            while side and waiting.get(v) and _first(waiting[v][-1]) < (v, side[0]):
                yield waiting[v].pop()
        yield bead
    for found in waiting.values():
        yield from reversed(found)


def _first(bead: Bead) -> Place:
    """Return the first version that has the bead, and its first segment there."""
    return next((v, side[0]) for v, side in enumerate(bead.sides) if side)
