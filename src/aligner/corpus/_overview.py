"""The summary of a run as one self-contained page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner.corpus._values import Summary

LISTED = 200
"""Documents in a list of the page; the files of the run have all."""
_CHECKS, _TYPES = 40, 12  # lines of a table


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the table of versions."""

    name: str
    documents: int
    segments: int
    alone: int
    findings: int
    odd: int

    @property
    def share_alone(self) -> float:
        """Share of the segments that have no counterpart."""
        return self.alone / max(self.segments, 1)

    @property
    def density(self) -> float:
        """Findings in a thousand segments."""
        return 1000 * self.findings / max(self.segments, 1)


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a table of counts."""

    name: str
    count: int
    share: float
    summary: str = ""

    @property
    def code(self) -> str:
        """The name, where it is the code of a check."""
        return self.name


def overview(summary: Summary, run: Mapping[str, Any], failed: Sequence[Mapping[str, str]]) -> str:
    """Return the page: counts, findings by version and check, documents that look wrong."""
    from markupsafe import Markup

    from aligner._types import SEVERITIES
    from aligner.checks import registered
    from aligner.report.html import asset, environment
    from aligner.report.wording import SEVERITY_MEANINGS

    checks = registered()
    codes = [
        Count(one.name, one.count, one.share, checks[one.name].summary)
        for one in _counts(summary.codes, _CHECKS)
        if one.name in checks
    ]
    return (
        environment()
        .get_template("corpus.html.j2")
        .render(
            title="Corpus run",
            style=Markup(asset("passages.css") + asset("report.css")),
            sentences=list(_sentences(summary)),
            severities={s: summary.severities.get(s, 0) for s in reversed(SEVERITIES)},
            meanings=SEVERITY_MEANINGS,
            versions=list(_versions(summary)),
            checks=codes,
            types=_counts(summary.types, _TYPES),
            doubtful=[{**one, "why": _why(one)} for one in summary.doubtful[:LISTED]],
            more_doubtful=max(0, len(summary.doubtful) - LISTED),
            failed=failed[:LISTED],
            more_failed=max(0, len(failed) - LISTED),
            run={name: value for name, value in run.items() if value not in ([], {}, None)},
        )
    )


def _sentences(summary: Summary) -> Iterator[str]:
    from aligner.report.wording import count

    yield (
        f"{count(summary.documents, 'document')} with {count(summary.segments, 'segment')} in "
        f"{count(summary.beads, 'bead')}; {count(summary.findings, 'finding')}."
    )
    wrong = len(summary.doubtful)
    yield (
        f"{count(wrong, 'document')} {'looks' if wrong == 1 else 'look'} wrong, "
        f"{count(summary.failed, 'document')} failed."
    )


def _versions(summary: Summary) -> Iterator[VersionRow]:
    from aligner.report.wording import language_name

    for name, numbers in summary.versions.items():
        yield VersionRow(language_name(name), odd=summary.odd.get(name, 0), **numbers)


def _counts(table: Mapping[str, int], most: int) -> list[Count]:
    """Return the largest counts, the rest as one more line."""
    ordered = sorted(table.items(), key=lambda item: (-item[1], item[0]))
    total = max(sum(table.values()), 1)
    rows = [Count(name, number, number / total) for name, number in ordered[:most]]
    rest = sum(number for _, number in ordered[most:])
    return [*rows, Count("others", rest, rest / total)] if rest else rows


def _why(one: Mapping[str, Any]) -> str:
    from aligner.corpus._shard import DOUBTFUL

    reasons = []
    if one["null_beads"] > DOUBTFUL:
        reasons.append("most beads have one version only: perhaps no versions of one text")
    if one["probability"] < DOUBTFUL and one["null_beads"] < 1:
        reasons.append("the beads are not sure")
    return "; ".join(reasons)
