"""Damaged bitext as words, features and labels: what the networks of `words.py` are fitted on."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import _damage
import numpy as np

from aligner import load_encoder
from aligner._words._grid import grids
from aligner._words._vocabulary import Vocabulary, Words
from aligner.models import load_embedded

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
BLUR = 0.35
"""Most noise on a vector of the manuals, on which the embedded model was fitted, of its length."""
BLUR_PROSE = 0.1
Labels = dict[tuple[int, int], np.ndarray]


def folder() -> Path:
    path = Path(os.environ.get("ALIGNER_TRAIN", ROOT.parent / "shared" / "train"))
    if not path.is_dir():
        print(f"skipped: no bitext in {path}; set ALIGNER_TRAIN", file=sys.stderr)
        raise SystemExit(0)
    return path


@dataclass(frozen=True)
class Material:
    """Damaged rows, cut into words; texts of a row stand together, the original of its damaged
    text after them.
    """

    rows: list[_damage.Row]
    texts: list[str]
    languages: list[str]
    words: Words
    firsts: list[int]

    def pairs(self, original: bool = False) -> np.ndarray:
        """Return the pairs of texts of each row, or of each sound text and the *original*."""
        out = []
        for row, first in zip(self.rows, self.firsts, strict=True):
            n = len(row.texts)
            if not original:
                out += [(first + a, first + b) for a, b in combinations(range(n), 2)]
            elif row.removed[1]:
                out += [(first + x, first + n) for x in range(n) if x != row.odd]
        return np.array(out, np.int64).reshape(-1, 2)


def material(rows: list[_damage.Row]) -> Material:
    texts: list[str] = []
    languages: list[str] = []
    firsts = []
    for row in rows:
        firsts.append(len(texts))
        texts += [*row.texts, row.originals[row.odd] if row.kind != "clean" else ""]
        languages += [*row.languages, row.languages[row.odd]]
    return Material(rows, texts, languages, Vocabulary(load_embedded()).cut(texts), firsts)


def blurred(mat: Material, seed: int) -> Material:
    """Return the material with noise on the vectors: words of other fields fit less well."""
    rng = np.random.default_rng(seed)
    by_text = np.zeros(len(mat.texts), np.float32)
    for row, first in zip(mat.rows, mat.firsts, strict=True):
        most = BLUR_PROSE if row.prose else BLUR
        by_text[first : first + len(row.texts) + 1] = rng.uniform(0, most)
    strength = np.repeat(by_text, np.diff(mat.words.bounds))
    words, vectors = mat.words, mat.words.vectors
    noise = rng.standard_normal(vectors.shape, np.float32)
    noise /= np.sqrt(vectors.shape[1])
    noise *= (words.weights * strength)[:, None]
    noise += vectors
    alone = replace(
        words,
        table=noise,
        letters=words.letters[words.which],
        forms=words.keys,
        lengths=words.weights,
        which=np.arange(len(words)),
    )
    return replace(mat, words=alone)


def damaged(count: int, held: bool, seed: int) -> list[_damage.Row]:
    """Return rows of manuals and as many of prose, some of them clean."""
    rng = np.random.default_rng(seed)
    out = []
    for prose, rows in ((False, _manuals(held)), (True, _damage.prose())):
        rows = [r for r in rows if _damage.is_held_apart(r[1][0]) == held]
        if prose:
            picks = rng.choice(len(rows), count // 2, replace=len(rows) < count // 2)
            chosen = _damage.joined([rows[i] for i in sorted(picks)], rng)
        else:
            triples = [r for r in rows if len(r[0]) == 3]
            pairs = [r for r in rows if len(r[0]) == 2]
            chosen = _loose(triples, count // 3, rng) + _loose(pairs, count // 6, rng)
            chosen = _damage.joined(chosen, rng)
        for row in chosen:
            other = chosen[int(rng.integers(len(chosen)))]
            out.append(replace(_damage.damage(row, other, rng), prose=prose))
    return out


def _manuals(held: bool) -> list[_damage.Clean]:
    return [r for r in _damage.manuals(folder()) if _damage.is_held_apart(r[1][0]) == held]


def _loose(
    rows: Sequence[_damage.Clean], count: int, rng: np.random.Generator
) -> list[_damage.Clean]:
    """Return rows as loose as prose is.

    Manuals and messages, on which the vectors were fitted, are alike to .75; prose to .6. Rows
    are drawn with a weight that makes up for that, and longer ones more often.
    """
    rows = [rows[i] for i in rng.permutation(len(rows))[: 4 * count]]
    vectors = load_encoder().encode([t for r in rows for t in r[1]])
    weights, at = np.zeros(len(rows)), 0
    for k, row in enumerate(rows):
        own = vectors[at : at + len(row[1])]
        at += len(row[1])
        lengths = [len(t) for t in row[1]]
        if max(lengths) < 1.6 * min(lengths):
            alike = (own @ own.T).min()
            weights[k] = np.exp(-((alike - 0.6) ** 2) / (2 * 0.1**2)) * min(1, lengths[0] / 90)
            weights[k] *= 0.42 < alike < 0.93
    return [rows[i] for i in rng.choice(len(rows), count, replace=False, p=weights / weights.sum())]


def labels(mat: Material, hubs: np.ndarray) -> Labels:
    """Return for each ordered pair of texts with lost words: 1 lost, 0 kept, nan unknown."""
    found: Labels = {}
    damaged_text, removed = {}, {}
    for row, first in zip(mat.rows, mat.firsts, strict=True):
        n, odd = len(row.texts), first + row.odd
        if row.kind == "clean":
            continue
        damaged_text[first + n], removed[first + n] = odd, row.removed
        spans = mat.words.spans[mat.words.of(odd)]
        new = (spans[:, 0] >= row.inserted[0]) & (spans[:, 1] <= row.inserted[1])
        for x in range(n):
            if x != row.odd:
                found[odd, first + x] = new.astype(np.float32)
    pairs = mat.pairs(original=True)
    for grid in grids(mat.words, hubs, pairs):
        links = grid.links
        for k in range(len(grid.rows)):
            ours, original = pairs[grid.rows[k]].tolist()
            spans = mat.words.spans[mat.words.of(original)]
            low, high = removed[original]
            gone = (spans[:, 0] >= low) & (spans[:, 1] <= high)
            table = links[k, : int(grid.source.here[k].sum()), : len(spans)]
            found[ours, damaged_text[original]] = _label(table, gone)
    return found


def _label(links: np.ndarray, gone: np.ndarray) -> np.ndarray:
    inside = links[:, gone].max(1, initial=-1)
    outside = links[:, ~gone].max(1, initial=-1)
    label = np.full(len(links), np.nan, np.float32)
    label[(inside > outside + 0.08) & (inside > 0.1)] = 1
    label[(outside > inside + 0.08) & (outside > 0.1)] = 0
    known = np.flatnonzero(~np.isnan(label))
    out = label.copy()
    for a, b in pairwise(known):
        if label[a] == label[b] and b - a <= 4:
            out[a:b] = label[a]
    return out


def usual_lengths(rows: Sequence[_damage.Row]) -> dict[str, float]:
    """Return log characters of each language against English."""
    found: dict[str, list[float]] = {}
    for row in rows:
        size = dict(zip(row.languages, map(len, row.originals), strict=True))
        for language in row.languages[1:]:
            found.setdefault(language, []).append(np.log(size[language] / size["en"]))
    return {"en": 0.0} | {k: round(float(np.median(v)), 4) for k, v in sorted(found.items())}
