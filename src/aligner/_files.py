"""Which files a row of paths stands for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from aligner._errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(paths: Iterable[str | os.PathLike[str]]) -> list[str]:
    """Return the files that *paths* stand for, each once, sorted.

    Raises:
        InputError: for a path that does not exist, or if there is no file at all.
    """
    given = [os.fspath(path) for path in paths]
    found: set[str] = set()
    for path in given:
        if os.path.isdir(path):
            found.update(_below(path))
        elif os.path.exists(path):
            found.add(path)
        else:
            raise InputError(path, "no such file or folder")
    if not found:
        raise InputError(", ".join(given) or "(no path)", "there are no files")
    return sorted(found)


def _below(folder: str) -> Iterable[str]:
    """Yield the files; not pipes and sockets, which are read for ever. Broken links are kept."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (os.path.join(place, name) for name in files if not name.startswith("."))
        yield from (path for path in paths if os.path.isfile(path) or not os.path.exists(path))
