"""CPU time of each stage, and its ratio to only tokenising the text.

    python benchmarks/speed.py                       # the story, repeated to 2,000 segments a side
    python benchmarks/speed.py --segments 20000
    python benchmarks/speed.py --languages en sv
    python benchmarks/speed.py --peers --encoder e5-small    # whole runs, ours beside others'

The yardstick is the embedded model's own tokenizer over the same segments, the least that any
encoder must do. Seconds are CPU seconds, the least of several runs in one process. With ``--peers``
whole runs from text to beads follow: vecalign's programme and Gale-Church from PyPI, and hunalign
where it is installed. What vecalign has to encode with ``--encoder`` is timed on a sample of its
runs of sentences and multiplied: the whole would take hours.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import _peers
from _gold import Case
from tokenizers import Tokenizer

import aligner
from aligner import formats
from aligner._align._documents import align_documents
from aligner._encode import clean, load_encoder
from aligner._options import AlignOptions
from aligner._segment import segment_document
from aligner._vectors import embed
from aligner.models import EMBEDDED_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from aligner import Document
    from aligner._encode import Encoder

    T = TypeVar("T")

# Sizes of the runs that vecalign encodes, and how many of each size are timed.
SIZES, SAMPLE = 5, 8
STORY = Path(__file__).parent.parent / "data" / "samples" / "story"


def _cpu() -> float:
    """Return the seconds that this process and its children have been at work."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    """Run the stages one after the other and print a line for each."""
    args = _arguments()
    texts = [_text(language, args.segments) for language in args.languages]
    start = _cpu()
    encoder = aligner.load_encoder()
    encoder.encode(["warm", "up"])
    rows = [("load the model (once)", _cpu() - start)]

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
    if args.peers:
        lines = [[segment.text for segment in document.segments] for document in documents]
        _print_peers(sum(seconds for _, seconds in rows[1:]), _peer_times(lines, args.encoder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--segments", type=int, default=2000, help="at least, in each version")
    parser.add_argument("--languages", nargs="+", default=["en", "de"], choices=["en", "de", "sv"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", action="store_true", help="whole runs of other aligners as well")
    parser.add_argument("--encoder", help="what vecalign encodes its runs of sentences with")
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


def _peer_times(lines: list[list[str]], encoder: str | None) -> Iterator[tuple[str, float]]:
    """Yield names of peers and the seconds each takes from segments to beads."""
    case = Case("speed", "story", "-", tuple(lines[0]), tuple(lines[1]), (), "sentence", False)
    embedded = aligner.load_encoder()
    _, seconds = _best(lambda: _peers.vecalign(case, encoder=embedded), 1)
    yield "vecalign, our vectors", seconds
    if encoder is not None:
        loaded = load_encoder(encoder, cache=False, offline=True)
        yield f"vecalign, {Path(encoder).name}", seconds + _encoding(lines, loaded)
    yield "galechurch", _best(lambda: _peers.galechurch(case), 1)[1]
    if hunalign := shutil.which("hunalign"):
        yield "hunalign", _hunalign(lines, hunalign)


def _encoding(lines: list[list[str]], encoder: Encoder) -> float:
    """Return the seconds that all runs of lines would take, from a sample of each size."""
    total = 0.0
    for side in lines:
        step = max(1, len(side) // SAMPLE)
        for size in range(1, SIZES + 1):
            runs = [" ".join(side[i : i + size]) for i in range(0, len(side), step)]
            start = _cpu()
            encoder.encode(runs)
            total += (_cpu() - start) * len(side) / len(runs)
    return total


def _hunalign(lines: list[list[str]], program: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        names = ["empty.dic", "source.txt", "target.txt"]
        for name, text in zip(names, ["", *("\n".join(side) for side in lines)], strict=True):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        start = _cpu()
        subprocess.run([program, *names], cwd=folder, check=True, capture_output=True)
        return _cpu() - start


def _print_peers(ours: float, peers: Iterator[tuple[str, float]]) -> None:
    print(f"\n{'from text to beads':<26}{'seconds':>9}{'times ours':>12}")
    print(f"{'aligner':<26}{ours:>9.2f}{1:>12.1f}", flush=True)
    for name, seconds in peers:
        print(f"{name:<26}{seconds:>9.2f}{seconds / ours:>12.1f}", flush=True)


def _tokenize(documents: list[Document], tokenizer: Tokenizer) -> None:
    for document in documents:
        tokenizer.encode_batch_fast([clean(segment.text) for segment in document.segments])


def _best(run: Callable[[], T], runs: int) -> tuple[T, float]:
    seconds = []
    for _ in range(runs):
        start = _cpu()
        result = run()
        seconds.append(_cpu() - start)
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
