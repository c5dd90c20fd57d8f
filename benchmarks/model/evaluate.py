"""Retrieval and graded similarity of encoders on the development data.

    python benchmarks/model/evaluate.py                     # the embedded model
    python benchmarks/model/evaluate.py my-model e5-small

Retrieval: for each 1-1 bead of the gold, is the other side the nearest of all; both directions,
the worse one counts. NTREX lines of all documents are put together. STS: Spearman's rank
correlation of the cosine with the graded similarity.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from _gold import PAIRS, ROOT, cases

from aligner._encode import Encoder, load_encoder

STS = "stsb_test.en-de-sv.jsonl"


def retrieval(encoder: Encoder, name: str, pair: str) -> tuple[float, int]:
    """Return the accuracy in the worse direction, and the number of pairs."""
    left, right = [], []
    for case in cases([name], [pair]):
        for bead in case.gold:
            source, target = bead.sides
            if len(source) == len(target) == 1:
                left.append(case.source[source[0]])
                right.append(case.target[target[0]])
    similarity = encoder.encode(left) @ encoder.encode(right).T
    own = np.arange(len(left))
    return min(float((similarity.argmax(axis) == own).mean()) for axis in (0, 1)), len(left)


def spearman(one: np.ndarray, two: np.ndarray) -> float:
    """Return Spearman's rank correlation, ties at their mean rank."""

    def ranks(values: np.ndarray) -> np.ndarray:
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        return (np.cumsum(counts) - (counts - 1) / 2)[inverse]

    return float(np.corrcoef(ranks(one), ranks(two))[0, 1])


def graded(encoder: Encoder, language: str) -> float | None:
    """Return the correlation with the grades of STS-B, English against *language*."""
    folder = os.environ.get("ALIGNER_DIVERGENCE", ROOT.parent / "shared" / "divergence")
    path = Path(folder) / STS
    if not path.is_file():
        print(f"skipped: no {path}; set ALIGNER_DIVERGENCE", file=sys.stderr)
        return None
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["tgt_lang"] == language]
    source, target = (encoder.encode([row[side] for row in rows]) for side in ("src", "tgt"))
    return spearman((source * target).sum(axis=1), np.array([row["score"] for row in rows]))


def main(names: list[str]) -> None:
    for name in names or ["embedded"]:
        encoder = load_encoder(name)
        print(encoder.name)
        for gold in ("ntrex", "pud"):
            found = [retrieval(encoder, gold, pair) for pair in PAIRS]
            cells = "  ".join(
                f"{pair} {x:.4f} ({n})" for pair, (x, n) in zip(PAIRS, found, strict=True)
            )
            print(f"  {gold:<6} {cells}")
        values = {language: graded(encoder, language) for language in ("de", "sv")}
        cells = "  ".join(f"en-{k} {v:.3f}" for k, v in values.items() if v is not None)
        print(f"  sts    {cells}")


if __name__ == "__main__":
    main(sys.argv[1:])
