"""Small networks over the words of passages, in NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner._words._cut import Floats

Here: TypeAlias = "NDArray[np.bool_]"
Layer: TypeAlias = "tuple[Floats, Floats]"
"""``[inputs, outputs]`` weights and ``[outputs]`` biases."""

WIDTH = 5  # words that a convolution sees
MOST = np.float32(30)
"""Attention does not tell larger numbers apart."""
LEAST = np.float32(1e-20)
"""Sum of the attention of a word that has nothing to attend to."""
_NO_WORD = np.float32(-9)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Layers over neighbouring words; the last gives log odds of each word.

    Attributes:
        mean, scale: of the features.
        layers: first to last.
        steps: of each layer, how far apart the words are that it sees; 0 for the word alone.
    """

    mean: Floats
    scale: Floats
    layers: tuple[Layer, ...]
    steps: tuple[int, ...]

    def __call__(self, inputs: Floats, here: Here) -> Floats:
        """Return log odds ``[passages, words, outputs]``, very low where there is no word."""
        inside = here[:, :, None].astype(np.float32)
        now = _scaled(inputs, self.mean, self.scale, inside)
        for layer, step in zip(self.layers[:-1], self.steps, strict=True):
            now = _hidden(_neighbours(now, step) if step else now, layer, inside)
        weights, bias = self.layers[-1]
        odds: Floats = np.where(here[:, :, None], now @ weights + bias, _NO_WORD)
        return odds


@dataclass(frozen=True, slots=True, eq=False)
class PairNetwork:
    """Layers over the words of pairs of passages, both sides at once.

    All but the first layer see, beside the words around, what the other side has for the word: by
    an attention that starts from the links of the words and learns what else speaks for them. It
    is taken twice, as the word chooses, and as far as the chosen ones choose the word as well:
    what another word explains better is no cover for this one.

    Attributes:
        mean, scale: of the features.
        layers: first to last; the last gives one number a word.
        steps: of each layer but the last, how far apart the words are that it sees.
        queries: of each layer but the first and last, ``[inputs, size]``.
        sharpness: what a link counts in the attention.
    """

    mean: Floats
    scale: Floats
    layers: tuple[Layer, ...]
    steps: tuple[int, ...]
    queries: tuple[Floats, ...]
    sharpness: float

    def __call__(
        self, inputs: tuple[Floats, Floats], here: tuple[Here, Here], links: Floats
    ) -> tuple[Floats, Floats]:
        """Return all that is known of each word of either side, ``[pairs, words, size]``.

        That are the inputs, scaled, the last layer but one, and in the last place the log odds.
        """
        inside = tuple(side[:, :, None].astype(np.float32) for side in here)
        scaled = [
            _scaled(side, self.mean, self.scale, words)
            for side, words in zip(inputs, inside, strict=True)
        ]
        now = [_hidden(x, self.layers[0], k) for x, k in zip(scaled, inside, strict=True)]
        both = inside[0] * inside[1].transpose(0, 2, 1)
        for layer, step, query in zip(self.layers[1:-1], self.steps[1:], self.queries, strict=True):
            chosen = self._attention(now[0] @ query, now[1] @ query, links, both)
            seen = (
                np.concatenate([_neighbours(x, step), *(a @ y for a in shares)], axis=2)
                for x, y, shares in zip(now, now[::-1], chosen, strict=True)
            )
            now = [_hidden(x, layer, k) for x, k in zip(seen, inside, strict=True)]
        weights, bias = self.layers[-1]
        ours, theirs = (
            np.concatenate([x, before, np.where(words > 0, before @ weights + bias, _NO_WORD)], 2)
            for x, before, words in zip(scaled, now, inside, strict=True)
        )
        return ours, theirs

    def _attention(
        self, source: Floats, target: Floats, links: Floats, both: Floats
    ) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Return for either side the shares of the other's words, and those both sides agree on."""
        fit = source @ target.transpose(0, 2, 1)
        fit /= np.float32(np.sqrt(source.shape[2]))
        fit += np.float32(self.sharpness) * links
        raw = np.exp(np.clip(fit, -MOST, MOST, out=fit)) * both
        forth = raw / np.maximum(raw.sum(2, keepdims=True), LEAST)
        back = raw / np.maximum(raw.sum(1, keepdims=True), LEAST)
        agreed = forth * back
        return (forth, agreed), (back.transpose(0, 2, 1), agreed.transpose(0, 2, 1))


def _scaled(inputs: Floats, mean: Floats, scale: Floats, inside: Floats) -> Floats:
    scaled = inputs - mean
    scaled /= scale
    scaled *= inside
    return scaled


def _hidden(values: Floats, layer: Layer, inside: Floats) -> Floats:
    """Return what a layer makes of the values of each word, 0 where there is none."""
    weights, bias = layer
    found = values @ weights + bias
    np.maximum(found, 0, out=found)
    found *= inside
    return found


def _neighbours(values: Floats, step: int) -> Floats:
    """Put the values of each word and its neighbours side by side."""
    pairs, count, size = values.shape
    reach = WIDTH // 2 * step
    padded = np.zeros((pairs, count + 2 * reach, size), np.float32)
    padded[:, reach : reach + count] = values
    return np.concatenate([padded[:, k * step : k * step + count] for k in range(WIDTH)], axis=2)
