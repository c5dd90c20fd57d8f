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
import resource
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from _versions import Sides, Text, another, dropped, joined, replaced, texts
from divergence import folder

import aligner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = ("en", "de", "sv")
DAMAGED, SCALED = ("ntrex", "udhr", "cc"), ("gdpr", "bible")


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


def _counted(row: dict[str, Any]) -> Iterator[str]:
    """Yield what is counted of one document.

    A bead that is exactly right names the odd version of itself: it is the side that is empty.
    """
    alignment = aligner.align({language: row[language] for language in LANGUAGES})
    found = {bead.sides: bead for bead in alignment.beads}
    gold = _beads(row["keys"])
    yield from ("beads" for _ in gold)
    yield from ("right" for sides in gold.values() if sides in found)
    damages = [(damage["op"], gold[damage["sent"]]) for damage in row["ops"]]
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


def damaged() -> None:
    """Print strict F1 of the two undamaged versions: beside the damaged one, and alone."""
    found = [text for text in texts(DAMAGED) if len(text.versions) == 3]
    scores: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for seed, text in enumerate(found):
        other = found[(seed + 1) % len(found)]
        for version in range(3):
            first, second = (v for v in range(3) if v != version)
            names = [list(text.versions)[v] for v in (first, second)]
            gold = text.projected(first, second)
            alone = aligner.align({name: text.versions[name] for name in names})
            runs = {"alone": {bead.sides for bead in alone.beads}}
            for damage, changed in _damages(text, version, other, seed):
                ladder = aligner.align(dict(changed.versions)).pair(*names)
                runs[damage] = {bead.sides for bead in ladder}
            for damage, beads in runs.items():
                total = scores["-".join(names), damage]
                total.update(right=len(gold & beads), all=len(gold) + len(beads))
    for (pair, damage), total in sorted(scores.items()):
        print(f"{pair:7s}{damage:40s}{2 * total['right'] / total['all']:.4f}")


def _damages(text: Text, version: int, other: Text, seed: int) -> Iterator[tuple[str, Text]]:
    yield "beside the third as it is", text
    yield "beside the third, a tenth dropped", dropped(text, version, seed)
    yield "beside the third, a tenth replaced", replaced(text, version, other, seed)
    yield "beside another text altogether", another(text, version, other)


def scale(counts: Sequence[int], parts: Sequence[str]) -> None:
    """Print time and memory of many versions: three languages, and damaged copies of them."""
    text = joined([text for text in texts(SCALED) if not parts or text.name in parts])
    versions = dict(text.versions)
    copies = (dropped(text, v % 3, seed=v, share=0.05) for v in range(max(counts)))
    for v, copy in enumerate(copies):
        language = list(text.versions)[v % 3]
        versions[f"{language}-x-{v}"] = copy.versions[language]
    encoder = aligner.load_encoder()
    encoder.encode(["warm"])
    print(
        "versions  segments  seconds  a version  of three  gigabytes  en-de beads inside gold ones"
    )
    unit = 0.0
    for count in counts:
        chosen = dict(list(versions.items())[:count])
        start = time.process_time()
        made = aligner.align(chosen, encoder=encoder, languages=[name[:2] for name in chosen])
        seconds = time.process_time() - start
        unit = unit or seconds / count
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        segments = sum(map(len, chosen.values()))
        right = _inside(text, made.pair("en", "de"))
        print(
            f"{count:8d}{segments:10d}{seconds:9.1f}{seconds / count:11.2f}"
            f"{seconds / count / unit:10.2f}{memory:13.2f}{right:12.4f}",
            flush=True,
        )


def _inside(text: Text, beads: Sequence[aligner.Bead]) -> float:
    """Return the share of two-sided beads that stay inside one gold bead."""
    where = {
        (name, k): n
        for n, sides in enumerate(text.gold)
        for name, side in zip(text.versions, sides, strict=True)
        for k in side
    }
    both = [bead for bead in beads if not bead.is_null]
    inside = [len({where[v, k] for v in bead.versions for k in bead[v]}) == 1 for bead in both]
    return float(np.mean(inside))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["docs", "damaged", "scale"])
    parser.add_argument("--versions", nargs="+", type=int, default=[3, 5, 10, 24])
    parser.add_argument("--parts", nargs="+", default=[], help="such as gdpr/recitals (all)")
    args = parser.parse_args()
    if args.what == "scale":
        scale(args.versions, args.parts)
    else:
        {"docs": docs, "damaged": damaged}[args.what]()


if __name__ == "__main__":
    main()
