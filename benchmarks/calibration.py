"""Whether a probability of .9 is right nine times in ten, on documents that taught nothing.

    python benchmarks/calibration.py                        # the embedded model, all sets
    python benchmarks/calibration.py --sets udhr cc ted     # fewer sets, sooner done
    python benchmarks/calibration.py --encoder FOLDER
    python benchmarks/calibration.py --write                # ... and ship the map with the weights

The documents are parted into folds. Weights are fitted on the other folds, and so is the map from
posterior to probability: neither has seen the document it judges. Undamaged and damaged copies
count alike, as in ``weights.py``, which prints the same before it writes its fit. Prints the
expected calibration error over 15 bins of equal width, and for each bin how many beads it holds,
what they claim, and how many are right.
"""

from __future__ import annotations

import argparse
import json

import weights
from _calibration import print_calibration
from _fit import Theta

from aligner._score._weights import load_weights


def main() -> None:
    """Fit on the folds and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--encoder", help="the embedded model if not given")
    parser.add_argument("--sets", nargs="+", default=list(weights.SETS))
    parser.add_argument("--write", action="store_true", help="write the map of the shipped model")
    args = parser.parse_args()
    if args.write and (args.encoder or args.sets != list(weights.SETS)):
        parser.error("--write is for the embedded model and all sets")
    start = Theta.of(load_weights())
    beliefs, _ = weights.held_apart(weights.examples(args.encoder, args.sets), start, None)
    print_calibration(beliefs)
    if args.write:
        data = json.loads(weights.path_of("additive").read_text("utf-8"))
        weights.write("additive", data | {"calibration": weights.calibration(beliefs)})


if __name__ == "__main__":
    main()
