"""Measure spans on one side only on real web pages: our own alignment, then the checks.

    python benchmarks/spans.py [--pages 40] [--show 10]

A found span is right if it and a gold span share more than half of the letters of each. Gold is
what people marked as standing on one side only with a score of 3 or more; smaller scores count
neither way. What somebody marked in one go is one gold span, though the data has it in pieces where
a word or a mark inside it stands on the other side as well (`726 kB, 25.04.2013`); with every piece
a gold span of its own, the last line but one, a passage found whole may be right for none of them.
How gold is missed and found is counted by the shape of the gold span: a whole segment or a part of
one, whose segment stands alone or in a bead. The correlation is that of the score of each token, 0
to 5, with the confidence of what is found there, over the tokens of all pages together.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from divergence import folder

import aligner
from aligner.checks import check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner import Comparison, Divergence

_KINDS = frozenset({"missing", "omission", "addition"})
_TOKEN = re.compile(r"\S+")
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Marked:
    """What somebody marked in one version, piece by piece."""

    pieces: tuple[Place, ...]

    @property
    def length(self) -> int:
        return sum(end - start for _, start, end in self.pieces)

    def is_like(self, place: Place) -> bool:
        """Whether more than half of it and of *place* is common to both."""
        shared = sum(
            max(0, min(end, place[2]) - max(start, place[1]))
            for version, start, end in self.pieces
            if version == place[0]
        )
        return 2 * shared > max(self.length, place[2] - place[1])


@dataclass(frozen=True)
class Page:
    """One pair of pages: what stands on one side only, that which counts and that of a small score,
    and all places with their scores.
    """

    comparison: Comparison
    gold: list[Marked]
    small: list[Marked]
    scores: list[tuple[Place, int]]

    def found(self) -> list[tuple[Divergence, Place]]:
        return [
            (one, (version, span.start, span.end))
            for one in self.comparison.divergences
            if one.type in _KINDS and one.severity != "style"
            for version, spans in one.spans.items()
            for span in spans
        ]

    def counted(self) -> list[tuple[Divergence, Place]]:
        """Return what is found and is no span of a small score."""
        return [
            (one, place)
            for one, place in self.found()
            if not any(marked.is_like(place) for marked in self.small)
        ]

    def in_pieces(self) -> Page:
        """Return the page with each piece of what was marked by itself."""
        gold, small = (
            [Marked((piece,)) for one in some for piece in one.pieces]
            for some in (self.gold, self.small)
        )
        return replace(self, gold=gold, small=small)


def page(row: Mapping[str, object], lines: Mapping[str, Sequence[str]]) -> Page:
    alignment = aligner.align(lines)
    starts = {d.name: [s.start for s in d.segments] for d in alignment.documents}
    gold: list[Marked] = []
    small: list[Marked] = []
    scores = []
    annotations = row["annotations"]
    assert isinstance(annotations, list)
    for one in annotations:
        for version, key in (("en", "en"), ("de", "other")):
            first = starts[version]
            places = [(version, first[line] + a, first[line] + b) for line, a, b in one[key]]
            scores += [(place, int(one["score"])) for place in places]
            if places and one["kind"].startswith("only"):
                (gold if one["score"] >= 3 else small).append(Marked(tuple(places)))
    return Page(check(alignment), gold, small, scores)


def shape(marked: Marked, one: Page) -> str:
    """Return whether what is *marked* is a whole segment or a part, in a bead or alone."""
    alignment = one.comparison.alignment
    version = marked.pieces[0][0]
    segments = alignment.document(version).segments
    touched = [
        k
        for k, s in enumerate(segments)
        if any(s.start < end and start < s.end for _, start, end in marked.pieces)
    ]
    letters = sum(segments[k].end - segments[k].start for k in touched)
    alone = all(b.is_null for b in alignment.beads if set(touched) & set(b[version]))
    size = "whole" if marked.length > 0.8 * letters else "part"
    return f"{size}, {'alone' if alone else 'in a bead'}"


def token_scores(one: Page) -> tuple[list[float], list[float]]:
    """Return the score of each token and the confidence of what is found there."""
    truth, found = [], []
    spans = [
        ((version, span.start, span.end), d.confidence)
        for d in one.comparison.divergences
        if d.severity != "style"
        for version, some in d.spans.items()
        for span in some
    ]
    for document in one.comparison.alignment.documents:
        for token in _TOKEN.finditer(document.text):
            here = (document.name, token.start(), token.end())
            truth.append(max((s for p, s in one.scores if _touch(p, here)), default=0.0))
            found.append(max((c for p, c in spans if _touch(p, here)), default=0.0))
    return truth, found


def _touch(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0, help="show so many false alarms")
    args = parser.parse_args()
    data = folder()
    if data is None:
        print("skipped: no labelled divergences; set ALIGNER_DIVERGENCE", file=sys.stderr)
        return 0
    with (data / "swissgov_rsd.en-de.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][: args.pages]
    pages = [page(row, {"en": row["src_lines"], "de": row["tgt_lines"]}) for row in rows]
    report(pages, args.show)
    return 0


def report(pages: Sequence[Page], show: int) -> None:
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    shapes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in pages:
        hits: set[Marked] = set()
        for divergence, place in one.counted():
            matches = [other for other in one.gold if other.is_like(place)]
            hits.update(matches)
            kinds[divergence.type][0] += 1
            kinds[divergence.type][1] += bool(matches)
            if not matches and show and divergence.type != "missing":
                show -= 1
                text = one.comparison.alignment.document(place[0]).text[place[1] : place[2]]
                print(f"  {divergence.confidence:.2f} {divergence.type} {place[0]} {text!r}")
        for marked in one.gold:
            entry = shapes[shape(marked, one)]
            entry[0] += 1
            entry[1] += marked in hits
    for kind, (count, right) in sorted(kinds.items()):
        print(f"{kind:10} {count:5} found, {right / max(count, 1):.3f} right")
    for kind, (count, right) in sorted(shapes.items()):
        print(f"gold {kind:16} {count:5}, {right / max(count, 1):.3f} found")
    print(score(pages))
    print("each piece by itself:", score([one.in_pieces() for one in pages]))
    truth, seen = (np.concatenate(part) for part in zip(*map(token_scores, pages), strict=True))
    print(f"tokens {len(truth)}: Spearman's rho {spearman(truth, seen):.3f}")


def score(pages: Sequence[Page]) -> str:
    """Return precision, recall and F1 of what is found."""
    found = right = gold = hit = 0
    for one in pages:
        places = [place for _, place in one.counted()]
        found += len(places)
        right += sum(any(marked.is_like(place) for marked in one.gold) for place in places)
        gold += len(one.gold)
        hit += sum(any(map(marked.is_like, places)) for marked in one.gold)
    precision, recall = right / max(found, 1), hit / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}, recall {recall:.3f} of {gold}, F1 {f1:.3f}"


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    ranks = []
    for values in (one, other):
        _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2)[where])
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


if __name__ == "__main__":
    sys.exit(main())
