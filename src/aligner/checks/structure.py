"""Structure: headings and lists, placeholders and markup."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ._registry import BeadView, Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|\{\d*\w*\}|%\(\w+\)[sd]|%\d*\$?[sd]\b|\$\{\w+\}")
_KINDS = frozenset({"heading", "item", "text"})


@check("D602", "structure", "style", needs_lexicon=False)
def other_structure(bead: BeadView) -> Iterator[Finding]:
    """A heading, list item or paragraph of one version is something else in the other.

    Not flagged: captions and what a site prints around a text.
    """
    source, target = bead.source, bead.target
    if not {source.kind, target.kind} <= _KINDS:
        return
    differs = source.kind != target.kind
    if differs or (source.kind == "heading" and source.level != target.level):
        ours = f"{source.kind} {source.level or ''}".strip()
        theirs = f"{target.kind} {target.level or ''}".strip()
        places = {p.version: (p.whole,) for p in (source, target)}
        message = f"{ours} in {source.version}, {theirs} in {target.version}"
        yield Finding(places, message, 0.7, "structure")


@check("D603", "structure", "major", needs_lexicon=False)
def lost_markup(bead: BeadView) -> Iterator[Finding]:
    """A placeholder or tag of one version is missing in the other.

    Not flagged: another order of the same ones.
    """
    source, target = bead.source, bead.target
    if not any(mark in source.text or mark in target.text for mark in "<{%"):
        return
    for passage, other in bead.both_ways:
        theirs = Counter(match.group() for match in _MARKUP.finditer(other.text))
        for match in _MARKUP.finditer(passage.text):
            theirs[match.group()] -= 1
            if theirs[match.group()] < 0:
                places = {passage.version: (match.span(),), other.version: ()}
                message = f"{match.group()} of {passage.version} is missing in {other.version}"
                yield Finding(places, message, 0.85, match.group())
