"""How a name that another version lacks, or has otherwise, is told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._values import Finding

if TYPE_CHECKING:
    from aligner.checks._names import Name
    from aligner.checks._values import Passage


def name_finding(
    passage: Passage, other: Passage, name: Name, partner: Name | None, confidence: float
) -> Finding:
    """Describe that *other* lacks a name of *passage*, or has *partner* in its place."""
    shown, rival = f"{name.text!r} ({passage.version})", ""
    message = f"name {shown} has no counterpart in {other.version}"
    if partner:
        rival = partner.text
        message = f"name differs: {shown}, {rival!r} ({other.version})"
    places = {
        passage.version: ((name.start, name.end),),
        other.version: ((partner.start, partner.end),) if partner else (),
    }
    names = {passage.version: name.text, other.version: rival}
    return Finding(places, message, confidence, name.folded, evidence={"names": names})
