"""Words in capitals are read in the case in which a tokenizer knows them.

``KAPITEL`` is three pieces that mean nothing and ``Kapitel`` one that does, while ``NATO`` is one
and ``nato`` two: the form of fewest pieces is the word. Read as it is written, a heading in
capitals is as far from its translation as from any other sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Latin capitals: their small letters are as many characters, so all stays in its place.
_WORD = re.compile(r"\b(?![IVX]+\b)[A-ZÀ-ÖØ-Þßẞ]+\b")
# Shorter words in capitals within a sentence are acronyms, whatever their pieces.
_LONG = re.compile(r"\b[A-ZÀ-ÖØ-Þßẞ]{4,}\b")
_MOST = 1 << 16


def is_shouted(text: str) -> bool:
    """Whether all letters are capitals, and not because *text* is an acronym or two."""
    capitals = text.isupper() or ("ß" in text and text.replace("ß", "").isupper())
    return capitals and _LONG.search(text) is not None


class Recaser:
    """Writes words in capitals as a tokenizer knows them.

    Args:
        sizes: gives the number of pieces of each of some texts.
    """

    def __init__(self, sizes: Callable[[Sequence[str]], Iterable[int]]) -> None:
        self._sizes = sizes
        self._known: dict[tuple[str, bool], str] = {}

    def __call__(self, text: str) -> str:
        """Return *text*, as long as before; Roman numerals stay what they are."""
        if not _LONG.search(text):
            return text
        if is_shouted(text):
            return self.spoken(text)
        return _LONG.sub(lambda word: self._form(word[0], shouted=False), text)

    def spoken(self, text: str) -> str:
        """Return a text that `is_shouted` in the case of a sentence."""
        return _WORD.sub(lambda word: self._form(word[0], shouted=True), text)

    def _form(self, word: str, *, shouted: bool) -> str:
        """Return the form of fewest pieces, as it is written if no other has fewer.

        Where everything is in capitals they say nothing: a form that has as many will do.
        """
        if (word, shouted) not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            small = [word.lower(), word[0] + word[1:].lower()]
            forms = [*small, word] if shouted else [word, *small]
            sizes = dict(zip(forms, self._sizes(forms), strict=True))
            self._known[word, shouted] = min(sizes, key=sizes.__getitem__)
        return self._known[word, shouted]
