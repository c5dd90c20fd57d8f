"""Build the word lists of the checks (``checks/data/*.bloom``) from training bitext.

    python benchmarks/word_lists.py FOLDER

FOLDER holds ``<source>.<l1>-<l2>.tsv.gz``. A list says only whether a lower-case word is an
everyday word of the language; the text it was counted in cannot be read from it.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from aligner.checks._everyday import Bloom

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Counts: TypeAlias = "dict[str, Counter[str]]"
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
MIXED = ("freedict.de-sv",)
DICTIONARIES = ("ding", "freedict")
TARGET = Path(__file__).resolve().parents[1] / "src/aligner/checks/data"


def counts(folder: Path) -> tuple[Counts, Counts, Counter[str]]:
    """Count lower-case words (German nouns with them), and words with a capital elsewhere.

    The last counts German words with a capital whose translation has them to the letter.
    """
    found: Counts = defaultdict(Counter)
    names: Counts = defaultdict(Counter)
    kept: Counter[str] = Counter()
    for path in sorted(folder.glob("*.tsv.gz")):
        if path.name.startswith(MIXED):
            continue
        source, pair = path.name.split(".")[:2]
        is_dictionary = source in DICTIONARIES
        for sides in _rows(path, pair.split("-")):
            kept.update(_kept(sides))
            for language, words in sides.items():
                for place, word in enumerate(words):
                    if word.islower():
                        found[language][word] += 1
                    elif language == "de" and word[0].isupper() and word[1:].islower():
                        weight = 2 if is_dictionary and len(words) == 1 else 1
                        found[language][word.lower()] += weight
                    elif place or is_dictionary:
                        names[language][word.lower()] += word[0].isupper()
    return found, names, kept


def _rows(path: Path, languages: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """Yield the words of each row by language."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            texts = map(WORD.findall, line.rstrip("\n").split("\t"))
            yield dict(zip(languages, texts, strict=False))


def _kept(sides: dict[str, list[str]]) -> set[str]:
    """Return the German words with a capital that stand on the other side too."""
    others = {word for language, words in sides.items() if language != "de" for word in words}
    return {
        word.lower()
        for word in sides.get("de", ())
        if word[0].isupper() and word[1:].islower() and not others.isdisjoint(_owned(word))
    }


def _owned(word: str) -> tuple[str, ...]:
    return word, f"{word}s", f"{word}'s"


def everyday(found: Counts, names: Counts, kept: Counter[str], language: str) -> list[str]:
    """Return the words of *language*, without names and what strayed in from another.

    German names have no more capitals than nouns, but they mostly stay as they are in translation.
    """
    totals = {name: sum(counter.values()) for name, counter in found.items()}
    least = 4 if language == "de" else 2
    words = []
    for word, count in found[language].items():
        rate = count / totals[language]
        rival = max(found[o][word] / totals[o] for o in found if o != language)
        name = names[language][word] > 2 * count and count < 30
        name = name or (language == "de" and 2 * kept[word] > count)
        if not name and count >= least and rate >= 0.12 * rival and 2 <= len(word) <= 30:
            words.append(word)
    return words


def proper(found: Counts, names: Counts, known: dict[str, set[str]]) -> list[str]:
    """Return the names: words that English and Swedish write with a capital."""
    seen = names["en"] + names["sv"]
    return [
        word
        for word, count in seen.items()
        if count >= max(2, found["de"][word] / 8)
        and 3 <= len(word) <= 30
        and not (word in known["en"] or word in known["sv"])
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    found, names, kept = counts(parser.parse_args().folder)
    lists = {language: everyday(found, names, kept, language) for language in sorted(found)}
    lists["names"] = proper(
        found, names, {language: set(words) for language, words in lists.items()}
    )
    for name, words in lists.items():
        bloom = Bloom.of(words)
        (TARGET / f"{name}.bloom").write_bytes(bloom.bits)
        print(name, len(words), "words", len(bloom.bits), "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
