"""What the votes of a third version mend, and what they spoil, by their strength.

    python benchmarks/votes.py

Three versions are aligned two by two. What the third says of a pair then has three prices: of a
link inside a bead, of one that a bead cuts, and of one whose segment is left alone. Prints for each
strength (1 is what is shipped) how many beads are missed or too many, over documents as they are,
with a tenth of one version dropped, or replaced by segments of another document, and of the
undamaged pair beside such a version. The gold of each pair is its own.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import _gold
import numpy as np
from _versions import Sides, Text, dropped, replaced, texts
from triples import PAIRS, pair_costs

from aligner._dp import Costs, best_path, posteriors_of
from aligner._encode import load_encoder
from aligner._options import AlignOptions
from aligner._pair._aligner import align_pair
from aligner._pair._confidence import link_features, load_confidence
from aligner._pair._corridor import batches
from aligner._pair._votes import Ballot, VotePrices, Votes, with_votes
from aligner._score._side import side_of
from aligner._score._weights import load_weights
from aligner._types import Document
from aligner._vectors import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._dp import Corridor
    from aligner._encode import Encoder

SETS = ("ntrex", "udhr", "cc")
STRENGTHS = (0.0, 0.5, 1.0, 2.0, 4.0)


@dataclass(eq=False)
class Example:
    """A pair of versions, what the third says of it, and its gold ladder."""

    kind: str
    name: str
    pair: str
    costs: Costs
    votes: Votes
    gold: set[Sides]

    @property
    def corridor(self) -> Corridor:
        return self.costs.corridor


def examples(encoder: Encoder) -> Iterator[Example]:
    """Yield every pair of every document as it is and damaged."""
    found = [text for text in texts(SETS) if len(text.versions) == 3]
    own: dict[str, list[Text]] = defaultdict(list)
    for pair in _gold.PAIRS:
        for part in texts(SETS, [pair]):
            own[part.name].append(part)
    for seed, (text, other) in enumerate(pairwise([*found, found[0]])):
        yield from _examples("as it is", text, own[text.name], encoder)
        odd = list(text.versions)[seed % 3]
        kind = "dropped" if seed % 2 else "replaced"
        changed, *parts = (
            _damaged(kind, part, odd, other, seed) for part in (text, *own[text.name])
        )
        for item in _examples(kind, changed, parts, encoder):
            beside = odd not in item.pair.split("-")
            yield replace(item, kind=f"beside {kind}" if beside else kind)


def _damaged(kind: str, text: Text, odd: str, other: Text, seed: int) -> Text:
    """Return the text with its version *odd* damaged, if it has that."""
    if odd not in text.versions:
        return text
    version = list(text.versions).index(odd)
    if kind == "dropped":
        return dropped(text, version, seed)
    return replaced(text, version, other, seed)


def _examples(kind: str, text: Text, own: Sequence[Text], encoder: Encoder) -> Iterator[Example]:
    """Yield the pairs of *text*, those whose gold the model can make; *own* has their gold."""
    documents = [Document.from_segments(lines) for lines in text.versions.values()]
    sides = [side_of(d, embed(d, encoder), range(len(d.segments))) for d in documents]
    options, weights = AlignOptions(), load_weights()
    ladders = {(v, w): tuple(align_pair(sides[v], sides[w], options, weights)) for v, w in PAIRS}
    confidence = load_confidence()
    credible = {
        (v, w): confidence.credible(ladder, link_features(ladder, (sides[v], sides[w])))
        for (v, w), ladder in ladders.items()
    }
    ballot = Ballot([len(side) for side in sides], credible)
    names = list(text.versions)
    for v, w in PAIRS:
        costs = pair_costs(sides[v], sides[w])
        (ladder,) = (part for part in own if list(part.versions) == [names[v], names[w]])
        gold = set(_single(ladder.projected(0, 1)))
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


def decoded(items: Sequence[Example], prices: VotePrices) -> Iterator[tuple[Example, set[Sides]]]:
    """Yield each item with the beads that are most accurate in expectation."""
    for batch in batches(sorted(items, key=lambda item: item.corridor.shape)):
        many = [with_votes(item.costs, item.votes, prices) for item in batch]
        for item, costs, beliefs in zip(batch, many, posteriors_of(many), strict=True):
            assert beliefs is not None
            match = np.where(np.isfinite(costs.match), 0.5 - beliefs.match, np.inf)
            source, target = 0.5 - beliefs.source_null, 0.5 - beliefs.target_null
            gains = Costs(costs.corridor, costs.types, match, source, source, target, target)
            steps, _ = best_path(gains)
            yield item, {(tuple(range(*s.source)), tuple(range(*s.target))) for s in steps}


def prices(strength: float) -> VotePrices:
    """Return the shipped prices times *strength*."""
    shipped = VotePrices()
    return VotePrices(strength * shipped.inside, strength * shipped.cut, strength * shipped.alone)


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0]).parse_args()
    items = list(examples(load_encoder()))
    wrong: dict[tuple[str, str], dict[float, int]] = defaultdict(lambda: defaultdict(int))
    for strength in STRENGTHS:
        for item, beads in decoded(items, prices(strength)):
            for pair in (item.pair, "all"):
                wrong[item.kind, pair][strength] += len(beads ^ item.gold)
    print(f"{'strength':25s}" + "".join(f"{strength:7.1f}" for strength in STRENGTHS))
    for (kind, pair), counts in sorted(wrong.items()):
        print(f"{kind:17s}{pair:8s}" + "".join(f"{counts[s]:7d}" for s in STRENGTHS))


if __name__ == "__main__":
    main()
