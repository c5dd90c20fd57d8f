"""Fit what the votes of the other versions weigh, and print what they mend.

    python benchmarks/votes.py               # held-apart folds, then the shipped fit
    python benchmarks/votes.py --folds-only  # the held-apart figures alone

Three versions are aligned two by two. What the third says of a pair then has three prices: of a
link inside a bead, of one that a bead cuts, and of one whose segment is left alone. They are those
of greatest likelihood of the gold ladders (L-BFGS), over documents as they are, and with a tenth of
one version dropped, or replaced by segments of another document. Documents are held apart by name.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from _fit import ordered
from _versions import Sides, Text, dropped, replaced, texts
from triples import PAIRS, pair_costs

from aligner._corridor import batches
from aligner._dp import Costs, best_path, posteriors_of
from aligner._encode import load_encoder
from aligner._options import AlignOptions
from aligner._pair import align_pair
from aligner._side import side_of
from aligner._types import Document
from aligner._vectors import embed
from aligner._votes import Ballot, VotePrices, Votes, counted, load_vote_prices, with_votes
from aligner._weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._dp import Corridor, Posteriors
    from aligner._encode import Encoder

SETS = ("ntrex", "udhr", "cc")
FOLDS = 2
NONE = VotePrices(0.0, 0.0, 0.0)
DATA = Path("src/aligner/data/votes.json")


@dataclass(eq=False)
class Example:
    """A pair of versions, what the third says of it, and its gold ladder."""

    kind: str
    name: str
    pair: str
    costs: Costs
    votes: Votes
    gold: set[Sides]
    totals: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.totals = _features_of_gold(self)

    @property
    def corridor(self) -> Corridor:
        return self.costs.corridor

    @property
    def fold(self) -> int:
        return zlib.crc32(self.name.encode()) % FOLDS


def examples(encoder: Encoder) -> Iterator[Example]:
    """Yield every pair of every document as it is and damaged, if the model can make its gold."""
    found = [text for text in texts(SETS) if len(text.versions) == 3]
    for seed, (text, other) in enumerate(pairwise([*found, found[0]])):
        version = seed % 3
        yield from _examples("as it is", text, encoder)
        if seed % 2:
            yield from _examples("dropped", dropped(text, version, seed), encoder)
        else:
            yield from _examples("replaced", replaced(text, version, other, seed), encoder)


def _examples(kind: str, text: Text, encoder: Encoder) -> Iterator[Example]:
    documents = [Document.from_segments(lines) for lines in text.versions.values()]
    sides = [side_of(d, embed(d, encoder), range(len(d.segments))) for d in documents]
    options, weights = AlignOptions(), load_weights()
    ladders = {(v, w): tuple(align_pair(sides[v], sides[w], options, weights)) for v, w in PAIRS}
    ballot = Ballot([len(side) for side in sides], ladders)
    names = list(text.versions)
    for v, w in PAIRS:
        costs = pair_costs(sides[v], sides[w])
        gold = set(_single(text.projected(v, w)))
        if all((len(a), len(b)) in costs.types for a, b in gold if a and b):
            pair = f"{names[v]}-{names[w]}"
            yield Example(kind, text.name, pair, costs, ballot.votes((v, w)), gold)


def _single(beads: set[Sides]) -> Iterator[Sides]:
    """Yield the beads; of those that are one-sided each segment alone."""
    for source, target in beads:
        if source and target:
            yield source, target
        else:
            yield from (((k,), ()) for k in source)
            yield from (((), (k,)) for k in target)


def _features_of_gold(item: Example) -> np.ndarray:
    """Return the votes inside the gold beads, those they cut, and those left alone."""
    total = np.zeros(3)
    features = list(counted(item.costs, item.votes))
    i = j = 0
    for source, target in ordered(list(item.gold)):
        i, j = i + len(source), j + len(target)
        if source and target:
            inside, cut = features[item.costs.types.index((len(source), len(target)))]
            total[:2] += inside[i, j], cut[i, j]
        else:
            total[2] += item.votes.source_total[i - 1] if source else item.votes.target_total[j - 1]
    return total


def loss(items: Sequence[Example], vector: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the negative log-likelihood of the gold ladders but for a constant, and its slope."""
    signs = np.array([-1.0, 1.0, 1.0])
    prices = VotePrices(*vector)
    total, slope = 0.0, np.zeros(3)
    for batch in batches(sorted(items, key=lambda item: item.corridor.shape)):
        beliefs = posteriors_of([with_votes(item.costs, item.votes, prices) for item in batch])
        for item, belief in zip(batch, beliefs, strict=True):
            assert belief is not None
            total += belief.log_total + float(vector * signs @ item.totals)
            slope += signs * (item.totals - _expected(item, belief))
    return total, slope


def _expected(item: Example, belief: Posteriors) -> np.ndarray:
    total = np.zeros(3)
    for weight, features in zip(belief.match, counted(item.costs, item.votes), strict=True):
        total[:2] += [float((weight * feature).sum()) for feature in features]
    total[2] = belief.source_null @ item.votes.source_total
    total[2] += belief.target_null @ item.votes.target_total
    return total


def fit(items: Sequence[Example]) -> VotePrices:
    """Return the prices of the greatest likelihood."""
    from scipy.optimize import minimize

    start = load_vote_prices()
    found = minimize(
        lambda vector: loss(items, vector),
        np.array([start.inside, start.cut, start.alone]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * 3,
        options={"maxiter": 12, "ftol": 1e-5},
    )
    return VotePrices(*(round(float(price), 2) for price in found.x))


def decoded(items: Sequence[Example], prices: VotePrices) -> Iterator[tuple[Example, set[Sides]]]:
    """Yield each item with the beads that are most accurate in expectation."""
    for batch in batches(sorted(items, key=lambda item: item.corridor.shape)):
        many = [with_votes(item.costs, item.votes, prices) for item in batch]
        for item, costs, belief in zip(batch, many, posteriors_of(many), strict=True):
            assert belief is not None
            match = np.where(np.isfinite(costs.match), 0.5 - belief.match, np.inf)
            source, target = 0.5 - belief.source_null, 0.5 - belief.target_null
            gains = Costs(costs.corridor, costs.types, match, source, source, target, target)
            steps, _ = best_path(gains)
            yield item, {(tuple(range(*s.source)), tuple(range(*s.target))) for s in steps}


def held_apart(items: Sequence[Example]) -> None:
    """Print strict F1 of the pairs without votes, and with prices fitted on other documents."""
    scores: dict[tuple[str, str], np.ndarray] = defaultdict(lambda: np.zeros((2, 2)))
    for fold in range(FOLDS):
        prices = fit([item for item in items if item.fold != fold])
        held = [item for item in items if item.fold == fold]
        for k, chosen in enumerate((NONE, prices)):
            for item, beads in decoded(held, chosen):
                counts = len(beads & item.gold), len(beads) + len(item.gold)
                scores[item.kind, item.pair][k] += counts
    print(f"{'':10s}{'':7s}   alone  with votes")
    for (kind, pair), counts in sorted(scores.items()):
        alone, voted = 2 * counts[:, 0] / counts[:, 1]
        print(f"{kind:10s}{pair:7s}{alone:8.4f}{voted:12.4f}")


def main() -> None:
    """Fit on the folds and on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds-only", action="store_true")
    args = parser.parse_args()
    items = list(examples(load_encoder()))
    held_apart(items)
    prices = fit(items)
    print(prices)
    if not args.folds_only:
        about = "written by benchmarks/votes.py; see docs/alignment.md"
        parts = {"inside": prices.inside, "cut": prices.cut, "alone": prices.alone}
        DATA.write_text(json.dumps({"about": about, **parts}, indent=1) + "\n", "utf-8")
        print("wrote", DATA)


if __name__ == "__main__":
    main()
