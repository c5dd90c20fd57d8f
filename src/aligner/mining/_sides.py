"""The texts to mine: read, segmented, and put together by language, each segment once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from aligner._errors import InputError
from aligner._files import listed
from aligner._tags import language_tags
from aligner._types import UNKNOWN_LANGUAGE, Document, Span
from aligner._versions import segments_in
from aligner.mining._values import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOOKED_AT = 1000  # texts, for what their language looks like
Texts: TypeAlias = "str | os.PathLike[str] | Iterable[str] | Document"
"""A file, a folder, segments that are already cut, or a document."""


@dataclass(slots=True)
class Side:
    """All segments of one language, each text once, at its first place."""

    language: str
    texts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def add(self, document: Document) -> None:
        """Add the segments of *document* that are not there yet; those without a letter are not."""
        for segment in document.segments:
            text = " ".join(segment.text.split())
            if text in self._seen or not any(map(str.isalpha, text)):
                continue
            self._seen.add(text)
            self.texts.append(segment.text)
            self.places.append(Place(document.path, Span(segment.start, segment.end)))

    def note(self) -> str:
        """Return what to tell a user if the texts are not in the language they are said to be."""
        from aligner._language import mistaken_note

        first = self.places[0].path or "a list of segments"
        return mistaken_note(first, self.language, "\n".join(self.texts[:_LOOKED_AT]))


Unread: TypeAlias = tuple[str, str]


def sides_of(
    given: Sequence[tuple[str | None, Texts]], *, lines: bool
) -> tuple[list[Side], tuple[Unread, ...]]:
    """Return the segments by language, in the order the languages come up, and what is not read.

    Raises:
        InputError: for a path that does not exist, or if there are not two languages.
    """
    sides: dict[str, Side] = {}
    unread: list[Unread] = []
    for language, texts in given:
        for document in _documents(texts, unread, lines=lines):
            cut = _segmented(document, language, lines=lines)
            if cut.language == UNKNOWN_LANGUAGE:
                unread.append(
                    (cut.path or "a list of segments", "its language is not known; name it")
                )
            else:
                sides.setdefault(cut.language, Side(cut.language)).add(cut)
    filled = [side for side in sides.values() if side.texts]
    if len(filled) < 2:
        raise _one_language(filled, unread)
    return filled, tuple(unread)


def _segmented(document: Document, language: str | None, *, lines: bool) -> Document:
    from aligner._language import identify
    from aligner._segment import segment_document

    if document.language == UNKNOWN_LANGUAGE or language:
        document = replace(document, language=language or identify(document.text)[0])
    return segment_document(document, lines=lines)


def _documents(texts: Texts, unread: list[Unread], *, lines: bool) -> Iterator[Document]:
    """Yield the documents that *texts* stand for; files that cannot be read go to *unread*."""
    from aligner import formats

    if isinstance(texts, Document):
        yield texts
    elif isinstance(texts, (str, os.PathLike)):
        for path in listed([texts]):
            try:
                yield formats.read(path, lines=lines)
            except InputError as error:
                unread.append((path, error.problem))
    else:
        yield Document.from_segments(segments_in(texts))


def _one_language(filled: Sequence[Side], unread: Sequence[Unread]) -> InputError:
    if not filled and unread:
        return InputError(unread[0][0], f"nothing can be mined: {unread[0][1]}")
    found = f"all text is in one language ({filled[0].language})" if filled else "there is no text"
    fix = "mining needs two; name the language of each path if they were identified wrongly"
    return InputError(filled[0].places[0].path or "texts" if filled else "texts", found, fix=fix)


def keyed(
    first: Texts | Mapping[str, Texts], others: Sequence[Texts], languages: Sequence[str] | None
) -> list[tuple[str | None, Texts]]:
    """Return what is given, each with its language, ``None`` where that is to be identified."""
    rows: list[Texts]
    if isinstance(first, Mapping):
        if others or languages:
            raise TypeError("give the texts by language or in a row, not both")
        languages, rows = list(first), list(first.values())
    else:
        rows = [first, *others]
        if languages is None:
            return [(None, texts) for texts in rows]
        if len(languages) != len(rows):
            raise ValueError(f"{len(languages)} languages for {len(rows)} paths or lists")
    return list(zip(language_tags(languages), rows, strict=True))
