"""Text and bytes into a file: it appears whole, when all is written, or never."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from aligner._errors import OutputError
from aligner._storage import STDIO, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLOCK = 1 << 16  # characters that are written at once


def encoded(text: str) -> bytes:
    """Return *text* as UTF-8, with escapes for bytes in the name of a file that are none."""
    return text.encode("utf-8", "backslashreplace")


def save(content: str | bytes, path: str | os.PathLike[str]) -> None:
    """Write *content* to *path* in one step, a file beside it that is renamed; ``-`` is stdout."""
    data = encoded(content) if isinstance(content, str) else content
    if os.fspath(path) == STDIO:
        _print(data)
        return
    with opened(path) as file:
        file.write(data)


def save_pieces(pieces: Iterable[str], path: str | os.PathLike[str]) -> None:
    """Write *pieces* to *path* as they come; the file appears when all are written, or never."""
    if os.fspath(path) == STDIO:
        for block in _blocks(pieces):
            _print(block)
        return
    with opened(path) as file:
        for block in _blocks(pieces):
            file.write(block)


def _blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    block: list[str] = []
    size = 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield encoded("".join(block))
            block, size = [], 0
    yield encoded("".join(block))


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open *path* for writing, in a temporary file beside it that is renamed when all went well.

    Raises:
        OutputError: if it cannot be written; what stood at *path* is still there then.
    """
    name = os.fspath(path)
    try:
        with writing(name) as file:
            yield file
    except OSError as error:
        raise OutputError(f"{name}: cannot be written ({error.strerror or error})") from None


def _print(data: bytes) -> None:
    """Write all of *data*: unbuffered standard output may take only a part at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()
