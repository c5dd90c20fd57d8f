"""How often a text is noted to be in another language than declared, rightly and wrongly.

    python benchmarks/declared.py

Every text of the gold, and every line of it, is declared in its own language, where any note is
false, and every text in each of the others, where a note is due.
"""

from __future__ import annotations

import argparse
from collections import Counter

import _gold

from aligner._language import mistaken

DECLARED = ("en", "de", "sv", "da", "nb", "nl", "fr")


def main() -> None:
    """Count the notes and print them."""
    argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0]).parse_args()
    told: Counter[tuple[str, str]] = Counter()
    texts: Counter[str] = Counter()
    lines = false = 0
    for path in sorted(_gold.folder().glob("*/*/*.txt")):
        language = path.stem
        if language not in DECLARED:
            continue
        text = path.read_text(encoding="utf-8")
        texts[language] += 1
        for declared in DECLARED:
            told[language, declared] += mistaken(declared, text) is not None
        for line in text.splitlines():
            lines += 1
            false += mistaken(language, line) is not None
    for language, count in texts.items():
        shown = ", ".join(f"{declared} {told[language, declared]}" for declared in DECLARED)
        print(f"{count} texts in {language}, noted when declared {shown}")
    print(f"{false} of {lines} lines in the language declared are noted")


if __name__ == "__main__":
    main()
