"""How often a shard was begun, so that a document that kills its worker does not do so for ever.

What a worker does not survive it cannot report. So it notes in the folder of the run what it is at
before it begins, and whoever comes after it knows, be it a process here or an actor of a cluster.
Workers die for other reasons, too: documents are suspected only after `DEATHS` deaths over a shard.
"""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from aligner._errors import AlignerError
from aligner._storage import TEMPORARY, join, read_bytes, remove
from aligner.corpus._plan import save_json

if TYPE_CHECKING:
    from collections.abc import Iterator

DEATHS = 20
"""How often a worker may die over a shard before its documents are watched one by one."""
OVER = 3
"""How often a worker may die over a document that is watched before it is left out."""


class Attempts:
    """What was begun of one shard and not ended.

    Args:
        path: of the file that outlives the worker.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._begun, self._tries = _read(path)
        self._begun += 1
        self._write()

    @property
    def is_watched(self) -> bool:
        """Whether so many workers died that a document must be to blame."""
        return self._begun > DEATHS

    @contextmanager
    def on(self, document: int) -> Iterator[None]:
        """Note what is done inside as work on the *document* of this index.

        Raises:
            AlignerError: if workers died over it, again and again.
        """
        if not self.is_watched:
            yield
            return
        if self._tries.get(document, 0) >= OVER:
            problem = "its worker dies over it, again and again; is there enough memory?"
            raise AlignerError(problem)
        self._tries[document] = self._tries.get(document, 0) + 1
        self._write()
        try:
            yield
        finally:  # which a worker that dies does not reach
            del self._tries[document]

    def _write(self) -> None:
        save_json({"begun": self._begun, "tries": list(self._tries.items())}, self._path)


@contextmanager
def attempts(folder: str, shard: int, stage: str) -> Iterator[Attempts]:
    """Note that a worker begins a *stage* of the shard, until it is done or has failed."""
    path = join(folder, f"{TEMPORARY}{stage}-{shard:05}")
    try:
        yield Attempts(path)
    finally:
        with suppress(OSError):
            remove(path)


def most(documents: int) -> int:
    """Return how often workers may die over a shard of so many *documents* before it is done."""
    return DEATHS + OVER * documents + 1


def _read(path: str) -> tuple[int, dict[int, int]]:
    try:
        found = json.loads(read_bytes(path))
    except (OSError, ValueError):  # not there, or half written
        return 0, {}
    return found["begun"], dict(found["tries"])
