"""An exact programme over three versions at once, beside the joined ladders of pairs.

    python benchmarks/triples.py --sets ntrex udhr

A bead of three versions costs what its three pairs cost in the model of pairs. The programme visits
every node (i, j, k), so documents are limited to some sixty segments unless ``--longest`` says
otherwise. It is an experiment: docs/alignment.md says what came of it.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
from _versions import Sides, Text, texts

import aligner
from aligner._dp import Corridor, posteriors
from aligner._encode import load_encoder
from aligner._options import AlignOptions
from aligner._pair._aligner import bead_types
from aligner._pair._rates import rate_heard
from aligner._score._cost import at_rate, costs
from aligner._score._evidence import Evidence
from aligner._score._side import side_of
from aligner._score._similarity import Background
from aligner._score._weights import load_weights
from aligner._types import Document
from aligner._vectors import embed

if TYPE_CHECKING:
    from aligner._dp import Costs
    from aligner._encode import Encoder
    from aligner._score._side import Side

PAIRS = ((0, 1), (0, 2), (1, 2))
LARGEST = 3
SIZES = [
    size
    for size in product(range(LARGEST + 1), repeat=3)
    if sum(size) and (sum(1 for n in size if n) > 1 or sum(size) == 1)
]


def pair_costs(source: Side, target: Side) -> Costs:
    """Return the costs of all beads of two versions, at their rate of nulls."""
    corridor = Corridor.full(len(source), len(target))
    backgrounds = Background.of(source.sums), Background.of(target.sums)
    evidence = Evidence(source, target, corridor, backgrounds)
    found = costs(evidence, load_weights(), bead_types(AlignOptions()))
    return at_rate(found, load_weights(), rate_heard([(found, posteriors(found))]))


class Cube:
    """The cost of every bead of three versions at every node, summed over its pairs."""

    def __init__(self, sides: list[Side]) -> None:
        self.counts = [len(side) for side in sides]
        self._costs = {(v, w): pair_costs(sides[v], sides[w]) for v, w in PAIRS}

    def bead(self, size: tuple[int, ...]) -> np.ndarray:
        """Return the cost of the bead of this *size* that ends at each node."""
        total = np.zeros([count + 1 for count in self.counts])
        for v, w in PAIRS:
            part = self._part(v, w, size[v], size[w])
            total += np.expand_dims(part, ({0, 1, 2} - {v, w}).pop())
        return total

    def _part(self, v: int, w: int, a: int, b: int) -> np.ndarray:
        found = self._costs[v, w]
        if a and b:
            match: np.ndarray = found.match[found.types.index((a, b))]
            return match
        out: np.ndarray = np.zeros((self.counts[v] + 1, self.counts[w] + 1))
        out += _alone(found.source_open, found.source_extend, a)[:, None]
        out += _alone(found.target_open, found.target_extend, b)
        return out


def _alone(begin: np.ndarray, extend: np.ndarray, size: int) -> np.ndarray:
    """Return the cost of a run of *size* segments without counterpart that ends at each node."""
    out = np.zeros(len(begin) + 1)
    for k in range(size):
        price = begin if k == size - 1 else extend
        out[k + 1 :] += price[: len(price) - k]
    out[: size or 0] = np.inf
    return out


def best_path(cube: Cube) -> list[tuple[tuple[int, int], ...]]:
    """Return the cheapest beads of three versions, each as ranges of segments."""
    shape = [count + 1 for count in cube.counts]
    beads = [cube.bead(size) for size in SIZES]
    total, step = np.full(shape, np.inf), np.full(shape, -1)
    total[0, 0, 0] = 0.0
    along = [(t, size) for t, size in enumerate(SIZES) if size[:2] != (0, 0)]
    for i, j in product(range(shape[0]), range(shape[1])):
        row, chosen = total[i, j], step[i, j]
        for t, (a, b, c) in along:
            if a > i or b > j:
                continue
            reach = total[i - a, j - b, : shape[2] - c] + beads[t][i, j, c:]
            better = reach < row[c:]
            row[c:][better] = reach[better]
            chosen[c:][better] = t
        lone = SIZES.index((0, 0, 1))
        for k in range(1, shape[2]):
            if row[k - 1] + beads[lone][i, j, k] < row[k]:
                row[k], chosen[k] = row[k - 1] + beads[lone][i, j, k], lone
    node, out = [count - 1 for count in shape], []
    while any(node):
        size = SIZES[step[tuple(node)]]
        out.append(tuple((n - a, n) for n, a in zip(node, size, strict=True)))
        node = [n - a for n, a in zip(node, size, strict=True)]
    return out[::-1]


def projected(beads: list[tuple[tuple[int, int], ...]], v: int, w: int) -> set[Sides]:
    """Return the beads of two of the versions."""
    found = {(tuple(range(*bead[v])), tuple(range(*bead[w]))) for bead in beads}
    return {sides for sides in found if any(sides)}


def runs(text: Text, encoder: Encoder) -> dict[str, dict[tuple[int, int], set[Sides]]]:
    """Return the beads of each pair of versions: alone, joined, and of the exact programme."""
    names = list(text.versions)
    made = aligner.align(dict(text.versions), encoder=encoder)
    joined = {(v, w): {b.sides for b in made.pair(names[v], names[w])} for v, w in PAIRS}
    alone = {
        (v, w): {
            bead.sides
            for bead in aligner.align({n: text.versions[n] for n in (names[v], names[w])}).beads
        }
        for v, w in PAIRS
    }
    documents = [Document.from_segments(lines) for lines in text.versions.values()]
    sides = [side_of(d, embed(d, encoder), range(len(d.segments))) for d in documents]
    path = best_path(Cube(sides))
    exact = {(v, w): projected(path, v, w) for v, w in PAIRS}
    return {"alone": alone, "joined": joined, "exact": exact}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=["ntrex", "udhr"])
    parser.add_argument("--longest", type=int, default=60)
    args = parser.parse_args()
    encoder = load_encoder()
    scores: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    documents = 0
    for text in texts(args.sets):
        sizes = [len(lines) for lines in text.versions.values()]
        if len(sizes) != 3 or max(sizes) > args.longest:
            continue
        documents += 1
        for system, found in runs(text, encoder).items():
            for v, w in combinations(range(3), 2):
                gold, beads = text.projected(v, w), found[v, w]
                pair = "-".join(list(text.versions)[n] for n in (v, w))
                scores[pair, system].update(right=len(gold & beads), all=len(gold) + len(beads))
    print(f"{documents} documents of up to {args.longest} segments")
    for (pair, system), total in scores.items():
        print(f"{pair:7s}{system:8s}{2 * total['right'] / total['all']:.4f}")


if __name__ == "__main__":
    main()
