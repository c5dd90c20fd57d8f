"""Which beads the page shows: filters and search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from aligner._review._state import Status
from aligner._types import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner._review._state import Finding, Row, State

Show: TypeAlias = Literal["all", "todo", "unconfirmed", "confirmed", "gap", "moved", "commented"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a bead must be like; the defaults let every bead pass.

    Attributes:
        show: kinds of beads.
        below: only beads less sure than this, in per cent.
        status: only beads with a finding of this status, with ``severity`` or graver, ``type`` and
            ``odd`` version where these are given.
        search: text that a segment must have, in any case.
    """

    show: Show = "all"
    below: int = 0
    status: str = ""
    severity: str = ""
    type: str = ""
    odd: str = ""
    search: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Filter:
        """Return the filter that a page asks for; raise `ValueError` for what makes no sense."""
        show = given.get("show") or "all"
        if show not in get_args(Show):
            raise ValueError(f"no beads are {show[:20]!r}")
        status, severity = given.get("status", ""), given.get("severity", "")
        if status and status not in get_args(Status):
            raise ValueError(f"no finding is {status[:20]!r}")
        if severity and severity not in SEVERITIES:
            raise ValueError(f"no finding is {severity[:20]!r}")
        below = given.get("below") or "0"
        if not below.isascii() or not below.isdigit() or len(below) > 3:
            raise ValueError(f"no per cent: {below[:20]!r}")
        type, odd = given.get("type", ""), given.get("odd", "")
        return cls(show, int(below), status, severity, type, odd, given.get("search", ""))  # type: ignore[arg-type]  # checked above

    def rows(self, state: State, findings: Mapping[int, Sequence[Finding]]) -> list[int]:
        """Return the rows that pass, in their order; *findings* are those of each row."""
        wanted = " ".join(self.search.casefold().split())
        return [
            number
            for number in state.order
            if self._passes(state.rows[number], findings.get(number, ()))
            and (not wanted or _has(state, state.rows[number], wanted))
        ]

    def _passes(self, row: Row, findings: Sequence[Finding]) -> bool:
        if self.below and (row.confirmed or 100 * row.probability >= self.below):
            return False
        if not _is(row, self.show, findings):
            return False
        asks = self.status or self.severity or self.type or self.odd
        return not asks or any(map(self._fits, findings))

    def _fits(self, finding: Finding) -> bool:
        return (
            (not self.status or finding.status == self.status)
            and (not self.type or finding.type == self.type)
            and (not self.odd or finding.odd == self.odd)
            and (
                not self.severity
                or SEVERITIES.index(finding.severity) >= [*SEVERITIES].index(self.severity)  # type: ignore[arg-type]  # checked in `of`
            )
        )


def _is(row: Row, show: Show, findings: Sequence[Finding]) -> bool:
    if show == "all":
        return True
    if show == "todo":
        return not row.confirmed or any(f.status == "open" for f in findings)
    if show == "gap":
        return not all(row.sides)
    if show == "commented":
        return bool(row.comment) or any(f.comment for f in findings)
    return {"unconfirmed": not row.confirmed, "confirmed": row.confirmed, "moved": row.moved}[show]


def _has(state: State, row: Row, wanted: str) -> bool:
    return any(
        wanted in " ".join(state.passages[n].text.casefold() for n in side) for side in row.sides
    )
