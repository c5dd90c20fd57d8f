"""What a reviewer sees: the beads, segments and findings of a comparison, each with its own number.

Indices of an `Alignment` shift when a segment is cut or a text changes; numbers here never do. So
an operation names exactly what it is about, whoever else works on the project.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner._types import DivergenceType, Kind, Severity, Signature

Status: TypeAlias = Literal["open", "accepted", "dismissed"]
Numbers: TypeAlias = tuple[int, ...]
Sides: TypeAlias = tuple[Numbers, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the text.

    Attributes:
        tail: what follows its last segment.
        digest: of the text as it was read, to know it again.
    """

    name: str
    language: str
    path: str | None = None
    tail: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment in review; *before* is the text between the segment before it and this one."""

    version: int
    text: str
    before: str = ""
    kind: Kind = "text"
    level: int = 0
    place: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A bead in review: for each version the numbers of its segments."""

    sides: Sides
    probability: float = 1.0
    moved: bool = False
    confirmed: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a finding stands: from an offset in one segment to an offset in the same or a later."""

    first: int
    start: int
    last: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A divergence in review, and what was decided about it."""

    row: int
    code: str
    type: DivergenceType
    severity: Severity
    confidence: float
    marks: Mapping[str, tuple[Mark, ...]]
    message: str
    odd: str | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)
    status: Status = "open"
    reason: str = ""
    comment: str = ""

    @property
    def subject(self) -> str:
        """What it is about, in small letters: the term, else its message."""
        for key in ("term", "word", "name", "words"):
            if self.evidence.get(key):
                return str(self.evidence[key]).casefold()
        return self.message.casefold()


@dataclass(frozen=True, slots=True)
class State:
    """Everything a project holds at one moment.

    Attributes:
        sequences: for each version the numbers of its segments in text order.
        order: the numbers of the rows as they are shown.
        next_number: that the next row, segment or finding will have; it never falls.
    """

    versions: tuple[Version, ...]
    passages: Mapping[int, Passage]
    sequences: tuple[Numbers, ...]
    rows: Mapping[int, Row]
    order: Numbers
    findings: Mapping[int, Finding]
    next_number: int
    signature: Signature
    notes: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the versions, in order."""
        return tuple(version.name for version in self.versions)
