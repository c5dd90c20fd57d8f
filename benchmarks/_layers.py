"""The networks of `aligner._words` as torch fits them; see there for what they compute."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn.functional import pad

from aligner._words._network import LEAST, MOST, WIDTH, Network, PairNetwork

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

FIRST_SHARPNESS = 8.0


class Layers:
    """Layers over neighbouring words; see `Network`."""

    def __init__(self, size: int, hidden: int, steps: tuple[int, ...], outputs: int) -> None:
        self.steps = steps
        self.layers = nn.ModuleList()
        for step in steps:
            self.layers.append(nn.Linear(size * (WIDTH if step else 1), hidden))
            size = hidden
        self.layers.append(nn.Linear(size, outputs))

    def parameters(self) -> list[torch.Tensor]:
        return list(self.layers.parameters())

    def __call__(self, x: torch.Tensor, here: torch.Tensor) -> torch.Tensor:
        now = x * here[:, :, None]
        for layer, step in zip(self.layers, self.steps, strict=False):
            now = torch.relu(layer(neighbours(now, step))) * here[:, :, None]
        return self.layers[-1](now)

    def network(self, mean: np.ndarray, scale: np.ndarray) -> Network:
        return Network(mean, scale, _arrays(self.layers), self.steps)


class PairLayers:
    """Layers over the words of both sides, each seeing the other; see `PairNetwork`."""

    def __init__(self, size: int, hidden: int, steps: tuple[int, ...], query: int) -> None:
        self.steps = steps
        self.layers = nn.ModuleList([nn.Linear(size, hidden)])
        self.queries = nn.ModuleList()
        for _ in steps[1:]:
            self.layers.append(nn.Linear((WIDTH + 2) * hidden, hidden))
            self.queries.append(nn.Linear(hidden, query, bias=False))
        self.layers.append(nn.Linear(hidden, 1))
        self.sharpness = nn.Parameter(torch.tensor(FIRST_SHARPNESS))

    def parameters(self) -> list[torch.Tensor]:
        return [*self.layers.parameters(), *self.queries.parameters(), self.sharpness]

    def __call__(
        self, x: Sequence[torch.Tensor], here: Sequence[torch.Tensor], links: torch.Tensor
    ) -> list[torch.Tensor]:
        both = here[0][:, :, None] * here[1][:, None, :]
        now = [
            torch.relu(self.layers[0](side * words[:, :, None])) * words[:, :, None]
            for side, words in zip(x, here, strict=True)
        ]
        between = zip(self.layers[1:-1], self.steps[1:], self.queries, strict=True)
        for layer, step, query in between:
            shares = self._attention(query(now[0]), query(now[1]), links, both)
            now = [
                torch.relu(layer(self._seen(one, other, step, some))) * words[:, :, None]
                for one, other, some, words in zip(now, now[::-1], shares, here, strict=True)
            ]
        return [self.layers[-1](side)[:, :, 0] for side in now]

    @staticmethod
    def _seen(
        own: torch.Tensor, other: torch.Tensor, step: int, shares: Sequence[torch.Tensor]
    ) -> torch.Tensor:
        return torch.cat([neighbours(own, step), *(share @ other for share in shares)], 2)

    def _attention(
        self, source: torch.Tensor, target: torch.Tensor, links: torch.Tensor, both: torch.Tensor
    ) -> list[tuple[torch.Tensor, torch.Tensor]]:
        fit = source @ target.transpose(1, 2) / math.sqrt(source.shape[2])
        fit = (fit + self.sharpness * links).clamp(-float(MOST), float(MOST))
        raw = fit.exp() * both
        forth = raw / raw.sum(2, keepdim=True).clamp(min=float(LEAST))
        back = raw / raw.sum(1, keepdim=True).clamp(min=float(LEAST))
        agreed = forth * back
        return [(forth, agreed), (back.transpose(1, 2), agreed.transpose(1, 2))]

    def network(self, mean: np.ndarray, scale: np.ndarray) -> PairNetwork:
        queries = tuple(one.weight.detach().numpy().T.copy() for one in self.queries)
        sharpness = float(self.sharpness.detach())
        return PairNetwork(mean, scale, _arrays(self.layers), self.steps, queries, sharpness)


def neighbours(now: torch.Tensor, step: int) -> torch.Tensor:
    """Put the values of each word and its neighbours side by side."""
    if not step:
        return now
    reach = WIDTH // 2 * step
    padded = pad(now, (0, 0, reach, reach))
    count = now.shape[1]
    return torch.cat([padded[:, i * step : i * step + count] for i in range(WIDTH)], 2)


def _arrays(layers: nn.ModuleList) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    return tuple((k.weight.detach().numpy().T.copy(), k.bias.detach().numpy()) for k in layers)
