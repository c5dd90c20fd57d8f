"""Names that a third version tells of: it has them as well, or spells them as one of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._capitals import capitals, folded_capitals
from aligner.checks._everyday import is_everyday, is_name
from aligner.checks._name_findings import name_finding
from aligner.checks._names import Name, names
from aligner.checks._neighbours import beside, is_compounded
from aligner.checks._spelling import bones, distance, fold, is_spelled, plain, plain_words
from aligner.checks._text import NOWHERE, Token, capital_places, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.checks._values import BeadView, Finding, Passage

_SHORTEST = 5  # letters of a name that a slip does not make another


def voted_out(bead: BeadView) -> Iterator[Finding]:
    """Yield names of two versions that the third lacks though they could be other words.

    They begin a sentence or look like a compound; or they are everyday words beside a name that
    all have: two versions have ``Mark Avery``, the third ``Ground Avery``.
    """
    third = bead.third
    for passage, other in bead.both_ways:
        witnesses = frozenset[str]().union(*(folded_capitals(p.text, p.language) for p in third))
        if not witnesses:
            return
        listed = {name.start for name in names(passage.text, passage.language, passage.names)}
        lost = [
            token
            for token in capitals(passage.text, passage.language)
            if fold(token.low) in witnesses
            and token.start not in listed
            and not is_spelled(fold(token.low), other.text)
            and not is_compounded(token.start, passage, other)
        ]
        if not lost:
            continue
        sure = {fold(w.low) for p in (passage, *third) for w in _inner_capitals(p)}
        for token in lost:
            languages = (passage.language, *(p.language for p in third))
            strange = not any(is_everyday(token.low, language) for language in languages)
            named = fold(token.low) in sure and not _is_generic(token, passage)
            if strange or named or beside(token.start, passage, other) == "replaced":
                yield name_finding(passage, other, [Name.of(token)], None, 0.7)


def _inner_capitals(passage: Passage) -> list[Token]:
    """Return words with a capital inside a sentence of a language that gives it to names alone.

    Not those that stand beside an everyday word with a capital (``High Court``), which may be
    titles that others translate.
    """
    if base_language(passage.language) == "de":
        return []
    items = (NOWHERE, *tokens(passage.text), NOWHERE)
    found = {token.start for token in capitals(passage.text, passage.language)}
    return [
        token
        for before, token, after in zip(items, items[1:], items[2:], strict=False)
        if token.start in found and before.is_word and not (_is_title(before) or _is_title(after))
    ]


def _is_generic(token: Token, passage: Passage) -> bool:
    """Whether a word says what a name beside it is of: ``Metro`` of ``Pyongyang Metro``."""
    if not _is_title(token) or is_name(token.low):
        return False
    before = passage.text[: token.start].split()[-1:]
    after = [w for w in passage.text[token.end :].split()[:3] if w not in ("of", "the", "for")]
    return any(word[0].isupper() for word in (*before, *after[:1]))


def _is_title(token: Token) -> bool:
    return token.text[0].isupper() and is_everyday(token.low, "en")


def near_misses(bead: BeadView) -> Iterator[Finding]:
    """Yield names that two versions spell alike and the third a little differently."""
    if len(bead.passages) < 3:
        return
    for passage, other in bead.both_ways:
        for name in names(passage.text, passage.language, passage.names):
            rival = None if name.acronym else _slip(plain(name.text), bead.third, other)
            if rival:
                yield name_finding(passage, other, [name], [Name.of(rival)], 0.65)


def _slip(name: str, third: Sequence[Passage], other: Passage) -> Token | None:
    """Return the word of *other* that nearly is a name which a *third* version has as it is."""
    if len(name) < _SHORTEST or not any(name in plain_words(p.text) for p in third):
        return None
    items = tokens(other.text)
    theirs = [items[place] for place in capital_places(other.text)]
    if any(plain(token.low)[: len(name) - 1] == name[:-1] for token in theirs):
        return None
    near = next((token for token in theirs if _is_near(name, plain(token.low))), None)
    known = near is not None and (is_name(near.low) or not is_everyday(near.low, other.language))
    return near if known else None


def _is_near(name: str, other: str) -> bool:
    """Whether two names differ by a slip: about as long, beginning alike, not the same stem.

    With a vowel more or less (``Aleksandr``, ``Alexander``) it is another transliteration.
    """
    if abs(len(name) - len(other)) > 1 or name[0] != other[0] or name in other:
        return False
    ours, theirs = (fold(word).removesuffix("s") for word in (name, other))
    if ours == theirs or (bones(ours) == bones(theirs) and len(ours) != len(theirs)):
        return False
    return name[:-2] != other[: len(name) - 2] and 1 <= distance(name, other) <= 3
