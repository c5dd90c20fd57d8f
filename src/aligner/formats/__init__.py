"""Reading and writing files: one module a format, and the table that lists them.

To add a format, add a module with any of these functions and a line in `FORMATS`:

- ``read(source: Source) -> Document``: one version of a text, its ``text`` and ``blocks``, not cut
  into sentences. ``source.text`` is the decoded text, ``source.data`` the bytes of a binary format,
  ``source.name`` what an `InputError` must name.
- ``read_alignment(source: Source) -> Alignment``: a bitext, already segmented and aligned.
- ``render(alignment: Alignment) -> str``: the file, whole, with ``\\n`` line ends (it is written as
  UTF-8); ``bytes`` where the format is ``binary``.
- ``read_units(stream: Stream, languages: dict[str, str]) -> Iterator[Unit]`` and
  ``write_units(bitext: Bitext) -> Iterator[str]``: the same, one bead at a time, so that a file of
  any size is converted in bounded memory. The reader notes in *languages* what each version is in.

The line in the table says which of them the module has, so that nothing is imported before it is
used. Libraries a module needs beyond the core are imported inside its functions.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aligner._errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aligner._decode import Source
    from aligner._types import Alignment, Document
    from aligner.formats._stream import Stream
    from aligner.formats._units import Bitext, Unit

__all__ = ["FORMATS", "Format", "detect", "parse", "read", "read_alignment", "render", "write"]

Path = str | os.PathLike[str]
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    Attributes:
        name: what ``format=`` and ``--format`` call it.
        extensions: of its files, lower case with the dot; the first is the usual one.
        module: in this package, imported on first use.
        reads: the module has ``read``.
        aligned: the module has ``read_alignment``.
        writes: the module has ``render``.
        binary: its files are not text.
        streams: the module has ``read_units`` and ``write_units``.
    """

    name: str
    extensions: tuple[str, ...]
    module: str
    reads: bool = False
    aligned: bool = False
    writes: bool = False
    binary: bool = False
    streams: bool = False

    def _function(self, name: str) -> Callable[..., Any]:
        module = importlib.import_module(f"{__name__}.{self.module}")
        return cast("Callable[..., Any]", getattr(module, name))

    def read(self, source: Source) -> Document:
        """Return the document in *source*; raise `InputError` if the format holds none."""
        if not self.reads:
            fix = (
                "aligner check and aligner convert take what is aligned"
                if self.aligned
                else "they hold numbers of segments, no text: give the texts"
            )
            raise InputError(source.name, f"{self.name} files are not read as one text", fix=fix)
        return cast("Document", self._function("read")(source))

    def read_alignment(self, source: Source) -> Alignment:
        """Return the bitext in *source*; raise `InputError` if the format holds none."""
        if not self.aligned:
            fix = "align its versions first"
            raise InputError(source.name, f"{self.name} files hold no alignment", fix=fix)
        return cast("Alignment", self._function("read_alignment")(source))

    def render(self, alignment: Alignment) -> bytes:
        """Return the file of *alignment*; raise `OutputError` if the format is not written."""
        if not self.writes:
            known = ", ".join(f.name for f in FORMATS.values() if f.writes)
            raise OutputError(f"{self.name} is not written; there are {known}")
        from aligner._save import encoded

        content = cast("str | bytes", self._function("render")(alignment))
        return encoded(content) if isinstance(content, str) else content

    def read_units(self, stream: Stream, languages: dict[str, str]) -> Iterator[Unit]:
        """Yield the beads of a format that ``streams``, and fill *languages* by version."""
        return cast("Iterator[Unit]", self._function("read_units")(stream, languages))

    def write_units(self, bitext: Bitext) -> Iterator[str]:
        """Yield the file of *bitext* piece by piece, in a format that ``streams``."""
        return cast("Iterator[str]", self._function("write_units")(bitext))


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("txt", (".txt", ".text"), "plain", reads=True),
        Format("markdown", (".md", ".markdown"), "markdown", reads=True, aligned=True, writes=True),
        Format("html", (".html", ".htm", ".xhtml"), "html", reads=True, writes=True),
        Format("docx", (".docx",), "docx", reads=True, binary=True),
        Format("odt", (".odt",), "odt", reads=True, binary=True),
        Format("pdf", (".pdf",), "pdf", reads=True, binary=True),
        Format("epub", (".epub",), "epub", reads=True, binary=True),
        Format("srt", (".srt", ".vtt"), "subtitles", reads=True),
        Format("ass", (".ass", ".ssa"), "ass", reads=True),
        Format("ttml", (".ttml", ".dfxp"), "ttml", reads=True),
        Format("ladder", (".ladder",), "ladder", writes=True),
        Format("tsv", (".tsv",), "tsv", aligned=True, writes=True, streams=True),
        Format("csv", (".csv",), "csv", aligned=True, writes=True, streams=True),
        Format("jsonl", (".jsonl",), "jsonl", aligned=True, writes=True, streams=True),
        Format("json", (".json",), "json", aligned=True, writes=True),
        Format("tmx", (".tmx",), "tmx", aligned=True, writes=True, streams=True),
        Format("xliff", (".xliff", ".xlf"), "xliff", aligned=True, writes=True, streams=True),
        Format("xlsx", (".xlsx",), "xlsx", aligned=True, writes=True, binary=True),
        Format("po", (".po", ".pot"), "po", aligned=True, writes=True, streams=True),
        Format("parquet", (".parquet",), "parquet", aligned=True, writes=True, binary=True),
    )
}


def read(
    path: Path, *, format: str | None = None, encoding: str | None = None, lines: bool = False
) -> Document:
    """Return the text of *path* and its blocks, not yet segmented.

    The text of a plain file is the decoded file as it stands, line ends included, less a byte order
    mark and with blanks for page heads and marks of quotation: every span of a result counts its
    characters. ``-`` reads standard input. Without *format* the
    extension decides, then the content; what nothing else claims is plain text. An empty file is a
    document without blocks.

    Args:
        lines: the file has one segment a line, and all of its text counts.

    Raises:
        InputError: if the file is missing, binary, or not what it claims to be.
    """
    return _as_named(path, format, encoding, Format.read, lines=lines)


def read_alignment(
    path: Path, *, format: str | None = None, encoding: str | None = None
) -> Alignment:
    """Return the bitext in *path*; ``-`` reads standard input.

    Raises:
        InputError: if the file is missing, broken, or of a format that holds no alignment.
    """
    return _as_named(path, format, encoding, Format.read_alignment)


def parse(text: str, *, format: str = "txt", lines: bool = False) -> Document:
    """Return the document that reading a file of *text* would give, without a path."""
    from dataclasses import replace

    from aligner._decode import Source
    from aligner._json import mended

    source = Source("<text>", decoded=mended(text), lines=lines)
    return replace(_named(format).read(source), path=None)


def render(alignment: Alignment, format: str) -> bytes:
    """Return the file that `write` would write."""
    return _named(format).render(alignment)


def write(alignment: Alignment, path: Path, *, format: str | None = None) -> None:
    """Write *alignment* to *path*, in the format of its extension unless *format* says another.

    The file appears whole or not at all. ``-`` is standard output and needs *format*.
    """
    from aligner._save import save

    save((_named(format) if format else _of_path(path)).render(alignment), path)


def detect(name: str, data: bytes = b"") -> Format:
    """Return the format of a file by its extension, else by how its content begins.

    Subtitles are told by their times even where they are called text.

    Raises:
        InputError: for the mark-up of a format that is not read: it is no plain text.
    """
    from aligner.formats._sniff import sniff, unread

    known = _by_extension(name)
    if known is not None and known.name != "txt":
        return known
    found = sniff(data)
    if known is not None:
        return FORMATS["srt"] if found == "srt" else known
    if found is None and (told := unread(data)):
        kind, fix = told
        raise InputError(name, f"is {kind}", fix=fix)
    return FORMATS[found or "txt"]


def _as_named(
    path: Path,
    format: str | None,
    encoding: str | None,
    read: Callable[[Format, Source], _Read],
    *,
    lines: bool = False,
) -> _Read:
    """Return what *read* makes of the file; one that is something else is told what it is."""
    from aligner._decode import load

    source = load(path, encoding=encoding, lines=lines)
    reader = _named(format) if format else detect(source.name, source.data)
    try:
        return read(reader, source)
    except InputError as error:
        raise _misnamed(source, reader, format) or error from None


def _misnamed(source: Source, reader: Format, format: str | None) -> InputError | None:
    """Return what to say of a file that could not be read because it is something else."""
    from aligner.formats._sniff import sniff

    found = sniff(source.data)
    if format or not found or found == reader.name:
        return None
    fix = f"give it the extension {FORMATS[found].extensions[0]}"
    return InputError(source.name, f"is no {reader.name} but {found}, by its content", fix=fix)


def _named(name: str) -> Format:
    try:
        return FORMATS[name]
    except KeyError:
        raise ValueError(f"unknown format {name!r}; there are {', '.join(FORMATS)}") from None


def _by_extension(path: Path) -> Format | None:
    extension = os.path.splitext(os.fspath(path))[1].lower()
    return next((f for f in FORMATS.values() if extension in f.extensions), None)


def _of_path(path: Path) -> Format:
    format = _by_extension(path)
    if format is None:
        known = ", ".join(f.extensions[0] for f in FORMATS.values() if f.writes)
        name = os.fspath(path)
        raise OutputError(
            f"{name}: no format has this extension ({known}); say format= or --format"
        )
    return format
