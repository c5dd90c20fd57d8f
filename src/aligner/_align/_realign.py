"""A stretch of an alignment aligned again, between what a person has locked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._align._finer import align_cut, cut_again
from aligner._encode import encoder_of
from aligner._options import AlignOptions, or_default
from aligner._vectors import vectors_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._encode import Encoder, EncoderLike
    from aligner._types import Alignment, Bead


def realign(
    alignment: Alignment,
    first: int,
    last: int,
    *,
    options: AlignOptions | None = None,
    encoder: EncoderLike | None = None,
) -> Alignment:
    """Return the alignment with the beads *first* to *last* (exclusive) found again.

    Locked beads and moved ones stay as they are, and so does everything outside the stretch.

    Args:
        options: how beads are looked for, the defaults if not given.
        encoder: the one the alignment was made with; needed unless it is the embedded model.

    Raises:
        ValueError: if there are no such beads.
        EncoderError: if the alignment was made with another encoder than the one at hand.
    """
    if not 0 <= first < last <= len(alignment.beads):
        raise ValueError(f"no beads {first} to {last}; there are {len(alignment.beads)}")
    encoder = encoder_of(alignment, encoder)
    beads: list[Bead] = list(alignment.beads[:first])
    stretch: list[Bead] = []
    for bead in alignment.beads[first:last]:
        if bead.locked or bead.moved:
            beads.extend(_aligned_again(alignment, stretch, options, encoder))
            beads.append(bead)
            stretch = []
        else:
            stretch.append(bead)
    beads.extend(_aligned_again(alignment, stretch, options, encoder))
    beads.extend(alignment.beads[last:])
    return replace(alignment, beads=tuple(beads), ladders=())


def _aligned_again(
    alignment: Alignment,
    stretch: Sequence[Bead],
    options: AlignOptions | None,
    encoder: Encoder,
) -> Iterator[Bead]:
    """Yield the beads of the segments in a stretch, aligned by themselves."""
    if not stretch:
        return
    parts, numbers = [], []
    for version, document in enumerate(alignment.documents):
        indices = sorted(k for bead in stretch for k in bead.sides[version])
        numbers.append(indices)
        parts.append(document.picked(indices))
    options = or_default(options, AlignOptions)
    cuts = [cut_again(part, options) for part in parts]
    vectors = vectors_by_name([cut.finer for cut in cuts], encoder, cascade=options.cascade)
    for bead in align_cut(cuts, vectors, options).beads:
        sides = tuple(
            tuple(number[k] for k in side) for number, side in zip(numbers, bead.sides, strict=True)
        )
        yield replace(bead, sides=sides)
