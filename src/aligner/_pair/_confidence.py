"""How sure a link or a bead is, seen from the whole text and from all versions.

The programme sees a link beside its neighbours. Seen from further off, a link one of whose sides
has a better counterpart around it is likely wrong. A bead of many versions is as sure as the links
that carry it agree. Each is a logistic model over a few features; the weights are fitted by
``benchmarks/confidence.py`` and shipped as data.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner._encode import unit_rows
from aligner._pair._ladder import Ladder, Link, alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._dp import FloatArray, IntArray
    from aligner._score._side import Side
    from aligner._score._similarity import Floats

LINK_FEATURES = ("one", "posterior", "margin", "many")
BEAD_FEATURES = ("one", "least", "unknown", "lacking")
MOVE_FEATURES = ("one", "matched", "gain")
# Links on either side, and segments on either side, that count as the surroundings of a link.
_LINKS, _SEGMENTS = 12, 256
_ROWS = 256  # links compared with their surroundings at once
_LEAST, _MOST = 0.001, 0.9995  # of every probability
# A match of two segments below _CHANCE goes where less than _LITTLE is matched, one of more
# segments below _HARDLY anywhere; what is _SURE may vote on the other pairs.
_CHANCE, _LITTLE, _HARDLY, _SURE = 0.25, 0.5, 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Confidence:
    """Weights of the logistic models, in the order of their features."""

    link: tuple[float, ...]
    bead: tuple[float, ...]
    move: tuple[float, ...]

    def move_price(self, matched: float) -> float:
        """Return the gain at which a passage is as likely moved as not, in nats.

        Args:
            matched: share of matches among the links of the two versions.
        """
        return -(self.move[0] + self.move[1] * matched) / self.move[2]

    def of_links(self, ladder: Ladder, features: FloatArray) -> Ladder:
        """Return the ladder with the probability that each match is exactly right.

        Args:
            features: what `link_features` gives of the ladder.
        """
        found = _logistic(features, self.link)
        return tuple(
            Link(link.source, link.target, p) if link.is_match else link
            for link, p in zip(ladder, found.tolist(), strict=True)
        )

    def credible(self, ladder: Ladder, features: FloatArray) -> Ladder:
        """Return the matches that are sure in view of the whole text."""
        judged = self.of_links(ladder, features)
        pairs = zip(ladder, judged, strict=True)
        return tuple(link for link, seen in pairs if seen.is_match and seen.probability > _SURE)

    def of_bead(self, parts: Sequence[float | None], lacking: float) -> float:
        """Return the probability of a bead of three versions and more; see `bead_features`."""
        return float(_logistic(bead_features(parts, lacking)[None], self.bead)[0])

    def of_move(self, matched: float, gain: float) -> float:
        """Return the probability that a passage moved, by how much likelier that is, in nats."""
        return float(_logistic(np.array([[1.0, matched, gain]]), self.move)[0])


def without_chance(ladder: Ladder) -> Ladder:
    """Return the ladder without matches that are by far likelier by chance.

    A pair of segments goes only where the versions have little in common: elsewhere a title that is
    like much of the text is unsure as well, and yet has its counterpart where it should. More
    segments than two that hardly belong together are what a passage left over that had to go
    somewhere.
    """
    out: list[Link] = []
    for link, share in zip(ladder, _matched(ladder), strict=True):
        least = _HARDLY if link.size > 2 else _CHANCE if share < _LITTLE else 0.0
        if link.is_match and link.probability < least:
            out += alone(link.source, link.target, 1 - link.probability)
        else:
            out.append(link)
    return tuple(out)


@cache
def load_confidence() -> Confidence:
    """Return the shipped weights."""
    data = _shipped()
    names = {"link": LINK_FEATURES, "bead": BEAD_FEATURES, "move": MOVE_FEATURES}
    return Confidence(**{k: tuple(data[k][name] for name in part) for k, part in names.items()})


@dataclass(frozen=True, slots=True)
class Bin:
    """What came of a range of probabilities, on texts whose right alignment is known.

    Attributes:
        stated: the mean probability.
        right: the share that is exactly right.
    """

    stated: float
    right: float
    count: int


@cache
def load_reliability(versions: int) -> tuple[Bin, ...]:
    """Return how far the probabilities of so many *versions* held on texts that taught nothing."""
    tables = _shipped()["reliability"]
    return tuple(Bin(*row) for row in tables["links" if versions < 3 else "beads"])


def _shipped() -> Any:
    path = resources.files("aligner").joinpath("data", "confidence.json")
    return json.loads(path.read_text(encoding="utf-8"))


def bead_features(parts: Sequence[float | None], lacking: float) -> FloatArray:
    """Return the ``BEAD_FEATURES`` of a bead.

    Args:
        parts: the probability that each pair of versions gives its part of the bead, ``None`` where
            it is none of its own.
        lacking: share of the versions that have no segments here.
    """
    known = np.array([p for p in parts if p is not None])
    logits = _logit(known) if len(known) else np.zeros(1)
    unknown = 1 - len(known) / max(len(parts), 1)
    return np.array([1.0, logits.min(), unknown, lacking])


def link_features(ladder: Ladder, sides: tuple[Side, Side]) -> FloatArray:
    """Return the ``LINK_FEATURES`` of each link, float64 [links, features]; zeros for nulls."""
    out = np.zeros((len(ladder), len(LINK_FEATURES)))
    links = [link for link in ladder if link.is_match]
    if not links:
        return out
    ranges = tuple(
        np.array([(link.source, link.target)[side] for link in links], np.int64) for side in (0, 1)
    )
    sizes = [part[:, 1] - part[:, 0] for part in ranges]
    runs = [unit_rows(_run_sums(side.sums, part)) for side, part in zip(sides, ranges, strict=True)]
    margins = (
        _margins(runs[0], runs[1], ranges[1], sides[1]),
        _margins(runs[1], runs[0], ranges[0], sides[0]),
    )
    out[[link.is_match for link in ladder]] = np.stack(
        [
            np.ones(len(links)),
            _logit(np.array([link.probability for link in links])),
            np.minimum(*margins),
            np.minimum(sizes[0] + sizes[1] - 2, 3) / 3,
        ],
        axis=1,
    )
    return out


def _matched(ladder: Ladder) -> FloatArray:
    """Return for each link the share of matches before or after it, or in all of the text.

    The greatest of them: a link beside a passage that one version has alone is as sure as others.
    """
    count = len(ladder)
    total = np.concatenate(([0], np.cumsum([link.is_match for link in ladder])))
    at = np.arange(count)
    first, last = np.maximum(at - _LINKS, 0), np.minimum(at + _LINKS + 1, count)
    before = (total[at] - total[first] + 1) / (at - first + 2)
    after = (total[last] - total[at + 1] + 1) / (last - at + 1)
    share: FloatArray = np.maximum(np.maximum(before, after), (total[-1] + 1) / (count + 2))
    return share


def _margins(runs: Floats, counterparts: Floats, there: IntArray, other: Side) -> FloatArray:
    """Return by how much each run is liker its counterpart than anything else around that.

    Args:
        runs, counterparts: their unit vectors.
        there: the segments of each counterpart.
    """
    units = unit_rows(other.sums)
    mean = units.mean(axis=0)
    units -= mean
    own = np.einsum("nd,nd->n", runs, counterparts - mean)
    rival = np.full(len(runs), -1.0)
    for first in range(0, len(runs), _ROWS):
        rows = slice(first, first + _ROWS)
        start = max(int(there[rows, 0].min()) - _SEGMENTS, 0)
        end = min(int(there[rows, 1].max()) + _SEGMENTS, len(units))
        cosines = runs[rows] @ units[start:end].T
        for row, (first_inside, end_inside) in enumerate((there[rows] - start).tolist()):
            cosines[row, first_inside:end_inside] = -1
        rival[rows] = cosines.max(axis=1, initial=-1.0)
    margins: FloatArray = np.clip(own - rival, -0.5, 0.5).astype(np.float64)
    return margins


def _run_sums(sums: Floats, ranges: IntArray) -> Floats:
    """Return the sums [runs, d] of the rows of each range, of which none is empty.

    Most are of one row: ``np.add.reduceat`` takes many times as long.
    """
    firsts, sizes = ranges[:, 0], ranges[:, 1] - ranges[:, 0]
    found: Floats = sums[firsts]
    for step in range(1, int(sizes.max(initial=0))):
        longer = np.flatnonzero(sizes > step)
        found[longer] += sums[firsts[longer] + step]
    return found


def _logit(probability: FloatArray) -> FloatArray:
    p = np.clip(probability, _LEAST, _MOST)
    found: FloatArray = np.log(p / (1 - p))
    return found


def _logistic(features: FloatArray, weights: Sequence[float]) -> FloatArray:
    found: FloatArray = np.clip(1 / (1 + np.exp(-features @ np.array(weights))), _LEAST, _MOST)
    return found
