"""A cache of vectors on disk, for encoders so slow that a text should be encoded only once."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import Encoder, Matrix, clean
from aligner._warn import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE = "vectors.sqlite3"
_TIMEOUT = 30.0  # seconds that another process may take to write
_BATCH = 512  # texts looked up, or encoded and stored, at once
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"


def cache_folder() -> Path:
    """Return where aligner keeps what it can make again: ``$ALIGNER_CACHE``, or the user's cache.

    Three systems, three lines: too little to bring platformdirs along.
    """
    home = Path.home()
    if own := os.environ.get("ALIGNER_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "aligner"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "aligner"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "aligner"


class CachedEncoder:
    """An encoder that looks its texts up in a SQLite file before it encodes them.

    A key is a hash of the encoder's name, with the hash or revision in it, and the cleaned text;
    no text is stored. Several processes may use one file. The file is opened anew by every
    ``encode``: that costs a millisecond and makes threads and forks safe. A cache that is damaged
    is renamed and begun again, and one that cannot be used is left alone, both with a warning:
    a cache never stops the work.
    """

    def __init__(self, encoder: Encoder, path: str | os.PathLike[str] | None = None) -> None:
        self._encoder = encoder
        self._path = cache_folder() / FILE if path is None else Path(path)
        self.name = encoder.name
        self.languages = encoder.languages

    def __repr__(self) -> str:
        return f"<CachedEncoder {self.name} in {self._path}>"

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return one row of unit length a text; only texts not seen before are encoded."""
        cleaned = [clean(text) for text in texts]
        keys = [self._key(text) for text in cleaned]
        found = self._look_up(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, cleaned, strict=True) if key not in found}
        for batch in _batches(list(missing), _BATCH):
            rows = self._encoder.encode([missing[key] for key in batch])
            fresh = dict(zip(batch, rows, strict=True))
            self._store(fresh)
            found.update(fresh)
        if not keys:
            return self._encoder.encode([])
        return np.stack([found[key] for key in keys])

    def _key(self, text: str) -> bytes:
        return blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest()

    def _look_up(self, keys: list[bytes]) -> dict[bytes, Matrix]:
        found: dict[bytes, Matrix] = {}
        try:
            with closing(self._open()) as base:
                for batch in _batches(keys, _BATCH):
                    marks = ",".join("?" * len(batch))
                    query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"
                    for key, vector in base.execute(query, batch):
                        found[key] = np.frombuffer(vector, np.float32)
        except (sqlite3.Error, OSError, ValueError) as error:
            self._give_up(error)
            return {}
        if len({len(vector) for vector in found.values()}) > 1:
            self._give_up(sqlite3.DatabaseError("vectors of several lengths"))
            return {}
        return found

    def _store(self, rows: dict[bytes, Matrix]) -> None:
        values = [(key, row.astype(np.float32).tobytes()) for key, row in rows.items()]
        try:
            with closing(self._open()) as base, base:
                base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", values)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self._path, timeout=_TIMEOUT)
        try:
            base.execute("PRAGMA journal_mode=WAL")  # readers do not wait for a writer
            base.execute("PRAGMA synchronous=NORMAL")
            base.execute(_SCHEMA)
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _give_up(self, error: Exception) -> None:
        """Set a damaged file aside; warn of any other trouble and go on without the cache."""
        harmless = (sqlite3.OperationalError, OSError)  # locked, disk full, folder not writable
        if isinstance(error, harmless):
            warn(f"{self._path}: cache not used: {error}")
            return
        aside = self._path.with_name(f"{self._path.name}.damaged-{os.getpid()}")
        self._path.replace(aside)
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        warn(f"{self._path}: damaged cache ({error}); set aside as {aside.name} and begun again")


def _batches(items: list[bytes], size: int) -> Iterator[list[bytes]]:
    return (items[i : i + size] for i in range(0, len(items), size))
