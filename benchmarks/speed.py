"""Time of each stage, and its ratio to only tokenising the text.

    python benchmarks/speed.py                       # the story, repeated to 2,000 segments a side
    python benchmarks/speed.py --segments 20000
    python benchmarks/speed.py --languages en sv

The yardstick is the embedded model's own tokenizer over the same segments, the least that any
encoder must do. Each figure is the best of several runs, in one process.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

import aligner
from aligner import formats
from aligner._align import align_documents
from aligner._encode import clean
from aligner._options import AlignOptions
from aligner._segment import segment_document
from aligner._vectors import embed
from aligner.models import EMBEDDED_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from aligner import Document

    T = TypeVar("T")

STORY = Path(__file__).parent.parent / "data" / "samples" / "story"


def main() -> None:
    """Run the stages one after the other and print a line for each."""
    args = _arguments()
    texts = [_text(language, args.segments) for language in args.languages]
    start = time.perf_counter()
    encoder = aligner.load_encoder()
    encoder.encode(["warm", "up"])
    rows = [("load the model (once)", time.perf_counter() - start)]

    parsed, seconds = _best(lambda: [formats.parse(text) for text in texts], args.runs)
    rows.append(("read", seconds))
    documents, seconds = _best(lambda: _segment(parsed, args.languages), args.runs)
    rows.append(("segment", seconds))
    vectors, seconds = _best(lambda: {d.name: embed(d, encoder) for d in documents}, args.runs)
    rows.append(("encode, tokens included", seconds))
    aligned, seconds = _best(lambda: align_documents(documents, vectors, AlignOptions()), args.runs)
    rows.append(("align", seconds))
    tokenizer = Tokenizer.from_file(str(EMBEDDED_FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    _, yardstick = _best(lambda: _tokenize(documents, tokenizer), args.runs)
    _print(rows, yardstick, documents, len(aligned.beads))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--segments", type=int, default=2000, help="at least, in each version")
    parser.add_argument("--languages", nargs="+", default=["en", "de"], choices=["en", "de", "sv"])
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def _text(language: str, segments: int) -> str:
    """Return the story, repeated; each round is marked, or no aligner could tell them apart."""
    text = (STORY / f"{language}.txt").read_text(encoding="utf-8")
    size = len(aligner.segment(text, language))
    rounds = -(-segments // size)
    paragraphs = text.split("\n\n")
    count = rounds * len(paragraphs)
    numbered = enumerate(islice(cycle(paragraphs), count))
    return "\n\n".join(f"{1000 + i}: {paragraph.strip()}" for i, paragraph in numbered)


def _segment(parsed: list[Document], languages: list[str]) -> list[Document]:
    from dataclasses import replace

    return [
        segment_document(replace(document, name=language), language=language)
        for document, language in zip(parsed, languages, strict=True)
    ]


def _tokenize(documents: list[Document], tokenizer: Tokenizer) -> None:
    for document in documents:
        tokenizer.encode_batch_fast([clean(segment.text) for segment in document.segments])


def _best(run: Callable[[], T], runs: int) -> tuple[T, float]:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    return result, min(seconds)


def _print(
    rows: list[tuple[str, float]], yardstick: float, documents: list[Document], beads: int
) -> None:
    sizes = " and ".join(f"{len(d.segments)} {d.language}" for d in documents)
    total = sum(len(document.segments) for document in documents)
    print(f"{sizes} segments, {beads} beads\n")
    print(f"{'stage':<26}{'seconds':>9}{'segments/s':>12}{'x tokenising':>14}")
    stages = [*rows, ("all but loading", sum(seconds for _, seconds in rows[1:]))]
    for name, seconds in [*stages, ("only tokenising", yardstick)]:
        print(f"{name:<26}{seconds:>9.3f}{total / seconds:>12.0f}{seconds / yardstick:>14.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\npeak memory {peak / (1 << 20 if sys.platform == 'darwin' else 1 << 10):.0f} MB")


if __name__ == "__main__":
    main()
