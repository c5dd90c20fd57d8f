"""What callers may call a version of a text, turned into segmented documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import IOBase
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from aligner._errors import InputError
from aligner._storage import is_url
from aligner._tags import language_tag, language_tags, told_apart
from aligner._types import UNKNOWN_LANGUAGE, Alignment, Document

if TYPE_CHECKING:
    from aligner._segment import Segmenter

Version: TypeAlias = str | os.PathLike[str] | Iterable[str] | Document
"""A path, a text, or segments: a list, an array, a column of a data frame."""

Languages: TypeAlias = Sequence[str] | Mapping[str, str]
"""Of the versions in order, or by name; one that is not named is identified."""

_NO_LIST = (bytes, bytearray, IOBase, set, frozenset, Mapping)
_LONGEST_PATH = 1024  # characters of a string that may name a file


def keyed(
    first: Version | Mapping[str, Version], others: tuple[Version, ...]
) -> list[tuple[str | None, Version]]:
    """Return the versions with their names, ``None`` where they were given without."""
    versions: list[tuple[str | None, Version]]
    if isinstance(first, Alignment):
        raise TypeError("these versions are aligned already: aligner.check(alignment) checks them")
    if isinstance(first, Mapping):
        if others:
            raise TypeError("give the versions by name or in a row, not both")
        versions = list(first.items())
    else:
        versions = [(None, version) for version in (first, *others)]
    if len(versions) < 2:
        fix = 'align(a, b) or align({"en": a, "de": b})'
        raise ValueError(f"an alignment needs two or more versions, not {len(versions)}: {fix}")
    for name, _ in versions:
        if not isinstance(name, str | None):
            raise TypeError(f"the name of a version must be a string, not {name!r}")
    return versions


def documents_of(
    versions: Sequence[tuple[str | None, Version]],
    *,
    languages: Languages | None = None,
    lines: bool = False,
    segmenter: Segmenter | None = None,
) -> tuple[Document, ...]:
    """Return the versions read, identified, named and segmented."""
    from aligner._segment import segment_document

    names = [name for name, _ in versions]
    given = _languages(languages, names)
    read = [_document(version, lines=lines) for _, version in versions]
    known = [language or _tag(key) for language, key in zip(given, names, strict=True)]
    documents: list[Document] = []
    for key, document, language in zip(names, read, _identified(read, known), strict=True):
        name = _name(key or document.name or language, [document.name for document in documents])
        document = replace(document, language=language, name=name)
        documents.append(
            segment_document(document, language=language, segmenter=segmenter, lines=lines)
        )
    return tuple(documents)


def is_cut(version: Version) -> bool:
    """Whether the caller has cut *version* into segments already."""
    if isinstance(version, Document):
        return bool(version.segments)
    return not isinstance(version, (str, os.PathLike))


def _document(version: Version, *, lines: bool) -> Document:
    if isinstance(version, Document):
        return version
    from aligner import formats

    if isinstance(version, os.PathLike):
        return formats.read(version, lines=lines)
    if isinstance(version, str):
        read = formats.read if _is_path(version) else formats.parse
        return read(version, lines=lines)
    from aligner._json import mended

    return Document.from_segments([mended(text) for text in segments_in(version)])


def segments_in(version: Iterable[str]) -> list[str]:
    """Return what is in a list, an array, a column; raise `TypeError` for what is no such thing."""
    kind = type(version).__name__
    if isinstance(version, bytes | bytearray | IOBase):
        kind += ": give its path" if isinstance(version, IOBase) else ": decode them"
    is_flat = getattr(version, "ndim", 1) == 1  # a data frame would give the names of its columns
    if isinstance(version, _NO_LIST) or not (is_flat and isinstance(version, Iterable)):
        known = "a path, a text, a list of segments or a Document"
        raise TypeError(f"a version is {known}, not {kind}")
    texts = list(version)
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            kind = f"{type(text).__name__}, as number {number} is"
            raise TypeError(f"segments must be strings, not {kind}; an empty one is ''")
    return texts


def _is_path(text: str) -> bool:
    """Whether a string stands for a file; raise `InputError` for one that looks so and is not."""
    if not text or len(text) > _LONGEST_PATH or any(c in text for c in "\n\r\0"):
        return False
    if os.path.exists(text):  # a long line is no path, which `Path` raises an error for
        return True
    from aligner.formats import FORMATS

    known = {extension for format in FORMATS.values() for extension in format.extensions}
    if Path(text).suffix.lower() in known and not any(c.isspace() for c in text):
        if is_url(text):
            return True
        raise InputError(text, "no such file", fix="give a text of one word as a list")
    return False


def _languages(languages: Languages | None, names: Sequence[str | None]) -> Sequence[str | None]:
    """Return the language tag of each version, ``None`` where it is to be identified."""
    count = len(names)
    if languages is None:
        return [None] * count
    if isinstance(languages, Mapping):
        unknown = [name for name in languages if name not in names]
        if unknown:
            called = ", ".join(repr(name) for name in names if name) or "given without names"
            raise ValueError(f"a language for {unknown[0]!r}; the versions are {called}")
        tags = dict(zip(languages, language_tags(languages.values()), strict=True))
        return [tags.get(name or "") for name in names]
    if isinstance(languages, str):
        raise TypeError(f"languages must be a list such as ['en', 'de'], not {languages!r}")
    if len(languages) != count:
        raise ValueError(f"{len(languages)} languages for {count} versions")
    return language_tags(languages)


def _tag(name: str | None) -> str | None:
    return language_tag(name) if name else None


def _known(language: str) -> str | None:
    return None if language == UNKNOWN_LANGUAGE else language


def _name(wanted: str, taken: Sequence[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _identified(documents: Sequence[Document], known: Sequence[str | None]) -> list[str]:
    """Return the languages of *documents*: those that are *known*, or that they say or read as."""
    from aligner._language import identify

    pairs = list(zip(documents, known, strict=True))
    found = [
        language or _known(document.language) or identify(document.text)[0]
        for document, language in pairs
    ]
    said = told_apart(found, [document.path or "" for document in documents])
    return [language or tag for (_, language), tag in zip(pairs, said, strict=True)]
