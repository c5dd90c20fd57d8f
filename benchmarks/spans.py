"""Measure spans on one side only on real web pages: our own alignment, then the checks.

    python benchmarks/spans.py [--pages 40] [--show 10]

A found span is right if it and a gold span share more than half of the letters of each. Gold is
what stands on one side only with a score of 3 or more; smaller scores count neither way.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict

from divergence import folder

import aligner
from aligner.checks import CheckOptions, check

_KINDS = frozenset({"missing", "omission", "addition"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    data = folder()
    if data is None:
        print("skipped: no labelled divergences; set ALIGNER_DIVERGENCE", file=sys.stderr)
        return 0
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    gold_found = gold_all = 0
    with (data / "swissgov_rsd.en-de.jsonl").open(encoding="utf-8") as file:
        for row in [json.loads(line) for line in file][: args.pages]:
            alignment = aligner.align({"en": row["src_lines"], "de": row["tgt_lines"]})
            comparison = check(alignment, CheckOptions(select=("D1",)))
            starts = {d.name: [s.start for s in d.segments] for d in alignment.documents}
            gold, small = gold_spans(row, starts)
            hit: set[tuple[str, int, int]] = set()
            for one in comparison.divergences:
                if one.type not in _KINDS or one.severity == "style":
                    continue
                for version, spans in one.spans.items():
                    for span in spans:
                        found = (version, span.start, span.end)
                        if any(alike(found, other) for other in small):
                            continue
                        matches = [other for other in gold if alike(found, other)]
                        hit.update(matches)
                        totals[one.type][0] += 1
                        totals[one.type][1] += bool(matches)
                        if not matches and args.show and one.type != "missing":
                            args.show -= 1
                            text = alignment.document(version).text
                            print(
                                f"  {one.confidence:.2f} {version} {text[span.start : span.end]!r}"
                            )
            gold_found += len(hit)
            gold_all += len(gold)
    for kind, (count, right) in sorted(totals.items()):
        print(f"{kind:10} {count:5} found, {right / max(count, 1):.3f} right")
    count, right = map(sum, zip(*totals.values(), strict=True))
    precision, recall = right / max(count, 1), gold_found / max(gold_all, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"precision {precision:.3f}, recall {recall:.3f} of {gold_all}, F1 {f1:.3f}")
    return 0


def gold_spans(row, starts):
    """Return the gold spans on one side only, those that count and those of a small score."""
    counted, small = [], []
    for one in row["annotations"]:
        if not one["kind"].startswith("only"):
            continue
        for version, key in (("en", "en"), ("de", "other")):
            for line, start, end in one[key]:
                first = starts[version][line]
                span = (version, first + start, first + end)
                (counted if one["score"] >= 3 else small).append(span)
    return counted, small


def alike(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    shared = min(one[2], other[2]) - max(one[1], other[1])
    longest = max(one[2] - one[1], other[2] - other[1])
    return one[0] == other[0] and 2 * shared > longest


if __name__ == "__main__":
    sys.exit(main())
