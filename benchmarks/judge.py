"""Fit and measure the judge of runs of lost words, on free translations with known damage.

    python benchmarks/judge.py                        # writes src/aligner/data/words.judge.json

The rows are careful human translations that the networks of `words.py` have not seen, each once as
it is and some times damaged: in what they were fitted on they suspect too little (an omission in
.031 of the clean pairs, in .043 of those held apart). A suspicion is judged by a logistic
regression over its looks: boosted trees and networks did no better on text held apart, nor did
eleven more looks. What is right is known for the damage alone, so a suspicion beside the damage
counts neither way, and rows of which a phrase was exchanged, or all, are left out: where both sides
have words that the other lacks, most often the translation is free.

From how likely a suspicion has to be is set on folds of sentences: so that of the clean
rows no more than `ALARMS` have one of its kind.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from _damage import Row, damage, is_held_apart, joined, prose
from _material import Labels, labels, material
from words import DATA

from aligner import load_encoder
from aligner._words._analyse import Analyser
from aligner._words._judge import MOST, Judge
from aligner._words._model import load_model
from aligner._words._suspicion import EXCHANGE_FEATURES, RUN_FEATURES, Suspicion
from aligner.models import load_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COPIES = {"ntrex": 15, "gdpr": 6, "wmt24": 9, "cc": 6, "udhr": 6}
"""Sets in which a phrase without counterpart is rare, so that clean rows are clean, and how often
each of their rows is damaged.
"""
ALARMS = {
    "group-omission": 0.04,
    "group-addition": 0.022,
    "group-exchange": 0.008,
    "pair-omission": 0.054,
    "pair-addition": 0.015,
    "pair-exchange": 0.01,
}
"""Share of clean rows that may have a suspicion of a kind.

Translators add freely and say things otherwise: of that fewer alarms are allowed than of omissions,
more than half of which are true where three versions speak. What the second of two versions lacks
is asked after nearly from even odds on.
"""
FOLDS = 4
NEAR = 3
"""Words beside a suspicion among which damage makes it a doubtful one."""
_TOGETHER = 1500


@dataclass(frozen=True)
class Example:
    """The looks of a suspicion, whether it is right, and the row it is of."""

    kind: str
    values: tuple[float, ...]
    right: bool
    row: Row


def damaged() -> list[Row]:
    """Return each row of the sets clean, and its damaged copies."""
    rng = np.random.default_rng(21)
    out = []
    for name, copies in COPIES.items():
        rows = [row for row in prose([name]) if is_held_apart(row[1][0])]
        out += [Row(languages, texts, texts, prose=True) for languages, texts in rows]
        for _ in range(copies):
            for row in joined(rows, rng):
                other = rows[int(rng.integers(len(rows)))]
                out.append(replace(damage(row, other, rng, clean_share=0), prose=True))
    return out


def examples(rows: list[Row]) -> Iterator[Example]:
    """Yield the suspicions of the rows of which it is known whether they are right."""
    for start in range(0, len(rows), _TOGETHER):
        yield from _some(rows[start : start + _TOGETHER])


def _some(rows: list[Row]) -> Iterator[Example]:
    mat = material(rows)
    model = load_model()
    marked = labels(mat, model.hubs(mat.words, load_encoder().encode(model.random)))
    pairs = [(int(a), int(b)) for a, b in mat.pairs()]
    analyser = Analyser(load_embedded())
    analysis = analyser.compare(mat.words, mat.texts, mat.languages, pairs)
    groups = {
        tuple(range(first, first + len(row.texts))): row
        for row, first in zip(rows, mat.firsts, strict=True)
    }
    groups = {g: r for g, r in groups.items() if all(p in analysis.table for p in pairs_of(g))}
    evidence = analyser.evidence(analysis, list(groups))
    for group in evidence.doubtful:
        row, first = groups[tuple(group)], group[0]
        some = list(evidence.suspicions(group))
        right = {id(one): truth(one, row, first, marked) for one in some}
        for one in some if row.kind not in ("swap", "whole") else ():
            true = right[id(one)]
            if true is not None:
                yield Example(one.kind, one.values, true, row)
        for both in evidence.exchanges(some):
            true = bool(right[id(both.omitted)] and right[id(both.added)])
            yield Example(both.kind, both.values, true, row)


def pairs_of(group: Sequence[int]) -> list[tuple[int, int]]:
    return list(combinations(group, 2))


def truth(one: Suspicion, row: Row, first: int, marked: Labels) -> bool | None:
    """Return whether a suspicion is right; ``None`` if it may be part of the damage."""
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
    if len(known) > 0 and known.mean() > 0.5:
        return True
    near = label[max(one.run.first - NEAR, 0) : one.run.last + NEAR]
    return None if (np.isnan(near) | (near > 0)).any() else False


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
    best.fit(np.clip((x - mean) / scale, -MOST, MOST), y)
    weights = best.coef_[0].astype(np.float32)
    bias = float(best.intercept_[0])
    return Judge(mean.astype(np.float32), scale.astype(np.float32), weights, bias)


def held_apart(found: Sequence[Example]) -> np.ndarray:
    """Return the probability of each example by a judge that has not seen its sentence."""
    x, y = arrays(found)
    fold = np.array([crc32(one.row.originals[0].encode()) // 7 % FOLDS for one in found])
    out = np.zeros(len(found))
    for k in range(FOLDS):
        out[fold == k] = fit_one(x[fold != k], y[fold != k])(x[fold == k])
    return out


def threshold(found: Sequence[Example], p: np.ndarray, rows: Sequence[Row], alarms: float) -> float:
    """Return the log odds above which no more clean rows than *alarms* have a suspicion."""
    clean = sum(row.kind == "clean" for row in rows)
    worst: dict[int, float] = {}
    for one, probability in zip(found, p.tolist(), strict=True):
        if one.row.kind == "clean":
            worst[id(one.row)] = max(worst.get(id(one.row), 0.0), probability)
    ranked = sorted(worst.values(), reverse=True)[int(alarms * clean) :]
    least = max([0.5, *ranked[:1]])
    return float(np.log(least / (1 - least)))


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    from sklearn.metrics import average_precision_score

    rows = damaged()
    data: dict[str, object] = {"features": RUN_FEATURES, "exchange": EXCHANGE_FEATURES}
    for size in ("group", "pair"):
        some = [as_pair(row) for row in rows] if size == "pair" else triples(rows)
        every = list(examples(some))
        for kind in ("omission", "addition", "exchange"):
            found = [one for one in every if one.kind == kind]
            x, y = arrays(found)
            p = held_apart(found)
            least = threshold(found, p, some, ALARMS[f"{size}-{kind}"])
            plain = average_precision_score(y, x[:, 0])
            print(
                f"{size} {kind}: {len(y)} suspicions, {y.mean():.3f} true, average precision held "
                f"apart {average_precision_score(y, p):.3f} (score alone {plain:.3f}), calibration "
                f"{calibration(p, y):.3f}, from log odds {least:.2f} on "
                f"{(p[y] > 1 / (1 + np.exp(-least))).mean():.3f} of the true ones",
                flush=True,
            )
            data[f"{size}-{kind}"] = as_json(fit_one(x, y), least)
    text = json.dumps(data, default=float)
    (DATA / "words.judge.json").write_text(text + "\n", encoding="utf-8")
    return 0


def as_json(judge: Judge, least: float) -> dict[str, object]:
    """Return the judge with *least* for its even odds."""
    return {
        "mean": judge.mean.round(4).tolist(),
        "scale": judge.scale.round(4).tolist(),
        "weights": judge.weights.round(4).tolist(),
        "bias": round(judge.bias - least, 4),
    }


def triples(rows: list[Row]) -> list[Row]:
    return [row for row in rows if len(row.texts) > 2]


def arrays(found: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([e.values for e in found], np.float32), np.array([e.right for e in found])


def calibration(p: np.ndarray, y: np.ndarray) -> float:
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs((p - y)[bins == b].sum()) for b in range(10)) / len(y))


if __name__ == "__main__":
    sys.exit(main())
