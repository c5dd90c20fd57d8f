"""Three versions and more: sentences missing and moved, damaged versions, and up to 24 of them.

    python benchmarks/versions.py docs       # missing and moved sentences of pud_docs
    python benchmarks/versions.py damaged    # what a damaged version does to the other two
    python benchmarks/versions.py scale      # time and memory of 3, 5, 10 and 24 versions

Gold and labelled documents are looked for in ``$ALIGNER_GOLD`` and ``$ALIGNER_DIVERGENCE``, or in
``../shared``. All damage is seeded.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import TYPE_CHECKING

from divergence import folder

import aligner

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "de", "sv")
Sides = tuple[tuple[int, ...], ...]


def docs() -> None:
    """Print how many missing and moved sentences are found, and how often the odd one is right."""
    data = folder()
    if data is None:
        raise SystemExit("skipped: no labelled divergences; set ALIGNER_DIVERGENCE")
    counts: Counter[str] = Counter()
    with (data / "pud_docs.en-de-sv.jsonl").open(encoding="utf-8") as file:
        for line in file:
            counts.update(_counted(json.loads(line)))
    print(f"beads exactly right       {counts['right']} of {counts['beads']}")
    print(f"missing sentences found   {counts['missing']} of {counts['all missing']}")
    print(f"  beads that lack one     {counts['lacking']}, rightly {counts['rightly lacking']}")
    print(f"moved sentences found     {counts['moved']} of {counts['all moved']}")
    print(f"  other beads moved       {counts['wrongly moved']}")


def _counted(row: dict[str, object]) -> Iterator[str]:
    """Yield what is counted of one document.

    A bead that is exactly right names the odd version of itself: it is the side that is empty.
    """
    alignment = aligner.align({language: row[language] for language in LANGUAGES})
    found = {bead.sides: bead for bead in alignment.beads}
    gold = _beads(row["keys"])
    yield from ("beads" for _ in gold)
    yield from ("right" for sides in gold.values() if sides in found)
    damages = [(damage["op"], gold[damage["sent"]]) for damage in row["ops"]]  # type: ignore[attr-defined]
    gone = {sides for kind, sides in damages if kind != "moved"}
    moved = {sides for kind, sides in damages if kind == "moved"}
    yield from ("lacking" for sides in found if not all(sides))
    yield from ("rightly lacking" for sides in found if sides in gone)
    yield from (
        "wrongly moved" for bead in alignment.beads if bead.moved and bead.sides not in moved
    )
    for kind, sides in damages:
        if kind == "moved":
            yield "all moved"
            yield from ("moved" for bead in [found.get(sides)] if bead is not None and bead.moved)
        else:
            yield "all missing"
            yield from ("missing" for bead in [found.get(sides)] if bead is not None)


def _beads(keys: dict[str, list[list[str]]]) -> dict[str, Sides]:
    """Return the gold bead of each sentence, by the keys of the segments."""
    sides: dict[str, list[list[int]]] = {}
    for v, language in enumerate(LANGUAGES):
        for k, names in enumerate(keys[language]):
            for name in names:
                sides.setdefault(name, [[] for _ in LANGUAGES])[v].append(k)
    return {name: tuple(map(tuple, found)) for name, found in sides.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["docs"])
    parser.parse_args()
    docs()


if __name__ == "__main__":
    main()
