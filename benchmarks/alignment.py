"""Alignment quality on gold: aligner beside Gale-Church and vecalign with the same vectors.

    python benchmarks/alignment.py                          # all sets, three pairs, no peers
    python benchmarks/alignment.py --sets lines udhr --peers
    python benchmarks/alignment.py --together               # three versions at once, then the pairs
    python benchmarks/alignment.py --encoder e5-small --sets textberg --pairs de-fr

Peers come from PyPI: ``pip install galechurch sentweave nltk``. F1 is the field's (null beads
count for precision, not for recall); "n-m" and "null" are strict F1 over those beads alone.
The line "together" adds the sets with sentence-level gold by other hands; "samples" are our own.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import _gold
import numpy as np

import aligner
from aligner import evaluate

if TYPE_CHECKING:
    from aligner._encode import Encoder

Sides = tuple[tuple[int, ...], ...]
System = Callable[[_gold.Case], Sequence[Sides]]

# nltk's programme is quadratic and in Python: a document of this many cells takes it a minute.
_NLTK_CELLS = 4_000_000


@dataclass
class Tally:
    """Scores and seconds of one system on one set and pair."""

    scores: evaluate.Scores = field(default_factory=evaluate.Scores)
    seconds: float = 0.0
    documents: int = 0


def main() -> None:
    """Run the systems over the gold and print a table."""
    args = _arguments()
    encoder = aligner.load_encoder(args.encoder)
    systems = dict(_systems(encoder, peers=args.peers))
    tallies: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    found = list(_gold.cases(args.sets, args.pairs))
    together = dict(_together(found, encoder)) if args.together else {}
    for case in found:
        for name, system in systems.items():
            start = time.perf_counter()
            if name == "aligner" and together:
                beads: Sequence[Sides] = together[case.set, case.document, case.pair]
            else:
                beads = system(case)
            if not beads:
                continue
            seconds = time.perf_counter() - start
            scores = evaluate.alignment(case.gold, beads, granularity=case.granularity)
            _add(tallies, case, name, scores, seconds)
    _print(tallies, encoder.name)
    if args.json:
        rows = [[*key, tally.scores.to_dict()] for key, tally in tallies.items()]
        args.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sets", nargs="+", default=[], help="(default: all)")
    parser.add_argument("--pairs", nargs="+", default=list(_gold.PAIRS))
    parser.add_argument("--encoder", help="name or folder (default: the embedded model)")
    parser.add_argument("--peers", action="store_true", help="run the peers as well")
    parser.add_argument("--together", action="store_true", help="align all versions at once")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the counts as well")
    return parser.parse_args()


def _add(
    tallies: dict[tuple[str, str, str], Tally],
    case: _gold.Case,
    system: str,
    scores: evaluate.Scores,
    seconds: float,
) -> None:
    keys = [(case.pair, case.set, system)]
    if case.counts:
        keys.append((case.pair, "together", system))
    for key in keys:
        tally = tallies[key]
        tally.scores += scores
        tally.seconds += seconds
        tally.documents += 1


def _systems(encoder: Encoder, *, peers: bool) -> Iterator[tuple[str, System]]:
    yield "aligner", partial(_aligner, encoder=encoder)
    if peers:
        yield "vecalign", partial(_vecalign, encoder=encoder)
        yield "galechurch", _galechurch
        yield "nltk", _nltk


def _aligner(case: _gold.Case, *, encoder: Encoder) -> list[Sides]:
    alignment = aligner.align(case.source, case.target, languages=case.languages, encoder=encoder)
    return [bead.sides for bead in alignment.beads]


def _together(
    found: Sequence[_gold.Case], encoder: Encoder
) -> Iterator[tuple[tuple[str, str, str], list[Sides]]]:
    documents: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for case in found:
        texts = zip(case.languages, (case.source, case.target), strict=True)
        documents[case.set, case.document].update(texts)
    for (name, document), versions in documents.items():
        alignment = aligner.align(dict(sorted(versions.items())), encoder=encoder)
        for case in found:
            if (case.set, case.document) == (name, document):
                beads = [bead.sides for bead in alignment.pair(*case.languages)]
                yield (name, document, case.pair), beads


def _vecalign(case: _gold.Case, *, encoder: Encoder) -> list[Sides]:
    from sentweave import align

    known: dict[str, np.ndarray] = {}

    def encode(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encoder.encode(new), strict=True))
        return np.stack([known[text] for text in texts])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it casts infinities on tiny documents
        result = align(case.source, case.target, encode, alignment_max_size=5)
    return [(tuple(a.src_indices), tuple(a.tgt_indices)) for a in result.alignments]


def _galechurch(case: _gold.Case) -> list[Sides]:
    from galechurch import align

    beads = align(case.source, case.target, max_block_size=10**9).beads
    return [
        (
            tuple(range(bead.source_start, bead.source_end)),
            tuple(range(bead.target_start, bead.target_end)),
        )
        for bead in beads
    ]


def _nltk(case: _gold.Case) -> list[Sides]:
    from nltk.translate.gale_church import align_blocks

    if len(case.source) * len(case.target) > _NLTK_CELLS:
        return []
    lengths = [[len(text) for text in side] for side in (case.source, case.target)]
    return list(_beads_of_links(align_blocks(*lengths), len(case.source), len(case.target)))


def _beads_of_links(links: Sequence[tuple[int, int]], size: int, other: int) -> Iterator[Sides]:
    """Yield the beads that monotone index pairs stand for, and null beads for the rest."""
    here = there = 0
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(links):
        if groups and (i in groups[-1][0] or j in groups[-1][1]):
            groups[-1][0].add(i)
            groups[-1][1].add(j)
        else:
            groups.append(({i}, {j}))
    for source, target in [*groups, ({size}, {other})]:
        yield from (((i,), ()) for i in range(here, min(source)))
        yield from (((), (j,)) for j in range(there, min(target)))
        here, there = max(source) + 1, max(target) + 1
        if min(source) < size:
            yield tuple(sorted(source)), tuple(sorted(target))


def _print(tallies: dict[tuple[str, str, str], Tally], encoder: str) -> None:
    print(f"encoder {encoder}, aligner {aligner.__version__}\n")
    print(
        f"{'pair':<7}{'set':<10}{'system':<12}{'docs':>5}{'strict P':>9}{'R':>7}{'F1':>7}"
        f"{'lax P':>8}{'R':>7}{'F1':>7}{'n-m':>7}{'null':>7}{'seconds':>9}"
    )
    order = list(dict.fromkeys(system for _, _, system in tallies))
    for pair, name, system in sorted(
        tallies, key=lambda key: (key[0], key[1] == "together", key[1], order.index(key[2]))
    ):
        tally = tallies[pair, name, system]
        scores = tally.scores
        ratios = [
            f"{score.precision:>{width}.4f}{score.recall:>7.4f}{score.f1:>7.4f}"
            for score, width in ((scores.strict, 9), (scores.lax, 8))
        ]
        parts = [
            f"{score.f1:>7.3f}" if score.gold or score.predicted else f"{'-':>7}"
            for score in (scores.n_m, scores.one_sided)
        ]
        row = f"{pair:<7}{name:<10}{system:<12}{tally.documents:>5}"
        print(row + "".join(ratios + parts) + f"{tally.seconds:>9.2f}")


if __name__ == "__main__":
    main()
