"""A heavier encoder for what a light one leaves in doubt.

The light model decides what is easy. Stretches where its beads are not sure are decoded again, from
the vectors of a heavier encoder that sees nothing but their segments and a sample of the others, by
which it is known what a random segment looks like.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._overlaps import centre_of, centred
from aligner._pair._rates import rate_of
from aligner._pair._windows import Windows
from aligner._score._similarity import Background
from aligner._score._weights import weights_in_context
from aligner._vectors import weighted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._dp import Node
    from aligner._overlaps import Overlaps
    from aligner._pair._ladder import Link
    from aligner._pair._solve import Problem
    from aligner._score._side import Side

_DOUBT = 0.9  # probability below which a bead is decoded again
# Beads on either side of one in doubt that are decoded again with it: its neighbours are evidence.
_CONTEXT = 2
# One segment in so many is encoded for the sample, and at most so many in all.
_EVERY, _SAMPLE = 8, 64


def reconsidered(
    links: Sequence[Link], problem: Problem, heavier: tuple[Overlaps, Overlaps]
) -> Iterator[Link]:
    """Yield *links*, those in doubt found again with the *heavier* encoder of each version."""
    parts = list(_parts(links, heavier))
    doubtful = [(_start(part), _end(part)) for part, in_doubt in parts if in_doubt]
    if not doubtful:
        yield from links
        return
    heavy = _heavy(problem, heavier, doubtful)
    heavy = replace(heavy, rate=rate_of(links))
    for part, in_doubt in parts:
        if in_doubt:
            start = _start(part)
            again = Windows(heavy.part(start, _end(part))).links()
            yield from (link.moved_by(*start) for link in again)
        else:
            yield from part


def _parts(
    links: Sequence[Link], heavier: tuple[Overlaps, Overlaps]
) -> Iterator[tuple[Sequence[Link], bool]]:
    """Yield the links in pieces: those to be decoded again, with some context, and the others.

    Where the heavier encoder has no text to read, links stay as they are.
    """
    ours, theirs = heavier
    known = [all(ours.texts[slice(*x.source)] + theirs.texts[slice(*x.target)]) for x in links]
    doubt = np.array([link.probability < _DOUBT for link in links], int) & known
    spread = np.convolve(doubt, np.ones(2 * _CONTEXT + 1, int))[_CONTEXT : _CONTEXT + len(links)]
    near = (spread > 0) & known
    cuts = [0, *(np.flatnonzero(np.diff(near)) + 1).tolist(), len(links)]
    for first, last in itertools.pairwise(cuts):
        if first < last:
            yield links[first:last], bool(near[first])


def _start(part: Sequence[Link]) -> Node:
    return part[0].source[0], part[0].target[0]


def _end(part: Sequence[Link]) -> Node:
    return part[-1].source[1], part[-1].target[1]


def _heavy(
    problem: Problem, heavier: tuple[Overlaps, Overlaps], doubtful: Sequence[tuple[Node, Node]]
) -> Problem:
    """Return the problem with the heavier encoder's vectors of the stretches in doubt."""
    source, target = (
        _side(side, overlaps, [(start[v], end[v]) for start, end in doubtful])
        for v, (side, overlaps) in enumerate(zip(problem.sides, heavier, strict=True))
    )
    return replace(
        problem,
        sides=(source, target),
        backgrounds=(Background.of(source.sums), Background.of(target.sums)),
        weights=weights_in_context(heavier),
    )


def _side(side: Side, heavier: Overlaps, ranges: Sequence[tuple[int, int]]) -> Side:
    """Return the side with the vectors of the segments in *ranges* and of a sample."""
    count = len(side)
    used = np.zeros(count, bool)
    used[:: max(_EVERY, -(-count // _SAMPLE))] = True
    for start, end in ranges:
        used[start:end] = True
    rows = np.flatnonzero(used)
    unit = heavier.unit([(k, k + 1) for k in rows.tolist()])
    centre = centre_of(unit)
    sums = np.zeros((count, unit.shape[1]), np.float32)
    sums[rows] = weighted(centred(unit, centre), [heavier.texts[k] for k in rows])
    return replace(side, sums=sums, overlaps=replace(heavier, centre=centre), heavier=None)
