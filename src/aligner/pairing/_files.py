"""Which files to pair, and what their names say once languages are taken out."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"[^\W_]+")
_LANGUAGE = re.compile(
    r"[a-z]{2}|eng?|english|englisch|engelska|deu|ger|german|deutsch|tyska"
    r"|swe|swedish|schwedisch|svenska|[a-z]{2}_?[a-z]{2}"
)


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
        raise InputError(", ".join(given) or "(no path)", "there are no files to pair")
    return sorted(found)


def _below(folder: str) -> Iterable[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(place, name) for name in files if not name.startswith("."))


def name_keys(paths: Sequence[str]) -> list[str]:
    """Return for each path its name without what may be a language; empty if that says nothing.

    >>> name_keys(["guide.en.txt", "de/guide.txt", "en.txt"])
    ['guide', 'guide', '']
    """
    keys = [_key(path) for path in paths]
    counts = Counter(keys)
    return [key if counts[key] <= max(8, len(paths) // 10) else "" for key in keys]


def _key(path: str) -> str:
    tokens = _TOKEN.findall(Path(path).stem.lower())
    return " ".join(token for token in tokens if not _LANGUAGE.fullmatch(token))
