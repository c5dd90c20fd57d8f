"""The state as the page wants it: short facts of every bead, and beads as HTML when they show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from aligner._review._change import ROWS
from aligner._review._conversion import part_of
from aligner._types import SEVERITIES
from aligner.report.html import environment
from aligner.report.views import bead_views, findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment

    from aligner._review._history import Step
    from aligner._review._state import Finding, State
    from aligner._review._wording import Wording
    from aligner.report.views import BeadView, FindingView

CONFIRMED, MOVED, GAP, COMMENTED = 1, 2, 4, 8
MOST_ROWS = 200
_SENT_ALONG = 40  # changed rows that come with an answer; others are asked for


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding as it is shown, and what was decided about it."""

    number: int
    at: int
    shown: FindingView
    finding: Finding
    similar: int


@cache
def templates() -> Environment:
    """Return the templates of the page; everything put into them is escaped."""
    from jinja2 import PackageLoader

    return environment().overlay(loader=PackageLoader("aligner._review", "templates"))


class View:
    """One state, looked at; made anew when the state changes."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.findings: dict[int, list[Finding]] = {}
        self._numbers: dict[int, list[int]] = {}
        for number, finding in state.findings.items():
            self.findings.setdefault(finding.row, []).append(finding)
            self._numbers.setdefault(finding.row, []).append(number)
        still = (f for f in state.findings.values() if f.status == "open")
        self._similar = Counter((f.code, f.subject) for f in still)

    @property
    def counts(self) -> dict[str, int]:
        """How much is done and how much is left."""
        return {
            "all": len(self.state.order),
            "done": sum(row.confirmed for row in self.state.rows.values()),
            "open": sum(f.status == "open" for f in self.state.findings.values()),
        }

    def facts(self, number: int) -> list[int]:
        """Return what the list and the map need to know of a row.

        Per cent, flags, open findings, the gravest of them (1 style to 4 critical), all findings,
        and the letters of the longest side, from which its height is guessed.
        """
        row, found = self.state.rows[number], self.findings.get(number, ())
        is_open = [f for f in found if f.status == "open"]
        flags = (
            CONFIRMED * row.confirmed
            + MOVED * row.moved
            + GAP * (not all(row.sides))
            + COMMENTED * bool(row.comment)
        )
        passages = self.state.passages
        return [
            int(100 * row.probability),
            flags,
            len(is_open),
            max((1 + SEVERITIES.index(f.severity) for f in is_open), default=0),
            len(found),
            max(sum(len(passages[n].text) for n in side) for side in row.sides),
        ]

    def index(self) -> dict[str, object]:
        """Return the order of the rows and the facts of each."""
        order = self.state.order
        return {"order": order, "facts": [self.facts(n) for n in order], "counts": self.counts}

    def html(self, numbers: Iterable[int], words: Wording) -> dict[int, str]:
        """Return the rows that there are of *numbers* as HTML."""
        known = [n for n in dict.fromkeys(numbers) if n in self.state.rows][:MOST_ROWS]
        part = part_of(self.state, known, (f for n in known for f in self._numbers.get(n, ())))
        alignment = part.comparison.alignment
        names = {d.name: words.version(d.name, d.language) for d in alignment.documents}
        shown = findings(part.comparison)
        macro = templates().get_template("row.html.j2").make_module({"words": words})
        made: dict[int, str] = {}
        for number, view in zip(known, bead_views(alignment, shown), strict=True):
            decided = self._decided(view, part.findings, words, names)
            segments = self.state.rows[number].sides
            made[number] = str(
                macro.row(number, view, self.state.rows[number], segments, decided, names)  # type: ignore[attr-defined]  # the template's macro
            )
        return made

    def _decided(
        self,
        view: BeadView,
        numbers: Sequence[int],
        words: Wording,
        names: Mapping[str, str],
    ) -> dict[int, Decided]:
        """Return the findings of a row by the numbers they have in *view*."""
        decided = {}
        for at, shown in enumerate(view.findings, 1):
            divergence, number = shown.divergence, numbers[shown.number - 1]
            finding = self.state.findings[number]
            own = replace(
                shown,
                title=words.title(divergence.type),
                whose=words.whose(divergence, names),
                explanation=words.explanation(divergence.type),
            )
            others = self._similar[finding.code, finding.subject] - (finding.status == "open")
            decided[shown.number] = Decided(number, at, own, finding, others)
        return decided

    def packet(self, steps: Sequence[Step], after: int, words: Wording) -> dict[str, object]:
        """Return what a page that knows the state *after* an operation needs to know of *steps*."""
        number = steps[-1].number if steps else after
        packet: dict[str, object] = {"after": after, "number": number, "counts": self.counts}
        if any(step.whole for step in steps):
            return packet | {"whole": True}
        changed = dict.fromkeys(n for step in steps for n in self._touched(step))
        splices = [
            (splice.at, splice.count, splice.numbers)
            for step in steps
            for splice in step.change.splices
            if splice.sequence == ROWS
        ]
        facts = {n: self.facts(n) if n in self.state.rows else None for n in changed}
        sent = [n for n in changed if n in self.state.rows][:_SENT_ALONG]
        return packet | {"splices": splices, "facts": facts, "html": self.html(sent, words)}

    def _touched(self, step: Step) -> Iterable[int]:
        """Yield the rows that look different after *step*."""
        yield from step.change.rows
        for number in step.change.findings:
            if number in self.state.findings:
                yield self.state.findings[number].row
