"""Where versions differ: divergences, and the comparison that holds them beside the alignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from pandas import DataFrame

    from aligner._types._alignment import Alignment, Signature
    from aligner._types._document import Span
    from aligner.report import Report

Severity = Literal["style", "minor", "major", "critical"]
DivergenceType = Literal[
    "missing",
    "omission",
    "addition",
    "number",
    "date",
    "unit",
    "name",
    "negation",
    "modality",
    "quantifier",
    "untranslated",
    "wrong_language",
    "repetition",
    "moved",
    "order",
    "terminology",
    "punctuation",
    "structure",
    "length",
    "meaning",
]
SEVERITIES: tuple[Severity, ...] = ("style", "minor", "major", "critical")


@dataclass(frozen=True, slots=True)
class Divergence:
    """One place where the versions differ in meaning.

    Attributes:
        code: of the check that found it, such as ``D201``.
        confidence: probability that a bilingual editor would confirm it.
        bead: index into the beads of the alignment (into the rows, for a checked bitext).
        spans: by version, where it stands in that version's text as read; maybe none.
        odd: the version that differs from the others, ``None`` without a majority.
        evidence: what the check compared, ready for JSON.
    """

    code: str
    type: DivergenceType
    severity: Severity
    confidence: float
    bead: int
    spans: Mapping[str, tuple[Span, ...]] = field(hash=False)
    message: str
    odd: str | None = None
    evidence: Mapping[str, object] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        odd = f", odd: {self.odd}" if self.odd else ""
        what = f"{self.code} {self.type} {self.severity} p={self.confidence:.2f}"
        return f"<Divergence {what} bead={self.bead}{odd}: {self.message}>"

    def to_dict(self) -> dict[str, object]:
        """Return the divergence as plain JSON values, in the order of the published schema."""
        return {
            "code": self.code,
            "type": self.type,
            "severity": self.severity,
            "confidence": round(self.confidence, 4),
            "odd": self.odd,
            "bead": self.bead,
            "spans": {v: [[s.start, s.end] for s in spans] for v, spans in self.spans.items()},
            "message": self.message,
            "evidence": dict(self.evidence),
        }

    def _repr_html_(self) -> str:
        from aligner.report.notebook import divergence_html

        return divergence_html(self)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An alignment and the divergences found in it.

    Attributes:
        skipped: checks that could not run, each with its reason.
    """

    alignment: Alignment
    divergences: tuple[Divergence, ...]
    skipped: tuple[str, ...] = field(default=(), compare=False)

    @property
    def signature(self) -> Signature:
        """What made the alignment: version, encoder, segmenter and options."""
        return self.alignment.signature

    def __repr__(self) -> str:
        names = ", ".join(self.alignment.versions)
        beads, found = len(self.alignment.beads), len(self.divergences)
        return f"<Comparison of {names}: {beads} beads, {found} divergences; .report() shows them>"

    def _repr_html_(self) -> str:
        from aligner.report.notebook import comparison_html

        return comparison_html(self)

    def report(self) -> Report:
        """Return the report, which renders itself as HTML, JSON, Markdown, SARIF and text."""
        from aligner.report import Report

        return Report(self)

    def to_dict(self) -> dict[str, object]:
        """Return the comparison as plain JSON values, the published schema."""
        from aligner.report.json import to_dict

        return to_dict(self)

    def to_pandas(self) -> DataFrame:
        """Return a data frame with one row a divergence; needs pandas (extra ``tables``)."""
        from aligner._tables import divergences_frame

        return divergences_frame(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows of `to_pandas` to any library that takes Arrow: ``polars.DataFrame(this)``.

        Needs pyarrow (extra ``tables``).
        """
        from aligner._tables import divergences_stream

        return divergences_stream(self, requested_schema)

    def plot(self) -> Axes:
        """Draw the map of the text with its findings; needs matplotlib (extra ``plot``)."""
        from aligner._plots import plot_map

        return plot_map(self)
