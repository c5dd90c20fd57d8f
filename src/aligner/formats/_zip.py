"""Office files and books are zip archives: opened with a cap on what they may unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib

from aligner._errors import InputError

MEMBERS = 10_000  # at most, of an archive
UNPACKED = 512 * 1024 * 1024  # bytes at most, of all members
RATIO = 200  # times as large unpacked: no text is packed so well
SMALL = 1024 * 1024  # bytes of a member whose ratio does not matter
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_zip(data: bytes, name: str, kind: str) -> zipfile.ZipFile:
    """Return the archive in *data*, once its members are known to be few and small enough.

    The sizes are those that the archive states; reading a member never gives more.

    Raises:
        InputError: if *data* is no zip, is encrypted, or would unpack to too much.
    """
    if data.startswith(_OLE2):
        problem = f"is an encrypted or old Office file, not {kind}"
        raise InputError(name, problem, fix=f"open it, take off the password, save as {kind}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(name, f"is not a {kind} file ({error})", fix="save it again") from error
    if any(member.flag_bits & 1 for member in members):
        raise InputError(name, "is encrypted", fix="save it without a password")
    total = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MEMBERS or total > UNPACKED or swollen:
        problem = f"unpacks to {total / 1e6:,.0f} MB in {len(members):,} parts, which is refused"
        raise InputError(name, problem, fix="split the file")
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str, kind: str) -> bytes:
    """Return one member of *archive*; raise `InputError` if it is missing or damaged."""
    try:
        return archive.read(path)
    except KeyError:
        problem = f"is not a {kind} file (it has no {path})"
        raise InputError(name, problem, fix="check its extension") from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error, RuntimeError) as error:
        raise InputError(name, f"is damaged ({error})", place=path, fix="save it again") from error
