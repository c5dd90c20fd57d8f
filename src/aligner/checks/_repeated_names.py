"""Names and places that one version names again where the other does so fewer times."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from aligner.checks._gazetteer import home_line, is_the_place, loose_lines, places
from aligner.checks._names import names
from aligner.checks._place import loneliest
from aligner.checks._sentences import sentences
from aligner.checks._spelling import is_spelled
from aligner.checks._text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_LETTERS = 4  # of a name that is counted


def named_again(passage: Passage, others: Sequence[Passage]) -> Iterator[Place]:
    """Yield where *passage* names what the first of *others* names, but fewer times.

    The others have to name it as often, and in one sentence: in the next a version may say ``it``.
    """
    mentions = [_places(p) for p in (passage, *others)]
    for line, spots in mentions[0].items():
        theirs, *seconds = (found.get(line, []) for found in mentions[1:])
        nouns = [spot for spot in spots if is_the_place(passage, spot)]
        if nouns and _are_fewer(spots, theirs, seconds) and _is_one_sentence(passage, spots):
            yield _loneliest(nouns, passage, theirs, others[0])
    for folded, spots in _names(passage).items():
        theirs, *seconds = (_spelled(folded, p) for p in others)
        if _are_fewer(spots, theirs, seconds) and _is_one_sentence(passage, spots):
            yield _loneliest(spots, passage, theirs, others[0])


def _are_fewer(
    ours: Sequence[Place], theirs: Sequence[Place], seconds: Sequence[Sequence[Place]]
) -> bool:
    return 0 < len(theirs) < len(ours) and all(len(spots) >= len(ours) for spots in seconds)


def _is_one_sentence(passage: Passage, spots: Sequence[Place]) -> bool:
    """Whether all mentions stand in one sentence, and none is only said twice by mistake."""
    text = passage.text
    before = [text[:start].split()[-1:] for start, _ in spots]
    after = [text[end:].split()[:1] for _, end in spots]
    one = any(start <= spots[0][0] and spots[-1][1] <= end for start, end in sentences(passage))
    return one and all(_are_different(words) for words in (before, after))


def _are_different(words: Sequence[Sequence[str]]) -> bool:
    return len({word[0] for word in words if word}) == sum(map(len, words))


def _places(passage: Passage) -> dict[int, list[Place]]:
    loose = {*loose_lines(), home_line(passage.language)}
    found: dict[int, list[Place]] = defaultdict(list)
    for one in places(passage.text, passage.language):
        if one.line not in loose:
            found[one.line].append((one.start, one.end))
    return found


def _names(passage: Passage) -> dict[str, list[Place]]:
    """Return where names stand that come more than once."""
    named = names(passage.text, passage.language, passage.names)
    often = Counter(name.folded for name in named)
    found: dict[str, list[Place]] = defaultdict(list)
    for name in named:
        if often[name.folded] > 1 and len(name.folded) >= _LETTERS and not name.acronym:
            found[name.folded].append(name.place)
    return found


def _spelled(folded: str, passage: Passage) -> list[Place]:
    found = (token for token in tokens(passage.text) if is_spelled(folded, token.text))
    return [token.place for token in found]


def _loneliest(
    ours: Sequence[Place], passage: Passage, theirs: Sequence[Place], other: Passage
) -> Place:
    """Return the mention that stands farthest from any of the other version."""
    here, there = ([start for start, _ in spots] for spots in (ours, theirs))
    return ours[loneliest(here, passage.text, there, other.text)]
