"""What came out of a run over many documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Summary:
    """What came out of a run.

    Attributes:
        documents: how many were aligned.
        failed: how many could not be.
        types, codes, severities: how many beads of a type, findings of a code or severity.
        odd: how many findings name a version as the odd one.
        versions: of each its documents, segments, segments alone, and findings with a place in it.
        doubtful: documents that look wrong: mostly without counterpart, or no bead is sure.
    """

    documents: int
    failed: int
    segments: int
    beads: int
    findings: int
    types: Mapping[str, int] = field(repr=False)
    codes: Mapping[str, int] = field(repr=False)
    severities: Mapping[str, int] = field(repr=False)
    odd: Mapping[str, int] = field(repr=False)
    versions: Mapping[str, Mapping[str, int]] = field(repr=False)
    doubtful: tuple[Mapping[str, object], ...] = field(repr=False)
