"""A comparison as the state of a review, and a state, or some of its rows, as a comparison."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from aligner._review._state import Finding, Mark, Passage, Row, State, Version
from aligner._types import Alignment, Bead, Block, Comparison, Divergence, Document, Segment, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aligner._review._state import Sides


def state_of(comparison: Comparison) -> State:
    """Return *comparison* before anybody has reviewed it; locked beads are confirmed."""
    alignment = comparison.alignment
    passages: dict[int, Passage] = {}
    sequences: list[tuple[int, ...]] = []
    versions: list[Version] = []
    for at, document in enumerate(alignment.documents):
        found, tail = passages_of(document, at)
        numbers = range(len(passages), len(passages) + len(found))
        passages.update(zip(numbers, found, strict=True))
        sequences.append(tuple(numbers))
        versions.append(
            Version(document.name, document.language, document.path, tail, digest(document))
        )
    first = len(passages)
    rows = {
        first + k: Row(_numbered(bead, sequences), bead.probability, bead.moved, bead.locked)
        for k, bead in enumerate(alignment.beads)
    }
    anchors = [Anchors(d, sequences[v]) for v, d in enumerate(alignment.documents)]
    start = first + len(rows)
    findings = {
        start + k: finding_of(divergence, first + divergence.bead, alignment.versions, anchors)
        for k, divergence in enumerate(comparison.divergences)
    }
    return State(
        tuple(versions),
        passages,
        tuple(sequences),
        rows,
        tuple(rows),
        findings,
        start + len(findings),
        alignment.signature,
        alignment.notes,
        comparison.skipped,
    )


def _numbered(bead: Bead, sequences: Sequence[tuple[int, ...]]) -> Sides:
    """Return the sides of *bead* as numbers of segments instead of indices."""
    return tuple(tuple(sequences[v][i] for i in side) for v, side in enumerate(bead.sides))


def digest(document: Document) -> str:
    """Return what tells the segments of a document from those of another."""
    found = blake2b(digest_size=12)
    for segment in document.segments:
        found.update(f"{len(segment.text)}:{segment.text}".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def passages_of(document: Document, version: int) -> tuple[list[Passage], str]:
    """Return the segments of *document* as passages, and the text after the last of them."""
    found, end = [], 0
    for s in document.segments:
        before = document.text[end : s.start]
        found.append(Passage(version, s.text, before, s.kind, s.level, s.place, s.block))
        end = s.end
    return found, document.text[end:]


class Anchors:
    """Offsets of a document as marks in its segments, whose *numbers* are given."""

    def __init__(self, document: Document, numbers: Sequence[int]) -> None:
        self._segments = document.segments
        self._numbers = numbers

    def mark(self, span: Span) -> Mark | None:
        """Return the mark that stands for *span*, ``None`` in a document without segments."""
        if not self._segments:
            return None
        (first, start), (last, end) = self._at(span.start), self._at(span.end, ends=len(span) > 0)
        return Mark(first, start, last, end)

    def _at(self, offset: int, *, ends: bool = False) -> tuple[int, int]:
        search = bisect_left if ends else bisect_right
        at = max(search(self._segments, offset, key=lambda s: s.start) - 1, 0)
        segment = self._segments[at]
        return self._numbers[at], min(max(offset - segment.start, 0), len(segment.text))


def finding_of(
    divergence: Divergence, row: int, names: Sequence[str], anchors: Sequence[Anchors]
) -> Finding:
    """Return *divergence* as an open finding of *row*."""
    by_name = dict(zip(names, anchors, strict=True))
    marks = {
        name: tuple(mark for span in spans if (mark := by_name[name].mark(span)))
        for name, spans in divergence.spans.items()
        if name in by_name
    }
    return Finding(
        row,
        divergence.code,
        divergence.type,
        divergence.severity,
        divergence.confidence,
        marks,
        divergence.message,
        divergence.odd,
        divergence.evidence,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a state as a comparison, and which numbers its indices stand for."""

    comparison: Comparison
    rows: tuple[int, ...]
    segments: tuple[tuple[int, ...], ...]
    findings: tuple[int, ...]


def comparison_of(state: State) -> Comparison:
    """Return the whole of *state*: confirmed beads are locked, dismissed findings left out."""
    kept = [n for n, finding in state.findings.items() if finding.status != "dismissed"]
    return _part(state, state.order, state.sequences, kept).comparison


def part_of(state: State, rows: Sequence[int], findings: Iterable[int] = ()) -> Part:
    """Return *rows* alone, with *findings*; the text between their segments is left out."""
    sequences = tuple(
        tuple(n for row in rows for n in state.rows[row].sides[v])
        for v in range(len(state.versions))
    )
    return _part(state, rows, sequences, findings)


def _part(
    state: State,
    rows: Sequence[int],
    sequences: Sequence[tuple[int, ...]],
    findings: Iterable[int],
) -> Part:
    """Return some rows as a comparison of their segments, with the *findings* in them."""
    documents, starts, index = [], {}, {}
    for version, sequence in zip(state.versions, sequences, strict=True):
        document = _document(version, [state.passages[n] for n in sequence])
        documents.append(document)
        for i, (n, segment) in enumerate(zip(sequence, document.segments, strict=True)):
            starts[n], index[n] = segment.start, i
    names, position = state.names, {row: k for k, row in enumerate(rows)}
    beads = tuple(_bead(names, state.rows[row], index) for row in rows)
    chosen = [n for n in findings if state.findings[n].row in position]
    chosen.sort(key=lambda n: position[state.findings[n].row])
    divergences = tuple(
        _divergence(state.findings[n], position[state.findings[n].row], starts) for n in chosen
    )
    alignment = Alignment(tuple(documents), beads, state.signature, state.notes)
    comparison = Comparison(alignment, divergences, state.skipped)
    return Part(comparison, tuple(rows), tuple(sequences), tuple(chosen))


def _document(version: Version, passages: Sequence[Passage]) -> Document:
    parts: list[str] = []
    segments: list[Segment] = []
    blocks: list[Block] = []
    at, last = 0, None
    for p in passages:
        start = at + len(p.before)
        at = start + len(p.text)
        parts += (p.before, p.text)
        if blocks and p.block == last:
            blocks[-1] = Block(blocks[-1].start, at, blocks[-1].kind, p.level, p.place)
        else:
            blocks.append(Block(start, at, p.kind, p.level, p.place))
        segments.append(Segment(p.text, start, at, p.kind, p.level, p.place, len(blocks) - 1))
        last = p.block
    text = "".join([*parts, version.tail])
    return Document(
        text, tuple(blocks), tuple(segments), version.language, version.name, version.path
    )


def _bead(names: tuple[str, ...], row: Row, index: Mapping[int, int]) -> Bead:
    sides = tuple(tuple(sorted(index[n] for n in side)) for side in row.sides)
    probability = 1.0 if row.confirmed else row.probability
    return Bead(names, sides, probability, row.moved, row.confirmed)


def _divergence(finding: Finding, bead: int, starts: Mapping[int, int]) -> Divergence:
    spans = {name: tuple(_spans(marks, starts)) for name, marks in finding.marks.items()}
    decided = {"status": finding.status, "comment": finding.comment}
    review = {key: value for key, value in decided.items() if value and value != "open"}
    return Divergence(
        finding.code,
        finding.type,
        finding.severity,
        finding.confidence,
        bead,
        spans,
        finding.message,
        finding.odd,
        {**finding.evidence, **({"review": review} if review else {})},
    )


def _spans(marks: Iterable[Mark], starts: Mapping[int, int]) -> Iterator[Span]:
    for mark in marks:
        if mark.first in starts and mark.last in starts:
            start, end = starts[mark.first] + mark.start, starts[mark.last] + mark.end
            if start <= end:
                yield Span(start, end)
