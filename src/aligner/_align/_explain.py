"""Why a bead was chosen: what it costs, and what its rivals would have cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Corridor, posteriors
from aligner._encode import encoder_of
from aligner._options import AlignOptions
from aligner._pair._aligner import bead_types
from aligner._pair._contested import contested, encoded
from aligner._pair._rates import rate_heard
from aligner._score._cost import at_rate, costs
from aligner._score._evidence import MATCH_FEATURES, Evidence
from aligner._score._side import side_of
from aligner._score._similarity import Background
from aligner._score._weights import weights_for
from aligner._types import Bead
from aligner._vectors import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._dp import Costs, Posteriors
    from aligner._encode import Encoder, EncoderLike
    from aligner._score._side import Side
    from aligner._score._similarity import Known
    from aligner._score._weights import Weights
    from aligner._types import Alignment

# Beads on either side of the one explained that are looked at, and rivals that are told.
_AROUND, _RIVALS = 8, 6
# A bead less probable than this is out of the question.
_QUESTION = 1e-4


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
    parts: Mapping[str, float] = field(hash=False)


def explain(
    alignment: Alignment, index: int, *, encoder: EncoderLike | None = None
) -> tuple[Candidate, ...]:
    """Return the bead *index* and its likeliest rivals, for each pair of versions it joins.

    A rival has at least one segment in common with the bead. The stretch around the bead is looked
    at alone, so probabilities may differ from those of the whole text in the third decimal.

    Raises:
        IndexError: if there is no such bead.
        EncoderError: if the alignment was made with another encoder than the one at hand.
    """
    if not 0 <= index < len(alignment.beads):
        raise IndexError(f"no bead {index}; there are {len(alignment.beads)}")
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
    """Return the bead *index* and its likeliest rivals as a *pair* of versions sees them."""
    stretch = _Stretch(alignment, index, pair, encoder)
    wanted = [set(alignment.beads[index].sides[v]) for v in pair]
    rivals = [
        candidate
        for candidate in (*stretch.matches(), *stretch.nulls())
        if any(set(side) & want for side, want in zip(candidate.bead.sides, wanted, strict=True))
    ]
    rivals.sort(key=lambda candidate: (-candidate.probability, candidate.bead.sides))
    return rivals[:_RIVALS]


class _Stretch:
    """The segments of two versions around a bead, and every bead that they may make up."""

    def __init__(
        self, alignment: Alignment, index: int, pair: tuple[int, int], encoder: Encoder
    ) -> None:
        self._numbers = [_around(alignment, index, v) for v in pair]
        parts = [
            alignment.documents[v].picked(numbers)
            for v, numbers in zip(pair, self._numbers, strict=True)
        ]
        self._names = parts[0].name, parts[1].name
        vectors = [embed(part, encoder) for part in parts]
        source, target = (
            side_of(part, found, range(len(part.segments)))
            for part, found in zip(parts, vectors, strict=True)
        )
        self._weights: Weights = weights_for(vectors)
        self._weigh(source, target)
        if source.overlaps is not None and target.overlaps is not None:
            runs = contested(self._costs, self._beliefs)
            self._weigh(source, target, encoded((source.overlaps, target.overlaps), runs))

    def _weigh(self, source: Side, target: Side, known: tuple[Known, Known] | None = None) -> None:
        """Find what each bead costs and how likely it is, with the vectors of runs *known*."""
        backgrounds = Background.of(source.sums), Background.of(target.sums)
        corridor = Corridor.full(len(source), len(target))
        self._evidence = Evidence(source, target, corridor, backgrounds, known)
        found = costs(self._evidence, self._weights, bead_types(AlignOptions()))
        rate = rate_heard([(found, posteriors(found))])
        self._costs: Costs = at_rate(found, self._weights, rate)
        self._beliefs: Posteriors = posteriors(self._costs)

    def matches(self) -> Iterator[Candidate]:
        """Yield the beads with segments on both sides that are not out of the question."""
        for t, (a, b) in enumerate(self._costs.types):
            factors = self._weights.of_match(a, b)
            prices, beliefs = self._costs.match[t], self._beliefs.match[t]
            features = [np.broadcast_to(f, prices.shape) for f in self._evidence.match(a, b)]
            for i, j in np.argwhere(beliefs > _QUESTION).tolist():
                parts = {"type": -self._weights.of_type(a, b)}
                for name, feature in zip(MATCH_FEATURES, features, strict=True):
                    parts[name] = -factors[name] * float(feature[i, j])
                sides = self._numbers[0][i - a : i], self._numbers[1][j - b : j]
                yield self._candidate(sides, float(beliefs[i, j]), float(prices[i, j]), parts)

    def nulls(self) -> Iterator[Candidate]:
        """Yield each segment without a counterpart."""
        beliefs = self._beliefs.source_null, self._beliefs.target_null
        prices = self._costs.source_open, self._costs.target_open
        for side in (0, 1):
            for k, number in enumerate(self._numbers[side]):
                sides = ((number,), ()) if side == 0 else ((), (number,))
                price = float(prices[side][k])
                yield self._candidate(sides, float(beliefs[side][k]), price, {"alone": price})

    def _candidate(
        self,
        sides: tuple[Sequence[int], Sequence[int]],
        probability: float,
        cost: float,
        parts: Mapping[str, float],
    ) -> Candidate:
        bead = Bead(self._names, (tuple(sides[0]), tuple(sides[1])), probability)
        return Candidate(bead, probability, cost, parts)


def _around(alignment: Alignment, index: int, version: int) -> list[int]:
    """Return the segments of a version in the beads around one, but blank ones."""
    near = alignment.beads[max(0, index - _AROUND) : index + _AROUND + 1]
    segments = alignment.documents[version].segments
    return sorted(k for bead in near for k in bead.sides[version] if segments[k].kind != "blank")


Candidate.__module__ = "aligner"
