"""The path of two versions over their similarities, as inline SVG.

The similarities are a small grey picture that is a mask, so that they take the colours of the page,
light or dark.
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from aligner.report.pictures import RIBBONS
from aligner.report.wording import version_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from aligner._types import Alignment, Bead

SIDE = 320.0  # units of the picture
_PAIRS = 3  # of versions that are drawn


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture of two versions, and what it is called."""

    source: str
    target: str
    picture: Markup


def matrices(alignment: Alignment) -> list[Matrix]:
    """Return a picture for each pair of versions, at most three."""
    names = version_names(alignment.documents)
    return [
        Matrix(names[source], names[target], _matrix(alignment, source, target, number))
        for number, (source, target) in enumerate(
            list(combinations(alignment.versions, 2))[:_PAIRS]
        )
        if all(alignment.document(name).segments for name in (source, target))
    ]


def _matrix(alignment: Alignment, source: str, target: str, number: int) -> Markup:
    from aligner._matrix import similarity_matrix

    names = version_names(alignment.documents)
    label = escape(f"Path of {names[source]}, across, and {names[target]}, downwards")
    parts = [
        f'<svg class="matrix" viewBox="0 0 {SIDE:.0f} {SIDE:.0f}" role="img" aria-label="{label}">'
        f'<rect class="field" width="{SIDE:.0f}" height="{SIDE:.0f}"/>'
    ]
    found = similarity_matrix(alignment, source, target)
    if found is not None:
        box = f'width="{SIDE:.0f}" height="{SIDE:.0f}"'
        parts.append(
            f'<mask id="similar{number}"><image {box} preserveAspectRatio="none" '
            f'href="data:image/png;base64,{base64.b64encode(_png(found.T)).decode()}"/></mask>'
            f'<rect class="similar" {box} mask="url(#similar{number})"/>'
        )
    parts += _path(alignment, source, target)
    parts.append("</svg>")
    return Markup("".join(parts))


def _path(alignment: Alignment, source: str, target: str) -> Iterator[str]:
    """Yield a box for each bead of both versions, for a run of them in a long text."""
    linked = [b for b in alignment.pair(source, target) if b[source] and b[target]]
    still = [bead for bead in linked if not bead.moved]
    size = max(1, len(still) // RIBBONS)
    runs = [(still[i : i + size], "step") for i in range(0, len(still), size)]
    runs += [([bead], "step moved") for bead in linked if bead.moved]
    across, down = (SIDE / len(alignment.document(name).segments) for name in (source, target))
    for run, kind in runs:
        x, width = _extent(run, source, across)
        y, height = _extent(run, target, down)
        yield f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}"/>'


def _extent(run: Sequence[Bead], version: str, scale: float) -> tuple[float, float]:
    indices = [i for bead in run for i in bead[version]]
    first, last = min(indices), max(indices)
    return round(first * scale, 1), round(max((last + 1 - first) * scale, 1.5), 1)


def _png(grey: NDArray[np.float32]) -> bytes:
    """Return a picture of values between 0 and 1, white for 1."""
    import numpy as np

    height, width = grey.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter, none
    rows[:, 1:] = np.round(grey * 15) * 17
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
