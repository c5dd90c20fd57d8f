"""What a user demands of an alignment: segments that belong together, breaks that hold."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._dp import Costs
    from aligner._options import AlignOptions
    from aligner._types import Document

HalfAnchor: TypeAlias = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Demands on a pair of versions.

    Attributes:
        anchors: pairs of segments that must stand in the same bead, ascending on both sides.
        breaks: nodes that the path must come through, ascending on both sides.
    """

    anchors: tuple[tuple[int, int], ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()

    def part(self, start: tuple[int, int], end: tuple[int, int]) -> Constraints:
        """Return the anchors between two nodes, counted from the first of them."""
        return Constraints(
            tuple(
                (i - start[0], j - start[1])
                for i, j in self.anchors
                if start[0] <= i < end[0] and start[1] <= j < end[1]
            )
        )

    def window(self, start: tuple[int, int], end: tuple[int, int]) -> tuple[HalfAnchor, ...]:
        """Return the anchors that have a segment between two nodes, counted from the first.

        A segment outside is ``None``: the one inside is then none of any path between the nodes.
        """
        found = []
        for i, j in self.anchors:
            inside = start[0] <= i < end[0], start[1] <= j < end[1]
            if any(inside):
                found.append(
                    (i - start[0] if inside[0] else None, j - start[1] if inside[1] else None)
                )
        return tuple(found)

    def pieces(self, rows: int, columns: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield the stretches between the breaks, each by its first and its last node."""
        nodes = [(0, 0), *self.breaks, (rows, columns)]
        yield from itertools.pairwise(nodes)


def constraints(
    documents: Sequence[Document],
    kept: Sequence[Sequence[int]],
    pair: tuple[int, int],
    options: AlignOptions,
) -> Constraints:
    """Return what *options* demand of a *pair* of versions.

    Args:
        kept: for each version the segments that are aligned; anchors count all segments.

    Raises:
        ValueError: for an anchor that names no segment, anchors that cross, or hard breaks with
            unequal numbers of blocks.
    """
    names = [documents[v].name for v in pair]
    positions = [{index: k for k, index in enumerate(kept[v])} for v in pair]
    anchors = []
    for anchor in options.anchors:
        fixed = dict(zip(anchor[::2], anchor[1::2], strict=True))
        _check_names(fixed, documents)
        if all(name in fixed for name in names):
            for name, known in zip(names, positions, strict=True):
                if fixed[name] not in known:
                    raise ValueError(f"the anchor {anchor!r} names no segment of {name!r}")
            i, j = (known[fixed[n]] for n, known in zip(names, positions, strict=True))  # type: ignore[index]  # every second value is an index
            anchors.append((i, j))
    anchors.sort()
    if any(here[1] > there[1] for here, there in itertools.pairwise(anchors)):
        raise ValueError(f"the anchors of {names[0]!r} and {names[1]!r} cross each other")
    breaks = _breaks(documents, kept, pair) if options.hard_breaks else ()
    return Constraints(tuple(anchors), breaks)


def _check_names(fixed: dict[str | int, str | int], documents: Sequence[Document]) -> None:
    known = [document.name for document in documents]
    for name in fixed:
        if name not in known:
            raise ValueError(f"an anchor names {name!r}; the versions are {', '.join(known)}")


def _breaks(
    documents: Sequence[Document], kept: Sequence[Sequence[int]], pair: tuple[int, int]
) -> tuple[tuple[int, int], ...]:
    ends = []
    for v in pair:
        blocks = [documents[v].segments[k].block for k in kept[v]]
        ends.append([k for k in range(1, len(blocks)) if blocks[k] != blocks[k - 1]])
    if len(ends[0]) != len(ends[1]):
        counts = " and ".join(
            f"{len(found) + 1} in {documents[v].name!r}"
            for found, v in zip(ends, pair, strict=True)
        )
        raise ValueError(f"hard breaks need as many blocks in each version; there are {counts}")
    return tuple(zip(*ends, strict=True))


def with_anchors(costs: Costs, anchors: Sequence[HalfAnchor]) -> Costs:
    """Return the costs with every bead barred that has one segment of an anchor, not the other.

    Args:
        anchors: ``None`` for a segment that is not in the corridor.
    """
    if not anchors:
        return costs
    corridor = costs.corridor
    positions = corridor.positions()
    match = costs.match.copy()
    alone = costs.source_open.copy(), costs.source_extend.copy()
    for i, j in anchors:
        for t, (a, b) in enumerate(costs.types):
            has_source = np.zeros(len(positions), bool)
            if i is not None:
                has_source[i + 1 : i + 1 + a] = True
            has_target = np.zeros(positions.shape, bool)
            if j is not None:
                has_target = (positions > j) & (positions <= j + b)
            match[t][has_source[:, None] != has_target] = np.inf
        if i is not None:
            alone[0][i] = alone[1][i] = np.inf
    target = costs.target_open.copy(), costs.target_extend.copy()
    for _, j in anchors:
        # A huge price, not an infinite one: prices of runs are summed and subtracted again.
        if j is not None:
            target[0][j] = target[1][j] = 1e6
    return replace(
        costs,
        match=match,
        source_open=alone[0],
        source_extend=alone[1],
        target_open=target[0],
        target_extend=target[1],
    )
