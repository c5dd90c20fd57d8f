"""Time and memory against the length of the text: the development news, tiled in shuffled order.

    python benchmarks/scale.py 20000 80000          # segments a side
    python benchmarks/scale.py 1000000 --vectors    # beads from synthetic vectors, nothing encoded

Prints CPU seconds of each stage, their ratio to only tokenising the same sentences, the greatest
memory in use and strict F1 against the gold of the tiles.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

import _gold
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner import Bead

MODEL = Path(__file__).parent.parent / "src" / "aligner" / "models" / "base"

Pair = tuple[tuple[int, ...], tuple[int, ...]]


def tiles(pair: str) -> list[tuple[list[str], list[str], list[Pair]]]:
    """Return the documents of the news set."""
    return [
        (
            list(case.source),
            list(case.target),
            [(bead.sides[0], bead.sides[1]) for bead in case.gold],
        )
        for case in _gold.cases(("ntrex",), (pair,))
    ]


def tiled(pair: str, size: int) -> tuple[list[str], list[str], list[Pair]]:
    """Return a text of about *size* segments a side; each round of tiles is numbered apart."""
    source: list[str] = []
    target: list[str] = []
    gold: list[Pair] = []
    rng, documents, turn = random.Random(7), tiles(pair), 0
    while len(source) < size:
        turn += 1
        for ours, theirs, beads in rng.sample(documents, len(documents)):
            i, j = len(source), len(target)
            gold.extend((tuple(k + i for k in x), tuple(k + j for k in y)) for x, y in beads)
            source.extend(ours)
            target.extend(theirs)
    return source, target, gold


def synthetic(size: int) -> tuple[np.ndarray, np.ndarray, list[Pair]]:
    """Return vectors of two versions in which one segment in fifty is left out on either side."""
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((size, 64), np.float32)
    sides, numbers = [], []
    for _ in range(2):
        kept = np.flatnonzero(rng.random(size) > 0.02)
        noise = rng.standard_normal((len(kept), 64), np.float32)
        sides.append(vectors[kept] + 0.5 * noise)
        new = np.full(size, -1)
        new[kept] = np.arange(len(kept))
        numbers.append(new)
    gold: list[Pair] = [
        (((int(i),) if i >= 0 else ()), ((int(j),) if j >= 0 else ()))
        for i, j in zip(*numbers, strict=True)
        if i >= 0 or j >= 0
    ]
    return sides[0], sides[1], gold


def report(name: str, seconds: float, unit: float) -> None:
    print(f"  {name:12s} {seconds:8.2f} s CPU   {seconds / unit:6.2f} times tokenising")


def score(gold: list[Pair], beads: Iterable[Bead]) -> float:
    predicted = {bead.sides for bead in beads}
    right = len(predicted & set(gold))
    return 2 * right / (len(predicted) + len(gold))


def memory() -> float:
    """Return the greatest memory in use so far, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--pair", default="en-de")
    parser.add_argument("--vectors", action="store_true", help="synthetic vectors, no text")
    args = parser.parse_args()
    from aligner._align._documents import align_documents
    from aligner._options import AlignOptions
    from aligner._types import Document
    from aligner._vectors import SegmentVectors, embed

    for size in args.sizes:
        if args.vectors:
            ours, theirs, gold = synthetic(size)
            documents = [
                Document.from_segments(["x" * 60] * len(v), language=n)
                for n, v in (("en", ours), ("de", theirs))
            ]
            vectors = [SegmentVectors(v, additive=True) for v in (ours, theirs)]
            unit = 0.0
        else:
            from aligner._encode import load_encoder

            source, target, gold = tiled(args.pair, size)
            from tokenizers import Tokenizer

            encoder = load_encoder()
            encoder.encode(["warm"])
            tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
            tokenizer.encode_batch_fast(["warm"])
            start = time.process_time()
            tokenizer.encode_batch_fast([*source, *target], add_special_tokens=False)
            unit = time.process_time() - start
            documents = [Document.from_segments(lines) for lines in (source, target)]
            start = time.process_time()
            vectors = [embed(document, encoder) for document in documents]
            encoding = time.process_time() - start
        named = [
            Document(d.text, d.blocks, d.segments, name, name)
            for d, name in zip(documents, ("en", "de"), strict=True)
        ]
        base = memory()
        start = time.process_time()
        aligned = align_documents(
            named, dict(zip(("en", "de"), vectors, strict=True)), AlignOptions()
        )
        aligning = time.process_time() - start
        print(f"{len(named[0].segments)} x {len(named[1].segments)} segments")
        if unit:
            report("tokenise", unit, unit)
            report("encode", encoding, unit)
            report("align", aligning, unit)
            report("in all", encoding + aligning, unit)
        else:
            print(f"  align {aligning:.1f} s CPU")
        print(f"  memory {memory():.2f} GB, of it {base:.2f} before aligning")
        print(f"  strict F1 {score(gold, aligned.beads):.4f}", flush=True)


if __name__ == "__main__":
    main()
