"""Filtering of bitext: a known fifth of the pairs damaged, and how well their scores tell.

    python benchmarks/filter.py

Damage is a target from elsewhere, a target cut to a part (of four words or more), or a text in the
wrong language, seeded. Prints the area under the ROC curve by set and pair. The weights were fitted
on the sets marked with a star.
"""

from __future__ import annotations

import random

from _gold import cases

SETS = {
    ("ntrex", "en-de"): "*",
    ("pud", "de-sv"): "*",
    ("lines", "en-sv"): "*",
    ("ntrex", "en-sv"): "",
    ("pud", "en-de"): "",
    ("gdpr", "en-de"): "",
    ("gnome", "de-sv"): "",
    ("gnome", "en-sv"): "",
}
MOST = 2000
Pair = tuple[str, str]


def pairs(name: str, languages: str) -> list[Pair]:
    """Return the 1-1 beads of a set as texts."""
    found = []
    for case in cases([name], [languages]):
        for bead in case.gold:
            if len(bead.sides[0]) == len(bead.sides[1]) == 1:
                pair = case.source[bead.sides[0][0]], case.target[bead.sides[1][0]]
                if all(text.strip() for text in pair):
                    found.append(pair)
    return random.Random(1).sample(found, min(MOST, len(found)))


def damaged(found: list[Pair]) -> tuple[list[Pair], list[bool]]:
    """Return the pairs with a fifth damaged, and which are whole."""
    rng, rows, whole = random.Random(2), [], []
    for source, target in found:
        words, kind = target.split(), rng.choice(("other", "part", "language"))
        fine = rng.random() < 0.8
        other = rng.choice(found)[1]
        if fine or (kind == "part" and len(words) < 4) or (kind == "other" and other == target):
            rows.append((source, target))
        elif kind == "other":
            rows.append((source, other))
        elif kind == "part":
            rows.append((source, " ".join(words[: int(len(words) * rng.uniform(0.3, 0.7)) or 1])))
        else:
            rows.append((source, source) if rng.random() < 0.5 else (target, target))
        whole.append(rows[-1] == (source, target))
    return rows, whole


def area(scores: list[float], whole: list[bool]) -> float:
    """Return how often a whole pair has a higher score than a damaged one."""
    good = [score for score, fine in zip(scores, whole, strict=True) if fine]
    bad = [score for score, fine in zip(scores, whole, strict=True) if not fine]
    wins = sum((a > b) + 0.5 * (a == b) for a in good for b in bad)
    return wins / (len(good) * len(bad))


def main() -> None:
    """Print the areas."""
    from aligner.corpus import scores

    for (name, languages), mark in SETS.items():
        rows, whole = damaged(pairs(name, languages))
        keys = languages.split("-")
        found = list(scores(dict(zip(keys, row, strict=True)) for row in rows))
        print(f"{name + mark:8} {languages}  {len(rows):5} pairs  AUC {area(found, whole):.3f}")


if __name__ == "__main__":
    main()
