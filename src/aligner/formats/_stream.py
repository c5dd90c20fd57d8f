"""A file that is read piece by piece, as often as needed, so that memory does not grow with it."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from aligner._decode import Source, no_text, stated_by, unreadable, warn_of_cp1252
from aligner._errors import InputError
from aligner._storage import STDIO, is_url, read_bytes
from aligner.formats._zip import RATIO, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 1 << 16
_PACKED = ".gz"


class Stream:
    """What a reader of units is given: the bytes of a file, and the name messages call it by."""

    def __init__(self, file: BinaryIO, name: str, encoding: str | None = None) -> None:
        self.name = name
        self._file = file
        self._encoding = encoding
        self._warned = False

    @classmethod
    def of(cls, source: Source) -> Stream:
        """Return the content of *source* as a stream."""
        return cls(io.BytesIO(source.data), source.name, source.encoding)

    def file(self) -> BinaryIO:
        """Return the file, to be read from its beginning."""
        self._file.seek(0)
        return self._file

    def head(self) -> bytes:
        """Return how the file begins."""
        return self.file().read(_HEAD)

    def whole(self) -> Source:
        """Return the whole file, for a reader that needs it at once."""
        return Source(self.name, self.file().read(), self._encoding)

    def lines(self, stated: str | None = None) -> Iterator[tuple[int, str]]:
        """Yield line numbers from 1 and lines, decoded by the rules of `_decode.decode`.

        Args:
            stated: the encoding that the file itself states.
        """
        start = self.head()
        codec = self._encoding or stated_by(start) or stated
        file = self.file()
        if codec is not None:
            yield from self._decoded(file, codec)
            return
        for number, raw in enumerate(file, 1):
            yield number, self._line(raw, number)

    def _decoded(self, file: BinaryIO, codec: str) -> Iterator[tuple[int, str]]:
        number = 0
        try:
            text = io.TextIOWrapper(file, encoding=codec, newline="\n")
            try:
                for number, line in enumerate(text, 1):
                    yield number, line.removeprefix("\ufeff") if number == 1 else line
            finally:
                text.detach()
        except LookupError:
            raise InputError(self.name, f"unknown encoding {codec!r}") from None
        except UnicodeError as error:
            reason = getattr(error, "reason", error)
            place = f"line {number + 1}"
            raise InputError(self.name, f"not {codec} ({reason})", place=place) from None

    def _line(self, raw: bytes, number: int) -> str:
        if b"\0" in raw:
            raise no_text(self.name, f"line {number}")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            if not self._warned:
                self._warned = True
                warn_of_cp1252(self.name, number)
            return raw.decode("cp1252", errors="replace")


@contextmanager
def opened_again(path: str | os.PathLike[str], *, encoding: str | None = None) -> Iterator[Stream]:
    """Open *path* to be read more than once; what cannot be is copied to a temporary file first.

    A file that is called ``.gz`` is unpacked as it is read.

    Raises:
        InputError: if there is no such file, or it cannot be read.
    """
    import tempfile

    name = os.fspath(path)
    with _opened(name) as file:
        if name != STDIO and file.seekable():
            yield Stream(file, name, encoding)
            return
        with tempfile.TemporaryFile() as copy:
            try:
                shutil.copyfileobj(file, copy)
            except OSError as error:
                raise unreadable(name, error) from None
            yield Stream(cast("BinaryIO", copy), name, encoding)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STDIO:
        yield sys.stdin.buffer
        return
    try:
        file = io.BytesIO(read_bytes(name)) if is_url(name) else io.BufferedReader(io.FileIO(name))
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None
    with file:
        if unpacked_name(name) != name:
            yield cast("BinaryIO", io.BufferedReader(_Unpacked(file, name)))
        else:
            yield cast("BinaryIO", file)


def unpacked_name(name: str) -> str:
    """Return what a packed file is called inside, *name* itself for any other."""
    return name[: -len(_PACKED)] if name.lower().endswith(_PACKED) else name


class _Unpacked(gzip.GzipFile):
    """A packed file, of which a fault is one of the input, and so is one that swells."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__(fileobj=file, mode="rb")
        self._shown = name
        self._packed = file

    def seekable(self) -> bool:
        return self._packed.seekable()

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_HEAD), b""))
        try:
            found = super().read(size)
        except (OSError, EOFError, zlib.error) as error:
            fix = "get it again, or give it unpacked"
            raise InputError(self._shown, f"cannot be unpacked ({error})", fix=fix) from None
        if self.tell() > SMALL and self.seekable() and self.tell() > RATIO * self._packed.tell():
            problem = f"unpacks to more than {RATIO} times its size, which is refused"
            raise InputError(self._shown, problem, fix="give it unpacked")
        return found
