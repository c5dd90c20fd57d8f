"""Punctuation by each language's rules: pairs that do not close, marks that stand twice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._registry import check
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOUBLED = re.compile(r",{2,}|;{2,}|:{2,}|(?<!\.)\.\.(?!\.)|[,;:][.;:,]+|\.,(?=\s|$)|\?\.|!\.")
_TWO_MARKS = re.compile(r"[,;:.?!][.,;:]")
_ABBREVIATION = re.compile(r"\b\w{1,4}\.,\Z")
_PAIRS = (("(", ")"), ("[", "]"))
_UNCLOSED = "a quotation mark is not closed"
_QUOTE = re.compile('[“”„»«]|(?<!\\S)"(?=\\S)|(?<=\\S)"')  # not ``"`` alone: the same as above


@check("D601", "punctuation", "style", needs_lexicon=False)
def broken_punctuation(bead: BeadView) -> Iterator[Finding]:
    """A bracket or quotation mark does not close, or marks follow each other.

    Not flagged: what the other version has as well, a quotation that goes on in the next
    passage of the paragraph, dashes before speech, each language's own quotation marks.
    """
    for passage, other in bead.both_ways:
        theirs = {kind for kind, _, _ in faults(other)}
        for kind, start, end in faults(passage):
            if kind not in theirs:
                shown = passage.text[start:end]
                places = {passage.version: ((start, end),), other.version: ()}
                message = f"{shown!r} in {passage.version}: {kind}"
                yield Finding(places, message, 0.8, kind)


def faults(passage: Passage) -> list[tuple[str, int, int]]:
    """Return what is wrong with the marks of *passage*: kind, start, end.

    Not a quotation of which the rest stands in the same paragraph.
    """
    found = _faults(passage.text)
    if not any(kind == _UNCLOSED for kind, _, _ in found) or not _is_even(passage.around):
        return found
    return [fault for fault in found if fault[0] != _UNCLOSED]


def _is_even(paragraph: str) -> bool:
    """Whether all that is quoted in a paragraph begins and ends there."""
    return bool(paragraph) and len(_QUOTE.findall(paragraph)) % 2 == 0


@lru_cache(maxsize=512)
def _faults(text: str) -> list[tuple[str, int, int]]:
    """Return what is wrong, each with its place."""
    found = []
    for match in _DOUBLED.finditer(text) if _TWO_MARKS.search(text) else ():
        before = text[max(0, match.start() - 5) : match.end()]
        if not _ABBREVIATION.search(before):
            found.append(("marks follow each other", match.start(), match.end()))
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and not re.match(r"\s*\(?[\w]{1,3}\)", text):
            place = text.rfind(opening) if text.count(opening) else text.rfind(closing)
            found.append(("a bracket is not closed", place, place + 1))
    quotes = [match.start() for match in _QUOTE.finditer(text)]
    if len(quotes) % 2:
        found.append((_UNCLOSED, quotes[-1], quotes[-1] + 1))
    return found
