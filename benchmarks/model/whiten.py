"""Turn a model so that the vectors of sentences lie more evenly, against hubs (partial whitening).

    python benchmarks/model/whiten.py WORK/text MODEL OUTPUT --power 0.4
    python benchmarks/model/evaluate.py MODEL OUTPUT

The axes of the covariance of sentence vectors are stretched by their variance to the power of minus
half of ``--power``: 0 changes nothing, 1 makes all directions alike. The sentences are every 97th
pair of the prose that ``texts.py`` gathered. A turned model still adds up, and its table keeps its
norm, so that it may be trained further.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from texts import WEIGHTS, read, source_of

from aligner.models import StaticEncoder
from aligner.train import save_model

if TYPE_CHECKING:
    from aligner.train._options import Storage

EVERY = 97
LEAST = 1e-6  # of the variance of an axis


def sentences(folder: Path) -> list[str]:
    """Return some of the sentences that the model was trained on; no dictionary, no message."""
    prose = [path for path in sorted(folder.glob("*.tsv.gz")) if source_of(path) not in WEIGHTS]
    return [text for path in prose for pair in islice(read(path), 0, None, EVERY) for text in pair]


def whitened(encoder: StaticEncoder, texts: list[str], power: float) -> np.ndarray:
    """Return the table of the model, turned by what *texts* have in common."""
    vectors = encoder.encode(texts).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    values, axes = np.linalg.eigh(vectors.T @ vectors / len(vectors))
    table = encoder.table @ (axes * np.maximum(values, LEAST) ** (-power / 2)) @ axes.T
    table *= np.linalg.norm(encoder.table) / np.linalg.norm(table)
    return np.asarray(table, np.float32)


def write_whitened(text: Path, model: Path, output: Path, power: float, storage: Storage) -> None:
    """Write the model in the folder *model*, turned by the sentences in the folder *text*."""
    encoder = StaticEncoder.load(model)
    table = whitened(encoder, sentences(text), power)
    form = (model / "tokenizer.json").read_text(encoding="utf-8")
    save_model(output, form, table, output.name, encoder.languages or (), storage)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--power", type=float, default=0.4)
    given = parser.parse_args()
    write_whitened(given.text, given.model, given.output, given.power, "int8")


if __name__ == "__main__":
    main()
