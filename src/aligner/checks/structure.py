"""Structure: headings and lists, placeholders and markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._markup import lost_marks
from aligner.checks._registry import check
from aligner.checks._values import BeadView, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Severity

_KINDS = frozenset({"heading", "item", "text"})


@check("D602", "structure", "style", needs_lexicon=False)
def other_structure(bead: BeadView) -> Iterator[Finding]:
    """A heading, list item or paragraph of one version is something else in the other.

    Not flagged: captions, what a site prints around a text, and versions in files of other kinds,
    which tell headings and lists in other ways or not at all.
    """
    source, target = bead.source, bead.target
    if not {source.kind, target.kind} <= _KINDS or source.format != target.format:
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
    """A placeholder, tag or inline code of one version is missing in the other.

    Not flagged: another order of the same ones.
    """
    for passage, other in bead.both_ways:
        for mark in lost_marks(passage, other):
            places = {passage.version: (mark.place,), other.version: ()}
            message = f"{mark.shown} of {passage.version} is missing in {other.version}"
            severity: Severity | None = "minor" if mark.formats else None
            yield Finding(places, message, 0.85, mark.shown, severity)
