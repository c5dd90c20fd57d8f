"""What callers may call a version of a text, turned into segmented documents."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from aligner._errors import InputError
from aligner._storage import is_url
from aligner._tags import language_tag, language_tags
from aligner._types import UNKNOWN_LANGUAGE, Alignment, Document

if TYPE_CHECKING:
    from aligner._segment import Segmenter

Version: TypeAlias = str | os.PathLike[str] | Sequence[str] | Document

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
        raise ValueError(f"an alignment needs two or more versions, not {len(versions)}")
    return versions


def documents_of(
    versions: Sequence[tuple[str | None, Version]],
    *,
    languages: Sequence[str] | None = None,
    lines: bool = False,
    segmenter: Segmenter | None = None,
) -> tuple[Document, ...]:
    """Return the versions read, identified, named and segmented."""
    from aligner._segment import segment_document

    given = _languages(languages, len(versions))
    documents: list[Document] = []
    for (key, version), language in zip(versions, given, strict=True):
        document = _document(version)
        language = language or _tag(key) or _known(document.language) or _identify(document.text)
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


def _document(version: Version) -> Document:
    if isinstance(version, Document):
        return version
    from aligner import formats

    if isinstance(version, os.PathLike):
        return formats.read(version)
    if isinstance(version, str):
        return formats.read(version) if _is_path(version) else formats.parse(version)
    from aligner._json import mended

    if isinstance(version, Sequence):
        texts = list(version)
        wrong = next((text for text in texts if not isinstance(text, str)), None)
        if wrong is None:
            return Document.from_segments([mended(text) for text in texts])
        raise TypeError(f"segments must be strings, not {type(wrong).__name__}")
    kind = type(version).__name__
    raise TypeError(f"a version is a path, a text, a list of segments or a Document, not {kind}")


def _is_path(text: str) -> bool:
    """Whether a string stands for a file; raise `InputError` for one that looks so and is not."""
    if not text or len(text) > _LONGEST_PATH or any(c in text for c in "\n\r\0"):
        return False
    if os.path.isfile(text):  # a long line is no path, which `Path` raises an error for
        return True
    from aligner.formats import FORMATS

    known = {extension for format in FORMATS.values() for extension in format.extensions}
    if Path(text).suffix.lower() in known and not any(c.isspace() for c in text):
        if is_url(text):
            return True
        raise InputError(text, "no such file", fix="give a text of one word as a list")
    return False


def _languages(languages: Sequence[str] | None, count: int) -> Sequence[str | None]:
    if languages is None:
        return [None] * count
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


def _identify(text: str) -> str:
    from aligner._language import identify

    return identify(text)[0]
