"""What the names of files say of which belong together, once languages are taken out."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"[^\W_]+")
_LANGUAGE = re.compile(
    r"[a-z]{2}|eng?|english|englisch|engelska|deu|ger|german|deutsch|tyska"
    r"|swe|swedish|schwedisch|svenska|[a-z]{2}_?[a-z]{2}"
)


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
