"""Pictures as matplotlib axes: the path, the map of the text, the calibration of probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._errors import MissingExtraError
from aligner._matrix import similarity_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

    from aligner._types import Alignment, Comparison, Segment

_SEVERITIES = {
    "critical": ("#b00020", "D", 4),
    "major": ("#b23c00", "^", 3),
    "minor": ("#7a5c00", "o", 2),
    "style": ("#4a5a75", "x", 1),
}
_BLUES = "Blues"


def _axes(width: float, height: float) -> Axes:
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise MissingExtraError("plotting", "matplotlib", "plot") from error

    _, axes = pyplot.subplots(figsize=(width, height), layout="constrained")
    return axes


def plot_path(
    alignment: Alignment,
    source: str | None = None,
    target: str | None = None,
    *,
    similarity: ArrayLike | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw the beads of two versions as boxes, the deeper the surer; moved ones have a frame.

    Args:
        source: a version, the first by default; across.
        target: another, the second by default; downwards.
        similarity: a matrix of source by target to show behind the path; by default that of the
            embedded model, where it made the alignment and the text is not long.
        axes: to draw into; new ones by default.
    """
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    source, target = source or alignment.versions[0], target or alignment.versions[1]
    axes = axes or _axes(6.0, 6.0)
    sizes = [len(alignment.document(name).segments) for name in (source, target)]
    shown = similarity_matrix(alignment, source, target) if similarity is None else similarity
    if shown is not None:
        _behind(axes, shown, sizes)
    boxes, depths, moved = [], [], []
    for bead in alignment.pair(source, target):
        if not (bead[source] and bead[target]):
            continue
        x, y = bead[source][0], bead[target][0]
        boxes.append(Rectangle((x, y), bead[source][-1] + 1 - x, bead[target][-1] + 1 - y))
        depths.append(bead.probability)
        moved.append("black" if bead.moved else "none")
    filled = PatchCollection(boxes, cmap=_BLUES, edgecolors=moved)
    filled.set_array(depths)
    filled.set_clim(0.0, 1.0)
    axes.add_collection(filled)
    axes.set(xlim=(0, sizes[0]), ylim=(sizes[1], 0), xlabel=source, ylabel=target)
    axes.set_title(f"{source} and {target}: {len(boxes)} beads")
    axes.figure.colorbar(filled, ax=axes, label="probability", shrink=0.6)
    return axes


def _behind(axes: Axes, similarity: ArrayLike, sizes: Sequence[int]) -> None:
    import numpy as np

    matrix: np.ndarray = np.asarray(similarity, dtype=float)
    across, down = sizes
    axes.imshow(matrix.T, cmap="Greys", alpha=0.6, aspect="auto", extent=(0, across, down, 0))


def plot_map(comparison: Comparison, *, axes: Axes | None = None) -> Axes:
    """Draw one bar a version and a mark for each finding, the graver the higher.

    Marks differ in colour, shape and height; segments without a counterpart are hatched.
    """
    alignment = comparison.alignment
    axes = axes or _axes(9.0, 0.6 + 1.1 * len(alignment.documents))
    lengths = [max((s.end for s in d.segments), default=1) for d in alignment.documents]
    for row, length in enumerate(lengths):
        axes.barh(row, 1.0, height=0.2, color="#dfe2e5")
        for segment in _unmatched(alignment, row):
            left, width = segment.start / length, (segment.end - segment.start) / length
            axes.barh(row, width, left=left, height=0.2, color="white", hatch="////", ec="black")
    labels: set[str] = set()
    for divergence in sorted(comparison.divergences, key=lambda d: -_SEVERITIES[d.severity][2]):
        colour, marker, rank = _SEVERITIES[divergence.severity]
        for row, (version, length) in enumerate(zip(alignment.versions, lengths, strict=True)):
            for span in divergence.spans.get(version, ())[:1]:
                label = None if divergence.severity in labels else divergence.severity
                labels.add(divergence.severity)
                height = row - 0.16 - 0.11 * rank
                axes.plot(span.start / length, height, marker, color=colour, label=label)
    axes.set_yticks(range(len(alignment.versions)), alignment.versions)
    axes.set(xlim=(0, 1), xlabel="beginning to end of the text")
    axes.invert_yaxis()
    if labels:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    return axes


def _unmatched(alignment: Alignment, row: int) -> list[Segment]:
    """Return the segments of one version that have no counterpart at all."""
    segments = alignment.documents[row].segments
    found = [segments[i] for bead in alignment.beads if bead.is_null for i in bead.sides[row]]
    return [segment for segment in found if segment.kind != "blank"]


def plot_calibration(
    probabilities: Sequence[float],
    correct: Sequence[bool],
    *,
    bins: int = 10,
    axes: Axes | None = None,
) -> Axes:
    """Draw how often beads of a stated probability are right; on the diagonal they keep their word.

    Args:
        correct: whether each bead is exactly right.
        bins: of equal width; empty ones are left out, the area of a dot is the number of beads.
    """
    import numpy as np

    if len(probabilities) != len(correct):
        raise ValueError(f"{len(correct)} outcomes for {len(probabilities)} probabilities")
    axes = axes or _axes(4.5, 4.5)
    stated, right = np.asarray(probabilities, float), np.asarray(correct, float)
    which = np.minimum((stated * bins).astype(int), bins - 1)
    filled = [b for b in range(bins) if (which == b).any()]
    points = [(stated[which == b].mean(), right[which == b].mean()) for b in filled]
    sizes = [20 + 300 * float((which == b).mean()) for b in filled]
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
    axes.scatter([x for x, _ in points], [y for _, y in points], s=sizes, color="#2669b2")
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="stated probability", ylabel="share right")
    return axes
