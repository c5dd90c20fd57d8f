"""Rebuild the embedded model with one command.

    python benchmarks/model/build.py WORK TEACHER MODELDIR

TEACHER is multilingual-e5-small as a sentence-transformers folder (its ``tokenizer.json`` is
needed). Two models are trained, each in two cycles with a whitening between them, their tables
averaged, and the vectors made more even in length. What an earlier run left in WORK is not made
again. Text, start model and result are deterministic on one machine; one thread is used, so that
sums are always taken in the same order.

    python benchmarks/model/build.py WORK TEACHER --seed 1

trains only the model of one seed, for a second process beside it.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is loaded

import numpy as np  # noqa: E402  # see above
from texts import PROSE, WEIGHTS, gather, read, source_of  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402
from whiten import write_whitened  # noqa: E402

from aligner._encode import clean, load_encoder  # noqa: E402
from aligner.models import StaticEncoder  # noqa: E402
from aligner.train import TrainOptions, fit, save_model  # noqa: E402
from aligner.train._start import Start, counts, cut_to, taught_table  # noqa: E402

PIECES = 36_000  # the most frequent ones are kept
DIMENSIONS = 384
SEEDS = (1, 2)
FIRST = TrainOptions(
    steps=4000,
    batch=1024,
    scale=11.0,
    rate=3e-3,
    longest=96,
    check_every=500,
    patience=100,
    storage="float32",
)
SECOND = replace(FIRST, steps=1500, rate=1e-3)
POWER = 0.4  # of the whitening between them
EVEN = 0.95  # power of the length of each vector
NAME, LANGUAGES = "aligner-static-4", ("de", "en", "sv")


def start_model(files: list[Path], teacher: Path, folder: Path) -> None:
    """Write the model to start from: the pieces of the teacher that occur, each encoded alone."""
    texts = sorted({clean(text) for path in files for pair in read(path) for text in pair})
    form = json.loads((teacher / "tokenizer.json").read_text(encoding="utf-8"))
    form.update(truncation=None, padding=None, post_processor=None)
    form["normalizer"]["normalizers"].append(
        {"type": "Strip", "strip_left": True, "strip_right": True}
    )
    unknown = form["model"]["unk_id"]
    seen = counts(Tokenizer.from_str(json.dumps(form)), texts)
    seen[unknown] = np.inf
    kept = np.sort(np.argsort(-seen, kind="stable")[:PIECES]).tolist()
    seen[unknown] = 0
    form["added_tokens"] = [t for t in form["added_tokens"] if t["id"] == unknown]
    whole = Start(Tokenizer.from_str(json.dumps(form)), np.zeros((len(seen), 1), np.float32))
    cut = cut_to(whole, form, kept)
    pieces = [str(cut.tokenizer.id_to_token(i)) for i in range(len(kept))]
    table = taught_table(load_encoder(teacher, device="cpu"), pieces, seen[kept], DIMENSIONS)
    table[kept.index(unknown)] = 0
    save_model(folder, cut.tokenizer.to_str(), table, "start", LANGUAGES, "float32")


def trained(work: Path, start: Path, files: list[Path], seed: int) -> StaticEncoder:
    """Return the model that *seed* gives: a cycle, a whitening, and a shorter cycle."""
    weights = {path: WEIGHTS.get(source_of(path), PROSE) for path in files}
    first, turned, second = (work / f"{name}-{seed}" for name in ("first", "turned", "second"))
    if not first.is_dir():
        print(fit(weights, first, options=replace(FIRST, start=str(start), seed=seed)), flush=True)
    if not turned.is_dir():
        write_whitened(work / "text", first, turned, POWER, "float32")
    if not second.is_dir():
        options = replace(SECOND, start=str(turned), seed=seed)
        print(fit(weights, second, options=options), flush=True)
    return StaticEncoder.load(second)


def averaged(models: list[StaticEncoder]) -> np.ndarray:
    """Return the mean of the tables, with long vectors made shorter beside the others."""
    table = np.stack([model.table for model in models]).mean(axis=0, dtype=np.float32)
    lengths = np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    return np.asarray(table * lengths ** (EVEN - 1), np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("output", type=Path, nargs="?")
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    files = gather(given.work / "text")
    start = given.work / "start"
    if not start.is_dir():
        start_model(files, given.teacher, start)
    seeds = SEEDS if given.seed is None else (given.seed,)
    models = [trained(given.work, start, files, seed) for seed in seeds]
    if given.output is not None:
        form = (given.work / f"second-{seeds[0]}" / "tokenizer.json").read_text(encoding="utf-8")
        save_model(given.output, form, averaged(models), NAME, LANGUAGES)


if __name__ == "__main__":
    main()
