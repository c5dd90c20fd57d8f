"""Bytes into text: what every reader shares.

The *text as read* is the decoded text without its byte order mark and otherwise untouched: line
ends stay as they are, so a span fits what ``open(path, newline="")`` shows.
"""

from __future__ import annotations

import codecs
import os
import sys
from dataclasses import dataclass

from aligner._errors import InputError
from aligner._storage import STDIO, read_bytes
from aligner._warn import warn

_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader is given: the bytes of a file, and the name that messages call it by.

    Attributes:
        decoded: the text, where it was given as a string and there are no bytes.
        lines: it has one segment a line, so none may be left out.
    """

    name: str
    data: bytes = b""
    encoding: str | None = None
    decoded: str | None = None
    lines: bool = False

    @property
    def text(self) -> str:
        """The text as read; raise `InputError` if the bytes are not text."""
        if self.decoded is not None:
            return self.decoded
        return decode(self.data, self.name, encoding=self.encoding)


def load(
    path: str | os.PathLike[str], *, encoding: str | None = None, lines: bool = False
) -> Source:
    """Return the bytes of *path*; ``-`` is standard input."""
    name = os.fsdecode(path)
    if name == STDIO:
        return Source(name, sys.stdin.buffer.read(), encoding, lines=lines)
    try:
        return Source(name, read_bytes(name), encoding, lines=lines)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None


def unreadable(name: str, error: OSError | ValueError) -> InputError:
    """Return what to say of a file that could not be opened or read."""
    if isinstance(error, FileNotFoundError):
        return InputError(name, "no such file")
    if isinstance(error, IsADirectoryError):
        return InputError(name, "is a folder, not a file")
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(name, f"cannot be read ({reason})")


def decode(data: bytes, name: str = "<bytes>", *, encoding: str | None = None) -> str:
    """Return *data* as text: UTF-8, else cp1252 with a warning, unless it gives its encoding away.

    The order is fixed rather than guessed: guessers mistake short German and Swedish lines in
    cp1252 for cp1250 and get letters wrong. It is settled line by line, as files that were put
    together from several may have both.
    """
    if encoding is not None:
        return _decode_as(data, name, encoding)
    codec = stated_by(data[:_HEAD])
    if codec is not None:
        return _decode_as(data, name, codec)
    if b"\0" in data:
        raise no_text(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    text, mixed = _line_by_line(data)
    warn_of_cp1252(name, line, "; other lines are UTF-8" if mixed else "")
    return text


def stated_by(head: bytes) -> str | None:
    """Return the encoding that the first bytes of a file give away, by a mark or as UTF-16.

    In UTF-16 of Western text most letters have a NUL beside them, always on the same side.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    sides = {"utf-16-le": head[1::2], "utf-16-be": head[0::2]}
    nuls = {codec: side.count(0) for codec, side in sides.items()}
    codec, other = sorted(nuls, key=lambda name: nuls[name], reverse=True)
    return codec if 2 * nuls[codec] > len(sides[codec]) and not nuls[other] else None


def no_text(name: str, place: str = "") -> InputError:
    """Return what to say of a file with NUL bytes."""
    fix = "if it is in another encoding, say encoding= or --encoding"
    return InputError(name, "is not text (it has NUL bytes)", place=place, fix=fix)


def warn_of_cp1252(name: str, line: int, also: str = "") -> None:
    """Say that a file is not UTF-8 from *line* on."""
    fix = "say encoding= or --encoding if that is wrong"
    warn(f"{name}, line {line}: not UTF-8, read as cp1252; {fix}{also}")


def _line_by_line(data: bytes) -> tuple[str, bool]:
    """Return the text, each line as UTF-8 or else cp1252, and whether both occur."""
    lines, mixed = [], False
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            mixed = mixed or not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines), mixed


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise InputError(name, f"unknown encoding {encoding!r}") from None
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise InputError(name, f"not {encoding} ({error.reason})", place=place) from None
