"""Measure what the confidence of the surface checks is worth.

    python benchmarks/check_calibration.py

A finding counts as right where its row is damaged in its way (and the version named odd is the
damaged one), as wrong where the row is clean; rows damaged in another way do not count.

The confidences are those that the checks state and the vote combines. A never falling curve for
each check and number of versions, fitted on four folds of sentences and applied to the fifth, was
tried in their place: at .046 its calibration error was no better, so there is none.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from divergence import SETS, Case, folder, load, run

from aligner.checks import CheckOptions

KIN = {"unit": {"unit", "number"}, "date": {"date", "number"}, "number": {"number", "unit", "date"}}
Sample = tuple[float, bool]


def samples(cases: list[Case]) -> dict[str, list[Sample]]:
    """Return confidence and whether right of each finding, by code and number of versions."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for case in cases:
        for one in case.found:
            hit = bool(KIN.get(one.type, {one.type}) & set(case.labels))
            if hit or not case.labels:
                right = hit and (one.odd is None or case.odd is None or one.odd == case.odd)
                found[f"{one.code}, {len(case.texts)} versions"].append((one.confidence, right))
    return found


def error(pairs: list[Sample], bins: int = 10) -> float:
    """Return the expected calibration error."""
    groups: dict[int, list[Sample]] = defaultdict(list)
    for confidence, right in pairs:
        groups[min(int(confidence * bins), bins - 1)].append((confidence, right))
    gaps = (abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups.values())
    return sum(gaps) / len(pairs)


def main() -> int:
    data = folder()
    if data is None:
        print("skipped: no labelled divergences; set ALIGNER_DIVERGENCE", file=sys.stderr)
        return 0
    cases: list[Case] = []
    for name in SETS:
        for path in sorted(data.glob(f"{name}*.jsonl")):
            part = list(load(path))
            run(part, CheckOptions(ignore=("D102", "D103", "D6", "D7")))
            cases += part
    pairs: list[Sample] = []
    for key, found in sorted(samples(cases).items()):
        right = sum(right for _, right in found) / len(found)
        stated = sum(confidence for confidence, _ in found) / len(found)
        print(f"{key}: {len(found)} findings, {right:.3f} right, {stated:.3f} stated")
        pairs += found
    print(f"calibration error {error(pairs):.3f} over {len(pairs)} findings")
    for least in (0.9, 0.8):
        sure = [right for confidence, right in pairs if confidence >= least]
        print(f"at {least} and above {sum(sure) / len(sure):.3f} of {len(sure)} are right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
