"""Quantifiers: all, most, many, some, few, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._company import keep_company
from aligner.checks._cues import cues
from aligner.checks._lexicon import is_of_idiom, lexicon, listed
from aligner.checks._quantified import BOUNDS, CLASSES, LOWER_BOUNDS, quantifiers
from aligner.checks._registry import check
from aligner.checks._sides import Sides
from aligner.checks._text import Token, at, marked, tokens, vocabulary
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.checks._quantified import Quantified

_NEIGHBOURS = ({"most", "many"}, {"many", "some"}, {"few", "some"})


@check("D404", "quantifier", "major")
def quantifier_changed(bead: BeadView) -> Iterator[Finding]:
    """How many are meant differs: all against some, most against few.

    Also an ``only`` that one of three versions lacks.
    Not flagged: a quantifier that only one version has, neighbours such as many and most, a
    passage where both sides have several, quantifiers of different things (where there is no third
    version to tell), ``not all``.
    """
    ours = quantifiers(bead.source.text, bead.source.language)
    theirs = quantifiers(bead.target.text, bead.target.language)
    yield from _bounds(bead, ours, theirs)
    yield from _only(bead)
    only = [name for name in ours if name not in theirs and name in CLASSES]
    others = [name for name in theirs if name not in ours and name in CLASSES]
    if len(only) != 1 or len(others) != 1 or {only[0], others[0]} in _NEIGHBOURS:
        return
    left, right = ours[only[0]], theirs[others[0]]
    places = left[0].place, right[0].place
    if len(left) == len(right) and (bead.third or keep_company(bead, *places)):
        yield _finding(bead, left[0], right[0], 0.75)


def _bounds(bead: BeadView, ours: Quantified, theirs: Quantified) -> Iterator[Finding]:
    """Compare what is said of a bound: at least and more than against at most and less than."""
    left = [name for name in BOUNDS if name in ours]
    right = [name for name in BOUNDS if name in theirs]
    if len(left) == len(right) == 1 and (left[0] in LOWER_BOUNDS) != (right[0] in LOWER_BOUNDS):
        yield _finding(bead, ours[left[0]][0], theirs[right[0]][0], 0.85)


def _only(bead: BeadView) -> Iterator[Finding]:
    """Yield an ``only`` that all versions but one have, and no word that may stand for it."""
    for passage, other in bead.both_ways:
        if not bead.third or not all(_limits(one) for one in (passage, *bead.third)):
            continue
        if not _may_limit(other):
            word = _limits(passage)[0]
            sides = Sides(passage, word.place, other)
            message = f"nothing in {other.version} says {sides.against}"
            yield Finding(sides.places, message, 0.45, "only", evidence={"values": sides.words})


def _limits(passage: Passage) -> list[Token]:
    """Return each ``only``, but that of ``read-only``, ``only just`` and ``not only``."""
    known, items = lexicon(passage.language), tokens(passage.text)
    if known is None:
        return []
    idle = known.idioms("quantifier", "idle")
    return [
        items[i]
        for i in marked(items, known.words("quantifier", "only").__contains__)
        if at(items, i - 1).text != "-" and not is_of_idiom(items, i, idle)
    ]


def _may_limit(passage: Passage) -> bool:
    """Whether a word may stand for ``only``, or a denial does: ``not unless``."""
    own, near = (listed(passage.language, "quantifier", key) for key in ("only", "narrow"))
    said = not vocabulary(passage.text).isdisjoint(own | near)
    return said or bool(cues(passage.text, passage.language).strong)


def _finding(bead: BeadView, left: Token, right: Token, confidence: float) -> Finding:
    sides = Sides(bead.source, left.place, bead.target, right.place)
    return Finding(sides.places, sides.against, confidence, evidence={"values": sides.words})
