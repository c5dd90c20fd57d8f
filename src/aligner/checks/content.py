"""Content: whole passages missing, moved, or far shorter than their counterpart."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache, partial
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._crossing import crossings
from aligner.checks._registry import check, document_check
from aligner.checks._sentences import sentences
from aligner.checks._values import BeadView, DocumentView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aligner._types import Bead, Severity
    from aligner.checks._place import Place

    Side = tuple[int, ...]
    Linked = tuple[tuple[str, str], str]

_ASIDE = frozenset({"heading", "caption", "boilerplate", "code"})
_USUAL_LENGTH = {"en": 1.0, "de": 1.13, "sv": 0.99}
_RATIO = 2.6  # times that one side is longer
_LONG = 70  # characters of the longer side
_SAYING = 20  # letters that two passages do not share by chance


@document_check("D101", "missing", "major", by_row=True, sees_unrelated=True)
def missing_passage(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A passage has no counterpart in another version.

    Headings, captions, marks without words and what a site prints around a text are a matter of
    style; the sentences of a passage are spans of their own. That a version is another text
    altogether is a critical finding, and its passages are minor ones. Not flagged: passages that
    were found elsewhere in the version (they have moved). Of a passage that one version alone has,
    and has again elsewhere, it is said that it stands there twice.
    """
    yield from _other_texts(view)
    linked = cache(partial(_linked, view))
    strangers = view.strangers
    for index, row in enumerate(view.passages):
        having = [passage for passage in row if passage.text.strip()]
        lacking = [passage for passage in row if not passage.text.strip()]
        if not having or not lacking:
            continue
        places = {p.version: sentences(p) for p in having} | {p.version: () for p in lacking}
        missing = ", ".join(p.version for p in lacking)
        message = f"the passage is missing in {missing}"
        if _stands_twice(having, lacking, linked):
            message = f"the passage stands twice in {having[0].version}, once in {missing}"
        aside = all(passage.kind in _ASIDE or not _says(passage) for passage in having)
        having, lacking = (
            [p for p in part if p.version not in strangers] for part in (having, lacking)
        )
        severity = "style" if aside else _missing_severity(having, lacking)
        odd = _alone(having, lacking)
        yield index, Finding(places, message, 0.9, missing, severity, odd=odd)


def _stands_twice(
    having: Sequence[Passage], lacking: Sequence[Passage], linked: Callable[[], set[Linked]]
) -> bool:
    """Whether one version alone has a passage, and has it elsewhere with its counterparts."""
    if len(having) > 1 or len(having[0].text) < _SAYING:
        return False
    return all((_wording(having[0]), p.version) in linked() for p in lacking)


def _linked(view: DocumentView) -> set[Linked]:
    """Return what each version says that has a counterpart, and in which version."""
    return {
        (_wording(p), other.version)
        for row in view.passages
        for p in row
        for other in row
        if p.text.strip() and other.text.strip()
    }


def _other_texts(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """Yield for each version that is another text a finding where it begins."""
    for versions, sentence in view.unrelated.items():
        first = next(k for k, bead in enumerate(view.beads) if any(map(bead.__getitem__, versions)))
        odd = versions[0] if len(versions) == 1 else None
        places: dict[str, tuple[Place, ...]] = dict.fromkeys(versions, ())
        yield first, Finding(places, sentence.rstrip("."), 0.9, severity="critical", odd=odd)


def _missing_severity(having: list[Passage], lacking: list[Passage]) -> Severity:
    """Return how grave it is among versions of one text; of another text it is to be expected."""
    alone = len(having) == 1 and len(lacking) > 1
    return "minor" if alone or not (having and lacking) else "major"


def _alone(having: Sequence[Passage], lacking: Sequence[Passage]) -> str | None:
    """Return the version that has or lacks what two and more others lack or have."""
    if len(having) + len(lacking) < 3:
        return None
    one = lacking if len(lacking) == 1 else having
    return one[0].version if len(one) == 1 else None


def _wording(passage: Passage) -> tuple[str, str]:
    """Return what a passage says, in one version, however it is spaced and written."""
    return passage.version, " ".join(passage.text.lower().split())


def _says(passage: Passage) -> bool:
    """Whether there is more than a bullet or a rule."""
    return any(character.isalnum() for character in passage.text)


@document_check("D104", "moved", "minor")
def moved_passage(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A passage stands at another place than in the other versions.

    Also a sentence among others that are linked together. Captions and headings that moved are a
    matter of style.
    """

    @cache
    def columns(here: tuple[int, ...]) -> list[list[Side]]:
        return _standing(view.beads, here)

    for index, bead in enumerate(view.beads):
        if not bead.moved or bead.is_null:
            continue
        having = [p for p in view.passages[index] if p.text]
        severity: Severity = "style" if any(p.kind in _ASIDE for p in having) else "minor"
        places = {p.version: (p.whole,) for p in having}
        here = tuple(v for v, side in enumerate(bead.sides) if side)
        odd = _out_of_place(bead, here, columns(here)) if len(here) > 2 else None
        shown = odd or " or ".join(places)
        message = f"the passage stands elsewhere in {shown}"
        yield index, Finding(places, message, 0.9, "moved", severity, odd=odd)
    for index, source, target, places_of in crossings(view.passages):
        places = {p.version: (place,) for p, place in zip((source, target), places_of, strict=True)}
        message = f"the sentence stands elsewhere in {source.version} or {target.version}"
        yield index, Finding(places, message, 0.95, "moved")


def _standing(beads: Sequence[Bead], here: Sequence[int]) -> list[list[Side]]:
    """Return the sides of the beads that did not move and that all versions *here* have."""
    shared = [b.sides for b in beads if not b.moved and all(b.sides[v] for v in here)]
    return [sorted(sides[v] for sides in shared) for v in here]


def _out_of_place(bead: Bead, here: Sequence[int], columns: Sequence[Sequence[Side]]) -> str | None:
    """Return the version, of three or more, whose neighbours are not those of the others.

    Args:
        here: the versions that have the bead.
        columns: for each of them the sides of the beads that stand in order.
    """
    ranks = [bisect_left(sides, bead.sides[v]) for v, sides in zip(here, columns, strict=True)]
    middle = sorted(ranks)[len(ranks) // 2]
    away = {bead.versions[v]: abs(rank - middle) for v, rank in zip(here, ranks, strict=True)}
    (first, most), (_, second) = Counter(away).most_common(2)
    clear = most > second + 1 if second else most > 0
    return first if clear else None


@check("D106", "length", "major", needs_lexicon=False)
def suspicious_length(bead: BeadView) -> Iterator[Finding]:
    """One side is far shorter than what languages differ by.

    Not flagged: short passages, whose length tells nothing.
    """
    source, target = bead.source, bead.target
    ours, theirs = _usual_length(source), _usual_length(target)
    short, long = sorted(((ours, source.version), (theirs, target.version)))
    if long[0] >= _LONG and long[0] > _RATIO * short[0]:
        places = {p.version: (p.whole,) for p in (source, target)}
        message = f"{short[1]} is {long[0] / short[0]:.1f} times shorter than {long[1]}"
        evidence = {"characters": {p.version: len(p.text) for p in (source, target)}}
        yield Finding(places, message, 0.7, short[1], evidence=evidence)


def _usual_length(passage: Passage) -> float:
    usual = _USUAL_LENGTH.get(base_language(passage.language), 1.0)
    return len(passage.text.strip()) / usual
