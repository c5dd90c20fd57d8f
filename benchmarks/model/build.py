"""Rebuild the embedded model with one command.

    python benchmarks/model/build.py WORK TEACHER MODELDIR

TEACHER is multilingual-e5-small as a sentence-transformers folder (its ``tokenizer.json`` is
needed). Text, start model and result are deterministic on one machine; one thread is used, so
that sums are always taken in the same order.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is loaded

import numpy as np  # noqa: E402  # see above
from corpus import gather, read  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from aligner._encode import clean, load_encoder  # noqa: E402
from aligner.train import TrainOptions, fit, save_model  # noqa: E402
from aligner.train._start import Start, counts, cut_to, taught_table  # noqa: E402

# How often a pair of a source is drawn, relative to a dictionary entry.
WEIGHTS = {"ding": 1.5, "freedict": 1.0, "pivot": 1.0, "gettext": 3.0, "packages-short": 3.0}
PROSE = 8.0
PIECES = 36_000  # the most frequent ones are kept
DIMENSIONS = 384
OPTIONS = TrainOptions(
    steps=4000, batch=1024, scale=11.0, rate=3e-3, longest=96, check_every=500, patience=100
)
NAME = "aligner-static-2"


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
    save_model(folder, cut.tokenizer.to_str(), table, "start", ["de", "en", "sv"], "float32")


def main(work: Path, teacher: Path, output: Path) -> None:
    files = gather(work / "text")
    start = work / "start"
    if not start.is_dir():
        start_model(files, teacher, start)
    weights = {path: WEIGHTS.get(path.name.split(".")[0], PROSE) for path in files}
    options = replace(OPTIONS, start=str(start))
    part = output.with_name(NAME)
    print(fit(weights, part, options=options, progress=True))
    part.rename(output)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
