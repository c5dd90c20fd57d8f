"""Whether words of two versions are said of the same thing: of words that are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._words import word_links
from aligner.checks._lexicon import content_words
from aligner.checks._text import words

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import BeadView, Passage

_HEAD = 2  # content words behind or before a place


def keep_company(bead: BeadView, ours: Place, theirs: Place) -> bool:
    """Whether what follows *ours* in the source has a link to what follows *theirs*.

    ``all farms`` and ``einige Höfe`` do, ``all farms`` and ``einige Wochen`` do not. What stands at
    the end is told by what stands before; words that stand alone keep any company.
    """
    heads = _heads(bead.source, ours), _heads(bead.target, theirs)
    if not all(heads):
        return True
    return any(one in heads[0] and other in heads[1] for one, other in linked_words(bead))


def linked_words(bead: BeadView) -> dict[Place, float]:
    """Return how likely words of the two passages stand for each other, by where they begin."""
    sides = (bead.source, bead.target)
    texts = {str(k): passage.text for k, passage in enumerate(sides)}
    languages = {str(k): passage.language for k, passage in enumerate(sides)}
    links = word_links(texts, languages)
    return {(link.source.start, link.target.start): link.probability for link in links}


def _heads(passage: Passage, place: Place) -> set[int]:
    """Return where the next content words begin, or the last ones before."""
    found = content_words(words(passage.text), passage.language)
    after = [t.start for t in found if t.start >= place[1]][:_HEAD]
    return set(after or [t.start for t in found if t.end <= place[0]][-_HEAD:])
