"""Files on this machine and, through fsspec, wherever else it reaches: ``s3://``, ``gs://`` ...

What goes wrong is always an ``OSError``, whatever the library behind a URL raises.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from aligner._errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fsspec import AbstractFileSystem

STDIO = "-"
"""The path of standard input, and of standard output."""

TEMPORARY = ".aligner-"
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(path: str) -> bool:
    """Whether *path* is one for fsspec.

    >>> is_url("s3://bucket/texts.jsonl"), is_url("C:\\\\texts.jsonl")
    (True, False)
    """
    return bool(_URL.match(path))


def join(folder: str, *names: str) -> str:
    """Return the path of something inside *folder*."""
    return posixpath.join(folder, *names) if is_url(folder) else os.path.join(folder, *names)


def parent(path: str) -> str:
    """Return the folder that *path* lies in."""
    return path.rpartition("/")[0] if is_url(path) else os.path.dirname(os.path.abspath(path))


def resolved(path: str, base: str) -> str:
    """Return *path* as it is found from the folder *base*, else from the working folder."""
    if is_url(path) or os.path.isabs(path):
        return path
    beside = join(base, path)
    return beside if is_url(base) or os.path.exists(beside) else path


def read_bytes(path: str) -> bytes:
    """Return the content of *path*."""
    if is_url(path):
        with _reached(path) as (system, inner):
            return bytes(system.cat_file(inner))
    with open(path, "rb") as file:
        return file.read()


@contextmanager
def writing(path: str) -> Iterator[BinaryIO]:
    """Open *path* for writing; it appears in one step, when all went well."""
    if is_url(path):
        content = io.BytesIO()
        yield content
        with _reached(path) as (system, inner):
            temporary = join(posixpath.dirname(inner), f"{TEMPORARY}{os.urandom(16).hex()}")
            system.pipe_file(temporary, content.getvalue())
            system.mv(temporary, inner)
    elif os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
        with open(path, "wb") as file:
            yield file
    else:
        with _replaced(os.path.realpath(path)) as file:
            yield file


@contextmanager
def _replaced(path: str) -> Iterator[BinaryIO]:
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: str) -> int:
    if os.path.exists(path):
        return stat.S_IMODE(os.stat(path).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def is_file(path: str) -> bool:
    """Whether there is a file *path*."""
    if is_url(path):
        with _reached(path) as (system, inner):
            return bool(system.isfile(inner))
    return os.path.isfile(path)


def names(folder: str) -> list[str]:
    """Return the names of what is in *folder*, sorted; nothing if there is no such folder."""
    if is_url(folder):
        with _reached(folder) as (system, inner):
            system.invalidate_cache()
            found = system.ls(inner, detail=False) if system.isdir(inner) else []
        return sorted(posixpath.basename(str(path).rstrip("/")) for path in found)
    return sorted(os.listdir(folder)) if os.path.lexists(folder) else []


def size(path: str) -> int:
    """Return how many bytes *path* has; 0 if it is not there, or far away: asking takes time."""
    try:
        return 0 if is_url(path) else os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def make_folder(path: str) -> None:
    """Make *path* and the folders above it, if they are not there."""
    if is_url(path):
        with _reached(path) as (system, inner):
            system.makedirs(inner, exist_ok=True)
    else:
        os.makedirs(path, exist_ok=True)


def try_to_write(folder: str) -> None:
    """Raise `OSError` if nothing can be written in *folder*, before the work and not after it."""
    import tempfile

    with tempfile.TemporaryFile(dir=folder or ".", prefix=TEMPORARY) as file:
        file.write(b"?")


def remove(path: str) -> None:
    """Remove the file *path*, if it is there."""
    try:
        if is_url(path):
            with _reached(path) as (system, inner):
                system.rm_file(inner)
        else:
            os.unlink(path)
    except FileNotFoundError:
        return


@contextmanager
def _reached(url: str) -> Iterator[tuple[AbstractFileSystem, str]]:
    """Give the file system behind *url* and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingExtraError(f"reaching {url}", "fsspec", "remote") from None
    try:
        yield url_to_fs(url)
    except (OSError, MissingExtraError):
        raise
    except Exception as error:
        raise OSError(None, f"{type(error).__name__}: {error}") from error
