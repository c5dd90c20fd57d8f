"""How a name that another version lacks, or has otherwise, is told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._sides import Sides
from aligner.checks._values import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.checks._names import Name
    from aligner.checks._place import Place
    from aligner.checks._values import Passage


def name_finding(
    passage: Passage,
    other: Passage,
    run: Sequence[Name],
    partner: Sequence[Name] | None,
    confidence: float,
) -> Finding:
    """Describe that *other* lacks a name of one word or more, or has *partner* in its place."""
    sides = Sides(passage, _place(run), other, _place(partner) if partner else None)
    quoted = ", ".join(sides.quoted)
    message = f"name {quoted} has no counterpart in {other.version}"
    if partner:
        message = f"name differs: {quoted}"
    key = run[-1].folded  # a version may lack what stands before it
    return Finding(sides.places, message, confidence, key, evidence={"names": sides.words})


def _place(run: Sequence[Name]) -> Place:
    return run[0].start, run[-1].end
