"""Pictures of a comparison as inline SVG: the map of the text with its ribbons and findings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from aligner._types import SEVERITIES
from aligner.report.wording import count, version_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Alignment, Bead, Document
    from aligner.report.views import FindingView

WIDTH, BAR, GAP, TOP = 1000.0, 14.0, 46.0, 30.0  # units of the picture
# Beyond so many beads neighbouring ones share a ribbon, so that the picture stays small.
RIBBONS = 400
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6"/><path d="M0 0V6"/></pattern></defs>'
)
_TICKS = {"critical": 18.0, "major": 14.0, "minor": 10.0, "style": 6.0}


@dataclass(frozen=True, slots=True)
class _Scale:
    """Offsets of a document to horizontal positions."""

    length: int

    @classmethod
    def of(cls, document: Document) -> _Scale:
        last = document.segments[-1].end if document.segments else 0
        return cls(max(last, 1))

    def x(self, offset: int) -> float:
        return round(WIDTH * offset / self.length, 1)


def text_map(alignment: Alignment, found: Sequence[FindingView]) -> Markup:
    """Return one bar a version from its beginning to its end, joined by ribbons.

    A ribbon joins what corresponds; a bar that no ribbon touches stands alone. Ticks above a bar
    are findings: the graver, the taller. In the page a click on one leads to it.
    """
    scales = [_Scale.of(document) for document in alignment.documents]
    rows = len(scales)
    height = TOP + rows * BAR + (rows - 1) * GAP + 4
    label = escape(_label(alignment, found))
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" preserveAspectRatio="none" '
        f'role="img" aria-label="{label}">{_HATCH}'
    ]
    for row in range(rows - 1):
        parts += _ribbons(alignment, row, scales)
    for row, document in enumerate(alignment.documents):
        parts += _bar(alignment, row, document, scales[row])
        parts += _ticks(row, document, scales[row], found)
    parts.append("</svg>")
    return Markup("".join(parts))


def _label(alignment: Alignment, found: Sequence[FindingView]) -> str:
    names = list(version_names(alignment.documents).values())
    return f"Map of {', '.join(names)} with {count(len(found), 'finding')}; listed below"


def _y(row: int) -> float:
    return TOP + row * (BAR + GAP)


def _extent(document: Document, side: Sequence[int]) -> tuple[int, int]:
    return document.segments[side[0]].start, document.segments[side[-1]].end


def _ribbons(alignment: Alignment, row: int, scales: Sequence[_Scale]) -> Iterator[str]:
    """Yield the ribbons between the bars *row* and *row* + 1."""
    upper, lower = alignment.documents[row : row + 2]
    linked = [b for b in alignment.beads if b.sides[row] and b.sides[row + 1]]
    top, bottom = _y(row) + BAR, _y(row + 1)
    middle = (top + bottom) / 2
    for run, moved in _runs(linked, max(1, len(linked) // RIBBONS)):
        a, b = _extent(upper, [i for bead in run for i in bead.sides[row]])
        c, d = _extent(lower, [i for bead in run for i in bead.sides[row + 1]])
        x1, x2, x3, x4 = (
            scales[row].x(a),
            scales[row].x(b),
            scales[row + 1].x(c),
            scales[row + 1].x(d),
        )
        shade = round(10 * sum(bead.probability for bead in run) / len(run))
        kind = "moved" if moved else f"p{shade}"
        yield (
            f'<path class="ribbon {kind}" d="M{x1} {top}C{x1} {middle} {x3} {middle} {x3} {bottom}'
            f'H{x4}C{x4} {middle} {x2} {middle} {x2} {top}Z"/>'
        )


def _runs(beads: Sequence[Bead], size: int) -> Iterator[tuple[Sequence[Bead], bool]]:
    """Yield *beads* in runs of *size*; moved beads stand alone and come last, to lie on top."""
    still = [bead for bead in beads if not bead.moved]
    for start in range(0, len(still), size):
        yield still[start : start + size], False
    for bead in beads:
        if bead.moved:
            yield [bead], True


def _bar(alignment: Alignment, row: int, document: Document, scale: _Scale) -> Iterator[str]:
    y = _y(row)
    yield f'<rect class="bar" x="0" y="{y}" width="{WIDTH:.0f}" height="{BAR}"/>'
    alone = [i for bead in alignment.beads if bead.is_null for i in bead.sides[row]]
    for first, last in _consecutive([i for i in alone if document.segments[i].kind != "blank"]):
        x1, x2 = scale.x(document.segments[first].start), scale.x(document.segments[last].end)
        width = round(max(x2 - x1, 1.5), 1)
        yield f'<rect class="alone" x="{x1}" y="{y}" width="{width}" height="{BAR}"/>'


def _consecutive(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of consecutive *indices*."""
    ordered = sorted(indices)
    if not ordered:
        return
    start = ordered[0]
    for before, after in pairwise([*ordered, ordered[-1] + 2]):
        if after != before + 1:
            yield start, before
            start = after


def _ticks(
    row: int, document: Document, scale: _Scale, found: Sequence[FindingView]
) -> Iterator[str]:
    """Yield a tick for each finding marked in *document*; of several in one place the gravest."""
    gravest: dict[int, FindingView] = {}
    for finding in found:
        spans = finding.divergence.spans.get(document.name, ())
        if spans:
            place = round(scale.x(spans[0].start) / 2)
            other = gravest.get(place)
            if other is None or _rank(finding) > _rank(other):
                gravest[place] = finding
    for place, finding in sorted(gravest.items()):
        severity = finding.divergence.severity
        height = _TICKS[severity]
        title = escape(f"{finding.number}: {finding.title} ({severity})")
        yield (
            f'<path class="tick {severity}" data-f="{finding.number}" '
            f'd="M{place * 2} {_y(row) - 1}v-{height}"><title>{title}</title></path>'
        )


def _rank(finding: FindingView) -> int:
    return SEVERITIES.index(finding.divergence.severity)
