"""Numbers by value: digits, words, ordinals, fractions and ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._mismatch import finding, mismatches
from aligner.checks._registry import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.checks._values import BeadView, Finding


@check("D201", "number", "major", needs_lexicon=False, reads_code=True)
def number_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A number has another value in the other version.

    Not flagged: the same value in another spelling, a converted unit, a small number word that
    the other version may express without a number, a value said twice here and once there.
    """
    for one in mismatches(bead):
        if one.family == "number":
            yield finding(bead, one, "number")
