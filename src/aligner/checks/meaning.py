"""Meaning: passages, or phrases at the same place, that say something else; opposites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from aligner.checks._contrasts import Member, Section, members
from aligner.checks._coverage import verdicts
from aligner.checks._cues import cues
from aligner.checks._institutions import is_called
from aligner.checks._registry import check, document_check
from aligner.checks._sides import Sides
from aligner.checks._text import are_short
from aligner.checks._values import BeadView, DocumentView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Severity

_NEAR = 0.4  # of a passage


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
    exchanged = _exchanged(bead.source, bead.target, "opposites")
    apart = {(ours.start, theirs.start) for ours, theirs in exchanged}
    if len(apart) == 1 and _denials(bead.source) == _denials(bead.target):
        odd = _outvoted(bead, *exchanged[0])
        yield replace(_contrast(bead, *exchanged[0], "opposites", 0.9), odd=odd)


@check("D703", "meaning", "major")
def another_of_its_kind(bead: BeadView) -> Iterator[Finding]:
    """A version names another thing of the same kind: agencies against branches, oil against gas.

    Not flagged: a version that names both, more general words, what each language calls by another
    (``autumn term``, ``Wintersemester``).
    """
    for ours, theirs in _exchanged(bead.source, bead.target, "kinds"):
        yield _contrast(bead, ours, theirs, "the words differ", 0.9)


def _contrast(
    bead: BeadView, ours: Member, theirs: Member, what: str, confidence: float
) -> Finding:
    left, right = (ours.start, ours.end), (theirs.start, theirs.end)
    sides = Sides(bead.source, left, bead.target, right)
    message = f"{what}: {sides.against}"
    return Finding(sides.places, message, confidence, ours.line, evidence={"words": sides.words})


def _outvoted(bead: BeadView, ours: Member, theirs: Member) -> str | None:
    """Return the version that a third speaks against, be it with a word of several meanings.

    One that could accuse has a finding of its own.
    """
    for passage in bead.third:
        said = [m for m in members(passage.text, passage.language, "opposites") if m.weak]
        meant = {m.place for m in said if m.line == ours.line}
        if meant == {ours.place}:
            return bead.target.version
        if meant == {theirs.place}:
            return bead.source.version
    return None


def _exchanged(source: Passage, target: Passage, section: Section) -> list[tuple[Member, Member]]:
    """Return a pair of words for each line of which both passages have a member of their own.

    Of opposites none may stand on both sides.
    """
    found: list[tuple[Member, Member]] = []
    if not all(members(p.text, p.language, section) for p in (source, target)):
        return found
    ours, theirs = _by_line(source, section), _by_line(target, section)
    for line in ours.keys() & theirs.keys():
        both = {one.place for one in ours[line]} & {one.place for one in theirs[line]}
        left, right = _without(ours[line], both), _without(theirs[line], both)
        if section == "opposites" and both:
            continue
        sure = (
            (one, other)
            for one in left
            for other in right
            if not (one.weak or other.weak)
            and one.denied == other.denied
            and _is_at(one, source, other, target)
            and not is_called(source, (one.start, one.end), target)
        )
        found += islice(sure, 1)
    return found


def _without(found: Sequence[Member], shared: set[int]) -> list[Member]:
    return [one for one in found if one.place not in shared]


def _is_at(one: Member, source: Passage, other: Member, target: Passage) -> bool:
    """Whether two words stand about as far into their passages, if these are not short."""
    if are_short(source.text, target.text):
        return True
    ours, theirs = one.start / len(source.text), other.start / len(target.text)
    return abs(ours - theirs) < _NEAR


def _by_line(passage: Passage, section: Section) -> dict[str, Sequence[Member]]:
    found = defaultdict(list)
    for member in members(passage.text, passage.language, section):
        found[member.line].append(member)
    return dict(found)


def _denials(passage: Passage) -> int:
    return len(cues(passage.text, passage.language).strong)
