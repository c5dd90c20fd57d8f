"""Remarks in brackets that another version lacks: ``(in German)`` behind a title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.checks._lexicon import content_words
from aligner.checks._text import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aligner._words import Analysis
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_ASIDE = re.compile(r"\([^()\d]+\)|(?<=\s)[-\u2013\u2014]\s[^()\d]{1,120}?\s[-\u2013\u2014](?!\w)")
_ACRONYM = re.compile(r"\w+[A-Z]")
_FEWEST = 2  # words of a remark
_LINK, _SHARE = 0.3, 0.3
"""The link of a word that is there, and the share of letters with one from which a remark is."""


class Remark(NamedTuple):
    """A remark that some texts of a group lack.

    Attributes:
        places: where it stands, with its brackets, by text; the first is the one compared.
    """

    places: Mapping[int, Place]
    lacking: tuple[int, ...]


def lost_remarks(passages: Mapping[int, Passage], analysis: Analysis) -> Iterator[Remark]:
    """Yield the remarks of a group of texts that some of them lack.

    A text lacks a remark if it has fewer asides, and hardly a word of it anywhere.
    Acronyms, figures and single words are no remarks: languages shorten and gloss as they like.
    """
    found = {k: _asides(passage.text) for k, passage in passages.items()}
    shown: set[tuple[int, Place]] = set()
    for text in found:
        fewer = [k for k in found if len(found[k]) < len(found[text])]
        even = [k for k in found if k != text and len(found[k]) == len(found[text])]
        for rank, place in enumerate(found[text] if fewer else ()):
            if (text, place) in shown or not _is_remark(passages[text], place):
                continue
            lacking = tuple(k for k in fewer if _share_said(analysis, text, place, k) < _SHARE)
            if lacking:
                places = {text: place} | {k: found[k][rank] for k in even}
                shown.update(places.items())
                yield Remark(places, lacking)


@lru_cache(maxsize=512)
def _asides(text: str) -> tuple[Place, ...]:
    """Return where words that are no acronyms stand in brackets or between dashes."""
    found = (match.span() for match in _ASIDE.finditer(text))
    return tuple(place for place in found if _plain_words(text[slice(*place)]))


def _plain_words(text: str) -> list[Token]:
    return [
        token
        for token in tokens(text)
        if token.is_word and len(token.text) > 1 and not _ACRONYM.match(token.text)
    ]


def _is_remark(passage: Passage, place: Place) -> bool:
    text = passage.text[slice(*place)]
    said = _plain_words(text)
    bracketed = text[0] == "(" and len(said) >= _FEWEST
    return bracketed and bool(content_words(said, passage.language))


def _share_said(analysis: Analysis, text: int, place: Place, other: int) -> float:
    """Return the share of letters between *place* that have a link in *other*."""
    if (text, other) not in analysis.table:
        return 0.0
    links = analysis.table[text, other].links
    spans = analysis.words.spans[analysis.words.of(text)]
    inside = (spans[:, 0] >= place[0]) & (spans[:, 1] <= place[1])
    letters = (spans[:, 1] - spans[:, 0])[inside].astype(np.float32)
    linked = links[inside].max(1, initial=0) > _LINK
    return float(letters[linked].sum() / max(letters.sum(), 1))
