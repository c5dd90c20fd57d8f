"""Dates and times by meaning: months, weekdays, days, decades, centuries, eras, times of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._mismatch import finding, mismatches
from ._registry import BeadView, Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("D202", "date", "major")
def date_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A date or time differs between the versions.

    Not flagged: another order or spelling of the same date, ``1800-talet`` for the 19th century,
    ``halb zehn`` for half past nine, a weekday that one version alone mentions.
    """
    for one in mismatches(bead):
        if one.family == "date":
            yield finding(bead, one, "date")
