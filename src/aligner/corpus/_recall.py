"""Vectors that another process has made, given out again where an encoder is asked for them."""

from __future__ import annotations

import io
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import AdditiveEncoder, clean, unit_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aligner._encode import Encoder, Matrix


def vectors_of(texts: Iterable[Sequence[str]], encoder: Encoder) -> bytes:
    """Return what *encoder* gives each list of texts, each encoded as `embed` will have it."""
    if isinstance(encoder, AdditiveEncoder):
        found = {_key(some): encoder.sums(some) for some in texts}
    else:
        cleaned = [[clean(text) for text in some] for some in texts]
        found = {_key(some): encoder.encode(some) for some in cleaned}
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **found)
    return out.getvalue()


class Recalled:
    """Stands for an encoder, most of whose vectors are made already.

    Args:
        load: gives the encoder itself, for what nobody knew would be asked: runs of segments whose
            vectors do not add up.
    """

    def __init__(
        self, name: str, languages: Iterable[str] | None, load: Callable[[], Encoder]
    ) -> None:
        self.name = name
        self.languages = None if languages is None else frozenset(languages)
        self._load = load
        self._known: dict[str, Matrix] = {}

    def recall(self, vectors: bytes) -> None:
        """Know the *vectors* that `vectors_of` returned, and no others."""
        with np.load(io.BytesIO(vectors), allow_pickle=False) as arrays:
            self._known = dict(arrays)

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return the rows made for just these texts, or make them."""
        found = self._known.get(_key(texts))
        return self._load().encode(texts) if found is None else found


class RecalledSums(Recalled):
    """The same for an encoder whose vectors of pieces add up."""

    def sums(self, texts: Sequence[str], /) -> Matrix:
        """Return the sums made for just these texts, or make them."""
        found = self._known.get(_key(texts))
        if found is None:
            encoder = self._load()
            assert isinstance(encoder, AdditiveEncoder)
            return encoder.sums(texts)
        return found

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return the same as rows of unit length."""
        return unit_rows(self.sums(texts))


def recalled(
    name: str, languages: Iterable[str] | None, load: Callable[[], Encoder], *, additive: bool
) -> Recalled:
    """Return the stand-in for an encoder of that name; *load* is called once, if at all."""
    return (RecalledSums if additive else Recalled)(name, languages, cache(load))


def _key(texts: Sequence[str]) -> str:
    digest = blake2b(digest_size=16)
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "little") + raw)
    return digest.hexdigest()
