"""Build the word lists of the checks (``checks/data/*.bloom``) from training bitext.

    python benchmarks/word_lists.py FOLDER

FOLDER holds ``<source>.<l1>-<l2>.tsv.gz``. A list says only whether a lower-case word is an
everyday word of the language; the text it was counted in cannot be read from it.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from aligner.checks._words import Bloom

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
MIXED = ("freedict.de-sv",)
DICTIONARIES = ("ding", "freedict")
TARGET = Path(__file__).resolve().parents[1] / "src/aligner/checks/data"


def counts(folder: Path) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Count lower-case words (German nouns with them), and words with a capital elsewhere."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("*.tsv.gz")):
        if path.name.startswith(MIXED):
            continue
        source, pair = path.name.split(".")[:2]
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                for language, text in zip(
                    pair.split("-"), line.rstrip("\n").split("\t"), strict=False
                ):
                    words = WORD.findall(text)
                    for place, word in enumerate(words):
                        if word.islower():
                            found[language][word] += 1
                        elif language == "de" and word[0].isupper() and word[1:].islower():
                            weight = 2 if source in DICTIONARIES and len(words) == 1 else 1
                            found[language][word.lower()] += weight
                        elif place or source in DICTIONARIES:
                            names[language][word.lower()] += word[0].isupper()
    return found, names


def everyday(
    found: dict[str, Counter[str]], names: dict[str, Counter[str]], language: str
) -> list[str]:
    """Return the words of *language*, without names and what strayed in from another."""
    totals = {name: sum(counter.values()) for name, counter in found.items()}
    least = 4 if language == "de" else 2
    words = []
    for word, count in found[language].items():
        rate = count / totals[language]
        rival = max(found[o][word] / totals[o] for o in found if o != language)
        name = names[language][word] > 2 * count and count < 30
        if not name and count >= least and rate >= 0.12 * rival and 2 <= len(word) <= 30:
            words.append(word)
    return words


def proper(
    found: dict[str, Counter[str]], names: dict[str, Counter[str]], known: dict[str, set[str]]
) -> list[str]:
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
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    found, names = counts(Path(sys.argv[1]))
    lists = {language: everyday(found, names, language) for language in sorted(found)}
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
