"""What a report says before any detail, as data: how complete, how many findings, where."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from aligner._types import SEVERITIES, Kind, Severity
from aligner.report._excerpts import beginning
from aligner.report.wording import count, join, language_name, version_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._types import Alignment, Bead, Comparison, Divergence, Document

DOUBTFUL = 0.5  # probability below which a bead is
EXCERPT = 160  # characters of a passage that is lacking
# Versions of one text cover far more of each other; of an abridged one and the whole, one does.
_FEW, _UNRELATED = 8, 0.25
_MANY, _MUCH = 3, 0.1  # passages left in another language, in all and of those of a version


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version: its size, what it covers of the others, how often it is the odd one.

    Attributes:
        passages: beads in which some other version has text.
        covered: how many of them have text in this version as well.
        alone: beads that have text in this version only.
        left_in: by another language, how many passages are left in it.
    """

    name: str
    title: str
    language: str
    path: str | None
    segments: int
    words: int
    passages: int
    covered: int
    alone: int
    odd: int
    left_in: Mapping[str, int] = field(hash=False)

    @property
    def coverage(self) -> float:
        """Share of what the other versions say that has a counterpart here, 0 to 1."""
        return self.covered / self.passages if self.passages else 1.0

    @property
    def lacking(self) -> int:
        """Number of passages of other versions without a counterpart here."""
        return self.passages - self.covered


@dataclass(frozen=True, slots=True)
class Gap:
    """A passage that a version lacks.

    Attributes:
        bead: index into the beads.
        version: that lacks it.
        elsewhere: the first version that has it, in its *language*.
        text: what it says there, its beginning if it is long.
    """

    bead: int
    version: str
    elsewhere: str
    language: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A comparison in numbers and a few sentences.

    Attributes:
        complete: beads with text in every version.
        doubtful: beads whose probability is below one half.
        severities: findings by severity, the gravest first, zeros included.
        types: findings by type, the most frequent first.
        gaps: passages that a version lacks, in text order.
    """

    versions: tuple[VersionSummary, ...]
    beads: int
    complete: int
    moved: int
    doubtful: int
    findings: int
    severities: Mapping[Severity, int] = field(hash=False)
    types: Mapping[str, int] = field(hash=False)
    gaps: tuple[Gap, ...]
    sentences: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the summary as plain JSON values."""
        return asdict(self)


def summarize(comparison: Comparison) -> Summary:
    """Count what a reader of the report wants to know first."""
    alignment = comparison.alignment
    filled = [_filled(alignment, bead) for bead in alignment.beads]
    texts = [sides for sides in filled if any(sides)]
    versions = tuple(
        _version(document, texts, at, comparison.divergences)
        for at, document in enumerate(alignment.documents)
    )
    found = Counter(d.severity for d in comparison.divergences)
    summary = Summary(
        versions,
        beads=len(texts),
        complete=sum(map(all, texts)),
        moved=sum(bead.moved for bead in alignment.beads),
        doubtful=sum(bead.probability < DOUBTFUL for bead in alignment.beads),
        findings=len(comparison.divergences),
        severities={severity: found[severity] for severity in reversed(SEVERITIES)},
        types=dict(Counter(d.type for d in comparison.divergences).most_common()),
        gaps=tuple(_gaps(alignment, filled)),
        sentences=(),
    )
    return replace(summary, sentences=tuple(_sentences(summary)))


def _filled(alignment: Alignment, bead: Bead) -> tuple[bool, ...]:
    """Return for each version whether *bead* has text there; blank lines are not text."""
    return tuple(
        any(document.segments[i].kind != "blank" for i in side)
        for document, side in zip(alignment.documents, bead.sides, strict=True)
    )


def _gaps(alignment: Alignment, filled: Sequence[tuple[bool, ...]]) -> Iterator[Gap]:
    for index, (bead, has) in enumerate(zip(alignment.beads, filled, strict=True)):
        if not any(has) or all(has):
            continue
        at = has.index(True)
        document = alignment.documents[at]
        segments = [document.segments[i] for i in bead.sides[at]]
        words = " ".join(segment.text for segment in segments).split()
        text = beginning(" ".join(words), EXCERPT)
        for name, there in zip(alignment.versions, has, strict=True):
            if not there:
                yield Gap(index, name, document.name, document.language, segments[0].kind, text)


def _version(
    document: Document, beads: list[tuple[bool, ...]], at: int, found: Sequence[Divergence]
) -> VersionSummary:
    left = Counter(d.evidence.get("left_in") for d in found if d.spans.get(document.name))
    others = [sides for sides in beads if any(sides[:at] + sides[at + 1 :])]
    return VersionSummary(
        name=document.name,
        title=version_name(document.name, document.language),
        language=document.language,
        path=document.path,
        segments=sum(segment.kind != "blank" for segment in document.segments),
        words=sum(len(segment.text.split()) for segment in document.segments),
        passages=len(others),
        covered=sum(sides[at] for sides in others),
        alone=len(beads) - len(others),
        odd=sum(d.odd == document.name for d in found),
        left_in={str(language): number for language, number in left.items() if language},
    )


def _sentences(summary: Summary) -> Iterator[str]:
    """Yield what a reader wants to know first: what corresponds, then what differs."""
    versions = summary.versions
    both = "both versions" if len(versions) == 2 else f"all {len(versions)} versions"
    yield f"{summary.complete:,} of {count(summary.beads, 'passage')} stand in {both}."
    if summary.beads >= _FEW and all(version.coverage < _UNRELATED for version in versions):
        yield "So few correspond that these may not be versions of one text."
    lacking = [f"{v.title} lacks {v.lacking:,}" for v in versions if v.lacking]
    if lacking:
        yield f"{join(lacking)} of the passages that other versions have."
    if summary.moved:
        verb = "stands" if summary.moved == 1 else "stand"
        yield f"{count(summary.moved, 'passage')} {verb} in another place."
    for v in versions:
        for language, number in v.left_in.items():
            if number >= max(_MANY, _MUCH * (v.covered + v.alone)):
                left = f"{number:,} of its {count(v.covered + v.alone, 'passage')}"
                yield f"{v.title} leaves {left} in {language_name(language)}."
    if not summary.findings:
        yield "No differences in meaning were found."
        return
    grave = [f"{number:,} {severity}" for severity, number in summary.severities.items() if number]
    yield f"{count(summary.findings, 'finding')}: {join(grave)}."
    odd = sorted((v for v in versions if v.odd), key=lambda v: -v.odd)
    if odd and len(versions) > 2:
        often = [f"{v.title} in {v.odd:,}" for v in odd]
        yield f"The version that differs from the others is {join(often)}."
