"""The project file: SQLite, with a base that never changes and the log of what was done to it.

The state is the base after all changes of the log, in order. Nothing else is kept, so the file
cannot disagree with itself. A change is committed to disk (``synchronous=FULL``) before anybody is
told of it; a process that dies at any moment leaves a log that ends with a whole operation.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError, OutputError
from aligner._review._codec import change_of, dumps, finding_of, passage_of, row_of, version_of
from aligner._review._state import State
from aligner._storage import try_to_write
from aligner._types import Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from aligner._review._change import Change

_APPLICATION = 0x616C6772  # "algr" in the header of the file
_FORMAT = 1
_TIMEOUT = 10.0  # seconds that another process may hold the file
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (position INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE segments (
    number INTEGER PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL,
    value TEXT NOT NULL);
CREATE TABLE beads (number INTEGER PRIMARY KEY, position INTEGER NOT NULL, value TEXT NOT NULL);
CREATE TABLE findings (number INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE operations (
    number INTEGER PRIMARY KEY, time REAL NOT NULL, page TEXT NOT NULL, operation TEXT NOT NULL,
    change TEXT NOT NULL, inverse TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: the operation as it was asked for, and what it did."""

    number: int
    operation: Mapping[str, object]
    change: Change


class Store:
    """A project file that is open; the caller sees to it that one thread uses it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base = _open(path)

    @classmethod
    def create(cls, path: Path, state: State, meta: Mapping[str, object]) -> Store:
        """Write a new project file, whole or not at all."""
        check_place(path)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            draft.unlink(missing_ok=True)
            with closing(sqlite3.connect(draft)) as base, base:
                _fill(base, state, meta)
            os.replace(draft, path)
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise OutputError(f"{path}: the project cannot be written ({error})") from None
        return cls(path)

    def close(self) -> None:
        """Close the file; nothing waits to be written."""
        self._base.close()

    @property
    def meta(self) -> dict[str, Any]:
        """What was noted when the project was made."""
        with self._read():
            rows = self._base.execute("SELECT key, value FROM meta")
            return {key: json.loads(value) for key, value in rows}

    @property
    def last(self) -> int:
        """The number of the last operation in the log, 0 if there is none."""
        query = "SELECT COALESCE(MAX(number), 0) FROM operations"
        with self._read():
            return int(self._base.execute(query).fetchone()[0])

    def base(self) -> State:
        """Return the state before the first operation."""
        with self._read():
            return _state(self._base)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the log in order, from the operation after *after* on."""
        query = "SELECT number, operation, change FROM operations WHERE number > ? ORDER BY number"
        with self._read():
            found = self._base.execute(query, (after,)).fetchall()
        for number, operation, change in found:
            with self._read():
                entry = Entry(number, json.loads(operation), change_of(change))
            yield entry

    def inverse(self, number: int) -> Change:
        """Return what takes the operation *number* back."""
        query = "SELECT inverse FROM operations WHERE number = ?"
        with self._read():
            return change_of(self._base.execute(query, (number,)).fetchone()[0])

    @contextmanager
    def _read(self) -> Iterator[None]:
        """Raise `InputError` for what is not as it was written."""
        try:
            yield
        except (sqlite3.Error, KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(str(self.path), f"is damaged ({error})", fix=_FIX) from None

    def check_writable(self) -> None:
        """Raise `OutputError` if no operation can be saved."""
        try:
            self._base.execute("DELETE FROM meta WHERE key = ''")  # there is none
            self._base.rollback()
        except sqlite3.Error as error:
            fix = "make the file writable, or review a copy"
            raise OutputError(f"{self.path}: nothing can be saved there ({error}); {fix}") from None

    def append(
        self, number: int, operation: object, change: Change, inverse: Change, page: str = ""
    ) -> bool:
        """Write an operation to the log and to disk; whether no other process took its number.

        Raises:
            OutputError: if the file cannot be written; nothing is then in the log.
        """
        values = (number, time.time(), page, dumps(operation), dumps(change), dumps(inverse))
        try:
            with self._base:
                self._base.execute("INSERT INTO operations VALUES (?, ?, ?, ?, ?, ?)", values)
        except sqlite3.IntegrityError:
            return False
        except sqlite3.Error as error:
            raise OutputError(f"{self.path}: the operation was not saved ({error})") from None
        return True


_FIX = "open it with a copy of the file that works, or make a new project"


def check_place(path: Path) -> None:
    """Raise `OutputError` if nothing can be written where the project file *path* is to be."""
    try:
        try_to_write(str(path.parent))
    except OSError as error:
        raise OutputError(
            f"{path}: the project cannot be kept there ({error.strerror}); name a file in a folder "
            "that can be written with --project, or copy the project there"
        ) from None


def is_project(path: str | os.PathLike[str]) -> bool:
    """Whether *path* is a project file, by its content."""
    try:
        with open(path, "rb") as file:
            header = file.read(72)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and header[68:72] == _APPLICATION.to_bytes(4)


def _open(path: Path) -> sqlite3.Connection:
    if not is_project(path):
        problem = "is not a review project" if path.is_file() else "no such file"
        raise InputError(str(path), problem, fix="make one with: aligner review FILE FILE")
    try:
        base = sqlite3.connect(path, timeout=_TIMEOUT, check_same_thread=False)
        found = base.execute("PRAGMA user_version").fetchone()[0]
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        check_place(path)
        raise InputError(str(path), f"cannot be opened ({error})", fix=_FIX) from None
    if found != _FORMAT:
        base.close()
        problem = f"has the project format {found}, this version of aligner reads {_FORMAT}"
        raise InputError(str(path), problem, fix="use the version of aligner that made it")
    return base


def _fill(base: sqlite3.Connection, state: State, meta: Mapping[str, object]) -> None:
    """Write *state* into a new data base."""
    base.executescript(_SCHEMA)
    base.execute(f"PRAGMA application_id={_APPLICATION}")
    base.execute(f"PRAGMA user_version={_FORMAT}")
    known = {
        **meta,
        "signature": asdict(state.signature),
        "notes": state.notes,
        "skipped": state.skipped,
        "next_number": state.next_number,
    }
    base.executemany("INSERT INTO meta VALUES (?, ?)", ((k, dumps(v)) for k, v in known.items()))
    base.executemany(
        "INSERT INTO documents VALUES (?, ?)",
        ((k, dumps(version)) for k, version in enumerate(state.versions)),
    )
    for v, sequence in enumerate(state.sequences):
        base.executemany(
            "INSERT INTO segments VALUES (?, ?, ?, ?)",
            ((n, v, k, dumps(state.passages[n])) for k, n in enumerate(sequence)),
        )
    base.executemany(
        "INSERT INTO beads VALUES (?, ?, ?)",
        ((n, k, dumps(state.rows[n])) for k, n in enumerate(state.order)),
    )
    base.executemany(
        "INSERT INTO findings VALUES (?, ?)",
        ((n, dumps(finding)) for n, finding in state.findings.items()),
    )


def _state(base: sqlite3.Connection) -> State:
    """Return the state that a data base holds."""

    def values(query: str) -> Sequence[tuple[int, dict[str, object]]]:
        return [(number, json.loads(value)) for number, value in base.execute(query)]

    meta = {key: json.loads(value) for key, value in base.execute("SELECT key, value FROM meta")}
    versions = values("SELECT position, value FROM documents ORDER BY position")
    segments = values("SELECT number, value FROM segments ORDER BY version, position")
    beads = values("SELECT number, value FROM beads ORDER BY position")
    findings = values("SELECT number, value FROM findings ORDER BY number")
    passages = {n: passage_of(value) for n, value in segments}
    sequences: list[list[int]] = [[] for _ in versions]
    for n, passage in passages.items():
        sequences[passage.version].append(n)
    return State(
        tuple(version_of(value) for _, value in versions),
        passages,
        tuple(map(tuple, sequences)),
        {n: row_of(value) for n, value in beads},
        tuple(n for n, _ in beads),
        {n: finding_of(value) for n, value in findings},
        meta["next_number"],
        Signature(**meta["signature"]),
        tuple(meta["notes"]),
        tuple(meta["skipped"]),
    )
