"""All versions into one set of beads: pairs first, then joined, then what moved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aligner._align._guide import pairs_to_align
from aligner._align._merged import confirmed, with_anchors, with_links, with_moved
from aligner._align._multiway import Joined, join
from aligner._align._rounds import Pairwise
from aligner._pair._confidence import load_confidence
from aligner._pair._constraints import constraints
from aligner._progress import Progress
from aligner._score._side import side_of
from aligner._score._weights import weights_for
from aligner._types import Bead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._options import AlignOptions
    from aligner._pair._constraints import Constraints
    from aligner._progress import ProgressCallback
    from aligner._types import Document
    from aligner._vectors import SegmentVectors


@dataclass(frozen=True, slots=True)
class Aligned:
    """The beads of all versions and, from three versions on, the ladder of each pair."""

    beads: tuple[Bead, ...]
    ladders: tuple[tuple[Bead, ...], ...]


def align_documents(
    documents: Sequence[Document],
    vectors: Mapping[str, SegmentVectors],
    options: AlignOptions,
    progress: ProgressCallback | None = None,
) -> Aligned:
    """Return the beads that join all versions; every segment stands in exactly one.

    Args:
        documents: segmented, each with a name of its own.
        vectors: of the segments of each document, by name.
        progress: told how many segments of how many are done, over all pairs and passes.

    Raises:
        ValueError: for anchors or hard breaks that do not fit the documents.
    """
    kept = [
        [i for i, segment in enumerate(document.segments) if segment.kind != "blank"]
        for document in documents
    ]
    sides = [
        side_of(document, vectors[document.name], used)
        for document, used in zip(documents, kept, strict=True)
    ]
    additive = all(found.additive for found in vectors.values())
    weights = weights_for(vectors.values())
    demands = _demands(documents, kept, options, pairs_to_align(sides))
    passes = 1 if len(sides) < 3 else 2
    segments = passes * sum(len(sides[v]) + len(sides[w]) for v, w in demands)
    confidence = load_confidence()
    told = Progress(progress, segments)
    pairs = Pairwise(sides, options, weights, demands, confidence, told, additive=additive)
    pairs.align()
    if additive:  # the confidence is fitted to such vectors
        pairs.judge()
    joined = join([len(side) for side in sides], pairs.ladders, confidence, pairs.part)
    held = with_anchors(joined, {pair: demand.anchors for pair, demand in demands.items()})
    merged = with_moved(held, pairs.moved, confidence)
    beads = tuple(_with_blanks(merged, documents, kept))
    ladders = tuple(_ladders(pairs, merged, documents, kept)) if len(documents) > 2 else ()
    return Aligned(beads, ladders)


def _demands(
    documents: Sequence[Document],
    kept: Sequence[Sequence[int]],
    options: AlignOptions,
    pairs: Sequence[tuple[int, int]],
) -> dict[tuple[int, int], Constraints]:
    """Return what is demanded of each pair that is to be aligned: those given and the anchored."""
    found = {pair: constraints(documents, kept, pair, options) for pair in pairs}
    if options.anchors:
        for pair in combinations(range(len(documents)), 2):
            demand = constraints(documents, kept, pair, options)
            if demand.anchors:
                found[pair] = demand
    return found


def _ladders(
    pairs: Pairwise,
    beads: Sequence[Joined],
    documents: Sequence[Document],
    kept: Sequence[Sequence[int]],
) -> Iterator[tuple[Bead, ...]]:
    """Yield the ladder of each pair, with the links of moved beads in it."""
    for (v, w), ladder in pairs.ladders.items():
        names = documents[v].name, documents[w].name
        moved = confirmed(pairs.moved[v, w], (v, w), beads)
        yield tuple(
            Bead(
                names,
                (tuple(kept[v][slice(*link.source)]), tuple(kept[w][slice(*link.target)])),
                link.probability,
                link in moved,
            )
            for link in with_links(ladder, moved)
        )


def _with_blanks(
    beads: Sequence[Joined], documents: Sequence[Document], kept: Sequence[Sequence[int]]
) -> Iterator[Bead]:
    """Yield the beads, and each blank segment as a null bead where its version has it."""
    names = tuple(document.name for document in documents)
    found = []
    for bead in beads:
        sides = tuple(tuple(kept[v][start:end]) for v, (start, end) in enumerate(bead.ranges))
        found.append(Bead(names, sides, bead.probability, bead.moved))
    blanks = [
        alone(names, (v, k))
        for v, (document, used) in enumerate(zip(documents, kept, strict=True))
        for k in sorted(set(range(len(document.segments))) - set(used))
    ]
    return in_order(found, blanks)


def alone(names: tuple[str, ...], place: tuple[int, int], probability: float = 1.0) -> Bead:
    """Return the bead of a segment without counterpart.

    Args:
        place: its version and its index.
    """
    sides = tuple((place[1],) if v == place[0] else () for v in range(len(names)))
    return Bead(names, sides, probability)


def in_order(beads: Sequence[Bead], others: Sequence[Bead]) -> Iterator[Bead]:
    """Yield the beads, and each of the *others* where its first version has it."""
    waiting: dict[int, list[Bead]] = {}
    for bead in others:
        waiting.setdefault(_first(bead)[0], []).append(bead)
    for found in waiting.values():
        found.sort(key=_first, reverse=True)
    for bead in beads:
        for v, side in enumerate(() if bead.moved else bead.sides):
            while side and waiting.get(v) and _first(waiting[v][-1]) < (v, side[0]):
                yield waiting[v].pop()
        yield bead
    for found in waiting.values():
        yield from reversed(found)


def _first(bead: Bead) -> tuple[int, int]:
    """Return the first version that has the bead, and its first segment there."""
    return next((v, side[0]) for v, side in enumerate(bead.sides) if side)
