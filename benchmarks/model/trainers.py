"""Time of a training step: aligner's arrays against sentence-transformers, same start and pairs.

    python benchmarks/model/trainers.py BITEXT.en-de.tsv.gz

One thread each, 1,024 pairs a batch. ``sentence-transformers`` is its StaticEmbedding, its
MultipleNegativesRankingLoss in both directions and torch's Adam in the loop that its trainer runs;
the trainer itself also needs ``datasets`` and ``accelerate`` and is no faster.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is loaded

import numpy as np  # noqa: E402  # see above

from aligner.models import EMBEDDED_FOLDER, load_embedded  # noqa: E402
from aligner.train import TrainOptions  # noqa: E402
from aligner.train._bitext import read_bitext  # noqa: E402
from aligner.train._fit import pieces  # noqa: E402
from aligner.train._loop import Pairs, _step, new_state  # noqa: E402

BATCH, STEPS, SEED = 1024, 20, 1
Step = Callable[[], object]


def ours(left: tuple[str, ...], right: tuple[str, ...]) -> Step:
    """Return a step of aligner's trainer."""
    encoder = load_embedded()
    source, target = (pieces(encoder._tokenizer, texts) for texts in (left, right))
    pairs = Pairs(source, target, (len(left),), (1.0,))
    state = new_state(encoder.table, SEED)
    return lambda: _step(state, pairs, TrainOptions(batch=BATCH), None)


def theirs(left: tuple[str, ...], right: tuple[str, ...]) -> Step:
    """Return a step of sentence-transformers' modules."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from sentence_transformers.models import StaticEmbedding

    torch.set_num_threads(1)
    model = SentenceTransformer(modules=[StaticEmbedding.load(str(EMBEDDED_FOLDER))], device="cpu")
    loss = MultipleNegativesRankingLoss(model, scale=10.0)
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    random = np.random.default_rng(SEED)

    def step() -> None:
        rows = random.integers(0, len(left), BATCH)
        features = [model.preprocess([side[i] for i in rows]) for side in (left, right)]
        optimiser.zero_grad()
        value = (loss(features, None) + loss(features[::-1], None)) / 2
        value.backward()
        optimiser.step()

    return step


def main(path: Path) -> None:
    read = read_bitext([path])
    for name, step in (("aligner", ours), ("sentence-transformers", theirs)):
        run = step(read.left, read.right)
        run()
        start = time.process_time()
        for _ in range(STEPS):
            run()
        print(f"{name:<22} {(time.process_time() - start) / STEPS * 1e3:6.0f} ms a step")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
