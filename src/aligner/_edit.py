"""Work on an alignment that exists: align a stretch again, explain a bead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aligner._cost import at_rate, costs
from aligner._dp import Corridor, posteriors
from aligner._encode import encoder_of
from aligner._evidence import MATCH_FEATURES, Evidence
from aligner._finer import align_cut, cut_again
from aligner._options import AlignOptions
from aligner._pair import bead_types
from aligner._rates import rate_heard
from aligner._side import side_of
from aligner._similarity import Background
from aligner._types import Alignment, Bead
from aligner._vectors import embed
from aligner._weights import weights_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._encode import Encoder, EncoderLike
    from aligner._side import Side
    from aligner._types import Document
    from aligner._weights import Weights

_AROUND = 8
_RIVALS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bead that competes for the segments of a bead, and what speaks for it.

    Attributes:
        probability: posterior among all ways to align the stretch, before calibration.
        cost: in nats; ``parts`` add up to it.
        parts: the contribution of each feature, positive where it speaks against the bead.
    """

    bead: Bead
    probability: float
    cost: float
    parts: Mapping[str, float]


def realign(
    alignment: Alignment,
    first: int,
    last: int,
    *,
    options: AlignOptions | None = None,
    encoder: EncoderLike | None = None,
) -> Alignment:
    """Return the alignment with the beads *first* to *last* (exclusive) found again.

    Locked beads and moved ones stay as they are, and so does everything outside the stretch.

    Args:
        options: how beads are looked for, the defaults if not given.
        encoder: the one the alignment was made with; needed unless it is the embedded model.

    Raises:
        ValueError: if there are no such beads.
        EncoderError: if the alignment was made with another encoder than the one at hand.
    """
    if not 0 <= first < last <= len(alignment.beads):
        raise ValueError(f"no beads {first} to {last}; there are {len(alignment.beads)}")
    encoder = encoder_of(alignment, encoder)
    beads: list[Bead] = list(alignment.beads[:first])
    stretch: list[Bead] = []
    for bead in alignment.beads[first:last]:
        if bead.locked or bead.moved:
            beads.extend(_aligned_again(alignment, stretch, options, encoder))
            beads.append(bead)
            stretch = []
        else:
            stretch.append(bead)
    beads.extend(_aligned_again(alignment, stretch, options, encoder))
    beads.extend(alignment.beads[last:])
    return replace(alignment, beads=tuple(beads), ladders=())


def _aligned_again(
    alignment: Alignment,
    stretch: Sequence[Bead],
    options: AlignOptions | None,
    encoder: Encoder,
) -> Iterator[Bead]:
    if not stretch:
        return
    parts, numbers = [], []
    for version, document in enumerate(alignment.documents):
        indices = sorted(k for bead in stretch for k in bead.sides[version])
        numbers.append(indices)
        parts.append(_part(document, indices))
    options = options or AlignOptions()
    cuts = [cut_again(part, options) for part in parts]
    vectors = {cut.document.name: embed(cut.finer, encoder) for cut in cuts}
    for bead in align_cut(cuts, vectors, options).beads:
        sides = tuple(
            tuple(number[k] for k in side) for number, side in zip(numbers, bead.sides, strict=True)
        )
        yield replace(bead, sides=sides)


def _part(document: Document, segments: Sequence[int]) -> Document:
    """Return the document with some of its *segments* alone: no others are encoded."""
    return document.with_segments([document.segments[k] for k in segments])


def explain(
    alignment: Alignment, index: int, *, encoder: EncoderLike | None = None
) -> tuple[Candidate, ...]:
    """Return the bead *index* and its likeliest rivals, for each pair of versions it joins.

    A rival has at least one segment in common with the bead. The stretch around the bead is looked
    at alone, so probabilities may differ from those of the whole text in the third decimal.

    Raises:
        ValueError: if there is no such bead.
        EncoderError: if the alignment was made with another encoder than the one at hand.
    """
    if not 0 <= index < len(alignment.beads):
        raise ValueError(f"no bead {index}; there are {len(alignment.beads)}")
    encoder = encoder_of(alignment, encoder)
    bead = alignment.beads[index]
    filled = [v for v, side in enumerate(bead.sides) if side]
    pairs = list(combinations(filled, 2)) or [
        (min(filled[0], other), max(filled[0], other))
        for other in range(len(alignment.documents))
        if other != filled[0]
    ]
    found: list[Candidate] = []
    for pair in pairs:
        found.extend(_candidates(alignment, index, pair, encoder))
    return tuple(found)


def _candidates(
    alignment: Alignment, index: int, pair: tuple[int, int], encoder: Encoder
) -> list[Candidate]:
    numbers = [_around(alignment, index, v) for v in pair]
    parts = [_part(alignment.documents[v], k) for v, k in zip(pair, numbers, strict=True)]
    vectors = [embed(part, encoder) for part in parts]
    sides = [
        side_of(part, found, range(len(part.segments)))
        for part, found in zip(parts, vectors, strict=True)
    ]
    names = (parts[0].name, parts[1].name)
    wanted = [set(alignment.beads[index].sides[v]) for v in pair]
    rivals = [
        candidate
        for candidate in _all_candidates(sides, weights_for(vectors), numbers, names)
        if any(set(side) & want for side, want in zip(candidate.bead.sides, wanted, strict=True))
    ]
    rivals.sort(key=lambda candidate: (-candidate.probability, candidate.bead.sides))
    return rivals[:_RIVALS]


def _around(alignment: Alignment, index: int, version: int) -> list[int]:
    near = alignment.beads[max(0, index - _AROUND) : index + _AROUND + 1]
    segments = alignment.documents[version].segments
    return sorted(k for bead in near for k in bead.sides[version] if segments[k].kind != "blank")


def _all_candidates(
    sides: Sequence[Side],
    weights: Weights,
    numbers: Sequence[Sequence[int]],
    names: tuple[str, str],
) -> Iterator[Candidate]:
    """Yield every bead of two short stretches that is not out of the question."""
    corridor = Corridor.full(len(sides[0]), len(sides[1]))
    backgrounds = Background.of(sides[0].sums), Background.of(sides[1].sums)
    evidence = Evidence(sides[0], sides[1], corridor, backgrounds)
    types = bead_types(AlignOptions())
    found = costs(evidence, weights, types)
    found = at_rate(found, weights, rate_heard([(found, posteriors(found))]))
    beliefs = posteriors(found)
    for t, (a, b) in enumerate(types):
        factors = weights.single if (a, b) == (1, 1) else weights.multiple
        features = [np.broadcast_to(f, found.match[t].shape) for f in evidence.match(a, b)]
        for i, j in zip(*np.nonzero(beliefs.match[t] > 1e-4), strict=True):
            parts = {"type": -weights.of_type(a, b)}
            for name, feature in zip(MATCH_FEATURES, features, strict=True):
                parts[name] = -factors[name] * float(feature[i, j])
            sources, targets = tuple(numbers[0][i - a : i]), tuple(numbers[1][j - b : j])
            bead = Bead(names, (sources, targets), float(beliefs.match[t, i, j]))
            cost = float(found.match[t, i, j])
            yield Candidate(bead, bead.probability, cost, parts)
    for side, (alone, prices) in enumerate(
        ((beliefs.source_null, found.source_open), (beliefs.target_null, found.target_open))
    ):
        for k, probability in enumerate(alone):
            one: list[tuple[int, ...]] = [(), ()]
            one[side] = (numbers[side][k],)
            bead = Bead(names, (one[0], one[1]), float(probability))
            yield Candidate(bead, float(probability), float(prices[k]), {"alone": float(prices[k])})


Candidate.__module__ = "aligner"
