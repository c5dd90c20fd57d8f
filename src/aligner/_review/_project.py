"""A review: what it holds, its log on disk, and what happens between the two."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._encode import load_encoder
from aligner._errors import EncoderError, MissingExtraError
from aligner._review._again import align_around, anchors_of, check_again, confirm_holder
from aligner._review._change import Draft
from aligner._review._conversion import comparison_of, state_of
from aligner._review._export import write
from aligner._review._history import FOLLOWS, UPDATE, History
from aligner._review._operations import performed
from aligner._review._store import Entry, Store
from aligner._review._update import update
from aligner.checks import CheckOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aligner._encode import Encoder
    from aligner._review._change import Change
    from aligner._review._corrections import Move
    from aligner._review._history import Step
    from aligner._review._operations import Operation
    from aligner._review._state import State
    from aligner._types import Comparison, Document


class Project:
    """A comparison under review, kept in one file.

    Every method may be called from any thread. Other processes may work on the same file: what
    they did is taken in before anything else is done.
    """

    def __init__(self, store: Store, checks: CheckOptions | None = None) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._following = threading.Lock()
        meta = store.meta
        self._encoder_name = meta["encoder"]
        self._checks = checks or CheckOptions(**meta["checks"])
        self._encoder: Encoder | None = None
        self._state = store.base()
        self._history = History()
        self._catch_up()
        self._history.pending.clear()

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        comparison: Comparison,
        *,
        encoder: str | None = None,
        checks: CheckOptions | None = None,
    ) -> Project:
        """Write a new project file for *comparison* and open it.

        Args:
            encoder: the name to load for aligning again; the embedded model if not given.
            checks: the options that the findings were made with.

        Raises:
            OutputError: if the file cannot be written.
        """
        meta = {"encoder": encoder, "checks": _kept(checks or CheckOptions())}
        return cls(Store.create(Path(path), state_of(comparison), meta), checks)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, checks: CheckOptions | None = None) -> Project:
        """Open a project file.

        Args:
            checks: the options to check again with, if not those the project was made with.

        Raises:
            InputError: if there is none, or it is damaged.
        """
        return cls(Store(Path(path)), checks)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The project file."""
        return self._store.path

    @property
    def state(self) -> State:
        """What the project holds now."""
        with self._lock:
            self._catch_up()
            return self._state

    @property
    def number(self) -> int:
        """The number of the last operation."""
        with self._lock:
            self._catch_up()
            return self._history.number

    @property
    def can_undo(self) -> bool:
        """Whether there is an operation to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an operation to do again."""
        return self._history.can_redo

    @property
    def comparison(self) -> Comparison:
        """The comparison as it stands: confirmed beads locked, dismissed findings left out."""
        return comparison_of(self.state)

    def perform(self, operation: Operation, *, page: str = "") -> Step:
        """Do *operation*; when this returns, it is on disk.

        Raises:
            ValueError: if it cannot be done to the state as it is.
            OutputError: if it cannot be saved; the state is then as before.
        """
        with self._lock:
            while True:
                self._catch_up()
                change, inverse = self._changes(operation)
                value = {"name": operation.name, **asdict(operation)}  # type: ignore[call-overload]  # each is a dataclass
                if self._append(value, change, inverse, page):
                    return self._history.steps[-1]

    def follow_up(self) -> Step | None:
        """Align and check again what the last corrections touched; ``None`` if that was in vain.

        It is part of the last correction: undoing that takes it back as well. While it thinks,
        other operations go on; what they change makes it begin anew.
        """
        with self._following:
            while True:
                with self._lock:
                    self._catch_up()
                    number, draft = self._history.number, Draft(self._state)
                    touched = {n for n in self._history.pending if n in self._state.rows}
                    moved = self._history.moved
                if not touched or not self._history.can_undo:
                    return None
                self._look_again(draft, touched, moved)
                with self._lock:
                    self._catch_up()
                    if number != self._history.number:
                        continue
                    self._history.settle()
                    value = {"name": FOLLOWS}
                    if not draft.change:
                        return None
                    if self._append(value, draft.change, draft.inverse, ""):
                        return self._history.steps[-1]

    def update(self, version: str, document: Document, *, page: str = "") -> Step | None:
        """Put a changed text in the place of *version*; only what changed is open again.

        Args:
            document: read and segmented.

        Raises:
            ValueError: if there is no such version, or *document* has no segments.
        """
        with self._lock:
            self._catch_up()
            if version not in self._state.names:
                known = ", ".join(self._state.names)
                raise ValueError(f"no version {version!r}; there are {known}")
            if not document.segments:
                raise ValueError(f"the new text of {version!r} has no segments")
            draft = Draft(self._state)
            touched = update(draft, self._state.names.index(version), document)
            if not touched:
                return None
            self._look_again(draft, touched)
            value = {"name": UPDATE, "version": version, "path": document.path}
            if not self._append(value, draft.change, draft.inverse, page):
                return self.update(version, document, page=page)
            return self._history.steps[-1]

    def check_writable(self) -> None:
        """Raise `OutputError` if no operation can be saved."""
        with self._lock:
            self._store.check_writable()

    def write(self, path: str | os.PathLike[str], *, format: str | None = None) -> None:
        """Export what the project holds, in the format of the extension or the one named.

        Besides the formats of the library and the report there are ``gold`` (a folder, for
        ``aligner evaluate``) and ``training`` (JSONL, for ``aligner train``).
        """
        write(self.state, os.fspath(path), format)

    def steps(self, after: int) -> Sequence[Step]:
        """Return what was done since the operation *after*."""
        with self._lock:
            self._catch_up()
            return self._history.steps[max(after, 0) :]

    def warm_up(self) -> None:
        """Load what aligning and checking need, so that the first correction does not wait."""
        with self._following:
            linked = (n for n in self._state.order if sum(map(bool, self._state.rows[n].sides)) > 1)
            self._look_again(Draft(self._state), set(islice(linked, 1)))

    def _look_again(self, draft: Draft, touched: set[int], moved: Move | None = None) -> None:
        """Align and check again around *touched*; what was *moved* stays where it was put."""
        with suppress(EncoderError, MissingExtraError):
            anchors = anchors_of(draft, moved) if moved else ()
            align_around(draft, touched, self._loaded(), anchors)
        if moved:
            confirm_holder(draft, moved.segment)
        changed = touched | {n for n, row in draft.rows.new.items() if row is not None}
        check_again(draft, changed, self._checks)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = load_encoder(self._encoder_name)
        return self._encoder

    def _changes(self, operation: Operation) -> tuple[Change, Change]:
        """Return what *operation* does to the state, and what takes it back."""
        numbers = self._history.taken_back_by(operation.name)
        if not numbers:
            return performed(self._state, operation)[1:]
        draft = Draft(self._state)
        for number in numbers:
            draft.apply(self._store.inverse(number))
        return draft.change, draft.inverse

    def _append(
        self, value: Mapping[str, object], change: Change, inverse: Change, page: str
    ) -> bool:
        number = self._history.number + 1
        if not self._store.append(number, value, change, inverse, page):
            return False
        self._take_in([Entry(number, value, change)])
        return True

    def _catch_up(self) -> None:
        if self._store.last > self._history.number:
            self._take_in(self._store.entries(self._history.number))

    def _take_in(self, entries: Iterable[Entry]) -> None:
        draft = Draft(self._state)
        for entry in entries:
            draft.apply(entry.change)
            self._history.add(entry)
        self._state = draft.state


def _kept(checks: CheckOptions) -> dict[str, object]:
    """Return what of the options is kept in the file; a glossary and the like are not."""
    return {
        "select": checks.select,
        "ignore": checks.ignore,
        "min_confidence": checks.min_confidence,
        "severities": dict(checks.severities),
    }


Project.__module__ = "aligner"
