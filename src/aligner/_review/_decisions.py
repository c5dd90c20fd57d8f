"""Operations that say what a reviewer thinks of beads and findings, and change neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from aligner._review._rows import finding_at, row_at
from aligner._review._state import Numbers, Status  # noqa: TC001  # a page's values are checked against the fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner._review._change import Draft
    from aligner._review._state import Finding


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say that beads are right, so that nothing but a person changes them; or take it back."""

    rows: Numbers
    confirmed: bool = True
    name: ClassVar[str] = "confirm"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        for number in self.rows:
            row = row_at(draft, number)
            if row.confirmed != self.confirmed:
                draft.rows.put(number, replace(row, confirmed=self.confirmed))


@dataclass(frozen=True, slots=True)
class Settle:
    """Accept or dismiss findings, or open them again; with *similar*, all open ones like them."""

    findings: Numbers
    status: Status
    reason: str = ""
    similar: bool = False
    name: ClassVar[str] = "settle"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        numbers = list(self.findings)
        if self.similar:
            numbers += [n for known in self.findings for n in _similar(draft.findings, known)]
        for number in dict.fromkeys(numbers):
            found = finding_at(draft, number)
            if (found.status, found.reason) != (self.status, self.reason):
                settled = replace(found, status=self.status, reason=self.reason)
                draft.findings.put(number, settled)


@dataclass(frozen=True, slots=True)
class Comment:
    """Write a comment on a bead or, with *finding*, on a finding; an empty one takes it away."""

    text: str
    row: int = -1
    finding: int = -1
    name: ClassVar[str] = "comment"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        text = self.text.strip()
        if self.finding >= 0:
            found = finding_at(draft, self.finding)
            if found.comment != text:
                draft.findings.put(self.finding, replace(found, comment=text))
        else:
            row = row_at(draft, self.row)
            if row.comment != text:
                draft.rows.put(self.row, replace(row, comment=text))


def _similar(findings: Mapping[int, Finding], number: int) -> list[int]:
    """Return the open findings of the same code that are about the same words."""
    known = findings.get(number)
    if known is None:
        raise ValueError(f"no finding {number}")
    return [
        n
        for n, found in findings.items()
        if found.status == "open" and found.code == known.code and found.subject == known.subject
    ]
