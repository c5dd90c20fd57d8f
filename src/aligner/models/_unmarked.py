"""Marks that are no part of what a text says: tags and emphasis."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"</?[a-zA-Z][^<>]*>"  # <b class="x">
    r"|(?<![\w*])[*_]+(?=[^\W_])"  # *this* and _that_, but not snake_case
    r"|(?<=[^\W_])[*_]+(?![\w*])"
)


def unmarked(text: str) -> str:
    """Return *text* with blanks in place of tags and marks of emphasis; as long as before.

    >>> unmarked("<b>Never</b> say _never_")
    '   Never     say  never '
    """
    if "<" in text or "_" in text or "*" in text:
        return _MARK.sub(lambda mark: " " * len(mark[0]), text)
    return text
