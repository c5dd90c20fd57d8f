"""Fit the weights of the alignment model to the development gold and write them as data.

    python benchmarks/weights.py                 # held-apart folds, then the shipped fit
    python benchmarks/weights.py --folds-only    # the held-apart figures alone
    python benchmarks/weights.py --encoder FOLDER --name transformer --start additive --sets wmtlit

Every document is taken as it is, and counts three times, for most text is undamaged, and once more
with a tenth of its target segments dropped; some have a tenth replaced by segments of another
document, and some are paired with a document they have nothing to do with. So one set of weights
serves undamaged, damaged and unrelated text. PUD, whose
sentences are no running text, is measured but not learned from. Features that gold of plain lines
cannot teach (kinds of blocks, ends of paragraphs) get a fixed price. Where the vectors of an
encoder do not add up, contested runs are encoded first, as the aligner does.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import _gold
import numpy as np
from _calibration import Belief, LogitMap, print_calibration
from _edited import damaged, inserted, replaced
from _fit import SIZES, Example, Pair, Theta, costs_of, decode, example, fit, refined

from aligner._dp import posteriors
from aligner._encode import load_encoder
from aligner._pair._rates import rate_heard
from aligner._score._alone import NULL_FEATURES
from aligner._score._evidence import MATCH_FEATURES
from aligner._score._side import Side, side_of
from aligner._score._weights import load_weights
from aligner._types import Document
from aligner._vectors import embed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aligner._encode import Encoder

SETS = ("ntrex", "pud", "lines", "udhr", "cc", "wmtlit", "ted")
FOLDS = 2
DATA = Path("src/aligner/data")
ROUNDS, STEPS = 3, 15
RIDGE, NEAR = 3e-5, 1e-4
COUNTS = {"clean": 3.0, "inserted": 0.5, "replaced": 2.0, "unrelated": 2.0}
FIXED = {"kinds": -1.5, "breaks": -1.0}


def documents(sets: Sequence[str]) -> Iterator[_gold.Case]:
    """Yield the cases of *sets*; of ``lines/dev-*`` those whose document is so called."""
    for name in sets:
        group, _, pattern = name.partition("/")
        named = (c for c in _gold.cases([group]) if fnmatch(c.document, pattern or "*"))
        yield from sorted(named, key=lambda case: (case.document, case.pair))


def examples(encoder_name: str | None, sets: Sequence[str]) -> dict[str, list[Example]]:
    """Return the documents as they are, with segments dropped or replaced, and mispaired."""
    encoder = load_encoder(encoder_name)
    parts: dict[str, list[Example | None]] = defaultdict(list)
    before: dict[str, tuple[str, ...]] = {}
    for seed, case in enumerate(documents(sets)):
        name, pair, source, target = case.name, case.pair, case.source, case.target
        gold: list[Pair] = [(ours, theirs) for ours, theirs in (b.sides for b in case.gold)]
        side = _side(source, encoder)
        parts["clean"].append(example(name, pair, gold, side, _side(target, encoder)))
        kept, left = damaged(gold, len(target), seed)
        parts["dropped"].append(
            example(name, pair, left, side, _side([target[k] for k in kept], encoder))
        )
        other = before.get(pair)
        if other is not None and not name.startswith("pud") and seed % 3 == 0:
            mixed, gold_mixed = replaced(gold, target, other[:80], seed)
            parts["replaced"].append(example(name, pair, gold_mixed, side, _side(mixed, encoder)))
            alone: list[Pair] = [((k,), ()) for k in range(len(source[:80]))]
            alone += [((), (k,)) for k in range(len(other[:80]))]
            sides = _side(source[:80], encoder), _side(other[:80], encoder)
            parts["unrelated"].append(example(name, pair, alone, *sides))
        if other is not None and not name.startswith("pud") and seed % 3 == 1:
            more, gold_more = inserted(gold, target, other, seed)
            parts["inserted"].append(example(name, pair, gold_more, side, _side(more, encoder)))
        before[pair] = target
    found = {part: [item for item in items if item is not None] for part, items in parts.items()}
    for part, items in found.items():
        for item in items:
            item.weight = COUNTS.get(part, 1.0)
    return found


def _side(lines: Sequence[str], encoder: Encoder) -> Side:
    document = Document.from_segments(lines)
    return side_of(document, embed(document, encoder), range(len(lines)))


def with_overlaps(parts: dict[str, list[Example]], theta: Theta) -> dict[str, list[Example]]:
    """Return the examples with what *theta* holds for contested encoded, and print how much."""
    everything = [item for items in parts.values() for item in items]
    rate(everything, theta)
    found = {part: [refined(item, theta) for item in items] for part, items in parts.items()}
    segments = sum(len(side) for item in everything for side in item.sides)
    runs = sum(len(side) for items in found.values() for item in items for side in item.known)
    print(f"{1 + runs / segments:.3f} encoded texts a segment", flush=True)
    return found


def train(items: Sequence[Example], start: Theta, prior: Theta | None = None) -> Theta:
    """Fit in rounds, each at the rate of lone segments that the one before gives each document.

    The likelihood has one top, so where the fit begins makes it short and nothing else. With a
    *prior* it stays near that.
    """
    theta, ridge = start, RIDGE if prior is None else NEAR
    for _ in range(ROUNDS):
        rate(items, theta)
        theta = fit(items, theta, STEPS, ridge, prior)
    return theta


def rate(items: Sequence[Example], theta: Theta) -> None:
    """Set the rate of each item from a first pass without it."""
    for item in items:
        item.rate = 0.0
        found = costs_of(item, theta)
        item.rate = rate_heard([(found, posteriors(found))])


def learnable(parts: dict[str, list[Example]]) -> list[Example]:
    return [item for items in parts.values() for item in items if not item.name.startswith("pud")]


def fold(item: Example) -> int:
    return zlib.crc32(item.name.encode()) % FOLDS


def counts(gold: Sequence[Pair], found: Sequence[Pair]) -> dict[str, np.ndarray]:
    kinds: dict[str, Callable[[Pair], bool]] = {
        "all": lambda b: True,
        "n-m": lambda b: bool(b[0] and b[1]) and len(b[0]) + len(b[1]) > 2,
        "one-sided": lambda b: not (b[0] and b[1]),
        "two-sided": lambda b: bool(b[0] and b[1]),
    }
    both = set(gold) & set(found)
    return {
        kind: np.array([sum(1 for b in beads if test(b)) for beads in (both, found, gold)])
        for kind, test in kinds.items()
    }


Totals: TypeAlias = "dict[tuple[str, str], dict[str, np.ndarray]]"


def held_apart(
    parts: dict[str, list[Example]], start: Theta, prior: Theta | None
) -> tuple[list[Belief], Theta]:
    """Print strict F1 on held-apart folds; return what is believed of each bead, and mean weights.

    Those are where the fit to all documents begins: they are near its end.
    """
    thetas = [
        train([item for item in learnable(parts) if fold(item) != k], start, prior)
        for k in range(FOLDS)
    ]
    totals, beliefs = _decoded(parts, thetas.__getitem__)
    _print(totals)
    return beliefs, Theta(np.mean([theta.vector for theta in thetas], axis=0))


def _decoded(
    parts: dict[str, list[Example]], theta_of: Callable[[int], Theta]
) -> tuple[Totals, list[Belief]]:
    """Return counts of beads and what is believed of each, with the weights for each fold."""
    totals: Totals = defaultdict(lambda: defaultdict(lambda: np.zeros(3)))
    beliefs: list[Belief] = []
    for part, items in parts.items():
        for item in items:
            theta = theta_of(fold(item))
            rate([item], theta)
            found, gold = decode(item, theta), set(item.gold)
            beliefs.extend((fold(item), belief, bead in gold) for bead, belief in found)
            for kind, count in counts(item.gold, [bead for bead, _ in found]).items():
                totals[part, item.pair][kind] += count
                totals[part, item.name.split("/")[0] + " " + item.pair][kind] += count
    return totals, beliefs


def _print(totals: Totals) -> None:
    for (part, pair), kinds in sorted(totals.items()):
        figures = (f"{kind} {2 * c[0] / max(1, c[1] + c[2]):.4f}" for kind, c in kinds.items())
        print(f"{part:9s} {pair:14s}", "  ".join(figures))
    print(flush=True)


def calibration(beliefs: Sequence[Belief]) -> dict[str, list[float]]:
    """Return the map from posterior to probability, fitted on held-apart beads, by its corners."""
    grid = np.unique(np.concatenate([np.linspace(0, 1, 41), 1 - np.logspace(-5, -1.7, 12)]))
    return {
        "posteriors": [round(float(x), 6) for x in grid],
        "probabilities": [round(float(p), 4) for p in LogitMap.fit(beliefs)(grid)],
    }


def as_data(theta: Theta, calibrated: dict[str, list[float]]) -> dict[str, object]:
    def named(names: Sequence[str], values: np.ndarray) -> dict[str, float]:
        return {n: FIXED.get(n, round(float(v), 4)) for n, v in zip(names, values, strict=True)}

    return {
        "about": "written by benchmarks/weights.py; see docs/alignment.md",
        "single": named(MATCH_FEATURES, theta.single),
        "multiple": named(MATCH_FEATURES, theta.multiple),
        "types": named([f"{a}-{b}" for a, b in SIZES], theta.sizes),
        "null": named(NULL_FEATURES, theta.null),
        "calibration": calibrated,
    }


def path_of(name: str) -> Path:
    return DATA / f"weights.{name}.json"


def write(name: str, data: dict[str, object]) -> None:
    """Write a set of weights as the data that ships."""
    DATA.mkdir(exist_ok=True)
    path_of(name).write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print("wrote", path_of(name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default=None, help="the embedded model if not given")
    parser.add_argument("--name", default="additive", help="name of the set of weights")
    parser.add_argument("--start", help="name of the weights to stay near")
    parser.add_argument("--sets", nargs="+", default=list(SETS), help="such as ted lines/dev-*")
    parser.add_argument("--folds-only", action="store_true")
    args = parser.parse_args()
    parts = examples(args.encoder, args.sets)
    print(", ".join(f"{len(items)} {part}" for part, items in parts.items()), flush=True)
    start = Theta.of(load_weights(args.start or args.name))
    prior = start if args.start else None
    if any(side.overlaps for items in parts.values() for item in items for side in item.sides):
        parts = with_overlaps(parts, train(learnable(parts), start, prior))
    if prior is not None:
        _print(_decoded(parts, lambda _: prior)[0])
    beliefs, mean = held_apart(parts, start, prior)
    print_calibration(beliefs)
    calibrated = calibration(beliefs)
    if not args.folds_only:
        theta = train(learnable(parts), mean, prior)
        write(args.name, as_data(theta, calibrated))


if __name__ == "__main__":
    main()
