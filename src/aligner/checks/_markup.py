"""Placeholders and tags in a text, the inline codes beside it, and which of them another lacks."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import InlineCode
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_SIGNS = "<{%"
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|\{\d*\w*\}|%\(\w+\)[sd]|%\d*\$?[sd]\b|\$\{\w+\}")
_NAME = re.compile(r"</?(\w+)")
_CONTENT = re.compile(r"<\w[^<>]*>([^<>]+)</")
_PLACES = frozenset({"ph", "ut"})
_OPENINGS = frozenset({"bpt", "it", "pc", "sc"})


class Mark(NamedTuple):
    """A placeholder, a tag or an inline code.

    Attributes:
        shown: as people know it.
        kind: any other of its kind may stand for it.
        formats: it is a code that only gives words another look, such as bold.
    """

    shown: str
    kind: str
    place: Place
    formats: bool = False


def markup(text: str) -> list[Place]:
    """Return where placeholders and tags stand in *text*."""
    if not any(sign in text for sign in _SIGNS):
        return []
    return [match.span() for match in _MARKUP.finditer(text)]


def lost_marks(passage: Passage, other: Passage) -> list[Mark]:
    """Return what *passage* has more of than *other*; of a pair of tags that is lost, the first.

    An inline code can be named otherwise in the other version: the first that is not named there
    is the one.
    """
    theirs = list(_marks(other))
    left, named = Counter(mark.kind for mark in theirs), {mark.shown for mark in theirs}
    ours = list(_marks(passage))
    surplus = Counter(mark.kind for mark in ours) - left
    lost = []
    for mark in sorted(ours, key=lambda mark: mark.shown in named and mark.shown != mark.kind):
        if surplus[mark.kind] > 0:
            surplus[mark.kind] -= 1
            lost.append(mark)
    kinds = {mark.kind for mark in lost}
    whole = [mark for mark in lost if not _closes(mark.shown, kinds)]
    return sorted(whole, key=lambda mark: mark.place)


def _closes(shown: str, kinds: set[str]) -> bool:
    """Whether a tag closes one that is lost as well."""
    return shown.startswith("</") and any(
        kind.startswith("<") and _name(kind) == _name(shown) for kind in kinds - {shown}
    )


def _name(shown: str) -> str:
    found = _NAME.match(shown)
    return found[1] if found else ""


def _marks(passage: Passage) -> Iterator[Mark]:
    """Yield the placeholders and tags of a passage, and its inline codes that stand for some."""
    text = passage.written or passage.text
    for start, end in markup(text):
        shown = text[start:end]
        yield Mark(shown, shown, (start, end))
    for code in passage.codes:
        name = _name(code.markup)
        if name in _PLACES or (name in _OPENINGS and not code.markup.startswith("</")):
            formats = name in _OPENINGS
            place = (code.offset, code.offset)
            yield Mark(_shown(code), "formatting" if formats else "placeholder", place, formats)


def _shown(code: InlineCode) -> str:
    """Return what a code stands for where the file says it, else the code."""
    content = _CONTENT.search(code.markup)
    return unescape(content[1]) if content else next((said for _, said in code.data), code.markup)
