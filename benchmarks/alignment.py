"""Alignment quality on gold: aligner beside Gale-Church and vecalign with the same vectors.

    python benchmarks/alignment.py                          # all sets, three pairs, no peers
    python benchmarks/alignment.py --sets lines udhr --peers
    python benchmarks/alignment.py --together               # three versions at once, then the pairs
    python benchmarks/alignment.py --encoder e5-small --sets textberg --pairs de-fr --peers
    python benchmarks/alignment.py --encoder e5-small --sets wmtlit --cascade --only cascade

The peers are those of ``_peers.py``. F1 is the field's (null beads count for precision, not for
recall); "n-m" and "null" are strict F1 over those beads alone; "texts" are texts encoded a segment,
where the encoder's vectors do not add up. The line "together" adds the sets with sentence-level
gold by other hands; "samples" are our own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import _gold
import _peers

import aligner
from aligner import evaluate
from aligner._encode import AdditiveEncoder

if TYPE_CHECKING:
    from aligner._encode import Encoder, Matrix

System = Callable[[_gold.Case], Sequence[_peers.Sides]]


class Counted:
    """An encoder that counts the texts it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.languages = encoder.name, encoder.languages
        self.texts = 0

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return what the encoder returns."""
        self.texts += len(texts)
        return self._encoder.encode(texts)


@dataclass
class Tally:
    """Scores, seconds and encoded texts of one system on one set and pair."""

    scores: evaluate.Scores = field(default_factory=evaluate.Scores)
    seconds: float = 0.0
    documents: int = 0
    texts: int = 0
    segments: int = 0


def main() -> None:
    """Run the systems over the gold and print a table."""
    args = _arguments()
    encoder = aligner.load_encoder(args.encoder)
    if not isinstance(encoder, AdditiveEncoder):
        encoder = Counted(encoder)
    systems = dict(_systems(encoder, peers=args.peers, cascade=args.cascade))
    systems = {name: run for name, run in systems.items() if not args.only or name in args.only}
    tallies: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    found = list(_gold.cases(args.sets, args.pairs))
    together = dict(_together(found, encoder)) if args.together else {}
    for case in found:
        for name, system in systems.items():
            start, texts = time.perf_counter(), getattr(encoder, "texts", 0)
            if name == "aligner" and together:
                beads: Sequence[_peers.Sides] = together[case.set, case.document, case.pair]
            else:
                beads = system(case)
            if not beads:
                continue
            seconds = time.perf_counter() - start
            scores = evaluate.alignment(case.gold, beads, granularity=case.granularity)
            _add(tallies, case, name, scores, seconds, getattr(encoder, "texts", 0) - texts)
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
    parser.add_argument("--cascade", action="store_true", help="the encoder behind our own as well")
    parser.add_argument("--only", nargs="+", default=[], metavar="SYSTEM", help="such as cascade")
    parser.add_argument("--together", action="store_true", help="align all versions at once")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the counts as well")
    return parser.parse_args()


def _add(
    tallies: dict[tuple[str, str, str], Tally],
    case: _gold.Case,
    system: str,
    scores: evaluate.Scores,
    seconds: float,
    texts: int,
) -> None:
    keys = [(case.pair, case.set, system)]
    if case.counts:
        keys.append((case.pair, "together", system))
    for key in keys:
        tally = tallies[key]
        tally.scores += scores
        tally.seconds += seconds
        tally.documents += 1
        tally.texts += texts
        tally.segments += len(case.source) + len(case.target)


def _systems(encoder: Encoder, *, peers: bool, cascade: bool) -> Iterator[tuple[str, System]]:
    yield "aligner", partial(_aligner, encoder=encoder)
    if cascade:
        yield "cascade", partial(_aligner, encoder=encoder, cascade=True)
    if peers:
        yield "vecalign", partial(_peers.vecalign, encoder=encoder)
        if find_spec("bertalign"):
            yield "bertalign", partial(_peers.bertalign, encoder=encoder)
        yield "galechurch", _peers.galechurch
        yield "nltk", _peers.nltk


def _aligner(case: _gold.Case, *, encoder: Encoder, cascade: bool = False) -> list[_peers.Sides]:
    alignment = aligner.align(
        case.source,
        case.target,
        languages=case.languages,
        encoder=encoder,
        options=aligner.AlignOptions(cascade=cascade),
    )
    return [bead.sides for bead in alignment.beads]


def _together(
    found: Sequence[_gold.Case], encoder: Encoder
) -> Iterator[tuple[tuple[str, str, str], list[_peers.Sides]]]:
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


def _print(tallies: dict[tuple[str, str, str], Tally], encoder: str) -> None:
    print(f"encoder {encoder}, aligner {aligner.__version__}\n")
    print(
        f"{'pair':<7}{'set':<10}{'system':<12}{'docs':>5}{'strict P':>9}{'R':>7}{'F1':>7}"
        f"{'lax P':>8}{'R':>7}{'F1':>7}{'n-m':>7}{'null':>7}{'seconds':>9}{'texts':>7}"
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
        effort = f"{tally.seconds:>9.2f}{tally.texts / tally.segments:>7.2f}"
        print(row + "".join(ratios + parts) + effort)


if __name__ == "__main__":
    main()
