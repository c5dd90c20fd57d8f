"""How sure links and findings are, and how far such figures can be trusted, as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from aligner._matrix import embedded_encoder
from aligner._pair._confidence import Bin, load_reliability

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner._types import Alignment, Comparison

BINS = 10
_BAR, _TALL = 32.0, 120.0  # width and greatest height of a bar
_PLOT, _LEFT, _BELOW = 220.0, 56.0, 44.0  # of the reliability: its square, what stands beside it
_TICKS = (0, 25, 50, 75, 100)
_ENOUGH = 50  # links of a point that is drawn


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of each certainty.

    Attributes:
        number: of links, or of findings.
        wrong: how many of them are expected to be wrong.
    """

    number: int
    wrong: float
    picture: Markup


@dataclass(frozen=True, slots=True)
class Reliability:
    """What came of stated probabilities where the truth is known.

    Attributes:
        number: of links that were looked at.
        error: by how much a probability is off, on average.
    """

    number: int
    error: float
    picture: Markup


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure an alignment and its findings are.

    Attributes:
        links: beads that join two versions or more.
        reliability: of the links; ``None`` where an encoder made them that was not measured.
    """

    links: Counted
    findings: Counted
    reliability: Reliability | None


def certainty(comparison: Comparison) -> Certainty:
    """Count links and findings by their probability, and say how far that of links holds."""
    beads = comparison.alignment.beads
    return Certainty(
        _counted("Links", (bead.probability for bead in beads if not bead.is_null)),
        _counted("Findings", (found.confidence for found in comparison.divergences)),
        _reliability(comparison.alignment),
    )


def _counted(name: str, probabilities: Iterable[float]) -> Counted:
    stated = list(probabilities)
    counts = [0] * BINS
    for probability in stated:
        counts[min(int(probability * BINS), BINS - 1)] += 1
    return Counted(len(stated), sum(1 - p for p in stated), _histogram(name, counts))


def _histogram(name: str, counts: Sequence[int]) -> Markup:
    """Return a picture of how many there are of each certainty."""
    most = max(*counts, 1)
    width, height = _BAR * len(counts), _TALL + 34
    named = "; ".join(
        f"{100 * i // BINS} to {100 * (i + 1) // BINS} per cent: {number}"
        for i, number in enumerate(counts)
        if number
    )
    parts = [
        f'<svg class="certainty" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{name} by certainty. {named}">'
    ]
    for i, number in enumerate(counts):
        tall = round(_TALL * number / most, 1) if number else 0
        middle, top = _BAR * (i + 0.5), 14 + _TALL - tall
        parts.append(
            f'<rect class="ribbon p{i + 1}" x="{_BAR * i + 2}" y="{top}" width="{_BAR - 4}" '
            f'height="{tall}"/>'
            + (f'<text x="{middle}" y="{top - 3}">{number:,}</text>' if number else "")
            + f'<text class="axis" x="{middle}" y="{height - 6}">{100 * (i + 1) // BINS}</text>'
        )
    return Markup("".join([*parts, "</svg>"]))


def _reliability(alignment: Alignment) -> Reliability | None:
    if embedded_encoder(alignment) is None:
        return None
    bins = load_reliability(len(alignment.versions))
    number = sum(one.count for one in bins)
    error = sum(one.count * abs(one.stated - one.right) for one in bins) / number
    return Reliability(number, error, _curve(list(_together(bins))))


def _together(bins: Sequence[Bin]) -> Iterator[Bin]:
    """Yield *bins*, those next to each other as one until it holds enough to say something."""
    some: list[Bin] = []
    for one in bins:
        some.append(one)
        count = sum(bin.count for bin in some)
        if count >= _ENOUGH:
            stated = sum(bin.stated * bin.count for bin in some) / count
            right = sum(bin.right * bin.count for bin in some) / count
            yield Bin(stated, right, count)
            some = []


def _curve(bins: Sequence[Bin]) -> Markup:
    """Return stated probability across and share right upwards; a dot is the larger, the more."""
    named = "; ".join(
        f"stated {100 * one.stated:.0f}, right {100 * one.right:.0f} per cent of {one.count:,}"
        for one in bins
    )
    width, height = _LEFT + _PLOT + 20, _PLOT + _BELOW + 12
    points = " ".join(f"{_x(one.stated)},{_y(one.right)}" for one in bins)
    dots = (
        f'<circle cx="{_x(one.stated)}" cy="{_y(one.right)}" r="{2 + 1.5 * log10(one.count):.1f}">'
        f"<title>stated {100 * one.stated:.0f} %, right {100 * one.right:.0f} % of {one.count:,}"
        "</title></circle>"
        for one in bins
    )
    parts = [
        f'<svg class="reliability" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(f"Stated against measured certainty of links. {named}")}">',
        *_axes(height),
        f'<path class="ideal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>',
        f'<polyline points="{points}"/>',
        *dots,
        "</svg>",
    ]
    return Markup("".join(parts))


def _axes(height: float) -> Iterator[str]:
    for tick in _TICKS:
        x, y = _x(tick / 100), _y(tick / 100)
        yield f'<path class="grid" d="M{_x(0)} {y}H{_x(1)}M{x} {_y(0)}V{_y(1)}"/>'
        yield f'<text class="axis" x="{x}" y="{_y(0) + 16}">{tick}</text>'
        yield f'<text class="axis end" x="{_x(0) - 8}" y="{y + 4}">{tick}</text>'
    yield f'<text class="axis" x="{_x(0.5)}" y="{height - 6}">stated, in per cent</text>'
    yield (
        f'<text class="axis" transform="translate(13 {_y(0.5)}) rotate(-90)">'
        "right, in per cent</text>"
    )


def _x(share: float) -> float:
    return round(_LEFT + _PLOT * share, 1)


def _y(share: float) -> float:
    return round(12 + _PLOT * (1 - share), 1)
