"""Passages that changed place: what the monotone path left over on both sides, matched again.

A run of beads that some versions lack is aligned with a run of beads that only those versions have.
A match is accepted if each side is the other's best counterpart in the whole text, and if it gains
enough over leaving both unmatched to outweigh how rare moves are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, product
from typing import TYPE_CHECKING

import numpy as np

from aligner._cost import Evidence, at_rate, costs, log_rate
from aligner._dp import Corridor
from aligner._multiway import Joined
from aligner._pair import align_pair, bead_types
from aligner._similarity import Background, Floats, unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._options import AlignOptions
    from aligner._side import Side
    from aligner._weights import Weights

# A move has to be this many times likelier than two passages without counterpart, in nats.
_RARE = 7.0
# A bead this close to a sure one of the same block moved with it.
_BLOCK = 4
# Beads of all versions that may stand inside a run.
_BRIDGE = 6
# How much less like a passage its counterpart may be than what is matched already, in cosine.
_CLOSE = 0.15
_LONGEST_RUN = 4000


@dataclass(frozen=True, slots=True)
class _Run:
    """Beads in a row, most of which the same versions have and others lack."""

    first: int
    last: int
    versions: tuple[int, ...]


def with_moved(
    beads: Sequence[Joined], sides: Sequence[Side], options: AlignOptions, weights: Weights
) -> tuple[Joined, ...]:
    """Return the beads with those merged that are one passage in different places."""
    runs = _runs(beads, len(sides))
    pairs = [
        (one, other)
        for one, other in product(runs, runs)
        if one.first < other.first and not set(one.versions) & set(other.versions)
    ]
    if not pairs:
        return tuple(beads)
    matcher = _Matcher(beads, sides, options, weights)
    found = sorted(
        (match for one, other in pairs for match in matcher.matches(one, other)),
        key=lambda match: (-match.gain, match.one, match.other),
    )
    group = list(range(len(beads)))
    members = {index: [index] for index in group}
    for match in found:
        one, other = group[match.one], group[match.other]
        have = [{v for k in members[g] for v in beads[k].versions} for g in (one, other)]
        if have[0] & have[1]:
            continue
        members[one] += members.pop(other)
        for k in members[one]:
            group[k] = one
    return tuple(_merged(beads, [sorted(part) for part in members.values() if len(part) > 1]))


@dataclass(frozen=True, slots=True)
class _Match:
    one: int
    other: int
    gain: float


def _runs(beads: Sequence[Joined], versions: int) -> list[_Run]:
    """Return the runs in order; a few beads of all versions do not end a run.

    Where a long passage moved, a chance match here and there stands amid what is left alone.
    """
    runs: dict[tuple[int, ...], list[_Run]] = {}
    at = 0
    for key, group in groupby(beads, key=lambda bead: bead.versions):
        size = len(list(group))
        if len(key) < versions:
            same = runs.setdefault(key, [])
            if same and at - same[-1].last <= _BRIDGE:
                same[-1] = replace(same[-1], last=at + size)
            else:
                same.append(_Run(at, at + size, key))
        at += size
    return sorted((run for same in runs.values() for run in same), key=lambda run: run.first)


class _Matcher:
    """Aligns runs of beads that stand in different places."""

    def __init__(
        self,
        beads: Sequence[Joined],
        sides: Sequence[Side],
        options: AlignOptions,
        weights: Weights,
    ) -> None:
        self._beads = beads
        self._sides = sides
        self._options = options
        self._weights = weights
        self._backgrounds = [Background.of(side.sums) for side in sides]
        self._units = [unit_rows(side.sums) for side in sides]
        self._free = [np.zeros(len(side), bool) for side in sides]
        for bead in beads:
            if len(bead.versions) < len(sides):
                for v in bead.versions:
                    self._free[v][slice(*bead.ranges[v])] = True

    def matches(self, one: _Run, other: _Run) -> Iterator[_Match]:
        """Yield the pairs of beads of two runs that are the same passage.

        Next to beads that are sure, the others of the block need no evidence of their own.
        """
        v, w = one.versions[0], other.versions[0]
        ours, theirs = self._own(one), self._own(other)
        here, there = ((min(own)[0], max(own)[1]) for own in (ours, theirs))
        if max(here[1] - here[0], there[1] - there[0]) > _LONGEST_RUN:
            return
        if not self._likely(v, w, here, there):
            return
        sources, targets = _segments(ours), _segments(theirs)
        parts = self._sides[v].picked(sources), self._sides[w].picked(targets)
        found = []
        for link in align_pair(*parts, self._options, self._weights):
            source = _range(sources[slice(*link.source)])
            target = _range(targets[slice(*link.target)])
            if source in ours and target in theirs:
                found.append(self._match(ours[source], theirs[target]))
        sure = [k for k, match in enumerate(found) if match.gain > _RARE]
        for k, match in enumerate(found):
            near = [found[n].gain for n in sure if abs(n - k) <= _BLOCK]
            if near and (k in sure or len(sure) > 1):
                yield replace(match, gain=max(near))

    def _match(self, ours: int, theirs: int) -> _Match:
        """Return the match of two beads with its mean gain over the pairs of versions."""
        one, other = self._beads[ours], self._beads[theirs]
        pairs = [
            (v, w, one.ranges[v], other.ranges[w]) for v, w in product(one.versions, other.versions)
        ]
        if not any(self._likely(*pair) for pair in pairs):
            return _Match(ours, theirs, 0.0)
        return _Match(ours, theirs, float(np.mean([self._gain(*pair) for pair in pairs])))

    def _own(self, run: _Run) -> dict[tuple[int, int], int]:
        """Return the beads of the run by their segments in its first version."""
        version = run.versions[0]
        return {
            self._beads[k].ranges[version]: k
            for k in range(run.first, run.last)
            if self._beads[k].versions == run.versions
        }

    def _likely(self, v: int, w: int, here: tuple[int, int], there: tuple[int, int]) -> bool:
        """Whether some segment here and some there are among each other's two best counterparts.

        In one direction at least it has to be the best one.
        """
        forth, back = self._best(v, w, here), self._best(w, v, there)
        return any(
            i in back[j - there[0]] and (rank == 0 or back[j - there[0]][0] == i)
            for i, best in zip(range(*here), forth, strict=True)
            for rank, j in enumerate(best)
            if there[0] <= j < there[1]
        )

    def _best(self, v: int, w: int, part: tuple[int, int]) -> list[list[int]]:
        """Return for each segment of *part* of version *v* the two likest free ones of *w*.

        A segment that is much less like it than one that has its counterpart already is none.
        """
        cosines: Floats = self._units[v][slice(*part)] @ self._units[w].T
        cosines -= self._units[w] @ self._backgrounds[v].mean
        least = cosines.max(axis=1) - _CLOSE
        free = np.where(self._free[w], cosines, -np.inf)
        order = np.argsort(-free, axis=1)[:, :2]
        return [[int(k) for k in row if free[i, k] >= least[i]] for i, row in enumerate(order)]

    def _gain(self, v: int, w: int, here: tuple[int, int], there: tuple[int, int]) -> float:
        """Return by how much a match is cheaper than two passages without counterpart, in nats."""
        types = bead_types(self._options)
        size = here[1] - here[0], there[1] - there[0]
        if size not in types:
            return 0.0
        source, target = self._sides[v].part(*here), self._sides[w].part(*there)
        backgrounds = self._backgrounds[v], self._backgrounds[w]
        evidence = Evidence(source, target, Corridor.full(*size), backgrounds)
        found = at_rate(costs(evidence, self._weights, types), self._weights, self._rate(v, w))
        alone = (
            found.source_open[0]
            + found.source_extend[1:].sum()
            + found.target_open[0]
            + found.target_extend[1:].sum()
        )
        return float(alone - found.match[types.index(size), -1, -1])

    def _rate(self, v: int, w: int) -> float:
        """Return how often runs of the two versions stand alone, never less than usual.

        In texts that are no versions of each other they do so all the time, and nothing moved.
        """
        begun, segments, before = 0, 0, None
        for bead in self._beads:
            here = (v in bead.versions, w in bead.versions)
            if all(here):
                segments += sum(bead.ranges[x][1] - bead.ranges[x][0] for x in (v, w))
            elif any(here) and here != before:
                begun += 1
            before = here if any(here) else before
        return max(log_rate(begun, segments + begun), 0.0)


def _segments(own: Mapping[tuple[int, int], int]) -> list[int]:
    return [k for part in sorted(own) for k in range(*part)]


def _range(segments: Sequence[int]) -> tuple[int, int] | None:
    return (segments[0], segments[-1] + 1) if segments else None


def _merged(beads: Sequence[Joined], groups: Sequence[Sequence[int]]) -> Iterator[Joined]:
    """Yield the beads, each group as one moved bead that stands where its first version has it."""
    joined: dict[int, Joined] = {}
    dropped = {k for part in groups for k in part}
    for part in groups:
        ranges = [(0, 0)] * len(beads[0].ranges)
        for k in part:
            for v in beads[k].versions:
                ranges[v] = beads[k].ranges[v]
        probability = float(np.prod([beads[k].probability for k in part]) ** (1 / len(part)))
        place = min(part, key=lambda k: beads[k].versions)
        joined[place] = Joined(tuple(ranges), probability, moved=True)
    for k, bead in enumerate(beads):
        if k in joined:
            yield joined[k]
        elif k not in dropped:
            yield bead
