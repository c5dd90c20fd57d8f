"""Fit the model of lost words on damaged clean bitext, and measure it on text held apart.

    python benchmarks/words.py fit [--rows 24000]     # writes src/aligner/data/words.*
    python benchmarks/words.py measure                # text held apart

The bitext is looked for in ``$ALIGNER_TRAIN`` or ``../shared/train``; no labels are used.
Fitting needs torch and scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path

import _damage
import numpy as np

from aligner import load_encoder
from aligner._words._cut import Words, cut
from aligner._words._features import WORD_FEATURES, features
from aligner._words._grid import Grid, grids
from aligner._words._model import RANDOM_WORDS, WIDTH, Model, load_model

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "aligner" / "data"
STEPS = (0, 1, 2, 0)
HIDDEN = 32
BLUR = 0.35
"""Most noise on a vector, of its length."""


def folder() -> Path:
    path = Path(os.environ.get("ALIGNER_TRAIN", ROOT.parent / "shared" / "train"))
    if not path.is_dir():
        print(f"skipped: no bitext in {path}; set ALIGNER_TRAIN", file=sys.stderr)
        raise SystemExit(0)
    return path


@dataclass(frozen=True)
class Material:
    """Damaged rows, cut into words; texts of a row stand together, its originals after them."""

    rows: list[_damage.Row]
    words: Words
    firsts: list[int]

    def pairs(self, original: bool = False) -> np.ndarray:
        out = []
        for row, first in zip(self.rows, self.firsts, strict=True):
            n = len(row.texts)
            if not original:
                out += [(first + a, first + b) for a, b in combinations(range(n), 2)]
            elif row.removed[1]:
                out += [(first + x, first + n) for x in range(n) if x != row.odd]
        return np.array(out, np.int64).reshape(-1, 2)


def blurred(mat: Material, most: float, seed: int) -> Material:
    """Return the material with noise on the vectors: words of other fields fit less well."""
    rng = np.random.default_rng(seed)
    by_text = np.zeros(len(mat.words.bounds) - 1, np.float32)
    for row, first in zip(mat.rows, mat.firsts, strict=True):
        by_text[first : first + len(row.texts) + 1] = rng.uniform(0, most)
    strength = np.repeat(by_text, np.diff(mat.words.bounds))
    vectors = mat.words.vectors
    noise = rng.standard_normal(vectors.shape, np.float32) / np.sqrt(vectors.shape[1])
    noise *= (np.sqrt((vectors**2).sum(1)) * strength)[:, None]
    return Material(mat.rows, replace(mat.words, vectors=vectors + noise), mat.firsts)


def material(rows: list[_damage.Row]) -> Material:
    texts: list[str] = []
    firsts = []
    for row in rows:
        firsts.append(len(texts))
        texts += row.texts
        texts.append(row.originals[row.odd] if row.kind != "clean" else "")
    return Material(rows, cut(texts, load_encoder()), firsts)


def clean_rows(count: int, held: bool, rng: np.random.Generator):
    """Return clean rows, half of them triples, as loose as prose is.

    Manuals and messages, on which the vectors were fitted, are alike to .75; prose to .6. Rows
    are drawn with a weight that makes up for that, and longer ones more often.
    """
    rows = [r for r in _damage.load(folder()) if _damage.is_held_apart(r[1][0]) == held]
    triples = [r for r in rows if len(r[0]) == 3]
    pairs = [r for r in rows if len(r[0]) == 2]
    half = count // 2
    return _loose(triples, count - half, rng) + _loose(pairs, half, rng)


def _loose(rows, count: int, rng: np.random.Generator):
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


def damaged(count: int, held: bool, seed: int) -> list[_damage.Row]:
    rng = np.random.default_rng(seed)
    rows = clean_rows(count, held, rng)
    return [_damage.damage(row, rows[int(rng.integers(len(rows)))], rng) for row in rows]


def ratios(
    mat_texts: list[str], languages: list[str], usual: dict[str, float], pairs
) -> np.ndarray:
    size = np.array(
        [
            np.log(max(len(t), 1)) - usual.get(language, 0)
            for t, language in zip(mat_texts, languages, strict=True)
        ]
    )
    return (size[pairs[:, 0]] - size[pairs[:, 1]]).astype(np.float32)


def flat(mat: Material) -> tuple[list[str], list[str]]:
    texts, languages = [], []
    for row in mat.rows:
        texts += row.texts
        languages += row.languages
        texts.append(row.originals[row.odd])
        languages.append(row.languages[row.odd])
    return texts, languages


def labels(mat: Material, hubs: np.ndarray) -> dict[tuple[int, int], np.ndarray]:
    """Return for each ordered pair of texts with lost words: 1 lost, 0 kept, nan unknown."""
    found: dict[tuple[int, int], np.ndarray] = {}
    damaged_text = {}
    removed = {}
    for row, first in zip(mat.rows, mat.firsts, strict=True):
        n = len(row.texts)
        if row.kind == "clean":
            continue
        odd = first + row.odd
        damaged_text[first + n] = odd
        removed[first + n] = row.removed
        spans = mat.words.spans[mat.words.of(odd)]
        new = (spans[:, 0] >= row.inserted[0]) & (spans[:, 1] <= row.inserted[1])
        for x in range(n):
            if x != row.odd:
                found[odd, first + x] = new.astype(np.float32)
    for grid in grids(mat.words, hubs, mat.pairs(original=True)):
        links = grid.links()
        for k in range(len(grid.rows)):
            ours, original = PAIRS[grid.rows[k]]
            spans = mat.words.spans[mat.words.of(original)]
            low, high = removed[original]
            gone = (spans[:, 0] >= low) & (spans[:, 1] <= high)
            n, m = int(grid.source.here[k].sum()), len(spans)
            table = links[k, :n, :m]
            inside = table[:, gone].max(1, initial=-1)
            outside = table[:, ~gone].max(1, initial=-1)
            label = np.full(n, np.nan, np.float32)
            label[(inside > outside + 0.08) & (inside > 0.1)] = 1
            label[(outside > inside + 0.08) & (outside > 0.1)] = 0
            found[ours, damaged_text[original]] = _filled(label)
    return found


def _filled(label: np.ndarray) -> np.ndarray:
    """Unknown words between two of one kind are of that kind."""
    known = np.flatnonzero(~np.isnan(label))
    out = label.copy()
    for a, b in pairwise(known):
        if label[a] == label[b] and b - a <= 4:
            out[a:b] = label[a]
    return out


def fit_usual(words: Words, hubs: np.ndarray, pairs: np.ndarray):
    """Return mean best link by word, shrunk to a line in weight and hub."""
    keys, links, index = [], [], []
    for grid in grids(words, hubs, pairs):
        for one in (grid, grid.swapped()):
            best = one.links().max(2)
            index.append(one.source.index[one.source.here])
            links.append(best[one.source.here])
    at, value = np.concatenate(index), np.concatenate(links)
    weight = np.sqrt((words.vectors[at] ** 2).sum(1))
    design = np.stack([np.ones_like(weight), weight, hubs[at]], 1)
    line, *_ = np.linalg.lstsq(design, value, rcond=None)
    predicted = design @ line
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, rest in zip(at.tolist(), (value - predicted).tolist(), strict=True):
        entry = sums[words.keys[place]]
        entry[0] += rest
        entry[1] += 1
    line_of = {
        words.keys[p]: float(v) for p, v in zip(at.tolist(), predicted.tolist(), strict=True)
    }
    often = sorted((k for k, v in sums.items() if v[1] >= 12), key=lambda k: -sums[k][1])[:12000]
    usual = {k: line_of[k] + sums[k][0] / (sums[k][1] + 6) for k in often}
    del keys
    return usual, tuple(float(x) for x in line)


def batches(mat: Material, model: Model, random: np.ndarray, lengths: dict[str, float], marked):
    """Yield (features, here, label) of padded batches, both directions."""
    hubs = model.hubs(mat.words, random)
    usual = model.usuals(mat.words, hubs)
    pairs = mat.pairs()
    texts, languages = flat(mat)
    ratio = ratios(texts, languages, lengths, pairs)
    for grid in grids(mat.words, hubs, pairs):
        for swap in (False, True):
            one: Grid = grid.swapped() if swap else grid
            sign = -1 if swap else 1
            x = features(one, mat.words, usual, sign * ratio[grid.rows])
            y = np.zeros(x.shape[:2], np.float32)
            for k, row in enumerate(grid.rows):
                a, b = pairs[row][::-1] if swap else pairs[row]
                label = marked.get((a, b))
                if label is not None:
                    y[k, : len(label)] = label
            yield x, one.source.here, y


def train(data, epochs: int):
    import torch
    from torch import nn

    torch.manual_seed(0)
    torch.set_num_threads(1)
    rows = np.concatenate([x[h] for x, h, _ in data[::7]])
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    size = len(WORD_FEATURES)
    layers, inputs = nn.ModuleList(), size
    for k, step in enumerate(STEPS):
        outputs = HIDDEN if k + 1 < len(STEPS) else 1
        layers.append(nn.Linear(inputs * (WIDTH if step else 1), outputs))
        inputs = outputs

    def forward(x, here):
        now = x * here[:, :, None]
        for k, (layer, step) in enumerate(zip(layers, STEPS, strict=True)):
            if step:
                reach = WIDTH // 2 * step
                padded = nn.functional.pad(now, (0, 0, reach, reach))
                n = now.shape[1]
                now = torch.cat([padded[:, i * step : i * step + n] for i in range(WIDTH)], 2)
            now = layer(now)
            if k + 1 < len(STEPS):
                now = torch.relu(now) * here[:, :, None]
        return now[:, :, 0]

    tensors = [
        (
            torch.tensor((x - mean) / scale, dtype=torch.float32),
            torch.tensor(h, dtype=torch.float32),
            torch.tensor(y),
        )
        for x, h, y in data
    ]
    total = epochs * len(tensors)
    optimiser = torch.optim.AdamW(layers.parameters(), 3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total)
    rng = np.random.default_rng(1)
    for epoch in range(epochs):
        losses = []
        for i in rng.permutation(len(tensors)):
            x, here, y = tensors[i]
            known = here * (~torch.isnan(y))
            odds = forward(x, here)
            loss = nn.functional.binary_cross_entropy_with_logits(
                odds, torch.nan_to_num(y), reduction="none"
            )
            loss = (loss * known).sum() / known.sum().clamp(min=1)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch}: loss {np.mean(losses):.4f}", flush=True)
    arrays = {"mean": mean.astype(np.float32), "scale": scale.astype(np.float32)}
    for k, layer in enumerate(layers):
        arrays[f"weights{k}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"bias{k}"] = layer.bias.detach().numpy().astype(np.float16)
    return arrays


def fit(count: int, epochs: int) -> None:
    global PAIRS
    start = time.time()
    mat = material(damaged(count, False, 7))
    _texts, _languages = flat(mat)
    lengths = usual_lengths(mat.rows)
    rng = np.random.default_rng(3)
    picks = rng.permutation(len(mat.words))[: 4 * RANDOM_WORDS]
    random_words = sorted({mat.words.keys[i] for i in picks if len(mat.words.keys[i]) > 3})
    random_words = tuple(random_words[:: max(1, len(random_words) // RANDOM_WORDS)][:RANDOM_WORDS])
    encoder = load_encoder()
    random = encoder.encode(random_words)
    model = Model(random_words, {}, (0, 0, 0), None)
    hubs = model.hubs(mat.words, random)
    clean = [r for r in mat.rows if r.kind == "clean"]
    firsts = [f for r, f in zip(mat.rows, mat.firsts, strict=True) if r.kind == "clean"]
    usual, line = fit_usual(mat.words, hubs, Material(clean, mat.words, firsts).pairs())
    model = Model(random_words, usual, line, None)
    PAIRS = mat.pairs(original=True)
    marked = labels(mat, hubs)
    took = time.time() - start
    print(f"{len(mat.rows)} rows, {len(marked)} directions with lost words, {took:.0f} s")
    mat = blurred(mat, BLUR, 5)
    data = list(batches(mat, model, random, lengths, marked))
    print(f"features: {time.time() - start:.0f} s")
    arrays = train(data, epochs)
    words = sorted(usual)
    arrays["usual_words"] = np.array(words)
    arrays["usual_links"] = np.array([usual[w] for w in words], np.float16)
    np.savez_compressed(DATA / "words.network.npz", **arrays)
    about = {
        "encoder": encoder.name,
        "steps": STEPS,
        "usual_line": line,
        "lengths": lengths,
        "random": random_words,
    }
    (DATA / "words.model.json").write_text(
        json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(f"done: {time.time() - start:.0f} s")
    measure(4000)


def usual_lengths(rows) -> dict[str, float]:
    """Return log characters of each language against English."""
    found = defaultdict(list)
    for row in rows:
        size = dict(zip(row.languages, map(len, row.originals), strict=True))
        for language in row.languages[1:]:
            found[language].append(np.log(size[language] / size["en"]))
    return {"en": 0.0} | {k: round(float(np.median(v)), 4) for k, v in sorted(found.items())}


def measure(count: int) -> None:
    """Print how well lost words are told from kept ones in text held apart."""
    global PAIRS
    from sklearn.metrics import average_precision_score, roc_auc_score

    model = load_model()
    about = json.loads((DATA / "words.model.json").read_text(encoding="utf-8"))
    mat = material(damaged(count, True, 11))
    random = load_encoder().encode(model.random)
    hubs = model.hubs(mat.words, random)
    PAIRS = mat.pairs(original=True)
    marked = labels(mat, hubs)
    odds, truth, plain = [], [], []
    for x, here, y in batches(mat, model, random, about["lengths"], marked):
        z = model.lost(x, here)
        known = here & ~np.isnan(y)
        odds.append(z[known])
        truth.append(y[known])
        plain.append(-x[:, :, 0][known])
    z, y, p = map(np.concatenate, (odds, truth, plain))
    print(f"held apart: {len(y)} words, {y.mean():.3f} lost")
    for name, values in (("network", z), ("best link alone", p)):
        precision, area = average_precision_score(y, values), roc_auc_score(y, values)
        print(f"  {name}: average precision {precision:.3f}, area under the curve {area:.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["fit", "measure"])
    parser.add_argument("--rows", type=int, default=24000)
    parser.add_argument("--epochs", type=int, default=5)
    args = parser.parse_args()
    if args.what == "fit":
        fit(args.rows, args.epochs)
    else:
        measure(4000)
    return 0


if __name__ == "__main__":
    sys.exit(main())
