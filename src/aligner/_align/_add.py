"""One more version joins an alignment that exists, and nothing that is there changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aligner._align._finer import align_cut, cut_again
from aligner._encode import encoder_of
from aligner._options import AlignOptions, or_default
from aligner._types import Alignment, Bead, Document
from aligner._vectors import vectors_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._encode import EncoderLike

# Of the versions there are, so large a share has to name the bead that a segment joins.
_SHARE = 0.25


def add(
    alignment: Alignment,
    name: str,
    document: Document,
    *,
    options: AlignOptions | None = None,
    encoder: EncoderLike | None = None,
) -> Alignment:
    """Return the alignment with one more version; no bead that is there falls apart or grows.

    The new version is aligned with every version that is there, and its segments join the beads
    that most of them name, in text order but for what moved. What corresponds to several beads
    joins the first of them; what corresponds to none is a bead of its own.

    Args:
        document: segmented.

    Raises:
        ValueError: if there is a version called *name* already.
    """
    if name in alignment.versions:
        raise ValueError(f"there is a version {name!r} already; give the new one another name")
    new = replace(document, name=name)
    found = _Found(alignment)
    model = encoder_of(alignment, encoder)
    options = or_default(options, AlignOptions)
    *there, own = [cut_again(one, options) for one in (*alignment.documents, new)]
    finer = [cut.finer for cut in (*there, own)]
    vectors = vectors_by_name(finer, model, cascade=options.cascade)
    for version, cut in enumerate(there):
        found.hear(version, align_cut([cut, own], vectors, options).beads)
    places = found.places()
    known = alignment.ladders or ((alignment.beads,) if len(alignment.documents) == 2 else ())
    return replace(
        alignment,
        documents=(*alignment.documents, new),
        beads=tuple(_beads(alignment, new, places, found.moved)),
        ladders=(*known, *found.ladders),
    )


@dataclass
class _Found:
    """What the versions that are there say of the new one.

    Attributes:
        ladders: of each version with the new one.
        moved: segments of the new version that stand out of order.
    """

    alignment: Alignment
    ladders: list[tuple[Bead, ...]] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    _votes: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def hear(self, version: int, ladder: Sequence[Bead]) -> None:
        """Take a ladder of one version with the new one into account."""
        self.ladders.append(tuple(ladder))
        place_of = {
            k: n for n, bead in enumerate(self.alignment.beads) for k in bead.sides[version]
        }
        for bead in ladder:
            named = [place_of[k] for k in bead.sides[0] if k in place_of]
            if not named:
                continue
            for k in bead.sides[1]:
                votes = self._votes[k]
                votes[named[0]] = votes.get(named[0], 0.0) + bead.probability
                if bead.moved or self.alignment.beads[named[0]].moved:
                    self.moved.add(k)

    def places(self) -> dict[int, int]:
        """Return for each segment of the new version the bead that it joins, ascending."""
        least = _SHARE * len(self.alignment.documents)
        named = {
            k: {place: weight for place, weight in votes.items() if weight > least}
            for k, votes in sorted(self._votes.items())
        }
        best = {k: max(votes, key=lambda p: (votes[p], -p)) for k, votes in named.items() if votes}
        out_of_order = {k: place for k, place in best.items() if k in self.moved}
        in_order = heaviest({k: votes for k, votes in named.items() if k not in self.moved})
        self.moved &= set(best)
        return dict(sorted({**out_of_order, **in_order}.items()))


def heaviest(votes: Mapping[int, Mapping[int, float]]) -> dict[int, int]:
    """Return a place for as many segments as can have one in order, with most votes in all.

    Args:
        votes: for each segment, ascending, the weight of the places that it may have.
    """
    size = 1 + max((place for row in votes.values() for place in row), default=0)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    steps: list[tuple[int, int, int]] = []
    for k, row in votes.items():
        for place, weight in sorted(row.items(), reverse=True):
            total, before = max(_prefix(tree, place + 1), key=lambda node: node[0])
            # A segment has one place: those before it were looked up from the last place down.
            steps.append((k, place, before))
            node = place + 1
            while node <= size:
                if tree[node][0] < total + weight:
                    tree[node] = (total + weight, len(steps) - 1)
                node += node & -node
    step = max(_prefix(tree, size), key=lambda node: node[0])[1]
    found: dict[int, int] = {}
    while step >= 0:
        k, place, step = steps[step]
        found[k] = place
    return found


def _prefix(tree: Sequence[tuple[float, int]], count: int) -> Iterator[tuple[float, int]]:
    """Yield the nodes of a Fenwick tree that make up its first *count* places."""
    yield (0.0, -1)
    while count:
        yield tree[count]
        count -= count & -count


def _beads(
    alignment: Alignment, new: Document, places: Mapping[int, int], moved: set[int]
) -> Iterator[Bead]:
    """Yield the beads with a side more, and those that the new version has alone."""
    names = (*alignment.versions, new.name)
    taken: dict[int, list[int]] = defaultdict(list)
    for k, place in places.items():
        taken[place].append(k)
    waiting = [k for k in range(len(new.segments)) if k not in places]
    for place, bead in enumerate(alignment.beads):
        side = tuple(taken.get(place, ()))
        moves = not moved.isdisjoint(side)
        while waiting and side and not moves and waiting[0] < side[0]:
            yield _alone(names, waiting.pop(0))
        yield replace(bead, versions=names, sides=(*bead.sides, side), moved=bead.moved or moves)
    yield from (_alone(names, k) for k in waiting)


def _alone(names: tuple[str, ...], k: int) -> Bead:
    return Bead(names, (*(() for _ in names[1:]), (k,)), 0.5)
