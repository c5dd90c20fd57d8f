"""Mining of comparable texts: how much comes out, how much of it is right, and the fit behind it.

    python benchmarks/mining.py             # the shipped weights, set by set
    python benchmarks/mining.py --folds     # fitted on the other sets, which is the honest figure
    python benchmarks/mining.py --fit       # writes src/aligner/data/mining.json

Comparable texts are made of the development gold: of each document some 1-1 beads keep both sides,
of the rest one side or the other is taken away, so what is left over is about the same things as
what is not. The share that keeps both is 0, 5, 15, 40 or 80 %, in a whole set at once and in single
documents of up to 60 or 15 segments. A pair that is not gold counts as right if its target says
nearly what the gold target says: laws and manuals say things twice.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from _gold import PAIRS, cases

from aligner import load_encoder
from aligner.mining._judge import (
    FEATURES,
    Candidates,
    MiningWeights,
    candidates,
    load_weights,
    probabilities,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._encode import Encoder

SETS = ("ntrex", "pud", "gdpr", "bible", "lines", "udhr", "cc", "tedsilver", "wmtlit", "ted")
SHARES = (0.0, 0.05, 0.15, 0.4, 0.8)
SINGLE, MOST = 6, (60, 15)
LEAST = (0.5, 0.8, 0.9)
_SAME = 0.6
DATA = Path(__file__).parent.parent / "src" / "aligner" / "data" / "mining.json"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Pool:
    """Comparable texts with what is known of them.

    Attributes:
        right: for each candidate whether it is a pair of translations.
        gold: how many there are.
    """

    set: str
    share: float
    whole: bool
    found: Candidates
    right: np.ndarray
    gold: int


def documents(name: str, pair: str) -> list[list[Pair]]:
    """Return the 1-1 beads of each document of a set as texts."""
    found = []
    for case in cases([name], [pair]):
        texts = [
            (case.source[bead.sides[0][0]].strip(), case.target[bead.sides[1][0]].strip())
            for bead in case.gold
            if len(bead.sides[0]) == len(bead.sides[1]) == 1
        ]
        found.append([both for both in texts if all(any(map(str.isalpha, t)) for t in both)])
    return [document for document in found if document]


def cut(found: Sequence[list[Pair]], share: float, seed: int) -> tuple[list[str], list[str], int]:
    """Return both sides with *share* of the beads whole, in any order, and how many are."""
    rng = random.Random(seed)
    source: dict[str, None] = {}
    target: dict[str, None] = {}
    whole = 0
    for text, other in (pair for document in found for pair in document):
        roll = rng.random()
        keeps = roll < share, roll < share + (1 - share) / 2
        if keeps[0] or keeps[1]:
            source[text] = None
        if keeps[0] or not keeps[1]:
            target[other] = None
        whole += keeps[0]
    sides = list(source), list(target)
    for side in sides:
        rng.shuffle(side)
    return *sides, whole


def pools(encoder: Encoder, sets: Sequence[str]) -> Iterator[Pool]:
    """Yield the pools of all sets."""
    for name in sets:
        for pair in PAIRS:
            found = documents(name, pair)
            for seed, share in enumerate(SHARES):
                rng = random.Random(seed)
                single = rng.sample(found, min(SINGLE, len(found)))
                parts = [[document[:most]] for document in single for most in MOST]
                for part in [found, *parts]:
                    pool = _pool(name, pair, part, (share, seed), encoder)
                    if pool is not None:
                        yield pool


def _pool(
    name: str,
    pair: str,
    found: Sequence[list[Pair]],
    way: tuple[float, int],
    encoder: Encoder,
) -> Pool | None:
    source, target, gold = cut(found, *way)
    if min(len(source), len(target)) < 5:
        return None
    vectors = encoder.encode(source), encoder.encode(target)
    picked = candidates((source, target), vectors, (pair[:2], pair[3:]))
    translations: dict[str, list[str]] = {}
    for text, other in (both for document in found for both in document):
        translations.setdefault(text, []).append(other)
    right = np.array(
        [
            any(_alike(target[j], other) for other in translations[source[i]])
            for i, j in zip(picked.source, picked.target, strict=True)
        ],
        bool,
    )
    return Pool(name, way[0], len(found) > 1, picked, right, gold)


def _alike(text: str, other: str) -> bool:
    if text == other:
        return True
    return SequenceMatcher(None, text.split(), other.split(), autojunk=False).ratio() >= _SAME


def fitted(found: Sequence[Pool]) -> MiningWeights:
    """Return the weights of the greatest likelihood; each pool weighs by its candidates."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([pool.found.features for pool in found])
    right = np.concatenate([pool.right for pool in found])
    spread = rows.std(axis=0)
    model = LogisticRegression(C=10, max_iter=5000).fit(rows / spread, right)
    usual = np.mean([pool.right.mean() for pool in found if pool.share < 0.2])
    return MiningWeights(
        model.coef_[0] / spread, float(model.intercept_[0]), float(right.mean()), float(usual)
    )


def table(found: Sequence[Pool], beliefs: Sequence[np.ndarray]) -> None:
    """Print precision and recall by set or share, and how far the probabilities can be believed."""
    groups: dict[str, list[int]] = {}
    for k, pool in enumerate(found):
        kind = "sets" if pool.whole else "documents"
        for label in (f"{pool.set} {kind}", f"all {kind}, share {pool.share:.2f}"):
            groups.setdefault(label, []).append(k)
    groups["all"] = list(range(len(found)))
    for label, members in sorted(groups.items(), key=lambda group: "share" in group[0]):
        gold = sum(found[k].gold for k in members)
        figures = []
        for least in LEAST:
            kept = sum(int((beliefs[k] >= least).sum()) for k in members)
            right = sum(int((found[k].right & (beliefs[k] >= least)).sum()) for k in members)
            if gold:
                figures.append(f"{right / max(kept, 1):.3f} {min(right / gold, 1):.3f}")
            else:
                figures.append(f"{kept - right:5} wrong")
        print(f"{label:33} {len(members):4} {gold:6} gold   {'   '.join(figures)}")
    print(f"calibration error {calibration_error(found, beliefs):.3f}")


def calibration_error(found: Sequence[Pool], beliefs: Sequence[np.ndarray]) -> float:
    """Return the mean distance of probability and share that is right, over ten bins."""
    belief, right = np.concatenate(beliefs), np.concatenate([pool.right for pool in found])
    bins = np.minimum((belief * 10).astype(int), 9)
    apart = (abs(belief[bins == k].sum() - right[bins == k].sum()) for k in range(10))
    return float(sum(apart) / len(belief))


def save(model: MiningWeights) -> None:
    """Write the weights as package data."""
    weights = zip(FEATURES, model.weights, strict=True)
    data = {
        "about": "written by benchmarks/mining.py --fit; see docs/mining.md",
        "weights": {name: round(float(w), 4) for name, w in weights},
        "constant": round(model.constant, 4),
        "share": round(model.share, 4),
        "usual": round(model.usual, 4),
    }
    DATA.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {DATA.name}")


def main() -> None:
    """Print the figures, or fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--encoder", help="another one, with the same weights unless --folds")
    parser.add_argument("--sets", nargs="+", default=SETS)
    args = parser.parse_args()
    encoder = load_encoder(args.encoder)
    found = list(pools(encoder, args.sets))
    if args.folds:
        models = {name: fitted([pool for pool in found if pool.set != name]) for name in args.sets}
    else:
        model = fitted(found) if args.fit else load_weights()
        models = dict.fromkeys(args.sets, model)
        if args.fit:
            save(model)
    print(f"{'':42}" + "".join(f"P R from {least:<7}" for least in LEAST))
    table(found, [probabilities(pool.found, models[pool.set]) for pool in found])


if __name__ == "__main__":
    main()
