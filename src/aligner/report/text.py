"""The report as plain text: what ``aligner compare`` prints on a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from aligner._types import SEVERITIES, Severity
from aligner.report._excerpts import excerpt
from aligner.report.summary import Summary, summarize
from aligner.report.views import bead_view, findings, folded, gravest_first, others
from aligner.report.wording import SEVERITY_SIGNS, version_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Alignment, Comparison
    from aligner.report.views import FindingView

WIDTH = 88
_COLOURS = {"critical": "1;31", "major": "31", "minor": "33", "style": "36"}


def text(comparison: Comparison, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return a summary and every finding, the gravest first.

    Marks show what a finding speaks of: ``[-not rendered elsewhere-]``, ``[+added+]``,
    ``[different]`` and ``[^]`` for a place where something is missing.

    Args:
        width: columns to fit into, 40 at least.
        colour: whether to use the escape codes of a terminal; the words say the same without.
    """
    page = _Page(comparison, max(width, 40), colour)
    return "\n".join(page.lines()) + "\n"


class _Page:
    def __init__(self, comparison: Comparison, width: int, colour: bool) -> None:
        self.comparison = comparison
        self.alignment: Alignment = comparison.alignment
        self.width = width
        self.colour = colour
        self.label = max((len(v) for v in self.alignment.versions), default=2)

    def style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def wrap(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        indent = first if rest is None else rest
        return textwrap.wrap(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )

    def lines(self) -> Iterator[str]:
        summary = summarize(self.comparison)
        found = gravest_first(findings(self.comparison))
        names = list(version_names(self.alignment.documents).values())
        yield self.style(" · ".join(names), "1")
        yield ""
        for sentence in summary.sentences:
            yield from self.wrap(sentence)
        yield ""
        yield from self.table(summary)
        for severity in reversed(SEVERITIES):
            group = [f for f in found if f.divergence.severity == severity]
            if group:
                yield from self.group(severity, group)
        yield from self.closing()

    def table(self, summary: Summary) -> Iterator[str]:
        """Yield one line a version: what it covers, lacks, has alone, and its file."""
        several = len(summary.versions) > 2
        header = f"{'version':<{max(self.label, 7)}}  segments  covers  lacks  alone"
        yield self.style(header + ("  odd" if several else "") + "  file", "2")
        for v in summary.versions:
            odd = f"  {v.odd:>3}" if several else ""
            line = f"{v.name:<{max(self.label, 7)}}  {v.segments:>8,}  {v.coverage:>6.0%}"
            yield f"{line}  {v.lacking:>5,}  {v.alone:>5,}{odd}  {v.path or '(text)'}".rstrip()

    def group(self, severity: Severity, found: Sequence[FindingView]) -> Iterator[str]:
        sign = SEVERITY_SIGNS[severity]
        yield ""
        yield self.style(f"{sign} {severity.upper()} ({len(found)})", _COLOURS[severity])
        for finding, more in folded(found):
            yield ""
            yield from self.finding(finding)
            if more:
                yield from self.wrap(others(more), "  ")

    def finding(self, finding: FindingView) -> Iterator[str]:
        divergence = finding.divergence
        certainty = f"{divergence.confidence:.0%} sure"
        parts = [f"{finding.title} {divergence.code}", finding.whose, certainty, finding.place]
        head, *rest = self.wrap(" · ".join(filter(None, parts)), "  ", "    ")
        yield self.style(head, "1")
        yield from rest
        yield from self.wrap(divergence.message, "  ")
        bead = self.alignment.beads[divergence.bead]
        for cell in bead_view(self.alignment, divergence.bead, bead, [finding]).cells:
            label = f"    {self.style(f'{cell.document.name:<{self.label}}', '36')}  "
            indent = " " * (6 + self.label)
            first, *more = self.wrap(excerpt(cell) or "(nothing)", indent)
            yield label + first.lstrip(" ")
            yield from more

    def closing(self) -> Iterator[str]:
        notes = [*self.alignment.notes, *(f"Not checked: {s}" for s in self.comparison.skipped)]
        if notes:
            yield ""
        for note in notes:
            yield from self.wrap(f"Note: {note}", "", "  ")
        yield ""
        yield self.style(str(self.alignment.signature), "2")
