"""Fit and measure the judge of runs of lost words, on text the networks of `words.py` never saw.

    python benchmarks/judge.py [--rows 8000]          # writes src/aligner/data/words.judge.json

A suspicion is judged by a logistic regression over its looks: networks did no better on text held
apart. Rows of which a phrase was exchanged, or all, are left out: where both sides have words that
the other lacks, most often the translation is free.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from _damage import CAREFUL, Row
from _material import Labels, blurred, damaged, labels, material
from words import DATA

from aligner import load_encoder
from aligner._words._analyse import Analyser
from aligner._words._judge import Judge
from aligner._words._model import load_model
from aligner._words._suspicions import EXCHANGE_FEATURES, RUN_FEATURES, Exchange, Suspicion

if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN = 0.5
"""Share of clean rows."""
PRIORS = {"group-omission": 0.4, "group-addition": 0.4, "pair-omission": 0.4, "pair-addition": -0.2}
"""Log odds added to single suspicions: real text is clearer than the noise on the vectors here.

Translators add freely; between two versions an addition is then worth what it states
(``check_calibration.py --words``).
"""
Example = tuple[Suspicion | Exchange, bool]


def examples(rows: list[Row]) -> list[Example]:
    """Return all suspicions of the rows, and whether each is right."""
    mat = material(rows)
    model = load_model()
    marked = labels(mat, model.hubs(mat.words, load_encoder().encode(model.random)))
    pairs = [(int(a), int(b)) for a, b in mat.pairs()]
    analyser = Analyser(load_encoder())
    analysis = analyser.compare(blurred(mat, 9).words, mat.texts, mat.languages, pairs)
    groups = {
        tuple(range(first, first + len(row.texts))): row
        for row, first in zip(rows, mat.firsts, strict=True)
    }
    groups = {g: r for g, r in groups.items() if all(p in analysis.table for p in pairs_of(g))}
    evidence = analyser.evidence(analysis, list(groups))
    out: list[Example] = []
    for group in evidence.doubtful:
        row, first = groups[tuple(group)], group[0]
        some = list(evidence.suspicions(group))
        right = {id(one): truth(one, row, first, marked) for one in some}
        if row.kind not in ("swap", "whole"):
            out += [(one, right[id(one)]) for one in some]
        for both in evidence.exchanges(some):
            out.append((both, right[id(both.omitted)] and right[id(both.added)]))
    return out


def pairs_of(group: Sequence[int]) -> list[tuple[int, int]]:
    return list(combinations(group, 2))


def truth(one: Suspicion, row: Row, first: int, marked: Labels) -> bool:
    if row.kind == "clean":
        return False
    against = one.odd if one.kind == "omission" else one.others[0]
    if len(row.texts) == 2:
        against = one.others[0]
    elif one.odd != first + row.odd:
        return False
    label = marked.get((one.text, against))
    if label is None:
        return False
    part = label[one.run.first : one.run.last]
    known = part[~np.isnan(part)]
    return len(known) > 0 and bool(known.mean() > 0.5)


def as_pair(row: Row) -> Row:
    """Return two versions of the row, the damaged one among them."""
    if len(row.texts) < 3:
        return row
    first = max(row.odd, 0)
    keep = sorted({first, (first + 1 + len(row.texts[0]) % 2) % 3})
    languages, texts, originals = (
        tuple(values[k] for k in keep) for values in (row.languages, row.texts, row.originals)
    )
    odd = keep.index(row.odd) if row.odd >= 0 else -1
    return Row(
        languages, texts, originals, row.kind, odd, row.removed, row.inserted, row.prose
    )  # fmt: skip


def fit_one(x: np.ndarray, y: np.ndarray) -> Judge:
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(0), x.std(0) + 1e-3
    best = LogisticRegression(C=0.1, max_iter=3000)
    best.fit(np.clip((x - mean) / scale, -4, 4), y)
    layers = ((best.coef_.T.astype(np.float32), best.intercept_.astype(np.float32)),)
    return Judge(mean.astype(np.float32), scale.astype(np.float32), layers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=12000)
    args = parser.parse_args()
    from sklearn.metrics import average_precision_score

    rows = damaged(args.rows, True, 21, CLEAN, CAREFUL)
    part = [crc32(row.originals[0].encode()) // 7 % 4 > 0 for row in rows]
    fitting = [r for r, p in zip(rows, part, strict=True) if p]
    testing = [r for r, p in zip(rows, part, strict=True) if not p]
    data: dict[str, object] = {"features": RUN_FEATURES, "exchange": EXCHANGE_FEATURES}
    for name in ("group", "pair"):
        train, test = (
            examples([as_pair(r) for r in some] if name == "pair" else triples(some))
            for some in (fitting, testing)
        )
        for kind in ("omission", "addition", "exchange"):
            judge = fit_one(*arrays(train, kind))
            x, y = arrays(test, kind)
            p = judge(x)
            plain = average_precision_score(y, x[:, 0])
            print(
                f"{name} {kind}: {len(y)} held apart, {y.mean():.3f} true, average precision "
                f"{average_precision_score(y, p):.3f} (score alone {plain:.3f}), "
                f"calibration {calibration(p, y):.3f}",
                flush=True,
            )
            prior = PRIORS.get(f"{name}-{kind}", 0.0)
            data[f"{name}-{kind}"] = {
                "mean": judge.mean.round(4).tolist(),
                "scale": judge.scale.round(4).tolist(),
                "layers": [
                    [w.round(4).tolist(), (b + prior).round(4).tolist()] for w, b in judge.layers
                ],
            }
    text = json.dumps(data, default=float)
    (DATA / "words.judge.json").write_text(text + "\n", encoding="utf-8")
    return 0


def triples(rows: list[Row]) -> list[Row]:
    return [row for row in rows if len(row.texts) > 2]


def arrays(found: list[Example], kind: str) -> tuple[np.ndarray, np.ndarray]:
    rows = [(one.values, true) for one, true in found if one.kind == kind]
    return np.array([v for v, _ in rows], np.float32), np.array([t for _, t in rows])


def calibration(p: np.ndarray, y: np.ndarray) -> float:
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs((p - y)[bins == b].sum()) for b in range(10)) / len(y))


if __name__ == "__main__":
    sys.exit(main())
