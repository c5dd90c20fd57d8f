"""Beads and findings made ready for showing: texts cut at the marks, findings numbered."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._types import SEVERITIES
from aligner.report.wording import explanation, title, version_names, whose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Alignment, Bead, Comparison, Divergence, Document, Segment, Span


@dataclass(frozen=True, slots=True)
class FindingView:
    """A divergence with its number in the report (from 1) and its plain words.

    Attributes:
        look: how its marks look: ``omission``, ``addition`` or ``other``.
        whose: which version is concerned, such as ``not in German``.
        place: where to find it in the source files, such as ``en line 12``.
    """

    number: int
    divergence: Divergence
    title: str
    whose: str
    explanation: str
    look: str
    place: str


@dataclass(frozen=True, slots=True)
class Run:
    """A word with the words of the other versions that say the same, or what stands between.

    Attributes:
        word: its name in the bead, such as ``0.12``: the version and the offset; maybe none.
        partners: the names of the words it is linked to.
    """

    text: str
    word: str = ""
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; a mark with empty text is a point of insertion.

    Attributes:
        runs: the text in words, where word links are shown.
    """

    text: str
    findings: tuple[FindingView, ...] = ()
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One segment in pieces."""

    segment: Segment
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version has in a bead."""

    document: Document
    passages: tuple[SegmentView, ...]


@dataclass(frozen=True, slots=True)
class BeadView:
    """One bead: a cell for each version, and its findings."""

    index: int
    bead: Bead
    cells: tuple[Cell, ...]
    findings: tuple[FindingView, ...]

    @property
    def has_gap(self) -> bool:
        """Whether a version has nothing here."""
        return not all(self.bead.sides)


def findings(comparison: Comparison) -> tuple[FindingView, ...]:
    """Return the divergences numbered in text order."""
    alignment = comparison.alignment
    names = version_names(alignment.documents)
    places = {document.name: Places(document) for document in alignment.documents}
    ordered = sorted(comparison.divergences, key=lambda d: d.bead)
    return tuple(
        FindingView(
            number=number,
            divergence=divergence,
            title=title(divergence),
            whose=whose(divergence, names),
            explanation=explanation(divergence),
            look=_look(divergence),
            place="; ".join(
                f"{version} {place.of(spans[0].start)}"
                for version, place in places.items()
                if (spans := divergence.spans.get(version))
            ),
        )
        for number, divergence in enumerate(ordered, 1)
    )


def gravest_first(found: Sequence[FindingView]) -> list[FindingView]:
    """Return findings by severity, then confidence, then place in the text."""
    return sorted(
        found,
        key=lambda f: (
            -SEVERITIES.index(f.divergence.severity),
            -f.divergence.confidence,
            f.number,
        ),
    )


def folded(found: Sequence[FindingView]) -> list[tuple[FindingView, list[FindingView]]]:
    """Return findings with those of other passages that say no more than they do.

    That a passage is not translated is said once of a version, however many there are.
    """
    alike: dict[object, list[FindingView]] = {}
    for finding in found:
        divergence = finding.divergence
        left = "left_in" in divergence.evidence
        key = (divergence.code, divergence.message) if left else finding.number
        alike.setdefault(key, []).append(finding)
    return [(first, rest) for first, *rest in alike.values()]


def others(found: Sequence[FindingView]) -> str:
    """Return where what was told of one passage is the same: ``also at de line 12, de line 14``."""
    return f"also at {', '.join(dict.fromkeys(finding.place for finding in found))}"


def _look(divergence: Divergence) -> str:
    if divergence.type in {"missing", "omission"}:
        return "omission"
    return "addition" if divergence.type == "addition" else "other"


def bead_views(alignment: Alignment, found: Sequence[FindingView]) -> Iterator[BeadView]:
    """Yield every bead of *alignment* with the findings that belong to it."""
    by_bead: dict[int, list[FindingView]] = {}
    for finding in found:
        by_bead.setdefault(finding.divergence.bead, []).append(finding)
    for index, bead in enumerate(alignment.beads):
        yield bead_view(alignment, index, bead, by_bead.get(index, ()))


def bead_view(
    alignment: Alignment, index: int, bead: Bead, found: Sequence[FindingView] = ()
) -> BeadView:
    """Return one bead with its texts cut at the marks of *found*."""
    cells = tuple(
        Cell(document, tuple(segment_view(document, document.segments[i], found) for i in side))
        for document, side in zip(alignment.documents, bead.sides, strict=True)
    )
    return BeadView(index, bead, cells, tuple(found))


def segment_view(document: Document, segment: Segment, found: Sequence[FindingView]) -> SegmentView:
    """Return *segment* cut at the marks that *found* makes in it."""
    marks = [
        (finding, span)
        for finding in found
        for span in finding.divergence.spans.get(document.name, ())
        if span.start <= segment.end and span.end >= segment.start
    ]
    if not marks:
        return SegmentView(segment, (Piece(segment.text),))
    return SegmentView(segment, tuple(_pieces(segment, marks)))


def _pieces(segment: Segment, marks: Sequence[tuple[FindingView, Span]]) -> Iterator[Piece]:
    edges = {segment.start, segment.end}
    for _, span in marks:
        edges.update(min(max(o, segment.start), segment.end) for o in (span.start, span.end))
    cuts = sorted(edges)
    for start, end in zip(cuts, [*cuts[1:], segment.end], strict=True):
        points = tuple(f for f, span in marks if span.start == span.end == start)
        if points:
            yield Piece("", points)
        if start < end:
            inside = tuple(f for f, span in marks if span.start < end and start < span.end)
            yield Piece(segment.text[start - segment.start : end - segment.start], inside)


class Places:
    """Say for people where an offset of a document stands: a unit, a page, a line."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._newlines: list[int] | None = None

    def of(self, offset: int) -> str:
        """Return the place of *offset*: the segment's own place, or its line number."""
        segments = self._document.segments
        at = bisect_right(segments, offset, key=lambda segment: segment.start) - 1
        if at >= 0 and segments[at].place:
            return segments[at].place
        return f"line {self.line(offset)[0]}"

    def line(self, offset: int) -> tuple[int, int]:
        """Return line and column of *offset*, both from 1."""
        if self._newlines is None:
            self._newlines = [m.start() for m in re.finditer("\n", self._document.text)]
        row = bisect_left(self._newlines, offset)
        return row + 1, offset - (self._newlines[row - 1] if row else -1)
