"""Meaning: passages, or phrases at the same place, that say something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._coverage import verdicts
from ._registry import DocumentView, Finding, document_check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Severity


@document_check("D701", "meaning", "major", by_row=True)
def meaning(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A passage or phrase says something else than its counterpart.

    Words on both sides that nothing on the other covers, at the same place. Not flagged: free
    translations, as long as most of their words are covered.
    """
    for index, row in enumerate(verdicts(view.passages, bool(view.beads))):
        for one in row:
            if one.kind == "meaning":
                shown = " against ".join(f"{text!r} ({key})" for key, text in one.words.items())
                what = "the passages say different things" if one.whole else "the words differ"
                evidence = {"words": dict(one.words)}
                severity: Severity = "critical" if one.whole else "major"
                yield (
                    index,
                    Finding(
                        one.places,
                        f"{what}: {shown}",
                        one.confidence,
                        severity=severity,
                        evidence=evidence,
                        odd=one.odd,
                    ),
                )
