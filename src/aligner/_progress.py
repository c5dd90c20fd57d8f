"""How far the work is, for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

ProgressCallback: TypeAlias = Callable[[int, int], None]


class Progress:
    """Counts segments and tells a callback how many of how many are done, a hundred times at most.

    The first call is made with nothing done, so that a bar stands before the first window is.
    """

    def __init__(self, callback: ProgressCallback | None, total: int) -> None:
        self._callback = callback
        self._total = total
        self._done = self._shown = 0
        if callback is not None and total:
            callback(0, total)

    def add(self, segments: int) -> None:
        """Count *segments* more as done."""
        self._done += segments
        step = max(self._total // 100, 1)
        if self._done - self._shown >= step or self._done == self._total > self._shown:
            self._shown = self._done
            if self._callback is not None:
                self._callback(self._done, self._total)
