"""Meaning: passages, or phrases at the same place, that say something else; opposites."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from ._coverage import verdicts
from ._cues import cues
from ._opposites import Pole, poles
from ._registry import BeadView, DocumentView, Finding, Passage, check, document_check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Severity

_NEAR = 0.4
_SHORT = 60  # characters: word order alone moves a word across as many


@document_check("D701", "meaning", "major", needs_lexicon=True, by_row=True)
def meaning(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A passage or phrase says something else than its counterpart.

    Words on both sides that nothing on the other covers, at the same place. Not flagged: free
    translations, as long as most of their words are covered.
    """
    for index, row in enumerate(verdicts(view.passages, bool(view.beads))):
        for one in row:
            if one.kind == "meaning":
                shown = " against ".join(f"{text!r} ({key})" for key, text in one.words.items())
                what = "the passages say different things" if one.whole else "the words differ"
                evidence = {"words": dict(one.words)}
                severity: Severity = "critical" if one.whole else "major"
                yield (
                    index,
                    Finding(
                        one.places,
                        f"{what}: {shown}",
                        one.confidence,
                        severity=severity,
                        evidence=evidence,
                        odd=one.odd,
                    ),
                )


@check("D702", "meaning", "critical")
def opposite(bead: BeadView) -> Iterator[Finding]:
    """A version has a word where the other has only its opposite: lift against tighten.

    Not flagged: a version that has both, a denial that makes up for it (``not open`` for
    ``closed``), two opposites that undo each other (``fewer failed`` for ``more succeeded``).
    """
    source, target = bead.source, bead.target
    exchanged = _exchanged(source, target)
    if len(exchanged) != 1 or _denials(source) != _denials(target):
        return
    places, words = {}, {}
    for passage, pole in zip((source, target), exchanged[0], strict=True):
        places[passage.version] = ((pole.start, pole.end),)
        words[passage.version] = passage.text[pole.start : pole.end]
    shown = " against ".join(f"{word!r} ({version})" for version, word in words.items())
    scale = exchanged[0][0].scale
    yield Finding(places, f"opposites: {shown}", 0.75, scale, evidence={"words": words})


def _exchanged(source: Passage, target: Passage) -> list[tuple[Pole, Pole]]:
    """Return a pair of words for each scale of which the passages have one end each."""
    found: list[tuple[Pole, Pole]] = []
    ours, theirs = _by_scale(source), _by_scale(target)
    for scale in ours.keys() & theirs.keys():
        left, right = ours[scale], theirs[scale]
        if {pole.side for pole in left} & {pole.side for pole in right}:
            continue
        sure = (
            (one, other)
            for one in left
            for other in right
            if not (one.weak or other.weak) and _is_at(one, source, other, target)
        )
        found += islice(sure, 1)
    return found


def _is_at(one: Pole, source: Passage, other: Pole, target: Passage) -> bool:
    """Whether two words stand about as far into their passages, if these are not short."""
    if max(len(source.text), len(target.text)) <= _SHORT:
        return True
    ours, theirs = one.start / len(source.text), other.start / len(target.text)
    return abs(ours - theirs) < _NEAR


def _by_scale(passage: Passage) -> dict[str, Sequence[Pole]]:
    found = defaultdict(list)
    for pole in poles(passage.text, passage.language):
        found[pole.scale].append(pole)
    return dict(found)


def _denials(passage: Passage) -> int:
    return len(cues(passage.text, passage.language).strong)
