"""Whether a probability of .9 is right nine times in ten, on documents that taught nothing.

    python benchmarks/calibration.py                        # the embedded model, all sets
    python benchmarks/calibration.py --sets udhr cc ted     # fewer sets, sooner done
    python benchmarks/calibration.py --encoder FOLDER

The documents are parted into folds. Weights are fitted on the other folds, and so is the map from
posterior to probability: neither has seen the document it judges. Undamaged and damaged copies
count alike, as in ``weights.py``. Prints the expected calibration error over 15 bins of equal
width, and for each bin how many beads it holds, what they claim, and how many are right.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np
import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

BINS = 15


def cross_fitted(beliefs: Sequence[weights.Belief]) -> tuple[np.ndarray, np.ndarray]:
    """Return probability and truth of each bead, its map fitted on the beads of other folds."""
    probabilities, truths = [], []
    for k in range(weights.FOLDS):
        model = weights.isotonic([belief for belief in beliefs if belief[0] != k])
        held = [belief for belief in beliefs if belief[0] == k]
        probabilities.append(model.predict([raw for _, raw, _ in held]))
        truths.append(np.array([right for _, _, right in held], float))
    return np.concatenate(probabilities), np.concatenate(truths)


def reliability(probability: np.ndarray, right: np.ndarray) -> list[tuple[int, float, float]]:
    """Return count, mean probability and share of right beads of each bin that has any."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    return [
        (
            int((bins == b).sum()),
            float(probability[bins == b].mean()),
            float(right[bins == b].mean()),
        )
        for b in range(BINS)
        if (bins == b).any()
    ]


def main() -> None:
    """Fit on the folds and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--encoder", help="the embedded model if not given")
    parser.add_argument("--sets", nargs="+", default=list(weights.SETS))
    args = parser.parse_args()
    weights.check_gold()
    parts = weights.examples(args.encoder, args.sets)
    probability, right = cross_fitted(weights.held_apart(parts, None))
    rows = reliability(probability, right)
    error = sum(count * abs(claim - share) for count, claim, share in rows) / len(right)
    print(f"expected calibration error {error:.4f} over {len(right)} beads")
    low = right[probability < 0.5]
    print(f"beads below .5: {len(low)}, of them right {low.mean() if len(low) else 0:.3f}")
    print(f"{'beads':>8}{'claimed':>9}{'right':>8}")
    for count, claim, share in rows:
        print(f"{count:>8}{claim:>9.3f}{share:>8.3f}")


if __name__ == "__main__":
    main()
