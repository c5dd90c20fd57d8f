"""How a name that another version lacks, or has otherwise, is told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._sides import Sides
from aligner.checks._values import Finding

if TYPE_CHECKING:
    from aligner.checks._names import Name
    from aligner.checks._values import Passage


def name_finding(
    passage: Passage, other: Passage, name: Name, partner: Name | None, confidence: float
) -> Finding:
    """Describe that *other* lacks a name of *passage*, or has *partner* in its place."""
    sides = Sides(passage, name.place, other, partner.place if partner else None)
    quoted = ", ".join(sides.quoted)
    message = f"name {quoted} has no counterpart in {other.version}"
    if partner:
        message = f"name differs: {quoted}"
    return Finding(sides.places, message, confidence, name.folded, evidence={"names": sides.words})
