"""Fit and measure the judge of runs of lost words, on text the network of `words.py` never saw.

python benchmarks/judge.py [--rows 6000]          # writes src/aligner/data/words.judge.json
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import combinations
from zlib import crc32

import numpy as np
import words as base
from _damage import Row

from aligner import load_encoder
from aligner._words._analyse import Analyser
from aligner._words._judge import RUN_FEATURES, Judge, suspicions
from aligner._words._model import load_model

PRIOR = {"group": 0.2, "pair": -0.2}
"""Log odds added: damage is rarer in real text, but found more easily than under the noise here."""


def examples(rows: list[Row], pairs_only: bool):
    """Return features, truth and kind of all suspicions, by number of versions."""
    rows = [as_pair(row) if pairs_only and len(row.texts) > 2 else row for row in rows]
    mat = base.material(rows)
    texts, languages = base.flat(mat)
    pairs = [tuple(p) for p in mat.pairs().tolist()]
    random = load_encoder().encode(load_model().random)
    hubs = load_model().hubs(mat.words, random)
    base.PAIRS = mat.pairs(original=True)
    marked = base.labels(mat, hubs)
    blurred = base.blurred(mat, base.BLUR, 9)
    analysis = Analyser(load_encoder()).compare(blurred.words, texts, languages, pairs)
    table = analysis.table
    out = []
    for row, first in zip(rows, mat.firsts, strict=True):
        places = range(first, first + len(row.texts))
        if all(p in table for p in combinations(places, 2)):
            for one in suspicions(places, table, analysis.words):
                out.append((one, truth(one, row, first, marked), row))
    return out


def truth(one, row: Row, first: int, marked) -> bool:
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
    keep = [row.odd if row.odd >= 0 else 0]
    keep = sorted({keep[0], (keep[0] + 1 + len(row.texts[0]) % 2) % 3})
    pick = lambda values: tuple(values[k] for k in keep)  # noqa: E731
    odd = keep.index(row.odd) if row.odd >= 0 else -1
    return Row(
        pick(row.languages),
        pick(row.texts),
        pick(row.originals),
        row.kind,
        odd,
        row.removed,
        row.inserted,
    )


def fit_one(x: np.ndarray, y: np.ndarray) -> Judge:
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(0), x.std(0) + 1e-3
    best = LogisticRegression(C=0.05, max_iter=2000).fit(np.clip((x - mean) / scale, -4, 4), y)
    layers = ((best.coef_.T.astype(np.float32), best.intercept_.astype(np.float32)),)
    return Judge(mean.astype(np.float32), scale.astype(np.float32), layers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=6000)
    args = parser.parse_args()
    from sklearn.metrics import average_precision_score

    rows = base.damaged(args.rows, True, 21)
    part = [crc32(row.originals[0].encode()) // 7 % 4 > 0 for row in rows]
    fitting = [r for r, p in zip(rows, part, strict=True) if p]
    testing = [r for r, p in zip(rows, part, strict=True) if not p]
    data = {"prior": PRIOR, "features": RUN_FEATURES}
    for name, pairs_only in (("group", False), ("pair", True)):
        wanted = [r for r in fitting if pairs_only or len(r.texts) == 3]
        apart = [r for r in testing if pairs_only or len(r.texts) == 3]
        train, test = examples(wanted, pairs_only), examples(apart, pairs_only)
        for kind in ("omission", "addition"):
            x, y = arrays(train, kind)
            judge = fit_one(x, y)
            x2, y2 = arrays(test, kind)
            p = judge(x2)
            plain = average_precision_score(y2, x2[:, 0])
            print(
                f"{name} {kind}: {len(y2)} held apart, {y2.mean():.3f} true, average precision "
                f"{average_precision_score(y2, p):.3f} (score alone {plain:.3f}), "
                f"calibration {calibration(p, y2):.3f}"
            )
            data[f"{name}-{kind}"] = {
                "mean": judge.mean.round(4).tolist(),
                "scale": judge.scale.round(4).tolist(),
                "layers": [[w.round(4).tolist(), b.round(4).tolist()] for w, b in judge.layers],
            }
    text = json.dumps(data, default=float)
    (base.DATA / "words.judge.json").write_text(text + "\n", encoding="utf-8")
    return 0


def arrays(found, kind: str):
    rows = [(one.values, true) for one, true, _ in found if one.kind == kind]
    return np.array([v for v, _ in rows], np.float32), np.array([t for _, t in rows])


def calibration(p: np.ndarray, y: np.ndarray) -> float:
    bins = np.minimum((p * 10).astype(int), 9)
    return float(
        sum(
            abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean()
            for b in range(10)
            if (bins == b).any()
        )
    )


if __name__ == "__main__":
    sys.exit(main())
