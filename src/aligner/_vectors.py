"""Vectors of the segments of one version, as every aligner stage wants them: sums."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner import models
from aligner._captions import credit_start
from aligner._encode import AdditiveEncoder, Encoder, clean, vectors_for
from aligner._errors import EncoderError
from aligner._overlaps import Overlaps, centre_of, centred
from aligner._visible import unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aligner._types import Document


# Two letters in a row, or a digit. What has neither says nothing, and all of it looks alike to a
# transformer: the dashes and single letters of a scanned page would be each other's counterparts.
_WORD = re.compile(r"[^\W\d_]{2}|\d")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class SegmentVectors:
    """One vector a segment; the vector of a run of segments is the sum of theirs.

    Attributes:
        sums: float32 ``[segments, dimensions]``; a blank segment has a row of zeros.
        additive: whether the sum is exactly what the encoder gives for the joined text.
        overlaps: what the encoder gives for joined texts, where the sum only comes near.
        heavier: a second encoder, for what these vectors leave in doubt.
    """

    sums: NDArray[np.float32]
    additive: bool = False
    overlaps: Overlaps | None = None
    heavier: Overlaps | None = None

    def __post_init__(self) -> None:
        if self.sums.ndim != 2 or self.sums.dtype != np.float32:
            found = f"{self.sums.dtype} {list(self.sums.shape)}"
            raise ValueError(f"sums must be float32 [segments, dimensions], not {found}")

    def __len__(self) -> int:
        return len(self.sums)

    @property
    def asked(self) -> tuple[Overlaps, ...]:
        """What knows the texts that an encoder that is not additive has been given so far."""
        return tuple(found for found in (self.overlaps, self.heavier) if found)


def embed(document: Document, encoder: Encoder) -> SegmentVectors:
    """Return the vectors that *encoder* gives the segments of *document*."""
    texts = [segment.text for segment in document.segments]
    if isinstance(encoder, AdditiveEncoder):
        sums = encoder.sums(unnumbered(texts))
        captions = [k for k, segment in enumerate(document.segments) if segment.kind == "caption"]
        if captions:
            counts = Counter(_TOKEN.findall(clean(document.text).lower()))
            for k in captions:
                sums[k] = _told(texts[k], counts, encoder)
        return SegmentVectors(sums, additive=True)
    cleaned = tuple(clean(text) for text in texts)
    unit = encoder.encode(cleaned)
    unit[[not _WORD.search(text) for text in cleaned]] = 0
    centre = centre_of(unit)
    known = dict(zip(cleaned, unit, strict=True))
    sums = weighted(centred(unit, centre), cleaned)
    return SegmentVectors(sums, overlaps=Overlaps(cleaned, encoder, centre, known))


def _told(caption: str, counts: Counter[str], encoder: AdditiveEncoder) -> NDArray[np.float32]:
    """Return the vector of what a *caption* alone says, its sum of words by how rare each is.

    Captions of different pictures name the same people and the same agency, all in few words. Each
    word counts the less the more often the document has it, and who took the picture not at all.

    Args:
        counts: how often the document has each word, in small letters.
    """
    said = clean(caption)
    words = _TOKEN.findall(said[: credit_start(said)]) or [said]
    rarity = np.array([1 / max(counts[word.lower()], 1) for word in words], np.float32)
    told: NDArray[np.float32] = rarity @ encoder.sums(words)
    return told


def embed_cascade(document: Document, light: AdditiveEncoder, heavy: Encoder) -> SegmentVectors:
    """Return the vectors of a *light* encoder, with a *heavy* one for what they leave in doubt.

    Captions are left to the light one, which weighs their words, see `_told`.
    """
    texts = unnumbered([segment.text for segment in document.segments])
    read = tuple(
        "" if segment.kind == "caption" else clean(text)
        for segment, text in zip(document.segments, texts, strict=True)
    )
    return replace(embed(document, light), heavier=Overlaps(read, heavy))


def given(document: Document, vectors: object) -> SegmentVectors:
    """Return precomputed *vectors*, one row for each segment of *document*.

    Raises:
        EncoderError: if their count is not that of the segments, or a value is not finite.
    """
    unit = vectors_for(document, vectors)
    texts = [clean(segment.text) for segment in document.segments]
    return SegmentVectors(weighted(centred(unit, centre_of(unit)), texts))


def vectors_by_name(
    documents: Sequence[Document],
    encoder: Encoder | None,
    precomputed: Mapping[str, object] | Sequence[object] | None = None,
    *,
    cascade: bool = False,
) -> dict[str, SegmentVectors]:
    """Return the vectors of each of the *documents* by its name.

    Args:
        encoder: ``None`` where the vectors are *precomputed*, by name or in order.
        cascade: whether the embedded model is asked first, and what that leaves in doubt is asked
            *encoder* or, where that is the embedded model itself, the transformer in the package.

    Raises:
        EncoderError: for vectors that do not fit the segments, or one another.
        ValueError: if there are not as many as versions, or a cascade has no heavier encoder.
    """
    names = [document.name for document in documents]
    if cascade:
        light = models.load_embedded()
        heavy = _heavier(encoder, light)
        found = {document.name: embed_cascade(document, light, heavy) for document in documents}
    elif encoder is not None:
        found = {document.name: embed(document, encoder) for document in documents}
    else:
        rows = _by_name(() if precomputed is None else precomputed, names)
        found = {document.name: given(document, rows[document.name]) for document in documents}
    widths = {name: v.sums.shape[1] for name, v in found.items() if len(v)}
    if len(set(widths.values())) > 1:
        widths_text = ", ".join(f"{width} for {name!r}" for name, width in widths.items())
        raise EncoderError(f"vectors of different width: {widths_text}")
    return found


def _heavier(encoder: Encoder | None, light: AdditiveEncoder) -> Encoder:
    """Return what is asked after *light* in a cascade in which the user named *encoder*."""
    if encoder is not None and encoder.name == light.name:
        return models.load_context()
    if encoder is None or isinstance(encoder, AdditiveEncoder):
        raise ValueError(
            "a cascade needs an encoder heavier than a static model, no vectors: give encoder=, "
            "--encoder, or none for the models in the package"
        )
    return encoder


def _by_name(
    vectors: Mapping[str, object] | Sequence[object], names: Sequence[str]
) -> Mapping[str, object]:
    if not isinstance(vectors, Mapping):
        if len(vectors) != len(names):
            raise ValueError(f"vectors for {len(vectors)} of {len(names)} versions")
        return dict(zip(names, vectors, strict=True))
    if set(vectors) != set(names):
        raise ValueError(f"vectors for {', '.join(vectors)}; the versions are {', '.join(names)}")
    return vectors


def weighted(unit: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    """Return unit rows times the letters of their texts.

    A sentence then weighs in a run of sentences by its length, as its tokens would.
    """
    letters = np.array([len(text) for text in texts], dtype=np.float32)
    return unit * letters[:, None]
