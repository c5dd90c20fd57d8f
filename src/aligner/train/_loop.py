"""The training loop: batches, a measure on pairs held apart, the best table, a state to resume."""

from __future__ import annotations

import json
import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner._errors import EncoderError, OutputError
from aligner.train._contrast import Batch, Ints, Ragged, RowAdam, contrast, rate_at, repeats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aligner._encode import Matrix
    from aligner.train._options import TrainOptions

STATE = "state.npz"
SAVE_EVERY = 30.0  # seconds; a state is four tables, 200 MB for the embedded model


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs as pieces, in groups that are drawn from with different weights."""

    left: Ragged
    right: Ragged
    sizes: tuple[int, ...]
    weights: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.left)

    def draw(self, count: int, random: np.random.Generator) -> Ints:
        """Return the indices of *count* random pairs."""
        shares = np.array(self.sizes) * np.array(self.weights)
        counts = random.multinomial(count, shares / shares.sum())
        starts = np.cumsum([0, *self.sizes])
        drawn = [
            start + random.integers(0, size, number)
            for start, size, number in zip(starts, self.sizes, counts, strict=False)
            if number
        ]
        return np.concatenate(drawn)


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Texts with the vectors a teacher gives them."""

    texts: Ragged
    vectors: Matrix


@dataclass(slots=True, eq=False)
class State:
    """Everything an interrupted run needs to go on as if nothing had happened."""

    adam: RowAdam
    random: np.random.Generator
    best: Matrix
    best_loss: float = np.inf
    waited: int = 0

    @property
    def step(self) -> int:
        """Number of steps done."""
        return self.adam.steps


@dataclass(frozen=True, slots=True)
class Store:
    """Where the state of a run is kept, and the key of its text and options."""

    folder: Path
    key: str


def new_state(table: Matrix, seed: int) -> State:
    """Return the state of a run that has not begun."""
    table = np.array(table, np.float32)
    return State(RowAdam(table), np.random.default_rng(seed), table.copy())


def train(
    state: State,
    pairs: Pairs,
    held: Pairs,
    options: TrainOptions,
    targets: Targets | None,
    store: Store | None,
    report: Callable[[int, float], None],
) -> None:
    """Train until the steps are done or the pairs held apart get no better; keep the best table.

    Ctrl-C waits for the end of a step; the state is kept then.
    """
    if state.step == 0:
        state.best_loss = held_loss(state.best, held, options.scale)
    due = time.monotonic() + SAVE_EVERY
    with _interrupt_held_back() as interrupted:
        while state.step < options.steps and state.waited < options.patience:
            _step(state, pairs, options, targets)
            if state.step % options.check_every == 0 or state.step == options.steps:
                report(state.step, _measured(state, held, options.scale))
            if store is not None and (interrupted() or time.monotonic() >= due):
                save_state(state, store)
                due = time.monotonic() + SAVE_EVERY
            if interrupted():
                raise KeyboardInterrupt


@contextmanager
def _interrupt_held_back() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C be asked for, in place of an exception amid a step; in the main thread only."""
    pressed: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _measured(state: State, held: Pairs, scale: float) -> float:
    """Return the loss on the pairs held apart; the table is kept if it is the best so far."""
    loss = held_loss(state.adam.table, held, scale)
    if loss < state.best_loss:
        state.best_loss, state.best, state.waited = loss, state.adam.table.copy(), 0
    else:
        state.waited += 1
    return loss


def _step(state: State, pairs: Pairs, options: TrainOptions, targets: Targets | None) -> None:
    random = state.random
    rows = pairs.draw(options.batch, random)
    sides = [side.take(rows, options.longest) for side in (pairs.left, pairs.right)]
    same = repeats(*sides)
    if targets is not None:
        chosen = random.integers(0, len(targets.texts), options.batch // 2)
        sides.append(targets.texts.take(chosen, options.longest))
    if options.drop:
        sides = [side.thinned(options.drop, random) for side in sides]
    batch = Batch(state.adam.table, sides)
    units = batch.units
    _, *gradients = contrast(units[0], units[1], options.scale, same)
    if targets is not None:
        _, taught, _ = contrast(units[2], targets.vectors[chosen], options.scale)
        gradients.append(np.float32(options.teacher_weight) * taught)
    rate = rate_at(state.step, options.steps, options.rate)
    state.adam.step(batch.rows, batch.gradient(gradients), rate)


def held_loss(table: Matrix, held: Pairs, scale: float) -> float:
    """Return the contrastive loss of all pairs held apart, as one batch."""
    return contrast(*_units(table, held), scale, repeats(held.left, held.right))[0]


def retrieval(table: Matrix, held: Pairs) -> float:
    """Return the share of pairs held apart whose texts find each other, the worse direction."""
    left, right = _units(table, held)
    similarity = left @ right.T
    own = similarity.diagonal()
    return float(min((own >= similarity.max(axis)).mean() for axis in (0, 1)))


def _units(table: Matrix, held: Pairs) -> tuple[Matrix, Matrix]:
    left, right = Batch(table, (held.left, held.right)).units
    return left, right


def save_state(state: State, store: Store) -> None:
    """Write the state of a run, whole or not at all."""
    folder = store.folder
    numbers = {
        "key": store.key,
        "steps": state.adam.steps,
        "random": state.random.bit_generator.state,
        "best_loss": state.best_loss,
        "waited": state.waited,
    }
    partial = folder / "state.partial.npz"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(
            partial,
            numbers=np.array(json.dumps(numbers)),
            table=state.adam.table,
            mean=state.adam.mean,
            square=state.adam.square,
            best=state.best,
        )
        partial.replace(folder / STATE)
    except OSError as error:
        raise OutputError(f"{folder}: cannot keep the state of the run: {error}") from error


def load_state(folder: Path, key: str) -> State:
    """Read the state of a run back.

    Raises:
        EncoderError: if it is damaged, or belongs to other text or options.
    """
    path = folder / STATE
    try:
        with np.load(path, allow_pickle=False) as file:
            numbers = json.loads(str(file["numbers"]))
            table, mean, square, best = (file[n] for n in ("table", "mean", "square", "best"))
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise EncoderError(f"{path}: cannot be resumed: {error}; delete {folder}") from error
    if numbers["key"] != key:
        raise EncoderError(
            f"{path}: made from other text or options; give those again, or delete {folder}"
        )
    adam = RowAdam(table)
    adam.mean, adam.square, adam.steps = mean, square, numbers["steps"]
    random = np.random.default_rng()
    random.bit_generator.state = numbers["random"]
    return State(adam, random, best, numbers["best_loss"], numbers["waited"])
