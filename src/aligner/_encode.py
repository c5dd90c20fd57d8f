"""Encoders: what turns segments into vectors, and the one function that finds one by name."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from aligner._errors import EncoderError
from aligner._json import mended
from aligner._visible import hidden, spelled, unmarked, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._types import Alignment, Document

Matrix: TypeAlias = NDArray[np.float32]

EMBEDDED = "embedded"
CONTEXT = "context"
E5_SMALL = "e5-small"


@runtime_checkable
class Encoder(Protocol):
    """What turns texts into vectors, float32 [n, d], of unit length or, for an empty text, zeros.

    Attributes:
        name: the model and the hash or revision of its weights, for signatures and caches.
        languages: the language codes it knows; ``None`` if that is unknown or any.
    """

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> frozenset[str] | None: ...

    def encode(self, texts: Sequence[str], /) -> Matrix: ...


Encoder.__module__ = "aligner"


@runtime_checkable
class AdditiveEncoder(Encoder, Protocol):
    """An encoder whose vector of a text is the sum of the vectors of its pieces.

    The vector of a run of segments is then the sum of theirs, so a run needs no encoding.
    """

    def sums(self, texts: Sequence[str], /) -> Matrix: ...


class HasEncode(Protocol):
    """Anything with ``encode``, such as a ``SentenceTransformer`` that is already loaded."""

    def encode(self, texts: list[str], /) -> object: ...


EncoderLike: TypeAlias = str | PathLike[str] | HasEncode
"""What stands for an encoder wherever one is asked for: `load_encoder` makes one of it."""


def visible(text: str) -> str:
    """Return *text* `spelled`, without what is `hidden`; half a surrogate pair becomes U+FFFD."""
    text = spelled(text)
    return text if text.isprintable() else mended(without(text, hidden(text)))


def clean(text: str) -> str:
    """Return *text* as encoders see it: nothing hidden, no tags, white space runs as one space.

    >>> clean("Zusam\\u00admen\\u00a0 arbeit\\n")
    'Zusammen arbeit'
    """
    shown = unmarked(visible(text))
    if "  " in shown or shown[:1] == " " or shown[-1:] == " " or not shown.isprintable():
        return " ".join(shown.split())
    return shown


def lengths(matrix: Matrix) -> Matrix:
    """Return the length of each row, [n]; in one pass, where ``np.linalg.norm`` takes several."""
    found: Matrix = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    return found


def unit_rows(matrix: Matrix) -> Matrix:
    """Return *matrix* with rows of unit length; a row of zeros stays as it is."""
    sizes = lengths(matrix)[:, None]
    sizes[sizes == 0] = 1
    unit: Matrix = matrix / sizes
    return unit


class ObjectEncoder:
    """Make an :class:`Encoder` of any object with ``encode``.

    Its vectors are checked and brought to unit length. The name is the object's own ``name`` if
    it has one, else its class; without a hash in it, do not put such an encoder behind a cache.
    """

    languages: frozenset[str] | None = None

    def __init__(self, model: HasEncode) -> None:
        self._model = model
        self.name = str(getattr(model, "name", type(model).__qualname__))

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return one row of unit length a text."""
        cleaned = [clean(text) for text in texts]
        matrix = checked(self._model.encode(cleaned), len(cleaned), "texts", self.name)
        matrix[[not text for text in cleaned]] = 0
        return unit_rows(matrix)


def checked(vectors: object, count: int, what: str, source: str = "") -> Matrix:
    """Return *vectors* as a new float32 matrix of *count* rows.

    Raises:
        EncoderError: for a wrong count or shape, or values that are not finite.
    """
    label = f"{source}: " if source else ""
    try:
        matrix = np.array(vectors, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise EncoderError(f"{label}the vectors are no matrix of numbers: {error}") from error
    if count == 0 and matrix.size == 0:
        return matrix.reshape(0, matrix.shape[1] if matrix.ndim == 2 else 0)
    if matrix.ndim != 2:
        raise EncoderError(f"{label}the vectors have shape {matrix.shape}; give one row a segment")
    if len(matrix) != count:
        raise EncoderError(f"{label}{len(matrix)} vectors for {count} {what}; give one row each")
    broken = np.flatnonzero(~np.isfinite(matrix).all(axis=1))
    if len(broken):
        raise EncoderError(
            f"{label}{len(broken)} of {count} vectors have values that are not finite, "
            f"first in row {broken[0]}"
        )
    return matrix


def vectors_for(document: Document, vectors: object) -> Matrix:
    """Return precomputed *vectors* as unit rows, one for each segment of *document*.

    Raises:
        EncoderError: if their count is not that of the segments, or a value is not finite.
    """
    name = document.name or document.path or document.language
    return unit_rows(checked(vectors, len(document.segments), "segments", name))


def load_encoder(
    model: EncoderLike | None = None,
    *,
    prompt: str | None = None,
    device: str | None = None,
    batch_size: int = 64,
    offline: bool = False,
    progress: bool = False,
    cache: bool | str | PathLike[str] = True,
) -> Encoder:
    """Return the encoder called *model*, the embedded one by default.

    Args:
        model: ``None`` or ``"embedded"`` for the static model in the package (English, German,
            Swedish); ``"context"`` for the small transformer in it, which is slower and more exact;
            ``"e5-small"`` for the one of the extra ``aligner[e5]``; a folder, or a name on the
            hub, of any sentence-transformers model; an encoder, or any object with ``encode``. The
            other arguments are for models that are loaded by name or folder.
        prompt: what to put before every text, where the model's own prompt is not wanted.
        device: such as ``"cpu"`` or ``"cuda:1"``; by default what torch finds.
        offline: never go to the network; a hub model must be in the local cache.
        progress: show a bar while encoding.
        cache: keep the vectors of e5-small and of sentence-transformers models in a SQLite file:
            the user's cache, or the path given. It holds hashes and vectors, no text.

    Raises:
        EncoderError: if there is no such model, or it cannot be read.
        MissingExtraError: if its library is not installed.
    """
    from aligner import models

    if model is None or model == EMBEDDED:
        return models.load_embedded()
    if model == CONTEXT:
        return models.load_context()
    if model == E5_SMALL:
        return _cached(models.E5Encoder(), cache)
    if isinstance(model, (str, PathLike)):
        loaded = models.load_model(
            model,
            prompt=prompt,
            device=device,
            batch_size=batch_size,
            offline=offline,
            progress=progress,
        )
        return loaded if isinstance(loaded, AdditiveEncoder) else _cached(loaded, cache)
    if isinstance(model, Encoder):
        return model
    if callable(getattr(model, "encode", None)):
        return ObjectEncoder(model)
    raise TypeError(f"an encoder needs a method encode(texts); {type(model).__name__} has none")


def _cached(encoder: Encoder, cache: bool | str | PathLike[str]) -> Encoder:
    """Put a cache before *encoder*, unless its name does not tell its weights."""
    from aligner._cache import CachedEncoder

    if cache is False or "@unknown" in encoder.name:
        return encoder
    return CachedEncoder(encoder, None if cache is True else cache)


def encoder_of(alignment: Alignment, encoder: EncoderLike | None) -> Encoder:
    """Return the encoder to use; the embedded one if the alignment was made with it.

    Raises:
        EncoderError: if the alignment was made with another encoder than the one at hand.
    """
    found = load_encoder(encoder)
    made_with = alignment.signature.encoder
    if encoder is None and made_with != found.name:
        raise EncoderError(
            f"the alignment was made with the encoder {made_with!r}, not with {found.name!r}: "
            "give the one to use as encoder="
        )
    return found
