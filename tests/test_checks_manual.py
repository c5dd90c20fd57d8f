"""A manual in three versions: what is planted is found, what is only spelled otherwise is not.

``data/checks/manual.txt`` has a line for each passage: the code and the odd version of what is
planted there (``-`` for nothing), then the three texts.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from aligner import Divergence, compare

MANUAL = Path(__file__).parent / "data" / "checks" / "manual.txt"
LANGUAGES = ("en", "de", "sv")
ROWS = [line.split(" | ") for line in MANUAL.read_text(encoding="utf-8").splitlines()]
PLANTED = {i: tuple(row[0].split()) for i, row in enumerate(ROWS) if row[0] != "-"}


@cache
def found() -> dict[int, list[Divergence]]:
    """Return what is found above style by the number of the passage."""
    texts = {language: [row[k] for row in ROWS] for k, language in enumerate(LANGUAGES, 1)}
    comparison = compare(texts, languages=LANGUAGES)
    by_row: dict[int, list[Divergence]] = defaultdict(list)
    for divergence in comparison.divergences:
        if divergence.severity != "style":
            bead = comparison.alignment.beads[divergence.bead]
            by_row[min(k for language in LANGUAGES for k in bead[language])].append(divergence)
    return by_row


@pytest.mark.parametrize(("row", "code", "odd"), [(row, *what) for row, what in PLANTED.items()])
def test_what_is_planted_is_found_in_the_odd_version(row: int, code: str, odd: str) -> None:
    assert (code, odd) in [(one.code, one.odd) for one in found()[row]]


def test_nothing_else_is_found() -> None:
    assert {row: [one.message for one in found()[row]] for row in found().keys() - PLANTED} == {}
