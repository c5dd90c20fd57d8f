"""How far the work is, for whoever wants to show it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tqdm.auto import tqdm  # type: ignore[import-untyped]  # it ships no types

ProgressCallback: TypeAlias = Callable[[int, int], None]


class Progress:
    """Counts and tells a callback how many of how many are done, a hundred times at most.

    The first call is made with nothing done, so that a bar stands before the first window is.
    """

    def __init__(self, callback: ProgressCallback | None, total: int) -> None:
        if callback is not None and not callable(callback):
            fix = "aligner.ProgressBar() is one"
            raise TypeError(f"progress must be a function of two numbers, not {callback!r}; {fix}")
        self._callback = callback
        self._total = total
        self._done = self._shown = 0
        if callback is not None and total:
            callback(0, total)

    def add(self, count: int) -> None:
        """Count so many more as done."""
        self._done += count
        step = max(self._total // 100, 1)
        if self._done - self._shown >= step or self._done == self._total > self._shown:
            self._shown = self._done
            if self._callback is not None:
                self._callback(self._done, self._total)


class ProgressBar:
    """A progress callback that draws a bar with the time left, on standard error or in a notebook.

    Work of fewer than *least* pieces shows nothing. The other args are what the bar is called,
    stage by stage:

        aligner.compare(paths, progress=aligner.ProgressBar("aligning", "checking"))
    """

    def __init__(self, *labels: str, least: int = 5_000) -> None:
        self._labels = iter(labels)
        self._least = least
        self._bar: tqdm | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show that *done* of *total* are done; nothing done begins the next bar."""
        if done == 0:
            self.close()
            label = next(self._labels, None)
            self._bar = _tqdm(total, label) if total >= self._least else None
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
            if done >= total:
                self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _tqdm(total: int, label: str | None) -> tqdm:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without widgets gets a bar of text
        from tqdm.auto import tqdm

    return tqdm(total=total, desc=label, leave=False, dynamic_ncols=True)


ProgressBar.__module__ = "aligner"
