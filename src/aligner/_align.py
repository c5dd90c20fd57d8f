"""All versions into one set of beads: pairs first, then joined, then what moved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aligner._constraints import constraints
from aligner._ladder import mirrored
from aligner._moved import find_moved
from aligner._merged import with_moved
from aligner._multiway import Joined, join
from aligner._pair import align_pair
from aligner._progress import Progress
from aligner._side import side_of
from aligner._types import Bead
from aligner._votes import votes
from aligner._weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._constraints import Constraints
    from aligner._ladder import Ladder, Link
    from aligner._options import AlignOptions
    from aligner._progress import ProgressCallback
    from aligner._side import Side
    from aligner._types import Document
    from aligner._vectors import SegmentVectors
    from aligner._votes import Votes
    from aligner._weights import Weights


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
    weights = load_weights("additive" if additive else "transformer")
    demands = {
        pair: constraints(documents, kept, pair, options)
        for pair in combinations(range(len(sides)), 2)
    }
    passes = 1 if len(sides) < 3 else 2
    segments = passes * sum(len(sides[v]) + len(sides[w]) for v, w in demands)
    ladders = _ladders(sides, options, weights, demands, Progress(progress, segments))
    moved = {}
    for v, w in ladders:
        pair = sides[v], sides[w]
        ladders[v, w], moved[v, w] = find_moved(pair, ladders[v, w], options, weights)
    joined = with_moved(join([len(side) for side in sides], ladders), moved)
    beads = tuple(_with_blanks(joined, documents, kept))
    if len(documents) == 2:
        return Aligned(beads, ())
    names = [document.name for document in documents]
    return Aligned(
        beads,
        tuple(
            tuple(_bead(link, (names[v], names[w]), (kept[v], kept[w])) for link in ladder)
            for (v, w), ladder in ladders.items()
        ),
    )


def _bead(link: Link, names: tuple[str, str], kept: tuple[Sequence[int], Sequence[int]]) -> Bead:
    sides = (tuple(kept[0][slice(*link.source)]), tuple(kept[1][slice(*link.target)]))
    return Bead(names, sides, link.probability)


def _ladders(
    sides: Sequence[Side],
    options: AlignOptions,
    weights: Weights,
    demands: Mapping[tuple[int, int], Constraints],
    progress: Progress,
) -> dict[tuple[int, int], Ladder]:
    """Return the ladder of each pair; with three versions or more the others have voted on it."""

    def ladder(v: int, w: int, voted: Votes | None = None) -> Ladder:
        links = align_pair(
            sides[v], sides[w], options, weights, votes=voted, constraints=demands[v, w]
        )
        return tuple(_counted(links, progress))

    ladders = {pair: ladder(*pair) for pair in demands}
    if len(sides) < 3:
        return ladders
    both = ladders | {(w, v): mirrored(found) for (v, w), found in ladders.items()}
    counts = tuple(len(side) for side in sides)
    return {pair: ladder(*pair, votes(pair, counts, both)) for pair in demands}


def _counted(links: Iterator[Link], progress: Progress) -> Iterator[Link]:
    for link in links:
        progress.add(sum(end - start for start, end in (link.source, link.target)))
        yield link


def _with_blanks(
    beads: Sequence[Joined], documents: Sequence[Document], kept: Sequence[Sequence[int]]
) -> Iterator[Bead]:
    """Yield the beads, and each blank segment as a null bead where its version has it."""
    names = tuple(document.name for document in documents)
    blanks = [
        sorted(set(range(len(document.segments))) - set(used), reverse=True)
        for document, used in zip(documents, kept, strict=True)
    ]

    def before(version: int, limit: int) -> Iterator[Bead]:
        while blanks[version] and blanks[version][-1] < limit:
            index = blanks[version].pop()
            yield Bead(names, tuple((index,) if v == version else () for v in range(len(names))))

    for bead in beads:
        sides = tuple(tuple(kept[v][start:end]) for v, (start, end) in enumerate(bead.ranges))
        for version, side in enumerate(sides):
            if side and not bead.moved:
                yield from before(version, side[0])
        yield Bead(names, sides, bead.probability, bead.moved)
    for version, document in enumerate(documents):
        yield from before(version, len(document.segments))
