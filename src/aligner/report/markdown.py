"""The report as Markdown, for pull requests, wikis and mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._types import SEVERITIES
from aligner.report._excerpts import excerpt
from aligner.report.summary import summarize
from aligner.report.views import bead_view, findings, folded, gravest_first, others
from aligner.report.wording import SEVERITY_SIGNS, version_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Alignment, Comparison
    from aligner.report.summary import Summary
    from aligner.report.views import FindingView

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.M)


def escape(text: str) -> str:
    r"""Return *text* so that Markdown shows it as it is.

    >>> print(escape("1. *not* <b>"))
    1\. \*not\* \<b\>
    """
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], text)


def markdown(comparison: Comparison) -> str:
    """Return a summary and every finding, the gravest first, with the passages as quotations."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    alignment = comparison.alignment
    summary = summarize(comparison)
    names = list(version_names(alignment.documents).values())
    yield f"# Comparison: {escape(' · '.join(names))}"
    yield ""
    for sentence in summary.sentences:
        yield f"- {escape(sentence)}"
    yield ""
    yield from _table(summary)
    found = gravest_first(findings(comparison))
    for severity in reversed(SEVERITIES):
        group = [f for f in found if f.divergence.severity == severity]
        if group:
            yield ""
            yield f"## {SEVERITY_SIGNS[severity]} {severity.capitalize()} ({len(group)})"
        for finding, more in folded(group):
            yield ""
            yield from _finding(alignment, finding)
            if more:
                yield ""
                yield escape(others(more))
    yield ""
    for note in (*alignment.notes, *(f"Not checked: {s}" for s in comparison.skipped)):
        yield f"> {escape(note)}"
        yield ">"
    yield f"`{alignment.signature}`".replace("\n", " ")


def _table(summary: Summary) -> Iterator[str]:
    yield "| version | segments | covers | lacks | alone | odd one out | file |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for v in summary.versions:
        cells = (v.title, f"{v.segments:,}", f"{v.coverage:.0%}", f"{v.lacking:,}", f"{v.alone:,}")
        row = [*cells, f"{v.odd:,}", v.path or "(text)"]
        yield f"| {' | '.join(map(escape, row))} |"


def _finding(alignment: Alignment, finding: FindingView) -> Iterator[str]:
    divergence = finding.divergence
    parts = [f"{divergence.confidence:.0%} sure", finding.whose, finding.place]
    yield f"### {escape(finding.title)} ({divergence.code})"
    yield ""
    yield f"{escape(divergence.message)} *{escape(' · '.join(filter(None, parts)))}*"
    yield ""
    bead = alignment.beads[divergence.bead]
    for cell in bead_view(alignment, divergence.bead, bead, [finding]).cells:
        yield f"> **{escape(cell.document.name)}** {escape(excerpt(cell)) or '*(nothing)*'}"
        yield ">"
