"""Find pairs of sentences in texts that are comparable but no translations of each other.

    >>> from aligner.mining import mine
    >>> found = mine({"en": "data/samples/story/en.txt", "de": "data/samples/story/de.txt"})
    >>> found.pairs[0].languages
    ('en', 'de')

All segments of one language are compared with all of another, wherever they stand: order says
nothing here. `_neighbours` finds the nearest, `_judge` decides.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from aligner.mining._values import MinedPair, Mining, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._encode import Encoder, EncoderLike
    from aligner.mining._judge import MiningWeights
    from aligner.mining._sides import Side, Texts

__all__ = ["LEAST", "MinedPair", "Mining", "Place", "mine"]

Place.__module__ = __name__

LEAST = 0.8
"""Probability from which a pair is kept."""


def mine(
    first: Texts | Mapping[str, Texts],
    /,
    *others: Texts,
    languages: Sequence[str] | None = None,
    lines: bool = False,
    encoder: EncoderLike | None = None,
    least: float = LEAST,
) -> Mining:
    """Return the sentences that are translations of each other, out of comparable texts.

    A string is a file or a folder; a list of strings is segments that are already cut. The files
    of all folders are put together by language, and each two languages are searched. A sentence
    that stands in several places is taken at the first. A pair is one sentence a side.

    Args:
        first: a file, a folder, a list of segments or a `Document`; or all of them by language.
        languages: of what is given, in order; otherwise each file's is identified.
        lines: the files have one segment a line.
        encoder: the embedded model by default; a name or folder, or any object with ``encode``.
        least: probability from which a pair is kept.

    Raises:
        InputError: for a path that does not exist, or if there are not two languages.

    >>> english = ["The bridge was opened on Monday.", "Nobody was hurt in the fire."]
    >>> german = ["Das Wetter bleibt schön.", "Die Brücke wurde am Montag eröffnet."]
    >>> [pair.texts for pair in mine({"en": english, "de": german}).pairs]
    [('The bridge was opened on Monday.', 'Die Brücke wurde am Montag eröffnet.')]
    """
    from aligner import __version__
    from aligner._encode import load_encoder
    from aligner._segment import segmenter_name
    from aligner._types import Signature
    from aligner.mining._judge import load_weights
    from aligner.mining._sides import keyed, sides_of

    if not 0 <= least <= 1:
        raise ValueError(f"least must be 0 to 1, not {least!r}")
    sides, unreadable = sides_of(keyed(first, others, languages), lines=lines)
    loaded = load_encoder(encoder)
    pairs = list(_pairs(sides, loaded, load_weights(), least))
    pairs.sort(key=lambda pair: -pair.probability)
    return Mining(
        tuple(pairs),
        {side.language: len(side.texts) for side in sides},
        Signature(__version__, loaded.name, segmenter_name(lines=lines), f"mining|least:{least:g}"),
        unreadable,
        tuple(told for side in sides if (told := side.note())),
    )


def _pairs(
    sides: Sequence[Side], encoder: Encoder, weights: MiningWeights, least: float
) -> Iterator[MinedPair]:
    """Yield the pairs that are likely enough.

    One with a sentence in another language than the text it stands in is left out.
    """
    from aligner._surface import is_foreign
    from aligner.mining._judge import candidates, probabilities

    vectors = {side.language: encoder.encode(side.texts) for side in sides}
    for ours, theirs in combinations(sides, 2):
        both = vectors[ours.language], vectors[theirs.language]
        languages = ours.language, theirs.language
        found = candidates((ours.texts, theirs.texts), both, languages)
        beliefs = probabilities(found, weights)
        for i, j, margin, belief in zip(
            found.source.tolist(),
            found.target.tolist(),
            found.margin.tolist(),
            beliefs.tolist(),
            strict=True,
        ):
            if belief >= least and not (
                is_foreign(ours.texts[i], ours.language)
                or is_foreign(theirs.texts[j], theirs.language)
            ):
                yield MinedPair(
                    languages,
                    (ours.texts[i], theirs.texts[j]),
                    (ours.places[i], theirs.places[j]),
                    margin,
                    belief,
                )
