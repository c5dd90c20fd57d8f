"""Run the checks over rows that are aligned already, one process or several."""

from __future__ import annotations

import signal
from collections import deque
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from aligner._errors import AlignerError
from aligner.checks._passages import passage_of_text
from aligner.checks._run import Runner
from aligner.checks._values import DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from aligner._types import Divergence, Segment
    from aligner.checks._options import CheckOptions

    Row = Mapping[str, str | Segment]
    Checked = list[tuple[Divergence, ...]]

_BATCH = 512
"""Rows that are looked at together: word links are made for many passages at once."""
_AHEAD = 3  # batches that wait for each worker


def check_rows(
    rows: Iterable[Row],
    options: CheckOptions | None = None,
    *,
    languages: Mapping[str, str] | None = None,
    workers: int = 1,
) -> Iterator[tuple[Divergence, ...]]:
    """Yield the divergences of each row of texts by version; rows are read some at a time.

    A text with inline codes is given as a segment. A version's key is its language unless
    *languages* gives it. Spans are offsets into the texts given, ``bead`` counts the rows. Checks
    that need a whole text (moved passages, terms) do not run.

    Args:
        workers: processes; what comes out is the same. A script that asks for several has to
            guard its start with ``if __name__ == "__main__"``.

        >>> row = {"en": "It costs 45 euros.", "de": "Es kostet 54 Euro."}
        >>> [d.code for d in next(check_rows([row]))]
        ['D201']
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    named = dict(languages or {})
    if workers > 1:
        yield from _in_parallel(rows, options, named, workers)
        return
    for start, batch in _batches(rows):
        yield from _check(start, batch, options, named)


def _batches(rows: Iterable[Row]) -> Iterator[tuple[int, list[dict[str, str | Segment]]]]:
    stream, start = iter(rows), 0
    while batch := [dict(row) for row in islice(stream, _BATCH)]:
        yield start, batch
        start += len(batch)


def _in_parallel(
    rows: Iterable[Row], options: CheckOptions | None, languages: dict[str, str], workers: int
) -> Iterator[tuple[Divergence, ...]]:
    """Check batches in processes of their own, no more than a few ahead of what is taken.

    Processes are spawned, not forked: the tokenizer of the embedded model has threads. Ctrl-C ends
    them at once, and without a word, which is left to the process that was asked.
    """
    pending: deque[Future[Checked]] = deque()
    on_ctrl_c = (signal.SIGINT, signal.SIG_DFL)
    context = get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, signal.signal, on_ctrl_c)
    try:
        for start, batch in _batches(rows):
            pending.append(pool.submit(_check, start, batch, options, languages))
            if len(pending) > _AHEAD * workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        raise AlignerError("a process that checks rows was ended; try with one worker") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _check(
    start: int,
    batch: Sequence[Row],
    options: CheckOptions | None,
    languages: Mapping[str, str],
) -> Checked:
    """Return the divergences of each row of a batch, the first of which is number *start*."""
    runner = Runner(options)
    passages = tuple(
        tuple(passage_of_text(key, languages.get(key, key), text) for key, text in row.items())
        for row in batch
    )
    found = list(runner.beads(passages, start))
    for k, entry, finding in runner.whole(DocumentView((), passages)):
        found[k].append((entry, finding))
    return [tuple(runner.divergences(start + k, row, found[k])) for k, row in enumerate(passages)]
