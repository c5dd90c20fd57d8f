"""Omission and addition: a phrase or clause that another version does not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._coverage import verdicts
from aligner.checks._registry import document_check
from aligner.checks._values import DocumentView, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Severity
    from aligner.checks._verdicts import Verdict

_FEW = 2  # words whose loss is minor


@document_check("D102", "omission", "major", needs_lexicon=True, by_row=True)
def omission(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A phrase or clause is missing in a version.

    With two versions, words of the first that the second lacks. A remark in brackets is one too.
    Not flagged: function words alone, and what another word of the version carries (compounds,
    paraphrases).
    """
    for index, row in enumerate(verdicts(view.passages, bool(view.beads))):
        for one in row:
            if one.kind == "omission":
                missing = one.odd or ", ".join(one.lacking)
                yield index, _finding(one, f"{_shown(one)} is missing in {missing}")


@document_check("D103", "addition", "major", needs_lexicon=True, by_row=True)
def addition(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A phrase or clause stands in one version alone.

    With two versions, words of the second that the first lacks.
    """
    for index, row in enumerate(verdicts(view.passages, bool(view.beads))):
        for one in row:
            if one.kind == "addition":
                yield index, _finding(one, f"{_shown(one)} stands in {next(iter(one.words))} alone")


def _shown(one: Verdict) -> str:
    version, words = next(iter(one.words.items()))
    return f"{words!r} ({version})"


def _finding(one: Verdict, message: str) -> Finding:
    severity: Severity = "minor" if one.count <= _FEW else "major"
    evidence = {"words": dict(one.words)}
    key = next(iter(one.words.values()))
    return Finding(one.places, message, one.confidence, key, severity, evidence, odd=one.odd)
