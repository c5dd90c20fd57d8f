"""Damaged texts: passages dropped, missing, repeated, swapped; capitals, tags, another topic.

    python benchmarks/robustness.py                  # aligner alone
    python benchmarks/robustness.py --peers          # beside vecalign's programme and Gale-Church
    python benchmarks/robustness.py --seeds 20       # more seeds for the dropped sentences

The text is the development news and fiction, joined to one document a pair. Strict F1 counts every
bead; moved beads count like any other. All damage is seeded.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import _gold
import numpy as np
from _edited import Pair, Text, damages, joined
from _peers import Sides, galechurch, vecalign

import aligner
from aligner._encode import load_encoder

if TYPE_CHECKING:
    from aligner._encode import Encoder

System = Callable[[Text], Sequence[Sides]]


def ours(text: Text, *, encoder: Encoder) -> list[Pair]:
    versions = dict(zip(text.languages, (text.source, text.target), strict=True))
    vectors = None if text.vectors is None else list(text.vectors)
    alignment = aligner.align(versions, encoder=encoder, vectors=vectors)
    return [(bead.sides[0], bead.sides[1]) for bead in alignment.beads]


def f1(gold: Sequence[Sides], found: Sequence[Sides], test: Callable[[Sides], bool]) -> float:
    wanted, got = ({bead for bead in beads if test(bead)} for beads in (gold, found))
    return 2 * len(wanted & got) / max(1, len(wanted) + len(got))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", nargs="+", default=list(_gold.PAIRS))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    args = parser.parse_args()
    encoder = load_encoder()
    systems: dict[str, System] = {"aligner": partial(ours, encoder=encoder)}
    if args.peers:
        systems["vecalign"] = partial(vecalign, encoder=encoder)
        systems["galechurch"] = galechurch
    print(f"{'pair':6s} {'damage':38s} {'system':11s} strict  two-sided  one-sided")
    for pair in args.pairs:
        text = joined(pair)
        for name, texts in damages(text, encoder, args.seeds):
            for system, run in systems.items():
                found = [(damaged.gold, run(damaged)) for damaged in texts]
                figures = [
                    float(np.mean([f1(gold, beads, test) for gold, beads in found]))
                    for test in (
                        lambda bead: True,
                        lambda bead: bool(bead[0] and bead[1]),
                        lambda bead: not (bead[0] and bead[1]),
                    )
                ]
                print(
                    f"{pair:6s} {name:38s} {system:11s} {figures[0]:.4f}   {figures[1]:.4f}"
                    f"     {figures[2]:.4f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
